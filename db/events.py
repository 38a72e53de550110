"""Events: what happened besides passages and decisions."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from db import appending
from db.engine import Database
from db.records import EventRecord
from db.tables import events


def append(database: Database, record: EventRecord) -> None:
    """Keep an event.

    Raises:
        DatabaseError: A named fault; nothing was kept.
    """
    with database.write() as connection:
        append_within(database, connection, record)


def append_within(database: Database, connection: Connection, record: EventRecord) -> None:
    """Keep an event in the transaction of the change it tells of."""
    appending.append(database, connection, record)


def newest(database: Database, limit: int = 50, *, kind: str | None = None) -> list[EventRecord]:
    """The newest events, newest first; of one kind, if given."""
    query = select(events).order_by(events.c.at.desc(), events.c.id.desc()).limit(limit)
    if kind is not None:
        query = query.where(events.c.kind == kind)
    with database.read() as connection:
        return [EventRecord(**row) for row in connection.execute(query).mappings()]


def told_within(connection: Connection, details: str, kinds: Collection[str], since: datetime) -> list[EventRecord]:
    """Events of these kinds that tell just this, at or after an instant; newest first."""
    query = select(events).where(events.c.at >= since, events.c.kind.in_(kinds), events.c.details == details)
    rows = connection.execute(query.order_by(events.c.at.desc(), events.c.id.desc())).mappings()
    return [EventRecord(**row) for row in rows]


def of_kinds(database: Database, kinds: Collection[str]) -> list[EventRecord]:
    """Every event of these kinds, oldest first."""
    query = select(events).where(events.c.kind.in_(kinds)).order_by(events.c.at, events.c.id)
    with database.read() as connection:
        return [EventRecord(**row) for row in connection.execute(query).mappings()]
