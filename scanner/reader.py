"""From a picture to the QR codes in it: zxing-cpp, zbar and OpenCV behind one call.

Each budget is a table of rounds. A round runs whole, for a code one engine misses another may find; the next runs only
while nothing has been read or something located stays unread. Stronger cascades are further rows.

zxing's bytes are exact. zbar and OpenCV guess character sets and can change bytes: their payloads count only where they
are pure ASCII.
"""

import importlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, partial
from typing import Any, ClassVar

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from scanner.code_text import text_of
from scanner.cv import cv2

log = logging.getLogger(__name__)

Image = NDArray[np.uint8]
Grey = cv2.typing.MatLike
Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]


class ReaderError(Exception):
    """What the reader can raise; `code` names it, `params` fill its sentence."""

    code: ClassVar[str] = "reader_error"

    def __init__(self, **params: str | float) -> None:
        super().__init__(self.code, params)
        self.params = params


class BadFrameError(ReaderError, ValueError):
    """The frame is no picture: not uint8, not (H, W, 3), or without a pixel."""

    code = "bad_frame"


class DecoderFailedError(ReaderError):
    """Every engine crashed on the frame; each crash is in the log."""

    code = "decoder_failed"


class Budget(Enum):
    """How much time a picture is worth."""

    LIVE = "live"  # one frame of many: a few milliseconds at 1280×720
    STILL = "still"  # the only picture there is: tens to hundreds of milliseconds


LIVE = Budget.LIVE
STILL = Budget.STILL


@dataclass(frozen=True, slots=True)
class Symbol:
    """One decoded QR code.

    Attributes:
        payload: The code's bytes, exactly as it carries them.
        text: The payload as text, best effort: see `text_of`. Binary payloads have text too; only `payload` is exact.
        corners: Four (x, y) in pixels of the frame, clockwise as the code is read, from its own top-left.
    """

    payload: bytes
    text: str
    corners: Corners


@dataclass(frozen=True, slots=True)
class Sight:
    """What one frame shows: the codes read, and the corners of what was located as a code and could not be decoded."""

    symbols: list[Symbol]
    unread: list[Corners]


# --- place -----------------------------------------------------------------------------------------------------------


def _polygon(corners: Corners) -> NDArray[np.float32]:
    return np.array(corners, dtype=np.float32)


def _holds(outer: Corners, x: float, y: float) -> bool:
    return cv2.pointPolygonTest(_polygon(outer), (x, y), measureDist=False) >= 0


def _touch(one: Corners, other: Corners) -> bool:
    """Whether the centre of either lies within the other."""
    return _holds(one, *_polygon(other).mean(axis=0).tolist()) or _holds(other, *_polygon(one).mean(axis=0).tolist())


def _nested(inner: Corners, outer: Corners) -> bool:
    """Whether the centre of `inner` lies within `outer`, and its area is clearly smaller: less than half."""
    smaller = 2 * cv2.contourArea(_polygon(inner)) < cv2.contourArea(_polygon(outer))
    return smaller and _holds(outer, *_polygon(inner).mean(axis=0).tolist())


def _same_place(one: Corners, other: Corners) -> bool:
    return _touch(one, other) and not _nested(one, other) and not _nested(other, one)


def _sight(found: Iterable[Symbol | Corners]) -> Sight:
    """One entry a place, the earliest engine's, without phantoms: codes nested in a larger one that was located.

    Where the larger one was not read, it counts only once located twice, and only around the whole of the smaller: an
    engine may join the finder patterns of neighbours into an outline that is none.
    """
    symbols: list[Symbol] = []
    outlines: list[Corners] = []
    confirmed: list[Corners] = []
    for item in found:
        if isinstance(item, Symbol):
            if not any(_same_place(item.corners, known.corners) for known in symbols):
                symbols.append(item)
        elif cv2.contourArea(_polygon(item)) > 0:
            seen_before = any(_same_place(item, known) for known in outlines)
            (confirmed if seen_before else outlines).append(item)
    read = [
        symbol
        for symbol in symbols
        if not any(_nested(symbol.corners, other.corners) for other in symbols)
        and not any(
            _nested(symbol.corners, outline) and all(_holds(outline, x, y) for x, y in symbol.corners)
            for outline in confirmed
        )
    ]
    return Sight(read, [outline for outline in outlines if not any(_touch(outline, code.corners) for code in read)])


