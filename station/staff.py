"""Who works here, as an administrator keeps it: added, changed, disabled, given PINs."""

from collections.abc import Iterable
from datetime import datetime

from db import people
from db.engine import Database
from db.records import PersonRecord
from station.access import AccessError, Action, Actor, administrators, require
from station.pins import hash_chosen


def add(database: Database, person: PersonRecord, *, actor: Actor, station: str, now: datetime) -> None:
    """Add somebody.

    Raises:
        AccessError: `actor` may not.
        RecordRefused: The code is taken.
        DatabaseError: Another named fault; nothing was kept.
    """
    require(database, actor, Action.KEEP_PEOPLE, station=station, now=now)
    people.add(database, person, station=station, by=actor.code)


def take_over(
    database: Database, given: Iterable[PersonRecord], *, actor: Actor, station: str, now: datetime
) -> tuple[list[str], list[str]]:
    """A list of people, all of it or nothing (`db.people.take_over`): codes of those added, and of those changed.

    Raises:
        AccessError: `actor` may not.
        DatabaseError: A named fault; nothing was changed.
    """
    require(database, actor, Action.KEEP_PEOPLE, station=station, now=now)
    return people.take_over(database, given, station=station, by=actor.code)


def set_active(database: Database, code: str, *, active: bool, actor: Actor, station: str, now: datetime) -> None:
    """Disable somebody, or put them back.

    Raises:
        AccessError: `actor` may not; or it is the last administrator, without whom anybody could set it up anew.
        PersonUnknown: Nobody has this code.
        DatabaseError: Another named fault; nothing was changed.
    """
    require(database, actor, Action.KEEP_PEOPLE, station=station, now=now)
    if not active and administrators(database) == {code}:
        raise AccessError("last_administrator", person=code)
    people.change(database, code, station=station, by=actor.code, at=now, active=active)


def set_pin(database: Database, code: str, pin: str, *, actor: Actor, station: str, now: datetime) -> None:
    """Give somebody a PIN; one's own, anybody who signed in may set.

    Raises:
        AccessError: `actor` may not.
        PinMalformed: That is no PIN.
        PinCommon: It is easily guessed.
        PersonUnknown: Nobody has this code.
        DatabaseError: Another named fault; nothing was changed.
    """
    if actor.code != code:
        require(database, actor, Action.SET_PINS, station=station, now=now)
    people.set_pin_hash(database, code, hash_chosen(pin, code), station=station, by=actor.code, at=now)
