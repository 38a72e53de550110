"""What the tables hold, as values of primitives. Instants are aware datetimes, UTC as they come back.

A record has the fields of its table, by the same names; of what its table keeps encrypted it has the fields in the
clear. `reasons`, `evidence` and `details` are JSON texts that the floor above writes and reads; they are kept byte for
byte.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, get_args

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
        reason_codes: Which reasons there were, in the clear: they stay when what `reasons` say of people is erased.
        code_families: Which kinds of codes and papers were shown; None in rows of a time when that was not kept.
        personal: How plate, reasons and evidence were found: open; erased, as the day's key is gone; damaged.
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
    reason_codes: tuple[str, ...] = ()
    code_families: tuple[str, ...] | None = None
    reasons: str = "[]"
    evidence: str = "{}"
    personal: str = "open"


CORRECTION = "correction"
"""The kind of decision that puts a plate right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """What was done about a passage (处置).

    Attributes:
        kind: release, turn_back, sent_to_test, called; or correction, note, which settle nothing.
        lead: The shift lead who stood beside the officer.
        personal: How reason and details were found: open; erased, as the day's key is gone; damaged.
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
    personal: str = "open"


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

    station: str
    id: str
    kind: str
    sha256: str
    body: str
    issued_at: datetime | None = None
    imported_at: datetime
    imported_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRecord:
    """Someone came on duty (`kind` in) or left (out).

    Attributes:
        shift_date: Of the shift it counts for, which may be the coming one, or the one that has just ended.
        how: pin, badge, or desk: who works at the desk leaves it without a word.
    """

    station: str
    id: str
    person: str
    at: datetime
    shift_date: date
    shift: str
    kind: str
    how: str = "pin"


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeRecord:
    """A badge that was handed out, or, without `sha256`, that the one before was taken back.

    Attributes:
        number: Counts up from 1 for each person; only the newest counts.
        sha256: Over what the badge says, which is kept nowhere.
    """

    station: str
    id: str
    person: str
    number: int
    at: datetime
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRecord:
    """One published version of a roster, never changed.

    Attributes:
        district: Whose roster; with `start` and `version` it names this one.
        start: First day of its period, which has `length` days.
        version: Counts up from 1.
        problem: What it is held to, as one JSON document.
        assignments: JSON, in a fixed order.
        approvals: JSON: the words of leads for what it breaks.
        refused: JSON: the wishes that could not be met.
        sha256: Over everything above (`db.rosters.sealed`).
    """

    station: str
    id: str
    district: str
    start: date
    length: int
    version: int
    published_at: datetime
    published_by: str
    problem: str
    assignments: str
    approvals: str = "[]"
    refused: str = "[]"
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapStepRecord:
    """One act in a swap's history.

    Attributes:
        swap: Whose step; the first of its steps has `number` 1 and carries the `proposal`, a JSON object.
        start: First day of the roster it changes.
        person: Who acted.
        before: The stage the act found, and `after` the one it led to.
        version: The version of the roster it looked at.
        approvals: JSON: the words a lead gave with it.
    """

    station: str
    id: str
    swap: str
    number: int
    district: str
    start: date
    act: str
    person: str
    at: datetime
    before: str
    after: str
    version: int
    why: str = ""
    approvals: str = "[]"
    proposal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverStepRecord:
    """One step of a shift's handover at a checkpoint: `kind` is written, given or taken, `sheet` a JSON object."""

    station: str
    id: str
    checkpoint: str
    shift_date: date
    shift: str
    number: int
    kind: str
    person: str
    at: datetime
    sheet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterDraftRecord:
    """A lead's draft of a roster, the one thing here that is written over: `problem` and `draft` are JSON."""

    district: str
    start: date
    person: str
    length: int
    problem: str
    draft: str
    saved_at: datetime


Record = (
    PassageRecord
    | DecisionRecord
    | EventRecord
    | PersonRecord
    | DocumentRecord
    | SignInRecord
    | BadgeRecord
    | RosterRecord
    | SwapStepRecord
    | HandoverStepRecord
    | RosterDraftRecord
)


_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in get_args(Record)}


def values(record: Record) -> dict[str, Any]:
    """A record's fields by name, not copied: what an insert takes."""
    return {name: getattr(record, name) for name in _NAMES[type(record)]}
