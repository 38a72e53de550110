"""Somebody's shifts of every published roster, as a file that a phone takes and follows."""

from collections.abc import Sequence
from datetime import datetime

from shifts.calendar import calendar
from shifts.model import Assignment
from station import rosters, texts_roster
from station.rosters import Published, RosterRefused
from station.texts import Language, Pair, pick

NAMED: Pair = ("{name}的班", "{name}'s shifts")


class Calendars:
    """The calendars that a sequence of published versions makes.

    Args:
        every: All of them, oldest first.
        language: Of their words.
        now: When they are written, aware.
    """

    def __init__(self, every: Sequence[Published], language: Language, now: datetime) -> None:
        self._language, self._now = language, now
        self._together = rosters.all_along(every)
        self._plans = {code: plan for one in every for code, plan in one.problem.plans.items()}
        self._known = {
            code: name for one in every for code, name in texts_roster.names(one.problem, language).items()
        }

    @property
    def people(self) -> list[str]:
        """Everybody who ever had a shift: what was taken away from them must be told to their phone."""
        return sorted({one.person for roster in self._together for one in roster.assignments})

    def of(self, person: str) -> bytes:
        """One person's calendar.

        Raises:
            RosterRefused: No published roster ever had a shift of theirs.
        """
        if person not in self.people:
            raise RosterRefused("roster_nothing_published", person=self._known.get(person, person))
        name = pick(NAMED, self._language).format(name=self._known.get(person, person))
        return calendar(person, self._together, self._plans, name=name, title=self._title, now=self._now)

    def _title(self, one: Assignment) -> str:
        shift, duty = texts_roster.shift_name(one.shift.code, self._language), texts_roster.DUTIES[one.duty]
        return f"{shift} · {self._known.get(one.checkpoint, one.checkpoint)} · {pick(duty, self._language)}"
