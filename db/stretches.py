"""A stretch of one station's chain, recomputed: each entry from the one before, and each entry's row.

SQLite gives entries and rows as the JSON arrays that are hashed (`db.canonical`): Python only hashes them. What an
older version encoded otherwise is recoded first, at several times the price.
"""

import json
from binascii import hexlify
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from db.canonical import COLUMNS, NETSTRINGS, VERSION, recode, recode_row
from db.connection import bare_of
from db.ledger import BEGINNING, link

_JOINED = ("passages", "decisions", "events")
"""Whose rows are read together with their entries: each table more is dear for every entry, where one is looked up."""
_NEAR = 1000
"""How far from its place an entry is looked for that does not fit there."""
_LEAP = 120_000_000
"""Microseconds by which wall clock and the machine's own may part between two entries."""
_LINKED = ("station", "seq", "encoding", "table_name", "row_id", "row_sha256", "at", "seen", "boot", "uptime")
_SHOWN = {
    "seq": "INTEGER",
    "encoding": "INTEGER",
    "row_sha256": "TEXT",
    "chain": "TEXT",
    "at": "INTEGER",
    "uptime": "INTEGER",
}
"""What each entry is asked for: each column more is dear. What one in millions needs, its JSON array tells."""
LOWEST = -(1 << 62)
"""Before every entry."""
_NEVER = (LOWEST, 0, None)
"""Before every moment."""


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
        rows: How many of their rows are there.
        findings: In the order of the entries.
        broken: Whether the chain is.
        chains: Of the entries wanted.
        last: The last entry and its chain.
    """

    entries: int = 0
    rows: int = 0
    findings: list[Finding] = field(default_factory=list)
    broken: bool = False
    chains: dict[int, str] = field(default_factory=dict)
    last: tuple[int, str] = (0, BEGINNING)


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a stretch is read.

    Attributes:
        strict: The tables whose columns hold nothing but what the schema says.
        joined: Those whose rows are read together with their entries.
    """

    bare: Any
    station: str
    strict: frozenset[str]
    joined: tuple[str, ...]


def follow(connection: Connection, stretch: Stretch) -> Followed:
    """Recompute a stretch from what the entry before it says; it is followed on where it does not fit."""
    bare = bare_of(connection)
    bare.text_factory = bytes  # as it is hashed; and somebody may have put in a text that is no UTF-8
    try:
        strict = _strict(bare)
        # In a ledger that was made anew, to look one up may be to read it whole.
        joined = _JOINED if "ledger" in strict else tuple(COLUMNS[VERSION])
        return _follow(_Source(bare, stretch.station, strict, joined), stretch)
    finally:
        bare.text_factory = str


def _follow(source: _Source, stretch: Stretch) -> Followed:  # noqa: C901 - as it says
    """The loop goes over millions: what each entry needs is written out, and what one in millions needs is called."""
    station, done = source.station, Followed()
    before, next_seq, (at_before, uptime_before, entry_before) = _before(source, stretch)
    done.broken = before is None  # told by the stretch that ends there
    chain = before or b""
    for seq, encoding, hashed, kept_chain, at, uptime, entry, array in _entries(source, stretch):
        if seq != next_seq:
            if seq < next_seq:  # its table, made anew to bear it, has two rows of one key
                done.findings.append(_finding(Kind.INSERTED, seq, entry))
                continue
            done.findings.append(Finding(Kind.ENTRY_MISSING, station, next_seq))
            done.broken = True
        linked, row = entry, array
        kinds: list[Kind] = []
        if array is None or encoding in NETSTRINGS:
            linked, row, kinds = _looked_up(source, seq, encoding, entry, array)
        if row is None:
            kinds.append(Kind.MISSING)
        elif hexlify(sha256(row).digest()) != hashed:
            kinds.append(Kind.EDITED)
        if not done.broken and link(chain, linked) != kept_chain:
            kinds.append(_why(source, seq, chain))
            done.broken = True
        if at < at_before:
            kinds.append(Kind.CLOCK_BACK)
        elif abs((at - at_before) - (uptime - uptime_before)) > _LEAP and _same_boot(entry_before, entry):
            kinds.append(Kind.CLOCK_LEAPT)
        if kinds:
            done.findings += [_finding(kind, seq, entry) for kind in kinds]
        if seq in stretch.wanted:
            done.chains[seq] = _text(kept_chain)
        done.entries += 1
        next_seq, chain, at_before, uptime_before, entry_before = seq + 1, kept_chain, at, uptime, entry
    if next_seq <= stretch.until:
        done.findings.append(Finding(Kind.ENTRY_MISSING, station, next_seq))
        done.broken = True
    done.rows = done.entries - sum(one.kind is Kind.MISSING for one in done.findings)
    done.last = next_seq - 1, _text(chain)
    return done


def _looked_up(
    source: _Source, seq: int, encoding: int, entry: bytes, array: bytes | None
) -> tuple[bytes, bytes | None, list[Kind]]:
    """What is hashed of an entry, and of its row if that is there: not read together, or of an older version.

    Rows that bear another's key, in a table made anew to bear it, are `INSERTED`.
    """
    more: list[bytes] = []
    if array is None and (tables := tuple(one for one in COLUMNS[VERSION] if one not in source.joined)):
        found = source.bare.execute(_query(source.strict, tables), (source.station, seq - 1, seq))
        array, *more = [row for *_, row in found]
    inserted = [Kind.INSERTED for _ in more]
    if encoding not in NETSTRINGS:
        return entry, array, inserted
    return recode(entry, encoding), array and recode_row(array, encoding), inserted


