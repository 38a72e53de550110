"""Who may do what, and who somebody is: one table of roles and actions, which every service asks."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from hashlib import sha256
from itertools import takewhile
from math import ceil

from sqlalchemy import Connection

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
REFUSED = "refused"


class Role(StrEnum):
    """What somebody is at the checkpoint."""

    OFFICER = "officer"
    LEAD = "lead"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What somebody may be allowed to do: every act of the product is one of these."""

    VIEW_LOG = "view_log"
    """The passages with plates and names masked; a whole plate, which one knows already, may be looked for."""
    VERIFY = "verify"
    """Whether the ledger is as it was written."""
    CHECK = "check"
    """Come on duty, check vehicles, and decide what an officer may alone."""
    RELEASE = "release"
    SWAP = "swap"
    PLAN = "plan"
    PUBLISH = "publish"
    APPROVE = "approve"
    HAND_OVER = "hand_over"
    SEARCH_FRAGMENT = "search_fragment"
    """Passages are decrypted to look for a name, an ID number or a part of a plate; what is found is masked."""
    UNMASK = "unmask"
    VIEW_FIGURES = "view_figures"
    EXPORT = "export"
    """A signed file, masked."""
    EXPORT_PERSONAL = "export_personal"
    KEEP_HEADS = "keep_heads"
    IMPORT_POLICY = "import_policy"
    IMPORT_TRUST = "import_trust"
    IMPORT_WATCHLIST = "import_watchlist"
    IMPORT_SAMPLING_POINTS = "import_sampling_points"
    KEEP_PEOPLE = "keep_people"
    SET_PINS = "set_pins"
    """Of others; one's own, anybody may."""
    PRINT_BADGES = "print_badges"
    CONFIGURE = "configure"
    """The desk's camera and voice."""
    RETENTION = "retention"
    """Erase what is over the policy's days; when, the policy says."""
    LEGAL_HOLD = "legal_hold"
    BACKUP = "backup"
    RESTORE = "restore"
    RECOVERY_KEY = "recovery_key"


