"""Who comes to which shift, who leaves it, and what a badge may do."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from db import sign_ins
from db.engine import Database
from shifts.handover import Presence
from shifts.model import SHANGHAI, THREE_SHIFTS, Assignment, DatedShift, Duty
from shifts.publishing import Approval, Draft
from shifts.rules import check
from station import attendance, badges, rosters, texts
from station.access import AccessError
from station.attendance import Expected, Noted, register, stays
from station.post import Post
from tests.shifts.rosters import may, person, problem, works
from tests.station.builders import CONFIG, EVERYTHING
from tests.station.conftest import PIN

NIGHT, EARLY, MIDDLE = DatedShift(may(3), "night"), DatedShift(may(4), "early"), DatedShift(may(4), "middle")
PAGE = datetime(2026, 5, 1, 12, tzinfo=SHANGHAI)


def at(clock: str) -> datetime:
    """A time of 4 May, whose early shift runs from eight to four."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 5, 4, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def post(staffed: Database) -> Post:
    return Post(staffed, CONFIG, THREE_SHIFTS)


def comes(post: Post, clock: str, code: str = "O1", pin: str = PIN) -> str:
    return said(attendance.check_in(post, code, pin, now=at(clock)))


def leaves(post: Post, clock: str, code: str = "O1") -> str:
    return said(attendance.check_out(post, code, PIN, now=at(clock)))


def said(noted: Noted) -> str:
    return texts.error(noted.code, noted.params, "zh")


def there(post: Post, shift: DatedShift) -> tuple[str, ...]:
    return sign_ins.on_duty(post.database, "LS-1", shift.day, shift.code)


def publish(post: Post, *assigned: Assignment, base: int = 0) -> None:
    under = problem(person("O1"), person("O2"), person("L1"))
    rosters.publish(
        post.database,
        under,
        Draft(base, frozenset(assigned)),
        approvals=[Approval(one.rule, one.finding, "?", "无人可替") for one in check(under, assigned)],
        station="LS-1",
        lead=("L1", PIN),
        now=PAGE,
    )


def badge_of(post: Post, code: str = "O1") -> str:
    text = badges.draw()
    badges.issue(post.database, [(code, text)], actor=EVERYTHING, station="LS-1", now=PAGE)
    return text


def shows(post: Post, text: str, clock: str, **changes: Any) -> str:
    return said(attendance.check_in_badge(post, text, now=at(clock), **changes))


# --- which shift -----------------------------------------------------------------------------------------------------


def test_whoever_comes_in_the_middle_of_a_shift_comes_to_it(post: Post) -> None:
    assert comes(post, "10:00") == "O1 已到岗 10:00"
    assert (there(post, EARLY), there(post, MIDDLE)) == (("O1",), ())


@pytest.mark.parametrize(("clock", "shift"), [("06:59", NIGHT), ("07:00", EARLY), ("07:59", EARLY), ("08:00", EARLY)])
def test_the_rostered_come_to_their_shift_from_an_hour_before_it(post: Post, clock: str, shift: DatedShift) -> None:
    publish(post, works(4, "early", "O1"))
    comes(post, clock)
    assert there(post, shift) == ("O1",)


def test_an_early_arrival_is_told_which_shift_it_counts_for(post: Post) -> None:
    publish(post, works(4, "early", "O1"))
    assert comes(post, "07:52") == "O1 已到岗 07:52，计入早班"
    assert there(post, NIGHT) == ()


@pytest.mark.parametrize(("clock", "shift"), [("07:39", NIGHT), ("07:40", EARLY), ("07:59", EARLY)])
def test_without_a_roster_the_last_twenty_minutes_are_the_next_shifts(
    post: Post, clock: str, shift: DatedShift
) -> None:
    comes(post, clock)
    assert there(post, shift) == ("O1",)


def test_who_is_on_duty_stays_so_in_the_last_twenty_minutes(post: Post) -> None:
    comes(post, "01:00")
    assert comes(post, "07:50") == "O1 已到岗 01:00"
    assert (there(post, NIGHT), there(post, EARLY)) == (("O1",), ())


def test_who_left_before_the_end_and_comes_back_comes_back_to_the_same_shift(post: Post) -> None:
    comes(post, "01:00")
    leaves(post, "07:42")
    comes(post, "07:45")
    assert (there(post, NIGHT), there(post, EARLY)) == (("O1",), ())


