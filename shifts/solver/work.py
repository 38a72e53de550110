"""The hard rules of one person's work as constraints: rest, days, nights and hours, across what is fixed around it.

Rest makes intervals of shifts that may not overlap, so its cliques are the shifts around one instant. A rule that the
others already imply is left out, whatever the pack's figures are.
"""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import floor

from ortools.sat.python import cp_model

from shifts.findings import Rule
from shifts.model import Person
from shifts.rule_pack import RulePack, Severity
from shifts.solver.case import Case, Slot, is_hard, rest_minutes
from shifts.stints import DAY, HOUR, WEEK, Stint, is_night

Cells = list[tuple[Slot, cp_model.IntVar]]
total = cp_model.LinearExpr.sum


@dataclass(frozen=True, slots=True)
class _Work:
    sat: cp_model.CpModel
    rules: RulePack
    cells: Cells
    past: tuple[Stint, ...]


def add_work(sat: cp_model.CpModel, case: Case, person: Person, cells: Cells) -> bool:
    """Hold one person's cells, in the order of the clock, to every hard rule about work.

    Returns:
        Whether exactly to them: overtime by week can be a little stricter, which is no matter but for a proof.
    """
    if not cells:
        return True
    rules = case.rules
    work = _Work(sat, rules, cells, case.past.get(person.code, ()))
    _rest(work)
    if is_hard(rules, Rule.DAYS_IN_SEVEN):
        _days(work)
    if is_hard(rules, Rule.NIGHTS_IN_ROW):
        _nights(work, rules.nights_in_row)
    if is_hard(rules, Rule.OLDER_NIGHTS, Severity.WARNING) and is_older(person, cells[0][0].day, rules):
        _nights(work, rules.older_nights_in_row)
    if is_hard(rules, Rule.WEEKLY_REST) and not _is_weekly_rest_implied(work):
        _weekly_rest(work)
    return _hours(work)


def is_older(person: Person, day: date, rules: RulePack) -> bool:
    """Whether nights are asked of them with care."""
    return person.birth_year is not None and day.year - person.birth_year >= rules.older_age


def weeks_of(cells: Cells) -> dict[date, Cells]:
    """Cells by the Monday of their week."""
    found: defaultdict[date, Cells] = defaultdict(list)
    for slot, cell in cells:
        found[monday(slot.day)].append((slot, cell))
    return dict(found)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def past_week_minutes(past: tuple[Stint, ...]) -> Counter[date]:
    """Minutes of fixed work by the Monday of their week."""
    found: Counter[date] = Counter()
    for stint in past:
        found[monday(stint.day)] += stint.minutes
    return found


# --- within ----------------------------------------------------------------------------------------------------------


def _rest(work: _Work) -> None:
    """Shifts with the rest after them are intervals: of those around an instant one is worked. One shift a day."""
    rest = rest_minutes(work.rules)
    around: Cells = []
    position = 0
    for now in sorted({slot.start for slot, _ in work.cells}):
        around = [(slot, cell) for slot, cell in around if now < slot.end + rest]
        while position < len(work.cells) and work.cells[position][0].start == now:
            around.append(work.cells[position])
            position += 1
        if len(around) > 1:
            work.sat.add_at_most_one([cell for _, cell in around])
    for cells in _by_day(work.cells).values():
        if max(slot.start for slot, _ in cells) >= min(slot.end for slot, _ in cells) + rest:
            work.sat.add_at_most_one([cell for _, cell in cells])


def _days(work: _Work) -> None:
    past = Counter(dict.fromkeys((stint.day for stint in work.past), 1))
    _windows(work.sat, _by_day(work.cells), past, 7, work.rules.days_in_seven)


def _nights(work: _Work, limit: int) -> None:
    nights = [(slot, cell) for slot, cell in work.cells if slot.night]
    past = Counter(dict.fromkeys((stint.day for stint in work.past if is_night(stint.shift)), 1))
    _windows(work.sat, _by_day(nights), past, limit + 1, limit)


def _windows(
    sat: cp_model.CpModel, days: Mapping[date, Cells], past: Mapping[date, int], length: int, limit: int
) -> None:
    """In any so many days in a row, no more than the limit; a day holds one shift at most."""
    if not days:
        return
    first = min(days) - timedelta(days=length - 1)
    for number in range((max(days) - first).days + 1):
        window = [first + timedelta(days=number + later) for later in range(length)]
        free = [cell for day in window for _, cell in days.get(day, ())]
        left = limit - sum(past.get(day, 0) for day in window)
        if free and left < sum(day in days for day in window):
            sat.add(total(free) <= max(0, left))


