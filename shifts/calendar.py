"""One person's shifts as iCalendar (RFC 5545), so that a phone shows them and follows each change.

A shift keeps its UID through every version of the roster. Whatever happens to it raises its SEQUENCE, and one that is
taken away stays as CANCELLED: a calendar that only lacks it would go on showing it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from icalendar import Calendar, Event

from shifts.model import Assignment, DatedShift


@dataclass(frozen=True, slots=True)
class Shown:
    """A shift of somebody's as one version has it: a later one may have other hours, or another name for the place.

    Attributes:
        start: When it begins, aware.
        end: When it ends.
        title: What it is called.
    """

    assignment: Assignment
    start: datetime
    end: datetime
    title: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A shift of somebody's, as the versions of the roster left it.

    Attributes:
        shown: As it is, or was last.
        sequence: How often it changed since it was first published.
        cancelled: It is theirs no more.
    """

    shown: Shown
    sequence: int = 0
    cancelled: bool = False


def entries(versions: Iterable[Iterable[Shown]]) -> tuple[Entry, ...]:
    """Every shift that was ever somebody's, in order of time.

    Args:
        versions: What was theirs after each publication, oldest first.
    """
    found: dict[tuple[DatedShift, str], Entry] = {}
    for version in versions:
        theirs = {
            (one.assignment.shift, one.assignment.checkpoint): one
            for one in sorted(version, key=lambda one: one.assignment.duty)
        }
        for key, one in theirs.items():
            known = found.get(key)
            if known is None:
                found[key] = Entry(one)
            elif known.cancelled or known.shown != one:
                found[key] = Entry(one, known.sequence + 1)
        for key in found.keys() - theirs.keys():
            if not found[key].cancelled:
                found[key] = replace(found[key], sequence=found[key].sequence + 1, cancelled=True)
    return tuple(sorted(found.values(), key=lambda entry: (entry.shown.start, entry.shown.assignment.checkpoint)))


def calendar(versions: Sequence[Iterable[Shown]], *, name: str, now: datetime) -> bytes:
    """The calendar of one person, times in Asia/Shanghai.

    Args:
        versions: What was theirs after each publication, oldest first.
        name: What the calendar is called.
        now: When it is written, aware.
    """
    made = Calendar()
    made.add("prodid", "-//checkpoint-station//roster//")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for entry in entries(versions):
        event = Event()
        event.add("uid", uid_of(entry.shown.assignment))
        event.add("sequence", entry.sequence)
        event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
        event.add("dtstamp", now)
        event.add("dtstart", entry.shown.start)
        event.add("dtend", entry.shown.end)
        event.add("summary", entry.shown.title)
        made.add_component(event)
    made.add_missing_timezones()
    return bytes(made.to_ical())


def uid_of(one: Assignment) -> str:
    """What names this shift of this person for ever, and tells nobody who it is."""
    told = f"{one.person}|{one.checkpoint}|{one.shift.day.isoformat()}|{one.shift.code}"
    return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@checkpoint-station"
