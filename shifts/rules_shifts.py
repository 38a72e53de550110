"""What each shift of each checkpoint must have. Each function finds where it has not."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from shifts.findings import Figure, Finding, Work
from shifts.model import DatedShift, Duty, Person, Seat
from shifts.stints import Span, Stint, span_of


def coverage(work: Work) -> Iterator[Finding]:
    """Fewer heads than needed, or a seat that nobody there takes; every seat by another person.

    Figures: `have` and `need` heads; `lacking`, the seats left empty, as `duty` or `unit` or `duty@unit`, by comma.
    """
    for demand in work.demands:
        present = work.by_shift.get((demand.checkpoint, demand.shift), [])
        have = len({stint.assignment.person for stint in present})
        empty = empty_seats(demand.seats, present, work.people)
        if have < demand.heads or empty:
            lacking = ",".join(map(_name, empty))
            figures: dict[str, Figure] = {"have": have, "need": demand.heads, "lacking": lacking}
            spans = _spans(work, demand.checkpoint, demand.shift)
            yield Finding(figures, None, demand.checkpoint, (demand.shift,), spans)


def surplus(work: Work) -> Iterator[Finding]:
    """More heads than needed, or heads where none are."""
    needed = {(demand.checkpoint, demand.shift): demand.heads for demand in work.demands}
    for (checkpoint, shift), present in work.by_shift.items():
        have, need = len({stint.assignment.person for stint in present}), needed.get((checkpoint, shift), 0)
        if have > need:
            yield Finding({"have": have, "need": need}, None, checkpoint, (shift,), (present[0].span,))


def rookie_alone(work: Work) -> Iterator[Finding]:
    """Somebody in their first months, with nobody experienced beside them."""
    months = work.problem.rules.rookie_months
    for (checkpoint, shift), present in work.by_shift.items():
        people = [work.people[stint.assignment.person] for stint in present]
        if people and all(is_rookie(person, shift.day, months) for person in people):
            figures: dict[str, Figure] = {"months": months, "heads": len(people)}
            about = tuple(stint.assignment for stint in present)
            who = min(person.code for person in people)
            yield Finding(figures, who, checkpoint, (shift,), (present[0].span,), about)


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


def empty_seats(seats: Sequence[Seat], present: Sequence[Stint], people: Mapping[str, Person]) -> list[Seat]:
    """The seats that nobody who is there takes, by what they do and where they belong.

    Whoever has two duties in one shift is one head, who takes a seat by either.
    """
    doing: dict[str, set[Duty]] = {}
    for stint in sorted(present, key=lambda stint: stint.assignment.person):
        doing.setdefault(stint.assignment.person, set()).add(stint.assignment.duty)

    def takes(person: str, duties: set[Duty], seat: Seat) -> bool:
        return (seat.duty is None or seat.duty in duties) and (seat.unit is None or seat.unit in people[person].units)

    heads = list(doing.items())
    fits = [[number for number, head in enumerate(heads) if takes(*head, seat)] for seat in seats]
    filled = fill(seats, fits)
    return [seat for number, seat in enumerate(seats) if number not in filled]


def _spans(work: Work, checkpoint: str, shift: DatedShift) -> tuple[Span, ...]:
    plan = work.problem.plans.get(checkpoint)
    return (span_of(plan.shift(shift.code), shift.day),) if plan is not None and shift.code in plan.codes else ()


def _name(seat: Seat) -> str:
    return "@".join(part for part in (seat.duty and str(seat.duty), seat.unit) if part)
