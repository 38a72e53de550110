"""Shifts by clock time, and who is on duty in them: pure values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

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
