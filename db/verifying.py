"""Whether the log is as it was written: the ledger recomputed from its rows, held against its signed heads.

What somebody changed who does not hold the station's key is found by the ledger alone. Who holds it can write a whole
new ledger: only a head kept outside finds that, and that the newest rows were cut off.
"""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import Connection

from db.canonical import COLUMNS
from db.engine import Database, open_database
from db.errors import DatabaseError
from db.heads import Head
from db.stretches import LOWEST, Finding, Followed, Kind, Stretch, follow

STRETCH = 20_000
"""Entries recomputed in one go, between two words of how far it is."""
TOGETHER = 200_000
"""Entries from which on as many processes share the work as there are processors, at most four."""
_GREATEST = (1 << 63) - 1
_MOST_ON_A_PAGE = 20
"""Entries of a station's own; each says 230 characters at least."""
CLOCK = frozenset({Kind.CLOCK_BACK, Kind.CLOCK_LEAPT})
_OF_THE_CHAIN = frozenset({Kind.ENTRY_EDITED, Kind.REORDERED})


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
    """Recompute the ledger from its rows, as it stands at the beginning.

    Args:
        database: The log.
        outside: Heads that were kept elsewhere.
        tell: Told of progress.
        key: The public key that heads are held to; that of the database's own signer if not given.

    Raises:
        DatabaseError: It cannot be read.
    """
    report, rows = Report(), 0
    chains: dict[tuple[str, int], str] = {}
    with database.read() as connection:
        stretches, total = _stretches(connection, outside)
        broken: set[str] = set()
        ended = True  # whether the stretch before reached its last entry
        with _following(database, connection, total) as follows:
            for stretch, done in zip(stretches, follows(stretches), strict=True):
                station = stretch.station
                told = done.findings
                if not ended and told[:1] == [Finding(Kind.ENTRY_MISSING, station, stretch.after + 1)]:
                    told = told[1:]  # the same gap
                ended = done.last[0] == stretch.until
                if station in broken:  # where the chain first breaks is told; what follows is no news
                    told = [one for one in told if one.kind not in _OF_THE_CHAIN]
                report.findings += told
                report.entries += done.entries
                report.heads[station] = done.last
                rows += done.rows
                chains |= {(station, seq): chain for seq, chain in done.chains.items()}
                broken |= {station} if done.broken else set()
                if tell is not None:
                    tell(report.entries, total)
        _look_for_inserted(connection, report, rows)
        _hold_to_kept(connection, report, key or database.signer.key)
    for head in outside:
        _hold_to_outside(head, report, chains, key or database.signer.key)
    return report


def _stretches(connection: Connection, outside: Sequence[Head]) -> tuple[list[Stretch], int]:
    """All entries, station by station, and how many they are by their numbers: to count them would read each."""
    stretches: list[Stretch] = []
    total = 0
    most = _MOST_ON_A_PAGE * connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    for station in _stations(connection):
        # Of a ledger made anew to bear it, a number may be none: it is greater than all, and its entry missing.
        query = "SELECT ifnull(CAST(max(seq) AS INTEGER), 0) FROM ledger WHERE station = ? AND seq <= ?"
        newest = connection.exec_driver_sql(query, (station, _GREATEST)).scalar_one()
        total += newest
        wanted = frozenset(head.seq for head in outside if head.station == station)
        # Somebody may have given an entry any number: then all is one stretch.
        bounds = [LOWEST, *range(STRETCH, newest, STRETCH), newest] if newest <= most else [LOWEST, newest]
        stretches += [Stretch(station, after, until, wanted) for after, until in pairwise(bounds)]
    return stretches, total


def _stations(connection: Connection) -> Iterator[str]:
    """Each station that has entries; found by as many look-ups, where DISTINCT would read every entry."""
    query = "SELECT min(station) FROM ledger WHERE station > ?"
    station = connection.exec_driver_sql("SELECT min(station) FROM ledger").scalar()
    while station is not None:
        yield station
        station = connection.exec_driver_sql(query, (station,)).scalar()


_Follows = Callable[[Sequence[Stretch]], Iterable[Followed]]


@contextmanager
def _following(database: Database, connection: Connection, total: int) -> Iterator[_Follows]:
    """What recomputes stretches: this process, or several where there is much to do."""
    workers = min(os.cpu_count() or 1, 4)
    alone: _Follows = partial(map, partial(follow, connection))
    if total < TOGETHER or workers == 1:
        yield alone
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), _open, (database.path, database.key_file)) as pool:
        try:
            yield partial(_shared, pool, alone)
        finally:
            pool.shutdown(cancel_futures=True)


def _shared(pool: ProcessPoolExecutor, alone: _Follows, stretches: Sequence[Stretch]) -> Iterator[Followed]:
    done = 0
    try:
        for followed in pool.map(_follow, stretches):
            yield followed
            done += 1
    except BrokenProcessPool:  # one was ended from outside, as where memory runs out
        yield from alone(stretches[done:])


_opened: list[Database] = []
"""A worker's own database; it ends with the process."""


def _open(path: Path, key_file: Path) -> None:
    gc.disable()  # a fiftieth of the time, for garbage that ends with the process
    try:
        _opened.append(open_database(path, create=False, key_file=key_file))
    except DatabaseError:  # as where the key was taken away meanwhile: whoever asked reads on, and says what there is
        os._exit(1)


def _follow(stretch: Stretch) -> Followed:
    with _opened[0].read() as connection:
        return follow(connection, stretch)


def _look_for_inserted(connection: Connection, report: Report, rows: int) -> None:
    """Rows that no entry is about: only looked for where there are more rows than entries have."""
    tables = COLUMNS[max(COLUMNS)]
    counted = " + ".join(f"(SELECT count(*) FROM {table})" for table in tables)  # noqa: S608 - our own names
    if connection.exec_driver_sql(f"SELECT {counted}").scalar_one() == rows:
        return
    for table in tables:
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
