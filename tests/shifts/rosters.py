"""Small rosters to reason about: a week of May 2026 at 龙士, whose days are named by number, 4 May being a Monday."""

from datetime import date
from typing import Any

from shifts.model import (
    THREE_SHIFTS,
    Assignment,
    DatedShift,
    Duty,
    Period,
    Person,
    RosterProblem,
    Shift,
    ShiftPlan,
)

LS, SD = "LS", "SD"
MAY = Period(date(2026, 5, 4), 28)


def may(day: int) -> date:
    return date(2026, 5, day)


def person(code: str = "P1", **changes: Any) -> Person:
    given: dict[str, Any] = {
        "name": f"某{code}",
        "units": frozenset({"区建设局"}),
        "duties": frozenset(Duty),
        "home": LS,
    }
    return Person(code, **{**given, **changes})


def problem(*people: Person, **changes: Any) -> RosterProblem:
    given: dict[str, Any] = {
        "period": MAY,
        "plans": {LS: THREE_SHIFTS, SD: THREE_SHIFTS},
        "people": people or (person(),),
        "demands": (),
    }
    return RosterProblem(**{**given, **changes})


def works(day: int | date, shift: str, who: str = "P1", *, at: str = LS, duty: Duty = Duty.CODE_CHECKER) -> Assignment:
    """An assignment on this day of May."""
    return Assignment(who, at, duty, DatedShift(may(day) if isinstance(day, int) else day, shift))


def row(pattern: str, *, first: int = 4, who: str = "P1", at: str = LS) -> list[Assignment]:
    """One day a letter from 4 May on: E, M and N are early, middle and night, anything else is off."""
    codes = {"E": "early", "M": "middle", "N": "night"}
    return [works(first + n, codes[letter], who, at=at) for n, letter in enumerate(pattern) if letter in codes]


def plan(*shifts: Shift) -> ShiftPlan:
    return ShiftPlan(shifts)
