"""What the rules find: which rule, whose, where, when, and the figures a sentence needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from shifts.model import Assignment, DatedShift, Demand, Person, RosterProblem
from shifts.stints import Span, Stint

Figure = str | int | float


class Rule(StrEnum):
    """The rules' names."""

    UNKNOWN = "unknown"
    COVERAGE = "coverage"
    OVERLAP = "overlap"
    UNTRAINED = "untrained"
    LEAVE = "leave"
    NO_NIGHT = "no_night"
    REST = "rest"
    DAYS_IN_SEVEN = "days_in_seven"
    WEEKLY_REST = "weekly_rest"
    NIGHTS_IN_ROW = "nights_in_row"
    SHIFT_HOURS = "shift_hours"
    MONTH_OVERTIME = "month_overtime"
    ROOKIE_ALONE = "rookie_alone"
    WEEK_HOURS = "week_hours"
    MONTH_HOURS = "month_hours"
    OLDER_NIGHTS = "older_nights"
    BACKWARD = "backward"
    PATTERN = "pattern"
    WISH = "wish"
    AWAY = "away"
    SURPLUS = "surplus"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    Attributes:
        figures: What a sentence about it says, in hours and heads.
        person: Whose; None where it is about a shift.
        checkpoint: Where; None where it is about a person's work as a whole.
        shifts: When, in order.
        spans: Each shift's start and end by the clock, for a sentence; none where they are not known.
        about: The assignments that make it, where it is about some: a lead's word holds for these.
    """

    figures: Mapping[str, Figure]
    person: str | None = None
    checkpoint: str | None = None
    shifts: tuple[DatedShift, ...] = ()
    spans: tuple[Span, ...] = field(default=(), compare=False)
    about: tuple[Assignment, ...] = ()

    @classmethod
    def of(cls, assignment: Assignment, *spans: Span, **figures: Figure) -> Self:
        """About one assignment."""
        return cls(figures, assignment.person, assignment.checkpoint, (assignment.shift,), spans, (assignment,))

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two findings of a rule the very same one; what is only less bad is told by `shifts.comparing`."""
        return self.person, self.checkpoint, self.shifts, tuple(sorted(self.figures.items()))


@dataclass(frozen=True, slots=True)
class Work:
    """A roster by the clock, as the rules about shifts look at it.

    Attributes:
        stints: All of those shifts that are looked at.
        demands: Of the same shifts.
    """

    problem: RosterProblem
    people: Mapping[str, Person]
    stints: list[Stint]
    demands: tuple[Demand, ...]
    by_shift: Mapping[tuple[str, DatedShift], list[Stint]] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the stints by where and when."""
        found: dict[tuple[str, DatedShift], list[Stint]] = {}
        for stint in self.stints:
            found.setdefault((stint.assignment.checkpoint, stint.assignment.shift), []).append(stint)
        object.__setattr__(self, "by_shift", found)
