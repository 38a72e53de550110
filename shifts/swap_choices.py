"""With whom a shift could be swapped: everybody who could have it, or every shift that could be had for it, best first.

What stands against each is what the roster would newly break, as `shifts.swaps.breaks` will find it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from shifts.burden import burden
from shifts.model import Assignment, Person, Roster, RosterProblem
from shifts.rule_pack import Severity
from shifts.rules import Breach, is_allowed
from shifts.swaps import Kind, Swap, SwapError, propose
from shifts.trial import Trial

T = TypeVar("T")
MOST = 300
"""Shifts looked at for an exchange, the nearest in time: whoever would trade with all the district asks a lead."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody to swap with.

    Attributes:
        other: In an exchange, their shift.
        breaches: What the roster would newly break, the hardest first.
        hours: What they work in the period already.
        nights: How many night shifts among it.
    """

    person: Person
    other: Assignment | None
    breaches: tuple[Breach, ...]
    hours: float
    nights: int

    @property
    def possible(self) -> bool:
        """Whether nothing hard stands against it."""
        return is_allowed(self.breaches)


def takers(problem: RosterProblem, roster: Roster, cell: Assignment, now: datetime) -> tuple[Choice, ...]:
    """Everybody else for a shift."""

    def given_to(person: Person) -> Swap:
        own: dict[str, Any] = {"cell": cell, "asker": cell.person, "partner": person.code}
        return propose("", Kind.ACT, roster, problem, at=now, **own)

    trial = Trial(problem, roster.assignments)
    return tuple(sorted(_choices(trial, _possible(given_to, problem.people)), key=_rank))


def trades(problem: RosterProblem, roster: Roster, cell: Assignment, now: datetime) -> tuple[Choice, ...]:
    """Every shift of others at the same checkpoint that has not begun, for a shift."""
    trial = Trial(problem, roster.assignments)

    def far(one: Assignment) -> tuple[int, str, str]:
        return abs((one.shift.day - cell.shift.day).days), one.shift.code, one.person

    def for_it(other: Assignment) -> Swap:
        own: dict[str, Any] = {"cell": cell, "asker": cell.person, "partner": other.person, "other": other}
        return propose("", Kind.EXCHANGE, roster, problem, at=now, **own)

    theirs = (one for one in roster.assignments if one.checkpoint == cell.checkpoint and one.person in trial.people)
    thought = islice(_possible(for_it, sorted(theirs, key=far)), MOST)
    return tuple(sorted(_choices(trial, thought), key=_rank))


def _possible(think: Callable[[T], Swap], each: Iterable[T]) -> Iterator[Swap]:
    """The swaps that there can be."""
    for one in each:
        with suppress(SwapError):
            yield think(one)


def _choices(trial: Trial, thought: Iterator[Swap]) -> Iterator[Choice]:
    for swap in thought:
        told = burden(trial.stints_of(swap.partner))
        person = trial.people[swap.partner]
        yield Choice(person, swap.other, trial.effect(swap.change).news, told.hours, told.nights)


def _rank(choice: Choice) -> tuple[object, ...]:
    weights = [breach.severity for breach in choice.breaches]
    counts = tuple(weights.count(severity) for severity in (Severity.HARD, Severity.WARNING, Severity.INFORMATION))
    return (*counts, choice.hours, choice.person.code, _day(choice.other))


def _day(one: Assignment | None) -> str:
    return f"{one.shift.day} {one.shift.code}" if one else ""
