"""Why a part cannot be covered: what lacks at best, and which requests together stand in the way."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta

from ortools.sat.python import cp_model

from shifts.errors import Conflict, Infeasible, Request, Shortage
from shifts.model import Seat
from shifts.solver.case import Case
from shifts.solver.model import Model, Part, add_experience, heads_of, model_of_work, pins_of, seat_sets, total
from shifts.solver.progress import Phase, Watch
from shifts.solver.search import Pace

SECONDS = 5.0
"""For the shortages, and again for the conflicts: whoever waits for a roster wants to know."""
AROUND = (1, 7, 400)
"""Days around the first shortage whose demand is looked at for conflicts; as few as will do."""
LIFTED = frozenset({Request.LEAVE, Request.NO_NIGHT})


def explain(case: Case, part: Part, watch: Watch, pace: Pace, *, proven: bool) -> Infeasible | None:
    """What a lead can act on; None where, looked at closely, nothing lacks."""
    watch.phase = Phase.EXPLAIN
    [shortages] = watch.run([lambda: _shortages(case, part, watch, pace)], 1)
    impossible = tuple(_impossible_pins(case, part))
    if not shortages and not impossible:
        return None
    if impossible:
        return Infeasible(shortages, impossible, proven=True)
    [conflicts] = watch.run([lambda: _conflicts(case, part, shortages[0], watch, pace)], 1)
    return Infeasible(shortages, conflicts, proven=proven)


# --- what lacks ------------------------------------------------------------------------------------------------------


def _shortages(case: Case, part: Part, watch: Watch, pace: Pace) -> tuple[Shortage, ...]:
    """The fewest heads and seats that can be left empty, by time."""
    model = model_of_work(case, part)
    for pin in pins_of(case, part):
        if pin in model.cells:
            model.sat.add(model.cells[pin] == 1)
    slack = {slot: _add_slack(case, model, slot) for slot in part.slots}
    model.sat.minimize(total([_missing(model, lacks) for lacks in slack.values()]))
    solver = pace.solver(SECONDS, workers=2)
    if watch.solve(solver, model.sat) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return ()
    found = []
    for slot, lacks in slack.items():
        seats = {seat: solver.value(lack) for seat, lack in lacks.items() if seat is not None}
        heads = solver.value(lacks[None]) - sum(seats.values())  # an empty seat is an empty head, told once
        for seat, missing in [*seats.items(), (None, heads)]:
            if missing > 0:
                found.append(Shortage(case.slots[slot].checkpoint, case.slots[slot].dated, seat, missing))
    return tuple(found)


def _add_slack(case: Case, model: Model, slot: int) -> dict[Seat | None, cp_model.IntVar]:
    need, kinds = heads_of(case, slot), Counter(case.slots[slot].seats)
    lacks: dict[Seat | None, cp_model.IntVar] = {None: model.sat.new_int_var(0, need, "")}
    model.sat.add(total([model.cells[person, slot] for person in model.of_slot[slot]]) + lacks[None] == need)
    for kind, count in kinds.items():
        lacks[kind] = model.sat.new_int_var(0, count, "")
    for chosen, seats, able in seat_sets(case, model, slot, every=True):
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


# --- what stands in the way ------------------------------------------------------------------------------------------


def _impossible_pins(case: Case, part: Part) -> Iterator[Conflict]:
    """Pins that break a rule by themselves, with the leave or the doctor's word they go against."""
    for person, slot in pins_of(case, part):
        obstacles = case.obstacles(person, slot)
        if obstacles is None or obstacles:
            yield _pin(case, person, slot)
            yield from (_conflict(case, person, request, {slot}) for request in sorted(obstacles or ()))


def _conflicts(case: Case, part: Part, first: Shortage, watch: Watch, pace: Pace) -> tuple[Conflict, ...]:
    """Requests that cannot all be kept with the demand around the first shortage (an unsatisfiable core)."""
    for days in AROUND:
        reach = timedelta(days=days)
        slots = {slot for slot in part.slots if abs(case.slots[slot].day - first.shift.day) <= reach}
        core = _core(case, part, slots, watch, pace)
        if core is not None:
            return tuple(
                _pin(case, person, what) if isinstance(what, int) else _conflict(case, person, what, slots)
                for person, what in core
            )
    return ()


Guard = tuple[int, int | Request]
"""A person's number, with the slot they are pinned to or the request they make."""


def _core(case: Case, part: Part, slots: set[int], watch: Watch, pace: Pace) -> Sequence[Guard] | None:
    """Requests that together make these slots impossible to cover; none of them if nothing would help.

    None where the slots can be covered, or nobody knows in time.
    """
    model = model_of_work(case, part, LIFTED)
    guards: dict[Guard, cp_model.IntVar] = {}

    def guard(name: Guard) -> cp_model.IntVar:
        if name not in guards:
            guards[name] = model.sat.new_bool_var("")
        return guards[name]

    for (person, slot), cell in model.cells.items():
        for request in case.obstacles(person, slot) or ():
            model.sat.add_implication(guard((person, request)), cell.negated())
    for pin in pins_of(case, part):
        if pin in model.cells:
            model.sat.add_implication(guard(pin), model.cells[pin])
    for slot in slots:
        present = [model.cells[person, slot] for person in model.of_slot[slot]]
        model.sat.add(total(present) >= case.slots[slot].heads)
        for _, need, able in seat_sets(case, model, slot, every=True):
            model.sat.add(total([model.cells[person, slot] for person in able]) >= need)
    return _smallest_core(model, guards, watch, pace)


def _smallest_core(
    model: Model, guards: dict[Guard, cp_model.IntVar], watch: Watch, pace: Pace
) -> Sequence[Guard] | None:
    """A core from which nothing can be left out, as far as there is time to try."""
    names = {guard.index: name for name, guard in guards.items()}

    def core_of(held: Collection[Guard]) -> list[Guard] | None:
        model.sat.clear_assumptions()
        model.sat.add_assumptions([guards[name] for name in held])
        solver = pace.solver(SECONDS)
        if watch.solve(solver, model.sat) != cp_model.INFEASIBLE:
            return None
        return sorted((names[index] for index in solver.sufficient_assumptions_for_infeasibility()), key=str)

    core = core_of(list(guards))
    kept: list[Guard] = []
    began = watch.seconds
    while core and len(kept) < len(core) and (pace.reproducible or watch.seconds - began < SECONDS):
        tried = next(name for name in core if name not in kept)
        smaller = core_of([name for name in core if name != tried])
        if smaller is None:
            kept.append(tried)
        else:
            core = smaller
    return core


def _pin(case: Case, person: int, number: int) -> Conflict:
    slot = case.slots[number]
    return Conflict(Request.PIN, case.people[person].code, (slot.day,), slot.checkpoint, slot.dated)


def _conflict(case: Case, person: int, request: Request, slots: Collection[int]) -> Conflict:
    """Somebody's request, with the days of leave that touch these slots."""
    who = case.people[person]
    touched = {day for slot in slots for day in case.slots[slot].touched}
    days = tuple(sorted(who.leave & touched)) if request is Request.LEAVE else ()
    return Conflict(request, who.code, days)
