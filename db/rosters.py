"""Published rosters, version after version, and the drafts that leads have in hand."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, timedelta

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select

from db import appending
from db.engine import Database
from db.errors import RosterDamaged, RosterOverlaps
from db.records import RosterDraftRecord, RosterRecord, values
from db.tables import roster_drafts, roster_versions
from shifts.publishing import Outdated

_SELECT = select(roster_versions)


def sealed(record: RosterRecord) -> RosterRecord:
    """The record with the SHA-256 of its canonical text.

    That is the JSON object of its other fields, keys sorted, no spaces, UTF-8, days and instants in ISO 8601 (UTC).
    """
    return replace(record, sha256=_digest(record))


def append_within(database: Database, connection: Connection, record: RosterRecord) -> None:
    """Keep a version, sealed, in the transaction of what it settles.

    Raises:
        Outdated: It is not the one after the newest, which somebody published meanwhile.
        RosterOverlaps: Another roster of the district holds some of its days.
        RecordRefused: A value is not of its kind.
    """
    newest = newest_number(connection, record.district, record.start)
    if record.version != newest + 1:
        raise Outdated(record.version - 1, newest)
    for start, length in _periods(connection, record.district):
        if start == record.start and length == record.length:
            continue
        if start < _after(record.start, record.length) and record.start < _after(start, length):
            last = _after(start, length) - timedelta(days=1)
            raise RosterOverlaps(start=start.isoformat(), last=last.isoformat())
    appending.append(database, connection, sealed(record))


def newest_number(connection: Connection, district: str, start: date) -> int:
    """The newest version's number; 0 where there is none."""
    query = select(func.max(roster_versions.c.version)).where(*_is(district, start))
    return connection.scalar(query) or 0


def numbers_within(connection: Connection, district: str, first: date, after: date) -> dict[date, int]:
    """The newest version's number of each roster with one of these days, by the day it starts on."""
    table = roster_versions.c
    query = (
        select(table.start, table.length, func.max(table.version).label("version"))
        .where(table.district == district, table.start < after)
        .group_by(table.start, table.length)
    )
    return {row.start: row.version for row in connection.execute(query) if _after(row.start, row.length) > first}


def newest(database: Database, district: str, start: date) -> RosterRecord | None:
    """The newest version of the roster that starts on this day; None where there is none.

    Raises:
        RosterDamaged: It is not as it was written.
    """
    found = _fetch(database, _SELECT.where(*_is(district, start)).order_by(roster_versions.c.version.desc()).limit(1))
    return found[0] if found else None


def versions(database: Database, district: str, start: date | None = None) -> list[RosterRecord]:
    """Every version, in the order they were published; of one roster, if `start` is given. Raises as `newest`."""
    query = _SELECT.where(roster_versions.c.district == district)
    if start is not None:
        query = query.where(roster_versions.c.start == start)
    return _fetch(database, query.order_by(roster_versions.c.published_at, roster_versions.c.version))


def periods(database: Database, district: str) -> list[tuple[date, int]]:
    """First day and length of each roster, by time; no two of them share a day."""
    with database.read() as connection:
        return _periods(connection, district)


def count(database: Database, district: str) -> int:
    """How many versions were published: another figure than before means that there is something to read."""
    query = select(func.count()).select_from(roster_versions).where(roster_versions.c.district == district)
    with database.read() as connection:
        return connection.scalar(query) or 0


# --- drafts ----------------------------------------------------------------------------------------------------------


def save_draft(database: Database, record: RosterDraftRecord) -> None:
    """Keep somebody's draft of a roster in place of what they had.

    Raises:
        DatabaseError: A named fault; the draft before it is kept.
    """
    with database.write() as connection:
        drop_draft_within(connection, record.district, record.start, record.person)
        connection.execute(insert(roster_drafts), values(record))


def drafts(database: Database, district: str, person: str) -> list[RosterDraftRecord]:
    """Somebody's drafts, the one saved last first."""
    query = (
        select(roster_drafts)
        .where(roster_drafts.c.district == district, roster_drafts.c.person == person)
        .order_by(roster_drafts.c.saved_at.desc(), roster_drafts.c.start)
    )
    with database.read() as connection:
        return [RosterDraftRecord(**row) for row in connection.execute(query).mappings()]


def drop_draft_within(connection: Connection, district: str, start: date, person: str) -> None:
    """Forget somebody's draft: it was published, or they gave it up."""
    mine = roster_drafts.c
    connection.execute(
        delete(roster_drafts).where(mine.district == district, mine.start == start, mine.person == person)
    )


# --- within ----------------------------------------------------------------------------------------------------------


def _is(district: str, start: date) -> tuple[ColumnElement[bool], ...]:
    return roster_versions.c.district == district, roster_versions.c.start == start


def _after(start: date, length: int) -> date:
    return start + timedelta(days=length)


def _periods(connection: Connection, district: str) -> list[tuple[date, int]]:
    table = roster_versions.c
    query = select(table.start, table.length).where(table.district == district).distinct().order_by(table.start)
    return [(row.start, row.length) for row in connection.execute(query)]


def _fetch(database: Database, query: Select[tuple[object, ...]]) -> list[RosterRecord]:
    with database.read() as connection:
        found = [RosterRecord(**row) for row in connection.execute(query).mappings()]
    for record in found:
        if record.sha256 != _digest(record):
            raise RosterDamaged(start=record.start.isoformat(), version=record.version)
    return found


def _digest(record: RosterRecord) -> str:
    told = values(record) | {
        "start": record.start.isoformat(),
        "published_at": record.published_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    del told["sha256"]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
