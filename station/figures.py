"""What an auditor asks of a range of passages: how many and when, how they ended, why, and how long each took.

Only what stands in the clear is counted (`db.figures`), so erased days count on, and nobody's data is opened.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import TypeVar

from db import figures as counting
from db.engine import Database
from db.figures import Ended, Sums, Taken
from db.filters import Filters
from shifts.model import SHANGHAI
from station.access import Action, Actor, require
from station.verdict import Outcome

K = TypeVar("K")

UNKNOWN = "unknown"
"""The family of codes of rows from before that was kept."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How many passages of each verdict."""

    passed: int = 0
    review: int = 0
    refused: int = 0

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "Verdicts":
        """From counts by the verdict's word."""
        return cls(*(counts.get(outcome.word, 0) for outcome in Outcome))

    def __add__(self, other: "Verdicts") -> "Verdicts":
        """Both together."""
        return Verdicts(self.passed + other.passed, self.review + other.review, self.refused + other.refused)

    def __getitem__(self, outcome: Outcome) -> int:
        """How many of one verdict."""
        return (self.passed, self.review, self.refused)[outcome]

    @property
    def total(self) -> int:
        """How many there are."""
        return self.passed + self.review + self.refused

    def share(self, outcome: Outcome) -> float | None:
        """Of all of them, 0 to 1; None where there are none."""
        return share(self[outcome], self.total)


@dataclass(frozen=True, slots=True)
class Reviews:
    """What became of reviews, by the last decision that settled each."""

    released: int = 0
    turned_back: int = 0
    otherwise: int = 0
    open: int = 0

    @property
    def total(self) -> int:
        """How many there are."""
        return self.released + self.turned_back + self.otherwise + self.open

    @property
    def release_rate(self) -> float | None:
        """Of all reviews, 0 to 1; None where there are none."""
        return share(self.released, self.total)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: whose or which, its passages, and what became of its reviews."""

    key: str | None
    verdicts: Verdicts
    reviews: Reviews


@dataclass(frozen=True, slots=True)
class ShiftCount:
    """One shift's passages."""

    day: date
    shift: str
    verdicts: Verdicts


@dataclass(frozen=True, slots=True)
class Ground:
    """How many reviews or refusals a reason decided."""

    code: str
    outcome: Outcome
    count: int


@dataclass(frozen=True, slots=True)
class Time:
    """From the first thing shown to the verdict, of vehicles that were checked, to the tenth of a second."""

    median: timedelta
    p90: timedelta


@dataclass(frozen=True, slots=True)
class Figures:
    """All of them.

    Attributes:
        filters: Which passages were counted.
        verdicts: Of all of them.
        kinds: How many were checked, exempt and abandoned, by these words.
        hours: By the hour in which they were concluded, on Beijing's clock, those with passages, in order.
        shifts: Those with passages, in order.
        by_officer: By who checked, their code; None: nobody had signed in.
        by_shift: By the shift's code.
        grounds: What decided reviews and refusals, the commonest first.
        families: In how many passages each family of codes was shown (`station.passages.families_of`), the commonest
            first; several may be shown at one vehicle.
        time: None where nothing was checked.
    """

    filters: Filters
    verdicts: Verdicts = Verdicts()
    kinds: Mapping[str, int] = field(default_factory=dict)
    hours: Mapping[datetime, Verdicts] = field(default_factory=dict)
    shifts: tuple[ShiftCount, ...] = ()
    by_officer: tuple[Line, ...] = ()
    by_shift: tuple[Line, ...] = ()
    reviews: Reviews = Reviews()
    grounds: tuple[Ground, ...] = ()
    families: Mapping[str, int] = field(default_factory=dict)
    time: Time | None = None

    @property
    def by_hour_of_day(self) -> tuple[Verdicts, ...]:
        """24 of them: what passed between 00:00 and 01:00 on any day of the range, and so on."""
        found = _summed((hour.hour, verdicts) for hour, verdicts in self.hours.items())
        return tuple(found.get(hour, Verdicts()) for hour in range(24))

    @property
    def by_day(self) -> dict[date, Verdicts]:
        """By the day of Beijing's calendar, from the first with passages to the last, none left out."""
        found = _summed((hour.date(), verdicts) for hour, verdicts in self.hours.items())
        if not found:
            return {}
        first, last = min(found), max(found)
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return {day: found.get(day, Verdicts()) for day in days}