# --- engines: a grey picture in, what it shows out -------------------------------------------------------------------

Found = list[Symbol | Corners]


def _zxing(grey: Grey, binarizer: zxingcpp.Binarizer = zxingcpp.Binarizer.LocalAverage) -> Found:
    """zxing-cpp, which releases the GIL. Also tells what it located and could not decode, at no cost.

    One read in `TextMode.HexECI` gives both the exact bytes and the encodings the code declares: after `]Q2` and its
    like follows the ECI protocol, after `]Q1` nothing is declared. Only model 2: Micro QR and rMQR hardly check
    themselves, and 1 of 80 road scenes grew a Micro QR that was not there.
    """
    found: Found = []
    for code in zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2),
        text_mode=zxingcpp.TextMode.HexECI,
        binarizer=binarizer,
        return_errors=True,
    ):
        at = code.position
        corners = _corners((point.x, point.y) for point in (at.top_left, at.top_right, at.bottom_right, at.bottom_left))
        if not code.valid:
            found.append(corners)
            continue
        marked = bytes.fromhex(code.text)
        eci = marked[3:] if marked[:3] in {b"]Q2", b"]Q4", b"]Q6"} else b""
        found.append(Symbol(code.bytes, text_of(code.bytes, eci), corners))
    return found


_zxing_global = partial(_zxing, binarizer=zxingcpp.Binarizer.GlobalHistogram)


@cache
def _zbar_here() -> bool:
    """Whether the zbar library is installed; if not, one line in the log says so."""
    try:
        return bool(importlib.import_module("pyzbar.pyzbar"))
    except (ImportError, OSError) as missing:
        log.warning("zbar is missing, QR codes are read without it: %s", missing)
        return False


def _zbar(grey: Grey) -> Found:
    """zbar: ASCII payloads only. ctypes releases the GIL."""
    pyzbar = importlib.import_module("pyzbar.pyzbar")
    codes = pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return [Symbol(code.data, code.data.decode(), _zbar_corners(code)) for code in codes if code.data.isascii()]


def _zbar_corners(code: Any) -> Corners:
    """The hull zbar gives is anticlockwise; `orientation` says which way the code's top points."""
    x, y, width, height = code.rect
    box = [(x, y), (x, y + height), (x + width, y + height), (x + width, y)]
    clockwise = (code.polygon if len(code.polygon) == 4 else box)[::-1]
    upper_left = min(range(4), key=lambda index: sum(clockwise[index]))
    first = upper_left + {"RIGHT": 1, "DOWN": 2, "LEFT": 3}.get(code.orientation, 0)
    return _corners(clockwise[(first + index) % 4] for index in range(4))


def _opencv(grey: Grey) -> Found:
    """OpenCV's detector, one code: ASCII payloads only; whatever else it locates is unread.

    Kept from what it chokes on: thin pictures (it enlarges the short side to 512: 40×30,000 took 9 s) and many finder
    patterns (its `Multi` took 67 s over a sheet of 480).
    """
    if max(grey.shape) > 8 * min(grey.shape):
        return []
    detector: Any = cv2.QRCodeDetector()  # its stubs deny that it may return None
    payload, quads, _ = detector.detectAndDecodeBytes(grey)
    located = [] if quads is None else [_corners(quads[0])]
    return [Symbol(payload, payload.decode(), at) if payload and payload.isascii() else at for at in located]


def _corners(points: Iterable[Iterable[float]]) -> Corners:
    a, b, c, d = ((float(x), float(y)) for x, y in points)
    return a, b, c, d


# --- views: what an engine is shown -----------------------------------------------------------------------------------

LARGEST = 16_000_000
PIXELS = 1_500_000  # a larger picture is not worth enlarging, and too much for OpenCV


def _resized(grey: Grey, factor: float) -> Grey:
    size = [max(1, round(side * factor)) for side in reversed(grey.shape)]
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)


def _double(grey: Grey) -> Grey:
    return _resized(grey, 2.0) if grey.size <= PIXELS else grey


def _sharp(grey: Grey, sigma: float = 2.0) -> Grey:
    return cv2.addWeighted(grey, 2.5, cv2.GaussianBlur(grey, (0, 0), sigma), -1.5, 0)


def _double_sharp(grey: Grey) -> Grey:
    return _sharp(_double(grey), sigma=3.0)


def _fitted(grey: Grey) -> Grey:
    return _resized(grey, min(1.0, (PIXELS / grey.size) ** 0.5))


