"""Whether the log is as it was written: the ledger recomputed from its rows, held against its signed heads.

What somebody changed who does not hold the station's key is found by the ledger alone. Who holds it can write a whole
new ledger: only a head kept outside finds that, and that the newest rows were cut off.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from db.canonical import COLUMNS, row_hash
from db.engine import Database
from db.heads import Head
from db.ledger import BEGINNING, link

_AT_A_TIME = 500
_LEAP = 120_000_000
"""Microseconds by which wall clock and the machine's own may part between two entries."""
_FIELDS = ("encoding", "table_name", "row_id", "row_sha256", "at", "seen", "boot", "uptime", "chain")


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


CLOCK = frozenset({Kind.CLOCK_BACK, Kind.CLOCK_LEAPT})


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


@dataclass(slots=True)
class Report:
    """What came of a verification.

    Attributes:
        entries: How many entries were recomputed.
        findings: Everything found, in the order of the entries; of a chain that is broken, where it first is.
        heads: The newest entry of each station, as (number, chain).
    """

    entries: int = 0
    findings: list[Finding] = field(default_factory=list)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def broken(self) -> list[Finding]:
        """What is wrong, clocks apart."""
        return [one for one in self.findings if one.kind not in CLOCK]


Tell = Callable[[int, int], None]
"""Told how many entries of how many are done."""


def verify(
    database: Database, outside: Sequence[Head] = (), *, tell: Tell | None = None, key: str | None = None
) -> Report:
    """Recompute the ledger from its rows, in one moment's view.

    Args:
        database: The log.
        outside: Heads that were kept elsewhere.
        tell: Told of progress.
        key: The public key that heads are held to; that of the database's own signer if not given.

    Raises:
        DatabaseError: It cannot be read.
    """
    report = Report()
    with database.read() as connection:
        total: int = connection.exec_driver_sql("SELECT count(*) FROM ledger").scalar_one()
        chains: dict[tuple[str, int], str] = {}
        wanted = {(head.station, head.seq) for head in outside}
        for station in connection.exec_driver_sql("SELECT DISTINCT station FROM ledger ORDER BY 1").scalars().all():
            _follow(connection, station, report, wanted, chains, tell=tell, total=total)
        _look_for_inserted(connection, report)
        _hold_to_kept(connection, report, key or database.signer.key)
    for head in outside:
        _hold_to_outside(head, report, chains, key or database.signer.key)
    return report


def _follow(
    connection: Connection,
    station: str,
    report: Report,
    wanted: set[tuple[str, int]],
    chains: dict[tuple[str, int], str],
    *,
    tell: Tell | None,
    total: int,
) -> None:
    """One station's chain, entry by entry. It is followed on from what an entry says where it does not fit."""
    before, next_seq = BEGINNING, 1
    last: tuple[int, str, int] | None = None
    broken = False
    for page in _pages(connection, station):
        hashes = _hashes(connection, station, page)
        for seq, encoding, table, row, kept, at, seen, boot, uptime, chain in page:
            if seq != next_seq:
                report.findings.append(Finding(Kind.ENTRY_MISSING, station, next_seq))
                broken = True
            found = hashes.get((table, row))
            if found != kept:
                kind = Kind.MISSING if found is None else Kind.EDITED
                report.findings.append(Finding(kind, station, seq, table, row))
            if not broken and link(before, (station, seq, encoding, table, row, kept, at, seen, boot, uptime)) != chain:
                report.findings.append(Finding(_why(connection, station, seq, before), station, seq, table, row))
                broken = True
            if last is not None:
                _look_at_clock(report, Finding(Kind.CLOCK_BACK, station, seq, table, row), last, (at, boot, uptime))
            if (station, seq) in wanted:
                chains[station, seq] = chain
            last, before, next_seq = (at, boot, uptime), chain, seq + 1
            report.entries += 1
        report.heads[station] = next_seq - 1, before
        if tell is not None:
            tell(report.entries, total)


def _pages(connection: Connection, station: str) -> Iterator[Sequence[Any]]:
    query = f"SELECT seq, {', '.join(_FIELDS)} FROM ledger WHERE station = ? AND seq > ? ORDER BY seq LIMIT ?"  # noqa: S608
    after = -(1 << 62)
    while page := connection.exec_driver_sql(query, (station, after, _AT_A_TIME)).all():
        yield page
        after = page[-1][0]


