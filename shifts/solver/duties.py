"""Who does what in each shift, once it is known who is there: seats by a matching, the rest by what is lacking."""

from collections.abc import Iterable, Mapping, Sequence

from shifts.model import Assignment, Duty, Seat
from shifts.rules_shifts import fill
from shifts.solver.case import Case

FILL = (Duty.CODE_CHECKER, Duty.TEMPERATURE, Duty.TRAFFIC, Duty.RECORDER, Duty.LEAD)
"""What a head without a seat of its own does: the first of these that nobody there does yet, or the first they can."""
CHANGE = 1_000_000
"""What a broken promise costs: more than whoever would rather be left free for another seat."""
SECOND = 1_000 * CHANGE
"""What it costs to have somebody who can only lead beside another in the lead's seat."""


def assignments_of(case: Case, chosen: Iterable[tuple[int, int]]) -> frozenset[Assignment]:
    """Assignments with duties from who stands where.

    Pinned duties stay; of the promised ones as few change as the seats allow.
    """
    promised = {(old.person, old.checkpoint, old.shift): old.duty for old in case.problem.published}
    present: dict[int, list[int]] = {}
    for person, slot in sorted(chosen):
        present.setdefault(slot, []).append(person)
    found = []
    for number, people in present.items():
        checkpoint, dated = case.slots[number].checkpoint, case.slots[number].dated
        before = {person: promised.get((case.people[person].code, checkpoint, dated)) for person in people}
        before |= {person: case.pins[person, number].duty for person in people if (person, number) in case.pins}
        for person, duty in _duties(case, number, people, before).items():
            found.append(Assignment(case.people[person].code, checkpoint, duty, dated))
    return frozenset(found)


def _duties(case: Case, slot: int, people: list[int], before: Mapping[int, Duty | None]) -> dict[int, Duty]:
    """Everybody's duty, near what each was to do before."""
    seats = sorted(case.slots[slot].seats, key=lambda seat: (seat.duty is None, str(seat.duty), str(seat.unit)))
    held = _as_before(case, slot, seats, before)
    if held is not None:
        return held
    stays = {person for person in people if _stays(case, slot, person, before[person])}
    breadth = {person: sum(case.fits(person, slot, seat) for seat in seats) for person in people}

    def cost(person: int, seat: Seat) -> int:
        """What a seat changes for somebody, against having none."""
        kept = person in stays if seat.duty is None else before[person] in {None, seat.duty}
        without = person in stays or before[person] is None
        spared = SECOND if seat.duty is Duty.LEAD and len(case.people[person].duties) == 1 else 0
        return CHANGE * (without - (kept or before[person] is None)) + breadth[person] - spared

    costs = [{person: cost(person, seat) for person in people if case.fits(person, slot, seat)} for seat in seats]
    taken = cheapest(costs)
    duties = {person: duty for person, seat in taken.items() if (duty := seats[seat].duty) is not None}
    for person in people:
        duty = before[person]
        if duty is not None and person not in duties and person in stays:
            duties[person] = duty
    for person in people:
        if person not in duties:
            duties[person] = _lacking(case.people[person].duties, set(duties.values()))
    return duties


def _as_before(
    case: Case, slot: int, seats: Sequence[Seat], before: Mapping[int, Duty | None]
) -> dict[int, Duty] | None:
    """What was promised, where everybody there was promised something they can do, and that fills the seats."""
    held = {person: duty for person, duty in before.items() if duty is not None}
    able = all(duty in case.people[person].duties or (person, slot) in case.pins for person, duty in held.items())
    fits = [
        [person for person, duty in held.items() if case.fits(person, slot, seat) and seat.duty in {None, duty}]
        for seat in seats
    ]
    return held if len(held) == len(before) and able and len(fill(seats, fits)) == len(seats) else None


def _stays(case: Case, slot: int, person: int, before: Duty | None) -> bool:
    """Whether somebody keeps what they were to do in no seat for it; not as a second lead."""
    able = case.people[person].duties
    if (person, slot) in case.pins:
        return True
    second = before is Duty.LEAD and any(seat.duty is Duty.LEAD for seat in case.slots[slot].seats)
    return before in able and not (second and len(able) > 1)


def _lacking(able: frozenset[Duty], done: set[Duty]) -> Duty:
    can = [duty for duty in FILL if duty in able]
    return next((duty for duty in can if duty not in done), can[0])


def cheapest(costs: Sequence[Mapping[int, int]]) -> dict[int, int]:
    """Of the largest matchings of seats and people a cheapest one, by shortest augmenting paths: the seat by person.

    Args:
        costs: For each seat, who can take it, and at what cost.
    """
    taken: dict[int, int] = {}
    for empty in range(len(costs)):
        reached: dict[int, tuple[int, int]] = {}  # what it costs to seat a person anew, and in which seat
        queue = [(0, empty)]
        for spent, seat in queue:
            for person, cost in costs[seat].items():
                now = spent + cost
                if person not in reached or now < reached[person][0]:
                    reached[person] = now, seat
                    if person in taken:
                        queue.append((now - costs[taken[person]][person], taken[person]))
        free = [person for person in reached if person not in taken]
        if free:
            _reseat(taken, reached, min(free, key=lambda person: (reached[person][0], person)))
    return taken


def _reseat(taken: dict[int, int], reached: Mapping[int, tuple[int, int]], person: int) -> None:
    """Seat somebody, whoever had their seat in the next, and so on to the one that was empty."""
    holder = {seat: other for other, seat in taken.items()}
    while True:
        seat = reached[person][1]
        taken[person] = seat
        if seat not in holder:
            return
        person = holder[seat]
