"""Logs of many passages, each made once and kept under `.cache`: each row as the program makes it, many to a commit."""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from db import ledger, personal
from db.appending import kept
from db.canonical import COLUMNS, VERSION, row_hash
from db.day_keys import day_keys_path
from db.engine import Database, open_database
from db.keyfile import key_path
from db.records import DecisionRecord, PassageRecord, values
from db.tables import decisions, passages
from tests.db.samples import NOON, a_decision, a_passage, evidence

FOLDER = Path(__file__).parents[1] / ".cache" / "logs"
STATION = "LS-1"
APART = timedelta(seconds=20)
"""Between two vehicles."""
_AT_A_TIME = 10_000
_EVIDENCE = evidence(300)


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
            _fill(database, _records(rows))
        for name in beside:
            name(draft).rename(name(path))
        draft.rename(path)
    return path


def _fill(database: Database, records: Iterator[PassageRecord | DecisionRecord]) -> None:
    seq, chain = 0, ledger.BEGINNING
    while some := list(islice(records, _AT_A_TIME)):
        rows: dict[Table, list[tuple[Any, ...]]] = {passages: [], decisions: []}
        entries, now = [], ledger.moment()
        for record in some:
            table, row = _row(database, record)
            seq += 1
            hashed = row_hash(table.name, row)
            entry = (
                STATION,
                seq,
                VERSION,
                table.name,
                record.id,
                hashed,
                now.at + seq,
                now.at,
                now.boot,
                now.uptime + seq,
            )
            chain = ledger.link(chain, entry)
            rows[table].append(row)
            entries.append((*entry, chain))
        with database.write() as connection:
            connection.exec_driver_sql("PRAGMA cache_size = -200000")  # its indexes are filled out of order
            driver: Any = connection.connection.driver_connection
            for table, made in rows.items():
                names = COLUMNS[VERSION][table.name]
                driver.executemany(_insert(table.name, len(names), ", ".join(names)), made)
            driver.executemany(_insert("ledger", len(entries[0])), entries)


def _insert(table: str, width: int, names: str = "") -> str:
    return f"INSERT INTO {table} {names and f'({names})'} VALUES ({', '.join('?' * width)})"  # noqa: S608 -- our own


def _row(database: Database, record: PassageRecord | DecisionRecord) -> tuple[Table, tuple[Any, ...]]:
    """A record as `db.appending` keeps it."""
    fields = values(record)
    if isinstance(record, PassageRecord):
        table, day = passages, personal.day_of(record.concluded_at)
        key = database.day_keys.for_writing(day)
        fields["plate_index"] = personal.plate_index(key, record.plate or "")
    else:
        table, day = decisions, personal.day_of(record.at)
        key = database.day_keys.for_writing(day)
    enclosed = personal.enclose(key, table.name, fields)
    return table, kept(table, {**fields, "personal_day": day, "personal": enclosed})


def _records(rows: int) -> Iterator[PassageRecord | DecisionRecord]:
    chance = random.Random(rows)  # noqa: S311 -- the same log every time
    for number in range(rows):
        verdict = chance.choices(("pass", "review", "refuse"), (90, 7, 3))[0]
        at = NOON + number * APART
        passage = a_passage(
            station=STATION,
            verdict=verdict,
            plate=f"闽E{chance.randrange(100_000):05}",
            started_at=at,
            concluded_at=at + timedelta(seconds=15),
            shift="early",
            reason_codes=("all_in_order",) if verdict == "pass" else ("health_yellow", "test_too_old"),
            evidence=_EVIDENCE,
        )
        yield passage
        if verdict == "review" and chance.random() < 0.8:
            yield a_decision(passage, at=at + timedelta(seconds=90))
