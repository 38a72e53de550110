"""Somebody's shifts of every published roster, as a file that a phone takes and follows."""

from collections.abc import Sequence
from datetime import datetime

from shifts.calendar import Shown, calendar
from shifts.model import Assignment, Period
from station import texts_roster
from station.rosters import Published, RosterRefused
from station.texts import Language, Pair, pick

NAMED: Pair = ("{name}的班", "{name}'s shifts")
Theirs = dict[str, list[Shown]]
"""A version's shifts by whose they are."""


class Calendars:
    """The calendars that a sequence of published versions makes.

    Args:
        every: All of them, oldest first.
        language: Of their words.
        now: When they are written, aware.
    """

    def __init__(self, every: Sequence[Published], language: Language, now: datetime) -> None:
        self._language, self._now = language, now
        self._versions = [(one.roster.period, _by_person(one, language)) for one in every]
        self._known = {code: name for one in every for code, name in texts_roster.names(one.problem, language).items()}

    @property
    def people(self) -> list[str]:
        """Everybody who ever had a shift: what was taken away from them must be told to their phone."""
        return sorted({person for _, theirs in self._versions for person in theirs})

    def of(self, person: str) -> bytes:
        """One person's calendar.

        Raises:
            RosterRefused: No published roster ever had a shift of theirs.
        """
        if not any(person in theirs for _, theirs in self._versions):
            raise RosterRefused("roster_nothing_published", person=self._known.get(person, person))
        name = pick(NAMED, self._language).format(name=self._known.get(person, person))
        return calendar(all_along(self._versions, person), name=name, now=self._now)


def all_along(versions: Sequence[tuple[Period, Theirs]], person: str) -> list[list[Shown]]:
    """What was somebody's in all rosters together after each publication."""
    standing: dict[Period, list[Shown]] = {}
    found = []
    for period, theirs in versions:
        standing[period] = theirs.get(person, [])
        found.append([one for roster in standing.values() for one in roster])
    return found


def _by_person(published: Published, language: Language) -> Theirs:
    """The shifts of a version, at that version's hours and by its names; what names no shift has no hours."""
    names, found = published.problem.names, Theirs()
    for one in published.roster.assignments:
        plan = published.problem.plans.get(one.checkpoint)
        if plan and one.shift.code in plan.codes:
            start, end = plan.shift(one.shift.code).span(one.shift.day)
            title = _title(one, names.get(one.checkpoint, one.checkpoint), language)
            found.setdefault(one.person, []).append(Shown(one, start, end, title))
    return found


def _title(one: Assignment, place: str, language: Language) -> str:
    shift, duty = texts_roster.shift_name(one.shift.code, language), pick(texts_roster.DUTIES[one.duty], language)
    return f"{shift} · {place} · {duty}"
