"""Brings a database to the tables of this program, with Alembic; each revision is one file under `versions/`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from db import triggers
from db.connection import bare_of
from db.errors import DatabaseFailed, DatabaseNewer
from db.tables import metadata

HERE = Path(__file__).parent

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
"""Every revision, oldest first: an up-to-date database opens without importing Alembic."""

HEAD = REVISIONS[-1]


def revision_of(connection: Connection) -> str | None:
    """The revision a database stands at; None where nothing was ever made.

    Raises:
        DatabaseNewer: A revision this program does not know.
    """
    tables = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
    if tables.first() is None:
        return None
    revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if revision is not None and revision not in REVISIONS:
        raise DatabaseNewer(revision=revision)
    return revision


def create(connection: Connection) -> None:
    """Make a new database as the program of today has it: what all revisions lead to, in a tenth of their time."""
    bare = bare_of(connection)  # past SQLAlchemy, which would take longer over a hundred statements than SQLite
    for statement in (*_statements(), *(sql for _, sql in triggers.TRIGGERS.values())):
        bare.execute(statement)
    bare.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))


@cache
def _statements() -> tuple[str, ...]:
    dialect, tables = sqlite.dialect(), metadata.sorted_tables
    made = [CreateTable(table) for table in tables] + [
        CreateIndex(index) for table in tables for index in table.indexes
    ]
    version = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
    return (*(str(one.compile(dialect=dialect)) for one in made), version)


def upgrade(
    connection: Connection, attributes: Mapping[str, Any], *, revision: str = HEAD, scripts: Path = HERE
) -> None:
    """Run the revisions up to `revision`, then assert the triggers: a rebuilt table has lost its own.

    Args:
        connection: In a transaction, with foreign keys off; the caller commits.
        attributes: What else revisions work with: `day_keys` and `signer`.
        revision: Where to stop.
        scripts: Alembic's script directory.

    Raises:
        DatabaseFailed: Rows would refer to rows that are not there.
    """
    from alembic import command  # noqa: PLC0415 - a second to import, and needed once in a database's life
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={**attributes, "connection": connection})
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, revision)
    if orphan := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise DatabaseFailed(reason=f"after migration, a row of {orphan[0]} refers to none of {orphan[2]}")
    triggers.reinstate(connection)
