"""Every revision, with data; and that it leads to the tables this program writes."""

import logging
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select, table, text

from db import documents, engine, migrations, passages, sign_ins, triggers
from db.connection import WAL, connect
from db.engine import Database, Secrets, open_database
from db.errors import DatabaseFailed, RecordRefused
from db.keyfile import key_path
from db.tables import APPEND_ONLY, CHAINED, metadata
from db.verifying import verify
from tests.db.samples import a_decision, a_passage

_FIRST = (
    "INSERT INTO people VALUES ('A01', '陈静', '区建设局', 'officer', NULL, 1, 0)",
    """
        INSERT INTO passages VALUES ('LS1', 'p1', 'LS', 'checked', 'review', 1, 2, '闽E12345', 'small', 'in', 2, 'A01',
        '["A01"]', '2026-05-03', '早', '1', '5号通告', 'ab', 'cd', 3600, 'trusted', 0, NULL, '[]', '{}')
        """,
    "INSERT INTO decisions VALUES ('LS1', 'd1', 'p1', 'release', 3, 'A01', 'L01', 'paper', '{}')",
    "INSERT INTO events VALUES ('LS1', 'e1', 4, 'started', NULL, '{}')",
    "INSERT INTO documents VALUES ('t1', 'trust', 'cd', '{}', NULL, 5, 'A01')",
    "INSERT INTO sign_ins VALUES ('LS1', 's1', 'A01', 6, '2026-05-03', '早', 'in')",
)
ROWS: dict[str, tuple[str, ...]] = {
    "0001": _FIRST,
    "0002": (
        *_FIRST,
        """
        INSERT INTO roster_versions VALUES ('LS1', 'r1', '', '2026-05-04', 28, 1, 7, 'L01', '{}', '[]', '[]', '[]',
        'ef')
        """,
        """
        INSERT INTO swap_steps VALUES ('LS1', 'w1', 's1', 1, '', '2026-05-04', 'offer', 'A01', 8, 'draft', 'offered', 1,
        '家里有事', '[]', '{}')
        """,
        "INSERT INTO roster_drafts VALUES ('', '2026-05-04', 'L01', 28, '{}', '{}', 9)",
    ),
    "0003": (
        *_FIRST,
        """
        INSERT INTO handover_steps VALUES ('LS1', 'h1', 'LS', '2026-05-03', 'early', 1, 'written', 'L01', 10, '{}')
        """,
    ),
    "0004": (
        *_FIRST[:-1],
        "INSERT INTO sign_ins VALUES ('LS1', 's1', 'A01', 6, '2026-05-03', 'early', 'in', 'badge')",
        "INSERT INTO badges VALUES ('LS1', 'b1', 'A01', 1, 5, 'ab')",
        "INSERT INTO badges VALUES ('LS1', 'b2', 'A01', 2, 7, NULL)",
    ),
    "0005": (),
    "0006": (),
    "0007": (),
    "0008": (),
}
"""By revision, rows as a program of that time left them."""
CAME_BY = {"0005": "0004", "0006": "0004", "0007": "0004", "0008": "0004"}
"""Whose rows were encrypted and chained: they are those of a revision before, as it made them."""

ANEW = ("passages", "decisions", "documents")
"""Tables that a revision made anew: what they hold is looked at as records."""
LATER = f"{int(migrations.HEAD) + 1:04}"
NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{newest}"


def upgrade() -> None:
    with op.batch_alter_table("{table}", recreate="always") as batch:
        batch.add_column(sa.Column("lane", sa.Text))
    {more}
"""


def without_tables(database: Database) -> None:
    """Back to an empty, keyed file."""
    with database.write() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = 1")
        for name in (*(table.name for table in reversed(metadata.sorted_tables)), "alembic_version"):
            connection.exec_driver_sql(f"DROP TABLE {name}")


def migrate(database: Database, revision: str, scripts: Path = migrations.HERE) -> None:
    """As opening does it, but to another revision."""
    key = key_path(database.path).read_text().strip()
    engine._migrate(
        database.path,
        partial(connect, database.path, key, WAL, foreign_keys=False),
        Secrets.of(database.path, key),
        revision=revision,
        scripts=scripts,
    )
    if revision in ROWS:  # a program of that time had no triggers about columns of today
        with database.write() as connection:
            for name in triggers.TRIGGERS:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")


def dump(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """The rows of the tables that are there."""
    there = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    return {
        name: [tuple(row) for row in connection.execute(select(text("*")).select_from(table(name)))]
        for name in metadata.tables
        if name in there
    }


@pytest.fixture
def later(tmp_path: Path) -> Callable[..., Path]:
    """A script directory with one revision more, which rebuilds a table."""

    def write(table: str, more: str = "") -> Path:
        copy = tmp_path / "100% later"
        copytree(migrations.HERE, copy, ignore=ignore_patterns("__pycache__"))
        script = NEXT.format(table=table, more=more, revision=LATER, newest=migrations.HEAD)
        (copy / "versions" / f"r{LATER}.py").write_text(script)
        return copy

    return write


def test_the_list_of_revisions_is_alembics() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.HERE))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(script.revision for script in scripts)[::-1] == migrations.REVISIONS


def test_every_revision_has_rows_to_be_tried_on() -> None:
    assert tuple(ROWS) == migrations.REVISIONS[:-1], "those of the newest are what this program writes"


@pytest.mark.parametrize("revision", ROWS)
def test_rows_of_each_revision_survive_to_the_newest(database: Database, revision: str) -> None:
    without_tables(database)
    begun = CAME_BY.get(revision, revision)
    migrate(database, begun)
    with database.write() as connection:
        for row in ROWS[begun]:
            connection.exec_driver_sql(row)
    migrate(database, revision)
    with database.read() as connection:
        before = dump(connection)
    with open_database(database.path) as upgraded, upgraded.read() as connection:
        assert upgraded.warnings == (), "triggers of another program are no tampering"
        after = dump(connection)
        as_before = {name: rows for name, rows in before.items() if name not in ANEW}
        assert {name: _as_wide(after[name], rows) for name, rows in as_before.items()} == as_before
        assert not any(rows for name, rows in after.items() if name not in {*before, "ledger"})
        chained = sum(len(after[one.name]) for one in CHAINED)
        assert len(after["ledger"]) == chained
        assert migrations.revision_of(connection) == migrations.HEAD
        assert triggers.missing(connection) == ()
    passage = passages.get(database, "LS1", "p1")
    assert passage is not None
    assert (passage.on_duty, passage.demo, passage.plate) == (("A01",), False, "闽E12345")
    (decision,) = passages.decisions_of(database, "LS1", "p1")
    assert (decision.id, decision.lead, decision.reason) == ("d1", "L01", "paper")
    (document,) = documents.history(database, "trust")
    assert (document.station, document.id, document.body) == ("LS1", "t1", "{}")
    assert verify(database).findings == []


def _as_wide(rows: list[tuple[object, ...]], before: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Rows without the columns that came later, which stand at the end."""
    return [row[: len(old)] for row, old in zip(rows, before, strict=True)]


