"""A stretch of one station's chain, recomputed: each entry from the one before, and each entry's row.

SQLite gives entries and rows as the JSON arrays that are hashed (`db.canonical`): Python only hashes them. What an
older version encoded otherwise is recoded first, at several times the price.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection

from db.canonical import COLUMNS, VERSION, array_hash, recode
from db.connection import bare_of, driver
from db.ledger import BEGINNING, link

_AT_A_TIME = 1000
_LEAP = 120_000_000
"""Microseconds by which wall clock and the machine's own may part between two entries."""
_LINKED = ("station", "seq", "encoding", "table_name", "row_id", "row_sha256", "at", "seen", "boot", "uptime")
_SHOWN = {
    "seq": "INTEGER",
    "encoding": "INTEGER",
    "table_name": "TEXT",
    "row_id": "TEXT",
    "row_sha256": "TEXT",
    "chain": "TEXT",
    "at": "INTEGER",
    "boot": "TEXT",
    "uptime": "INTEGER",
}
_SEQ, _TABLE, _ROW = 0, 2, -1
"""Where a page's entries have these."""
LOWEST = -(1 << 62)
"""Before every entry."""


class Kind(StrEnum):
    """What is wrong. A clock that was set is no change of the log: it is told, and does not break it."""

    EDITED = "edited"
    MISSING = "missing"
    INSERTED = "inserted"
    REORDERED = "reordered"
    ENTRY_EDITED = "entry_edited"
    ENTRY_MISSING = "entry_missing"
    TRUNCATED = "truncated"
    FORKED = "forked"
    SIGNATURE = "signature"
    KEY = "key"
    CLOCK_BACK = "clock_back"
    CLOCK_LEAPT = "clock_leapt"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written.

    Attributes:
        seq: The entry it is about; 0 where a row has none.
        table: The row's table; empty where it is about the ledger itself.
        row: The row's id.
    """

    kind: Kind
    station: str
    seq: int
    table: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which entries.

    Attributes:
        after: The entry before the first; `LOWEST` from the beginning on.
        until: The last.
        wanted: Entries whose chain is to be told.
    """

    station: str
    after: int
    until: int
    wanted: frozenset[int]


@dataclass(slots=True)
class Followed:
    """What came of it.

    Attributes:
        entries: How many were recomputed.
        rows: By table, how many of their rows are there.
        findings: In the order of the entries.
        broken: Whether the chain is.
        chains: Of the entries wanted.
        last: The last entry and its chain.
    """

    entries: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    broken: bool = False
    chains: dict[int, str] = field(default_factory=dict)
    last: tuple[int, str] = (0, BEGINNING)


def follow(connection: Connection, stretch: Stretch) -> Followed:
    """Recompute a stretch from what the entry before it says; it is followed on where it does not fit."""
    bare = bare_of(connection)
    try:
        return _follow(bare, stretch)
    except driver().OperationalError:  # somebody may have put in a text that is no UTF-8: once more, more slowly
        bare.text_factory = partial(str, encoding="utf-8", errors="replace")
        try:
            return _follow(bare, stretch)
        finally:
            bare.text_factory = str


def _follow(bare: Any, stretch: Stretch) -> Followed:
    station, done = stretch.station, Followed()
    before, next_seq, clock = _before(bare, stretch)
    done.broken = before is None  # told by the stretch that ends there
    chain = before or ""
    for page in _pages(bare, stretch):
        for seq, encoding, table, id_, hashed, kept_chain, at, boot, uptime, entry, row in page:
            if seq != next_seq:
                done.findings.append(Finding(Kind.ENTRY_MISSING, station, next_seq))
                done.broken = True
            moment = at, boot, uptime
            kinds = [_of_row(row, encoding, hashed), None, clock and _set(clock, moment)]
            if not done.broken and link(chain, recode(entry, encoding)) != kept_chain:
                kinds[1] = _why(bare, station, seq, chain)
                done.broken = True
            if any(kinds):
                done.findings += [Finding(kind, station, seq, table, id_) for kind in kinds if kind]
            if seq in stretch.wanted:
                done.chains[seq] = kept_chain
            clock, chain, next_seq = moment, kept_chain, seq + 1
        done.entries += len(page)
        done.rows.update(entry[_TABLE] for entry in page if entry[_ROW] is not None)
    if next_seq <= stretch.until:
        done.findings.append(Finding(Kind.ENTRY_MISSING, station, next_seq))
        done.broken = True
    done.last = next_seq - 1, chain
    return done


