"""From a concluded check to the record that is kept, and back to what the replay memory needs."""

import json
import math
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from db.records import PassageRecord
from scanner.credentials import NeedsOnline
from scanner.plates import Plate
from shifts.model import DatedShift
from station.check import Check
from station.config import Config
from station.evidence import Evidence
from station.replay import Sighting
from station.verdict import Verdict

MANUAL, ONLINE, UNREAD = "manual", "online", "unread"
"""What was typed from paper or screen; a code that only its issuer can look up; one that gave no credential."""


def record_of(
    check: Check,
    verdict: Verdict,
    *,
    config: Config,
    concluded: datetime,
    shift: DatedShift,
    officer: str | None,
    on_duty: tuple[str, ...],
    bare: bool = False,
) -> PassageRecord:
    """The passage as it is written: the computed verdict with everything it was taken on.

    A bare one leaves out what a bug may keep from being put down, evidence and previous passage: it says at least
    which vehicle it was, when, and that something failed.
    """
    evidence, policy = check.evidence, check.policy
    plate = evidence.plate if isinstance(evidence.plate, Plate) else None
    return PassageRecord(
        station=config.station,
        id=check.id,
        checkpoint=config.checkpoint,
        kind=str(check.kind),
        verdict=verdict.outcome.word,
        started_at=check.started,
        concluded_at=concluded,
        plate=plate.text if plate else None,
        plate_kind=str(plate.kind) if plate else None,
        direction=None if evidence.direction is None else str(evidence.direction),
        people=evidence.people,
        officer=officer,
        on_duty=on_duty,
        shift_date=shift.day,
        shift=shift.code,
        policy_version=policy.version,
        policy_notice=policy.notice,
        policy_sha256=policy.sha256,
        trust_sha256=evidence.trust.sha256,
        trust_age_s=None if evidence.trust.age is None else int(evidence.trust.age.total_seconds()),
        clock=str(evidence.clock),
        demo=evidence.trust.demo,
        previous=check.recheck_of[0] if check.recheck_of and not bare else None,
        reason_codes=tuple(dict.fromkeys(str(reason.code) for reason in verdict.reasons)),
        code_families=families_of(evidence),
        reasons=to_json([asdict(reason) for reason in verdict.reasons]),
        evidence="{}" if bare else to_json(asdict(evidence)),
    )


def families_of(evidence: Evidence) -> tuple[str, ...]:
    """Which kinds of codes and papers were shown: of `Family`, `MANUAL`, and `ONLINE` or `UNREAD` where one failed.

    It says nothing of anybody: it is kept in the clear.
    """
    found: set[str] = set()
    for occupant in evidence.occupants:
        found.update(str(seen.credential.family) for seen in occupant.codes)
        if occupant.manual:
            found.add(MANUAL)
    for failed in (*evidence.failed, *(one for occupant in evidence.occupants for one in occupant.failed)):
        found.add(ONLINE if failed.code == NeedsOnline.code else UNREAD)
    return tuple(sorted(found))


def sightings_of(record: PassageRecord) -> Iterator[Sighting]:
    """The codes a kept passage saw, for the replay memory of a station that was restarted."""
    for occupant in json.loads(record.evidence).get("occupants", ()):
        for seen in occupant["codes"]:
            yield Sighting(seen["credential"]["code_id"], record.id, record.plate, record.concluded_at)


def to_json(value: object) -> str:
    """Compact JSON: instants in ISO 8601, bytes in hex, durations in seconds, outcomes as words, NaN as text."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return getattr(value, "word", str(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # JSON has no word for it
    return value
