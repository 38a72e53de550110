"""Logs of many passages, each made once and kept under `.cache`: each row as the program makes it, many to a commit."""

import random
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from db import ledger, migrations, personal, triggers
from db.appending import row_of
from db.canonical import COLUMNS, VERSION, encode, row_hash
from db.connection import MACS
from db.day_keys import day_keys_path
from db.engine import Database, open_database
from db.keyfile import key_path
from db.records import DecisionRecord, PassageRecord, new_id
from db.tables import metadata
from tests.db.samples import NOON, a_decision, a_passage, evidence

FOLDER = Path(__file__).parents[1] / ".cache" / "logs" / f"{migrations.HEAD}.{VERSION}.{MACS[0]}"
"""By the tables, the encoding that rows were written in, and what signs the pages."""
STATION = "LS-1"
APART = timedelta(seconds=20)
"""Between two vehicles."""
WORKERS = 2
_PART = 5_000
"""Passages that one process makes in one go."""
_AT_A_TIME = 50_000
"""Rows in one commit."""

_VEHICLE = a_passage(station=STATION, shift="early", evidence=evidence(300))
WHO = "11010519491231002X"
"""A whole ID number that one passage in so many tells of: `TOLD`."""
TOLD = 500
_KNOWN = f'{{"occupants":[{{"id_number":"{WHO}"}}]}}'
_Made = tuple[str, str, str, tuple[Any, ...]]
"""A row's table, id and hash, and what is inserted."""


def filled_log(rows: int) -> Path:
    """A log of so many passages: 3 in 100 refused, 7 reviewed, and 4 in 5 of these released."""
    path = FOLDER / f"{rows}.db"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        draft = FOLDER / f"draft-{rows}.db"
        beside = (key_path, day_keys_path)
        for old in (draft, draft.with_name(f"{draft.name}-wal"), *(name(draft) for name in beside)):
            old.unlink(missing_ok=True)
        with open_database(draft) as database:
            for day in {personal.day_of(NOON + number * APART) for number in range(0, rows + 4320, 4320)}:
                database.day_keys.for_writing(day)
            with ProcessPoolExecutor(WORKERS, get_context("spawn"), _open, (draft,)) as pool:
                parts = [range(start, min(start + _PART, rows)) for start in range(0, rows, _PART)]
                with _without_indexes(database):
                    _fill(database, _made(pool, parts))
        for name in beside:
            name(draft).rename(name(path))
        draft.rename(path)
    return path


def _made(pool: ProcessPoolExecutor, parts: Sequence[range]) -> Iterator[_Made]:
    """Rows in order, only a few parts made ahead of where they are wanted."""
    ahead: deque[Future[list[_Made]]] = deque()
    for part in parts:
        ahead.append(pool.submit(_make, part))
        if len(ahead) > 2 * WORKERS:
            yield from ahead.popleft().result()
    while ahead:
        yield from ahead.popleft().result()


@contextmanager
def _without_indexes(database: Database) -> Iterator[None]:
    """Made at the end and sorted, an index costs a tenth of what it does row by row; the triggers look rows up."""
    indexes = [index for name in ("passages", "decisions") for index in metadata.tables[name].indexes]
    with database.write() as connection:
        for trigger in triggers.TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        for index in indexes:
            index.drop(connection)
    yield
    for index in indexes:
        with database.write() as connection:
            index.create(connection)
    with database.write() as connection:
        triggers.reinstate(connection)


def _fill(database: Database, made: Iterator[_Made]) -> None:
    seq, chain = 0, ledger.BEGINNING.encode()
    while some := list(islice(made, _AT_A_TIME)):
        rows: dict[str, list[tuple[Any, ...]]] = {"passages": [], "decisions": []}
        entries, now = [], ledger.moment()
        for table, id_, hashed, row in some:
            seq += 1
            clock = now.at + seq, now.at, now.boot, now.uptime + seq
            entry: ledger.Entry = (STATION, seq, VERSION, table, id_, hashed, *clock)
            chain = ledger.link(chain, encode(entry))
            rows[table].append(row)
            entries.append((*entry, chain.decode()))
        with database.write() as connection:
            connection.exec_driver_sql("PRAGMA cache_size = -1000000")
            driver: Any = connection.connection.driver_connection
            for name, inserted in rows.items():
                columns = COLUMNS[VERSION][name]
                driver.executemany(_insert(name, len(columns), ", ".join(columns)), inserted)
            driver.executemany(_insert("ledger", len(entries[0])), entries)


def _insert(table: str, width: int, names: str = "") -> str:
    return f"INSERT INTO {table} {names and f'({names})'} VALUES ({', '.join('?' * width)})"  # noqa: S608 -- our own


_opened: list[Database] = []
"""A worker's own database, whose day keys it takes; it ends with the process."""


def _open(path: Path) -> None:
    _opened.append(open_database(path, create=False))


def _make(numbers: range) -> list[_Made]:
    """The rows of some passages, and of the decisions on them."""
    return [_row(_opened[0], record) for record in _records(numbers)]


def _row(database: Database, record: PassageRecord | DecisionRecord) -> _Made:
    """A record as `db.appending` keeps it."""
    name, row = "passages" if isinstance(record, PassageRecord) else "decisions", row_of(database, record)
    return name, record.id, row_hash(name, row), row


def _records(numbers: range) -> Iterator[PassageRecord | DecisionRecord]:
    chance = random.Random(numbers.start)  # noqa: S311 -- the same log every time
    for number in numbers:
        verdict = chance.choices(("pass", "review", "refuse"), (90, 7, 3))[0]
        at = NOON + number * APART
        passage = replace(
            _VEHICLE,
            id=new_id(),
            verdict=verdict,
            plate=f"闽E{chance.randrange(100_000):05}",
            started_at=at,
            concluded_at=at + timedelta(seconds=15),
            reason_codes=("all_in_order",) if verdict == "pass" else ("health_yellow", "test_too_old"),
        )
        if number % TOLD == 0:
            passage = replace(passage, evidence=_KNOWN)
        yield passage
        if verdict == "review" and chance.random() < 0.8:
            yield a_decision(passage, at=at + timedelta(seconds=90))
