"""What each shift of each checkpoint must have. Each function finds where it has not."""

from collections.abc import Iterator, Sequence
from datetime import date

from shifts.findings import Figure, Finding, Work
from shifts.model import Person, Seat
from shifts.stints import Stint


def coverage(work: Work) -> Iterator[Finding]:
    """Fewer heads than needed, or a seat that nobody there takes; every seat by another person.

    Figures: `have` and `need` heads; `lacking`, the seats left empty, as `duty` or `unit` or `duty@unit`, by comma.
    """
    for demand in work.problem.demands:
        present = work.by_shift.get((demand.checkpoint, demand.shift), [])
        have = len({stint.assignment.person for stint in present})
        empty = _empty_seats(demand.seats, present, work)
        if have < demand.heads or empty:
            lacking = ",".join(map(_name, empty))
            figures: dict[str, Figure] = {"have": have, "need": demand.heads, "lacking": lacking}
            yield Finding(figures, None, demand.checkpoint, (demand.shift,))


def surplus(work: Work) -> Iterator[Finding]:
    """More heads than needed, or heads where none are."""
    needed = {(demand.checkpoint, demand.shift): demand.heads for demand in work.problem.demands}
    for (checkpoint, shift), present in work.by_shift.items():
        have, need = len({stint.assignment.person for stint in present}), needed.get((checkpoint, shift), 0)
        if have > need:
            yield Finding({"have": have, "need": need}, None, checkpoint, (shift,))


def rookie_alone(work: Work) -> Iterator[Finding]:
    """Somebody in their first months, with nobody experienced beside them."""
    months = work.problem.rules.rookie_months
    for (checkpoint, shift), present in work.by_shift.items():
        people = [work.people[stint.assignment.person] for stint in present]
        if people and all(is_rookie(person, shift.day, months) for person in people):
            yield Finding({"months": months, "heads": len(people)}, people[0].code, checkpoint, (shift,))


def is_rookie(person: Person, day: date, months: int) -> bool:
    """Whether, on this day, they began less than so many months ago."""
    since = person.since
    if since is None:
        return False
    whole = (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
    return whole < months


def fill(seats: Sequence[Seat], fits: Sequence[Sequence[int]]) -> dict[int, int]:
    """Seat people: a largest matching (Kuhn 1955), as the person's number by the seat's.

    Args:
        seats: The seats.
        fits: For each seat, the numbers of the people who can take it.
    """
    taken: dict[int, int] = {}  # the seat by person

    def place(seat: int, tried: set[int]) -> bool:
        for person in fits[seat]:
            if person not in tried:
                tried.add(person)
                if person not in taken or place(taken[person], tried):
                    taken[person] = seat
                    return True
        return False

    for seat in range(len(seats)):
        place(seat, set())
    return {seat: person for person, seat in taken.items()}


def _empty_seats(seats: tuple[Seat, ...], present: list[Stint], work: Work) -> list[Seat]:
    def takes(stint: Stint, seat: Seat) -> bool:
        doing = seat.duty is None or stint.assignment.duty is seat.duty
        return doing and (seat.unit is None or seat.unit in work.people[stint.assignment.person].units)

    people = list({stint.assignment.person: stint for stint in present}.values())
    fits = [[number for number, stint in enumerate(people) if takes(stint, seat)] for seat in seats]
    filled = fill(seats, fits)
    return [seat for number, seat in enumerate(seats) if number not in filled]


def _name(seat: Seat) -> str:
    return "@".join(part for part in (seat.duty and str(seat.duty), seat.unit) if part)
