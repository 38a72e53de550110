"""A durable append of one passage, hashed, chained and encrypted by the day, against the bare drivers with its fields.

The passage is one that the demonstration leaves, of a car with two people and their codes. The peers keep one
connection, one prepared statement, WAL and synchronous FULL, a primary key, and neither checks, triggers, indexes nor
types: the floor. Bare sqlcipher3 beside bare sqlite3 shows what encryption costs of it.
"""

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher3

from benchmarks.harness import OURS, Row, compare
from db import passages
from db.engine import open_database
from db.records import PassageRecord, new_id, values
from ui.demo_officer import traffic
from ui.headless import serve_demo
from ui.opening import open_gate

ROUNDS = 150
WARM_UP = 20
BATCH, BATCHES = 10, 30
"""The garbage collection before each timed call leaves caches cold: an append alone pays for that, ours or bare."""
APPENDS = ROUNDS + WARM_UP + BATCH * (BATCHES + 1)
AIM = 2.5
VEHICLES = 6
"""Of the demonstration, until one with two people has been."""


def run() -> list[Row]:
    """Median milliseconds of one append."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".append-") as name:
        folder = Path(name)
        sample = _two_people(folder / "demo.db")
        with (
            open_database(folder / "ours.db") as database,
            closing(sqlite3.connect(folder / "plain.db", isolation_level=None)) as plain,
            closing(sqlcipher3.connect(str(folder / "keyed.db"), isolation_level=None)) as keyed,
        ):
            keyed.execute(f"PRAGMA key = \"x'{'5a' * 32}'\"")

            def ours() -> None:
                passages.append_passage(database, next(records))

            records = iter([replace(sample, id=new_id()) for _ in range(APPENDS)])
            peers = {"raw sqlite3": _bare(plain, sample), "raw sqlcipher3": _bare(keyed, sample)}
            alone = compare(ours, peers, rounds=ROUNDS, warm_up=WARM_UP)
            in_turn = compare(_batch(ours), {name: _batch(peer) for name, peer in peers.items()}, rounds=BATCHES)
    return [
        *_rows("durable append of a 3 KB passage", alone, aim=AIM),
        *_rows(f"one of {BATCH} in a row", in_turn, appends=BATCH),
    ]


def _rows(what: str, taken: dict[str, float], *, appends: int = 1, aim: float | None = None) -> list[Row]:
    """The aim is for a row alone: a vehicle brings one. How it is in a row is told beside it."""
    ours, floor, encrypted = (1000 * taken[name] / appends for name in (OURS, "raw sqlite3", "raw sqlcipher3"))
    met = None if aim is None else ours <= aim * floor
    return [
        Row(what, ours, "ms", "raw sqlite3 WAL/FULL", floor, None if aim is None else f"≤ {aim:g} ×", met),
        Row(f"{what}, encryption apart", ours, "ms", "raw sqlcipher3 WAL/FULL", encrypted),
    ]


def _batch(append: Callable[[], None]) -> Callable[[], None]:
    def appends() -> None:
        for _ in range(BATCH):
            append()

    return appends


def _two_people(log: Path) -> PassageRecord:
    with open_database(log) as database:
        for _ in serve_demo(open_gate(database), traffic(seed=1, count=VEHICLES, paced=False)):
            pass
        return max(passages.page(database), key=lambda passage: len(passage.evidence))


def _bare(connection: Any, sample: PassageRecord) -> Callable[[], None]:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    columns = list(values(sample))
    connection.execute(f"CREATE TABLE passages ({', '.join(columns)}, PRIMARY KEY (station, id))")
    insert = f"INSERT INTO passages VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - question marks
    plain = {"started_at": 1, "concluded_at": 2, "shift_date": "2026-05-03"}
    plain |= {"on_duty": "[]", "reason_codes": "[]", "code_families": "[]"}
    row = values(sample) | plain

    rows = iter([tuple((row | {"id": new_id()}).values()) for _ in range(APPENDS)])

    def append() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(insert, next(rows))
        connection.execute("COMMIT")

    return append
