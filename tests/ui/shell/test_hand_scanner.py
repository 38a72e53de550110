"""A hand scanner beside the gate's own panels: keys as the screen sends them, to the window's handle."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from station.session import Session
from tests.screens.stage import CHEN, LI, Stage, code, open_stage
from ui.gate.by_hand import ByHandPanel
from ui.gate.keys import ENTER
from ui.gate.panel import Tool
from ui.hand_scanner import HandScanner
from ui.pages import GATE, LOG, ROSTER, SETTINGS, SIGN_IN

TAB = "\t"
KEYS = {ENTER: Qt.Key.Key_Return, TAB: Qt.Key.Key_Tab, "\b": Qt.Key.Key_Backspace, " ": Qt.Key.Key_Space}
SLOW = 60
"""Milliseconds between the keys of a hand."""


@pytest.fixture(scope="module")
def stage(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One window for all."""
    with open_stage(tmp_path_factory.mktemp("station")) as one:
        one.main.open(ROSTER)  # its thread begins with its first opening
        yield one


@pytest.fixture
def window(stage: Stage) -> QWindow:
    """Where keys come to, with an empty lane."""
    stage.clear()
    stage.rest()
    return stage.main.windowHandle()


def burst(window: QWindow, text: str, end: str = "", every: int = 2) -> None:
    """Keys with times of their own, so many milliseconds apart, however busy the machine is."""
    at = round(time.monotonic() * 1000)
    for number, character in enumerate(text + end):
        key = KEYS.get(character, Qt.Key.Key_unknown)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
            event.setTimestamp(at + number * every)
            QApplication.sendEvent(window, event)


def scanner(window: QWindow, text: str, end: str = ENTER) -> None:
    burst(window, text, end)


def hand(window: QWindow, text: str) -> None:
    burst(window, text, every=SLOW)


def typed_anywhere(stage: Stage) -> str:
    return "".join(field.text() for field in stage.main.findChildren(QLineEdit))


@pytest.mark.parametrize("page", [GATE, LOG, ROSTER, SETTINGS, SIGN_IN])
@pytest.mark.parametrize("end", [ENTER, TAB, ""], ids=["enter", "tab", "silence"])
def test_a_code_scanned_on_any_page_is_the_gates(stage: Stage, window: QWindow, page: str, end: str) -> None:
    stage.main.open(page)
    before = typed_anywhere(stage)
    scanner(window, code(CHEN), end)
    stage.until(lambda: stage.view.occupants[0].name == CHEN.name)
    assert stage.main.page == GATE
    assert typed_anywhere(stage) == before


@pytest.mark.parametrize("page", [LOG, SETTINGS, SIGN_IN])
def test_a_scan_presses_no_button_that_has_the_focus(stage: Stage, window: QWindow, page: str) -> None:
    stage.main.open(page)
    for button in (stage.main.settings.quit, stage.main.sign_in.leave, stage.log.bar.clear):
        if button.isVisible():
            button.setFocus()
    before = stage.main.settings.quit.text()
    scanner(window, "HC1:A B C D E F")
    stage.until(lambda: stage.view.failed)
    assert stage.main.settings.quit.text() == before


def test_a_code_scanned_while_a_name_is_typed_is_not_in_the_name(stage: Stage, window: QWindow) -> None:
    stage.checking.open(Tool.BY_HAND, 0)
    panel = stage.checking.panel
    assert isinstance(panel, ByHandPanel)
    panel.name.setFocus()
    hand(window, "Li")
    stage.until(lambda: panel.name.text() == "Li")
    scanner(window, code(LI))
    stage.until(lambda: stage.view.occupants[0].name == LI.name)
    assert "JKM1" not in panel.name.text()


def test_what_a_hand_types_arrives_in_its_order(stage: Stage, window: QWindow) -> None:
    stage.main.open(SIGN_IN)
    hand(window, "10 0x\b1")
    stage.until(lambda: stage.main.sign_in.code.text() == "10 01")
    hand(window, ENTER)
    assert QApplication.focusWidget() is stage.main.sign_in.pin


def test_digits_in_a_burst_are_a_pin_and_stay_in_their_field(stage: Stage, window: QWindow) -> None:
    stage.main.open(SIGN_IN)
    burst(window, "1234567890")
    stage.until(lambda: stage.main.sign_in.code.text() == "1234567890")
    assert stage.main.page == SIGN_IN


def test_a_verdict_at_the_gate_takes_no_focus_from_another_page(stage: Stage, window: QWindow) -> None:
    stage.main.open(SIGN_IN)
    field = stage.main.sign_in.code
    hand(window, "10")
    stage.scan(CHEN)
    stage.enter(36.5)
    stage.until(stage.main.status.verdict.isVisible)
    assert QApplication.focusWidget() is field
    hand(window, "01")
    stage.until(lambda: field.text() == "1001")
    stage.desk.do(Session.next_vehicle)
    stage.until(lambda: not stage.main.status.verdict.isVisible())
    assert QApplication.focusWidget() is field


def test_space_presses_the_button_that_has_the_focus(stage: Stage, window: QWindow) -> None:
    stage.main.open(SETTINGS)
    button = stage.main.settings.quit
    button.setFocus()
    hand(window, " ")
    stage.until(lambda: "再按一次" in button.text())
    assert not button.isDown()


def test_a_key_is_for_the_field_it_was_pressed_in_though_a_touch_comes_at_once(qtbot: QtBot) -> None:
    window = QWidget()
    first, second, gate = QLineEdit(window), QLineEdit(window), QWidget(window)
    second.move(0, 60)
    keys = HandScanner(gate)
    qtbot.addWidget(window)
    window.resize(200, 120)
    window.show()
    qtbot.waitExposed(window)
    window.windowHandle().installEventFilter(keys)
    first.setFocus()
    hand(window.windowHandle(), "200")
    qtbot.waitUntil(lambda: first.text() == "200")
    hand(window.windowHandle(), "1")
    middle = second.mapTo(window, second.rect().center())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert QApplication.focusWidget() is second
    hand(window.windowHandle(), "9")
    qtbot.waitUntil(lambda: second.text() != "")
    assert (first.text(), second.text()) == ("2001", "9")
