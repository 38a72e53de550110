"""What is done about a passage (处置): appended, never changing the computed verdict."""

from datetime import datetime
from enum import StrEnum

from db import passages
from db.engine import Database
from db.filters import SETTLING
from db.records import DecisionRecord, PassageRecord, new_id
from scanner import plates
from station.access import AccessError, Action, authorise
from station.passages import to_json
from station.verdict import Outcome


class Decision(StrEnum):
    """The kinds of decision."""

    RELEASE = "release"
    TURN_BACK = "turn_back"
    SENT_TO_TEST = "sent_to_test"
    CALLED = "called"
    CORRECTION = "correction"


class DecisionError(Exception):
    """A decision that the rules forbid; nothing was written."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def find(database: Database, station: str, passage: str) -> PassageRecord:
    """The passage with this id.

    Raises:
        DecisionError: There is none.
    """
    record = passages.get(database, station, passage)
    if record is None:
        raise DecisionError("passage_unknown", passage=passage)
    return record


def release(
    database: Database,
    *,
    station: str,
    passage: str,
    officer: tuple[str, str],
    lead: tuple[str, str],
    reason: str,
    now: datetime,
) -> DecisionRecord:
    """Release a review: the officer's and the shift lead's code and PIN, and why.

    Raises:
        DecisionError: No such passage, not a review, decided before, or no reason given.
        AccessError: A wrong PIN, a role that may not, or one person as both.
    """
    record = find(database, station, passage)
    if record.verdict != Outcome.REVIEW.word:
        raise DecisionError("release_not_review")
    if not reason.strip():
        raise DecisionError("reason_blank")
    if officer[0] == lead[0]:
        raise AccessError("not_allowed", person=lead[0])
    authorise(database, *officer, Action.CHECK, station=station, now=now)
    authorise(database, *lead, Action.RELEASE, station=station, now=now)
    decision = DecisionRecord(
        station=station,
        id=new_id(),
        passage=passage,
        kind=str(Decision.RELEASE),
        at=now,
        officer=officer[0],
        lead=lead[0],
        reason=reason.strip(),
    )
    if not passages.append_decision(database, decision, unless=lambda one: one.kind in SETTLING):
        raise DecisionError("decision_made")
    return decision


def note(
    database: Database,
    *,
    station: str,
    passage: str,
    kind: Decision,
    officer: tuple[str, str],
    reason: str,
    now: datetime,
) -> DecisionRecord:
    """Any other decision, on the officer's own word.

    Raises:
        DecisionError: No such passage, the kind is a release or a correction, or the same turn back is kept already.
        AccessError: A wrong PIN, or a role that may not.
    """
    if kind in {Decision.RELEASE, Decision.CORRECTION}:
        raise DecisionError("decision_unknown", kind=str(kind))
    find(database, station, passage)
    authorise(database, *officer, Action.CHECK, station=station, now=now)
    why = reason.strip() or None
    decision = DecisionRecord(
        station=station, id=new_id(), passage=passage, kind=str(kind), at=now, officer=officer[0], reason=why
    )

    def is_same(one: DecisionRecord) -> bool:
        return kind is Decision.TURN_BACK and (one.kind, one.officer, one.reason) == (kind, officer[0], why)

    if not passages.append_decision(database, decision, unless=is_same):  # OK was touched twice
        raise DecisionError("turned_back_already")
    return decision


def correct_plate(
    database: Database, *, station: str, passage: str, officer: tuple[str, str], plate: str, now: datetime
) -> DecisionRecord:
    """Correct a mistyped plate by an appended correction; the passage keeps what was typed.

    Raises:
        DecisionError: No such passage, or no plate given.
        AccessError: A wrong PIN, or a role that may not.
    """
    record = find(database, station, passage)
    right = plates.parse(plate)
    if not right.text:
        raise DecisionError("plate_blank")
    authorise(database, *officer, Action.CHECK, station=station, now=now)
    details = to_json({"plate": {"was": record.plate, "is": right.text, "kind": right.kind}})
    decision = DecisionRecord(
        station=station,
        id=new_id(),
        passage=passage,
        kind=str(Decision.CORRECTION),
        at=now,
        officer=officer[0],
        details=details,
    )
    passages.append_decision(database, decision)
    return decision
