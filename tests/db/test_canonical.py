"""What of a row is hashed, and how: every column, and no two rows alike, in each version."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from db import events, ledger, passages, verifying
from db.appending import Appended, append
from db.canonical import COLUMNS, VERSION, encode, row_hash
from db.engine import Database
from db.records import DocumentRecord, EventRecord, new_id
from db.stretches import Finding, Kind
from db.tables import CHAINED
from db.verifying import verify
from tests.db.samples import NOON, a_decision, a_passage
from tests.db.tampering import findings, rewrite, tamper


def test_every_table_is_hashed_with_all_its_columns() -> None:
    now = {table.name: {column.name for column in table.columns} for table in CHAINED}
    assert {name: set(columns) for name, columns in COLUMNS[VERSION].items()} == now


@pytest.mark.parametrize("version", COLUMNS)
def test_no_two_rows_are_encoded_alike(version: int) -> None:
    rows: list[tuple[int | str | None, ...]] = [(1, None), ("1", None), (None, 1), ("i1,", None), ("1,~",), (11, None)]
    rows += [
        ("a", "b"),
        ("ab", ""),
        ("a", "", "b"),
        ("2:ab",),
        ("", "ab"),
        (None,),
        ("~",),
        ("",),
        ('a","b',),
        ("null",),
    ]
    assert len({encode(row, version) for row in rows}) == len(rows)


def test_anybodys_json_comes_to_the_same_hash() -> None:
    plain = '["events","LS1","e1",5,"开始",null,"{}"]'
    assert json.loads(plain) == ["events", "LS1", "e1", 5, "开始", None, "{}"]
    assert row_hash("events", ("LS1", "e1", 5, "开始", None, "{}")) == sha256(plain.encode()).hexdigest()


def test_an_entry_is_encoded_as_rows_are() -> None:
    entry: ledger.Entry = ("LS,1", 4, 1, "events", "e:1", "ab", 5, -3, "启动", 0)
    assert ledger.link(b"00", encode(entry)).decode() == sha256(b"ledger\n00\n" + encode(entry)).hexdigest()


@pytest.mark.parametrize("version", COLUMNS)
def test_a_text_of_any_kind_is_hashed_as_it_was_written(database: Database, path: Path, version: int) -> None:
    every_ascii = "".join(map(chr, range(128)))
    for details in (every_ascii, "\x00 and more", '"],[', "5:a,i3,~,", "\u2028\ufeff\x80", "", "𠮷"):
        events.append(database, EventRecord(station="LS1", id=new_id(), at=NOON, kind="note", details=details))
    assert verify(database).findings == []
    rewrite(path, version=version)
    assert findings(path) == []


@pytest.mark.parametrize("version", COLUMNS)
def test_rows_of_every_version_are_verified_by_it(database: Database, path: Path, version: int) -> None:
    record = a_passage()
    passages.append_passage(database, record)
    passages.append_decision(database, a_decision(record))
    rewrite(path, version=version)
    passages.append_passage(database, a_passage())  # one of today after those
    assert findings(path) == []
    tamper(path, "UPDATE passages SET people = 9", "UPDATE ledger SET at = at + 1 WHERE seq = 2")
    assert [(one.seq, one.kind) for one in findings(path)] == [
        (1, Kind.EDITED),
        (2, Kind.ENTRY_EDITED),
        (3, Kind.EDITED),
    ]


@pytest.mark.parametrize("other", ["CAST(at AS TEXT)", "CAST(at AS BLOB)", "at + 0.0"])
def test_another_kind_of_value_is_another_row_though_the_table_was_made_to_bear_it(
    database: Database, path: Path, other: str
) -> None:
    event = EventRecord(station="LS1", id=new_id(), at=NOON, kind="note")
    events.append(database, event)
    tamper(
        path,
        f"CREATE TABLE other AS SELECT station, id, {other} AS at, kind, actor, details FROM events",
        "DROP TABLE events",
        "ALTER TABLE other RENAME TO events",
    )
    assert findings(path) == [Finding(Kind.EDITED, "LS1", 1, "events", event.id)]


def two_rows(database: Database, table: str) -> tuple[str, str]:
    """Ids of two rows that the program writes into a table: events, which are read with their entries, or documents."""
    ids = new_id(), new_id()
    with database.write() as connection:
        for id_ in ids:
            record: Appended = EventRecord(station="LS1", id=id_, at=NOON, kind="note")
            if table == "documents":
                record = DocumentRecord(
                    station="LS1", id=id_, kind="policy", sha256=id_, body="{}", imported_at=NOON, imported_by="A01"
                )
            append(database, connection, record)
    return ids


TABLES = pytest.mark.parametrize("table", ["events", "documents"])


@TABLES
@pytest.mark.parametrize("version", COLUMNS)
def test_a_second_row_of_one_key_is_found_though_the_table_was_made_to_bear_it(
    database: Database, path: Path, version: int, table: str
) -> None:
    first, _ = two_rows(database, table)
    rewrite(path, version=version)
    tamper(
        path,
        f"CREATE TABLE other AS SELECT * FROM {table}",
        f"INSERT INTO other SELECT * FROM other WHERE id = '{first}'",
        f"DROP TABLE {table}",
        f"ALTER TABLE other RENAME TO {table}",
    )
    assert Finding(Kind.INSERTED, "LS1", 1, table, first) in findings(path)
    assert {one.kind for one in findings(path)} == {Kind.INSERTED}


@TABLES
@pytest.mark.parametrize("version", COLUMNS)
def test_a_row_edited_or_deleted_is_named_whichever_table_it_is_of(
    database: Database, path: Path, version: int, table: str
) -> None:
    first, second = two_rows(database, table)
    rewrite(path, version=version)
    tamper(
        path, f"UPDATE {table} SET kind = 'trust' WHERE id = '{first}'", f"DELETE FROM {table} WHERE id = '{second}'"
    )
    assert findings(path) == [
        Finding(Kind.EDITED, "LS1", 1, table, first),
        Finding(Kind.MISSING, "LS1", 2, table, second),
    ]


@pytest.mark.parametrize("value", ["X'ff'", "CAST(X'ff' AS TEXT)"])
@pytest.mark.parametrize("version", COLUMNS)
def test_what_is_no_text_is_another_row(database: Database, path: Path, version: int, value: str) -> None:
    event = EventRecord(station="LS1", id=new_id(), at=NOON, kind="note")
    events.append(database, event)
    rewrite(path, version=version)
    tamper(
        path,
        f"CREATE TABLE other AS SELECT station, id, at, kind, actor, {value} AS details FROM events",
        "DROP TABLE events",
        "ALTER TABLE other RENAME TO events",
    )
    assert findings(path) == [Finding(Kind.EDITED, "LS1", 1, "events", event.id)]


@pytest.fixture(params=[1, 20_000])
def stretch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many entries are followed in one go."""
    monkeypatch.setattr(verifying, "STRETCH", request.param)


