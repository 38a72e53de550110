"""What is published around a roster's days: its history as it stands now, not as it was when the roster was begun."""

from dataclasses import replace
from datetime import timedelta

from db.engine import Database
from shifts.model import Assignment, Period, RosterProblem
from station import rosters
from station.roster_terms import BEFORE, near


def beside(database: Database, period: Period) -> tuple[tuple[Period, ...], frozenset[Assignment]]:
    """The periods published near one, itself not among them, and what stands in them.

    Raises:
        RosterDamaged: One is not as it was written.
    """
    first, last = period.start - timedelta(days=BEFORE), period.start + timedelta(days=period.length + BEFORE)
    found, standing = [], frozenset[Assignment]()
    for one in rosters.periods(database):
        if one.start == period.start or one.start >= last or one.start + timedelta(days=one.length) <= first:
            continue
        published = rosters.newest(database, one.start)
        if published is not None:
            found.append(one)
            standing |= published.roster.assignments
    return tuple(found), standing


def with_neighbours(database: Database, problem: RosterProblem) -> RosterProblem:
    """A problem whose history says of the days published beside it what stands there now. Raises as `beside`."""
    periods, standing = beside(database, problem.period)
    if not periods:
        return problem
    kept = [one for one in problem.history if not any(one.shift.day in period for period in periods)]
    return replace(problem, history=near(problem.period, (*kept, *standing)))
