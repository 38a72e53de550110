"""Events: what happened besides passages and decisions."""

from sqlalchemy import Connection, insert, select

from db.engine import Database
from db.records import EventRecord, values
from db.tables import events

_INSERT = insert(events)


def append(database: Database, record: EventRecord) -> None:
    """Keep an event.

    Raises:
        DatabaseError: A named fault; nothing was kept.
    """
    with database.write() as connection:
        append_within(connection, record)


def append_within(connection: Connection, record: EventRecord) -> None:
    """Keep an event in the transaction of the change it tells of."""
    connection.execute(_INSERT, values(record))


def newest(database: Database, limit: int = 50, *, kind: str | None = None) -> list[EventRecord]:
    """The newest events, newest first; of one kind, if given."""
    query = select(events).order_by(events.c.at.desc(), events.c.id.desc()).limit(limit)
    if kind is not None:
        query = query.where(events.c.kind == kind)
    with database.read() as connection:
        return [EventRecord(**row) for row in connection.execute(query).mappings()]
