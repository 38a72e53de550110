"""What is written stays as it was written."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy import table as named

from db import badges, documents, events, handovers, ledger, passages, people, rosters, sign_ins, swaps, triggers
from db.connection import WAL, connect, driver
from db.engine import Database, open_database
from db.errors import RecordRefused
from db.keyfile import key_path
from db.records import EventRecord, new_id
from db.tables import APPEND_ONLY
from tests.db.samples import NOON, a_decision, a_handover, a_passage, a_person, a_roster, a_step

TABLES = [table.name for table in APPEND_ONLY]
WITH_ROWID = [table.name for table in APPEND_ONLY if table.dialect_options["sqlite"]["with_rowid"]]


@pytest.fixture
def filled(database: Database) -> Database:
    """A row in each table."""
    passage = a_passage()
    passages.append_passage(database, passage)
    passages.append_decision(database, a_decision(passage))
    people.add(database, a_person(), station="LS1", by=None)
    documents.put(database, "policy", "version = 1", station="LS1", at=NOON, by="A01")
    day, shift = passage.shift_date, passage.shift
    sign_ins.sign_in(database, station="LS1", person="A01", at=NOON, shift_date=day, shift=shift)
    badges.issue(database, {"A01": "ab"}, station="LS1", by=None, at=NOON)
    with database.write() as connection:
        rosters.append_within(database, connection, a_roster())
        swaps.append_within(database, connection, a_step())
    handovers.append(database, a_handover())
    with database.write() as connection:
        ledger.sign_head(connection, "LS1", database.signer)
    return database


def content(database: Database, table: str) -> list[tuple[object, ...]]:
    columns = "rowid, *" if table in WITH_ROWID else "*"
    with database.read() as connection:
        rows = connection.execute(select(text(columns)).select_from(named(table)))
        return [tuple(row) for row in rows]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET station = 'x'",
        "UPDATE OR REPLACE {table} SET station = station",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table}",
        "INSERT INTO {table} SELECT * FROM {table}",
        "INSERT OR IGNORE INTO {table} SELECT * FROM {table}",
        "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO UPDATE SET station = 'x'",
    ],
)
def test_no_statement_changes_a_written_row(filled: Database, table: str, statement: str) -> None:
    before = content(filled, table)
    assert before
    with pytest.raises(RecordRefused, match="append-only"), filled.write() as connection:
        connection.exec_driver_sql(statement.format(table=table))
    assert content(filled, table) == before


@pytest.mark.parametrize("table", WITH_ROWID)
def test_a_row_cannot_take_anothers_place_by_its_rowid(filled: Database, path: Path, table: str) -> None:
    """Also through a connection of somebody else's, which has no recursive triggers to see the row deleted."""
    before = content(filled, table)
    (columns,) = ([column.name for column in one.columns] for one in APPEND_ONLY if one.name == table)
    chosen = ", ".join("'new'" if name == "station" else name for name in columns)
    names = ", ".join(columns)
    insert = f"INSERT OR REPLACE INTO {table} (rowid, {names}) SELECT rowid, {chosen} FROM {table}"
    raw = connect(path, key_path(path).read_text().strip(), WAL)
    raw.execute("PRAGMA recursive_triggers = 0")
    with pytest.raises(driver().IntegrityError, match="append-only"):
        raw.execute(insert)
    raw.close()
    assert content(filled, table) == before


def test_the_same_record_twice_is_refused(database: Database) -> None:
    record = a_passage()
    passages.append_passage(database, record)
    with pytest.raises(RecordRefused):
        passages.append_passage(database, record)
    assert passages.count(database) == 1


@pytest.mark.parametrize("sql", ["DROP TRIGGER {name}", "DROP TRIGGER {name}; {weaker}"])
def test_dropped_or_weakened_triggers_come_back_at_the_next_opening(path: Path, sql: str) -> None:
    open_database(path).close()
    name = "passages_no_update"
    weaker = f"CREATE TRIGGER {name} BEFORE UPDATE ON passages WHEN false BEGIN SELECT 1; END"
    raw = connect(path, key_path(path).read_text().strip(), WAL)
    raw.executescript(sql.format(name=name, weaker=weaker))
    raw.close()
    with open_database(path) as database:
        assert database.warnings == ("triggers_reinstated",)
        passages.append_passage(database, a_passage())
        with pytest.raises(RecordRefused, match="append-only"), database.write() as connection:
            connection.exec_driver_sql("UPDATE passages SET verdict = 'refuse'")
    with open_database(path) as database:
        assert database.warnings == ()


def test_every_append_only_table_has_its_three_triggers(database: Database) -> None:
    with database.read() as connection:
        assert triggers.missing(connection) == ()
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    assert len(names) == 3 * len(TABLES)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "passed"},
        {"verdict": "green"},
        {"people": -1},
        {"people": "two"},
        {"demo": 2},
        {"trust_age_s": 1.5},
        {"policy_sha256": b"\x00"},
        {"station": None},
        {"concluded_at": NOON.replace(tzinfo=None)},
        {"evidence": "\ud800"},
        {"people": 2**63},
        {"previous": "no such passage"},
    ],
    ids=str,
)
def test_a_value_of_another_kind_is_refused_and_the_next_record_kept(
    database: Database, change: dict[str, object]
) -> None:
    with pytest.raises(RecordRefused):
        passages.append_passage(database, a_passage(**change))
    assert passages.count(database) == 0
    passages.append_passage(database, a_passage())
    assert passages.count(database) == 1


def test_a_decision_needs_its_passage(database: Database) -> None:
    with pytest.raises(RecordRefused):
        passages.append_decision(database, a_decision(a_passage()))


def test_what_raises_within_a_transaction_undoes_it(database: Database) -> None:
    event = EventRecord(station="LS1", id=new_id(), at=NOON, kind="opened", details=json.dumps({}))

    def fail_half_way() -> None:
        with database.write() as connection:
            events.append_within(database, connection, event)
            raise ValueError("after the first row")

    with pytest.raises(ValueError, match="after the first row"):
        fail_half_way()
    assert events.newest(database) == []
    events.append(database, event)
    assert events.newest(database) == [event]
