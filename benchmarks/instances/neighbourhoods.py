"""Some people over some days given to CP-SAT, everything else standing, again and again."""

import random
import time
from collections.abc import Callable

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.instances.costs import Best
from benchmarks.instances.sat import add_cost, cells_of, model_of, part_of, rows_of
from shifts.solver.progress import Watch
from shifts.solver.search import Pace, chosen_of, hint

CELLS = 600
"""Cells to begin with: people times days times kinds of shifts."""
PATIENCE = 2.0
"""Seconds for one model."""
NAP = 0.02
"""Seconds to wait where others work at everybody."""
LONGEST = 42
"""Days in one model at most."""


def rearrange(best: Best, watch: Watch, pace: Pace, go_on: Callable[[], bool]) -> None:
    """Go on until told otherwise; models grow while they are solved to the end, and shrink where they are not."""
    instance = best.costs.instance
    rng = random.Random(pace.seed + 1)  # noqa: S311  no secret
    cells = float(CELLS)
    while go_on():
        people, days = _drawn(best, rng, cells)
        people = best.take(people)
        if not people:
            time.sleep(NAP)
            continue
        seen = best.rows
        part = part_of(instance, people, days)
        model = model_of(instance, seen, part)
        standing = best.costs.counts(row for person, row in enumerate(seen) if person not in people)
        add_cost(instance, model, standing.tolist())
        hint(model, cells_of(instance, seen, people))
        solver = pace.solver(max(0.01, min(PATIENCE, watch.left)))
        solver.parameters.random_seed = rng.randrange(2**31)
        status = watch.solve(solver, model.sat)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            best.offer(seen, rows_of(instance, seen, part, chosen_of(solver, model)))
        best.give_back(people)
        cells *= 1.1 if status == cp_model.OPTIMAL else 0.85
        cells = max(cells, 2.0 * len(instance.shifts))


def _drawn(best: Best, rng: random.Random, cells: float) -> tuple[list[int], range]:
    """Whom and when: days around one that costs something, and as many people as make so many cells."""
    instance = best.costs.instance
    each_day = len(instance.shifts) * rng.choice((1.0, 1.0, 0.5))
    length = min(instance.days, rng.choice((7, 14, 28, LONGEST)))
    middle = _dear_day(best, rng) if rng.random() < 0.7 else rng.randrange(instance.days)
    first = min(max(0, middle - rng.randrange(length)), instance.days - length)
    number = max(2, min(len(instance.staff), round(cells / each_day / length)))
    return rng.sample(range(len(instance.staff)), min(number, len(instance.staff))), range(first, first + length)


def _dear_day(best: Best, rng: random.Random) -> int:
    costs, lacking = best.costs, best.costs.heads - best.counts
    dear = (np.maximum(lacking, 0) * costs.under + np.maximum(-lacking, 0) * costs.over).sum(axis=1)
    if not dear.any():
        return rng.randrange(len(dear))
    return rng.choices(range(len(dear)), weights=dear.tolist())[0]
