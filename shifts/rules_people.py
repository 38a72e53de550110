"""What one person's work must keep to. Each function finds what does not; stints come in the order of the clock.

What lies wholly in history is never found: it cannot be mended any more.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from math import ceil

from shifts.findings import Finding
from shifts.model import Person
from shifts.rule_pack import RulePack
from shifts.stints import HOUR, WEEK, Stint, is_asked_of, is_night, touched_days

_HAIR = 1e-6  # of a minute


def overlap(_person: Person, stints: list[Stint], _rules: RulePack) -> Iterator[Finding]:
    """Two shifts at one time, or two on one day."""
    for one, other in _pairs(stints):
        if other.start < one.end or other.day == one.day:
            yield _about((one, other), hours=_hours(max(0, min(one.end, other.end) - other.start)))


def rest(_person: Person, stints: list[Stint], rules: RulePack) -> Iterator[Finding]:
    """Too short from one shift's end to the next one's start."""
    for one, other in _pairs(stints):
        free = other.start - one.end
        if 0 <= free < rules.rest_hours * HOUR:
            yield _about((one, other), hours=_hours(free), need=rules.rest_hours)


def backward(_person: Person, stints: list[Stint], _rules: RulePack) -> Iterator[Finding]:
    """The next day's shift starts earlier in the day than this one's: the body is turned against its clock (HSE)."""
    for one, other in _pairs(stints):
        if other.day - one.day == timedelta(days=1) and other.shift.start < one.shift.start:
            yield _about((one, other))


def leave(person: Person, stints: list[Stint], _rules: RulePack) -> Iterator[Finding]:
    """A shift that touches, by the clock, a day they are away."""
    for stint in _counted(stints):
        for day in touched_days(stint):
            if day in person.leave:
                yield _about((stint,), day=day.isoformat())


def no_night(person: Person, stints: list[Stint], _rules: RulePack) -> Iterator[Finding]:
    """A night shift against a doctor's word."""
    if person.no_night:
        for stint in _counted(stints):
            if is_night(stint.shift):
                yield _about((stint,))


def untrained(person: Person, stints: list[Stint], _rules: RulePack) -> Iterator[Finding]:
    """A duty they cannot do."""
    for stint in _counted(stints):
        if stint.assignment.duty not in person.duties:
            yield _about((stint,), duty=str(stint.assignment.duty))


def shift_hours(_person: Person, stints: list[Stint], rules: RulePack) -> Iterator[Finding]:
    """A shift longer than the pack allows."""
    for stint in _counted(stints):
        if stint.minutes > rules.shift_hours * HOUR:
            yield _about((stint,), hours=_hours(stint.minutes), most=rules.shift_hours)


def days_in_seven(_person: Person, stints: list[Stint], rules: RulePack) -> Iterator[Finding]:
    """Too many working days within seven; told at the day that makes them too many."""
    first = 0
    days = _one_a_day(stints)
    for last, stint in enumerate(days):
        while (stint.day - days[first].day).days >= 7:
            first += 1
        window = days[first : last + 1]
        if len(window) > rules.days_in_seven and _any_counted(window):
            yield _about(window, days=len(window), most=rules.days_in_seven)


def weekly_rest(_person: Person, stints: list[Stint], rules: RulePack) -> Iterator[Finding]:
    """Seven times 24 h, from the start of a shift on, without one whole rest: too long from one rest to the next."""
    need = round(rules.weekly_rest_hours * HOUR)
    for run in _runs(stints, lambda one, other: other.start - one.end < need):
        if run[-1].end - run[0].start > WEEK - need and _any_counted(run):
            yield _about(run, hours=_hours(run[-1].end - run[0].start), need=rules.weekly_rest_hours)


def nights_in_row(_person: Person, stints: list[Stint], rules: RulePack) -> Iterator[Finding]:
    """Too many nights, one after another."""
    for run in _night_runs(stints):
        if len(run) > rules.nights_in_row:
            yield _about(run, nights=len(run), most=rules.nights_in_row)


def older_nights(person: Person, stints: list[Stint], rules: RulePack) -> Iterator[Finding]:
    """Nights of somebody older: fewer in a row."""
    for run in _night_runs(stints):
        year = person.birth_year
        if year and run[-1].day.year - year >= rules.older_age and len(run) > rules.older_nights_in_row:
            yield _about(run, nights=len(run), most=rules.older_nights_in_row, age=run[-1].day.year - year)


def week_hours(_person: Person, stints: list[Stint], rules: RulePack) -> Iterator[Finding]:
    """Overtime in a calendar week."""
    for week in _weeks(stints).values():
        worked = sum(stint.minutes for stint in week)
        if worked > rules.week_hours * HOUR and _any_counted(week):
            yield _about(week, hours=_hours(worked), most=rules.week_hours)


def month_hours(_person: Person, stints: list[Stint], rules: RulePack) -> Iterator[Finding]:
    """Overtime in a calendar month, where it is the month that is measured."""
    if rules.overtime_by == "month":
        for month, over in _by_month(stints, rules.week_hours * HOUR):
            worked = sum(stint.minutes for stint in month)
            if over > _HAIR and _any_counted(month):
                yield _about(month, hours=_hours(worked), most=_hours(worked - over))


