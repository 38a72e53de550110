"""Who may do what, and who somebody is: one table of roles and actions, which every service asks."""

from datetime import datetime
from enum import StrEnum
from functools import cache

from db import people, sign_ins
from db.engine import Database
from db.pins import hash_pin, verify_pin
from db.records import PersonRecord, SignInRecord
from shifts.model import ShiftPlan


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


def identify(database: Database, code: str, pin: str) -> PersonRecord:
    """The person with this code, if the PIN is theirs.

    Raises:
        AccessError: Wrong code or PIN (not told apart), or no longer active.
    """
    person = people.get(database, code)
    pin_hash = person.pin_hash if person is not None else None
    right = verify_pin(pin_hash or _nobodys_pin_hash(), pin)
    if person is None or pin_hash is None or not right:
        raise AccessError("pin_wrong")
    if not person.active:
        raise AccessError("person_inactive", person=code)
    return person


@cache
def _nobodys_pin_hash() -> str:
    """What an unknown code's PIN is held against: it takes as long as a wrong PIN, so codes cannot be told by time."""
    return hash_pin("0000")


def authorise(database: Database, code: str, pin: str, action: Action) -> PersonRecord:
    """As `identify`, for somebody who may do this.

    Raises:
        AccessError: As `identify`, or their role may not.
    """
    person = identify(database, code, pin)
    if not may(person.role, action):
        raise AccessError("not_allowed", person=code)
    return person


def sign_in(database: Database, *, station: str, code: str, pin: str, now: datetime, plan: ShiftPlan) -> SignInRecord:
    """An officer or lead comes on duty at a station, for the shift that runs now.

    Raises:
        AccessError: As `authorise`.
    """
    person = authorise(database, code, pin, Action.CHECK)
    shift = plan.at(now)
    return sign_ins.sign_in(
        database, station=station, person=person.code, at=now, shift_date=shift.day, shift=shift.code
    )


def sign_out(database: Database, *, station: str, code: str, now: datetime, plan: ShiftPlan) -> SignInRecord:
    """Somebody leaves the station in the shift that runs now."""
    shift = plan.at(now)
    return sign_ins.sign_out(database, station=station, person=code, at=now, shift_date=shift.day, shift=shift.code)
