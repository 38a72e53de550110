"""The gate page without a finger: letters, digits, Enter, Esc, Space, and a hand scanner."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from station.verdict import Outcome
from station.view import Stage
from tests.ui.gate.bench import LIN, PIN, WANG, Bench, code
from tests.ui.gate.hands import seen
from ui.gate.pads import TemperaturePad
from ui.gate.panel import Tool

SLOW = 40
"""Milliseconds between the keys of a hand."""


def hand(text: str) -> None:
    """Type as a hand does, wherever the focus is."""
    for character in text:
        _key(character)
        QTest.qWait(SLOW)


def press(key: Qt.Key) -> None:
    QTest.keyClick(_focused(), key)
    QTest.qWait(5)


def scanner(text: str) -> None:
    """Type as a hand scanner does."""
    for character in text:
        _key(character)
    _key("\n")


def _key(character: str) -> None:
    if character == "\n":
        QTest.keyClick(_focused(), Qt.Key.Key_Return)
    else:
        QTest.keyClicks(_focused(), character)


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def test_the_common_car_by_keyboard_alone(bench: Bench) -> None:
    scanner(code(WANG))
    bench.until(lambda: bench.view.occupants[0].name == WANG.name)
    hand("365\n")
    bench.until(lambda: bench.view.occupants[0].celsius == 36.5)
    hand("a123\n")
    assert bench.page.checking.tool is Tool.PLATE
    hand("4\n")
    bench.until(lambda: str(bench.view.plate) == "闽E·A1234")
    hand("1\n")
    assert bench.verdict().shown is Outcome.PASS
    seen(bench)
    hand("\n")
    bench.until(lambda: bench.view.stage is Stage.CHECKING)


def test_digits_stay_at_the_plate_until_enter(bench: Bench) -> None:
    hand("d12")
    assert bench.page.checking.tool is Tool.PLATE
    hand("345\n")
    bench.until(lambda: str(bench.view.plate) == "闽E·D12345")
    hand("3")
    assert isinstance(bench.page.checking.panel, TemperaturePad)


def test_enter_on_a_plate_that_is_none_yet_says_so_until_the_next_key(bench: Bench) -> None:
    notice, box = bench.page.checking.notice, bench.page.checking.notice_box
    hand("d12\n")
    assert (notice.text(), box.isVisible()) == ("车牌还不完整", True)
    bench.look.speak("en")
    assert notice.text() == "The plate is not complete"
    hand("3")
    bench.until(lambda: not box.isVisible())
    hand("\n")
    bench.until(box.isVisible)
    press(Qt.Key.Key_Backspace)
    bench.until(lambda: not box.isVisible())


def test_a_scanner_is_heard_wherever_the_focus_is_and_presses_nothing(bench: Bench) -> None:
    bench.page.checking.unreadable.setFocus(Qt.FocusReason.TabFocusReason)
    text = code(LIN)
    assert set(text) & set("0123456789")
    scanner(text.replace("JKM1:", "JKM1:", 1))
    bench.until(lambda: bench.view.occupants[0].name == LIN.name)
    assert bench.page.checking.tool is Tool.CHECKLIST
    assert bench.view.failed == ()


def test_space_and_enter_touch_the_button_that_has_the_focus(bench: Bench) -> None:
    bench.page.checking.exempt.setFocus(Qt.FocusReason.TabFocusReason)
    hand(" ")
    bench.until(lambda: bench.page.checking.tool is Tool.EXEMPT)
    press(Qt.Key.Key_Escape)
    bench.page.checking.unreadable.setFocus(Qt.FocusReason.TabFocusReason)
    hand("\n")
    bench.until(lambda: bool(bench.view.failed))


def test_escape_leaves_a_panel_then_asks_and_enter_abandons(bench: Bench) -> None:
    bench.scan(WANG)
    before = bench.view.check
    hand("36")
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Escape)
    assert bench.page.checking.tool is Tool.CHECKLIST
    press(Qt.Key.Key_Escape)
    asked = str(bench.page.checking.tool)
    assert asked == Tool.ABANDON
    press(Qt.Key.Key_Escape)
    assert bench.view.check == before
    press(Qt.Key.Key_Escape)
    hand("\n")
    bench.until(lambda: bench.view.check != before)


def test_escape_with_nothing_read_asks_nothing(bench: Bench) -> None:
    before = bench.view.check
    press(Qt.Key.Key_Escape)
    bench.until(lambda: bench.view.check != before)
    assert bench.page.checking.tool is Tool.CHECKLIST


def test_a_release_by_keyboard(bench: Bench) -> None:
    bench.reviewed()
    seen(bench)
    bench.page.verdict.release.setFocus(Qt.FocusReason.TabFocusReason)
    hand("\n")
    decide = bench.page.verdict.decide
    decide.reasons["release_office"].setFocus(Qt.FocusReason.TabFocusReason)
    hand(" ")
    bench.until(lambda: decide.values.get("lead_code") == "2001")
    for entry in ("1001", PIN, PIN):
        hand(f"{entry}\n")
    bench.until(lambda: bench.view.released)


def test_a_key_that_was_on_its_way_when_the_verdict_came_does_not_wipe_it(bench: Bench) -> None:
    bench.refused()
    hand("\n")
    press(Qt.Key.Key_Escape)
    assert bench.view.stage is Stage.VERDICT
    seen(bench)
    hand("\n")
    bench.until(lambda: bench.view.stage is Stage.CHECKING)


def test_every_control_is_reached_by_tab_and_says_its_name(bench: Bench) -> None:
    bench.page.setFocus()
    reached = set()
    for _ in range(30):
        press(Qt.Key.Key_Tab)
        reached.add(_focused())
        assert _focused().accessibleName() or _focused() in {bench.page, bench.page.checking, bench.page.verdict}
    checking = bench.page.checking
    assert {checking.abandon, checking.unreadable, checking.exempt} <= reached