def month_overtime(_person: Person, stints: list[Stint], rules: RulePack) -> Iterator[Finding]:
    """Too much overtime in a calendar month."""
    overtime = _by_month if rules.overtime_by == "month" else _by_week
    for worked, minutes in overtime(stints, rules.week_hours * HOUR):
        over = ceil(minutes - _HAIR)  # what is begun counts; what only the sum of fractions made does not
        if over > rules.month_overtime_hours * HOUR and _any_counted(worked):
            yield _about(worked, hours=_hours(over), most=rules.month_overtime_hours)


def pattern(_person: Person, stints: list[Stint], rules: RulePack) -> Iterator[Finding]:
    """Days that leave the crew's cycle, where the cycle begins wherever it fits this person best."""
    worked = {stint.day: stint.assignment.shift.code for stint in _counted(stints)}
    if not rules.pattern or not worked:
        return
    first, last = min(worked), max(worked)
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    length = len(rules.pattern)

    def strays(offset: int) -> list[date]:
        return [
            day
            for number, day in enumerate(span)
            if worked.get(day, "off") != rules.pattern[(number + offset) % length]
        ]

    fewest = min((strays(offset) for offset in range(length)), key=len)
    if fewest:
        yield _about([stint for stint in _counted(stints) if stint.day in fewest], days=len(fewest))


def wish(person: Person, stints: list[Stint], _rules: RulePack) -> Iterator[Finding]:
    """A wish to be off that was not met. (One to be on is the solver's to weigh: nobody is wronged by a free day.)"""
    for stint in _counted(stints):
        for asked in person.wishes:
            if asked.off and is_asked_of(asked, stint.assignment.shift, touched_days(stint)):
                yield _about((stint,), weight=asked.weight)


def away(person: Person, stints: list[Stint], _rules: RulePack) -> Iterator[Finding]:
    """Lent to another checkpoint."""
    for stint in _counted(stints):
        if stint.assignment.checkpoint != person.home:
            yield Finding.of(stint.assignment, stint.span, home=person.home)


# --- within ----------------------------------------------------------------------------------------------------------


def _counted(stints: Iterable[Stint]) -> Iterator[Stint]:
    return (stint for stint in stints if stint.counted)


def _any_counted(stints: Iterable[Stint]) -> bool:
    return any(stint.counted for stint in stints)


def _pairs(stints: list[Stint]) -> Iterator[tuple[Stint, Stint]]:
    """One stint and the next, where one of them at least can still be changed."""
    return ((one, other) for one, other in pairwise(stints) if one.counted or other.counted)


def _one_a_day(stints: list[Stint]) -> list[Stint]:
    return sorted({stint.day: stint for stint in reversed(stints)}.values(), key=lambda stint: stint.day)


def _runs(stints: list[Stint], joined: Callable[[Stint, Stint], bool]) -> Iterator[list[Stint]]:
    """Stints one after another for as long as each is joined to the next."""
    run: list[Stint] = []
    for stint in stints:
        if run and not joined(run[-1], stint):
            yield run
            run = []
        run.append(stint)
    if run:
        yield run


def _night_runs(stints: list[Stint]) -> Iterator[list[Stint]]:
    """Nights on days one after another, where one of them at least can still be changed.

    A night counts whatever else is worked that day.
    """
    nights = _one_a_day([stint for stint in stints if is_night(stint.shift)])
    runs = _runs(nights, lambda one, other: other.day - one.day == timedelta(days=1))
    return (run for run in runs if _any_counted(run))


def _weeks(stints: list[Stint]) -> dict[date, list[Stint]]:
    """Stints by the Monday of their day's week."""
    found: defaultdict[date, list[Stint]] = defaultdict(list)
    for stint in stints:
        found[_monday(stint.day)].append(stint)
    return found


def _months(stints: Iterable[Stint]) -> dict[tuple[int, int], list[Stint]]:
    """Stints by the year and month of their day."""
    found: defaultdict[tuple[int, int], list[Stint]] = defaultdict(list)
    for stint in stints:
        found[stint.day.year, stint.day.month].append(stint)
    return found


def _by_week(stints: list[Stint], measure: float) -> Iterator[tuple[list[Stint], float]]:
    """Each month's stints and overtime in minutes, where overtime is what a week has above its measure.

    Of a week across two months each bears its share of the hours worked.
    """
    shares: dict[date, float] = {}
    for monday, week in _weeks(stints).items():
        worked = sum(stint.minutes for stint in week)
        shares[monday] = max(0.0, worked - measure) / worked
    for month in _months(stints).values():
        yield month, sum(stint.minutes * shares[_monday(stint.day)] for stint in month)


def _by_month(stints: list[Stint], measure: float) -> Iterator[tuple[list[Stint], float]]:
    """Each month's stints and overtime in minutes, where overtime is what the month has above its measure."""
    for (year, number), month in _months(stints).items():
        yield month, sum(stint.minutes for stint in month) - measure * monthrange(year, number)[1] / 7


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _hours(minutes: float) -> float:
    return round(minutes / HOUR, 2)


def _about(stints: Iterable[Stint], **figures: str | float) -> Finding:
    found = list(stints)
    shifts, spans = tuple(stint.assignment.shift for stint in found), tuple(stint.span for stint in found)
    about = tuple(stint.assignment for stint in found)
    return Finding(figures, found[0].assignment.person, None, shifts, spans, about)
