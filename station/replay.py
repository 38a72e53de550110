"""Replay memory: the same code at another vehicle within minutes is a borrowed screenshot, or a mistake."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Sighting:
    """A code seen at a vehicle: its check's id, and the plate where it was known."""

    code_id: str
    check: str
    plate: str | None
    at: datetime


@dataclass(slots=True)
class ReplayMemory:
    """Codes seen lately, oldest first; what is older than `keep` is forgotten."""

    keep: timedelta
    sightings: deque[Sighting] = field(default_factory=deque)

    def remember(self, sightings: Iterable[Sighting]) -> None:
        """Add what a concluded check saw."""
        self.sightings.extend(sightings)

    def elsewhere(self, code_id: str, *, plate: str | None, same: Iterable[str], now: datetime) -> datetime | None:
        """When this code was last seen at another vehicle; None if it was not.

        Args:
            code_id: The code.
            plate: This vehicle's, where known: the same plate is the same vehicle.
            same: Ids of checks of this very vehicle (this one, and those it re-checks).
            now: The time of the check.
        """
        while self.sightings and now - self.sightings[0].at > self.keep:
            self.sightings.popleft()
        own = set(same)
        return max(
            (
                seen.at
                for seen in self.sightings
                if seen.code_id == code_id and seen.check not in own and (plate is None or seen.plate != plate)
                if abs(now - seen.at) <= self.keep
            ),
            default=None,
        )
