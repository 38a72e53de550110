"""Picture → symbols: our reader, live and still, beside zbar alone and OpenCV alone.

Two sets: the public photos, where they are present, and frames made here: a code on a screen before a grey street, at
1280×720, tilted, blurred, glaring and noisy.
"""

import io
import os
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import segno
from pyzbar import pyzbar

from benchmarks.harness import Row
from scanner.cv import cv2
from scanner.reader import LIVE, STILL, Image, QrReader

SHARED = Path(os.environ.get("STATION_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
ENCODINGS = ("utf-8", "gb18030", "cp932", "latin-1")
Picture = tuple[Image, str]


def run() -> list[Row]:
    """The share read and the median time of a picture, for each set and budget, beside each peer."""
    sets = {"photos": photos(), "1280×720 frames": [frame(seed) for seed in range(24)]}
    return [row for name, pictures in sets.items() if pictures for row in _rows(name, pictures)]


def photos() -> list[Picture]:
    """Every public photo and its text."""
    paths = sorted((SHARED / "qr").glob("*/*.png"))
    return [
        (np.asarray(cv2.imread(str(path)), np.uint8), path.with_suffix(".txt").read_bytes().decode()) for path in paths
    ]


def frame(seed: int) -> Picture:
    """A phone's screen with a code of our kind's size, as a camera may see it."""
    source = np.random.default_rng(seed)
    text = "JKM1:" + "".join(source.choice(list("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"), 400))
    png = io.BytesIO()
    segno.make(text, error="m").save(png, kind="png", scale=6, border=4)
    code: Any = cv2.imdecode(np.frombuffer(png.getvalue(), np.uint8), cv2.IMREAD_GRAYSCALE)
    side, seen = code.shape[0], source.uniform(260, 520)
    square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float32)
    turn = source.normal(0, 0.25)
    spin = np.array([(np.cos(turn), -np.sin(turn)), (np.sin(turn), np.cos(turn))])
    corners = (square * seen / 2 + source.normal(0, seen * 0.04, (4, 2))) @ spin + source.uniform(
        (400, 300), (880, 420)
    )
    warp = cv2.getPerspectiveTransform((square + 1) * np.float32(side / 2), corners.astype(np.float32))
    street = cv2.resize(source.integers(40, 180, (12, 20), dtype=np.uint8), (1280, 720), interpolation=cv2.INTER_CUBIC)
    mask = cv2.warpPerspective(np.full_like(code, 255), warp, (1280, 720)) > 0
    view = np.where(mask, cv2.warpPerspective(code, warp, (1280, 720), flags=cv2.INTER_AREA), street).astype(np.float32)
    y, x = np.mgrid[:720, :1280]
    glare_x, glare_y = corners.mean(axis=0) + source.normal(0, seen / 3, 2)
    glare = np.exp(-((x - glare_x) ** 2 + (y - glare_y) ** 2) / (2 * (seen * 0.2) ** 2))
    view = cv2.GaussianBlur(view + source.uniform(0, 120) * glare, (0, 0), source.uniform(0.5, 1.8)).astype(np.float32)
    view += source.normal(0, source.uniform(1, 8), view.shape)
    return np.repeat(view.clip(0, 255).astype(np.uint8)[..., np.newaxis], 3, axis=2), text


def _rows(name: str, pictures: list[Picture]) -> Iterable[Row]:
    reader = QrReader()
    detector: Any = cv2.QRCodeDetector()

    def zbar(image: Image) -> list[bytes]:
        grey: Any = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        return [code.data for code in pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])]

    def opencv(image: Image) -> list[bytes]:
        try:
            return list(detector.detectAndDecodeBytesMulti(image)[1])
        except cv2.error:  # it raises on modes it does not know
            return []

    ours: dict[str, Callable[[Image], list[bytes]]] = {
        "live": lambda image: [symbol.payload for symbol in reader.read(image, LIVE)],
        "still": lambda image: [symbol.payload for symbol in reader.read(image, STILL)],
    }
    peers: dict[str, Callable[[Image], list[bytes]]] = {"zbar alone": zbar, "OpenCV alone": opencv}
    share, ms = _measure(pictures, ours | peers)
    for budget in ours:
        for peer in peers:
            better = share[budget] >= share[peer]
            yield Row(f"{name}, {budget}: read", share[budget], "%", peer, share[peer], "no fewer", better)
            yield Row(f"{name}, {budget}: median", ms[budget], "ms", peer, ms[peer])


def _measure(
    pictures: list[Picture], readers: dict[str, Callable[[Image], list[bytes]]]
) -> tuple[dict[str, float], dict[str, float]]:
    """Per reader, the percentage of pictures read exactly, and the median milliseconds of one; all take turns."""
    read = dict.fromkeys(readers, 0)
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for image, text in pictures:
        for name, reader in readers.items():
            start = time.perf_counter()
            payloads = reader(image)
            taken[name].append(time.perf_counter() - start)
            read[name] += any(payload.decode(code, "replace") == text for payload in payloads for code in ENCODINGS)
    return (
        {name: 100 * count / len(pictures) for name, count in read.items()},
        {name: 1000 * statistics.median(seconds) for name, seconds in taken.items()},
    )