def test_the_rostered_of_the_running_shift_are_not_taken_for_the_coming_one(post: Post) -> None:
    publish(post, works(4, "early", "O1"), works(4, "middle", "O2"))
    comes(post, "15:50", "O1")
    comes(post, "15:50", "O2")
    comes(post, "15:50", "L1")
    assert (there(post, EARLY), there(post, MIDDLE)) == (("O1",), ("O2", "L1"))


def test_two_shifts_in_a_row_take_two_scans(post: Post) -> None:
    publish(post, works(4, "early", "O1"), works(4, "middle", "O1"))
    comes(post, "15:10")
    assert (there(post, EARLY), there(post, MIDDLE)) == (("O1",), ())
    assert comes(post, "15:30") == "O1 已到岗 15:30，计入中班"
    assert there(post, EARLY) == there(post, MIDDLE) == ("O1",)


def test_who_forgot_to_leave_is_not_counted_in_the_next_shift(post: Post) -> None:
    comes(post, "08:00")
    assert (there(post, EARLY), there(post, MIDDLE)) == (("O1",), ())
    comes(post, "16:30")
    assert there(post, MIDDLE) == ("O1",)


def test_a_damaged_roster_keeps_nobody_from_coming(post: Post) -> None:
    publish(post, works(4, "early", "O1"))
    with post.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER roster_versions_no_update")
        connection.exec_driver_sql("UPDATE roster_versions SET assignments = '[]'")
    comes(post, "07:50")
    assert there(post, EARLY) == ("O1",)
    assert attendance.rostered(post, EARLY) is None


# --- coming and leaving ----------------------------------------------------------------------------------------------


def test_coming_twice_is_coming_once(post: Post) -> None:
    assert comes(post, "09:00") == comes(post, "09:01") == "O1 已到岗 09:00"
    assert len(sign_ins.of_shift(post.database, "LS-1", EARLY.day, EARLY.code)) == 1


def test_leaving_twice_is_leaving_once(post: Post) -> None:
    comes(post, "09:00")
    assert leaves(post, "15:00") == leaves(post, "15:10") == "O1 已离岗 15:00"
    assert [one.kind for one in sign_ins.of_shift(post.database, "LS-1", EARLY.day, EARLY.code)] == ["in", "out"]


def test_who_leaves_late_leaves_the_shift_that_ended(post: Post) -> None:
    comes(post, "09:00")
    assert leaves(post, "16:05") == "O1 已离岗 16:05"
    assert stays(post, EARLY)["O1"].left == at("16:05")
    assert there(post, EARLY) == ()


def test_who_leaves_is_away_also_in_the_shift_to_come(post: Post) -> None:
    attendance.take_desk(post, "O1", PIN, now=at("07:50"))
    attendance.leave_desk(post, "O1", now=at("07:55"))
    assert there(post, NIGHT) == there(post, EARLY) == ()


def test_who_goes_home_from_a_second_shift_had_left_the_first_at_its_end(post: Post) -> None:
    comes(post, "09:00")
    comes(post, "16:20")
    leaves(post, "16:40")
    assert stays(post, MIDDLE)["O1"].left == at("16:40")
    assert stays(post, EARLY)["O1"].left is None


def test_who_came_too_early_by_mistake_can_leave_again(post: Post) -> None:
    comes(post, "07:50")
    leaves(post, "07:51")
    assert there(post, EARLY) == ()


@pytest.mark.parametrize("clock", ["09:00", "17:01"])
def test_who_never_came_is_told_so(post: Post, clock: str) -> None:
    if clock == "17:01":
        comes(post, "09:00")  # too long ago: the shift is over for good
    with pytest.raises(AccessError, match="attendance_absent"):
        leaves(post, clock)


def test_each_coming_and_leaving_is_kept_with_its_way(post: Post) -> None:
    text = badge_of(post)
    shows(post, text, "09:00")
    attendance.check_out_badge(post, text, now=at("12:00"))
    comes(post, "12:30")
    attendance.leave_desk(post, "O1", now=at("15:00"))
    kept = sign_ins.of_shift(post.database, "LS-1", EARLY.day, EARLY.code)
    assert [(one.kind, one.how) for one in kept] == [("in", "badge"), ("out", "badge"), ("in", "pin"), ("out", "desk")]
    assert {one.station for one in kept} == {"LS-1"}


