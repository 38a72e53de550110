"""A roster in parts: a checkpoint with the people who belong there, and neighbours only where it lacks somebody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations

from shifts.model import Seat
from shifts.solver.case import Case
from shifts.solver.model import Part


def parts_of(case: Case) -> tuple[Part, ...]:
    """One part a checkpoint; a pin away from home makes one of two."""
    together = {code: frozenset({code}) for code in case.problem.plans}
    for person, slot in sorted(case.pins):
        home, there = case.people[person].home, case.slots[slot].checkpoint
        if there not in together[home]:
            joined = together[home] | together[there]
            together.update(dict.fromkeys(joined, joined))
    return tuple(part_of(case, checkpoints) for checkpoints in dict.fromkeys(together.values()))


def part_of(case: Case, checkpoints: frozenset[str]) -> Part:
    """These checkpoints with their people."""
    return Part(
        checkpoints,
        tuple(number for number, person in enumerate(case.people) if person.home in checkpoints),
        tuple(number for number, slot in enumerate(case.slots) if slot.checkpoint in checkpoints),
    )


def joined(case: Case, parts: Iterable[Part]) -> Part:
    """Several parts as one."""
    return part_of(case, frozenset().union(*(part.checkpoints for part in parts)))


def tightness(case: Case, part: Part) -> float:
    """The scarcest of what a part needs: days demanded of some kinds of seats over days their people can work.

    Above one, the part cannot be covered alone.
    """
    days = _workable_days(case, part)
    heads = sum(case.slots[slot].heads for slot in part.slots)
    worst = _ratio(heads, sum(days.values()))
    demanded: Counter[tuple[Seat, ...]] = Counter()
    for slot in part.slots:
        kinds = Counter(case.slots[slot].seats)
        for size in range(1, len(kinds) + 1):
            for chosen in combinations(kinds, size):
                demanded[chosen] += sum(kinds[kind] for kind in chosen)
    for chosen, need in demanded.items():
        able = (person for person in part.people if any(seat.fits(case.people[person]) for seat in chosen))
        worst = max(worst, _ratio(need, sum(days[person] for person in able)))
    return worst


def _workable_days(case: Case, part: Part) -> Mapping[int, int]:
    """The most days anybody can work in the period, leave and the weekly limit considered; never too few."""
    period, most = case.problem.period, case.rules.days_in_seven
    highest = period.length // 7 * most + min(most, period.length % 7)
    return {
        person: min(highest, sum(day not in case.people[person].leave for day in period.days))
        if case.people[person].duties
        else 0
        for person in part.people
    }


def _ratio(need: int, have: int) -> float:
    if need == 0:
        return 0.0
    return need / have if have else float("inf")
