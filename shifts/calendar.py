"""One person's shifts as iCalendar (RFC 5545), so that a phone shows them and follows each change.

A shift keeps its UID through every version of the roster. Whatever happens to it raises its SEQUENCE, and one that is
taken away stays as CANCELLED: a calendar that only lacks it would go on showing it.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from icalendar import Calendar, Event

from shifts.model import Assignment, DatedShift, Roster, ShiftPlan

Title = Callable[[Assignment], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A shift of somebody's, as the versions of the roster left it.

    Attributes:
        assignment: As it is, or was last.
        sequence: How often it changed since it was first published.
        cancelled: It is theirs no more.
    """

    assignment: Assignment
    sequence: int = 0
    cancelled: bool = False


def entries(person: str, versions: Sequence[Roster]) -> tuple[Entry, ...]:
    """Every shift that was ever theirs, in order of time.

    Args:
        person: Whose.
        versions: The published versions, oldest first.
    """
    found: dict[tuple[DatedShift, str], Entry] = {}
    for roster in versions:
        theirs = {(one.shift, one.checkpoint): one for one in roster.assignments if one.person == person}
        for key, one in theirs.items():
            known = found.get(key)
            if known is None:
                found[key] = Entry(one)
            elif known.cancelled or known.assignment != one:
                found[key] = Entry(one, known.sequence + 1)
        for key in found.keys() - theirs.keys():
            if not found[key].cancelled:
                found[key] = replace(found[key], sequence=found[key].sequence + 1, cancelled=True)
    return tuple(sorted(found.values(), key=lambda entry: (entry.assignment.shift.day, entry.assignment.shift.code)))


def calendar(
    person: str, versions: Sequence[Roster], plans: Mapping[str, ShiftPlan], *, name: str, title: Title, now: datetime
) -> bytes:
    """The calendar of one person, times in Asia/Shanghai.

    Args:
        person: Whose.
        versions: The published versions, oldest first.
        plans: How each checkpoint divides its day.
        name: What the calendar is called.
        title: What a shift is called.
        now: When it is written, aware.

    Raises:
        KeyError: A checkpoint without a plan, or a shift its plan does not have.
    """
    made = Calendar()
    made.add("prodid", "-//checkpoint-station//roster//")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for entry in entries(person, versions):
        one = entry.assignment
        start, end = plans[one.checkpoint].shift(one.shift.code).span(one.shift.day)
        event = Event()
        event.add("uid", uid_of(one))
        event.add("sequence", entry.sequence)
        event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
        event.add("dtstamp", now)
        event.add("dtstart", start)
        event.add("dtend", end)
        event.add("summary", title(one))
        made.add_component(event)
    made.add_missing_timezones()
    return bytes(made.to_ical())


def uid_of(one: Assignment) -> str:
    """What names this shift of this person for ever, and tells nobody who it is."""
    told = f"{one.person}|{one.checkpoint}|{one.shift.day.isoformat()}|{one.shift.code}"
    return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@checkpoint-station"
