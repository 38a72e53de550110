"""What is published around a roster's days: its history as it stands now, not as it was when the roster was begun."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from sqlalchemy import Connection

from db import rosters
from db.engine import Database
from db.records import RosterRecord
from shifts.model import Assignment, Period, RosterProblem, ShiftPlan
from shifts.problem_file import read_problem
from shifts.publishing import Approval, Overtaken
from station import roster_json
from station.roster_terms import BEFORE, near
from station.rule_pack_strict import held

OWN_DISTRICT = ""
"""The district this station belongs to, in its own database."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A roster published near another one's days.

    Attributes:
        plans: How its checkpoints divide their day.
        words: What leads approved in it.
    """

    period: Period
    version: int
    assignments: frozenset[Assignment]
    plans: Mapping[str, ShiftPlan]
    words: tuple[Approval, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """The rosters published near a period's days, each in its newest version."""

    period: Period
    district: str
    rosters: tuple[Neighbour, ...]

    @property
    def words(self) -> tuple[Approval, ...]:
        """Leads' words of all of them: one for a rest across two rosters holds in both."""
        return tuple(word for one in self.rosters for word in one.words)

    def told_to(self, problem: RosterProblem) -> RosterProblem:
        """A problem whose history says of the days published beside it what stands there."""
        if not self.rosters:
            return problem
        kept = [one for one in problem.history if not any(one.shift.day in each.period for each in self.rosters)]
        standing = (one for each in self.rosters for one in each.assignments)
        return replace(problem, history=near(problem.period, (*kept, *standing)))

    def clocked(self, problem: RosterProblem) -> RosterProblem:
        """The same for the rules to look at, which are no looser than their pack's.

        What has other hours there, or is not known here, goes by its own clock: each such checkpoint is another one by
        the code, as no two plans are one checkpoint's.
        """
        told = held(self.told_to(problem))
        plans, called, moved = dict(told.plans), dict(told.names), dict[Assignment, Assignment]()
        for each in self.rosters:
            for one in each.assignments:
                plan = each.plans.get(one.checkpoint)  # none: published on a word, though nobody knows where it is
                if plan is not None and plan != told.plans.get(one.checkpoint):
                    code = f"{one.checkpoint} {each.period.start}"
                    plans[code], called[code] = plan, told.names.get(one.checkpoint, one.checkpoint)
                    moved[one] = replace(one, checkpoint=code)
        history = tuple(moved.get(one, one) for one in told.history)
        return replace(told, plans=plans, names=called, history=history)

    def must_stand(self, connection: Connection) -> None:
        """Nobody published beside it since this was read.

        Raises:
            Overtaken: Somebody did.
        """
        known = {one.period.start: one.version for one in self.rosters}
        there = _numbers(connection, self.period, self.district)
        for start in sorted(known.keys() | there.keys()):
            if known.get(start) != there.get(start):
                raise Overtaken(start)


def beside(database: Database, period: Period, *, district: str = OWN_DISTRICT) -> Beside:
    """What is published near a period's days; its own versions are not among it.

    Raises:
        RosterDamaged: One is not as it was written.
    """
    with database.read() as connection:
        starts = _numbers(connection, period, district)
    records = (rosters.newest(database, district, start) for start in sorted(starts))
    return Beside(period, district, tuple(_neighbour(one) for one in records if one is not None))


def with_neighbours(database: Database, problem: RosterProblem, *, district: str = OWN_DISTRICT) -> RosterProblem:
    """A problem whose history says of the days published beside it what stands there now. Raises as `beside`."""
    return beside(database, problem.period, district=district).told_to(problem)


def _numbers(connection: Connection, period: Period, district: str) -> dict[date, int]:
    first, after = period.start - timedelta(days=BEFORE), period.start + timedelta(days=period.length + BEFORE)
    there = rosters.numbers_within(connection, district, first, after)
    return {start: number for start, number in there.items() if start != period.start}


@lru_cache(maxsize=8)
def _neighbour(record: RosterRecord) -> Neighbour:
    """A district's roster takes a while to read."""
    return Neighbour(
        Period(record.start, record.length),
        record.version,
        roster_json.assignments_from(record.assignments),
        read_problem(record.problem).plans,
        roster_json.approvals_from(record.approvals),
    )