@pytest.mark.parametrize("revision", ["0001", "0003"])
def test_who_came_before_badges_came_by_pin_and_left_by_the_desk(database: Database, revision: str) -> None:
    without_tables(database)
    migrate(database, revision)
    with database.write() as connection:
        for row in ROWS[revision]:
            connection.exec_driver_sql(row)
        connection.exec_driver_sql("INSERT INTO sign_ins VALUES ('LS1', 's2', 'A01', 9, '2026-05-03', '早', 'out')")
    with open_database(database.path) as upgraded:
        kept = sign_ins.of_shift(upgraded, "LS1", date(2026, 5, 3), "早")
        assert [(one.id, one.kind, one.how) for one in kept] == [("s1", "in", "pin"), ("s2", "out", "desk")]
        sign_ins.sign_in(upgraded, station="LS1", person="A01", at=kept[0].at, shift_date=date(2026, 5, 3), shift="早")
        with pytest.raises(RecordRefused), upgraded.write() as connection:
            connection.exec_driver_sql("DELETE FROM sign_ins")


@pytest.fixture
def migrated(database: Database) -> Database:
    """A log that came all the way from the first revision; a new one is made at once."""
    without_tables(database)
    migrate(database, "0001")
    migrate(database, migrations.HEAD)
    return database


def test_migrations_lead_to_the_tables_of_the_program(migrated: Database) -> None:
    with migrated.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_checks_keys_and_strictness_are_a_new_logs_too(migrated: Database, tmp_path: Path) -> None:
    """Alembic compares neither: so the SQL itself."""

    def schema(connection: Connection) -> dict[str, list[str]]:
        sql = "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL AND type IN ('table', 'index')"
        found = {row.name: row.sql for row in connection.exec_driver_sql(sql) if row.name != "alembic_version"}
        return {name: sorted(filter(None, map(str.strip, re.split(r"[\n,]", sql)))) for name, sql in found.items()}

    with migrated.read() as connection:
        came = schema(connection)
    with open_database(tmp_path / "new.db") as new, new.read() as connection:
        assert migrations.revision_of(connection) == migrations.HEAD
        assert schema(connection) == came
        strict = connection.exec_driver_sql("SELECT name FROM pragma_table_list WHERE strict = 1").scalars().all()
    assert set(strict) == set(metadata.tables)


@pytest.mark.parametrize("name", [table.name for table in APPEND_ONLY])
def test_a_rebuilt_table_keeps_its_rows_and_gets_its_triggers_back(
    database: Database, later: Callable[..., Path], name: str
) -> None:
    passage = a_passage()
    passages.append_passage(database, passage)
    passages.append_decision(database, a_decision(passage))
    scripts = later(name)
    with database.read() as connection:
        before = dump(connection)
    migrate(database, LATER, scripts)
    with database.read() as connection:
        assert triggers.missing(connection) == ()
        after = dump(connection)
    assert after.pop(name) == [(*row, None) for row in before.pop(name)]
    assert after == before


def test_a_migration_that_fails_changes_nothing(database: Database, later: Callable[..., Path]) -> None:
    passages.append_passage(database, a_passage())
    scripts = later("events", more="raise RuntimeError('half way')")
    with pytest.raises(RuntimeError, match="half way"):
        migrate(database, LATER, scripts)
    with database.read() as connection:
        assert migrations.revision_of(connection) == migrations.HEAD
        assert triggers.missing(connection) == ()
        assert "lane" not in [row.name for row in connection.exec_driver_sql("PRAGMA table_info(events)")]
    assert passages.count(database) == 1


def test_a_migration_that_leaves_orphans_is_refused(database: Database, later: Callable[..., Path]) -> None:
    passage = a_passage()
    passages.append_passage(database, passage)
    passages.append_decision(database, a_decision(passage))
    scripts = later("events", more="op.execute('DROP TRIGGER passages_no_delete'); op.execute('DELETE FROM passages')")
    with pytest.raises(DatabaseFailed, match="decisions"):
        migrate(database, LATER, scripts)
    assert passages.get(database, "LS1", passage.id) == passage


def test_migrating_leaves_logging_alone(path: Path) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.getLogger("alembic").level, logging.root.manager.disable)
    open_database(path).close()
    after = (root.level, list(root.handlers), logging.getLogger("alembic").level, logging.root.manager.disable)
    assert after == before
