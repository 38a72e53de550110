"""The grid as values: its lines, who sits where in a shift, and what a lead's edits take out and put in."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from shifts.model import Assignment, DatedShift, Demand, Duty, Period, Person, RosterProblem, Seat
from shifts.publishing import Change
from shifts.rules_shifts import fill

Place = tuple[str, DatedShift]
"""A shift of a day at a checkpoint."""
Standing = Mapping[Place, Collection[Assignment]]
"""Who stands where."""
FREE_DUTIES = (Duty.CODE_CHECKER, Duty.TEMPERATURE, Duty.TRAFFIC, Duty.RECORDER, Duty.LEAD)
"""What a head without a seat does: the first of these that nobody there does yet."""
_LAST = len(Duty)


class EditRefused(Exception):
    """What was asked cannot be done; `code` names the sentence among the page's words."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code, self.params = code, params


class Kind(Enum):
    """What a line of the grid is."""

    CHECKPOINT = auto()
    SHIFT = auto()
    HEAD = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid.

    Attributes:
        code: The shift's, but for a checkpoint's own line.
        seat: What a head must bring; None on the lines of the heads that may be anybody.
        number: Which of the shift's lines it is.
    """

    kind: Kind
    checkpoint: str
    code: str = ""
    seat: Seat | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One line on one day.

    Attributes:
        seat: What is demanded of whoever stands here, on this day.
        assignment: Who stands here.
        lacking: Somebody should, and nobody does.
    """

    place: Place
    seat: Seat | None = None
    assignment: Assignment | None = None
    lacking: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """A shift of a day in two figures: heads there and heads needed; and the seats nobody takes."""

    have: int
    need: int
    empty: tuple[Seat, ...]

    @property
    def short(self) -> bool:
        """Whether somebody lacks."""
        return self.have < self.need or bool(self.empty)


class Demands:
    """What each shift of each day needs, looked up at once; and everybody's units."""

    def __init__(self, problem: RosterProblem) -> None:
        self.units = {person.code: person.units for person in problem.people}
        self._by_place: dict[Place, Demand] = {(one.checkpoint, one.shift): one for one in problem.demands}
        self._seats: dict[tuple[str, str], tuple[Seat, ...]] = {}
        self._heads: Counter[tuple[str, str]] = Counter()
        most: dict[tuple[str, str], Counter[Seat]] = {}
        for one in problem.demands:
            shift = one.checkpoint, one.shift.code
            most[shift] = most.get(shift, Counter()) | Counter(one.seats)
            self._heads[shift] = max(self._heads[shift], one.heads)
        for shift, seats in most.items():
            self._seats[shift] = tuple(sorted(seats.elements(), key=_seat_order))

    def at(self, place: Place) -> Demand:
        """A shift's demand of a day; of nobody where none is given."""
        return self._by_place.get(place) or Demand(*place, 0)

    def seats(self, checkpoint: str, code: str) -> tuple[Seat, ...]:
        """Every seat that some day asks for, the lead's first."""
        return self._seats.get((checkpoint, code), ())

    def heads(self, checkpoint: str, code: str) -> int:
        """The most heads that some day asks for."""
        return self._heads[checkpoint, code]


def lines(
    problem: RosterProblem, demands: Demands, count: Callable[[Place], int], checkpoints: Iterable[str]
) -> list[Line]:
    """The grid's lines: of each checkpoint its name, of each shift a heading, then its seats and its other heads.

    Args:
        problem: Whose shifts and days.
        demands: What they need.
        count: How many lines a shift of a day takes.
        checkpoints: Those to list.
    """
    found = []
    for checkpoint in checkpoints:
        found.append(Line(Kind.CHECKPOINT, checkpoint))
        for code in problem.plans[checkpoint].codes:
            found.append(Line(Kind.SHIFT, checkpoint, code))
            seats = demands.seats(checkpoint, code)
            most = max((count((checkpoint, DatedShift(day, code))) for day in problem.period.days), default=0)
            for number in range(max(demands.heads(checkpoint, code), most)):
                seat = seats[number] if number < len(seats) else None
                found.append(Line(Kind.HEAD, checkpoint, code, seat, number))
    return found


def seated(demands: Demands, place: Place, present: Collection[Assignment]) -> tuple[Cell, ...]:
    """A shift's lines on one day: first the seats of `Demands.seats`, each by who takes it, then everybody else."""
    demand = demands.at(place)
    people = sorted(present, key=lambda one: (list(Duty).index(one.duty), one.person))
    asked = Counter(demand.seats)
    wanted: list[Seat | None] = []
    for seat in demands.seats(place[0], place[1].code):
        wanted.append(seat if asked[seat] > 0 else None)  # not every day asks for every seat
        asked[seat] -= 1
    numbers = [number for number, seat in enumerate(wanted) if seat]
    seats = [seat for seat in wanted if seat]
    fits = [[n for n, one in enumerate(people) if _takes(one, seat, demands.units)] for seat in seats]
    taken = {numbers[seat]: person for seat, person in fill(seats, fits).items()}
    cells = [
        Cell(place, seat, people[taken[number]] if number in taken else None, bool(seat) and number not in taken)
        for number, seat in enumerate(wanted)
    ]
    others = [one for number, one in enumerate(people) if number not in taken.values()]
    cells += [Cell(place, None, one) for one in others]
    cells += [Cell(place, lacking=True)] * max(0, demand.heads - len(demand.seats) - len(others))
    return tuple(cells)


