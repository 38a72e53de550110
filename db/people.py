"""People who may sign in. They change; each change is an event in the same transaction."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from db import events
from db.engine import Database
from db.errors import PersonUnknown
from db.records import EventRecord, PersonRecord, new_id, values
from db.tables import people


def add(database: Database, person: PersonRecord, *, station: str, by: str | None) -> None:
    """Add somebody; event `person_added`.

    Args:
        database: Where.
        person: Who.
        station: Where it is done.
        by: Code of who does it; None on the machine's own behalf.

    Raises:
        RecordRefused: The code is taken, or the role unknown.
        DatabaseError: Another named fault; nothing was kept.
    """
    with database.write() as connection:
        _add(database, connection, person, station=station, by=by)


def take_over(
    database: Database, given: Iterable[PersonRecord], *, station: str, by: str | None
) -> tuple[list[str], list[str]]:
    """A list of people, all of it or nothing: whom nobody knew is added, whom we know gets the name and unit given.

    Roles, PINs and who is active stay as they are: a list from elsewhere opens no doors.

    Returns:
        Codes of those added, and of those changed.

    Raises:
        RecordRefused: A role is unknown.
        DatabaseError: Another named fault; nothing was changed.
    """
    added, changed = [], []
    with database.write() as connection:
        for person in given:
            if connection.scalar(select(people.c.code).where(people.c.code == person.code)) is None:
                _add(database, connection, person, station=station, by=by)
                added.append(person.code)
                continue
            wanted = {"name": person.name, "unit": person.unit}
            before, new = _change(database, connection, person.code, wanted, station=station, by=by, at=person.added_at)
            if new:
                changed.append(before.code)
    return added, changed


def change(
    database: Database,
    code: str,
    *,
    station: str,
    by: str | None,
    at: datetime,
    name: str | None = None,
    unit: str | None = None,
    role: str | None = None,
    active: bool | None = None,
) -> PersonRecord:
    """Change what is given of somebody; event `person_changed`, with each changed field's old and new value.

    Returns:
        The person as now kept.

    Raises:
        PersonUnknown: Nobody has this code.
        RecordRefused: The role is unknown.
        DatabaseError: Another named fault; nothing was changed.
    """
    wanted = {"name": name, "unit": unit, "role": role, "active": active}
    with database.write() as connection:
        before, new = _change(database, connection, code, wanted, station=station, by=by, at=at)
        return replace(before, **new)


def set_pin_hash(
    database: Database, code: str, pin_hash: str | None, *, station: str, by: str | None, at: datetime
) -> None:
    """Set or, with None, take somebody's PIN; event `person_pin_set` or `person_pin_taken`, which hold no hash.

    Raises:
        PersonUnknown: Nobody has this code.
        DatabaseError: Another named fault; nothing was changed.
    """
    with database.write() as connection:
        _find(connection, code)
        connection.execute(update(people).where(people.c.code == code).values(pin_hash=pin_hash))
        kind = "person_pin_set" if pin_hash else "person_pin_taken"
        _tell(database, connection, kind, {"person": code}, station=station, by=by, at=at)


def get(database: Database, code: str) -> PersonRecord | None:
    """Somebody by code, or None."""
    with database.read() as connection:
        row = connection.execute(select(people).where(people.c.code == code)).mappings().first()
    return None if row is None else PersonRecord(**row)


def everyone(database: Database) -> list[PersonRecord]:
    """Everybody, active or not, by code."""
    with database.read() as connection:
        return [PersonRecord(**row) for row in connection.execute(select(people).order_by(people.c.code)).mappings()]


def _find(connection: Connection, code: str) -> PersonRecord:
    row = connection.execute(select(people).where(people.c.code == code)).mappings().first()
    if row is None:
        raise PersonUnknown(person=code)
    return PersonRecord(**row)


def _add(database: Database, connection: Connection, person: PersonRecord, *, station: str, by: str | None) -> None:
    told = {"person": person.code, "name": person.name, "unit": person.unit, "role": person.role}
    connection.execute(insert(people), values(person))
    _tell(database, connection, "person_added", told, station=station, by=by, at=person.added_at)


def _change(
    database: Database,
    connection: Connection,
    code: str,
    wanted: Mapping[str, Any],
    *,
    station: str,
    by: str | None,
    at: datetime,
) -> tuple[PersonRecord, dict[str, Any]]:
    """Somebody as they were, and what is new of what is wanted (None: as it is)."""
    person = _find(connection, code)
    before = values(person)
    new = {field: value for field, value in wanted.items() if value is not None and value != before[field]}
    if new:
        connection.execute(update(people).where(people.c.code == code).values(new))
        told = {"person": code} | {field: [before[field], value] for field, value in new.items()}
        _tell(database, connection, "person_changed", told, station=station, by=by, at=at)
    return person, new


def _tell(
    database: Database,
    connection: Connection,
    kind: str,
    details: dict[str, Any],
    *,
    station: str,
    by: str | None,
    at: datetime,
) -> None:
    told = json.dumps(details, ensure_ascii=False)
    record = EventRecord(station=station, id=new_id(), at=at, kind=kind, actor=by, details=told)
    events.append_within(database, connection, record)
