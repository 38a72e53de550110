"""What was promised is kept: every slot covered with the fewest people put in anew, and of them the fewest lent.

All checkpoints are looked at together. Those who are free nearly always take what others leave: anybody may stand in
the slots that lack somebody, and all else stays. Where that does not do, slots around those that still lack somebody
are opened too. A small roster is then searched whole, which also shows that fewer would not do.
"""

from collections.abc import Container
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from math import ceil

from ortools.sat.python import cp_model

from shifts.errors import Cancelled
from shifts.solver.case import Case
from shifts.solver.cover import LARGEST, Covered, published_cells
from shifts.solver.model import Cell, Part, heads_of, model_of, new_in, seat_sets, total
from shifts.solver.parts import part_of
from shifts.solver.progress import Watch
from shifts.solver.search import Pace, chosen_of, hint

WHOLE = 8000
"""People times slots up to which all of them are searched at once."""
REACHES = (1, 3, 7)
"""Days around a slot that still lacks somebody, of its checkpoint, that are opened, one try after another."""
SHARE = 0.75
"""Of the time that is left, what a search has at most."""
GAP = 1000
"""What a head that lacks costs, in people put in anew."""
_HAIR = 1e-6
_FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def keep(case: Case, watch: Watch, pace: Pace) -> Covered | None:
    """Every slot covered with the fewest changes found, and how few there can be.

    None where no way was found here, or most of the roster is new.

    Raises:
        Cancelled: Before every slot was covered.
    """
    search = _Search(case, watch, pace)
    lacking = _lacking(case, search.near)
    least = sum(lacking.values())
    if 2 * least > sum(heads_of(case, slot) for slot in range(len(case.slots))):
        return None
    found = search.among_few(frozenset(lacking))
    with suppress(Cancelled) if found else nullcontext():
        if len(case.people) * len(case.slots) <= WHOLE and not (found and search.changes(found) == least):
            found = search.among_all(found)
        if found:
            watch.run([partial(search.lend_less, found)], 1)
    return found


def fewest_changes(case: Case) -> int:
    """How many must be put in anew at the least: as many as lack once only those promised who still can come do."""
    return sum(_lacking(case, published_cells(case)).values())


# --- within ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """What came of an attempt: all covered; or which slots still lack somebody; or neither, in the time there was."""

    covered: Covered | None = None
    still: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Search:
    case: Case
    watch: Watch
    pace: Pace
    whole: Part = field(init=False)
    near: frozenset[Cell] = field(init=False)

    def __post_init__(self) -> None:
        self.whole = part_of(self.case, frozenset(self.case.problem.plans))
        self.near = published_cells(self.case)

    def changes(self, found: Covered) -> int:
        """How many are put in anew."""
        return len((found.chosen or frozenset()) - self.near)

    def among_few(self, opened: frozenset[int]) -> Covered | None:
        """Cover all slots by whom they were promised to, and these by anybody; others around them where need be."""
        for reach in REACHES:
            if len(self.case.people) * len(opened) > LARGEST:
                return None
            everybody = ((person, slot) for person in range(len(self.case.people)) for slot in opened)
            found = self.attempt(self.near.union(self.case.pins, everybody), opened)
            if found.covered or not found.still:
                return found.covered
            opened |= _around(self.case, found.still, reach)
        return None

    def among_all(self, found: Covered | None) -> Covered | None:
        """Cover all slots by anybody, from what was found so far; the better of the two, with what was proven."""
        better = self.attempt(None, start=found.chosen if found else None).covered
        if found is None or better is None:
            return found or better
        if self.changes(better) <= self.changes(found):
            return better
        found.least = better.least
        return found

    def attempt(
        self,
        among: Container[Cell] | None,
        opened: frozenset[int] = frozenset(),
        start: frozenset[Cell] | None = None,
    ) -> _Found:
        """Cover all slots by these cells, or by all; those that are opened may lack somebody, if need be."""
        [found] = self.watch.run([partial(self._attempt, among, opened, start or self.near)], 1)
        return found

    def _attempt(self, among: Container[Cell] | None, opened: frozenset[int], start: frozenset[Cell]) -> _Found:
        model = model_of(self.case, self.whole, among, opened)
        anew, gaps = total(new_in(model, self.near)), total(list(model.gaps.values()))
        model.sat.minimize(anew + GAP * gaps)
        hint(model, start)
        solver = self.pace.prover(SHARE * self._seconds)
        if self.watch.solve(solver, model.sat) not in _FOUND:
            return _Found()
        still = frozenset(slot for slot, gap in model.gaps.items() if solver.value(gap))
        if still:
            return _Found(still=still)
        proven = ceil(solver.best_objective_bound - _HAIR) if among is None and model.exact else 0
        covered = Covered(self.whole, chosen_of(solver, model), model=model, least=max(0, proven))
        model.sat.add(gaps == 0)
        model.sat.add(anew <= self.changes(covered))
        return _Found(covered)

    def lend_less(self, found: Covered) -> None:
        """Of all ways with so few changes take one that lends the fewest; polish alone would not come there."""
        model = found.model or model_of(self.case, self.whole)
        lent = [cell for name, cell in model.cells.items() if name not in self.near and self._is_away(*name)]
        model.sat.minimize(total(lent))
        hint(model, found.chosen or ())
        solver = self.pace.prover(SHARE * self._seconds)
        if self.watch.solve(solver, model.sat) in _FOUND:
            found.chosen = chosen_of(solver, model)

    @property
    def _seconds(self) -> float:
        return self.watch.time_limit_s if self.pace.reproducible else self.watch.left

    def _is_away(self, person: int, slot: int) -> bool:
        return self.case.people[person].home != self.case.slots[slot].checkpoint


def _lacking(case: Case, near: frozenset[Cell]) -> dict[int, int]:
    """The slots that lack some of those promised, since they cannot come any more, and how many at the least."""
    present: dict[int, list[int]] = {slot: [] for slot in range(len(case.slots))}
    for person, slot in sorted(near):
        if case.obstacles(person, slot) == frozenset():
            present[slot].append(person)
    lacks = {}
    for slot, there in present.items():
        seats = (need - len(able) for _, need, able in seat_sets(case, slot, there))
        lacks[slot] = max(heads_of(case, slot) - len(there), *seats, 0)
    return {slot: lack for slot, lack in lacks.items() if lack}


def _around(case: Case, slots: frozenset[int], reach: int) -> frozenset[int]:
    """The slots of the same checkpoints so many days around them."""
    days: dict[str, set[int]] = {}
    for slot in slots:
        day = case.slots[slot].day.toordinal()
        days.setdefault(case.slots[slot].checkpoint, set()).update(range(day - reach, day + reach + 1))
    return frozenset(
        number for number, slot in enumerate(case.slots) if slot.day.toordinal() in days.get(slot.checkpoint, ())
    )
