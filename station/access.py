"""Who may do what, and who somebody is: one table of roles and actions, which every service asks."""

import json
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from hashlib import sha256
from itertools import takewhile
from math import ceil

from db import events, people
from db.engine import Database
from db.pins import hash_pin, verify_pin
from db.records import EventRecord, PersonRecord, new_id

FREE = 5
"""Wrong PINs in a row for one code that cost nothing but the time of being verified."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
"""After the last of these, and at most: each further one doubles the wait."""
FORGOTTEN = timedelta(days=1)
"""Wrong PINs as old as this no longer count."""
_WRONG, _RIGHT = "pin_wrong", "pin_right"


class Role(StrEnum):
    """What somebody is at the checkpoint."""

    OFFICER = "officer"
    LEAD = "lead"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What a role may be allowed to do."""

    CHECK = "check"
    RELEASE = "release"
    SWAP = "swap"
    PLAN = "plan"
    PUBLISH = "publish"
    APPROVE = "approve"
    HAND_OVER = "hand_over"


_MAY: dict[Role, frozenset[Action]] = {
    Role.OFFICER: frozenset({Action.CHECK, Action.SWAP}),
    Role.LEAD: frozenset(Action),
    Role.AUDITOR: frozenset(),
    Role.ADMINISTRATOR: frozenset(),
}


class AccessError(Exception):
    """Not this person, or not this action; `code` says which."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def may(role: str, action: Action) -> bool:
    """Whether a role may do this."""
    return action in _MAY[Role(role)]


def identify(database: Database, code: str, pin: str, *, station: str, now: datetime) -> PersonRecord:
    """The person with this code, if the PIN is theirs. Each wrong PIN is an event, and from the fifth costs time.

    Raises:
        AccessError: Wrong code or PIN (not told apart), too many before (not even looked at), or no longer active.
        DatabaseError: A wrong PIN could not be kept.
    """
    person = people.get(database, code)
    # What nobody is called may be a PIN in the wrong field, and is not kept as it was typed.
    whose = code if person is not None else sha256(code.encode(errors="replace")).hexdigest()[:16]
    told = json.dumps({"person": whose}, ensure_ascii=False)
    before = events.told_of(database, told, (_WRONG, _RIGHT), now - FORGOTTEN)
    wrong = list(takewhile(lambda event: event.kind == _WRONG, before))
    if (left := _left(wrong, now)) > timedelta():
        raise AccessError("pin_waits", seconds=ceil(left.total_seconds()))
    pin_hash = person.pin_hash if person is not None else None
    right = verify_pin(pin_hash or _nobodys_pin_hash(), pin)
    if wrong or not right:
        kind = _RIGHT if right else _WRONG
        events.append(database, EventRecord(station=station, id=new_id(), at=now, kind=kind, details=told))
    if person is None or pin_hash is None or not right:
        raise AccessError("pin_wrong")
    if not person.active:
        raise AccessError("person_inactive", person=code)
    return person


def _left(wrong: list[EventRecord], now: datetime) -> timedelta:
    """How long nobody may try; `wrong` are those in a row, newest first."""
    if len(wrong) < FREE:
        return timedelta()
    wait = min(FIRST_WAIT * (1 << min(len(wrong) - FREE, 10)), LONGEST_WAIT)
    return min(wrong[0].at + wait - now, wait)  # a clock set back makes nobody wait longer


@cache
def _nobodys_pin_hash() -> str:
    """What an unknown code's PIN is held against: it takes as long as a wrong PIN, so codes cannot be told by time."""
    return hash_pin("0000")


def authorise(database: Database, code: str, pin: str, action: Action, *, station: str, now: datetime) -> PersonRecord:
    """As `identify`, for somebody who may do this.

    Raises:
        AccessError: As `identify`, or their role may not.
    """
    person = identify(database, code, pin, station=station, now=now)
    if not may(person.role, action):
        raise AccessError("not_allowed", person=code)
    return person
