"""Calendars of all published rosters: each shift at the hours, and by the names, of the version that has it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from shifts.model import THREE_SHIFTS, TWO_SHIFTS, Assignment, Period, Roster, Shift, ShiftPlan
from station.roster_calendar import Calendars
from station.rosters import Published, RosterRefused
from tests.shifts.rosters import LS, MAY, problem, works

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
JUNE = Period(date(2026, 6, 1), 30)
EARLIER = ShiftPlan(tuple(Shift(one.code, one.start - timedelta(hours=1), one.length) for one in THREE_SHIFTS.shifts))
MINE, LATER = works(4, "early"), works(date(2026, 6, 1), "early")


def published(
    *assignments: Assignment,
    period: Period = MAY,
    plan: ShiftPlan = THREE_SHIFTS,
    names: Mapping[str, str] | None = None,
    version: int = 1,
) -> Published:
    under = problem(period=period, plans={LS: plan}, names=names or {LS: "龙士"})
    return Published(Roster(period, frozenset(assignments), version, published=True), under, "L1", NOW, ())


def events(*versions: Published) -> dict[date, Event]:
    made = Calendar.from_ical(Calendars(versions, "zh", NOW).of("P1")).walk("VEVENT")
    return {event.decoded("DTSTART").date(): event for event in made if isinstance(event, Event)}


def told(event: Event) -> tuple[int, int]:
    """The hour it begins, and how often it changed."""
    return event.decoded("DTSTART").hour, int(event.decoded("SEQUENCE"))


def test_a_calendar_spans_rosters_and_loses_nothing_where_one_ends() -> None:
    moved = works(4, "early", "P2")
    made = events(published(MINE), published(LATER, period=JUNE), published(moved, version=2))
    assert [str(event["STATUS"]) for event in made.values()] == ["CANCELLED", "CONFIRMED"]


def test_a_roster_of_other_shifts_for_the_same_checkpoint_leaves_the_one_before_alone() -> None:
    days = works(date(2026, 6, 1), "day")
    made = events(published(MINE), published(days, period=JUNE, plan=TWO_SHIFTS))
    assert [told(event) for event in made.values()] == [(8, 0), (8, 0)]
    assert made[MINE.shift.day].decoded("DTEND").hour == 16
    assert made[days.shift.day].decoded("DTEND").hour == 20


def test_next_month_s_hours_and_names_do_not_change_this_month_s() -> None:
    made = events(published(MINE), published(LATER, period=JUNE, plan=EARLIER, names={LS: "龙士公路"}))
    assert [told(event) for event in made.values()] == [(8, 0), (7, 0)]
    assert [str(event["SUMMARY"]) for event in made.values()] == ["早班 · 龙士 · 查码", "早班 · 龙士公路 · 查码"]


def test_a_version_at_other_hours_changes_the_event_phones_have() -> None:
    made = events(published(MINE), published(MINE, plan=EARLIER, version=2))
    assert [told(event) for event in made.values()] == [(7, 1)]


def test_what_names_no_shift_is_in_no_calendar() -> None:
    with pytest.raises(RosterRefused):
        Calendars([published(works(4, "day"))], "zh", NOW).of("P1")
