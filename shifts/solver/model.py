"""A part of a roster as a CP-SAT model: who can stand where, and every slot covered.

One Boolean for each person and slot they are eligible for. Hall's theorem (1935) keeps people distinct over the seats
without naming who takes which; duties are given out afterwards.
"""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from ortools.sat.python import cp_model

from shifts.errors import Request
from shifts.findings import Rule
from shifts.model import Seat
from shifts.rules_shifts import is_rookie
from shifts.solver.case import Case, is_hard
from shifts.solver.work import add_work

Cell = tuple[int, int]
"""A person's and a slot's number."""
total = cp_model.LinearExpr.sum


@dataclass(frozen=True, slots=True)
class Part:
    """Checkpoints that are covered together, by the people who belong to them; numbers as in the case."""

    checkpoints: frozenset[str]
    people: tuple[int, ...]
    slots: tuple[int, ...]


@dataclass(slots=True)
class Model:
    """A CP-SAT model of one part.

    Attributes:
        cells: Whether a person stands in a slot.
        of_person: Their slots, in the order of the clock.
        of_slot: Who can stand there.
        gaps: How many heads a slot lacks, where any may.
        exact: Whether what it cannot do the rules forbid; otherwise it may be a little stricter than they are.
    """

    part: Part
    sat: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    cells: dict[Cell, cp_model.IntVar] = field(default_factory=dict)
    of_person: dict[int, list[int]] = field(init=False)
    of_slot: dict[int, list[int]] = field(init=False)
    gaps: dict[int, cp_model.IntVar] = field(default_factory=dict)
    exact: bool = True

    def __post_init__(self) -> None:
        """Begin without a cell."""
        self.of_person = {person: [] for person in self.part.people}
        self.of_slot = {slot: [] for slot in self.part.slots}

    def add_cell(self, person: int, slot: int) -> cp_model.IntVar:
        """Let a person stand in a slot; slots are to come in the order of the clock."""
        cell = self.cells[person, slot] = self.sat.new_bool_var("")
        self.of_person[person].append(slot)
        self.of_slot[slot].append(person)
        return cell


def model_of(case: Case, part: Part, among: Container[Cell] | None = None, gaps: Container[int] = ()) -> Model:
    """All hard rules of a part: work, pins and whole coverage, but for slots in which gaps are counted.

    Args:
        case: All of it.
        part: What of it.
        among: The cells that are looked at; None: all.
        gaps: Slots in which heads may lack.
    """
    model = model_of_work(case, part, among=among)
    model.gaps = {slot: model.sat.new_int_var(0, heads_of(case, slot), "") for slot in part.slots if slot in gaps}
    for pin in pins_of(case, part):
        if pin in model.cells:
            model.sat.add(model.cells[pin] == 1)
        else:
            model.sat.add_bool_or([])  # it breaks a rule by itself: nothing is to be found
    for slot in model.of_slot:
        gap = model.gaps.get(slot, 0)
        cells = [model.cells[person, slot] for person in model.of_slot[slot]]
        model.sat.add(total(cells) + gap == heads_of(case, slot))
        for _, need, able in seat_sets(case, slot, model.of_slot[slot]):
            model.sat.add(total([model.cells[person, slot] for person in able]) + gap >= need)
        add_experience(case, model, slot)
    return model


def model_of_work(
    case: Case, part: Part, lifted: frozenset[Request] = frozenset(), among: Container[Cell] | None = None
) -> Model:
    """Everybody's own rules, and nothing that must be covered.

    Args:
        case: All of it.
        part: What of it.
        lifted: Requests that keep nobody out of a slot.
        among: The cells that are looked at; None: all.
    """
    model = Model(part)
    for person in part.people:
        for slot in part.slots:
            if among is not None and (person, slot) not in among:
                continue
            obstacles = case.obstacles(person, slot)
            if obstacles is not None and obstacles <= lifted:
                model.add_cell(person, slot)
        mine = [(case.slots[slot], model.cells[person, slot]) for slot in model.of_person[person]]
        model.exact &= add_work(model.sat, case, case.people[person], mine)
    return model


def new_in(model: Model, published: Container[Cell]) -> list[cp_model.IntVar]:
    """The cells that were not promised to whoever stands there."""
    return [cell for name, cell in model.cells.items() if name not in published]


def pins_of(case: Case, part: Part) -> list[Cell]:
    """The pinned cells of a part."""
    people, slots = set(part.people), set(part.slots)
    return sorted(pin for pin in case.pins if pin[0] in people and pin[1] in slots)


def heads_of(case: Case, slot: int) -> int:
    """How many stand in a slot: as many as are needed, or pinned."""
    return max(case.slots[slot].heads, case.pinned[slot])


def seat_sets(
    case: Case, slot: int, present: Sequence[int], *, every: bool = False
) -> Iterator[tuple[tuple[Seat, ...], int, list[int]]]:
    """Each set of kinds of seats: the kinds, how many seats they are, and who of those present can take one of them.

    Sets that everybody there fits are left out, but for `every`: the heads see to them.
    """
    kinds = Counter(case.slots[slot].seats)
    takers = {kind: {person for person in present if case.fits(person, slot, kind)} for kind in kinds}
    for size in range(1, len(kinds) + 1):
        for chosen in combinations(kinds, size):
            able = set[int]().union(*(takers[kind] for kind in chosen))
            if every or len(able) < len(present) or not present:
                yield chosen, sum(kinds[kind] for kind in chosen), sorted(able)


def add_experience(case: Case, model: Model, slot: int) -> None:
    """No rookie without somebody experienced."""
    if not is_hard(case.rules, Rule.ROOKIE_ALONE):
        return
    day, months, present = case.slots[slot].day, case.rules.rookie_months, model.of_slot[slot]
    rookies = {person for person in present if is_rookie(case.people[person], day, months)}
    others = [model.cells[person, slot] for person in present if person not in rookies]
    for rookie in sorted(rookies):
        model.sat.add_bool_or([*others, model.cells[rookie, slot].negated()])
