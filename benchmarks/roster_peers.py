"""What else makes rosters: a fixed rotation as drawn up by hand, and one CP-SAT model asked for everything at once."""

from collections.abc import Iterable
from datetime import timedelta

from ortools.sat.python import cp_model

from shifts.model import EARLY, MIDDLE, NIGHT, Assignment, RosterProblem
from shifts.rules_shifts import fill
from shifts.solver.case import Case, case_of
from shifts.solver.duties import assignments_of
from shifts.solver.model import Cell, Model, Part, add_experience, seat_sets, total
from shifts.solver.search import chosen_of
from shifts.solver.soft import Costs, cost_of
from shifts.solver.work import add_work

ROTATION = (EARLY, EARLY, MIDDLE, MIDDLE, NIGHT, NIGHT, None, None)


def fixed_rotation(problem: RosterProblem) -> frozenset[Assignment]:
    """早早中中夜夜休休 for everybody, begun in turn; whoever is away or must not work nights is missing."""
    case = case_of(problem)
    numbers = {(slot.checkpoint, slot.dated): number for number, slot in enumerate(case.slots)}
    turn: dict[str, int] = {}
    chosen = set[Cell]()
    for number, person in enumerate(problem.people):
        begin = turn[person.home] = turn.get(person.home, -1) + 1
        for day in range(problem.period.length):
            code = ROTATION[(day + begin) % len(ROTATION)]
            on = problem.period.start + timedelta(days=day)
            slot = next(
                (
                    n
                    for (at, dated), n in numbers.items()
                    if at == person.home and dated.day == on and dated.code == code
                ),
                None,
            )
            if slot is not None and case.obstacles(number, slot) == frozenset():
                present = sum(other == slot for _, other in chosen)
                if present < case.slots[slot].heads:
                    chosen.add((number, slot))
    return assignments_of(case, chosen)


def single_shot(problem: RosterProblem, seconds: float) -> frozenset[Assignment]:
    """One model of everybody at home, its heads and seats soft, CP-SAT's own portfolio on two cores."""
    case = case_of(problem)
    model = Model(Part(frozenset(problem.plans), tuple(range(len(case.people))), tuple(range(len(case.slots)))))
    at: dict[str, list[int]] = {}
    for number, slot in enumerate(case.slots):
        at.setdefault(slot.checkpoint, []).append(number)
    for number, person in enumerate(case.people):
        cells = [(case.slots[n], model.add_cell(number, n)) for n in at[person.home] if not _kept_out(case, number, n)]
        add_work(model.sat, case, person, cells)
    lacking = [lack for slot in model.of_slot for lack in _soft_coverage(case, model, slot)]
    model.sat.minimize(total([cost_of(case, model, Costs()), *(1000 * lack for lack in lacking)]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model.sat)
    found = status in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    return assignments_of(case, chosen_of(solver, model)) if found else frozenset()


def uncovered(problem: RosterProblem, assignments: Iterable[Assignment]) -> int:
    """Heads that shifts lack, and beyond those, seats that none of the heads there take."""
    people = {person.code: person for person in problem.people}
    there: dict[object, list[Assignment]] = {}
    for one in assignments:
        there.setdefault((one.checkpoint, one.shift), []).append(one)
    missing = 0
    for demand in problem.demands:
        present = there.get((demand.checkpoint, demand.shift), [])
        fits = [
            [
                number
                for number, one in enumerate(present)
                if seat.fits(people[one.person]) and seat.duty in {None, one.duty}
            ]
            for seat in demand.seats
        ]
        missing += max(demand.heads - len(present), len(demand.seats) - len(fill(demand.seats, fits)))
    return missing


def _kept_out(case: Case, person: int, slot: int) -> bool:
    return case.obstacles(person, slot) != frozenset()


def _soft_coverage(case: Case, model: Model, slot: int) -> list[cp_model.IntVar]:
    cells = [model.cells[person, slot] for person in model.of_slot[slot]]
    heads = model.sat.new_int_var(0, case.slots[slot].heads, "")
    model.sat.add(total(cells) + heads == case.slots[slot].heads)
    lacks = [heads]
    for _, need, able in seat_sets(case, slot, model.of_slot[slot]):
        lacks.append(model.sat.new_int_var(0, need, ""))
        model.sat.add(total([model.cells[person, slot] for person in able]) + lacks[-1] >= need)
    add_experience(case, model, slot)
    return lacks
