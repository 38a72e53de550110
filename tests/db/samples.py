"""Records as a station would write them."""

import json
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from db.records import (
    DecisionRecord,
    HandoverStepRecord,
    PassageRecord,
    PersonRecord,
    RosterRecord,
    SwapStepRecord,
    new_id,
)

NOON = datetime(2026, 5, 3, 4, 0, tzinfo=UTC)


def evidence(size: int = 2500) -> str:
    """JSON of about `size` bytes: of two occupants. It packs to half, what the demonstration leaves to a fourth."""
    occupant = {"name": "王小明", "id_tail": "1234", "health": "green", "temperature": [36.5], "entered": "code"}
    padding = size - 2 * len(json.dumps(occupant, ensure_ascii=False).encode()) - 40
    payloads = Random(size).randbytes(size).hex()[: max(padding, 0)]  # noqa: S311 -- the same each time
    return json.dumps({"occupants": [occupant, occupant], "payloads": payloads}, ensure_ascii=False)


def a_passage(**changes: Any) -> PassageRecord:
    """A passing vehicle of LS1, at noon of 3 May in China."""
    given: dict[str, Any] = {
        "station": "LS1",
        "id": new_id(),
        "checkpoint": "LS",
        "kind": "checked",
        "verdict": "pass",
        "started_at": NOON,
        "concluded_at": NOON,
        "plate": "闽E12345",
        "plate_kind": "small",
        "direction": "in",
        "people": 2,
        "officer": "A01",
        "on_duty": ("A01", "B02"),
        "shift_date": date(2026, 5, 3),
        "shift": "早",
        "policy_version": "2026-05-01",
        "policy_notice": "5号通告",
        "policy_sha256": "ab" * 32,
        "trust_sha256": "cd" * 32,
        "trust_age_s": 3600,
        "clock": "trusted",
        "demo": True,
        "reasons": json.dumps([{"code": "all_in_order"}]),
        "evidence": evidence(),
    }
    return PassageRecord(**(given | changes))


def a_decision(passage: PassageRecord, **changes: Any) -> DecisionRecord:
    """A release by the officer beside the lead."""
    given: dict[str, Any] = {
        "station": passage.station,
        "id": new_id(),
        "passage": passage.id,
        "kind": "release",
        "at": NOON,
        "officer": "A01",
        "lead": "L01",
        "reason": "paper certificate seen",
    }
    return DecisionRecord(**(given | changes))


def a_person(**changes: Any) -> PersonRecord:
    """An officer."""
    given: dict[str, Any] = {"code": "A01", "name": "陈静", "unit": "区建设局", "role": "officer", "added_at": NOON}
    return PersonRecord(**(given | changes))


def a_roster(version: int = 1, **changes: Any) -> RosterRecord:
    """A published version of the roster of four weeks from 4 May."""
    given: dict[str, Any] = {
        "station": "LS1",
        "id": new_id(),
        "district": "",
        "start": date(2026, 5, 4),
        "length": 28,
        "version": version,
        "published_at": NOON,
        "published_by": "L01",
        "problem": "{}",
        "assignments": '[["2026-05-04","early","LS","lead","L01"]]',
    }
    return RosterRecord(**(given | changes))


def a_step(number: int = 1, **changes: Any) -> SwapStepRecord:
    """A step of swap s1 about that roster; the first one is its offer."""
    given: dict[str, Any] = {
        "station": "LS1",
        "id": new_id(),
        "swap": "s1",
        "number": number,
        "district": "",
        "start": date(2026, 5, 4),
        "act": "offer" if number == 1 else "accept",
        "person": "A01",
        "at": NOON,
        "before": "draft" if number == 1 else "offered",
        "after": "offered" if number == 1 else "accepted",
        "version": 1,
        "why": "家里有事",
        "proposal": "{}" if number == 1 else None,
    }
    return SwapStepRecord(**(given | changes))


def a_handover(**changes: Any) -> HandoverStepRecord:
    """The first step of an early shift's handover."""
    given: dict[str, Any] = {
        "station": "LS1",
        "id": new_id(),
        "checkpoint": "LS",
        "shift_date": date(2026, 5, 3),
        "shift": "early",
        "number": 1,
        "kind": "written",
        "person": "L01",
        "at": NOON,
        "sheet": "{}",
    }
    return HandoverStepRecord(**(given | changes))
