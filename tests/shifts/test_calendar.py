"""A person's calendar: a phone must follow every change, and forget what was taken away."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from shifts.calendar import Shown, calendar
from shifts.model import SHANGHAI, THREE_SHIFTS, Assignment, Duty
from tests.shifts.rosters import may, works

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def shown(one: Assignment) -> Shown:
    start, end = THREE_SHIFTS.shift(one.shift.code).span(one.shift.day)
    return Shown(one, start, end, f"夜班 · {one.checkpoint} · {one.duty}")


NIGHT = shown(works(4, "night"))
EARLIER = replace(NIGHT, start=NIGHT.start - timedelta(hours=1), end=NIGHT.end - timedelta(hours=1))


def events(*versions: Iterable[Shown]) -> list[Event]:
    made = calendar(versions, name="某P1", now=NOW)
    return [event for event in Calendar.from_ical(made).walk("VEVENT") if isinstance(event, Event)]


def told(event: Event) -> tuple[str, int]:
    return str(event["STATUS"]), int(event.decoded("SEQUENCE"))


def test_a_night_is_worked_on_the_morning_after_by_beijing_s_clock() -> None:
    (event,) = events([NIGHT])
    assert event.decoded("DTSTART") == datetime.combine(may(5), datetime.min.time(), SHANGHAI)
    assert event.decoded("DTEND").hour == 8
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert str(event["SUMMARY"]) == "夜班 · LS · code_checker"


def test_a_shift_keeps_its_name_through_every_version() -> None:
    lead = shown(works(4, "night", duty=Duty.LEAD))
    (first,), (second,) = events([NIGHT]), events([NIGHT], [lead])
    assert first["UID"] == second["UID"]
    assert told(second) == ("CONFIRMED", 1)
    assert "某" not in str(first["UID"])


def test_what_is_taken_away_is_cancelled_and_may_come_back() -> None:
    (gone,) = events([NIGHT], [])
    assert told(gone) == ("CANCELLED", 1)
    (back,) = events([NIGHT], [], [NIGHT])
    assert told(back) == ("CONFIRMED", 2)


def test_a_version_that_does_not_touch_a_shift_leaves_it_as_it_is() -> None:
    first, other = events([NIGHT], [NIGHT, shown(works(9, "early"))])
    assert [told(first), told(other)] == [("CONFIRMED", 0), ("CONFIRMED", 0)]
    (gone,) = events([NIGHT], [], [])
    assert told(gone) == ("CANCELLED", 1)


def test_other_hours_are_a_change_that_phones_follow() -> None:
    (before,), (moved,) = events([NIGHT]), events([NIGHT], [EARLIER])
    assert moved["UID"] == before["UID"]
    assert told(moved) == ("CONFIRMED", 1)
    assert moved.decoded("DTSTART") == before.decoded("DTSTART") - timedelta(hours=1)


def test_another_name_for_the_place_is_a_change_too() -> None:
    (renamed,) = events([NIGHT], [replace(NIGHT, title="夜班 · 龙士公路 · 查码")])
    assert told(renamed) == ("CONFIRMED", 1)
    assert str(renamed["SUMMARY"]) == "夜班 · 龙士公路 · 查码"


def test_what_is_cancelled_keeps_the_hours_it_had_last() -> None:
    (gone,) = events([NIGHT], [EARLIER], [])
    assert told(gone) == ("CANCELLED", 2)
    assert gone.decoded("DTSTART") == EARLIER.start
