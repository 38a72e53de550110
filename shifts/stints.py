"""A person's work by the clock: stints in whole minutes, so that rest is counted across days, months and rosters."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from shifts.model import Assignment, DatedShift, RosterProblem, Shift, Wish

HOUR, DAY, WEEK = 60, 24 * 60, 7 * 24 * 60
"""In minutes."""
Span = tuple[int, int]
"""Start and end in minutes of Beijing's clock since the day before 1 January of year 1."""
_NIGHT = range(6 * HOUR)  # the hours a body sleeps; three of them worked make a night shift
_NIGHT_PART = 3 * HOUR


@dataclass(frozen=True, slots=True)
class Stint:
    """One assignment by the clock.

    Attributes:
        start: Minutes of Beijing's clock since the day before 1 January of year 1.
        end: The same; a night shift's is on the following day.
        counted: It lies in the period looked at; otherwise it is history, which is only counted across.
    """

    assignment: Assignment
    shift: Shift
    start: int
    end: int
    counted: bool

    @property
    def day(self) -> date:
        """The shift's day: of a night from 00:00 to 08:00, the day before."""
        return self.assignment.shift.day

    @property
    def span(self) -> Span:
        """Start and end."""
        return self.start, self.end

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end - self.start


def stint_of(problem: RosterProblem, assignment: Assignment) -> Stint:
    """An assignment by the clock.

    Raises:
        KeyError: No such checkpoint, or no such shift there.
    """
    shift, day = problem.shift(assignment), assignment.shift.day
    return Stint(assignment, shift, *span_of(shift, day), day in problem.period)


def span_of(shift: Shift, day: date) -> Span:
    """A shift of a day by the clock."""
    start = day.toordinal() * DAY + minutes(shift.start)
    return start, start + minutes(shift.length)


def by_person(stints: Iterable[Stint]) -> dict[str, list[Stint]]:
    """Everybody's stints, in the order of the clock."""
    found: defaultdict[str, list[Stint]] = defaultdict(list)
    for stint in sorted(stints, key=lambda stint: (stint.start, stint.end, stint.assignment.checkpoint)):
        found[stint.assignment.person].append(stint)
    return dict(found)


def minutes(length: timedelta) -> int:
    """A length in whole minutes."""
    return round(length.total_seconds() / 60)


@cache
def is_night(shift: Shift) -> bool:
    """Whether at least three hours of it lie between midnight and six."""
    start = minutes(shift.start)
    worked = range(start, start + minutes(shift.length))
    nights = (range(_NIGHT.start + day, _NIGHT.stop + day) for day in range(0, worked.stop, DAY))
    return sum(max(0, min(worked.stop, night.stop) - max(worked.start, night.start)) for night in nights) >= _NIGHT_PART


def touched_days(stint: Stint) -> tuple[date, ...]:
    """The calendar days it lies on, by the clock."""
    first, last = stint.start // DAY, (stint.end - 1) // DAY
    return tuple(date.fromordinal(number) for number in range(first, last + 1))


def is_asked_of(wish: Wish, shift: DatedShift, touched: Collection[date]) -> bool:
    """Whether a wish is about a shift: about this very one, or a day that it touches by the clock, as leave is."""
    return wish.day in touched if wish.shift is None else (wish.day, wish.shift) == (shift.day, shift.code)
