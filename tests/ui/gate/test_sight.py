"""What the gate page looks like: nothing cut off, nothing overlapping, large enough, and 7:1."""

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from scanner.credentials import HealthState, TestResult
from station.session import Session
from station.texts import Language
from station.verdict import Outcome
from station.view import View
from tests.ui.gate.bench import CHEN, HUANG, LIN, WANG, Bench, code, picture_of
from ui.gate.by_hand import ByHandPanel
from ui.gate.panel import Tool
from ui.gate.plate_pad import PlatePad
from ui.gate.widgets import Cell, FittedLabel, Touch
from ui.theme import CELLS, TOUCH_MM, VERDICTS, ThemeName, contrast, millimetres

SIZES = ((1160, 640), (1920, 1080))
"""What its frame leaves of a window of 1280 by 720, and a large screen."""


def place(widget: QWidget, within: QWidget) -> QRect:
    return QRect(widget.mapTo(within, QPoint(0, 0)), widget.size())


def check_fit(page: QWidget) -> None:
    """Every visible label and button holds its text, lies inside, is large enough, and overlaps no other."""
    seen: list[QWidget] = [
        one for one in page.findChildren(QWidget) if one.isVisible() and isinstance(one, QLabel | QPushButton)
    ]
    seen += [one for one in page.findChildren(QLineEdit) if one.isVisible()]
    for one in seen:
        what = f"{type(one).__name__} {one.accessibleName()!r} {one.size()}"
        assert page.rect().contains(place(one, page)), f"{what} outside"
        if isinstance(one, Cell | FittedLabel):
            assert one.fits(), f"{what} cut off"
        elif isinstance(one, QPushButton):
            needed = one.sizeHint()
            assert needed.width() <= one.width(), f"{what} cut off"
            assert needed.height() <= one.height(), f"{what} cut off"
        if isinstance(one, Touch):
            finger = millimetres(one, TOUCH_MM)
            assert min(one.width(), one.height()) >= finger, f"{what} small"
    for one, other in combinations([one for one in seen if not isinstance(one.parent(), QLabel)], 2):
        shared = place(one, page) & place(other, page)
        assert shared.isEmpty(), f"{one.accessibleName()!r} over {other.accessibleName()!r}"


def panels(bench: Bench) -> Iterator[str]:
    """Show one panel after another."""
    checking = bench.page.checking
    for tool in Tool:
        checking.open(tool, 1)
        yield tool
        if isinstance(panel := checking.panel, PlatePad):
            panel._choose_province()
            yield "provinces"
        elif isinstance(panel, ByHandPanel):
            panel.confirm()
            yield "what"
            panel._choose_result(TestResult.NEGATIVE)
            panel.confirm()
            yield "when"
    checking.open(Tool.CHECKLIST)


def settle(bench: Bench, size: tuple[int, int]) -> None:
    bench.qtbot.wait(10)
    assert (bench.page.width(), bench.page.height()) == size, "the page asks for more room than there is"
    check_fit(bench.page)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("language", "theme"), [("zh", "day"), ("en", "night"), ("en", "contrast")])
def test_every_state_fits(bench: Bench, size: tuple[int, int], language: Language, theme: str) -> None:
    bench.look.speak(language)
    bench.look.wear(ThemeName(theme))
    bench.resize(*size)
    settle(bench, size)
    bench.scan(WANG, LIN, CHEN)
    bench.tell(people=4, temperatures=(36.5, 38.4))
    bench.desk.do(Session.unreadable)
    bench.until(lambda: bool(bench.view.failed) and bench.view.occupants[1].celsius is not None)
    for _ in panels(bench):
        settle(bench, size)
    bench.desk.do(Session.park)
    bench.until(lambda: bool(bench.view.parked))
    bench.page.checking.open(Tool.PARKED)
    settle(bench, size)
    bench.desk.do(Session.confirm_people, 7)
    bench.until(lambda: bench.view.people == 7)
    bench.page.checking.open(Tool.CHECKLIST)
    settle(bench, size)
    bench.desk.do(Session.finish)
    bench.verdict()
    settle(bench, size)
    verdict = bench.page.verdict
    bench.desk.do(Session.next_vehicle)
    bench.tell(people=2, temperatures=(36.5, 36.6))
    bench.scan(HUANG)
    bench.desk.do(Session.scanned, code(LIN, hours=60))
    assert bench.verdict().shown is Outcome.REFUSE
    settle(bench, size)
    bench.desk.do(Session.next_vehicle)
    bench.until(lambda: bench.view.verdict is None)
    bench.reviewed()
    settle(bench, size)
    verdict.release.click()
    settle(bench, size)
    verdict.decide.choose("release_paper_checked")
    verdict.decide.tell("编号或 PIN 不对")
    settle(bench, size)


@pytest.mark.parametrize("theme", list(ThemeName))
def test_every_text_stands_at_seven_to_one(bench: Bench, theme: ThemeName) -> None:
    bench.look.wear(theme)
    worn = bench.look.theme
    pairs = [(one.ground, one.text) for one in (*VERDICTS.values(), *CELLS.values())]
    pairs += [(worn.surface, worn.text), (worn.surface, worn.muted), (worn.text, worn.ground)]
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
