"""Who does what in each shift, once it is known who is there: seats by a matching, the rest by what is lacking."""

from collections.abc import Iterable

from shifts.model import Assignment, Duty
from shifts.rules_shifts import fill
from shifts.solver.case import Case

FILL = (Duty.CODE_CHECKER, Duty.TEMPERATURE, Duty.TRAFFIC, Duty.RECORDER, Duty.LEAD)
"""What a head without a seat of its own does: the first of these that nobody there does yet, or the first they can."""


def assignments_of(case: Case, chosen: Iterable[tuple[int, int]]) -> frozenset[Assignment]:
    """Assignments with duties from who stands where.

    Pinned duties stay; promised ones stay where the seats allow.
    """
    promised = {(old.person, old.checkpoint, old.shift): old.duty for old in case.problem.published}
    present: dict[int, list[int]] = {}
    for person, slot in sorted(chosen):
        present.setdefault(slot, []).append(person)
    found = []
    for number, people in present.items():
        checkpoint, dated = case.slots[number].checkpoint, case.slots[number].dated
        before = {person: promised.get((case.people[person].code, checkpoint, dated)) for person in people}
        for person, duty in _duties(case, number, people, before).items():
            found.append(Assignment(case.people[person].code, checkpoint, duty, dated))
    return frozenset(found)


def _duties(case: Case, slot: int, people: list[int], promised: dict[int, Duty | None]) -> dict[int, Duty]:
    seats = sorted(case.slots[slot].seats, key=lambda seat: (seat.duty is None, str(seat.duty), str(seat.unit)))
    breadth = {person: sum(case.fits(person, slot, seat) for seat in seats) for person in people}
    fits = [
        sorted(
            (number for number, person in enumerate(people) if case.fits(person, slot, seat)),
            key=lambda number: (promised[people[number]] is not seat.duty, breadth[people[number]], number),
        )
        for seat in seats
    ]
    duties = {person: case.pins[person, slot].duty for person in people if (person, slot) in case.pins}
    for seat, number in fill(seats, fits).items():
        duty = seats[seat].duty
        if duty is not None:
            duties[people[number]] = duty
    for person in people:
        if person not in duties:
            duties[person] = _free_duty(case.people[person].duties, promised[person], set(duties.values()))
    return duties


def _free_duty(able: frozenset[Duty], promised: Duty | None, done: set[Duty]) -> Duty:
    if promised in able:
        return promised
    can = [duty for duty in FILL if duty in able]
    return next((duty for duty in can if duty not in done), can[0])
