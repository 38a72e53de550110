"""A shift's sheet fills itself from the log, and two leads confirm it with their PINs."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db import events, passages, people
from db.engine import open_database
from db.errors import HandoverMoved
from db.handovers import append
from db.pins import hash_pin
from db.records import HandoverStepRecord, PassageRecord, PersonRecord, new_id
from shifts.handover import AlreadyConfirmed, Due, NotGivenYet, SameLead, Sheet, Supply, Visit
from shifts.model import SHANGHAI, THREE_SHIFTS, DatedShift
from station import handover as handovers
from station.access import AccessError
from station.config import Config
from station.decisions import Decision, note
from station.handover import Standing, give, handover, listed, overdue, take, write
from station.handover_json import sheet_from, sheet_to
from station.passages import to_json
from station.post import Post
from tests.db.samples import a_passage
from tests.shifts.rosters import may

EARLY = DatedShift(may(4), "early")
NINE = datetime(2026, 5, 4, 9, tzinfo=SHANGHAI)
MIDDLE = DatedShift(may(4), "middle")
FOUR = datetime(2026, 5, 4, 16, tzinfo=SHANGHAI)
PIN = "246810"
PIN_HASH = hash_pin(PIN)
OUT, IN, OFFICER = ("L1", PIN), ("L2", PIN), ("O1", PIN)
HOUR = timedelta(hours=1)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with open_database(tmp_path / "station.db", create=True) as database:
        for code, role in (("L1", "lead"), ("L2", "lead"), ("O1", "officer")):
            record = PersonRecord(code=code, name="某人", unit="某局", role=role, pin_hash=PIN_HASH, added_at=NINE)
            people.add(database, record, station="LS1", by=None)
        yield Post(database, Config("LS1", "LS", "龙士", "zh"), THREE_SHIFTS)


def passed_by(post: Post, verdict: str, reason: str, *, at: datetime = NINE, **changes: object) -> PassageRecord:
    """A vehicle of the early shift, unless told otherwise."""
    params = {"fault": "camera_failed"} if reason == "fault" else {}
    kept = to_json([{"code": reason, "outcome": verdict, "params": params, "occupant": None}])
    given = {"verdict": verdict, "reasons": kept, "concluded_at": at, "shift_date": may(4), "shift": "early"}
    row = a_passage(**{**given, **changes})
    passages.append_passage(post.database, row)
    return row


def test_the_sheet_counts_the_shifts_vehicles_and_nobody_elses(post: Post) -> None:
    for verdict, reason in (("pass", "health_green"), ("pass", "health_green"), ("refuse", "test_too_old")):
        passed_by(post, verdict, reason)
    passed_by(post, "review", "fault")
    passed_by(post, "refuse", "health_red", checkpoint="SD")
    passed_by(post, "refuse", "health_red", shift="middle", at=FOUR + HOUR)
    sheet = handover(post, EARLY, trust_age=5 * HOUR).sheet
    assert dict(sheet.verdicts) == {"pass": 2, "review": 1, "refuse": 1}
    assert sheet.faults == (("camera_failed", 1),)
    assert sheet.trust_age_hours == 5.0


def test_open_reviews_and_refused_vehicles_are_named_masked_with_whom_was_called(post: Post) -> None:
    waiting = passed_by(post, "review", "health_yellow")
    settled = passed_by(post, "review", "health_yellow")
    refused = passed_by(post, "refuse", "watchlisted")
    for row, reason in ((settled, "疾控同意"), (refused, "村主任 13900000000")):
        note(
            post.database,
            station="LS1",
            passage=row.id,
            kind=Decision.CALLED,
            officer=OFFICER,
            reason=reason,
            now=NINE,
        )
    sheet = handover(post, EARLY).sheet
    assert [one.passage for one in sheet.open_reviews] == [waiting.id]
    (back,) = sheet.refused
    assert (back.plate, back.why, back.called) == ("闽E·1***5", "watchlisted", "村主任 13900000000")


def test_a_vehicle_an_officer_turned_back_is_named_with_the_refused_ones(post: Post) -> None:
    row = passed_by(post, "pass", "health_green")
    note(
        post.database, station="LS1", passage=row.id, kind=Decision.TURN_BACK, officer=OFFICER, reason="拒检", now=NINE
    )
    assert [(one.passage, one.why) for one in handover(post, EARLY).sheet.refused] == [(row.id, "turn_back")]


def test_what_a_lead_writes_stays_while_the_rest_follows_the_log(post: Post) -> None:
    added = Sheet(
        supplies=(Supply("口罩", 40, "不足"),),
        visits=(Visit(NINE, "区督查组", "未公示采样点", "已张贴"),),
        notes="2 号体温枪送修",
    )
    write(post, EARLY, added, by="L1", now=NINE)
    passed_by(post, "pass", "health_green")
    sheet = handover(post, EARLY).sheet
    assert (sheet.supplies, sheet.visits, sheet.notes) == (added.supplies, added.visits, added.notes)
    assert dict(sheet.verdicts)["pass"] == 1


def test_two_leads_confirm_and_the_sheet_stays_as_it_was_given(post: Post) -> None:
    passed_by(post, "pass", "health_green")
    given = give(post, EARLY, OUT, now=FOUR, trust_age=HOUR)
    passed_by(post, "pass", "health_green", at=FOUR)
    done = take(post, EARLY, IN, now=FOUR + HOUR)
    assert done.complete
    assert handover(post, EARLY, trust_age=9 * HOUR) == done
    assert done.sheet == given.sheet
    signed = [one.kind for one in events.newest(post.database) if one.kind.startswith("handover")]
    assert signed == ["handover_taken", "handover_given"]


def test_no_sheet_changes_hands_without_the_right_pins_in_the_right_order(post: Post) -> None:
    with pytest.raises(NotGivenYet):
        take(post, EARLY, IN, now=FOUR)
    with pytest.raises(AccessError):
        give(post, EARLY, ("L1", "0000"), now=FOUR)
    with pytest.raises(AccessError):
        give(post, EARLY, OFFICER, now=FOUR)
    give(post, EARLY, OUT, now=FOUR)
    with pytest.raises(SameLead):
        take(post, EARLY, OUT, now=FOUR)
    with pytest.raises(AlreadyConfirmed):
        write(post, EARLY, Sheet(notes="晚了"), by="L1", now=FOUR)
    assert handover(post, EARLY).sheet.notes == ""


def test_of_two_who_write_at_once_one_is_told(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    first = HandoverStepRecord(
        station="LS1",
        id=new_id(),
        checkpoint="LS",
        shift_date=may(4),
        shift="early",
        number=1,
        kind="written",
        person="L2",
        at=NINE,
        sheet=sheet_to(Sheet(notes="先写的")),
    )
    seen = handovers._steps(post, EARLY)
    append(post.database, first)
    monkeypatch.setattr(handovers, "_steps", lambda *_: seen)  # what the other had on the screen
    with pytest.raises(HandoverMoved):
        write(post, EARLY, Sheet(notes="后写的"), by="L1", now=NINE)


def test_whoever_writes_on_a_sheet_that_went_on_meanwhile_is_told(post: Post) -> None:
    seen = handover(post, EARLY).steps
    write(post, EARLY, Sheet(notes="先写的"), by="L2", now=NINE, seen=seen)
    with pytest.raises(HandoverMoved):
        write(post, EARLY, Sheet(notes="后写的"), by="L1", now=NINE, seen=seen)
    with pytest.raises(HandoverMoved):
        give(post, EARLY, OUT, now=FOUR, seen=seen)
    assert handover(post, EARLY).sheet.notes == "先写的"
    assert write(post, EARLY, Sheet(notes="再写的"), by="L1", now=NINE, seen=1).steps == 2


def test_nobody_but_a_lead_writes_on_a_sheet(post: Post) -> None:
    for code in ("O1", "X9"):
        with pytest.raises(AccessError):
            write(post, EARLY, Sheet(notes="我来写"), by=code, now=NINE)
    assert handover(post, EARLY).steps == 0


def test_a_sheet_begins_with_the_supplies_of_the_one_before(post: Post) -> None:
    masks = (Supply("口罩", 40),)
    write(post, DatedShift(may(3), "night"), Sheet(supplies=masks), by="L1", now=NINE)
    assert handover(post, EARLY).sheet.supplies == masks
    assert handover(post, DatedShift(may(3), "middle")).sheet.supplies == ()
    given = give(post, EARLY, OUT, now=FOUR)
    assert given.sheet.supplies == masks
    write(post, MIDDLE, Sheet(), by="L2", now=FOUR)
    assert handover(post, MIDDLE).sheet.supplies == ()


def test_the_list_begins_with_the_shift_that_runs_then_what_is_due_then_what_is_done(post: Post) -> None:
    passed_by(post, "pass", "health_green", at=NINE - timedelta(days=1))
    give(post, DatedShift(may(3), "middle"), OUT, now=NINE)
    for shift in (DatedShift(may(3), "early"), DatedShift(may(3), "night")):
        give(post, shift, OUT, now=NINE)
        take(post, shift, IN, now=NINE)
    assert [(one.shift, one.standing, one.given) for one in listed(post, FOUR + HOUR)] == [
        (MIDDLE, Standing.RUNNING, False),
        (EARLY, Standing.LATE, False),
        (DatedShift(may(3), "middle"), Standing.MISSING, True),
        (DatedShift(may(3), "night"), Standing.COMPLETE, True),
        (DatedShift(may(3), "early"), Standing.COMPLETE, True),
    ]


def test_a_shift_that_had_ended_before_the_station_was_used_is_not_missing(post: Post) -> None:
    passed_by(post, "pass", "health_green", at=FOUR + HOUR, shift="middle")
    assert overdue(post, FOUR + 2 * HOUR) == ()


def test_a_handover_not_done_shows_from_the_first_day_the_station_was_used(post: Post) -> None:
    assert overdue(post, FOUR) == ()
    passed_by(post, "pass", "health_green")
    shifts = dict(overdue(post, FOUR + HOUR))
    assert shifts == {EARLY: Due.LATE}
    give(post, EARLY, OUT, now=FOUR)
    assert EARLY in dict(overdue(post, FOUR + HOUR))
    take(post, EARLY, IN, now=FOUR)
    assert overdue(post, FOUR + HOUR) == ()


def test_a_sheet_is_read_back_as_it_was_written(post: Post) -> None:
    passed_by(post, "refuse", "health_red")
    passed_by(post, "review", "fault")
    sheet = handover(post, EARLY, trust_age=HOUR).sheet
    full = Sheet(
        sheet.verdicts,
        sheet.open_reviews,
        sheet.refused,
        sheet.faults,
        sheet.trust_age_hours,
        (Supply("口罩", 4),),
        (Visit(NINE, "督查组", "无"),),
        "记事",
    )
    assert sheet_from(sheet_to(full)) == full
