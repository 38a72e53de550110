"""The clock, and whether it can be believed: 48 hours are judged by it, and a kiosk's battery dies in silence."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from station.evidence import ClockState

BACKWARDS = timedelta(seconds=60)
LEAP = timedelta(minutes=10)
RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
"""No station runs before this program was written: a clock that says so was reset."""


class Clock(Protocol):
    """Tells the time, and whether to believe it."""

    def now(self) -> datetime:
        """The time, aware, UTC."""

    def state(self) -> ClockState:
        """Whether to believe it."""


@dataclass(frozen=True, slots=True)
class GivenClock:
    """A time given by hand, as on the command line."""

    at: datetime

    def now(self) -> datetime:
        """The time that was given."""
        return self.at

    def state(self) -> ClockState:
        """Given, and taken as such."""
        return ClockState.GIVEN


def utc_now() -> datetime:
    """The machine's time, aware, UTC; whether to believe it, a `Clock` says."""
    return datetime.now(UTC)


def _running() -> float:
    """Seconds that never go back, those included in which the machine slept: after a night's sleep no clock leapt."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic()


@dataclass(slots=True)
class SystemClock:
    """The machine's clock, held against the newest record, the monotonic clock, and this program's age.

    Args:
        last_seen: The newest instant in the log; a clock before it was set back.
    """

    last_seen: datetime | None = None
    wall: Callable[[], datetime] = utc_now
    monotonic: Callable[[], float] = _running
    _started: tuple[datetime, float] = field(init=False)

    def __post_init__(self) -> None:
        """Remember where both clocks stood."""
        self._started = (self.wall(), self.monotonic())

    def now(self) -> datetime:
        """The machine's time."""
        return self.wall()

    def state(self) -> ClockState:
        """Untrusted when set back, leaping away from the monotonic clock, or before this program's time."""
        now = self.wall()
        if self._started[0] < RELEASED <= now:
            self._started = now, self.monotonic()  # it woke with a dead battery, and was set right since
        wall, monotonic = self._started
        elapsed = timedelta(seconds=self.monotonic() - monotonic)
        behind = self.last_seen is not None and now < self.last_seen - BACKWARDS
        if behind or now < RELEASED or abs(now - wall - elapsed) > LEAP:
            return ClockState.UNTRUSTED
        self.last_seen = now if self.last_seen is None else max(now, self.last_seen)
        return ClockState.TRUSTED
