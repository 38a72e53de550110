"""Shifts by Beijing's clock: every instant belongs to one, and somebody is on duty in it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shifts.model import (
    EARLY,
    MIDDLE,
    NIGHT,
    SHANGHAI,
    THREE_SHIFTS,
    Assignment,
    DatedShift,
    Duty,
    Shift,
    ShiftPlan,
    on_duty,
)

DAY = date(2026, 5, 3)
HOUR = timedelta(hours=1)


def shift(code: str, start: float, length: float) -> Shift:
    return Shift(code, start * HOUR, length * HOUR)


TWO_SHIFTS = ShiftPlan((shift("day", 7.5, 12), shift("night", 19.5, 12)))
PLANS = [
    THREE_SHIFTS,
    TWO_SHIFTS,
    ShiftPlan((shift("all day", 0, 24),)),
    ShiftPlan((shift("from eight", 8, 24),)),
    ShiftPlan((shift("b", 20, 12), shift("a", 8, 12))),
    ShiftPlan((shift("late", 36, 12), shift("later", 48, 12))),
]


def beijing(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, second), SHANGHAI)


@pytest.mark.parametrize(
    ("hour", "minute", "second", "day", "code"),
    [
        (0, 0, 0, DAY - timedelta(days=1), NIGHT),
        (7, 59, 59, DAY - timedelta(days=1), NIGHT),
        (8, 0, 0, DAY, EARLY),
        (15, 59, 59, DAY, EARLY),
        (16, 0, 0, DAY, MIDDLE),
        (23, 59, 59, DAY, MIDDLE),
    ],
)
def test_three_shifts_and_the_night_belongs_to_the_day_before(
    hour: int, minute: int, second: int, day: date, code: str
) -> None:
    now = beijing(DAY, hour, minute, second)
    assert THREE_SHIFTS.at(now) == THREE_SHIFTS.at(now.astimezone(UTC)) == DatedShift(day, code)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kathmandu"])
def test_the_zone_an_instant_is_written_in_does_not_matter(zone: str) -> None:
    assert THREE_SHIFTS.at(beijing(DAY, 8).astimezone(ZoneInfo(zone))) == DatedShift(DAY, EARLY)


@pytest.mark.parametrize(
    ("hour", "minute", "day", "code"),
    [(7, 29, DAY - timedelta(days=1), "night"), (7, 30, DAY, "day"), (19, 29, DAY, "day"), (19, 30, DAY, "night")],
)
def test_two_shifts_of_twelve_hours(hour: int, minute: int, day: date, code: str) -> None:
    assert TWO_SHIFTS.at(beijing(DAY, hour, minute)) == DatedShift(day, code)


@pytest.mark.parametrize("plan", PLANS)
@given(now=st.datetimes(datetime(1992, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 -- bounds
def test_every_instant_lies_in_the_span_of_its_shift(plan: ShiftPlan, now: datetime) -> None:
    found = plan.at(now)
    (its,) = (one for one in plan.shifts if one.code == found.code)
    start, end = its.span(found.day)
    assert start <= now < end


def test_a_span_is_told_in_beijing_s_time() -> None:
    assert THREE_SHIFTS.shifts[2].span(DAY) == (beijing(date(2026, 5, 4), 0), beijing(date(2026, 5, 4), 8))


@pytest.mark.parametrize(
    "shifts",
    [
        (),
        (shift("a", 8, 8), shift("b", 16, 8)),
        (shift("a", 8, 8), shift("b", 16, 8), shift("c", 24, 7)),
        (shift("a", 8, 8), shift("b", 16, 8), shift("c", 24, 9)),
        (shift("a", 8, 9), shift("b", 16, 8), shift("c", 24, 8)),
        (shift("a", 8, 7), shift("b", 16, 8), shift("c", 24, 8)),
        (shift("a", 8, 23),),
        (shift("a", 8, 48),),
        (shift("a", 8, 24), shift("b", 8, 24)),
    ],
    ids=["none", "gap", "ends early", "ends late", "overlap", "hole", "an hour short", "two days", "twice"],
)
def test_a_plan_with_a_gap_or_an_overlap_is_refused(shifts: tuple[Shift, ...]) -> None:
    with pytest.raises(ValueError, match="shift"):
        ShiftPlan(shifts)


def test_who_is_on_duty_now_leads_first() -> None:
    tonight = DatedShift(DAY, NIGHT)
    given_ = [
        Assignment("T2", "LS", Duty.TRAFFIC, tonight),
        Assignment("C2", "LS", Duty.CODE_CHECKER, tonight),
        Assignment("C1", "LS", Duty.CODE_CHECKER, tonight),
        Assignment("L1", "LS", Duty.LEAD, tonight),
        Assignment("C1", "LS", Duty.RECORDER, tonight),
        Assignment("X1", "SD", Duty.LEAD, tonight),
        Assignment("X2", "LS", Duty.LEAD, DatedShift(DAY, MIDDLE)),
        Assignment("X3", "LS", Duty.LEAD, DatedShift(DAY - timedelta(days=1), NIGHT)),
    ]
    after_midnight = beijing(date(2026, 5, 4), 3)
    assert on_duty(given_, THREE_SHIFTS, "LS", after_midnight) == ("L1", "C1", "C2", "T2")
    assert on_duty(given_, THREE_SHIFTS, "LS", beijing(DAY, 12)) == ()
