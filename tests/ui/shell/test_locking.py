"""A window that nobody touches locks itself: what it shows then, who unlocks it, what stays."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.gate import Gate
from station.session import Session
from station.view import view_of
from tests.ui.shell.conftest import CHEN, EVERY_PAGE, LIN, enabled, reads, sign_in
from ui.bridge import Bridge
from ui.demo_officer import demo_desk, traffic
from ui.look import Look
from ui.pages import GATE, LOG, SIGN_IN, Page
from ui.window import MainWindow


@pytest.fixture
def locked(staffed: MainWindow, qtbot: QtBot) -> MainWindow:
    """An officer's window that nobody touched for long, with three people counted in the vehicle in hand."""
    window = staffed
    qtbot.waitUntil(lambda: window.page == SIGN_IN)
    sign_in(window, LIN.code, LIN.pin)
    qtbot.waitUntil(reads(window.status.people, LIN.name))
    window.sign_in._desk.do(Session.confirm_people, 3)
    window.open(LOG)
    window.idle.idle.emit()
    qtbot.waitUntil(lambda: enabled(window) == {SIGN_IN})
    return window


def people_counted(window: MainWindow, qtbot: QtBot) -> int | None:
    counted: list[int | None] = []
    window.sign_in._desk.do(lambda session: counted.append(session.check.evidence.people))
    qtbot.waitUntil(lambda: bool(counted))
    return counted[0]


def test_an_idle_window_shows_nothing_but_how_to_unlock_it(locked: MainWindow, qtbot: QtBot) -> None:
    page = locked.sign_in
    assert locked.page == SIGN_IN
    assert (page.title.text(), page.code.text(), page.enter.text()) == ("查验台已锁定", LIN.code, "解锁")
    assert not page.back.isVisible()
    assert not page.leave.isVisible()
    QTest.mouseClick(page.pad.keys["7"], Qt.MouseButton.LeftButton)
    assert page.pin.text() == "7", "the PIN is all that is wanted"
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F6):
        QTest.keyClick(locked, key)
    locked.open(LOG)
    locked.open_first()
    assert locked.page == SIGN_IN
    locked.sign_in._desk.do(Session.confirm_people, 1)
    assert people_counted(locked, qtbot) == 3, "nothing is entered meanwhile"


def test_the_same_person_unlocks_it_and_goes_on_where_they_were(locked: MainWindow, qtbot: QtBot) -> None:
    locked.sign_in.pin.setText("0000")
    locked.sign_in.submit()
    qtbot.waitUntil(reads(locked.sign_in.error, "编号或 PIN 不对"))
    assert locked.page == SIGN_IN
    locked.sign_in.pin.setText(LIN.pin)
    locked.sign_in.submit()
    qtbot.waitUntil(lambda: locked.page == LOG)
    assert enabled(locked) == EVERY_PAGE
    assert people_counted(locked, qtbot) == 3
    assert locked.sign_in.title.text() == "签到 · 换人"


def test_another_officer_unlocks_it_and_has_the_desk_and_the_vehicle(locked: MainWindow, qtbot: QtBot) -> None:
    sign_in(locked, CHEN.code, CHEN.pin)
    qtbot.waitUntil(reads(locked.status.people, f"查验员 {CHEN.name}"))
    qtbot.waitUntil(lambda: locked.page == GATE)
    assert people_counted(locked, qtbot) == 3


def test_a_window_where_nobody_signed_in_is_not_locked(window: MainWindow, qtbot: QtBot) -> None:
    window.idle.idle.emit()
    assert people_counted(window, qtbot) is None
    assert enabled(window) == EVERY_PAGE


def test_a_touch_a_key_and_a_check_that_goes_on_begin_the_time_anew(qtbot: QtBot, gate: Gate, look: Look) -> None:
    bridge = Bridge()
    desk, _ = demo_desk(gate, traffic(), bridge.post)
    window = MainWindow(look, desk, bridge, (Page(GATE, QWidget), Page(LOG, QWidget)), idle_minutes=10)
    qtbot.addWidget(window)
    window.present()
    waits = window.idle._waits
    assert waits.interval() == 600_000

    def begun_anew(act: Callable[[], None]) -> bool:
        waits.stop()
        act()
        return waits.isActive()

    handle = window.windowHandle()
    assert begun_anew(lambda: QTest.keyClick(handle, Qt.Key.Key_Shift))
    assert begun_anew(lambda: QTest.mouseClick(handle, Qt.MouseButton.LeftButton))
    assert begun_anew(lambda: bridge.view_changed.emit(view_of(gate.begin(), datetime.now(UTC))))
    assert not begun_anew(lambda: QTest.mouseMove(handle))