def tally(demands: Demands, place: Place, cells: Sequence[Cell]) -> Tally:
    """A shift of a day in figures."""
    have = len({cell.assignment.person for cell in cells if cell.assignment is not None})
    return Tally(have, demands.at(place).heads, tuple(cell.seat for cell in cells if cell.lacking and cell.seat))


def by_place(assignments: Iterable[Assignment]) -> dict[Place, set[Assignment]]:
    """Who stands where."""
    found: dict[Place, set[Assignment]] = {}
    for one in assignments:
        found.setdefault((one.checkpoint, one.shift), set()).add(one)
    return found


# --- edits -----------------------------------------------------------------------------------------------------------


def put(problem: RosterProblem, present: Collection[Assignment], cell: Cell, person: Person) -> Change:
    """Somebody takes a place; whoever stood there leaves it.

    Raises:
        EditRefused: They stand in that shift already, or who stands there is pinned.
    """
    old = cell.assignment
    _refuse_pinned(problem, old)
    others = [one for one in present if one != old]
    if any(one.person == person.code for one in others) or (old is not None and old.person == person.code):
        raise EditRefused("roster_already_there", who=person.name)
    new = Assignment(person.code, cell.place[0], duty_for(person, cell.seat, others), cell.place[1])
    return Change(frozenset({old} if old else ()), frozenset({new}))


def take_out(problem: RosterProblem, cell: Cell) -> Change:
    """Whoever stands there leaves.

    Raises:
        EditRefused: Nobody stands there, or they are pinned.
    """
    if cell.assignment is None:
        raise EditRefused("roster_nobody_here")
    _refuse_pinned(problem, cell.assignment)
    return Change(frozenset({cell.assignment}))


def move(problem: RosterProblem, standing: Standing, origin: Cell, target: Cell) -> Change:
    """Somebody goes elsewhere; whoever stood there takes their place.

    Raises:
        EditRefused: Nobody to move, somebody pinned, or somebody would stand in one shift twice.
    """
    mine, theirs = origin.assignment, target.assignment
    if mine is None:
        raise EditRefused("roster_nobody_here")
    _refuse_pinned(problem, mine)
    _refuse_pinned(problem, theirs)
    if mine == theirs or (theirs is None and origin.place == target.place and origin.seat == target.seat):
        return Change()
    gone = {mine, theirs}
    crew = {person.code: person for person in problem.people}

    def moved(one: Assignment, left: Cell, to: Cell) -> Assignment:
        person = crew.get(one.person)
        if person is None:
            raise EditRefused("roster_unknown_person", who=one.person)
        others = [each for each in standing.get(to.place, ()) if each not in gone]
        if any(each.person == one.person for each in others):
            raise EditRefused("roster_already_there", who=person.name)
        given = left.seat is not None and left.seat.duty is one.duty  # with the seat they leave
        duty = duty_for(person, to.seat, others, None if given else one.duty)
        return replace(one, checkpoint=to.place[0], shift=to.place[1], duty=duty)

    added = {moved(mine, origin, target)}
    if theirs is not None:
        added.add(moved(theirs, target, origin))
    return Change(frozenset(one for one in gone if one), frozenset(added))


def duty_for(person: Person, seat: Seat | None, others: Iterable[Assignment], kept: Duty | None = None) -> Duty:
    """What somebody does in a place: the seat's duty, what they did, or what is lacking there and they can."""
    if seat is not None and seat.duty is not None:
        return seat.duty
    if kept is not None:
        return kept
    done = {one.duty for one in others}
    able = [duty for duty in FREE_DUTIES if duty in person.duties] or list(FREE_DUTIES)
    return next((duty for duty in able if duty not in done), able[0])


def _refuse_pinned(problem: RosterProblem, one: Assignment | None) -> None:
    if one is not None and one in problem.pins:
        raise EditRefused("roster_pinned")


def week_of(period: Period, day: date) -> tuple[int, int]:
    """The first column and the number of columns of a day's calendar week, as much of it as the period has."""
    monday = (day - period.start).days - day.weekday()
    first = max(0, monday)
    return first, min(period.length, monday + 7) - first


def week_starts(period: Period) -> list[int]:
    """The first column of each calendar week."""
    return sorted({week_of(period, day)[0] for day in period.days})


def _takes(one: Assignment, seat: Seat, units: Mapping[str, frozenset[str]]) -> bool:
    doing = seat.duty is None or one.duty is seat.duty
    return doing and (seat.unit is None or seat.unit in units.get(one.person, frozenset()))


def _seat_order(seat: Seat) -> tuple[int, str]:
    return list(Duty).index(seat.duty) if seat.duty else _LAST, seat.unit or ""
