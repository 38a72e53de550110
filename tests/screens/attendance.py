"""Who comes to work, on the stage: said at the gate, and standing on the sheet of an early shift in November."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from shifts.handover import Presence
from shifts.model import Duty
from station.attendance import Noted
from station.view import Health
from tests.screens import handovers
from tests.screens.handovers import at
from tests.screens.stage import LEAD, OFFICER, Stage

NAME = "李娜"
CREW = (
    Presence(LEAD.code, LEAD.name, Duty.LEAD, at(7, 48)),
    Presence("1002", NAME, Duty.CODE_CHECKER, at(7, 52)),
    Presence("1003", "吴志刚", Duty.TEMPERATURE, at(7, 55), at(11, 30)),
    Presence("1004", "阿卜杜热合曼·买买提", Duty.RECORDER),
    Presence("1005", "周雅琴", None, at(9, 2)),
)


@contextmanager
def arrival(stage: Stage) -> Iterator[None]:
    """Somebody's badge was seen, and the roster has four for this shift."""
    heard: list[Health] = []
    stage.station.bridge.health_changed.connect(heard.append)
    stage.desk.do(lambda session: setattr(session, "_health", None))
    stage.until(lambda: heard)
    stage.station.bridge.health_changed.disconnect(heard.append)
    status = stage.main.status
    stage.station.bridge.health_changed.disconnect(
        status.show_health
    )  # what the desk tells meanwhile is not the scene's
    status.show_health(replace(heard[0], rostered=("1001", "1002", "1003", "1004"), on_duty=("1001", "1002", "1005")))
    status.show_noted(Noted("attendance_in_early", {"name": NAME, "at": "07:52", "which": "early"}))
    status.arrival._forget.stop()  # said for as long as it is looked at
    try:
        yield
    finally:
        status.arrival.forget()
        status.show_health(heard[0])
        stage.station.bridge.health_changed.connect(status.show_health)


@contextmanager
def roll_call(stage: Stage) -> Iterator[None]:
    """The same, a few seconds later."""
    with arrival(stage):
        stage.main.status.arrival.forget()
        yield


@contextmanager
def on_sheet(stage: Stage) -> Iterator[None]:
    """Four of the roster, one beside it; and a badge in hand whose owner may leave by it."""
    handovers.running(stage, replace(handovers.FULL, attendance=CREW))
    pane = stage.handover.sheet.attendance
    pane._asked = "CKB1:"
    pane._done(Noted("attendance_in", {"name": NAME, "at": "07:52", "which": "early"}))
    pane._holds.stop()
    yield
    pane.forget()


@contextmanager
def unknown(stage: Stage) -> Iterator[None]:
    """A badge of another district, in a shift that no roster has."""
    bare = tuple(replace(one, duty=None) for one in CREW[:2])
    handovers.running(stage, replace(handovers.FULL, attendance=bare))
    pane = stage.handover.sheet.attendance
    pane._done(Noted("badge_unknown", {}, well=False))
    pane.code.setText(OFFICER.code)
    yield
    pane.forget()