@pytest.mark.parametrize(
    ("code", "pin", "told"),
    [
        ("A1", PIN, "duty_not_theirs"),
        ("M1", PIN, "duty_not_theirs"),
        ("O1", "999999", "pin_wrong"),
        ("X9", PIN, "pin_wrong"),
        ("G1", PIN, "person_inactive"),
    ],
)
def test_who_may_not_check_does_not_come_on_duty(post: Post, code: str, pin: str, told: str) -> None:
    for way in (attendance.check_in, attendance.check_out, attendance.take_desk):
        with pytest.raises(AccessError, match=told):
            way(post, code, pin, now=at("10:00"))
    assert there(post, EARLY) == ()


# --- the desk --------------------------------------------------------------------------------------------------------


def test_taking_the_desk_is_coming_to_the_shift_that_runs(post: Post) -> None:
    assert attendance.take_desk(post, "O1", PIN, now=at("10:00")).code == "O1"
    attendance.take_desk(post, "L1", PIN, now=at("10:01"))
    assert there(post, EARLY) == ("O1", "L1")
    attendance.leave_desk(post, "O1", now=at("11:00"))
    assert there(post, EARLY) == ("L1",)


@pytest.mark.parametrize("published", [True, False])
def test_who_takes_the_desk_before_the_change_works_in_both_shifts(post: Post, published: bool) -> None:
    if published:
        publish(post, works(4, "early", "O1"))
    attendance.take_desk(post, "O1", PIN, now=at("07:52"))
    assert there(post, NIGHT) == there(post, EARLY) == ("O1",)


def test_who_is_not_there_leaves_no_trace_by_leaving_the_desk(post: Post) -> None:
    attendance.leave_desk(post, "O1", now=at("10:00"))
    attendance.leave_desk(post, "X9", now=at("10:00"))
    assert stays(post, EARLY) == {}


# --- badges ----------------------------------------------------------------------------------------------------------


def test_a_badge_brings_its_owner_in(post: Post) -> None:
    assert shows(post, badge_of(post), "09:00") == "O1 已到岗 09:00"
    assert there(post, EARLY) == ("O1",)


def test_two_badges_say_nothing_in_common_nor_of_their_owner(post: Post) -> None:
    one, other = badge_of(post, "O1"), badge_of(post, "O1")
    assert one != other
    assert "O1" not in one.removeprefix(badges.PREFIX)[:2]
    with post.database.read() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM badges").all()
    assert one not in repr(kept)


@pytest.mark.parametrize("dress", ["{}\r\n", " {}", "\t{}\t"])
def test_what_a_scanner_adds_to_a_badge_is_nothing_nor_are_turned_capitals(post: Post, dress: str) -> None:
    text = badge_of(post)
    assert shows(post, dress.format(text), "09:00") == shows(post, text.lower(), "09:01") == "O1 已到岗 09:00"


def test_a_replaced_badge_is_void(post: Post) -> None:
    old, new = badge_of(post), badge_of(post)
    with pytest.raises(AccessError, match="badge_replaced"):
        shows(post, old, "09:00")
    assert shows(post, new, "09:00") == "O1 已到岗 09:00"


def test_a_badge_taken_back_is_void(post: Post) -> None:
    text = badge_of(post)
    badges.issue(post.database, [("O1", None)], actor=EVERYTHING, station="LS-1", now=PAGE)
    with pytest.raises(AccessError, match="badge_replaced"):
        shows(post, text, "09:00")


@pytest.mark.parametrize(
    "text",
    [badges.draw(), "CKB1:", "CKB1:1001", "CKB1:O1", "CKB1:" + "A" * 24, "CKB1:" + "a" * 1_000_000, "ckb1:\x00\udcff"],
    ids=["another district's", "empty", "code", "person", "guess", "1 MB", "half a character"],
)
def test_a_stranger_s_badge_is_told_so(post: Post, text: str) -> None:
    badge_of(post)
    assert badges.is_badge(text)
    with pytest.raises(AccessError, match="badge_unknown"):
        shows(post, text, "09:00")


