"""Somebody falls ill at 23:00: who can stand in, best first, and why the others cannot; or the rest, solved anew."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from shifts.burden import burden
from shifts.findings import Rule
from shifts.model import SHANGHAI, Assignment, Demand, Period, Person, RosterProblem
from shifts.publishing import Change
from shifts.rule_pack import Severity
from shifts.rules import Breach, is_allowed
from shifts.stints import DAY, HOUR, is_night, span_of, stint_of, touched_days
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
    problem: RosterProblem,
    assignments: Iterable[Assignment],
    people: Collection[str],
    first: date,
    last: date,
    *,
    now: datetime | None = None,
) -> tuple[Assignment, ...]:
    """The shifts left by people who are away on these days, by the clock, in order of time.

    Args:
        problem: What it is held to.
        assignments: The roster.
        people: Who is away.
        first: Their first day away.
        last: Their last.
        now: Shifts that began before it (aware) are not left any more; None: all of the first day are.

    Raises:
        KeyError: A checkpoint or a shift of theirs is not known.
    """
    away = _days(first, last)
    stints = [stint_of(problem, one) for one in assignments if one.person in people]
    left = [one for one in stints if not away.isdisjoint(touched_days(one)) and not _is_before(one.start, now)]
    return tuple(one.assignment for one in sorted(left, key=lambda one: (one.start, one.assignment.person)))


def from_then_on(
    problem: RosterProblem,
    assignments: Iterable[Assignment],
    people: Collection[str],
    first: date,
    last: date,
    *,
    now: datetime | None = None,
) -> tuple[RosterProblem, frozenset[Assignment]]:
    """What is still to be solved when people are away from `first` to `last`, and what stands as it is.

    With `now` (aware): shifts that have begun stand as they are, whoever works them, and nobody is asked for them; what
    begins later is to be changed as little as possible. Without: the days before stand, and of the day a night of
    which runs into `first` that night is vacated too; whatever else begins on its day is pinned.
    """
    all_of_it = frozenset(assignments)
    vacated = frozenset(vacated_by(problem, all_of_it, people, first, last, now=now))
    if now is None:
        start = max(problem.period.start, min((first, *(one.shift.day for one in vacated))))
        demands = tuple(one for one in problem.demands if one.shift.day >= start)
        kept = frozenset(one for one in all_of_it if one.shift.day < start)
        fixed = {one for one in all_of_it - kept if one.shift.day < first}
    else:
        demands = tuple(one for one in problem.demands if not _has_begun(problem, one, now))
        kept = frozenset(one for one in all_of_it if _has_begun(problem, one, now))
        days_left = {one.shift.day for one in demands} | {one.shift.day for one in all_of_it - kept}
        start = max(problem.period.start, min({first} | days_left))
        fixed = set()
    left = all_of_it - kept - vacated
    days = (problem.period.start + timedelta(days=problem.period.length) - start).days
    remaining = replace(
        without(problem, people, first, last),
        period=Period(start, max(0, days)),
        demands=demands,
        history=(*problem.history, *sorted(kept, key=lambda one: (one.shift.day, one.shift.code, one.person))),
        pins=frozenset(one for one in left if one in fixed or one in problem.pins),
        published=left,
    )
    return remaining, kept


def _has_begun(problem: RosterProblem, one: Assignment | Demand, now: datetime) -> bool:
    start, _ = span_of(problem.plans[one.checkpoint].shift(one.shift.code), one.shift.day)
    return _is_before(start, now)


def _is_before(start: int, now: datetime | None) -> bool:
    if now is None:
        return False
    clock = now.astimezone(SHANGHAI)
    return start < clock.toordinal() * DAY + clock.hour * HOUR + clock.minute + (clock.second > 0)


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
