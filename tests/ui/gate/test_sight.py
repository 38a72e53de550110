"""What the gate page looks like. Whether everything has room, `tests/screens` asks of the whole window."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from scanner.credentials import HealthState
from station.session import Session
from station.verdict import Outcome
from station.view import View
from tests.ui.gate.bench import WANG, Bench, code, picture_of
from ui.gate.widgets import Cell
from ui.shapes import draw_outcome
from ui.theme import CELLS, VERDICTS, ThemeName, contrast


@pytest.mark.parametrize("theme", list(ThemeName))
def test_every_text_stands_at_seven_to_one(bench: Bench, theme: ThemeName) -> None:
    bench.look.wear(theme)
    worn = bench.look.theme
    pairs = [(one.ground, one.text) for one in (*VERDICTS.values(), *CELLS.values())]
    pairs += [(ground, text) for ground in (worn.ground, worn.surface, worn.raised) for text in (worn.text, worn.muted)]
    pairs += [(worn.accent, worn.on_accent), (worn.ask, worn.on_ask)]
    for ground, text in pairs:
        assert contrast(ground, text) >= 7, (ground, text)
    for cell in bench.page.findChildren(Cell):
        assert contrast(*cell.colours()) >= 7


@pytest.mark.parametrize(
    ("outcome", "arrive", "word"),
    [
        (Outcome.PASS, Bench.passed, "放行"),
        (Outcome.REFUSE, Bench.refused, "劝返"),
        (Outcome.REVIEW, Bench.reviewed, "人工核验"),
    ],
)
def test_a_verdict_fills_the_page_in_its_colour_and_word(
    bench: Bench, outcome: Outcome, arrive: Callable[[Bench], View], word: str
) -> None:
    arrive(bench)
    assert bench.page.verdict.word.text() == word
    image = bench.page.grab().toImage()
    assert image.pixelColor(5, 5) == QColor(VERDICTS[outcome].ground)
    assert "闽E·1***5" in bench.page.verdict.vehicle.text()


def test_the_dot_of_a_question_mark_is_of_one_piece() -> None:
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw_outcome(painter, Outcome.REVIEW, QRectF(0, 0, 400, 400), QColor("black"))
    painter.end()
    assert {image.pixelColor(200 + x, 314 + y).name() for x in range(-12, 13) for y in range(-12, 13)} == {"#000000"}


def test_the_preview_shows_the_camera_and_outlines_what_was_read(bench: Bench) -> None:
    preview = bench.page.checking.preview
    bench.camera.picture = picture_of(code(WANG))
    bench.until(lambda: preview._seen is not None and bool(preview._seen.read))
    image = preview.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    assert (np.abs(pixels[..., :3].astype(int) - (0xA6, 0xE0, 0x35)).sum(axis=2) < 12).sum() > 200


def test_without_a_picture_the_preview_says_so(bench: Bench) -> None:
    preview = bench.page.checking.preview
    bench.until(lambda: preview.live)
    bench.camera.close()
    bench.until(lambda: not preview.live)


def test_what_goes_wrong_is_said_on_the_page(bench: Bench) -> None:
    bench.desk.do(Session.confirm_people, 500)
    bench.until(lambda: bool(bench.told))
    assert bench.page.checking.notice_box.isVisible()
    assert "500" in bench.page.checking.notice.text()


def test_a_fault_at_this_vehicle_stays_on_the_page(bench: Bench) -> None:
    bench.scan(WANG, state=HealthState.YELLOW)
    bench.desk.do(Session.fault, "camera_failed")
    bench.until(lambda: bool(bench.view.faults))
    bench.page._forget_told()
    assert "摄像头" in bench.page.checking.notice.text()
