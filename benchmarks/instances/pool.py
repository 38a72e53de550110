"""The best choice among rows that are there already, one each: a model of rows instead of cells."""

from collections import defaultdict
from collections.abc import Iterable

from ortools.sat.python import cp_model

from benchmarks.instances.costs import Best
from benchmarks.instances.model import OFF, Row
from shifts.solver.model import total
from shifts.solver.progress import Watch
from shifts.solver.search import Pace

SHARE = 6
"""One in so many of the seconds left is given to a choice."""


def choose(best: Best, rows: Iterable[tuple[int, Row]], watch: Watch, pace: Pace) -> None:
    """Offer the best choice found among these rows and those that stand."""
    costs, seen = best.costs, best.rows
    options = list(dict.fromkeys([*enumerate(seen), *rows]))
    sat = cp_model.CpModel()
    of_person: defaultdict[int, list[cp_model.IntVar]] = defaultdict(list)
    there: defaultdict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    chosen, terms = [], []
    for person, row in options:
        variable = sat.new_bool_var("")
        sat.add_hint(variable, row == seen[person])
        chosen.append(variable)
        of_person[person].append(variable)
        terms.append(costs.of_row(person, row) * variable)
        for day, kind in enumerate(row):
            if kind != OFF:
                there[day, kind].append(variable)
    for variables in of_person.values():
        sat.add_exactly_one(variables)
    for where, cover in costs.instance.cover.items():
        short = sat.new_int_var(0, cover.heads, "")
        heads = total(there[where])
        sat.add(short + heads >= cover.heads)
        terms += [(cover.under + cover.over) * short, cover.over * heads]
    sat.minimize(total(terms))
    solver = pace.solver(watch.left / SHARE)
    if watch.solve(solver, sat) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        taken = {person: row for (person, row), one in zip(options, chosen, strict=True) if solver.boolean_value(one)}
        best.offer_all(tuple(taken[person] for person in range(len(seen))))