def _finding(kind: Kind, seq: int, entry: bytes) -> Finding:
    told = _told(entry)
    return Finding(kind, told["station"], seq, told["table_name"], told["row_id"])


def _same_boot(before: bytes | None, entry: bytes) -> bool:
    """Whether the machine ran on between two entries."""
    return before is not None and _told(before)["boot"] == _told(entry)["boot"]


def _told(entry: bytes) -> dict[str, str]:
    """What an entry's JSON array says, by name."""
    values = ("" if one is None else str(one) for one in json.loads(_text(entry)))
    return dict(zip(_LINKED, values, strict=True))


def _text(kept: bytes) -> str:
    return kept.decode(errors="replace")


def _before(source: _Source, stretch: Stretch) -> tuple[bytes | None, int, tuple[int, int, bytes | None]]:
    """The chain before a stretch (None where that entry is missing), its first number, and the moment before.

    A moment: wall clock, uptime, and the entry that was written then.
    """
    if stretch.after == LOWEST:
        return BEGINNING.encode(), 1, _NEVER
    shown = ", ".join(_shown(name, source.strict) for name in ("chain", "at", "uptime"))
    query = f"SELECT {shown}, {_array(_entry(source.strict))} FROM ledger WHERE station = ? AND seq = ?"  # noqa: S608
    found = source.bare.execute(query, (source.station, stretch.after)).fetchone()
    return (None, stretch.after + 1, _NEVER) if found is None else (found[0], stretch.after + 1, found[1:])


def _entries(source: _Source, stretch: Stretch) -> Iterable[Any]:
    """Entries, each with what is hashed of it and of its row as JSON arrays; without the row where none is at hand."""
    query = _query(source.strict, source.joined)
    entries: Iterable[Any] = source.bare.execute(query, (source.station, stretch.after, stretch.until))
    return entries


@cache
def _query(strict: frozenset[str], tables: tuple[str, ...]) -> str:
    """Entries with their rows, joined: a sub-select would open its cursors anew for each, a tenth of the whole time."""
    shown = ", ".join(_shown(name, strict) for name in _SHOWN)
    rows = " ".join(f"WHEN '{one}' THEN iif({one}.id IS NULL, NULL, {_row(one, strict)})" for one in tables)
    same = "{0}.station = ledger.station AND {0}.id = iif(table_name = '{0}', row_id, NULL)"
    joins = " ".join(f"LEFT JOIN {one} ON {same.format(one)}" for one in tables)
    return f"""
        SELECT {shown}, {_array(_entry(strict))}, CASE table_name {rows} END
        FROM ledger {joins} WHERE ledger.station = ? AND ledger.seq > ? AND ledger.seq <= ? ORDER BY ledger.seq
    """  # noqa: S608 - our own names


def _row(table: str, strict: frozenset[str]) -> str:
    """A row as its entry's version encodes it."""
    arrays = {
        version: _array([f"'{table}'", *(_value(table, name, strict) for name in columns[table])])
        for version, columns in reversed(COLUMNS.items())
    }
    return f"CASE encoding {' '.join(f'WHEN {version} THEN {array}' for version, array in arrays.items())} END"


def _shown(name: str, strict: frozenset[str]) -> str:
    """A column of the ledger as a value of its kind, whatever somebody made it bear."""
    kind, nothing = _SHOWN[name], "''" if _SHOWN[name] == "TEXT" else "0"
    return f"ledger.{name}" if "ledger" in strict else f"ifnull(CAST(ledger.{name} AS {kind}), {nothing})"


def _entry(strict: frozenset[str]) -> list[str]:
    return [_value("ledger", name, strict) for name in _LINKED]


def _array(values: Sequence[str]) -> str:
    return f"json_array({', '.join(values)})"


def _value(table: str, name: str, strict: frozenset[str]) -> str:
    """A column; of a table that somebody made anew to bear any kind of value, JSON bears it too."""
    column = f'{table}."{name}"'
    return column if table in strict else f"iif(typeof({column}) = 'blob', 'blob ' || hex({column}), {column})"


def _strict(bare: Any) -> frozenset[str]:
    """The tables whose columns hold nothing but what the schema says."""
    return frozenset(
        _text(name) for (name,) in bare.execute("SELECT name FROM pragma_table_list WHERE strict").fetchall()
    )


def _why(source: _Source, seq: int, before: bytes) -> Kind:
    """Another entry that fits here, if it had this number, was moved; else this one was changed."""
    columns = _entry(source.strict)
    numbered = _array(["?" if name == "seq" else column for name, column in zip(_LINKED, columns, strict=True)])
    query = f"""
        SELECT encoding, {numbered}, chain FROM ledger
        WHERE station = ? AND seq BETWEEN ? - {_NEAR} AND ? + {_NEAR}
    """  # noqa: S608 - our own names
    near = source.bare.execute(query, (seq, source.station, seq, seq)).fetchall()
    fits = any(
        link(before, recode(entry, encoding) if encoding in NETSTRINGS else entry) == chain
        for encoding, entry, chain in near
    )
    return Kind.REORDERED if fits else Kind.ENTRY_EDITED
