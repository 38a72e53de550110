"""Imported texts: policies, trust lists, watchlists, sampling points. Each import is a row; the newest counts."""

import hashlib
from datetime import datetime

from sqlalchemy import Select, select

from db.appending import append
from db.engine import Database
from db.errors import RecordRefused
from db.records import DocumentRecord, new_id
from db.tables import documents


def put(
    database: Database,
    kind: str,
    body: str,
    *,
    station: str,
    at: datetime,
    by: str | None,
    issued_at: datetime | None = None,
) -> DocumentRecord:
    """Keep an imported text.

    Args:
        database: Where.
        kind: policy, trust, watchlist or sampling_points.
        body: The text, as it was given.
        station: Where it was imported.
        at: When it was imported.
        by: Code of who imported it.
        issued_at: When its issuer says it was made.

    Raises:
        RecordRefused: The kind is unknown.
        DatabaseError: Another named fault; nothing was kept.
    """
    try:
        sha256 = hashlib.sha256(body.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise RecordRefused(path=str(database.path), reason=str(error)) from error
    record = DocumentRecord(
        station=station,
        id=new_id(),
        kind=kind,
        sha256=sha256,
        body=body,
        issued_at=issued_at,
        imported_at=at,
        imported_by=by,
    )
    with database.write() as connection:
        append(database, connection, record)
    return record


def latest(database: Database, kind: str) -> DocumentRecord | None:
    """The text of a kind that was imported last, or None."""
    found = _fetch(database, _newest_first(kind).limit(1))
    return found[0] if found else None


def history(database: Database, kind: str) -> list[DocumentRecord]:
    """Every text of a kind, newest first."""
    return _fetch(database, _newest_first(kind))


def _newest_first(kind: str) -> Select[tuple[object, ...]]:
    query = select(documents).where(documents.c.kind == kind)
    return query.order_by(documents.c.imported_at.desc(), documents.c.id.desc())


def _fetch(database: Database, query: Select[tuple[object, ...]]) -> list[DocumentRecord]:
    with database.read() as connection:
        return [DocumentRecord(**row) for row in connection.execute(query).mappings()]