@pytest.mark.parametrize("column", ["encoding", "seq", "at", "boot", "uptime", "row_id", "chain"])
@pytest.mark.parametrize("value", ["X'ff00'", "NULL", "2.5", "9e999", "'text'", str((1 << 63) - 1)])
@pytest.mark.usefixtures("stretch")
def test_a_ledger_made_to_bear_anything_is_read_all_the_same(
    database: Database, path: Path, column: str, value: str
) -> None:
    for _ in range(4):
        events.append(database, EventRecord(station="LS1", id=new_id(), at=NOON, kind="note"))
    tamper(
        path,
        "CREATE TABLE other AS SELECT * FROM ledger",
        f"UPDATE other SET {column} = {value} WHERE seq = 2",
        "DROP TABLE ledger",
        "ALTER TABLE other RENAME TO ledger",
    )
    assert findings(path)[0].seq == 2


@pytest.mark.parametrize("column", ["boot", "row_id", "row_sha256", "chain", "table_name"])
@pytest.mark.usefixtures("stretch")
def test_a_text_of_the_ledger_that_is_no_utf_8_is_found(database: Database, path: Path, column: str) -> None:
    for _ in range(4):
        events.append(database, EventRecord(station="LS1", id=new_id(), at=NOON, kind="note"))
    tamper(path, f"UPDATE ledger SET {column} = CAST(X'ff00' AS TEXT) WHERE seq = 2")
    assert findings(path)[0].seq == 2
