"""Somebody falls ill at 23:00: who can stand in, best first, and why the others cannot."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from shifts.findings import Rule
from shifts.model import Assignment, Person, RosterProblem
from shifts.publishing import new_breaches
from shifts.rule_pack import Severity
from shifts.rules import Breach, is_allowed
from shifts.stints import HOUR, is_night, stint_of


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
    left = [one for one in assignments if one != vacated]
    place = vacated.checkpoint, vacated.shift
    beside = [one for one in left if (one.checkpoint, one.shift) == place]
    night = is_night(problem.shift(vacated))
    found = [
        _candidate(problem, person, left, beside, vacated) for person in problem.people if person.code != vacated.person
    ]
    return tuple(sorted(found, key=lambda one: _rank(one, night=night)))


def _candidate(
    problem: RosterProblem, person: Person, left: list[Assignment], beside: list[Assignment], vacated: Assignment
) -> Candidate:
    """One person, looked at with only their own work and that shift before the checker's eyes."""
    own = [one for one in left if one.person == person.code]
    concerned = {person.code, *(one.person for one in beside)}
    narrow = replace(
        problem,
        people=tuple(one for one in problem.people if one.code in concerned),
        demands=tuple(
            one for one in problem.demands if (one.checkpoint, one.shift) == (vacated.checkpoint, vacated.shift)
        ),
        history=tuple(one for one in problem.history if one.person == person.code),
    )
    before = {*own, *beside}
    found = new_breaches(narrow, before, before | {replace(vacated, person=person.code)})
    stints = [stint_of(problem, one) for one in own if one.shift.day in problem.period]
    return Candidate(
        person,
        found,
        sum(stint.minutes for stint in stints) / HOUR,
        sum(is_night(stint.shift) for stint in stints),
    )


def _rank(candidate: Candidate, *, night: bool) -> tuple[object, ...]:
    weights = [breach.severity for breach in candidate.breaches]
    lent = any(breach.rule is Rule.AWAY for breach in candidate.breaches)
    return (
        weights.count(Severity.HARD),
        weights.count(Severity.WARNING),
        lent,
        weights.count(Severity.INFORMATION),
        candidate.nights if night else 0,
        candidate.hours,
        candidate.person.code,
    )