def _is_weekly_rest_implied(work: _Work) -> bool:
    """Whether a day off is always rest enough, and the days between two of them never too long."""
    if not is_hard(work.rules, Rule.DAYS_IN_SEVEN) or work.rules.days_in_seven > 6:
        return False
    need = work.rules.weekly_rest_hours * HOUR
    spans = {(slot.start - slot.day.toordinal() * DAY, slot.minutes) for slot, _ in work.cells}
    spans |= {(stint.start - stint.day.toordinal() * DAY, stint.minutes) for stint in work.past}
    shortest = min(later + 2 * DAY - start - length for (start, length), (later, _) in product(spans, spans))
    days = work.rules.days_in_seven - 1
    longest = max(later + length + days * DAY - start for (start, _), (later, length) in product(spans, spans))
    return shortest >= need and longest <= WEEK - need


def _weekly_rest(work: _Work) -> None:
    """Whoever works until an instant has rested, whole, since the start of the work that may still lead up to it."""
    need = round(work.rules.weekly_rest_hours * HOUR)
    starts = sorted({slot.start for slot, _ in work.cells} | {stint.start for stint in work.past})
    rested: dict[int, cp_model.IntVar] = {}
    for start in starts:
        if any(stint.start < start and stint.end > start - need for stint in work.past):
            continue
        rested[start] = work.sat.new_bool_var("")
        for slot, cell in work.cells:
            if slot.start < start and slot.end > start - need:
                work.sat.add_implication(rested[start], cell.negated())

    def before(start: int, end: int) -> list[cp_model.IntVar]:
        return [rested[begin] for begin in starts if begin in rested and end - (WEEK - need) <= begin <= start]

    for slot, cell in work.cells:
        work.sat.add_bool_or([*before(slot.start, slot.end), cell.negated()])
    first = work.cells[0][0].start
    for stint in work.past:
        if stint.start > first:
            work.sat.add_bool_or(before(stint.start, stint.end))


def _hours(work: _Work) -> bool:
    """Week hours where they are hard, and the month's overtime; whether exactly."""
    rules = work.rules
    if is_hard(rules, Rule.WEEK_HOURS, Severity.WARNING):
        limit, fixed = round(rules.week_hours * HOUR), past_week_minutes(work.past)
        for start, cells in weeks_of(work.cells).items():
            work.sat.add(_minutes(cells) <= max(0, limit - fixed[start]))
    if not is_hard(rules, Rule.MONTH_OVERTIME):
        return True
    if rules.overtime_by == "week":
        return not _overtime_by_week(work)
    _overtime_by_month(work)
    return True


def _overtime_by_month(work: _Work) -> None:
    months: defaultdict[tuple[int, int], Cells] = defaultdict(list)
    for slot, cell in work.cells:
        months[slot.day.year, slot.day.month].append((slot, cell))
    for (year, month), cells in months.items():
        measure = work.rules.week_hours * monthrange(year, month)[1] / 7
        fixed = sum(stint.minutes for stint in work.past if (stint.day.year, stint.day.month) == (year, month))
        limit = floor((measure + work.rules.month_overtime_hours) * HOUR) - fixed
        work.sat.add(_minutes(cells) <= max(0, limit))


def _overtime_by_week(work: _Work) -> bool:
    """Of a week across two months each bears its whole overtime here: a little stricter than the rule, and linear.

    Returns:
        Whether any month could have too much at all.
    """
    limit, most = round(work.rules.week_hours * HOUR), round(work.rules.month_overtime_hours * HOUR)
    fixed, weeks = past_week_minutes(work.past), weeks_of(work.cells)
    worked = Counter(monday(day) for day in {stint.day for stint in work.past})
    overtime: defaultdict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    for start, cells in weeks.items():
        days = max(0, _most_days(work.rules) - worked[start])
        highest = days * max(slot.minutes for slot, _ in cells) + fixed[start] - limit
        if 6 * highest > most:  # a month has days of six weeks at most
            over = work.sat.new_int_var(0, highest, "")
            work.sat.add(over >= _minutes(cells) + fixed[start] - limit)
            for month in {(start.year, start.month), _month_of_end(start)}:
                overtime[month].append(over)
    for month, overs in overtime.items():
        before = sum(
            max(0, minutes - limit)
            for start, minutes in fixed.items()
            if start not in weeks and month in {(start.year, start.month), _month_of_end(start)}
        )
        work.sat.add(total(overs) <= max(0, most - before))
    return bool(overtime)


def _minutes(cells: Cells) -> cp_model.LinearExprT:
    return total([slot.minutes * cell for slot, cell in cells])


def _month_of_end(start: date) -> tuple[int, int]:
    end = start + timedelta(days=6)
    return end.year, end.month


def _most_days(rules: RulePack) -> int:
    """Most working days of a calendar week."""
    return min(7, rules.days_in_seven) if is_hard(rules, Rule.DAYS_IN_SEVEN) else 7


def _by_day(cells: Cells) -> dict[date, Cells]:
    found: defaultdict[date, Cells] = defaultdict(list)
    for slot, cell in cells:
        found[slot.day].append((slot, cell))
    return dict(found)