def _hashes(connection: Connection, station: str, page: Sequence[Any]) -> dict[tuple[str, str], str]:
    """The hashes of the rows that entries are about, of those that are there, by table and id."""
    found: dict[tuple[str, str], str] = {}
    by_table = sorted((entry.table_name, entry.encoding, entry.row_id) for entry in page)
    for (table, encoding), rows in groupby(by_table, key=lambda one: one[:2]):
        if table not in COLUMNS.get(encoding, {}):
            continue  # an entry that names no table of ours: its row is missing
        ids = [row for _, _, row in rows]
        for values in connection.exec_driver_sql(_select(table, encoding, len(ids)), (station, *ids)).all():
            found[table, values[1]] = row_hash(table, values)
    return found


def _select(table: str, encoding: int, count: int) -> str:
    names = ", ".join(f'"{name}"' for name in COLUMNS[encoding][table])
    return f"SELECT {names} FROM {table} WHERE station = ? AND id IN ({', '.join('?' * count)})"  # noqa: S608


def _why(connection: Connection, station: str, seq: int, before: str) -> Kind:
    """Another entry that fits here was moved; else this one was changed."""
    query = f"SELECT {', '.join(_FIELDS)} FROM ledger WHERE station = ? AND seq BETWEEN ? AND ?"  # noqa: S608
    near = connection.exec_driver_sql(query, (station, seq - _AT_A_TIME, seq + _AT_A_TIME)).all()
    moved = any(link(before, (station, seq, *other[:-1])) == other[-1] for other in near)
    return Kind.REORDERED if moved else Kind.ENTRY_EDITED


def _look_at_clock(report: Report, back: Finding, last: tuple[int, str, int], now: tuple[int, str, int]) -> None:
    (at, boot, uptime), (at_now, boot_now, uptime_now) = last, now
    if at_now < at:
        report.findings.append(back)
    elif boot == boot_now and abs((at_now - at) - (uptime_now - uptime)) > _LEAP:
        report.findings.append(Finding(Kind.CLOCK_LEAPT, back.station, back.seq, back.table, back.row))


def _look_for_inserted(connection: Connection, report: Report) -> None:
    """Rows that no entry is about: only looked for where a table has more rows than the ledger has entries of it."""
    for table in COLUMNS[max(COLUMNS)]:
        rows = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608
        query = "SELECT count(DISTINCT station || char(10) || row_id) FROM ledger WHERE table_name = ?"
        missing = sum(one.table == table and one.kind is Kind.MISSING for one in report.findings)
        if rows == connection.exec_driver_sql(query, (table,)).scalar_one() - missing:
            continue
        query = f"SELECT station, id FROM {table} EXCEPT SELECT station, row_id FROM ledger WHERE table_name = ?"  # noqa: S608
        for station, row in connection.exec_driver_sql(query, (table,)):
            report.findings.append(Finding(Kind.INSERTED, station, 0, table, row))


def _hold_to_kept(connection: Connection, report: Report, key: str) -> None:
    """The heads that the log itself keeps."""
    query = """
        SELECT h.station, h.seq, h.chain, h.at, h.key, h.signature, l.chain
        FROM ledger_heads h LEFT JOIN ledger l ON l.station = h.station AND l.seq = h.seq ORDER BY h.station, h.seq
    """
    for *kept, chain in connection.exec_driver_sql(query):
        head = Head(*kept)
        if not head.is_signed():
            report.findings.append(Finding(Kind.SIGNATURE, head.station, head.seq))
        elif head.key != key:
            report.findings.append(Finding(Kind.KEY, head.station, head.seq))
        elif chain is None:
            report.findings.append(Finding(Kind.TRUNCATED, head.station, head.seq))
        elif chain != head.chain:
            report.findings.append(Finding(Kind.FORKED, head.station, head.seq))


def _hold_to_outside(head: Head, report: Report, chains: dict[tuple[str, int], str], key: str) -> None:
    newest, _ = report.heads.get(head.station, (0, ""))
    if not head.is_signed():
        report.findings.append(Finding(Kind.SIGNATURE, head.station, head.seq))
    elif head.key != key:
        report.findings.append(Finding(Kind.KEY, head.station, head.seq))
    elif head.seq > newest:
        report.findings.append(Finding(Kind.TRUNCATED, head.station, newest + 1))
    elif chains.get((head.station, head.seq)) != head.chain:
        report.findings.append(Finding(Kind.FORKED, head.station, head.seq))
