"""The one way into the append-only tables: a row is written, what it says of people encrypted, and chained."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

from db import ledger, personal
from db.canonical import COLUMNS, VERSION, row_hash
from db.connection import bare_of
from db.engine import Database
from db.errors import RecordRefused
from db.records import (
    CORRECTION,
    BadgeRecord,
    DecisionRecord,
    DocumentRecord,
    EventRecord,
    HandoverStepRecord,
    PassageRecord,
    RosterRecord,
    SignInRecord,
    SwapStepRecord,
    values,
)
from db.tables import (
    badges,
    decisions,
    documents,
    events,
    handover_steps,
    passages,
    roster_versions,
    sign_ins,
    swap_steps,
)

Appended = (
    PassageRecord
    | DecisionRecord
    | EventRecord
    | DocumentRecord
    | SignInRecord
    | BadgeRecord
    | RosterRecord
    | SwapStepRecord
    | HandoverStepRecord
)
_TABLES: dict[type[Appended], Table] = {
    PassageRecord: passages,
    DecisionRecord: decisions,
    EventRecord: events,
    DocumentRecord: documents,
    SignInRecord: sign_ins,
    BadgeRecord: badges,
    RosterRecord: roster_versions,
    SwapStepRecord: swap_steps,
    HandoverStepRecord: handover_steps,
}


def append(database: Database, connection: Connection, record: Appended) -> None:
    """Write a record for good, in a write transaction.

    Raises:
        RecordRefused: It is there already, what it refers to is not, or a value is not of its kind.
        DatabaseError: Another named fault; the transaction is to be left.
    """
    append_bare(database, bare_of(connection), record)


def append_bare(database: Database, bare: Any, record: Appended) -> None:
    """As `append`, on a driver's own connection (`Database.write_bare`)."""
    table = _TABLES[type(record)]
    row = row_of(database, record)
    bare.execute(_insert(table), row)
    hashed = row_hash(table.name, row)
    ledger.enter(bare, database.signer, station=record.station, table=table.name, row_id=record.id, row_sha256=hashed)


def row_of(database: Database, record: Appended) -> tuple[Any, ...]:
    """A record as its table keeps it, in the order in which it is hashed and inserted.

    Raises:
        RecordRefused: A value has no such form as its column keeps.
        DatabaseError: The day's key can be neither read nor made.
    """
    table = _TABLES[type(record)]
    try:
        fields = _fields(database, record)
        return tuple([keep(fields[name]) if keep else fields[name] for name, keep in _keepers(table)])
    except (AttributeError, TypeError, ValueError) as error:
        raise RecordRefused(path=table.name, reason=str(error)) from error


def _fields(database: Database, record: Appended) -> dict[str, Any]:
    """The record's fields, what they say of people enclosed."""
    fields = values(record)
    if isinstance(record, PassageRecord):
        day = personal.day_of(record.concluded_at)
        key = database.day_keys.for_writing(day)
        fields["plate_index"] = personal.plate_index(key, record.plate) if record.plate else None
        fields["id_indexes"] = personal.id_indexes(key, record.evidence)
    elif isinstance(record, DecisionRecord):
        day = personal.day_of(record.at)
        key = database.day_keys.for_writing(day)
        right = personal.corrected(record.details) if record.kind == CORRECTION else None
        fields["plate_index"] = personal.plate_index(key, right) if right else None
    else:
        return fields
    name = _TABLES[type(record)].name
    return {**fields, "personal_day": day, "personal": personal.enclose(key, name, fields)}


@cache
def _keepers(table: Table) -> tuple[tuple[str, Any], ...]:
    """Column by column, what turns a value into what is kept; compiled once, as on the hot path it would cost most."""
    dialect = sqlite.dialect()
    names = COLUMNS[VERSION][table.name]
    return tuple((name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names)


@cache
def _insert(table: Table) -> str:
    names = COLUMNS[VERSION][table.name]
    listed = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table.name} ({listed}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 - our own names
