"""Shifts by clock time, the people who can work them, what each needs, and who is on duty in them: pure values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from shifts.rule_pack import LABOUR_LAW, RulePack

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Duty(StrEnum):
    """What somebody does in a shift (岗位)."""

    LEAD = "lead"
    CODE_CHECKER = "code_checker"
    TEMPERATURE = "temperature"
    RECORDER = "recorder"
    TRAFFIC = "traffic"


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift of a day: when it starts, counted from that day's midnight, and how long it lasts.

    The night shift (夜) of day D starts 24 h after D's midnight: it runs 00:00–08:00 on D + 1.
    """

    code: str
    start: timedelta
    length: timedelta

    def span(self, day: date) -> tuple[datetime, datetime]:
        """Start and end of this shift on `day`, aware, in Asia/Shanghai."""
        midnight = datetime.combine(day, time(), SHANGHAI)
        return midnight + self.start, midnight + self.start + self.length


@dataclass(frozen=True, slots=True)
class DatedShift:
    """One shift of one day: what a passage is stamped with."""

    day: date
    code: str


@dataclass(frozen=True, slots=True)
class ShiftPlan:
    """How a checkpoint divides its 24 hours.

    Raises:
        ValueError: The shifts overlap, or leave a gap: a checkpoint never closes.
    """

    shifts: tuple[Shift, ...]

    def __post_init__(self) -> None:
        """Refuse a plan that leaves an instant to nobody, or to two shifts."""
        ordered = sorted(self.shifts, key=lambda shift: shift.start)
        if not ordered:
            raise ValueError("a shift plan needs at least one shift")
        for shift, following in zip(ordered, (*ordered[1:], None), strict=True):
            next_start = following.start if following else ordered[0].start + timedelta(days=1)
            if shift.start + shift.length != next_start:
                raise ValueError(f"shift {shift.code} does not end where the next begins")

    @property
    def codes(self) -> tuple[str, ...]:
        """The shifts' codes, in order."""
        return tuple(shift.code for shift in self.shifts)

    def shift(self, code: str) -> Shift:
        """The shift of this code.

        Raises:
            KeyError: There is none.
        """
        for shift in self.shifts:
            if shift.code == code:
                return shift
        raise KeyError(code)

    def at(self, now: datetime) -> DatedShift:
        """The shift that `now` (aware) lies in. A boundary belongs to the shift that begins."""
        local = now.astimezone(SHANGHAI).replace(tzinfo=None)
        begun = ((shift, local - shift.start) for shift in self.shifts)  # as if every shift started at midnight
        return next(
            DatedShift(clock.date(), shift.code)
            for shift, clock in begun
            if clock - datetime.combine(clock, time()) < shift.length
        )


@dataclass(frozen=True, slots=True)
class Assignment:
    """One person's duty in one shift at one checkpoint."""

    person: str
    checkpoint: str
    duty: Duty
    shift: DatedShift


def on_duty(assignments: Iterable[Assignment], plan: ShiftPlan, checkpoint: str, now: datetime) -> tuple[str, ...]:
    """Codes of the people on duty at a checkpoint now, leads first, then by duty and code."""
    current = plan.at(now)
    order = list(Duty)
    present = [a for a in assignments if a.checkpoint == checkpoint and a.shift == current]
    return tuple(dict.fromkeys(a.person for a in sorted(present, key=lambda a: (order.index(a.duty), a.person))))


EARLY, MIDDLE, NIGHT = "early", "middle", "night"
THREE_SHIFTS = ShiftPlan(
    (
        Shift(EARLY, timedelta(hours=8), timedelta(hours=8)),
        Shift(MIDDLE, timedelta(hours=16), timedelta(hours=8)),
        Shift(NIGHT, timedelta(hours=24), timedelta(hours=8)),
    )
)
"""早 08–16, 中 16–24, 夜 00–08 of the following day."""
TWO_SHIFTS = ShiftPlan(
    (
        Shift("day", timedelta(hours=8), timedelta(hours=12)),
        Shift(NIGHT, timedelta(hours=20), timedelta(hours=12)),
    )
)
"""白 08–20, 夜 20–08 of the following day; only rule packs for emergencies allow twelve hours."""


