"""What is done about a passage: appended by those who may, never changing what was computed."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from db import passages
from db.engine import Database, open_database
from db.records import PassageRecord
from station.access import AccessError
from station.decisions import Decision, DecisionError, correct_plate, find, note, release
from tests.db.samples import a_passage
from tests.station.builders import NOW
from tests.station.conftest import PIN

OFFICER, LEAD = ("O1", PIN), ("L1", PIN)


def kept(database: Database, verdict: str = "review") -> PassageRecord:
    record = a_passage(station="LS-1", verdict=verdict)
    passages.append_passage(database, record)
    return record


def released(database: Database, record: PassageRecord, **changes: Any) -> None:
    given: dict[str, Any] = {"officer": OFFICER, "lead": LEAD, "reason": "纸质证明已核", "now": NOW}
    release(database, station="LS-1", passage=record.id, **(given | changes))


def decided(database: Database, record: PassageRecord) -> list[str]:
    return [decision.kind for decision in passages.decisions_of(database, "LS-1", record.id)]


def test_a_review_is_released_by_officer_and_lead_with_a_reason(staffed: Database) -> None:
    record = kept(staffed)
    released(staffed, record, reason=" 纸质证明已核 ")
    (decision,) = passages.decisions_of(staffed, "LS-1", record.id)
    assert (decision.kind, decision.officer, decision.lead) == ("release", "O1", "L1")
    assert decision.reason == "纸质证明已核"
    assert find(staffed, "LS-1", record.id) == record


@pytest.mark.parametrize("verdict", ["refuse", "pass"])
def test_only_a_review_can_be_released_a_refusal_never(staffed: Database, verdict: str) -> None:
    record = kept(staffed, verdict)
    with pytest.raises(DecisionError, match="release_not_review"):
        released(staffed, record)
    assert decided(staffed, record) == []


@pytest.mark.parametrize(
    ("changes", "error", "code"),
    [
        ({"reason": " "}, DecisionError, "reason_blank"),
        ({"officer": ("O1", "9999")}, AccessError, "pin_wrong"),
        ({"lead": ("L1", "9999")}, AccessError, "pin_wrong"),
        ({"lead": ("", "")}, AccessError, "pin_wrong"),
        ({"officer": LEAD}, AccessError, "not_allowed"),
        ({"lead": OFFICER}, AccessError, "not_allowed"),
        ({"lead": ("O2", PIN)}, AccessError, "not_allowed"),
        ({"lead": ("M1", PIN)}, AccessError, "not_allowed"),
        ({"lead": ("G1", PIN)}, AccessError, "person_inactive"),
        ({"officer": ("A1", PIN)}, AccessError, "not_allowed"),
    ],
    ids=[
        "no reason",
        "officer's pin",
        "lead's pin",
        "no lead",
        "lead twice",
        "officer twice",
        "two officers",
        "administrator",
        "lead gone",
        "auditor",
    ],
)
def test_a_release_needs_two_people_both_pins_and_a_reason(
    staffed: Database, changes: dict[str, Any], error: type[Exception], code: str
) -> None:
    record = kept(staffed)
    with pytest.raises(error, match=code):
        released(staffed, record, **changes)
    assert decided(staffed, record) == []


def test_a_review_is_released_once(staffed: Database) -> None:
    record = kept(staffed)
    released(staffed, record)
    with pytest.raises(DecisionError, match="decision_made"):
        released(staffed, record)
    assert decided(staffed, record) == ["release"]


def test_of_two_who_release_at_the_same_instant_one_is_told(
    staffed: Database, path: Path, at_once: Callable[..., list[Any]]
) -> None:
    record = kept(staffed)
    with open_database(path) as other:
        raised = at_once(*(partial(released, one, record) for one in (staffed, other)))
    assert [error.code for error in raised if error] == ["decision_made"]
    assert decided(staffed, record) == ["release"]


@pytest.mark.parametrize("kind", [Decision.TURN_BACK, Decision.SENT_TO_TEST, Decision.CALLED])
def test_what_was_decided_otherwise_is_not_released(staffed: Database, kind: Decision) -> None:
    record = kept(staffed)
    note(staffed, station="LS-1", passage=record.id, kind=kind, officer=OFFICER, reason="", now=NOW)
    with pytest.raises(DecisionError, match="decision_made"):
        released(staffed, record)
    assert decided(staffed, record) == [kind]


def test_an_officer_may_turn_back_a_pass_alone(staffed: Database) -> None:
    record = kept(staffed, "pass")
    note(staffed, station="LS-1", passage=record.id, kind=Decision.TURN_BACK, officer=OFFICER, reason="拒检", now=NOW)
    assert decided(staffed, record) == ["turn_back"]
    assert find(staffed, "LS-1", record.id).verdict == "pass"


def turned_back(record: PassageRecord) -> dict[str, Any]:
    turn_back = {"kind": Decision.TURN_BACK, "officer": OFFICER, "now": NOW}
    return {"station": "LS-1", "passage": record.id, **turn_back}


def test_of_two_turn_backs_at_the_same_instant_one_is_kept(
    staffed: Database, path: Path, at_once: Callable[..., list[Any]]
) -> None:
    record = kept(staffed)
    with open_database(path) as other:
        raised = at_once(*(partial(note, one, **turned_back(record), reason="拒检") for one in (staffed, other)))
    assert [error.code for error in raised if error] == ["turned_back_already"]
    assert decided(staffed, record) == ["turn_back"]


def test_a_turn_back_signed_twice_is_kept_once(staffed: Database) -> None:
    record = kept(staffed)
    signed = turned_back(record)
    note(staffed, **signed, reason="拒检")
    with pytest.raises(DecisionError, match="turned_back_already"):
        note(staffed, **signed, reason=" 拒检 ")
    assert decided(staffed, record) == ["turn_back"]
    note(staffed, **signed, reason="折返后再来")
    assert decided(staffed, record) == ["turn_back", "turn_back"]


@pytest.mark.parametrize("kind", [Decision.RELEASE, Decision.CORRECTION])
def test_a_release_cannot_be_noted_by_one_alone(staffed: Database, kind: Decision) -> None:
    record = kept(staffed)
    with pytest.raises(DecisionError, match="decision_unknown"):
        note(staffed, station="LS-1", passage=record.id, kind=kind, officer=OFFICER, reason="x", now=NOW)
    assert decided(staffed, record) == []


def test_a_mistyped_plate_is_corrected_beside_it_and_the_review_stays_open(staffed: Database) -> None:
    record = kept(staffed)
    correct_plate(staffed, station="LS-1", passage=record.id, officer=OFFICER, plate="闽e·54321", now=NOW)
    (decision,) = passages.decisions_of(staffed, "LS-1", record.id)
    assert json.loads(decision.details) == {"plate": {"was": "闽E12345", "is": "闽E54321", "kind": "ordinary"}}
    assert find(staffed, "LS-1", record.id).plate == "闽E12345"
    released(staffed, record)


def test_a_correction_to_nothing_or_by_a_stranger_is_refused(staffed: Database) -> None:
    record = kept(staffed)
    with pytest.raises(DecisionError, match="plate_blank"):
        correct_plate(staffed, station="LS-1", passage=record.id, officer=OFFICER, plate=" · ", now=NOW)
    with pytest.raises(AccessError):
        correct_plate(staffed, station="LS-1", passage=record.id, officer=("O1", "0"), plate="闽E1", now=NOW)
    assert decided(staffed, record) == []


def test_a_passage_nobody_kept_cannot_be_decided(staffed: Database) -> None:
    for station, id_ in (("LS-1", "none"), ("SD-1", kept(staffed).id)):
        with pytest.raises(DecisionError, match="passage_unknown"):
            release(staffed, station=station, passage=id_, officer=OFFICER, lead=LEAD, reason="x", now=NOW)
