"""Passages as rows of texts for a file, in one moment's view; SQLite makes the texts, since millions are asked for."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, literal_column, select

from db import ledger, personal
from db.engine import Database
from db.heads import Head
from db.passages import Filters, conditions
from db.tables import passages

CHUNK = 1000
"""Rows read at a time."""


def _local(instant: str) -> str:
    """An instant as Beijing's clock had it, eight hours before UTC."""
    return f"strftime('%Y-%m-%d %H:%M:%S', {instant} / 1000000 + 28800, 'unixepoch')"


def _words(codes: str) -> str:
    """A JSON array of codes as `A01 B02`."""
    return f"replace(replace(substr({codes}, 2, length({codes}) - 2), '\"', ''), ',', '')"


_DECIDED = f"d.kind || ' ' || {_local('d.at')} || ' ' || d.officer || ifnull('+' || d.lead, '')"
_OF_PASSAGE = "FROM decisions d WHERE d.station = passages.station AND d.passage = passages.id"

COLUMNS = {
    "station": "station",
    "passage": "id",
    "concluded_at": _local("concluded_at"),
    "seconds": "CAST(max(concluded_at - started_at, 0) / 1000000 AS TEXT)",
    "kind": "kind",
    "verdict": "verdict",
    "vehicle": "ifnull(substr(plate_index, 1, 12), '')",
    "plate_kind": "ifnull(plate_kind, '')",
    "direction": "ifnull(direction, '')",
    "people": "ifnull(CAST(people AS TEXT), '')",
    "officer": "ifnull(officer, '')",
    "on_duty": _words("on_duty"),
    "shift_date": "shift_date",
    "shift": "shift",
    "policy_version": "policy_version",
    "clock": "clock",
    "demo": "CAST(demo AS TEXT)",
    "previous": "ifnull(previous, '')",
    "reasons": _words("reason_codes"),
    "decisions": f"ifnull((SELECT group_concat({_DECIDED}, '; ' ORDER BY d.at, d.id) {_OF_PASSAGE}), '')",
}
"""What a row says of its passage without telling of whom, by name: each an expression that gives a text.

`vehicle` is the beginning of the blind index: it is the same for a plate throughout a day, and tells no plate.
"""
_ENCLOSED = (
    "personal_day",
    "personal",
    f"(SELECT json_group_array(json_array(d.id, d.personal_day, d.personal) ORDER BY d.at, d.id) {_OF_PASSAGE})",
)


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What a passage and the decisions on it keep encrypted, by field, as `personal.disclose` gives it."""

    passage: dict[str, Any]
    decisions: list[dict[str, Any]]


Row = tuple[str, ...]
"""The texts of `COLUMNS`."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What there was at one moment.

    Attributes:
        total: How many passages fit.
        head: Where the station's chain stood, signed; None where nothing was written yet.
        chunks: Their rows, oldest first, to be read once; with each what it keeps encrypted, if that was asked for.
    """

    total: int
    head: Head | None
    chunks: Iterator[list[tuple[Row, Disclosed | None]]]


@contextmanager
def snapshot(database: Database, filters: Filters, *, station: str, disclose: bool = False) -> Iterator[Snapshot]:
    """The passages that fit, as they are at this moment, whatever is appended while they are read.

    Args:
        database: The log.
        filters: Which; not by a part of a plate.
        station: Whose head is signed.
        disclose: Decrypt what the rows say of people, on days that can still be read.

    Raises:
        DatabaseError: It cannot be read.
    """
    wanted = [*COLUMNS.values(), *(_ENCLOSED if disclose else ())]
    fits = conditions(database, filters)
    query: Any = select(*map(literal_column, wanted)).select_from(passages).where(*fits)
    with database.read() as connection:
        total = connection.execute(select(func.count()).select_from(passages).where(*fits)).scalar_one()
        head = ledger.head_now(connection, station, database.signer)
        cursor: Any = connection.execute(query.order_by(passages.c.concluded_at, passages.c.id)).cursor
        yield Snapshot(total, head, _disclosed(database, cursor) if disclose else _masked(cursor))


def _masked(cursor: Any) -> Iterator[list[tuple[Row, Disclosed | None]]]:
    while chunk := cursor.fetchmany(CHUNK):
        yield [(row, None) for row in chunk]


def _disclosed(database: Database, cursor: Any) -> Iterator[list[tuple[Row, Disclosed | None]]]:
    keys, width = database.day_keys.current(), len(COLUMNS)

    def opened(table: str, station: str, id_: str, day: str, text: str) -> dict[str, Any]:
        row = {"station": station, "id": id_, "personal_day": date.fromisoformat(day), "personal": text}
        return personal.disclose(keys, table, row)

    while chunk := cursor.fetchmany(CHUNK):
        found: list[tuple[Row, Disclosed | None]] = []
        for row in chunk:
            station, id_, (day, text, decided) = row[0], row[1], row[width:]
            decisions = [opened("decisions", station, *one) for one in json.loads(decided)]
            found.append((row[:width], Disclosed(opened("passages", station, id_, day, text), decisions)))
        yield found