@dataclass(frozen=True, slots=True)
class Period:
    """Consecutive days of Beijing's calendar. A night shift of the last day runs into the day after."""

    start: date
    length: int

    @property
    def days(self) -> tuple[date, ...]:
        """Each day, in order."""
        return tuple(self.start + timedelta(days=number) for number in range(self.length))

    def __contains__(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.start <= day < self.start + timedelta(days=self.length)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asked for: to be off, or to be on. `shift` None means the whole day; it weighs 1 to 10."""

    day: date
    shift: str | None = None
    off: bool = True
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a roster can use.

    Attributes:
        code: What names them everywhere; the same as for signing in.
        units: The units they belong to; often one, sometimes two.
        duties: What they are trained for.
        home: The checkpoint they belong to; they may be lent to another.
        since: Their first day of work here; None if long ago.
        leave: Days they are away; no shift may touch one of them, by the clock.
        no_night: A doctor said so.
    """

    code: str
    name: str
    units: frozenset[str]
    duties: frozenset[Duty]
    home: str
    birth_year: int | None = None
    since: date | None = None
    leave: frozenset[date] = frozenset()
    wishes: tuple[Wish, ...] = ()
    no_night: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """What one of a shift's heads must bring: a duty they can do, a unit they belong to, both, or neither."""

    duty: Duty | None = None
    unit: str | None = None

    def fits(self, person: Person) -> bool:
        """Whether this person can take it."""
        return (self.duty is None or self.duty in person.duties) and (self.unit is None or self.unit in person.units)


@dataclass(frozen=True, slots=True)
class Demand:
    """How many heads one shift of one checkpoint needs, and which of them must bring something.

    Raises:
        ValueError: More seats than heads, or fewer than no heads.
    """

    checkpoint: str
    shift: DatedShift
    heads: int
    seats: tuple[Seat, ...] = ()

    def __post_init__(self) -> None:
        """Each seat is one of the heads: they are taken by distinct people."""
        if not 0 <= len(self.seats) <= self.heads:
            raise ValueError(f"{len(self.seats)} seats among {self.heads} heads")


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """All that a roster is made from. Nothing here is looked up anywhere else.

    Attributes:
        plans: How each checkpoint divides its day, by the checkpoint's code.
        history: Assignments around the period, before it and after it, that rest and rotation are counted across; of
            its own days only such as a solver is to leave alone, in shifts that nobody is asked for (they have begun).
        pins: Assignments a lead has fixed.
        published: What was promised before; to be changed as little as possible.
        names: Names of checkpoints by code, for people to read.
    """

    period: Period
    plans: Mapping[str, ShiftPlan]
    people: tuple[Person, ...]
    demands: tuple[Demand, ...]
    rules: RulePack = LABOUR_LAW
    history: tuple[Assignment, ...] = ()
    pins: frozenset[Assignment] = frozenset()
    published: frozenset[Assignment] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)

    def shift(self, assignment: Assignment) -> Shift:
        """The clock times of an assignment's shift.

        Raises:
            KeyError: No such checkpoint, or no such shift there.
        """
        return self.plans[assignment.checkpoint].shift(assignment.shift.code)


@dataclass(frozen=True, slots=True)
class Roster:
    """One version of a roster; a change is a new version. Published once, a version never changes.

    Attributes:
        version: Counts up from 1.
        refused: Wishes that could not be met: the person's code, and the wish.
        fewest_changes: So many people at least must stand where they were not published to, in any roster that keeps
            to the problem; as far as the solver showed it.
    """

    period: Period
    assignments: frozenset[Assignment]
    version: int = 1
    published: bool = False
    refused: tuple[tuple[str, Wish], ...] = ()
    fewest_changes: int = 0
