"""The figures a roster is held to: a rule pack. Which rules there are is in `rules`; how strict they are, here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal


class Severity(IntEnum):
    """How much a breach weighs. A roster with a hard one is never published; a lead may override a warning."""

    OFF = 0
    INFORMATION = 1
    WARNING = 2
    HARD = 3


@dataclass(frozen=True, slots=True)
class RulePack:
    """Limits, in the units their names say. The defaults are the Labour Law's (articles 36 to 41) and common sense.

    Attributes:
        severities: What differs from each rule's own severity, by the rule's name.
        rest_hours: Between the end of one shift and the start of the next, by the clock.
        days_in_seven: Most days of any seven in a row on which a shift starts.
        weekly_rest_hours: From the start of any shift on, seven times 24 h hold one whole rest this long.
        nights_in_row: Most night shifts on consecutive days.
        week_hours: More in a calendar week (Monday to Sunday, by the shift's day) is overtime.
        overtime_by: Whether overtime is counted week by week, or over the whole calendar month as `comprehensive`
            working hours are; then a month's measure is `week_hours` for every seven of its days.
        month_overtime_hours: Most overtime in a calendar month. Of a week across two months each bears its share.
        shift_hours: The longest shift. Nobody has two in a day, so that no day has overtime where this is 8: the three
            hours a day of article 41 need no figure of their own.
        rookie_months: Whoever began less long ago is never without somebody experienced in the same shift.
        older_age: From the year they turn this age, nights are asked of people with care.
        older_nights_in_row: Most consecutive nights of theirs.
        pattern: A cycle of shift codes and "off" that crews are meant to follow, e.g. 早早中中夜夜休休; empty: none.
    """

    name: str = "labour_law"
    severities: Mapping[str, Severity] = field(default_factory=dict)
    rest_hours: float = 11.0
    days_in_seven: int = 6
    weekly_rest_hours: float = 24.0
    nights_in_row: int = 3
    week_hours: float = 44.0
    overtime_by: Literal["week", "month"] = "week"
    month_overtime_hours: float = 36.0
    shift_hours: float = 8.0
    rookie_months: int = 12
    older_age: int = 55
    older_nights_in_row: int = 2
    pattern: tuple[str, ...] = ()


LABOUR_LAW = RulePack()
