"""Passages as rows of text for a file, in one moment's view; SQLite joins the cells, since millions are asked for."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, literal_column, select

from db import ledger, personal
from db.engine import Database
from db.filters import Filters, conditions
from db.heads import Head
from db.tables import passages

SEPARATOR = "\x1f"
"""Parts the cells of a row; within one it becomes a blank."""
CHUNK = 1000
"""Rows read at a time."""


def _local(instant: str) -> str:
    """An instant as Beijing's clock had it, eight hours before UTC."""
    return f"datetime({instant} / 1000000 + 28800, 'unixepoch')"


def _free(text: str) -> str:
    """What people wrote."""
    return f"replace(ifnull({text}, ''), char({ord(SEPARATOR)}), ' ')"


def _words(codes: str) -> str:
    """A JSON array of codes as `A01 B02`; it was kept with blanks between them at first."""
    return f"replace(replace(trim({codes}, '[]\"'), '\", \"', ' '), '\",\"', ' ')"


_DECIDED = f"d.kind || ' ' || {_local('d.at')} || ' ' || d.officer || ifnull('+' || d.lead, '')"
_OF_PASSAGE = "FROM decisions d WHERE d.station = passages.station AND d.passage = passages.id"

COLUMNS = {
    "station": _free("station"),
    "passage": "id",
    "concluded_at": _local("concluded_at"),
    "seconds": "max(concluded_at - started_at, 0) / 1000000",
    "kind": "kind",
    "verdict": "verdict",
    "vehicle": "ifnull(substr(plate_index, 1, 12), '')",
    "plate_kind": "ifnull(plate_kind, '')",
    "direction": "ifnull(direction, '')",
    "people": "ifnull(people, '')",
    "officer": _free("officer"),
    "on_duty": _words("on_duty"),
    "shift_date": "shift_date",
    "shift": _free("shift"),
    "policy_version": _free("policy_version"),
    "clock": "clock",
    "demo": "demo",
    "previous": "ifnull(previous, '')",
    "reasons": _words("reason_codes"),
    "code_families": _words("ifnull(code_families, '[]')"),
    "decisions": _free(f"(SELECT group_concat({_DECIDED}, '; ' ORDER BY d.at, d.id) {_OF_PASSAGE})"),
}
"""What a row says of its passage without telling of whom: by name, SQL that is never NULL.

`vehicle` is the beginning of the blind index: it is the same for a plate throughout a day, and tells no plate.
"""
_ENCLOSED = (
    *("station", "id", "personal_day", "personal"),
    f"(SELECT json_group_array(json_array(d.id, d.personal_day, d.personal) ORDER BY d.at, d.id) {_OF_PASSAGE})",
)


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What a passage and the decisions on it keep encrypted, by field, as `personal.disclose` gives it."""

    passage: dict[str, Any]
    decisions: list[dict[str, Any]]


OfWhom = Callable[[Disclosed], Iterable[str]]
"""Makes cells of what was encrypted."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What there was at one moment.

    Attributes:
        total: How many passages fit.
        head: Where the station's chain stood, signed; None where nothing was written yet.
        chunks: Their rows, oldest first, to be read once.
    """

    total: int
    head: Head | None
    chunks: Iterator[list[str]]


@contextmanager
def snapshot(
    database: Database, filters: Filters, *, station: str, of_whom: OfWhom | None = None
) -> Iterator[Snapshot]:
    """The passages that fit, as they are at this moment, whatever is appended while they are read.

    Args:
        database: The log.
        filters: Which; not what only decrypting finds.
        station: Whose head is signed.
        of_whom: Gives further cells from what rows say of people, which is decrypted then, and only then.

    Raises:
        DatabaseError: It cannot be read.
    """
    fits = conditions(database, filters)
    joined = f"concat_ws(char({ord(SEPARATOR)}), {', '.join(COLUMNS.values())})"
    query: Any = select(*map(literal_column, (joined, *(_ENCLOSED if of_whom else ()))))
    with database.read() as connection:
        total = connection.execute(select(func.count()).select_from(passages).where(*fits)).scalar_one()
        head = ledger.head_now(connection, station, database.signer)
        ordered = query.select_from(passages).where(*fits).order_by(passages.c.concluded_at, passages.c.id)
        cursor: Any = connection.execute(ordered).cursor  # the driver's own: its rows are not to be wrapped
        yield Snapshot(total, head, _disclosed(database, cursor, of_whom) if of_whom else _masked(cursor))


def _masked(cursor: Any) -> Iterator[list[str]]:
    while chunk := cursor.fetchmany(CHUNK):
        yield [row for (row,) in chunk]


def _disclosed(database: Database, cursor: Any, of_whom: OfWhom) -> Iterator[list[str]]:
    keys = database.day_keys.current()

    def opened(table: str, station: str, id_: str, day: str, text: str) -> dict[str, Any]:
        row = {"station": station, "id": id_, "personal_day": date.fromisoformat(day), "personal": text}
        return personal.disclose(keys, table, row)

    while chunk := cursor.fetchmany(CHUNK):
        rows = []
        for row, station, id_, day, text, decided in chunk:
            decisions = [opened("decisions", station, *one) for one in json.loads(decided)]
            cells = of_whom(Disclosed(opened("passages", station, id_, day, text), decisions))
            rows.append(SEPARATOR.join((row, *(cell.replace(SEPARATOR, " ") for cell in cells))))
        yield rows
