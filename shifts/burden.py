"""What somebody bears: shifts, nights, weekends and hours, counted in one place for board, tables, repair and swaps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shifts.stints import HOUR, Stint, is_night

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Burden:
    """Counts. A shift on a Saturday or Sunday, by its day, is a weekend's."""

    shifts: int = 0
    nights: int = 0
    weekends: int = 0
    minutes: int = 0

    @property
    def hours(self) -> float:
        """Hours of work."""
        return self.minutes / HOUR


def burden(stints: Iterable[Stint]) -> Burden:
    """What these come to."""
    told = tuple(stints)
    return Burden(
        len(told),
        sum(is_night(stint.shift) for stint in told),
        sum(is_weekend(stint.day) for stint in told),
        sum(stint.minutes for stint in told),
    )


def is_weekend(day: date) -> bool:
    """Whether it is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY
