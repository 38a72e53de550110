"""A stretch of one station's chain, recomputed: each entry from the one before, and each entry's row.

SQLite writes the rows' canonical encoding itself, as `canonical.encode` would: Python only hashes. That is twice as
fast, and where it comes to another hash than the one kept, Python encodes the row once more before anything is said.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Connection
from sqlalchemy.dialects import sqlite

from db.canonical import COLUMNS, row_hash
from db.connection import bare_of
from db.ledger import BEGINNING, link
from db.tables import ledger, metadata

_AT_A_TIME = 1000
_LEAP = 120_000_000
"""Microseconds by which wall clock and the machine's own may part between two entries."""
_LINKED = ("station", "seq", "encoding", "table_name", "row_id", "row_sha256", "at", "seen", "boot", "uptime")
_SEQ, _ENCODING, _TABLE = 2, 3, 4
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
    station, done = stretch.station, Followed()
    before, next_seq, clock = _before(connection, stretch)
    done.broken = before is None  # told by the stretch that ends there
    chain, strict = before or "", _strict(connection)
    for page in _pages(connection, stretch):
        hashes = _hashes(connection, station, page, strict)
        done.rows.update(table for table, _ in hashes)
        for encoded, kept_chain, seq, encoding, table, row, kept, *moment in page:
            if seq != next_seq:
                done.findings.append(Finding(Kind.ENTRY_MISSING, station, next_seq))
                done.broken = True
            kinds: list[Kind | None] = []
            if hashes.get((table, row)) != kept:
                kinds.append(_differs(connection, station, encoding, table, row, kept=kept))
            if not done.broken and sha256(b"ledger\n%b\n%b" % (chain.encode(), encoded)).hexdigest() != kept_chain:
                kinds.append(why := _why(connection, station, seq, chain))
                done.broken = why is not None
            kinds.append(_set(clock, moment))
            done.findings += [Finding(kind, station, seq, table, row) for kind in kinds if kind is not None]
            if seq in stretch.wanted:
                done.chains[seq] = kept_chain
            clock, chain, next_seq = moment, kept_chain, seq + 1
        done.entries += len(page)
    if next_seq <= stretch.until:
        done.findings.append(Finding(Kind.ENTRY_MISSING, station, next_seq))
        done.broken = True
    done.last = next_seq - 1, chain
    return done


_Moment = Sequence[Any]
"""When an entry was written: wall clock, boot, uptime."""


def _set(last: _Moment | None, now: _Moment) -> Kind | None:
    """Whether the wall clock was set between two entries."""
    if last is None:
        return None
    (at, boot, uptime), (at_now, boot_now, uptime_now) = last, now
    if at_now < at:
        return Kind.CLOCK_BACK
    leapt = boot == boot_now and abs((at_now - at) - (uptime_now - uptime)) > _LEAP
    return Kind.CLOCK_LEAPT if leapt else None


def _before(connection: Connection, stretch: Stretch) -> tuple[str | None, int, _Moment | None]:
    """The chain before a stretch (None where that entry is missing), its first number, and the moment before."""
    if stretch.after == LOWEST:
        return BEGINNING, 1, None
    query = "SELECT chain, at, boot, uptime FROM ledger WHERE station = ? AND seq = ?"
    found = connection.exec_driver_sql(query, (stretch.station, stretch.after)).first()
    if found is None:
        return None, stretch.after + 1, None
    return found[0], stretch.after + 1, (found[1], found[2], found[3])


def _pages(connection: Connection, stretch: Stretch) -> Iterator[Sequence[Any]]:
    """Each entry's encoding and chain, and what of it is looked at."""
    encoded = _encoded([ledger.c[name] for name in _LINKED])
    query = f"""
        SELECT {encoded}, chain, seq, encoding, table_name, row_id, row_sha256, at, boot, uptime
        FROM ledger WHERE station = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?
    """  # noqa: S608 - our own names
    after, bare = stretch.after, bare_of(connection)
    while page := bare.execute(query, (stretch.station, after, stretch.until, _AT_A_TIME)).fetchall():
        yield page
        after = page[-1][_SEQ]


def _hashes(
    connection: Connection, station: str, page: Sequence[Any], strict: frozenset[str]
) -> dict[tuple[str, str], str]:
    """The hashes of the rows that entries are about, of those that are there, by table and id."""
    found: dict[tuple[str, str], str] = {}
    bounds, bare = (station, page[0][_SEQ], page[-1][_SEQ]), bare_of(connection)
    for table, encoding in {(entry[_TABLE], entry[_ENCODING]) for entry in page}:
        if table not in COLUMNS.get(encoding, {}):
            continue  # an entry that names no table of ours: its row is missing
        if table in strict:
            for row, encoded in bare.execute(_joined(table, encoding), bounds).fetchall():
                found[table, row] = sha256(encoded).hexdigest()
        else:
            for row, *values in bare.execute(_joined(table, encoding, plain=True), bounds).fetchall():
                found[table, row] = row_hash(table, values)
    return found


def _differs(connection: Connection, station: str, encoding: int, table: str, row: str, *, kept: str) -> Kind | None:
    """What is wrong with a row whose hash is not the one kept, if Python's encoding comes to another one as well."""
    values = None
    if table in COLUMNS.get(encoding, {}):
        query = f"SELECT {_listed(table, encoding)} FROM {table} WHERE station = ? AND id = ?"  # noqa: S608
        values = connection.exec_driver_sql(query, (station, row)).first()
    if values is None:
        return Kind.MISSING
    return None if row_hash(table, values) == kept else Kind.EDITED


def _listed(table: str, encoding: int) -> str:
    return ", ".join(f'{table}."{name}"' for name in COLUMNS[encoding][table])


@cache
def _joined(table: str, encoding: int, *, plain: bool = False) -> str:
    """SQL for the rows of a table that entries between two numbers are about: each one's id and what is hashed."""
    columns = metadata.tables[table].c
    encoded = _encoded([columns[name] for name in COLUMNS[encoding][table]], head=table)
    return f"""
        SELECT {table}.id, {_listed(table, encoding) if plain else encoded} FROM ledger l
        CROSS JOIN {table} ON {table}.station = l.station AND {table}.id = l.row_id
        WHERE l.station = ? AND l.seq BETWEEN ? AND ? AND l.table_name = '{table}' AND l.encoding = {encoding}
    """  # noqa: S608 - our own names


def _encoded(columns: Sequence[Column[Any]], head: str = "") -> str:
    """SQL that gives `canonical.encode` of columns, in bytes, for rows whose types are what the schema says."""
    values = [f"'{head}', char(10)"] if head else []
    for column in columns:
        name = f'{column.table.name}."{column.name}"' if head else f'"{column.name}"'
        is_integer = column.type.compile(dialect=sqlite.dialect()) in {"INTEGER", "BIGINT"}
        parts = ("'i'", name, "','") if is_integer else (f"length({name})", "':'", name, "','")
        values.append(f"ifnull({' || '.join(parts)}, '~,')" if column.nullable else ", ".join(parts))
    return f"CAST(concat({', '.join(values)}) AS BLOB)"


def _strict(connection: Connection) -> frozenset[str]:
    """The tables whose columns hold nothing but what the schema says."""
    return frozenset(row.name for row in connection.exec_driver_sql("PRAGMA table_list") if row.strict)


def _why(connection: Connection, station: str, seq: int, before: str) -> Kind | None:
    """Another entry that fits here was moved; else this one was changed, if Python's encoding does not fit either."""
    query = f"SELECT {', '.join(_LINKED[1:])}, chain FROM ledger WHERE station = ? AND seq BETWEEN ? AND ?"  # noqa: S608
    near = connection.exec_driver_sql(query, (station, seq - _AT_A_TIME, seq + _AT_A_TIME)).all()
    fits = {one[0] for one in near if link(before, (station, seq, *one[1:-1])) == one[-1]}
    if seq in fits:
        return None
    return Kind.REORDERED if fits else Kind.ENTRY_EDITED
