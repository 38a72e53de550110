"""What a covered roster is judged by: fairness, wishes, home, health and promises, as a cost in whole numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from math import ceil, floor, gcd

from ortools.sat.python import cp_model

from shifts.findings import Rule
from shifts.rule_pack import Severity
from shifts.solver.case import Case, Slot, rest_minutes
from shifts.solver.model import Model, heads_of
from shifts.solver.work import Cells, is_older, past_week_minutes, total, weeks_of
from shifts.stints import HOUR, Stint, is_asked_of, is_night

BAND = 2
"""Night counts of the period are to lie this close together, whatever was before it."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What each thing costs. A wish costs its own weight as often as said here.

    Attributes:
        change: An assignment taken back, or made anew, where a roster is published already.
        band: A night outside the band.
        night: A night more or fewer than somebody's fair share; the second one costs double.
        weekend: The same, of shifts on Saturdays and Sundays.
        hours: The same, of a shift's length of work.
        overtime: An hour above the week's.
        older: A night in a row too many for somebody older.
        lenient: A day or night in a row too many, where the pack only warns of it.
        pattern: A day that leaves the crew's cycle.
    """

    change: int = 500
    band: int = 200
    night: int = 20
    weekend: int = 8
    hours: int = 6
    wish: int = 6
    away: int = 15
    overtime: int = 2
    older: int = 30
    lenient: int = 40
    backward: int = 15
    pattern: int = 10


@dataclass(slots=True)
class _Sum:
    """A cost under way."""

    case: Case
    model: Model
    costs: Costs
    terms: list[cp_model.LinearExprT] = field(default_factory=list)

    def cost(self, what: cp_model.LinearExprT, weight: int) -> None:
        self.terms.append(weight * what)

    def above(self, what: cp_model.LinearExprT, limit: int, most: int, weight: int) -> None:
        """Each one above a limit costs."""
        if most > limit and weight:
            over = self.model.sat.new_int_var(0, most - limit, "")
            self.model.sat.add(over >= what - limit)
            self.cost(over, weight)

    def cells(self, person: int) -> Cells:
        return [(self.case.slots[slot], self.model.cells[person, slot]) for slot in self.model.of_person[person]]


def cost_of(case: Case, model: Model, costs: Costs) -> cp_model.LinearExprT:
    """What a model of the hard rules is to be minimised by."""
    found = _Sum(case, model, costs)
    _fairness(found)
    for person in model.part.people:
        _health(found, person)
        _pattern(found, person)
        _wishes(found, person)
    _away(found)
    _changes(found)
    return total(found.terms)


# --- within ----------------------------------------------------------------------------------------------------------

Measure = Callable[[Slot | Stint], int]


def _fairness(found: _Sum) -> None:
    """Everybody's share of nights, weekends and work, in proportion to the days they can work, history counted.

    A part's shares are of the part's own demand, so that those of all parts add up.
    """
    case, period, costs = found.case, found.case.problem.period, found.costs
    able = [person for person in found.model.part.people if found.model.of_person[person]]
    days = {person: sum(day not in case.people[person].leave for day in period.days) for person in able}
    nights = {person: days[person] * _takes_nights(found, person) for person in able}
    unit = gcd(
        *(slot.minutes for slot in case.slots), *(stint.minutes for past in case.past.values() for stint in past)
    )
    _share(found, nights, lambda work: int(_is_night(work)), costs.night)
    _share(found, days, lambda work: int(work.day.weekday() >= 5), costs.weekend)
    _share(found, days, lambda work: work.minutes // unit, costs.hours)
    _band(found, nights)


def _takes_nights(found: _Sum, person: int) -> bool:
    """Whether some night has a place for them: where every head is a seat, whoever fits none never stands there."""
    case = found.case
    return any(
        case.slots[slot].night
        and (
            heads_of(case, slot) > len(case.slots[slot].seats)
            or any(case.fits(person, slot, seat) for seat in case.slots[slot].seats)
        )
        for slot in found.model.of_person[person]
    )


def _share(found: _Sum, shares: Mapping[int, int], measured: Measure, weight: int) -> None:
    case, model, whole = found.case, found.model, sum(shares.values())
    past = {person: sum(map(measured, case.past.get(case.people[person].code, ()))) for person in shares}
    demand = sum(heads_of(case, slot) * measured(case.slots[slot]) for slot in model.of_slot)
    for person, share in shares.items():
        if share:
            fair = (demand + sum(past.values())) * share / whole - past[person]
            amounts = [(measured(slot), cell) for slot, cell in found.cells(person)]
            count = total([amount * cell for amount, cell in amounts if amount])
            most = case.problem.period.length * max((amount for amount, _ in amounts), default=0)
            for more in (0, 1):
                found.above(count, max(0, ceil(fair) + more), most, weight)
                found.above(-count, -max(0, floor(fair) - more), 0, weight)


def _band(found: _Sum, shares: Mapping[int, int]) -> None:
    """The nights of all who are there at least half of the time lie close together."""
    case, model = found.case, found.model
    present = [person for person, share in shares.items() if share * 2 >= case.problem.period.length]
    if not present:
        return
    heads = sum(heads_of(case, slot) for slot in model.of_slot if case.slots[slot].night)
    low = max(0, round(heads * sum(shares[person] for person in present) / sum(shares.values()) / len(present)) - 1)
    for person in present:
        cells = [cell for slot, cell in found.cells(person) if slot.night]
        found.above(total(cells), low + BAND, min(len(cells), case.problem.period.length), found.costs.band)
        found.above(-total(cells), -low, 0, found.costs.band)


def _health(found: _Sum, person: int) -> None:
    """Overtime of a week, nights in a row of the older, shifts against the body's clock."""
    case, cells = found.case, found.cells(person)
    if not cells:
        return
    rules, costs, who = case.rules, found.costs, case.people[person]
    past = case.past.get(who.code, ())
    fixed = past_week_minutes(past)
    limit = round(rules.week_hours * HOUR)
    for start, week in weeks_of(cells).items():
        unit = gcd(limit, fixed[start], *(slot.minutes for slot, _ in week))
        worked = total([slot.minutes // unit * cell for slot, cell in week]) + fixed[start] // unit
        most = (fixed[start] + 7 * max(slot.minutes for slot, _ in week)) // unit
        found.above(worked, limit // unit, most, max(1, costs.overtime * unit // HOUR))
    if is_older(who, cells[0][0].day, rules):
        _in_row(found, cells, past, rules.older_nights_in_row, costs.older)
    if rules.severities.get(Rule.NIGHTS_IN_ROW) is Severity.WARNING:
        _in_row(found, cells, past, rules.nights_in_row, costs.lenient)
    if rules.severities.get(Rule.DAYS_IN_SEVEN) is Severity.WARNING:
        days = {slot.day: [cell for other, cell in cells if other.day == slot.day] for slot, _ in cells}
        _windows(found, days, {stint.day for stint in past}, 7, limit=rules.days_in_seven, weight=costs.lenient)
    _backward(found, cells)


def _in_row(found: _Sum, cells: Cells, past: tuple[Stint, ...], limit: int, weight: int) -> None:
    nights = {slot.day: [cell for other, cell in cells if other.day == slot.day and other.night] for slot, _ in cells}
    _windows(
        found, nights, {stint.day for stint in past if is_night(stint.shift)}, limit + 1, limit=limit, weight=weight
    )


def _windows(
    found: _Sum, days: Mapping[date, list[cp_model.IntVar]], past: set[date], length: int, *, limit: int, weight: int
) -> None:
    """In so many days in a row, each one above the limit costs."""
    first = found.case.problem.period.start - timedelta(days=length - 1)
    for number in range(found.case.problem.period.length + length - 1):
        window = [first + timedelta(days=number + later) for later in range(length)]
        count = total([cell for day in window for cell in days.get(day, ())])
        found.above(count, limit - sum(day in past for day in window), length, weight)


def _backward(found: _Sum, cells: Cells) -> None:
    """Pairs that rest alone would allow: the next day's shift starts earlier in the day."""
    rest = rest_minutes(found.case.rules)
    by_day: dict[int, Cells] = {}
    for slot, cell in cells:
        by_day.setdefault(slot.day.toordinal(), []).append((slot, cell))
    for day, today in by_day.items():
        for (slot, cell), (later, other) in product(today, by_day.get(day + 1, [])):
            if later.shift.start < slot.shift.start and later.start >= slot.end + rest:
                both = found.model.sat.new_bool_var("")
                found.model.sat.add_bool_or([cell.negated(), other.negated(), both])
                found.cost(both, found.costs.backward)


def _pattern(found: _Sum, person: int) -> None:
    """Days that leave the crew's cycle, wherever in the period it begins for this person."""
    case, cells = found.case, found.cells(person)
    cycle = case.rules.pattern
    if not cycle or not cells or case.rules.severities.get(Rule.PATTERN) is Severity.OFF:
        return
    worked: dict[tuple[date, str], list[cp_model.IntVar]] = {}
    for slot, cell in cells:
        worked.setdefault((slot.day, slot.dated.code), []).append(cell)
    codes = sorted({code for _, code in worked})
    begins = [found.model.sat.new_bool_var("") for _ in cycle]
    found.model.sat.add_exactly_one(begins)
    for number, day in enumerate(case.problem.period.days):
        stray = found.model.sat.new_bool_var("")
        for code in codes:
            works = total(worked.get((day, code), []))
            due = total([is_it for begin, is_it in enumerate(begins) if cycle[(number + begin) % len(cycle)] == code])
            found.model.sat.add(stray >= works - due)
            found.model.sat.add(stray >= due - works)
        found.cost(stray, found.costs.pattern)


def _wishes(found: _Sum, person: int) -> None:
    for wish in found.case.people[person].wishes:
        meant = [cell for slot, cell in found.cells(person) if is_asked_of(wish, slot.dated, slot.touched)]
        if meant:
            sign = 1 if wish.off else -1
            found.cost(total(meant), sign * wish.weight * found.costs.wish)


def _away(found: _Sum) -> None:
    for (person, slot), cell in found.model.cells.items():
        if found.case.people[person].home != found.case.slots[slot].checkpoint:
            found.cost(cell, found.costs.away)


def _changes(found: _Sum) -> None:
    """Against what was published: an assignment taken back costs, and so does one nobody was told of."""
    published = {(old.person, old.checkpoint, old.shift) for old in found.case.problem.published}
    if not published:
        return
    for (person, slot), cell in found.model.cells.items():
        name = found.case.people[person].code, found.case.slots[slot].checkpoint, found.case.slots[slot].dated
        found.cost(cell, -found.costs.change if name in published else found.costs.change)


def _is_night(work: Slot | Stint) -> bool:
    return work.night if isinstance(work, Slot) else is_night(work.shift)
