"""Why a part cannot be covered: what lacks at best, what stands in the way, and who would do."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from ortools.sat.python import cp_model

from shifts.errors import Infeasible, Relief, Shortage
from shifts.findings import Rule
from shifts.model import Duty, Person, Seat
from shifts.solver.case import Case
from shifts.solver.model import (
    Model,
    Part,
    add_experience,
    heads_of,
    model_of,
    model_of_work,
    pins_of,
    seat_sets,
    total,
)
from shifts.solver.progress import Phase, Watch
from shifts.solver.search import Pace
from shifts.solver.why import SECONDS, impossible_pins, reasons_of, share, why_contradicted

MOST_RELIEF = 40
"""People that are tried as relief at most: of more than that nobody needs the exact number."""


def explain(case: Case, part: Part, watch: Watch, pace: Pace, *, proven: bool) -> Infeasible | None:
    """What a lead can act on; None where, looked at closely, nothing lacks."""
    watch.phase = Phase.EXPLAIN
    if impossible := tuple(impossible_pins(case, part)):
        return Infeasible((), impossible)
    [shortages] = watch.run([partial(_shortages, case, part, watch, pace)], 1)
    if shortages is None:
        return _contradiction(case, part, watch, pace, proven=proven)
    if not shortages:
        return None
    if not share(watch, pace):
        return Infeasible(shortages, proven=proven)
    [reasons] = watch.run([partial(reasons_of, case, part, shortages, watch, pace)], 1)
    if not share(watch, pace):
        return Infeasible(shortages, reasons, proven=proven)
    [relief] = watch.run([partial(_relief, case, part, shortages, watch, pace)], 1)
    return Infeasible(shortages, reasons, relief, proven=proven)


def _contradiction(case: Case, part: Part, watch: Watch, pace: Pace, *, proven: bool) -> Infeasible | None:
    """Pins against each other: no time will help. Only beside a rookie somebody lent might still stand."""
    [reason] = watch.run([partial(why_contradicted, case, part, watch, pace)], 1)
    if reason is None:
        return None
    alone = any(limit.rule is Rule.ROOKIE_ALONE for limit in reason.limits)
    return Infeasible((), (reason,), proven=proven or not alone)


# --- what lacks ------------------------------------------------------------------------------------------------------


def _shortages(case: Case, part: Part, watch: Watch, pace: Pace) -> tuple[Shortage, ...] | None:
    """The fewest heads and seats that can be left empty, by time; None where not even that can be: pins contradict."""
    model = model_of_work(case, part)
    for pin in pins_of(case, part):
        model.sat.add(model.cells[pin] == 1)
    slack = {slot: _add_slack(case, model, slot) for slot in part.slots}
    model.sat.minimize(total([_missing(model, lacks) for lacks in slack.values()]))
    solver = pace.solver(share(watch, pace), workers=2)
    status = watch.solve(solver, model.sat)
    if status == cp_model.INFEASIBLE:
        return None
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return ()
    found = []
    for slot, lacks in slack.items():
        seats = {seat: solver.value(lack) for seat, lack in lacks.items() if seat is not None}
        heads = solver.value(lacks[None]) - sum(seats.values())  # an empty seat is an empty head, told once
        for seat, missing in [*seats.items(), (None, heads)]:
            if missing > 0:
                where, exact = case.slots[slot], status == cp_model.OPTIMAL
                found.append(Shortage(where.checkpoint, where.dated, seat, missing, exact))
    return tuple(found)


def _add_slack(case: Case, model: Model, slot: int) -> dict[Seat | None, cp_model.IntVar]:
    need, kinds = heads_of(case, slot), Counter(case.slots[slot].seats)
    lacks: dict[Seat | None, cp_model.IntVar] = {None: model.sat.new_int_var(0, need, "")}
    model.sat.add(total([model.cells[person, slot] for person in model.of_slot[slot]]) + lacks[None] == need)
    for kind, count in kinds.items():
        lacks[kind] = model.sat.new_int_var(0, count, "")
    for chosen, seats, able in seat_sets(case, slot, model.of_slot[slot], every=True):
        cells = [model.cells[person, slot] for person in able]
        model.sat.add(total([*cells, *(lacks[kind] for kind in chosen)]) >= seats)
    add_experience(case, model, slot)
    return lacks


def _missing(model: Model, lacks: dict[Seat | None, cp_model.IntVar]) -> cp_model.LinearExprT:
    """How many people a slot lacks, as it is told; among equals, fewer who must bring something."""
    seats = [lack for seat, lack in lacks.items() if seat is not None]
    people = model.sat.new_int_var(0, 10_000, "")
    model.sat.add(people >= lacks[None])
    model.sat.add(people >= total(seats))
    return total([100 * people, *seats])


# --- who would do ----------------------------------------------------------------------------------------------------


def _relief(case: Case, part: Part, shortages: tuple[Shortage, ...], watch: Watch, pace: Pace) -> tuple[Relief, ...]:
    """The fewest more people of the kinds that lack with whom the part is covered; none where that is not found."""
    newcomers = list(_newcomers(part, shortages))
    if len(newcomers) > MOST_RELIEF:
        return ()
    first = len(case.people)
    more = replace(case, people=(*case.people, *(person for _, person in newcomers)))
    model = model_of(more, replace(part, people=(*part.people, *range(first, len(more.people)))))
    needed = [model.sat.new_bool_var("") for _ in newcomers]
    for (person, _), cell in model.cells.items():
        if person >= first:
            model.sat.add_implication(cell, needed[person - first])
    for number in range(1, len(newcomers)):
        if newcomers[number][0] == newcomers[number - 1][0]:  # of equals, the earlier first
            model.sat.add_implication(needed[number], needed[number - 1])
    model.sat.minimize(total(needed))
    solver = pace.solver(SECONDS, workers=2)
    status = watch.solve(solver, model.sat)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return ()
    people = Counter(kind for (kind, _), come in zip(newcomers, needed, strict=True) if solver.boolean_value(come))
    exact = status == cp_model.OPTIMAL and all(one.exact for one in shortages)
    return tuple(Relief(kind, number, exact) for kind, number in people.items())


def _newcomers(part: Part, shortages: tuple[Shortage, ...]) -> Iterator[tuple[Seat | None, Person]]:
    """As many of each kind as could be needed: twice what lacks on one day gives each a day off beside each day on."""
    days: dict[Seat | None, Counter[object]] = {}
    for one in shortages:
        days.setdefault(one.seat, Counter())[one.shift.day] += one.missing
    for kind, missing in days.items():
        for number in range(min(missing.total(), 2 * max(missing.values()) + 1)):
            units = frozenset({kind.unit}) if kind and kind.unit else frozenset[str]()
            duties = frozenset({kind.duty if kind and kind.duty else Duty.TRAFFIC})
            yield kind, Person(f"+{kind}{number}", "", units, duties, min(part.checkpoints))
