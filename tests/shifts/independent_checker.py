"""A roster held to the rules' words by brute force: hour by hour, day by day, window by window.

It shares no code with the solver or with `shifts.rules`, not even their reading of a clock, so that one mistake cannot
hide in both. Only whole hours are known here.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import combinations, permutations

from shifts.model import Assignment, Person, RosterProblem

HOUR = timedelta(hours=1)
HAIR = 1e-6  # of an hour: what only a sum of fractions makes


def hard_breaches(problem: RosterProblem, assignments: Iterable[Assignment]) -> list[str]:
    """Every hard breach, in words; none means the roster may be published."""
    roster = list(assignments)
    said = [f"twice: {one}" for one, other in combinations(sorted(roster, key=str), 2) if one == other]
    said += [f"not of this period: {one}" for one in roster if one.shift.day not in problem.period.days]
    said += [f"nobody: {one}" for one in roster if one.person not in {person.code for person in problem.people}]
    said += _coverage(problem, roster)
    for person in problem.people:
        past = [
            one for one in problem.history if one.person == person.code and one.shift.day not in problem.period.days
        ]
        mine = [one for one in roster if one.person == person.code]
        said += [f"{person.code}: {what}" for what in _work(problem, person, past, mine)]
    return said


def _coverage(problem: RosterProblem, roster: list[Assignment]) -> Iterator[str]:
    people = {person.code: person for person in problem.people}
    by_shift: dict[tuple[str, date, str], list[Assignment]] = {}
    for one in roster:
        by_shift.setdefault((one.checkpoint, one.shift.day, one.shift.code), []).append(one)
    for demand in problem.demands:
        there = by_shift.get((demand.checkpoint, demand.shift.day, demand.shift.code), [])
        if len({one.person for one in there}) < demand.heads:
            yield f"{demand.checkpoint} {demand.shift}: {len(there)} of {demand.heads} heads"
        if not any(
            all(
                (seat.duty is None or one.duty == seat.duty)
                and (seat.unit is None or seat.unit in people[one.person].units)
                for seat, one in zip(demand.seats, seated, strict=True)
            )
            for seated in permutations(there, len(demand.seats))
            if len({one.person for one in seated}) == len(seated)
        ):
            yield f"{demand.checkpoint} {demand.shift}: a seat is empty"
    for where, there in by_shift.items():
        if all(_is_new(people[one.person], where[1], problem.rules.rookie_months) for one in there):
            yield f"{where}: nobody experienced"


def _is_new(person: Person, day: date, months: int) -> bool:
    if person.since is None:
        return False
    month = person.since.year * 12 + person.since.month - 1 + months
    until = date(month // 12, month % 12 + 1, 1) + timedelta(days=person.since.day - 1)
    return day < until


def _work(problem: RosterProblem, person: Person, past: list[Assignment], mine: list[Assignment]) -> Iterator[str]:
    rules = problem.rules
    times = {one: _times(problem, one) for one in (*past, *mine)}
    for one in mine:
        start, end = times[one]
        if one.duty not in person.duties:
            yield f"cannot do {one}"
        if end - start > timedelta(hours=rules.shift_hours):
            yield f"too long: {one}"
        hours = [start + number * HOUR for number in range(round((end - start) / HOUR))]
        if any(hour.date() in person.leave for hour in hours):
            yield f"on leave: {one}"
        if person.no_night and sum(hour.hour < 6 for hour in hours) >= 3:
            yield f"no nights: {one}"
    for one, other in combinations(times, 2):
        if one in mine or other in mine:
            (start, end), (begin, stop) = times[one], times[other]
            if one.shift.day == other.shift.day:
                yield f"two on a day: {one}, {other}"
            if begin < end + timedelta(hours=rules.rest_hours) and start < stop + timedelta(hours=rules.rest_hours):
                yield f"no rest between {one} and {other}"
    yield from _days(problem, past, mine, times)
    yield from _overtime(problem, past, mine, times)


Times = dict[Assignment, tuple[datetime, datetime]]


def _times(problem: RosterProblem, one: Assignment) -> tuple[datetime, datetime]:
    [shift] = [shift for shift in problem.plans[one.checkpoint].shifts if shift.code == one.shift.code]
    start = datetime(one.shift.day.year, one.shift.day.month, one.shift.day.day) + shift.start  # noqa: DTZ001  Beijing
    return start, start + shift.length


def _days(problem: RosterProblem, past: list[Assignment], mine: list[Assignment], times: Times) -> Iterator[str]:
    rules, every = problem.rules, (*past, *mine)
    worked, own = {one.shift.day for one in every}, {one.shift.day for one in mine}
    nights = {
        one.shift.day
        for one in every
        if sum((times[one][0] + n * HOUR).hour < 6 for n in range(round((times[one][1] - times[one][0]) / HOUR))) >= 3
    }
    first = problem.period.start - timedelta(days=20)
    for number in range(problem.period.length + 40):
        seven = {first + timedelta(days=number + n) for n in range(7)}
        if len(seven & worked) > rules.days_in_seven and seven & own:
            yield f"too many days from {min(seven)}"
        row = {first + timedelta(days=number + n) for n in range(rules.nights_in_row + 1)}
        if row <= nights and row & own:
            yield f"too many nights from {min(row)}"
    for one in mine:  # from the start of any shift on, seven times 24 h hold one whole rest
        for begin in (start for start, _ in times.values() if start <= times[one][0] < start + timedelta(days=7)):
            end = begin + timedelta(days=7)
            spans = sorted((start, stop) for start, stop in times.values() if stop > begin and start < end)
            frees = [
                later - stop for (_, stop), later in zip(spans, [*(start for start, _ in spans[1:]), end], strict=True)
            ]
            if max(frees) < timedelta(hours=rules.weekly_rest_hours):
                yield f"no weekly rest from {begin}"


def _overtime(problem: RosterProblem, past: list[Assignment], mine: list[Assignment], times: Times) -> Iterator[str]:
    hours = {one: (end - start) / HOUR for one, (start, end) in times.items()}
    if problem.rules.overtime_by == "month":
        for year, number in {(one.shift.day.year, one.shift.day.month) for one in mine}:
            worked = sum(hours[one] for one in hours if (one.shift.day.year, one.shift.day.month) == (year, number))
            measure = problem.rules.week_hours * monthrange(year, number)[1] / 7
            if worked - measure > problem.rules.month_overtime_hours + HAIR:
                yield f"{worked:.1f} h in {year}-{number}"
        return
    over: dict[tuple[int, int], float] = {}
    for one in (*past, *mine):
        week = one.shift.day.isocalendar()[:2]
        whole = sum(hours[other] for other in hours if other.shift.day.isocalendar()[:2] == week)
        share = max(0.0, whole - problem.rules.week_hours) / whole
        month = one.shift.day.year, one.shift.day.month
        over[month] = over.get(month, 0.0) + hours[one] * share
    for month, overtime in over.items():
        if overtime > problem.rules.month_overtime_hours + HAIR:
            yield f"{overtime:.1f} h of overtime in {month}"