def _of_row(row: bytes | None, encoding: int, hashed: str) -> Kind | None:
    """Whether a row is as its entry says."""
    if row is None:
        return Kind.MISSING
    return None if array_hash(row, encoding) == hashed else Kind.EDITED


_Moment = tuple[int, str, int]
"""When an entry was written: wall clock, boot, uptime."""


def _set(last: _Moment, now: _Moment) -> Kind | None:
    """Whether the wall clock was set between two entries."""
    (at, boot, uptime), (at_now, boot_now, uptime_now) = last, now
    if at_now < at:
        return Kind.CLOCK_BACK
    leapt = boot == boot_now and abs((at_now - at) - (uptime_now - uptime)) > _LEAP
    return Kind.CLOCK_LEAPT if leapt else None


def _before(bare: Any, stretch: Stretch) -> tuple[str | None, int, _Moment | None]:
    """The chain before a stretch (None where that entry is missing), its first number, and the moment before."""
    if stretch.after == LOWEST:
        return BEGINNING, 1, None
    query = "SELECT chain, at, boot, uptime FROM ledger WHERE station = ? AND seq = ?"
    found = bare.execute(query, (stretch.station, stretch.after)).fetchone()
    if found is None:
        return None, stretch.after + 1, None
    return found[0], stretch.after + 1, (found[1], found[2], found[3])


def _pages(bare: Any, stretch: Stretch) -> Iterator[Sequence[Any]]:
    """Entries, each with what is hashed of it and of its row as JSON arrays; without the row where there is none."""
    query, after = _query(_strict(bare)), stretch.after
    while page := bare.execute(query, (stretch.station, after, stretch.until, _AT_A_TIME)).fetchall():
        yield page
        after = page[-1][_SEQ]


@cache
def _query(strict: frozenset[str]) -> str:
    shown = (name if "ledger" in strict else f"CAST({name} AS {kind})" for name, kind in _SHOWN.items())
    rows = " ".join(
        f"WHEN '{table}' THEN CASE encoding {' '.join(_row(table, version, strict) for version in COLUMNS)} END"
        for table in COLUMNS[VERSION]
    )
    return f"""
        SELECT {", ".join(shown)}, {_array(_entry(strict))}, CASE table_name {rows} END
        FROM ledger WHERE station = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?
    """  # noqa: S608 - our own names


def _row(table: str, version: int, strict: frozenset[str]) -> str:
    array = _array([f"'{table}'", *(_value(table, name, strict) for name in COLUMNS[version][table])])
    same = f"{table}.station = ledger.station AND {table}.id = ledger.row_id"
    return f"WHEN {version} THEN (SELECT {array} FROM {table} WHERE {same})"  # noqa: S608 - our own names


def _entry(strict: frozenset[str]) -> list[str]:
    return [_value("ledger", name, strict) for name in _LINKED]


def _array(values: Sequence[str]) -> str:
    return f"CAST(json_array({', '.join(values)}) AS BLOB)"


def _value(table: str, name: str, strict: frozenset[str]) -> str:
    """A column; of a table that somebody made anew to bear any kind of value, JSON bears it too."""
    column = f'{table}."{name}"'
    return column if table in strict else f"iif(typeof({column}) = 'blob', 'blob ' || hex({column}), {column})"


def _strict(bare: Any) -> frozenset[str]:
    """The tables whose columns hold nothing but what the schema says."""
    return frozenset(name for (name,) in bare.execute("SELECT name FROM pragma_table_list WHERE strict").fetchall())


def _why(bare: Any, station: str, seq: int, before: str) -> Kind:
    """Another entry that fits here, if it had this number, was moved; else this one was changed."""
    columns = _entry(_strict(bare))
    numbered = _array(["?" if name == "seq" else column for name, column in zip(_LINKED, columns, strict=True)])
    query = f"SELECT encoding, {numbered}, chain FROM ledger WHERE station = ? AND seq BETWEEN ? AND ?"  # noqa: S608
    near = bare.execute(query, (seq, station, seq - _AT_A_TIME, seq + _AT_A_TIME)).fetchall()
    fits = any(link(before, recode(entry, encoding)) == chain for encoding, entry, chain in near)
    return Kind.REORDERED if fits else Kind.ENTRY_EDITED