_half = partial(_resized, factor=0.5)
_soft = partial(cv2.GaussianBlur, ksize=(0, 0), sigmaX=1.5)


# --- the tables ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One try: a decoder, and the view of the picture it is shown."""

    name: str
    decode: Callable[[Grey], Found]
    view: Callable[[Grey], Grey] | None = None


Rounds = tuple[tuple[Row, ...], ...]

# At 1280×720 on two cores: zxing 1–2 ms, sharpened 3, doubled 8–12; zbar 17, halved 6; OpenCV 20–50. Of 150 made-up
# frames (tilt, blur, glare, noise) zxing read 110, sharpened 13 more, zbar 4 more: so a live frame gets it sharpened.
ROUNDS: Mapping[Budget, Rounds] = {
    LIVE: (
        (Row("zxing", _zxing),),
        (Row("zxing, sharpened", _zxing, _sharp), Row("zxing, global threshold", _zxing_global)),
    ),
    STILL: (
        (
            Row("zxing", _zxing),
            Row("zxing, global threshold", _zxing_global),
            Row("zxing, sharpened", _zxing, _sharp),
            Row("zxing, doubled and sharpened", _zxing, _double_sharp),
            Row("zbar", _zbar),
        ),
        (
            Row("zxing, doubled", _zxing, _double),
            Row("zxing, doubled, global threshold", _zxing_global, _double),
            Row("zxing, halved", _zxing, _half),
            Row("zxing, softened", _zxing, _soft),
            Row("zbar, halved", _zbar, _half),
            Row("OpenCV", _opencv, _fitted),
        ),
    ),
}


class QrReader:
    """Reads QR codes from pictures, following a table of rounds. Holds no state: one a thread, or one shared."""

    def __init__(self, rounds: Mapping[Budget, Rounds] = ROUNDS) -> None:
        self._rounds = {
            budget: [[row for row in rows if row.decode is not _zbar or _zbar_here()] for rows in table]
            for budget, table in rounds.items()
        }

    def read(self, frame: Image, budget: Budget = STILL) -> list[Symbol]:
        """The codes in a picture.

        Args:
            frame: uint8, BGR, (H, W, 3); any strides; never written to.
            budget: How much time it is worth.

        Raises:
            BadFrameError: `frame` is no such picture.
            DecoderFailedError: Every engine crashed on it.
        """
        return self.look(frame, budget).symbols

    def look(self, frame: Image, budget: Budget = STILL) -> Sight:
        """As `read`, and beside the codes what was located but could not be decoded."""
        grey = _bounded(_grey(frame))
        found: Found = []
        sight, crashes = Sight([], []), 0
        for rows in self._rounds[budget]:
            for row in rows:
                try:
                    found += _run(row, grey, frame.shape)
                except Exception:
                    log.exception("QR engine %r crashed", row.name)
                    crashes += 1
            sight = _sight(found)
            if sight.symbols and not sight.unread:
                break
        if crashes == sum(map(len, self._rounds[budget])):
            raise DecoderFailedError(crashes=crashes)
        return sight


def _grey(frame: Image) -> Grey:
    shape: tuple[int, ...] = getattr(frame, "shape", ())
    dtype = getattr(frame, "dtype", type(frame).__name__)
    if dtype != np.uint8 or len(shape) != 3 or shape[2] != 3 or 0 in shape:
        raise BadFrameError(shape=str(shape), dtype=str(dtype))
    return cv2.cvtColor(np.ascontiguousarray(frame), cv2.COLOR_BGR2GRAY)


def _bounded(grey: Grey) -> Grey:
    """A picture of more than `LARGEST` pixels, made that large: a hundred million took 18 s and showed no more."""
    return grey if grey.size <= LARGEST else _resized(grey, (LARGEST / grey.size) ** 0.5)


def _run(row: Row, grey: Grey, whole: tuple[int, ...]) -> Found:
    """What a row finds, in pixels of the frame, which is `whole` (H, W, …)."""
    seen = row.view(grey) if row.view else grey
    right, down = whole[1] / seen.shape[1], whole[0] / seen.shape[0]

    def placed(corners: Corners) -> Corners:
        return _corners((x * right, y * down) for x, y in corners)

    return [
        replace(item, corners=placed(item.corners)) if isinstance(item, Symbol) else placed(item)
        for item in row.decode(seen)
    ]
