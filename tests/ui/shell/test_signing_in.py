"""Signing in at the window: who has the desk, and where they may be."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station.access import Action, may
from station.session import Session
from tests.ui.shell.conftest import ADMINISTRATOR, AUDITOR, CHEN, EVERY_PAGE, LIN, enabled, reads, sign_in
from ui.first_run.founding import NewPerson
from ui.pages import GATE, LOG, SIGN_IN
from ui.window import MainWindow


def test_an_officer_signs_in_with_pad_and_keys_and_is_named(staffed: MainWindow, qtbot: QtBot) -> None:
    window = staffed
    qtbot.waitUntil(lambda: window.page == SIGN_IN)
    page = window.sign_in
    page.code.setFocus()
    for digit in LIN.code:
        QTest.mouseClick(page.pad.keys[digit], Qt.MouseButton.LeftButton)
    QTest.keyClick(page.code, Qt.Key.Key_Return)
    for digit in LIN.pin:
        QTest.mouseClick(page.pad.keys[digit], Qt.MouseButton.LeftButton)
    assert (page.code.text(), page.pin.text()) == (LIN.code, LIN.pin)
    assert set(page.pin.displayText()) == {"●"}
    QTest.keyClick(page.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page == GATE)
    qtbot.waitUntil(reads(window.status.people, LIN.name))
    assert page.pin.text() == ""


WRONG = (
    (LIN.code, "0000", "编号或 PIN 不对"),
    ("7777", "0000", "编号或 PIN 不对"),
    ("", "1234", "请输入编号"),
    (LIN.code, "", "请输入 PIN"),
)


def test_what_is_wrong_is_said_beside_the_pad(staffed: MainWindow, qtbot: QtBot) -> None:
    window = staffed
    for code, pin, sentence in WRONG:
        sign_in(window, code, pin)
        qtbot.waitUntil(reads(window.sign_in.error, sentence))
        assert window.page == SIGN_IN
        assert window.sign_in.enter.isEnabled()


def test_officers_change_and_the_check_in_hand_stays(staffed: MainWindow, qtbot: QtBot) -> None:
    window = staffed
    desk = window.sign_in._desk
    checks: list[tuple[str, int | None]] = []

    def note(session: Session) -> None:
        checks.append((session.check.id, session.check.evidence.people))

    sign_in(window, LIN.code, LIN.pin)
    qtbot.waitUntil(reads(window.status.people, LIN.name))
    desk.do(Session.confirm_people, 3)
    desk.do(note)
    sign_in(window, CHEN.code, CHEN.pin)
    qtbot.waitUntil(reads(window.status.people, f"查验员 {CHEN.name}"))
    desk.do(note)
    qtbot.waitUntil(lambda: len(checks) == 2)
    assert checks[0] == checks[1] == (checks[0][0], 3)
    assert f"当班 {LIN.name}" in window.status.people.text()


def test_who_is_on_duty_is_a_touch_away(staffed: MainWindow, qtbot: QtBot) -> None:
    window = staffed
    for person in (LIN, CHEN):
        sign_in(window, person.code, person.pin)
        qtbot.waitUntil(reads(window.status.people, f"查验员 {person.name}"))
        qtbot.waitUntil(lambda: window.page == GATE)  # its answer came, and opens nothing any more
    window.open(SIGN_IN)
    chip = window.sign_in.chips[0]
    qtbot.waitUntil(lambda: (chip.isVisible(), chip.text()) == (True, LIN.name))  # names are read on another thread
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert window.sign_in.code.text() == LIN.code


def test_an_officer_signs_out(staffed: MainWindow, qtbot: QtBot) -> None:
    window = staffed
    sign_in(window, LIN.code, LIN.pin)
    qtbot.waitUntil(reads(window.status.people, LIN.name))
    window.open(SIGN_IN)
    window.sign_in.leave.click()
    qtbot.waitUntil(lambda: window.status.people.text() == "未签到")


# --- who may be where --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", [LIN, CHEN, AUDITOR, ADMINISTRATOR], ids=lambda one: one.role)
def test_who_checks_no_vehicles_has_no_gate(staffed: MainWindow, qtbot: QtBot, person: NewPerson) -> None:
    window, checks = staffed, may(person.role, Action.CHECK)
    qtbot.waitUntil(lambda: window.page == SIGN_IN)
    sign_in(window, person.code, person.pin)
    qtbot.waitUntil(reads(window.status.people, person.name))
    qtbot.waitUntil(lambda: window.page == (GATE if checks else LOG))
    assert enabled(window) == (EVERY_PAGE if checks else EVERY_PAGE - {GATE})
    assert window.settings.camera.isEnabled() == may(person.role, Action.CONFIGURE)
    window.buttons[GATE].click()
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert (window.page == GATE) == checks
    window.open(SIGN_IN)
    window.sign_in.leave.click()
    qtbot.waitUntil(reads(window.status.people, "未签到"))
    qtbot.waitUntil(lambda: enabled(window) == EVERY_PAGE)
