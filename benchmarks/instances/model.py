"""A shift-scheduling instance by its numbers: staff, days and shifts are counted from zero, in the file's order."""

from collections.abc import Mapping
from dataclasses import dataclass

OFF = -1
"""What stands in a row on a day off."""
Row = tuple[int, ...]
"""One member of staff's shifts, day by day."""
Rows = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A kind of shift.

    Attributes:
        not_after: The shifts that cannot follow it on the next day.
    """

    code: str
    minutes: int
    not_after: frozenset[int]


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody, and what they may work.

    Attributes:
        most: How many of each shift they may have, by the shift's number.
        run: The fewest and most days worked in a row. The fewest does not count across the horizon's edges.
        rest: The fewest days off in a row; not across the edges either.
        weekends: The most weekends with a shift on Saturday or Sunday. Day 0 is a Monday.
        off: Days they are not there.
    """

    code: str
    most: tuple[int, ...]
    minutes: tuple[int, int]
    run: tuple[int, int]
    rest: int
    weekends: int
    off: frozenset[int]


@dataclass(frozen=True, slots=True)
class Cover:
    """How many are wanted, and what each one too few or too many costs."""

    heads: int
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class Instance:
    """Who works when is sought, at the least cost.

    Attributes:
        on: What it costs that somebody does not work a shift on a day.
        without: What it costs that they do.
        cover: By day and shift. What is not named here costs nothing.
    """

    days: int
    shifts: tuple[Shift, ...]
    staff: tuple[Staff, ...]
    on: Mapping[tuple[int, int, int], int]
    without: Mapping[tuple[int, int, int], int]
    cover: Mapping[tuple[int, int], Cover]
