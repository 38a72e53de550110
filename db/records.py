"""What the tables hold, as values of primitives. Instants are aware datetimes, UTC as they come back.

A record has the fields of its table, by the same names. `reasons`, `evidence` and `details` are JSON texts that the
floor above writes and reads; they are kept byte for byte.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from uuid_utils import uuid7


def new_id() -> str:
    """A UUIDv7 (RFC 9562): sorts by the time it was made."""
    return str(uuid7())


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRecord:
    """One vehicle's check (通行记录), written once.

    Attributes:
        kind: checked, exempt or abandoned.
        verdict: pass, review or refuse.
        people: How many are in the vehicle, as the officer confirmed it.
        on_duty: Codes of the people signed in to the shift.
        trust_age_s: Age of the trust list, in seconds.
        clock: State of the clock, as the check found it.
        demo: A demo key was trusted.
        previous: The passage of this station that this one checks again.
    """

    station: str
    id: str
    checkpoint: str
    kind: str
    verdict: str
    started_at: datetime
    concluded_at: datetime
    plate: str | None = None
    plate_kind: str | None = None
    direction: str | None = None
    people: int | None = None
    officer: str | None = None
    on_duty: tuple[str, ...] = ()
    shift_date: date
    shift: str
    policy_version: str
    policy_notice: str | None = None
    policy_sha256: str
    trust_sha256: str | None = None
    trust_age_s: int | None = None
    clock: str
    demo: bool
    previous: str | None = None
    reasons: str = "[]"
    evidence: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """What was done about a passage (处置).

    Attributes:
        kind: release, turn_back, sent_to_test, called; or correction, note, which settle nothing.
        lead: The shift lead who stood beside the officer.
    """

    station: str
    id: str
    passage: str
    kind: str
    at: datetime
    officer: str
    lead: str | None = None
    reason: str | None = None
    details: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecord:
    """Something else worth keeping: who did what, when."""

    station: str
    id: str
    at: datetime
    kind: str
    actor: str | None = None
    details: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """Someone who may sign in; `role` is officer, lead, auditor or administrator, `pin_hash` argon2id's text."""

    code: str
    name: str
    unit: str
    role: str
    pin_hash: str | None = None
    active: bool = True
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """An imported text: `kind` is policy, trust, watchlist or sampling_points; `sha256` is of `body` in UTF-8."""

    id: str
    kind: str
    sha256: str
    body: str
    issued_at: datetime | None = None
    imported_at: datetime
    imported_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRecord:
    """Someone came on duty (`kind` in) or left (out)."""

    station: str
    id: str
    person: str
    at: datetime
    shift_date: date
    shift: str
    kind: str


Record = PassageRecord | DecisionRecord | EventRecord | PersonRecord | DocumentRecord | SignInRecord


_NAMES = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (PassageRecord, DecisionRecord, EventRecord, PersonRecord, DocumentRecord, SignInRecord)
}


def values(record: Record) -> dict[str, Any]:
    """A record's fields by name, not copied: what an insert takes."""
    return {name: getattr(record, name) for name in _NAMES[type(record)]}
