"""The second phase: from a covered roster to a fair and kind one, for as long as there is time."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from ortools.sat.python import cp_model

from shifts.errors import Cancelled
from shifts.solver.case import Case
from shifts.solver.cover import Covered
from shifts.solver.model import Cell, Part, model_of
from shifts.solver.parts import joined
from shifts.solver.progress import Watch
from shifts.solver.search import Pace, chosen_of, hint
from shifts.solver.soft import Costs, cost_of

SMALL = 8000
"""Cells up to which a whole roster is polished as one."""
MANY = 4
"""Parts from which on they are polished beside each other, with one worker each."""
LEAST = 0.02
"""Seconds below which a part is left as it is."""
CARE = 5.0
"""Seconds at most for a part that keeps what was published: few are free to move, and somebody waits."""


def polish(case: Case, covered: Sequence[Covered], watch: Watch, pace: Pace, costs: Costs) -> frozenset[Cell]:
    """The best cells found, part after part; those that were covered, where there is no time for better."""
    parts = sorted(_together(case, covered), key=_size, reverse=True)
    many, whole = len(parts) >= MANY, sum(map(_size, parts))
    threads = pace.threads if many else 1
    jobs = []
    for number, part in enumerate(parts):
        left = whole if pace.reproducible else sum(map(_size, parts[number:]))
        share = _size(part) / max(1, left) * (1 if pace.reproducible else threads)
        jobs.append(partial(_improve, case, part, watch, pace, costs, share=min(1.0, share), alone=not many))
    with suppress(Cancelled):
        watch.run(jobs, threads)
    return frozenset[Cell]().union(*(part.chosen or () for part in parts))


def _improve(
    case: Case, covered: Covered, watch: Watch, pace: Pace, costs: Costs, *, share: float, alone: bool
) -> None:
    """Better cells for a part, in its share of the time; alone with every core, or beside others."""
    seconds = (watch.time_limit_s if pace.reproducible else watch.left) * share
    if watch.cancelled or seconds < LEAST:
        return
    model = covered.model or model_of(case, covered.part)
    covered.model = None  # it is large, and this is its last use
    seconds = seconds if covered.least is None else min(seconds, CARE)
    model.sat.minimize(cost_of(case, model, costs))
    hint(model, covered.chosen or ())
    solver = pace.minimizer(seconds) if alone else pace.improver(seconds)
    status = watch.solve(solver, model.sat, _Best(watch, covered.part))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        covered.chosen = chosen_of(solver, model)


def _size(covered: Covered) -> int:
    """Who could stand where: a part of two checkpoints takes four times as long as one of them."""
    return max(1, len(covered.part.people) * len(covered.part.slots))


class _Best(cp_model.CpSolverSolutionCallback):
    """Tells the watch of every better roster."""

    def __init__(self, watch: Watch, part: Part) -> None:
        super().__init__()
        self._watch, self._part = watch, part

    def on_solution_callback(self) -> None:
        self._watch.costs[self._part.checkpoints] = (self.objective_value, self.best_objective_bound)


def _together(case: Case, covered: Sequence[Covered]) -> Sequence[Covered]:
    whole = joined(case, [found.part for found in covered])
    if len(covered) == 1 or len(whole.people) * len(whole.slots) > SMALL:
        return covered
    return [Covered(whole, frozenset[Cell]().union(*(found.chosen or () for found in covered)))]
