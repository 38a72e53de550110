"""Badges in the window: scanned on any page, said in the status line, never the gate's, never a signature."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtGui import QWindow

from db.engine import open_database
from station import badges
from station.attendance import Noted
from station.session import Session
from station.view import Health
from tests.screens.stage import LEAD, LI, OFFICER, Stage, open_stage
from tests.station.builders import EVERYTHING
from tests.ui.shell.test_hand_scanner import scanner, typed_anywhere
from ui.gate.keys import ENTER
from ui.pages import GATE, HANDOVER, LOG, ROSTER, SETTINGS, SIGN_IN


@pytest.fixture(scope="module")
def stage(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One window for all."""
    with open_stage(tmp_path_factory.mktemp("station")) as one:
        for page in (ROSTER, HANDOVER):  # their threads begin with their first opening
            one.main.open(page)
        yield one


@pytest.fixture
def window(stage: Stage) -> QWindow:
    """Where keys come to, with an empty lane, in Chinese, and nobody just come."""
    stage.look.speak("zh")
    stage.clear()
    stage.rest()
    stage.main.status.arrival.forget()
    return stage.main.windowHandle()


def badge(stage: Stage, code: str = OFFICER.code) -> str:
    text = badges.draw()
    with open_database(stage.database) as database:
        badges.issue(database, [(code, text)], actor=EVERYTHING, station="LS-1", now=datetime.now(UTC))
    return text


def test_a_badge_scanned_on_any_page_is_taken_in_there(stage: Stage, window: QWindow) -> None:
    text, line = badge(stage), stage.main.status.arrival
    for page in (GATE, LOG, ROSTER, SETTINGS, SIGN_IN):
        stage.main.open(page)
        before = typed_anywhere(stage)
        scanner(window, text)
        stage.until(line.isVisible)
        assert f"{OFFICER.name} 已到岗" in line.text()
        assert stage.main.page == page
        assert typed_anywhere(stage) == before
        assert not stage.main.status.people.isVisible()
        line.forget()
        assert stage.main.status.people.isVisible()
    assert stage.view.failed == ()


def test_on_the_handover_page_a_scanned_badge_lets_its_owner_leave_too(stage: Stage, window: QWindow) -> None:
    stage.main.open(HANDOVER)
    pane = stage.handover.sheet.attendance
    stage.until(pane.fields.isVisible)
    text = badge(stage, LEAD.code)
    scanner(window, text)
    stage.until(pane.badge_go.isVisible)
    assert f"{LEAD.name} 已到岗" in pane.well.text()
    assert stage.main.page == HANDOVER
    pane.badge_go.click()
    stage.until(lambda: f"{LEAD.name} 已离岗" in pane.well.text())
    stage.until(lambda: LEAD.name not in stage.main.status.people.text())
    stage.main.open(GATE)
    scanner(window, text)
    stage.until(stage.main.status.arrival.isVisible)


def test_a_badge_scanned_while_a_decision_is_signed_signs_nothing(stage: Stage, window: QWindow) -> None:
    stage.scan(LI)
    stage.desk.do(Session.finish)
    stage.until(lambda: stage.verdict.isVisible() and stage.verdict.release.isVisible())
    stage.gate._unseen.stop()
    stage.verdict.release.click()
    stage.until(lambda: stage.verdict.deciding)
    shown = stage.verdict.decide.problem.text()
    scanner(window, badge(stage))
    stage.until(stage.main.status.arrival.isVisible)
    assert stage.verdict.deciding
    assert stage.verdict.decide.problem.text() == shown


def test_a_stranger_s_badge_is_said_above_what_is_in_hand(stage: Stage, window: QWindow) -> None:
    scanner(window, badges.draw(), ENTER)
    stage.until(lambda: "不是本站发的胸牌" in stage.main.status.trouble.text())
    assert not stage.main.status.arrival.isVisible()
    assert stage.view.failed == ()
    stage.main.status._forget_told()


def test_who_came_is_said_in_the_language_in_force(stage: Stage, window: QWindow) -> None:
    line = stage.main.status.arrival
    line.show_noted(Noted("attendance_in", {"name": "李娜", "at": "07:52", "which": "early"}))
    assert line.text() == "李娜 已到岗 07:52"
    stage.look.speak("en")
    assert line.text() == "李娜 is on duty since 07:52"


def test_the_status_line_calls_the_roll(stage: Stage, window: QWindow) -> None:
    heard: list[Health] = []
    stage.station.bridge.health_changed.connect(heard.append)
    stage.desk.do(lambda session: setattr(session, "_health", None))
    stage.until(lambda: heard)
    stage.station.bridge.health_changed.disconnect(heard.append)
    status, health = stage.main.status, replace(heard[0], officer="1001", on_duty=("1001", "2001", "3001"))
    status.show_health(replace(health, rostered=("1001", "2001", "4001", "5001")))
    assert "应到 4 实到 2 另 1 人" in status.people.text()
    status.show_health(replace(health, rostered=None))
    assert "应到" not in status.people.text()


def test_who_came_is_forgotten_after_a_while(stage: Stage, window: QWindow) -> None:
    line = stage.main.status.arrival
    line._forget.setInterval(timedelta(milliseconds=50) // timedelta(milliseconds=1))
    line.show_noted(Noted("attendance_in", {"name": "李娜", "at": "07:52", "which": "early"}))
    stage.until(lambda: not line.isVisible() and stage.main.status.people.isVisible())