def figures(database: Database, filters: Filters, *, actor: Actor, station: str, now: datetime) -> Figures:
    """The figures of the passages that fit.

    Raises:
        AccessError: Not theirs to see.
        ValueError: A part of a plate is asked for.
        DatabaseError: It cannot be read.
    """
    require(database, actor, Action.VIEW_FIGURES, station=station, now=now)
    sums = counting.count(database, filters)
    return Figures(
        filters=filters,
        verdicts=Verdicts.of(_added((one.verdict, one.passages) for one in sums.hours)),
        kinds=_added((one.kind, one.passages) for one in sums.grounds),
        hours=_hours(sums),
        shifts=_shifts(sums),
        by_officer=_lines(sums, lambda one: one.officer),
        by_shift=_lines(sums, lambda one: one.shift),
        reviews=_reviews(sums.ended),
        grounds=_grounds(sums),
        families=_families(sums),
        time=_time(sums.taken),
    )


def share(part: int, whole: int) -> float | None:
    """0 to 1; None where there is nothing to have a share of."""
    return part / whole if whole else None


# --- from sums to figures --------------------------------------------------------------------------------------------


def _hours(sums: Sums) -> dict[datetime, Verdicts]:
    found: dict[int, dict[str, int]] = {}
    for one in sums.hours:
        found.setdefault(one.hour, {})[one.verdict] = one.passages
    return {(_EPOCH + timedelta(hours=hour)).astimezone(SHANGHAI): Verdicts.of(found[hour]) for hour in sorted(found)}


def _shifts(sums: Sums) -> tuple[ShiftCount, ...]:
    found: dict[tuple[date, str], Counter[str]] = {}
    for one in sums.duties:
        found.setdefault((one.day, one.shift), Counter())[one.verdict] += one.passages
    return tuple(ShiftCount(day, shift, Verdicts.of(found[day, shift])) for day, shift in sorted(found))


def _lines(sums: Sums, key: Callable[[counting.Duty | Ended], str | None]) -> tuple[Line, ...]:
    """The table by a key, the busiest first."""
    counts: dict[str | None, Counter[str]] = {}
    for one in sums.duties:
        counts.setdefault(key(one), Counter())[one.verdict] += one.passages
    lines = (
        Line(which, Verdicts.of(found), _reviews(one for one in sums.ended if key(one) == which))
        for which, found in counts.items()
    )
    return tuple(sorted(lines, key=lambda line: (-line.verdicts.total, line.key or "")))


def _reviews(ended: Iterable[Ended]) -> Reviews:
    found = _added((one.decision, one.passages) for one in ended)
    released, turned_back, still_open = (found.pop(kind, 0) for kind in ("release", "turn_back", None))
    return Reviews(released, turned_back, sum(found.values()), still_open)


def _grounds(sums: Sums) -> tuple[Ground, ...]:
    outcomes = {outcome.word: outcome for outcome in (Outcome.REVIEW, Outcome.REFUSE)}
    found = _added(
        ((one.reasons[0], outcomes[one.verdict]), one.passages)
        for one in sums.grounds
        if one.verdict in outcomes and one.reasons
    )
    grounds = (Ground(code, outcome, count) for (code, outcome), count in found.items())
    return tuple(sorted(grounds, key=lambda one: (-one.count, one.code)))


def _families(sums: Sums) -> dict[str, int]:
    found = _added(
        (family, one.passages)
        for one in sums.grounds
        for family in ((UNKNOWN,) if one.families is None else one.families)
    )
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _time(taken: Sequence[Taken]) -> Time | None:
    """The nearest-rank quantiles of what is counted in tenths of seconds, in order."""
    reached = list(accumulate(one.passages for one in taken))
    if not reached:
        return None

    def quantile(part: float) -> timedelta:
        at = bisect_left(reached, part * reached[-1])
        return timedelta(milliseconds=100 * taken[at].tenths)

    return Time(quantile(0.5), quantile(0.9))


def _added(counts: Iterable[tuple[K, int]]) -> dict[K, int]:
    found: dict[K, int] = {}
    for key, number in counts:
        found[key] = found.get(key, 0) + number
    return found


def _summed(counts: Iterable[tuple[K, Verdicts]]) -> dict[K, Verdicts]:
    found: dict[K, Verdicts] = {}
    for key, verdicts in counts:
        found[key] = found.get(key, Verdicts()) + verdicts
    return found
