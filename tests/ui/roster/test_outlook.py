"""What publishing means, before it is done: shifts at other hours are a change, though nobody gains or loses one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pytestqt.qtbot import QtBot

from shifts.model import THREE_SHIFTS, Roster, Shift, ShiftPlan
from station.rosters import Published
from tests.shifts.rosters import LS, MAY, SD, person, problem, works
from ui.look import Look
from ui.roster.publish import PublishPanel, outlook
from ui.roster.wording import Wording

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
ASKED = problem(person(), names={LS: "龙士"})
MINE = frozenset({works(4, "early")})
BEFORE = Published(Roster(MAY, MINE, 1, published=True), ASKED, "L1", NOW, ())
HOUR = timedelta(hours=1)
SOONER = ShiftPlan(tuple(Shift(one.code, one.start - HOUR, one.length) for one in THREE_SHIFTS.shifts))


def test_shifts_at_other_hours_are_told_and_can_be_published(qtbot: QtBot) -> None:
    look = Look()
    moved = replace(ASKED, plans={LS: SOONER, SD: THREE_SHIFTS})
    told = outlook(moved, MINE, BEFORE, NOW)
    panel = PublishPanel(look)
    qtbot.addWidget(panel)
    panel.open(2, "L1")
    panel.show_outlook(Wording(look, moved), told, ever=True)
    said = [one.detail for one in panel.list.rows]
    assert "龙士 早班的时间：08:00–16:00 改为 07:00–15:00" in said
    panel.pin.setText("4321")
    assert panel.publish.isEnabled()


def test_what_is_as_it_was_is_not_published_again(qtbot: QtBot) -> None:
    look = Look()
    panel = PublishPanel(look)
    qtbot.addWidget(panel)
    panel.open(2, "L1")
    panel.show_outlook(Wording(look, ASKED), outlook(ASKED, MINE, BEFORE, NOW), ever=True)
    panel.pin.setText("4321")
    assert not panel.publish.isEnabled()
