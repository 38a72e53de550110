"""How evenly the burden lies: nights, weekends and hours of everybody, and the wishes that were refused."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from shifts.burden import Burden, burden
from shifts.model import Assignment, Person, RosterProblem
from shifts.publishing import refused_wishes
from shifts.stints import Stint, stint_of


@dataclass(frozen=True, slots=True)
class Share:
    """One person's part of the burden in the period."""

    person: Person
    burden: Burden
    refused: int

    @property
    def nights(self) -> int:
        """Night shifts."""
        return self.burden.nights

    @property
    def weekends(self) -> int:
        """Shifts on Saturdays and Sundays."""
        return self.burden.weekends

    @property
    def hours(self) -> float:
        """Hours of work."""
        return self.burden.hours


def shares(
    problem: RosterProblem, assignments: Iterable[Assignment], people: Collection[str] | None = None
) -> dict[str, Share]:
    """Everybody's part, or only that of these people, by code."""
    crew = [one for one in problem.people if people is None or one.code in people]
    everything = frozenset(one for one in assignments if people is None or one.person in people)
    stints: defaultdict[str, list[Stint]] = defaultdict(list)
    for one in everything:
        try:
            stints[one.person].append(stint_of(problem, one))
        except KeyError:  # a shift nobody knows, which the checker names
            continue
    refused = Counter(code for code, _ in refused_wishes(replace(problem, people=tuple(crew)), everything))
    return {one.code: Share(one, burden(stints[one.code]), refused[one.code]) for one in crew}


def by_burden(told: Iterable[Share]) -> tuple[Share, ...]:
    """Whoever bears most first: by nights, weekends, hours."""
    return tuple(sorted(told, key=lambda one: (-one.nights, -one.weekends, -one.hours, one.person.code)))
