"""Somebody falls ill at 23:00: who can stand in, best first, and why the others cannot; or the rest, solved anew."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from shifts.burden import burden
from shifts.findings import Rule
from shifts.model import Assignment, Period, Person, RosterProblem
from shifts.publishing import Change
from shifts.rule_pack import Severity
from shifts.rules import Breach, is_allowed
from shifts.stints import is_night, stint_of, touched_days
from shifts.trial import Trial


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might stand in.

    Attributes:
        breaches: What the roster would newly break, the hardest first: every reason against them.
        hours: What they work in the period already.
        nights: How many night shifts among it.
    """

    person: Person
    breaches: tuple[Breach, ...]
    hours: float
    nights: int

    @property
    def possible(self) -> bool:
        """Whether nothing hard stands against it."""
        return is_allowed(self.breaches)


def replacements(
    problem: RosterProblem, assignments: Iterable[Assignment], vacated: Assignment
) -> tuple[Candidate, ...]:
    """Everybody else, best first: those who can before those who cannot, then by what stands against them and by load.

    Args:
        problem: What it is held to.
        assignments: The roster.
        vacated: The shift whose person will not come.

    Raises:
        KeyError: Its checkpoint or shift is not known.
    """
    trial = Trial(problem, (one for one in assignments if one != vacated))
    night = is_night(problem.shift(vacated))
    found = [_candidate(trial, person, vacated) for person in problem.people if person.code != vacated.person]
    return tuple(sorted(found, key=lambda one: rank(one, night=night)))


def without(problem: RosterProblem, people: Collection[str], first: date, last: date) -> RosterProblem:
    """The problem with these people on leave from the first day to the last."""
    leave = _days(first, last)
    return replace(
        problem,
        people=tuple(replace(one, leave=one.leave | leave) if one.code in people else one for one in problem.people),
    )


def vacated_by(
    problem: RosterProblem, assignments: Iterable[Assignment], people: Collection[str], first: date, last: date
) -> tuple[Assignment, ...]:
    """The shifts left by people who are away on these days, by the clock, in order of time.

    Raises:
        KeyError: A checkpoint or a shift of theirs is not known.
    """
    away = _days(first, last)
    stints = [stint_of(problem, one) for one in assignments if one.person in people]
    left = [stint for stint in stints if not away.isdisjoint(touched_days(stint))]
    return tuple(one.assignment for one in sorted(left, key=lambda one: (one.start, one.assignment.person)))


def from_then_on(
    problem: RosterProblem, assignments: Iterable[Assignment], people: Collection[str], first: date, last: date
) -> tuple[RosterProblem, frozenset[Assignment]]:
    """What is still to be solved when people are away from `first` to `last`, and what stands as it is.

    The days before are history, the rest is to be changed as little as possible. A night before `first` that runs
    into it is vacated too; whatever else begins on its day is pinned.
    """
    all_of_it = frozenset(assignments)
    vacated = frozenset(vacated_by(problem, all_of_it, people, first, last))
    start = max(problem.period.start, min((first, *(one.shift.day for one in vacated))))
    kept = frozenset(one for one in all_of_it if one.shift.day < start)
    left = all_of_it - kept - vacated
    days = (problem.period.start + timedelta(days=problem.period.length) - start).days
    remaining = replace(
        without(problem, people, first, last),
        period=Period(start, max(0, days)),
        demands=tuple(one for one in problem.demands if one.shift.day >= start),
        history=(*problem.history, *sorted(kept, key=lambda one: (one.shift.day, one.shift.code, one.person))),
        pins=frozenset(one for one in left if one.shift.day < first or one in problem.pins),
        published=left,
    )
    return remaining, kept


def _days(first: date, last: date) -> frozenset[date]:
    return frozenset(first + timedelta(days=number) for number in range((last - first).days + 1))


def _candidate(trial: Trial, person: Person, vacated: Assignment) -> Candidate:
    found = trial.effect(Change(added=frozenset({replace(vacated, person=person.code)}))).news
    return candidate(trial, person, found)


def candidate(trial: Trial, person: Person, breaches: tuple[Breach, ...]) -> Candidate:
    """Somebody, with what speaks against them and how much they work already."""
    told = burden(trial.stints_of(person.code))
    return Candidate(person, breaches, told.hours, told.nights)


def rank(one: Candidate, *, night: bool) -> tuple[object, ...]:
    """The lower the sooner asked."""
    weights = [breach.severity for breach in one.breaches]
    lent = any(breach.rule is Rule.AWAY for breach in one.breaches)
    return (
        weights.count(Severity.HARD),
        weights.count(Severity.WARNING),
        lent,
        weights.count(Severity.INFORMATION),
        one.nights if night else 0,
        one.hours,
        one.person.code,
    )