@pytest.mark.parametrize("text", ["", "CKB1", "CKB2:AAAA", "JKM1:CKB1:", "https://CKB1:"])
def test_what_is_no_badge_is_no_badge(text: str) -> None:
    assert not badges.is_badge(text)


@pytest.mark.parametrize(("code", "told"), [("G1", "person_inactive"), ("A1", "duty_not_theirs")])
def test_a_badge_of_somebody_who_does_not_come_on_duty_is_told_so(post: Post, code: str, told: str) -> None:
    text = badge_of(post, code)
    with pytest.raises(AccessError, match=told):
        shows(post, text, "09:00")


def test_a_camera_brings_nobody_back_who_has_just_left(post: Post) -> None:
    text = badge_of(post)
    shows(post, text, "09:00")
    leaves(post, "15:50")
    assert shows(post, text, "15:52", glimpsed=True) == "O1 已离岗 15:50"
    assert there(post, EARLY) == ()
    assert shows(post, text, "15:52") == "O1 已到岗 15:52"  # a scan is meant


def test_a_camera_takes_nobody_into_the_next_shift_who_forgot_to_leave(post: Post) -> None:
    text = badge_of(post)
    shows(post, text, "09:00")
    noted = attendance.check_in_badge(post, text, now=at("16:10"), glimpsed=True)
    assert (noted.code, noted.well) == ("attendance_over", False)
    assert there(post, MIDDLE) == ()
    shows(post, text, "17:10", glimpsed=True)
    assert there(post, MIDDLE) == ("O1",)


def test_a_camera_takes_the_rostered_into_their_next_shift(post: Post) -> None:
    publish(post, works(4, "early", "O1"), works(4, "middle", "O1"))
    text = badge_of(post)
    shows(post, text, "09:00")
    leaves(post, "15:59")
    assert shows(post, text, "16:05", glimpsed=True) == "O1 已到岗 16:05"


# --- the register ----------------------------------------------------------------------------------------------------


def test_the_register_names_the_rostered_first_then_who_else_came(post: Post) -> None:
    publish(post, works(4, "early", "O1", duty=Duty.RECORDER), works(4, "early", "L1", duty=Duty.LEAD))
    comes(post, "07:52", "O1")
    comes(post, "09:00", "O2")
    leaves(post, "16:05", "O1")
    assert register(post, EARLY) == (
        Presence("L1", "L1", Duty.LEAD),
        Presence("O1", "O1", Duty.RECORDER, at("07:52"), at("16:05")),
        Presence("O2", "O2", None, at("09:00")),
    )


def test_without_a_roster_the_register_names_who_came(post: Post) -> None:
    assert register(post, EARLY) == ()
    comes(post, "09:00")
    assert register(post, EARLY) == (Presence("O1", "O1", None, at("09:00")),)


def test_who_is_expected_follows_what_is_published(post: Post) -> None:
    expected = Expected(post)
    assert expected.codes(EARLY) is None
    publish(post, works(4, "early", "O1", duty=Duty.RECORDER), works(4, "early", "L1", duty=Duty.LEAD))
    assert expected.codes(EARLY) == ("L1", "O1")
    assert expected.codes(DatedShift(may(5), "early")) == ()
    assert expected.codes(MIDDLE) is None  # nobody is ever on it: another plan, or another's checkpoint
    publish(post, works(4, "early", "O2"), base=1)
    assert expected.codes(EARLY) == ("O2",)


def test_the_roster_is_read_once_a_shift(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(post, works(4, "early", "O1"))
    read: list[DatedShift] = []
    whole = rosters.of_shift

    def counted(database: Database, checkpoint: str, shift: DatedShift) -> tuple[Assignment, ...] | None:
        read.append(shift)
        return whole(database, checkpoint, shift)

    monkeypatch.setattr(rosters, "of_shift", counted)
    expected = Expected(post)
    for _ in range(50):
        expected.codes(EARLY)
    expected.codes(MIDDLE)
    assert read == [EARLY, MIDDLE]


def test_the_last_instant_before_the_change_is_before_it(post: Post) -> None:
    just_before = at("08:00") - timedelta(microseconds=1)
    attendance.check_in(post, "O1", PIN, now=just_before)
    assert there(post, EARLY) == ("O1",)
    assert register(post, EARLY)[0].came == just_before
