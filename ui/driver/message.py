"""What the driver is told at the moment: pure, from the desk's view. What it returns knows nobody.

A queue reads this screen too. So it says what to show and what was read, never what came of it; whoever is ill or
wanted is asked to wait like everybody else about whom something is to be asked; and a reason is given only where it
is a missing test.
"""

from dataclasses import dataclass
from enum import StrEnum

from scanner.camera import CameraState
from station.check import Item
from station.sampling_points import SamplingPoint
from station.verdict import Code, Outcome
from station.view import CellState, Health, OccupantView, View
from ui.gate.wording import holds_anything

MOST_MARKS = 6
"""A fuller vehicle has one mark for all."""
MOST_POINTS = 2
_MAY_BE_SAID = frozenset({Code.TEST_NONE, Code.TEST_TOO_OLD})
_HINTS: dict[str, str] = {
    Code.CODE_UNREADABLE: "driver_unread",
    Code.CODE_TIMED_OUT: "driver_unread",
    "code_damaged": "driver_unread",
    "code_unknown": "driver_not_it",
    Code.CODE_EXPIRED: "driver_stale",
}


class Scene(StrEnum):
    """What the screen is for; the value names its words."""

    GREETING = "greeting"
    HEALTH = "health"
    TEST = "test"
    TEMPERATURE = "temperature"
    AGAIN = "again"
    REGISTER = "register"
    STANDBY = "standby"
    PASS = "pass"  # noqa: S105 -- no password
    WAIT = "wait"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Message:
    """What to show.

    Attributes:
        how: Key of the sentence below; empty where there is none.
        another: It is meant for another person than the first.
        marks: Of health code, test and temperature, for each person: whether it was read. None of good or bad.
        points: Where to have a test taken.
    """

    scene: Scene
    how: str = ""
    another: bool = False
    marks: tuple[tuple[bool, ...], ...] = ()
    points: tuple[SamplingPoint, ...] = ()


STANDBY = Message(Scene.STANDBY, "driver_how_standby")
_ASKED = {Item.HEALTH: Scene.HEALTH, Item.TEST: Scene.TEST, Item.TEMPERATURE: Scene.TEMPERATURE}


def message(view: View | None, health: Health | None) -> Message:
    """What the driver is told; anything in doubt is “one moment, please”."""
    if view is None or health is None:
        return STANDBY
    if view.shown is not None:
        return _answer(view, view.shown)
    if view.faults or health.database is not None:
        return STANDBY
    if not holds_anything(view) and view.people is None:
        return Message(Scene.GREETING)
    if health.camera != CameraState.LIVE.value and not any(any(mark) for mark in _marks(view)):
        return STANDBY  # nobody shows a code to a camera that is blind
    return _ask(view)


def _ask(view: View) -> Message:
    marks = _marks(view)
    wanted = next((missing for missing in view.missing if missing.item in _ASKED), None)
    if view.exempt or (wanted is None and not view.asked_again):
        return Message(Scene.REGISTER, marks=marks)
    scene = Scene.AGAIN if wanted is None else _ASKED[wanted.item]
    how = f"driver_how_{scene}"
    if scene is Scene.HEALTH and view.failed:
        how = _HINTS.get(view.failed[-1].code, how)
    return Message(scene, how, another=bool(wanted and wanted.occupant), marks=marks)


def _answer(view: View, shown: Outcome) -> Message:
    if shown is Outcome.PASS:
        return Message(Scene.PASS, "driver_how_pass")
    against = (
        {reason.code for reason in view.verdict.reasons if reason.outcome is Outcome.REFUSE} if view.verdict else ()
    )
    if shown is Outcome.REFUSE and against and _MAY_BE_SAID.issuperset(against):
        return Message(Scene.RETURN, "driver_return_test", points=view.sampling_points[:MOST_POINTS])
    if view.turned_back:
        return Message(Scene.RETURN, "driver_how_return")
    return Message(Scene.WAIT, "driver_how_wait")


def _marks(view: View) -> tuple[tuple[bool, ...], ...]:
    if view.exempt:
        return ()
    asked = [one for one in view.occupants if not one.child]
    return (
        _mark(tuple(one.health is not CellState.WAITING for one in asked)),
        _mark(tuple(one.test is not CellState.WAITING for one in asked)),
        _mark(tuple(_is_measured(one) for one in view.occupants)),
    )


def _is_measured(occupant: OccupantView) -> bool:
    """One that is to be measured again is not."""
    return occupant.temperature not in {CellState.WAITING, CellState.DOUBT}


def _mark(each: tuple[bool, ...]) -> tuple[bool, ...]:
    return each if len(each) <= MOST_MARKS else (all(each),)
