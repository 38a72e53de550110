"""The QR reader: bytes exact, text best effort, one entry a place, and never an error nobody named."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from scanner.cv import cv2
from scanner.reader import (
    LIVE,
    ROUNDS,
    STILL,
    BadFrameError,
    Budget,
    DecoderFailedError,
    Image,
    QrReader,
    ReaderError,
    Row,
)
from tests.scanner.codes import CHINESE, page, picture, qr, read_one

BUDGETS = pytest.mark.parametrize("budget", [LIVE, STILL])
ZXING = ROUNDS[LIVE][0][0]
ASCII_ROWS = [row for row in ROUNDS[STILL][0] + ROUNDS[STILL][1] if row.name in {"zbar", "OpenCV"}]


def payloads(frame: Image, budget: Budget = STILL) -> list[bytes]:
    return sorted(symbol.payload for symbol in QrReader().read(frame, budget))


# --- payloads --------------------------------------------------------------------------------------------------------


@BUDGETS
@pytest.mark.parametrize(
    "payload",
    [
        b"HC1:6BF+70790T9WJWG.FKY*4GO0",
        b"0123456789",
        CHINESE.encode(),
        CHINESE.encode("gb18030"),
        bytes(range(256)),
        bytes(reversed(range(256))),
        b"\0",
        b"\0\0a\0",
        "码".encode() + b"\0\xff\xfe" + "码".encode("gb18030"),
        rb"back\slash \000026 \\",
        b"\\\xff\\000026\\",
    ],
)
def test_a_payload_is_exact_to_the_byte(payload: bytes, budget: Budget) -> None:
    assert read_one(qr(payload, mode=None if payload.isascii() else "byte"), budget).payload == payload


@BUDGETS
def test_the_largest_code_there_is_gives_all_its_2953_bytes(budget: Budget) -> None:
    payload = np.random.default_rng(40).bytes(2953)
    code = segno.make(payload, mode="byte", version=40, error="l", boost_error=False)
    assert read_one(picture(code), budget).payload == payload


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_come_back_as_they_went_in(payload: bytes) -> None:
    assert read_one(qr(payload, mode="byte"), LIVE).payload == payload


@pytest.mark.parametrize("row", ASCII_ROWS, ids=lambda row: row.name)
def test_zbar_and_opencv_count_only_where_the_payload_is_ascii(row: Row) -> None:
    reader = QrReader({STILL: ((row,),)})
    assert [symbol.payload for symbol in reader.read(qr("JKM1:ABC 123"))] == [b"JKM1:ABC 123"]
    assert reader.read(qr(CHINESE.encode("gb18030"), mode="byte")) == []


# --- place -----------------------------------------------------------------------------------------------------------


@BUDGETS
def test_every_code_in_the_picture_is_read_once(budget: Budget) -> None:
    contents = [f"code {index} {'x' * index * 20}" for index in range(6)]
    sheet = page(*((qr(text), 20 + 420 * (index % 3), 20 + 350 * (index // 3)) for index, text in enumerate(contents)))
    assert payloads(sheet, budget) == sorted(text.encode() for text in contents)


def test_the_same_code_shown_twice_is_two_symbols() -> None:
    code = qr("the same")
    assert payloads(page((code, 50, 50), (code, 600, 300))) == [b"the same", b"the same"]


def turned(image: Image, quarter_turns: int) -> Image:
    return np.rot90(image, -quarter_turns)  # clockwise; a view with strides of its own


@pytest.mark.parametrize("row", [ZXING, *ASCII_ROWS], ids=lambda row: row.name)
@pytest.mark.parametrize("quarter_turns", range(4))
def test_corners_run_clockwise_from_the_codes_own_top_left(row: Row, quarter_turns: int) -> None:
    code = qr("WHICH WAY IS UP")
    low, high = 16.0, code.shape[0] - 16.0
    upright = [(low, low), (high, low), (high, high), (low, high)]
    expected = upright[quarter_turns:] + upright[:quarter_turns]
    (symbol,) = QrReader({STILL: ((row,),)}).read(turned(code, quarter_turns))
    assert np.abs(np.subtract(symbol.corners, expected)).max() < 3


def test_corners_found_in_a_resized_view_are_pixels_of_the_frame() -> None:
    code = page((qr("SCALED"), 200, 100))
    plain = read_one(code, LIVE).corners
    for row in ROUNDS[STILL][0] + ROUNDS[STILL][1]:
        (symbol,) = QrReader({STILL: ((row,),)}).read(code)
        assert np.abs(np.subtract(symbol.corners, plain)).max() < 6, row.name


@BUDGETS
@pytest.mark.parametrize("angle", [0, 17, 45, 90, 133, 180, 270, 301])
def test_a_rotated_code_is_read(angle: int, budget: Budget) -> None:
    sheet = page((qr("turned about"), 500, 250))
    turn = cv2.getRotationMatrix2D((575, 325), angle, 1.0)
    assert payloads(
        np.asarray(cv2.warpAffine(sheet, turn, (1280, 720), borderValue=(255, 255, 255)), np.uint8), budget
    ) == [b"turned about"]


@BUDGETS
def test_a_code_light_on_dark_is_read(budget: Budget) -> None:
    assert payloads(255 - page((qr("night mode"), 300, 200)), budget) == [b"night mode"]


@BUDGETS
def test_a_code_seen_at_an_angle_is_read(budget: Budget) -> None:
    code = qr("tilted phone")
    side = code.shape[0]
    square = np.array([(0, 0), (side, 0), (side, side), (0, side)], np.float32)
    seen = np.array([(420, 160), (760, 210), (720, 560), (400, 470)], np.float32)
    warp = cv2.getPerspectiveTransform(square, seen)
    frame = np.asarray(cv2.warpPerspective(code, warp, (1280, 720), borderValue=(255, 255, 255)), np.uint8)
    assert payloads(frame, budget) == [b"tilted phone"]


def with_a_code_inside() -> Image:
    outer = picture(segno.make("OUTER " * 30, error="h", micro=False), scale=8)
    inner = picture(segno.make("IN", micro=False, error="l"), scale=3, border=2)
    at = (outer.shape[0] - inner.shape[0]) // 2
    outer[at : at + inner.shape[0], at : at + inner.shape[1]] = inner
    return outer


def spoilt(grey: Any) -> Any:
    """The view of an engine that locates the large code, cannot decode it, and sees nothing inside."""
    grey = grey.copy()
    grey[120:-120, 120:-120] = 128
    return grey


def middle_only(grey: Any) -> Any:
    """The view of an engine that sees the small code alone."""
    alone = np.full_like(grey, 255)
    alone[230:-230, 230:-230] = grey[230:-230, 230:-230]
    return alone


def test_a_code_nested_in_a_larger_one_is_a_phantom() -> None:
    assert payloads(with_a_code_inside()) == [b"OUTER " * 30]


def test_a_code_nested_in_a_larger_one_twice_located_is_a_phantom_even_if_the_larger_was_not_read() -> None:
    large, small = Row("large", ZXING.decode, spoilt), Row("small", ZXING.decode, middle_only)
    assert [code.payload for code in QrReader({STILL: ((small,),)}).read(with_a_code_inside())] == [b"IN"]
    sight = QrReader({STILL: ((large, small, large),)}).look(with_a_code_inside())
    assert sight.symbols == []
    assert len(sight.unread) == 1


def test_neighbours_are_no_phantoms_of_each_other() -> None:
    large = picture(segno.make("LARGE", micro=False), scale=12)
    small = qr("SMALL")
    assert payloads(page((large, 20, 20), (small, 30 + large.shape[1], 40))) == [b"LARGE", b"SMALL"]


@BUDGETS
def test_something_shown_but_not_decoded_is_located(budget: Budget) -> None:
    code = qr("x" * 200, error="l")
    side = code.shape[0]
    code[side // 2 - 30 : side // 2 + 30, 60:-60] = 128
    sight = QrReader().look(page((code, 400, 200)), budget)
    assert sight.symbols == []
    (corners,) = sight.unread
    x, y = np.mean(corners, axis=0)
    assert abs(x - 400 - side / 2) < 20
    assert abs(y - 200 - side / 2) < 20


@BUDGETS
def test_a_code_that_was_read_is_not_unread_as_well(budget: Budget) -> None:
    assert QrReader().look(page((qr("fine"), 100, 100)), budget).unread == []


@BUDGETS
def test_a_blank_picture_shows_nothing(budget: Budget) -> None:
    sight = QrReader().look(page(), budget)
    assert (sight.symbols, sight.unread) == ([], [])


# --- bad input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "frame",
    [
        np.zeros((0, 0, 3), np.uint8),
        np.zeros((0, 5, 3), np.uint8),
        np.zeros((5, 5), np.uint8),
        np.zeros((5, 5, 4), np.uint8),
        np.zeros((5, 5, 3), np.float32),
        np.zeros((5, 5, 3), np.uint16),
        np.zeros(15, np.uint8),
        [[0, 0, 0]],
        None,
    ],
    ids=["no pixel", "no row", "grey", "four channels", "float", "16 bit", "flat", "list", "none"],
)
def test_what_is_no_bgr_picture_is_refused_by_name(frame: Any) -> None:
    with pytest.raises(BadFrameError) as refused:
        QrReader().read(frame)
    assert isinstance(refused.value, ReaderError)
    assert isinstance(refused.value, ValueError)
    assert refused.value.code == "bad_frame"
    assert set(refused.value.params) == {"shape", "dtype"}


@pytest.mark.parametrize(
    "view",
    [
        lambda image: image[:, ::-1][:, ::-1],
        np.asfortranarray,
        lambda image: np.repeat(image, 2, axis=2)[:, :, ::2],
        lambda image: np.repeat(image, 2, axis=1)[:, ::2],
        lambda image: image[::-1, ::-1],
    ],
    ids=["twice mirrored", "fortran", "channel step", "column step", "negative strides"],
)
def test_any_strides_will_do(view: Callable[[Image], Image]) -> None:
    assert payloads(view(qr("strides"))) == [b"strides"]


@BUDGETS
def test_the_frame_is_never_written_to(budget: Budget) -> None:
    frame = qr("read only")
    frame.setflags(write=False)
    before = frame.copy()
    assert payloads(frame, budget) == [b"read only"]
    assert np.array_equal(frame, before)


SIDES = st.one_of(st.integers(1, 8), st.integers(9, 90))


@settings(max_examples=60, deadline=None)
@given(SIDES, SIDES, st.integers(0, 2**32 - 1), st.sampled_from(["noise", "modules", "flat"]), st.sampled_from(Budget))
def test_any_small_picture_is_read_without_an_error(
    height: int, width: int, seed: int, kind: str, budget: Budget
) -> None:
    source = np.random.default_rng(seed)
    frames: dict[str, NDArray[Any]] = {
        "noise": source.integers(0, 256, (height, width, 3)),
        "modules": np.repeat(source.integers(0, 2, (height, width, 1)) * 255, 3, axis=2),
        "flat": np.full((height, width, 3), source.integers(0, 256)),
    }
    QrReader().look(frames[kind].astype(np.uint8), budget)


@BUDGETS
@pytest.mark.parametrize("shape", [(1, 1), (2, 900), (900, 2), (1, 60_000), (60_000, 1), (40, 30_000), (1500, 1500)])
def test_a_picture_of_any_shape_is_read_without_an_error(shape: tuple[int, int], budget: Budget) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (*shape, 3), dtype=np.uint8)
    assert QrReader().read(noise, budget) == []


# --- engines that fail -----------------------------------------------------------------------------------------------


def crash(_grey: Any) -> list[Any]:
    raise RuntimeError("engine fault")


def test_a_crashing_engine_is_logged_and_the_next_is_asked(caplog: pytest.LogCaptureFixture) -> None:
    reader = QrReader({STILL: ((Row("broken", crash), ZXING),)})
    assert [symbol.payload for symbol in reader.read(qr("still read"))] == [b"still read"]
    assert [record.getMessage() for record in caplog.records] == ["QR engine 'broken' crashed"]


def test_if_every_engine_crashes_it_is_an_error_and_not_an_empty_picture(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "scanner.reader")
    reader = QrReader({STILL: ((Row("one", crash),), (Row("two", crash),))})
    with pytest.raises(DecoderFailedError) as failed:
        reader.read(qr("lost"))
    assert failed.value.code == "decoder_failed"
    assert failed.value.params == {"crashes": 2}


WITHOUT_ZBAR = """
import ctypes.util, logging, sys
found = ctypes.util.find_library
ctypes.util.find_library = lambda name: None if name == "zbar" else found(name)
logging.basicConfig(format="%(levelname)s %(name)s %(message)s")
from scanner.cv import cv2
from scanner.reader import LIVE, QrReader
frame = cv2.imread(sys.argv[1])
for reader in (QrReader(), QrReader()):
    print([symbol.payload for symbol in reader.read(frame)], [symbol.payload for symbol in reader.read(frame, LIVE)])
"""


def test_without_zbar_codes_are_still_read_and_one_line_is_logged(tmp_path: Path) -> None:
    path = tmp_path / "code.png"
    cv2.imwrite(str(path), qr("no zbar here"))
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_ZBAR, str(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == ["[b'no zbar here'] [b'no zbar here']"] * 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("WARNING scanner.reader zbar is missing")


def test_one_reader_serves_several_threads() -> None:
    reader = QrReader()
    frames = [qr(f"thread {number}") for number in range(4)]
    read: dict[int, list[bytes]] = {}

    def work(number: int) -> None:
        read[number] = [symbol.payload for _ in range(5) for symbol in reader.read(frames[number])]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == {number: [f"thread {number}".encode()] * 5 for number in range(4)}
