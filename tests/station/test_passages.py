"""From a check to its row: everything a verdict was taken on, and back to the replay memory."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from db import passages
from db.engine import Database
from db.records import PassageRecord
from scanner.credentials import NeedsOnline
from shifts.model import THREE_SHIFTS
from station.check import Check
from station.evidence import Direction, Medium
from station.passages import record_of, sightings_of, to_json
from station.verdict import Outcome
from tests.station.builders import (
    CONFIG,
    GREEN,
    LIN,
    NEGATIVE,
    NOW,
    WANG,
    WANG_ID,
    check,
    complete_check,
    policy,
    salted,
)
from tests.station.builders import credential as code_of


def recorded(one: Check) -> tuple[Outcome, PassageRecord]:
    verdict = one.conclude(NOW)
    shift = THREE_SHIFTS.at(NOW)
    return verdict.outcome, record_of(
        one, verdict, config=CONFIG, concluded=NOW, shift=shift, officer="O1", on_duty=("O1", "L1")
    )


def test_a_row_says_what_the_verdict_was_taken_on() -> None:
    one = complete_check()
    one.set_direction(Direction.IN)
    _, record = recorded(one)
    assert record.direction == "in"
    assert (record.station, record.checkpoint, record.kind, record.verdict) == ("LS-1", "LS", "checked", "pass")
    assert (record.plate, record.plate_kind, record.people) == ("闽E12345", "ordinary", 1)
    assert (record.officer, record.on_duty, record.shift) == ("O1", ("O1", "L1"), "early")
    assert (record.policy_version, record.policy_sha256) == (policy().version, policy().sha256)
    assert (record.trust_age_s, record.trust_sha256, record.clock, record.demo) == (3600, "ab" * 32, "trusted", False)
    evidence = json.loads(record.evidence)
    (occupant,) = evidence["occupants"]
    assert occupant["codes"][0]["credential"]["key_id"] == "00" * 8
    assert occupant["readings"] == [{"celsius": 36.5, "at": NOW.isoformat()}]
    assert [reason["outcome"] for reason in json.loads(record.reasons)] == ["pass"] * 3


def test_the_reason_that_decided_comes_first() -> None:
    one = complete_check()
    one.note_fault("camera_failed")
    _, record = recorded(one)
    first = json.loads(record.reasons)[0]
    assert (first["code"], first["outcome"], first["params"]) == ("fault", "review", {"fault": "camera_failed"})


def test_how_each_thing_was_seen_is_told() -> None:
    one = check()
    one.enter_by_hand(0, WANG, Medium.ID_CARD, health=GREEN)
    _, record = recorded(one)
    (entry,) = json.loads(record.evidence)["occupants"][0]["manual"]
    assert (entry["medium"], entry["health"]["state"]) == ("id_card", "green")


def test_a_recheck_names_the_passage_it_looks_at_again() -> None:
    assert recorded(check(recheck_of=("newer", "older")))[1].previous == "newer"
    assert recorded(check())[1].previous is None


def test_a_row_comes_back_from_the_database_as_it_was_and_remembers_its_codes(database: Database) -> None:
    one = complete_check()
    one.offer_code(code_of(salted(LIN, WANG_ID)), NOW)
    _, record = recorded(one)
    passages.append_passage(database, record)
    kept = passages.get(database, record.station, record.id)
    assert kept is not None
    assert kept == record
    assert tuple(sightings_of(kept)) == one.sightings(NOW)
    assert len(one.sightings(NOW)) == 3


def test_a_row_without_occupants_remembers_nothing() -> None:
    assert list(sightings_of(recorded(check())[1])) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Outcome.REVIEW, '"review"'),
        (Medium.PAPER, '"paper"'),
        (b"\x00\xff", '"00ff"'),
        (timedelta(hours=1, milliseconds=500), "3600.5"),
        (datetime(2026, 5, 3, 4, tzinfo=UTC), '"2026-05-03T04:00:00+00:00"'),
        (date(2026, 5, 3), '"2026-05-03"'),
        (("闽", [1, None, True]), '["闽",[1,null,true]]'),
        ({1: {"a": 36.5}}, '{"1":{"a":36.5}}'),
        ((float("nan"), float("inf")), '["nan","inf"]'),
    ],
)
def test_values_as_json(value: object, text: str) -> None:
    assert to_json(value) == text


def test_a_reading_that_is_no_number_is_still_json() -> None:
    one = check()
    one.take_temperature(0, float("nan"), NOW)

    def refuse(name: str) -> float:
        raise AssertionError(name)

    json.loads(recorded(one)[1].evidence, parse_constant=refuse)


def test_a_row_says_in_the_clear_which_kinds_of_codes_were_shown() -> None:
    one = complete_check()
    one.enter_by_hand(1, LIN, Medium.PAPER, test=NEGATIVE)
    one.offer_failure(NeedsOnline(host="example.cn"))
    one.offer_unreadable()
    assert recorded(one)[1].code_families == ("jkm1", "manual", "online", "unread")
    assert recorded(check())[1].code_families == ()