OPEN = frozenset({Action.VIEW_LOG, Action.VERIFY})
"""What nobody signs in for."""
_MAY: dict[Role, frozenset[Action]] = {
    Role.OFFICER: OPEN | {Action.CHECK, Action.SWAP, Action.SEARCH_FRAGMENT, Action.CONFIGURE},
    Role.LEAD: OPEN
    | {Action.CHECK, Action.RELEASE, Action.SWAP, Action.PLAN, Action.PUBLISH, Action.APPROVE, Action.HAND_OVER}
    | {Action.SEARCH_FRAGMENT, Action.UNMASK, Action.VIEW_FIGURES, Action.EXPORT, Action.KEEP_HEADS}
    | {Action.IMPORT_WATCHLIST, Action.IMPORT_SAMPLING_POINTS, Action.PRINT_BADGES, Action.CONFIGURE},
    # An auditor reads, and changes nothing.
    Role.AUDITOR: OPEN
    | {Action.SEARCH_FRAGMENT, Action.UNMASK, Action.VIEW_FIGURES}
    | {Action.EXPORT, Action.EXPORT_PERSONAL, Action.KEEP_HEADS},
    # An administrator sets the station up, sees nobody's data and decides about no vehicle.
    Role.ADMINISTRATOR: OPEN
    | {Action.IMPORT_POLICY, Action.IMPORT_TRUST, Action.IMPORT_SAMPLING_POINTS, Action.CONFIGURE}
    | {Action.KEEP_PEOPLE, Action.SET_PINS, Action.PRINT_BADGES, Action.KEEP_HEADS}
    | {Action.RETENTION, Action.LEGAL_HOLD, Action.BACKUP, Action.RESTORE, Action.RECOVERY_KEY},
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, as every service is told it: made below alone, from a PIN or for one of the two exceptions.

    Attributes:
        code: None: the station itself, or who sets it up before there is an administrator.
        allowed: As it was when they signed in; what is asked at each act is their role of then (`require`).
    """

    code: str | None
    allowed: frozenset[Action]

    def may(self, action: Action) -> bool:
        """Whether they might, when they signed in: what a screen offers them."""
        return action in self.allowed


NOBODY = Actor(None, OPEN | {Action.CHECK, Action.CONFIGURE})
"""A desk where nobody has signed in checks vehicles all the same; its rows name no officer, and that is said."""
STATION = Actor(None, OPEN | {Action.RETENTION})
"""What the running desk does by itself."""


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
    """The person with this code, if the PIN is theirs. Each PIN is an event; wrong ones, from the fifth, cost time.

    Raises:
        AccessError: Wrong code or PIN (not told apart), too many before (not even looked at), or no longer active.
        DatabaseError: That a PIN was given could not be kept.
    """
    person = people.get(database, code)
    # What nobody is called may be a PIN in the wrong field, and is not kept as it was typed.
    whose = code if person is not None else sha256(code.encode(errors="replace")).hexdigest()[:16]
    told = json.dumps({"person": whose}, ensure_ascii=False)
    with database.read() as connection:
        _must_not_wait(connection, told, now)
    pin_hash = person.pin_hash if person is not None else None
    right = verify_pin(pin_hash or _nobodys_pin_hash(), pin)  # in no transaction: a vehicle's row would wait for it
    with database.write() as connection:
        _must_not_wait(connection, told, now)  # others may have tried meanwhile: what their tries leave counts
        kind = _RIGHT if right else _WRONG
        record = EventRecord(station=station, id=new_id(), at=now, kind=kind, details=told)
        events.append_within(database, connection, record)
    if person is None or pin_hash is None or not right:
        raise AccessError("pin_wrong")
    if not person.active:
        raise AccessError("person_inactive", person=code)
    return person


def is_pin_of(database: Database, code: str, pin: str) -> bool:
    """Whether a PIN is this person's. Nothing is kept of the question: for where nothing can be.

    Raises:
        DatabaseError: Not even that can be read.
    """
    person = people.get(database, code)
    return person is not None and person.active and verify_pin(person.pin_hash or _nobodys_pin_hash(), pin)


def _must_not_wait(connection: Connection, told: str, now: datetime) -> None:
    before = events.told_within(connection, told, (_WRONG, _RIGHT), now - FORGOTTEN)
    wrong = list(takewhile(lambda event: event.kind == _WRONG, before))
    if (left := _left(wrong, now)) > timedelta():
        raise AccessError("pin_waits", seconds=ceil(left.total_seconds()))


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


def sign_in(database: Database, code: str, pin: str, *, station: str, now: datetime) -> Actor:
    """Somebody, from now on known. Raises as `identify`."""
    return actor_of(identify(database, code, pin, station=station, now=now))


def known(code: str) -> Actor:
    """Somebody whose PIN was right before, by their code: what they may is asked at the act."""
    return Actor(code, frozenset())


def founder(database: Database, code: str | None = None) -> Actor:
    """Whoever sets the station up, as long as there is no administrator who could; `code`: the one they will have.

    Raises:
        AccessError: There is one: somebody has to sign in.
    """
    if administrators(database):
        raise AccessError("sign_in_needed")
    return Actor(code, _MAY[Role.ADMINISTRATOR] | {Action.IMPORT_WATCHLIST})


def authorise(database: Database, code: str, pin: str, action: Action, *, station: str, now: datetime) -> PersonRecord:
    """As `identify`, for somebody who may do this: the one act that their PIN is given for.

    Raises:
        AccessError: As `identify`, or their role may not.
    """
    person = identify(database, code, pin, station=station, now=now)
    require(database, actor_of(person), action, station=station, now=now)
    return person


def require(database: Database, actor: Actor, action: Action, *, station: str, now: datetime) -> None:
    """Nothing, if they may do this now; what every service asks first. A refusal is an event.

    Raises:
        AccessError: They may not, no more, or are not active any more; or nobody has signed in.
        DatabaseError: The refusal could not be kept.
    """
    person = None if actor.code is None else people.get(database, actor.code)
    allowed = actor.allowed if person is None else _MAY[Role(person.role)] if person.active else frozenset()
    if action not in allowed:
        told = json.dumps({"action": action})
        record = EventRecord(station=station, id=new_id(), at=now, kind=REFUSED, actor=actor.code, details=told)
        events.append(database, record)
        raise AccessError("sign_in_needed") if actor.code is None else AccessError("not_allowed", person=actor.code)


def actor_of(person: PersonRecord) -> Actor:
    """Somebody whose PIN was right."""
    return Actor(person.code, _MAY[Role(person.role)])


def administrators(database: Database) -> frozenset[str]:
    """Codes of those who can sign in as administrators; while there is none, `founder` is who sets the station up."""
    known = people.everyone(database)
    return frozenset(one.code for one in known if one.active and one.pin_hash and one.role == Role.ADMINISTRATOR)
