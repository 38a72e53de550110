"""The first phase: every slot covered under every hard rule, without an objective, part by part."""

from dataclasses import dataclass, field
from functools import partial

from ortools.sat.python import cp_model

from shifts.errors import Cancelled, OutOfTime
from shifts.solver.case import Case
from shifts.solver.explain import explain
from shifts.solver.model import Cell, Model, Part, model_of
from shifts.solver.parts import joined, parts_of, tightness
from shifts.solver.progress import Watch
from shifts.solver.search import Pace, chosen_of, hint

LARGEST = 4
"""Checkpoints joined at most to cover one of them."""
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
    """

    part: Part
    chosen: frozenset[Cell] | None = None
    impossible: bool = False
    model: Model | None = field(default=None, repr=False)


def cover(case: Case, watch: Watch, pace: Pace) -> list[Covered]:
    """Cover every part; where one cannot be covered by its own people, together with a neighbour.

    Raises:
        Infeasible: No way, with what a lead can act on.
        OutOfTime: None found in time.
        Cancelled: Stopped before all was covered.
    """
    near = _near(case)
    done = watch.run([partial(_attempt, case, part, watch, pace, near) for part in parts_of(case)], pace.threads)
    while failed := next((found for found in done if found.chosen is None), None):
        if watch.cancelled:
            raise Cancelled
        donor = _donor(case, failed.part, done)
        if donor is None or (watch.left <= 0 and not pace.reproducible):
            _give_up(case, failed, watch, pace)
        else:
            done = [found for found in done if found is not failed and found is not donor]
            together = joined(case, (failed.part, donor.part))
            hint = near | (donor.chosen or frozenset())
            done += watch.run([partial(_attempt, case, together, watch, pace, hint)], 1)
    return done


def _attempt(case: Case, part: Part, watch: Watch, pace: Pace, near: frozenset[Cell]) -> Covered:
    """Try to cover a part, starting near these cells."""
    if tightness(case, part) > 1:
        return Covered(part, impossible=True)
    model = model_of(case, part)
    hint(model, near)
    status = cp_model.UNKNOWN
    for seconds, presolve in ((QUICK, False), (_patience(watch), True)):
        solver = pace.solver(seconds if pace.reproducible else max(0.1, min(seconds, watch.left)))
        solver.parameters.linearization_level = 0
        solver.parameters.cp_model_presolve = presolve
        status = watch.solve(solver, model.sat)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Covered(part, chosen_of(solver, model), model=model)
        if status == cp_model.INFEASIBLE:
            break
    return Covered(part, impossible=status == cp_model.INFEASIBLE)


def _patience(watch: Watch) -> float:
    """Seconds for one part: a share of all, so that one that cannot be covered leaves time to join it to another."""
    return max(PATIENCE, watch.time_limit_s / 4)


def _near(case: Case) -> frozenset[Cell]:
    """The cells of what is published."""
    people = {person.code: number for number, person in enumerate(case.people)}
    slots = {(slot.checkpoint, slot.dated): number for number, slot in enumerate(case.slots)}
    return frozenset(
        (people[old.person], slots[old.checkpoint, old.shift])
        for old in case.problem.published
        if old.person in people and (old.checkpoint, old.shift) in slots
    )


def _donor(case: Case, part: Part, done: list[Covered]) -> Covered | None:
    """Whom to join a part with: the part that leaves the two least tight."""
    others = [found for found in done if found.part is not part]
    within = [found for found in others if len(found.part.checkpoints | part.checkpoints) <= LARGEST]
    return min(within, key=lambda found: tightness(case, joined(case, (part, found.part))), default=None)


def _give_up(case: Case, failed: Covered, watch: Watch, pace: Pace) -> None:
    if not failed.impossible and watch.left <= 0:
        raise OutOfTime(seconds=round(watch.seconds, 1))
    if reason := explain(case, failed.part, watch, pace, proven=failed.impossible):
        raise reason
    raise OutOfTime(seconds=round(watch.seconds, 1))
