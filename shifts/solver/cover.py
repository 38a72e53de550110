"""The first phase: every slot covered under every hard rule, without an objective, part by part."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Never

from ortools.sat.python import cp_model

from shifts.errors import Cancelled, Infeasible, OutOfTime
from shifts.solver.case import Case
from shifts.solver.explain import explain
from shifts.solver.model import Cell, Model, Part, model_of, total
from shifts.solver.parts import joined, parts_of, tightness
from shifts.solver.progress import Watch
from shifts.solver.search import Pace, chosen_of, hint

LARGEST = 250_000
"""Cells, people times slots, that are joined at most to cover a checkpoint among them."""
READABLE = 30_000
"""Cells up to which what lacks is told of all checkpoints that were joined."""
QUICK = 0.5
"""Seconds for a first try without presolving, which mostly takes longer than finding a roster does."""
PATIENCE = 3.0
"""Seconds a part is given at least, if there are so many."""


@dataclass(slots=True)
class Covered:
    """What came of a part.

    Attributes:
        chosen: The cells worked; None where none were found.
        impossible: It was shown that there are none.
        first: The part that was joined with others because it could not be covered.
        least: So many at least must stand where they were not promised to, however it is covered; None where they were
            not counted.
    """

    part: Part
    chosen: frozenset[Cell] | None = None
    impossible: bool = False
    model: Model | None = field(default=None, repr=False)
    first: Part | None = None
    least: int | None = None


def cover(case: Case, watch: Watch, pace: Pace) -> list[Covered]:
    """Cover every part; where one cannot be covered by its own people, together with a neighbour.

    Raises:
        Infeasible: No way, with what a lead can act on.
        OutOfTime: None found in time.
        Cancelled: Stopped before all was covered.
    """
    near = published_cells(case)
    done = watch.run([partial(_attempt, case, part, watch, pace, near) for part in parts_of(case)], pace.threads)
    while failed := next((found for found in done if found.chosen is None), None):
        if watch.cancelled:
            raise Cancelled
        donors = _donors(case, failed.part, done)
        if not donors or (watch.left <= 0 and not pace.reproducible):
            _give_up(case, failed, watch, pace)
        found, used = _join(case, failed, donors, watch, pace)
        done = [other for other in done if other is not failed and other not in used] + [found]
    return _lend(case, done, watch, pace) if near and len(done) > 1 else done


def _attempt(case: Case, part: Part, watch: Watch, pace: Pace, near: frozenset[Cell]) -> Covered:
    """Try to cover a part, starting near these cells."""
    if tightness(case, part) > 1:
        return Covered(part, impossible=True)
    model = model_of(case, part)
    hint(model, near)
    promised = published_cells(case) & model.cells.keys()
    status = cp_model.UNKNOWN
    for solver in _solvers(watch, pace, stay=bool(promised)):
        if promised:
            model.sat.minimize(total([-cell if name in promised else cell for name, cell in model.cells.items()]))
        status = watch.solve(solver, model.sat)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Covered(part, chosen_of(solver, model), model=model)
        if status == cp_model.INFEASIBLE:
            break
    return Covered(part, impossible=status == cp_model.INFEASIBLE)


def _solvers(watch: Watch, pace: Pace, *, stay: bool) -> Iterator[cp_model.CpSolver]:
    """What to try, one after another: the fewest changes, where something was promised; else anything at all."""
    patience = max(PATIENCE, watch.time_limit_s / 4)
    if stay:
        yield pace.minimizer(patience)
        return
    for most, presolve in ((QUICK, False), (patience, True)):
        solver = pace.solver(most)
        solver.parameters.linearization_level = 0
        solver.parameters.cp_model_presolve = presolve
        yield solver


def _lend(case: Case, covered: list[Covered], watch: Watch, pace: Pace) -> list[Covered]:
    """Look at parts that broke promises together with a neighbour: who is lent for a day spares a chain of changes."""
    published = published_cells(case)
    changes = {found.part: len((found.chosen or frozenset()) - published) for found in covered}
    left = sorted(covered, key=lambda found: changes[found.part])
    pairs = []
    while len(left) > 1 and changes[left[-1].part]:
        changed = left.pop()
        donor = min(left, key=lambda other: tightness(case, joined(case, (changed.part, other.part))))
        left.remove(donor)
        pairs.append((changed, donor))
    jobs = [
        partial(
            _attempt,
            case,
            joined(case, (one.part, other.part)),
            watch,
            pace,
            (one.chosen or frozenset()) | (other.chosen or frozenset()),
        )
        for one, other in pairs
    ]
    try:
        tried = watch.run(jobs, 1)
    except Cancelled:
        return covered
    for pair, together in zip(pairs, tried, strict=True):
        left += [together] if together.chosen is not None else pair
    return left


def published_cells(case: Case) -> frozenset[Cell]:
    """The cells of what is published."""
    people = {person.code: number for number, person in enumerate(case.people)}
    slots = {(slot.checkpoint, slot.dated): number for number, slot in enumerate(case.slots)}
    return frozenset(
        (people[old.person], slots[old.checkpoint, old.shift])
        for old in case.problem.published
        if old.person in people and (old.checkpoint, old.shift) in slots
    )


def _donors(case: Case, part: Part, done: list[Covered]) -> list[Covered]:
    """Whom to join a part with, the best first: as many again, three for one, and no more than fit a model."""

    def order(found: Covered) -> tuple[int, float, float]:
        both = joined(case, (part, found.part))
        spare = len(both.slots) / len(both.people) if both.people else 0.0
        return len(found.part.checkpoints), tightness(case, both), spare

    donors: list[Covered] = []
    people, slots = len(part.people), len(part.slots)
    for found in sorted((found for found in done if found.part is not part), key=order):
        people, slots = people + len(found.part.people), slots + len(found.part.slots)
        if people * slots > LARGEST or len(donors) == max(3, len(part.checkpoints)):
            break
        donors.append(found)
    return donors


def _join(
    case: Case, failed: Covered, donors: list[Covered], watch: Watch, pace: Pace
) -> tuple[Covered, list[Covered]]:
    """Cover a part with one of these, or with all of them; and which they were."""
    near = published_cells(case)

    def attempt(used: list[Covered]) -> Covered:
        together = joined(case, (failed.part, *(donor.part for donor in used)))
        found = _attempt(case, together, watch, pace, near.union(*(donor.chosen or () for donor in used)))
        found.first = failed.first or failed.part
        return found

    choices = [[donor] for donor in donors] if len(failed.part.checkpoints) == 1 else []
    choices += [donors] if [donors] != choices else []
    for used in choices:
        [found] = watch.run([partial(attempt, used)], 1)
        if found.chosen is not None or used is choices[-1] or watch.cancelled:
            break
    return found, used


def _give_up(case: Case, failed: Covered, watch: Watch, pace: Pace) -> Never:
    """Say why. Of many checkpoints together nobody could read it, so it is told of the one that lacked first."""
    if not failed.impossible and watch.left <= 0:
        raise OutOfTime(seconds=round(watch.seconds, 1))
    part = failed.part if len(failed.part.people) * len(failed.part.slots) <= READABLE else failed.first or failed.part
    proven = failed.impossible and len(failed.part.checkpoints) == len(case.problem.plans)
    if reason := explain(case, part, watch, pace, proven=proven):
        raise reason
    if proven:
        raise Infeasible
    raise OutOfTime(seconds=round(watch.seconds, 1))
