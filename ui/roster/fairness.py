"""How evenly the burden lies: nights, weekends and hours of everybody, and the wishes that were refused."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from shifts.model import Assignment, Person, RosterProblem
from shifts.publishing import refused_wishes
from shifts.stints import HOUR, is_night, stint_of

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Share:
    """One person's part of the burden in the period."""

    person: Person
    nights: int = 0
    weekends: int = 0
    hours: float = 0.0
    refused: int = 0


def shares(
    problem: RosterProblem, assignments: Iterable[Assignment], people: Collection[str] | None = None
) -> dict[str, Share]:
    """Everybody's part, or only that of these people, by code."""
    crew = [one for one in problem.people if people is None or one.code in people]
    everything = frozenset(one for one in assignments if people is None or one.person in people)
    nights: dict[str, int] = {}
    weekends: dict[str, int] = {}
    minutes: dict[str, int] = {}
    refused: dict[str, int] = {}
    for one in everything:
        try:
            stint = stint_of(problem, one)
        except KeyError:  # a shift nobody knows, which the checker names
            continue
        nights[one.person] = nights.get(one.person, 0) + is_night(stint.shift)
        weekends[one.person] = weekends.get(one.person, 0) + (one.shift.day.weekday() >= SATURDAY)
        minutes[one.person] = minutes.get(one.person, 0) + stint.minutes
    for code, _ in refused_wishes(replace(problem, people=tuple(crew)), everything):
        refused[code] = refused.get(code, 0) + 1
    return {
        one.code: Share(
            one,
            nights.get(one.code, 0),
            weekends.get(one.code, 0),
            minutes.get(one.code, 0) / HOUR,
            refused.get(one.code, 0),
        )
        for one in crew
    }


def by_burden(told: Iterable[Share]) -> tuple[Share, ...]:
    """Whoever bears most first: by nights, weekends, hours."""
    return tuple(sorted(told, key=lambda one: (-one.nights, -one.weekends, -one.hours, one.person.code)))
