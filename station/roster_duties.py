"""Duties for people of whom a table only says that they work: seats first, then what nobody there does yet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from shifts.model import Assignment, DatedShift, Duty, Person, RosterProblem, Seat
from shifts.rules_shifts import fill

FREE = (Duty.CODE_CHECKER, Duty.TEMPERATURE, Duty.TRAFFIC, Duty.RECORDER, Duty.LEAD)
"""What a head without a seat of its own does."""
Working = tuple[str, str, DatedShift]
"""A person's code, the checkpoint, and when."""


def with_duties(
    problem: RosterProblem, decided: Iterable[Assignment], undecided: Iterable[Working]
) -> frozenset[Assignment]:
    """All of them as assignments.

    Args:
        problem: Its people, who can do at least one duty each, and its demands.
        decided: Those whose duty is said.
        undecided: Those whose duty is not.
    """
    people = {person.code: person for person in problem.people}
    seats = {(demand.checkpoint, demand.shift): demand.seats for demand in problem.demands}
    found = set(decided)
    at: defaultdict[tuple[str, DatedShift], dict[str, Duty | None]] = defaultdict(dict)
    for one in found:
        at[one.checkpoint, one.shift][one.person] = one.duty
    for person, checkpoint, shift in undecided:
        at[checkpoint, shift].setdefault(person, None)
    for (checkpoint, shift), present in at.items():
        for code, duty in _filled(seats.get((checkpoint, shift), ()), present, people).items():
            found.add(Assignment(code, checkpoint, duty, shift))
    return frozenset(found)


def _filled(
    seats: tuple[Seat, ...], present: Mapping[str, Duty | None], people: Mapping[str, Person]
) -> dict[str, Duty]:
    """The duty of each who has none yet."""
    codes = sorted(present)
    fits = [[n for n, code in enumerate(codes) if _takes(people[code], present[code], seat)] for seat in seats]
    duties = dict(present)
    for number, who in fill(seats, fits).items():
        duties[codes[who]] = duties[codes[who]] or seats[number].duty
    for code in codes:
        if duties[code] is None:
            can = [duty for duty in FREE if duty in people[code].duties]
            duties[code] = next((duty for duty in can if duty not in duties.values()), can[0])
    return {code: duty for code, duty in duties.items() if duty is not None and present[code] is None}


def _takes(person: Person, duty: Duty | None, seat: Seat) -> bool:
    if duty is None:
        return seat.fits(person)
    return seat.duty in {None, duty} and (seat.unit is None or seat.unit in person.units)
