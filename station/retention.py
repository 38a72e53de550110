"""How long personal data is kept: a day over the policy's limit loses its key, and nobody can read it any more.

The rows stay, encrypted, and the ledger over them still verifies. No copy of the database holds day keys: it is gone
from them too.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from db import events, passages
from db.engine import Database
from db.filters import Filters
from db.records import EventRecord, new_id
from station.access import Action, Actor, require
from station.masking import mask_filters
from station.passages import to_json

ERASED = "personal_data_erased"
HELD, RELEASED = "legal_hold", "legal_hold_released"


class HoldError(Exception):
    """A legal hold that cannot be; `code` says why."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Hold:
    """Days kept from erasure until it is released (法律保全).

    Attributes:
        number: What people call it: the first hold of this log is 1.
        id: That of its event.
        by: Who asked for it.
        filters: Which passages it is about, a plate masked; empty where days were named.
    """

    number: int
    id: str
    days: tuple[date, ...]
    why: str
    by: str | None
    at: datetime
    filters: Mapping[str, str | bool]


@dataclass(frozen=True, slots=True)
class Fitting:
    """What a hold found that was asked for by filters.

    Attributes:
        passages: How many fit.
        erased: Days of theirs that cannot be read any more, so not be held.
    """

    hold: Hold
    passages: int
    erased: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Which days can be read, oldest first: of those over the limit `held` stay until released, `due` are erased."""

    kept: tuple[date, ...]
    held: tuple[date, ...]
    due: tuple[date, ...]


def standing(database: Database, keep_days: int, now: datetime) -> Standing:
    """How it stands. A day is UTC's, and over the limit once all of it was longer ago than that."""
    days = sorted(database.day_keys.current())
    over = [day for day in days if is_over(day, keep_days, now)]
    kept_back = held_days(database)
    return Standing(
        tuple(day for day in days if day not in over),
        tuple(day for day in over if day in kept_back),
        tuple(day for day in over if day not in kept_back),
    )


def holds(database: Database) -> tuple[Hold, ...]:
    """Those in force, oldest first."""
    told = events.of_kinds(database, {HELD, RELEASED})
    ended = {json.loads(event.details)["hold"] for event in told if event.kind == RELEASED}
    made = enumerate((event for event in told if event.kind == HELD), 1)
    return tuple(_hold(number, event) for number, event in made if event.id not in ended)


def held_days(database: Database) -> frozenset[date]:
    """Days that no limit erases at present."""
    return frozenset(day for one in holds(database) for day in one.days)


def hold(database: Database, days: Collection[date], why: str, *, actor: Actor, station: str, now: datetime) -> Hold:
    """Keep days from erasure until released; everything of them, as a day has one key.

    Raises:
        AccessError: They may not.
        HoldError: A day cannot be read any more, or not yet.
        DatabaseError: A named one.
    """
    require(database, actor, Action.LEGAL_HOLD, station=station, now=now)
    return _keep(database, days, {"why": why}, actor=actor, station=station, now=now)


def hold_fitting(
    database: Database, filters: Filters, why: str, *, actor: Actor, station: str, now: datetime
) -> Fitting:
    """Keep from erasure the days of the passages that fit now, and of the decisions on them.

    A day has one key, so everything of those days is kept. Passages that come later are not in it.

    Args:
        database: The log.
        filters: Which passages; not what only decrypting finds.
        why: The reason.
        actor: Who.
        station: Whose log says so.
        now: When.

    Raises:
        AccessError: They may not.
        HoldError: By what only decrypting finds; none fits; none of their days can be read any more.
        DatabaseError: A named one.
    """
    require(database, actor, Action.LEGAL_HOLD, station=station, now=now)
    if filters.opens:
        raise HoldError("hold_opens")
    found, days = passages.count(database, filters), passages.days(database, filters)
    if not days:
        raise HoldError("hold_nothing")
    erased = days - database.day_keys.current().keys()
    details = {"why": why, "filters": mask_filters(filters), "passages": found}
    left = days - erased or days  # where none is left, all are told
    made = _keep(database, left, details, actor=actor, station=station, now=now)
    return Fitting(made, found, tuple(sorted(erased)))


def release(database: Database, number: int, *, actor: Actor, station: str, now: datetime) -> Hold:
    """End a hold: its days are erased when the limit says so, at once if it has said so already.

    Raises:
        AccessError: They may not.
        HoldError: No such hold is in force.
        DatabaseError: A named one.
    """
    require(database, actor, Action.LEGAL_HOLD, station=station, now=now)
    ending = next((one for one in holds(database) if one.number == number), None)
    if ending is None:
        raise HoldError("hold_unknown", number=number)
    details = to_json({"hold": ending.id})
    record = EventRecord(station=station, id=new_id(), at=now, kind=RELEASED, actor=actor.code, details=details)
    events.append(database, record)
    return ending


def run(database: Database, keep_days: int, *, actor: Actor, station: str, now: datetime) -> tuple[date, ...]:
    """Erase what is over the limit, and write that down.

    Returns:
        The days erased.

    Raises:
        AccessError: They may not.
        DatabaseError: A named one; those days can still be read.
    """
    require(database, actor, Action.RETENTION, station=station, now=now)
    if not standing(database, keep_days, now).due:  # on most days: nobody waits for the lock then
        return ()
    with database.write() as connection:
        due = standing(database, keep_days, now).due  # a hold of this very moment counts
        if due:
            details = to_json({"days": due, "keep_days": keep_days})
            record = EventRecord(station=station, id=new_id(), at=now, kind=ERASED, actor=actor.code, details=details)
            events.append_within(database, connection, record)
            database.day_keys.forget(due)
    return due


def is_over(day: date, keep_days: int, now: datetime) -> bool:
    """Whether all of a day was longer ago than that."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) <= now - timedelta(days=keep_days)


def _keep(
    database: Database, days: Collection[date], details: dict[str, Any], *, actor: Actor, station: str, now: datetime
) -> Hold:
    """In one transaction, so that no erasure comes between looking for the days' keys and holding them."""
    told = to_json({"days": sorted(set(days)), **details})
    record = EventRecord(station=station, id=new_id(), at=now, kind=HELD, actor=actor.code, details=told)
    with database.write() as connection:
        if missing := sorted(set(days) - database.day_keys.current().keys()):
            raise HoldError("hold_unreadable", days=" ".join(day.isoformat() for day in missing))
        events.append_within(database, connection, record)
    return next(one for one in holds(database) if one.id == record.id)


def _hold(number: int, event: EventRecord) -> Hold:
    told = json.loads(event.details)
    days = tuple(map(date.fromisoformat, told["days"]))
    return Hold(number, event.id, days, told["why"], event.actor, event.at, told.get("filters", {}))
