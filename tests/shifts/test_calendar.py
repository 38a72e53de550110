"""A person's calendar: a phone must follow every change, and forget what was taken away."""

from datetime import UTC, datetime

from icalendar import Calendar, Event

from shifts.calendar import calendar
from shifts.model import SHANGHAI, THREE_SHIFTS, Assignment, Duty, Roster
from tests.shifts.rosters import LS, MAY, may, works

NOW = datetime(2026, 5, 1, tzinfo=UTC)
NIGHT = works(4, "night")


def title(one: Assignment) -> str:
    return f"夜班 · {one.checkpoint} · {one.duty}"


def events(*rosters: set[Assignment]) -> list[Event]:
    versions = [Roster(MAY, frozenset(one), number, published=True) for number, one in enumerate(rosters, 1)]
    made = calendar("P1", versions, {LS: THREE_SHIFTS}, name="某P1", title=title, now=NOW)
    return [event for event in Calendar.from_ical(made).walk("VEVENT") if isinstance(event, Event)]


def told(event: Event) -> tuple[str, int]:
    return str(event["STATUS"]), int(event.decoded("SEQUENCE"))


def test_a_night_is_worked_on_the_morning_after_by_beijing_s_clock() -> None:
    (event,) = events({NIGHT})
    assert event.decoded("DTSTART") == datetime.combine(may(5), datetime.min.time(), SHANGHAI)
    assert event.decoded("DTEND").hour == 8
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert str(event["SUMMARY"]) == "夜班 · LS · code_checker"


def test_a_shift_keeps_its_name_through_every_version() -> None:
    lead = works(4, "night", duty=Duty.LEAD)
    (first,), (second,) = events({NIGHT}), events({NIGHT}, {lead})
    assert first["UID"] == second["UID"]
    assert told(second) == ("CONFIRMED", 1)
    assert "某" not in str(first["UID"])


def test_what_is_taken_away_is_cancelled_and_may_come_back() -> None:
    (gone,) = events({NIGHT}, set())
    assert told(gone) == ("CANCELLED", 1)
    (back,) = events({NIGHT}, set(), {NIGHT})
    assert told(back) == ("CONFIRMED", 2)


def test_a_version_that_does_not_touch_a_shift_leaves_it_as_it_is() -> None:
    first, other = events({NIGHT}, {NIGHT, works(9, "early")})
    assert [told(first), told(other)] == [("CONFIRMED", 0), ("CONFIRMED", 0)]
    (gone,) = events({NIGHT}, set(), set())
    assert told(gone) == ("CANCELLED", 1)


def test_only_their_own_shifts_are_in_it() -> None:
    assert events({works(4, "early", "P2")}) == []
