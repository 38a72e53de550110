"""Attendance on the handover sheet: filled from the log, kept as it was given, and in words."""

import json
from datetime import datetime, timedelta

import pytest

from db.engine import Database
from shifts.handover import Presence, Sheet
from shifts.model import SHANGHAI, THREE_SHIFTS, DatedShift, Duty
from station import attendance, handover_words
from station.handover import give, handover
from station.handover_json import sheet_from, sheet_to
from station.post import Post
from tests.shifts.rosters import may
from tests.station.builders import CONFIG
from tests.station.conftest import PIN

EARLY = DatedShift(may(4), "early")
NINE = datetime(2026, 5, 4, 9, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)
FULL = Sheet(
    attendance=(
        Presence("L1", "陈志明", Duty.LEAD, NINE - HOUR, NINE + 7 * HOUR),
        Presence("O1", "李娜", Duty.RECORDER, NINE),
        Presence("O2", "吴刚", Duty.TRAFFIC),
        Presence("O3", "周敏", None, NINE, NINE + HOUR),
    )
)


@pytest.fixture
def post(staffed: Database) -> Post:
    return Post(staffed, CONFIG, THREE_SHIFTS)


def test_the_sheet_names_who_came_until_it_is_given(post: Post) -> None:
    attendance.check_in(post, "O1", PIN, now=NINE)
    assert handover(post, EARLY).sheet.attendance == (Presence("O1", "O1", None, NINE),)
    give(post, EARLY, ("L1", PIN), now=NINE + 7 * HOUR)
    attendance.check_out(post, "O1", PIN, now=NINE + 7 * HOUR + HOUR / 2)
    (kept,) = handover(post, EARLY).sheet.attendance
    assert kept.left is None


def test_it_is_read_back_as_it_was_written() -> None:
    assert sheet_from(sheet_to(FULL)) == FULL


def test_a_sheet_from_before_there_was_attendance_is_still_read() -> None:
    old = json.loads(sheet_to(FULL))
    del old["attendance"]
    assert sheet_from(json.dumps(old)) == Sheet()


def test_on_paper_it_says_from_when_to_when_and_who_was_absent() -> None:
    table = handover_words.attendance(FULL, "zh")
    assert table.title == "出勤：应到 3，实到 2，另到 1"
    assert table.rows == (
        ("陈志明", "带班组长", "08:00", "16:00"),
        ("李娜", "登记", "09:00", ""),
        ("吴刚", "引导", "未到", ""),
        ("周敏", "不在班表", "09:00", "10:00"),
    )
    assert handover_words.attendance in handover_words.TABLES


def test_on_the_screen_each_stands_in_a_word() -> None:
    states = [row[-1] for row in handover_words.presence(FULL, "zh").rows]
    assert states == ["已离岗 16:00（08:00 到）", "已到 09:00", "未到", "已离岗 10:00（09:00 到）"]


def test_without_a_roster_nobody_is_called_beside_it() -> None:
    sheet = Sheet(attendance=(Presence("O1", "李娜", None, NINE),))
    table = handover_words.attendance(sheet, "en")
    assert (table.title, table.rows) == ("Attendance: 1 came", (("李娜", "", "09:00", ""),))
    assert handover_words.attendance(Sheet(), "zh").rows == (("无",),)
