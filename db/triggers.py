"""The triggers that make tables append-only.

They are asserted at each opening: a migration that rebuilds a table drops its triggers, and so may anybody who holds
the key.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Connection, Table, UniqueConstraint

from db.tables import APPEND_ONLY


def _of(table: Table) -> dict[str, str]:
    """Name and exact SQL of a table's triggers, as SQLite stores it."""
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    keys = (table.primary_key, *sorted(unique, key=lambda one: str(one.name)))
    name = table.name
    same = [_same(one.columns) for one in keys]
    if table.dialect_options["sqlite"]["with_rowid"]:  # without one a new row's is -1 here, which no row has
        same.append("rowid = NEW.rowid")
    # One question each: asked as one, SQLite puts together a set of rows for the answer, at twice the insert's price.
    known = " OR ".join(f"EXISTS (SELECT 1 FROM {name} WHERE {one})" for one in same)  # noqa: S608 - our own names
    refuse = f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
    return {
        f"{name}_no_update": f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} {refuse}",
        f"{name}_no_delete": f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {refuse}",
        # INSERT OR REPLACE and upserts: refused before they reach the row they would take the place of.
        f"{name}_no_replace": f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} WHEN {known} {refuse}",
    }


def _same(columns: Iterable[Column[Any]]) -> str:
    return " AND ".join(f"{column.name} = NEW.{column.name}" for column in columns)


TRIGGERS = {name: (table.name, sql) for table in APPEND_ONLY for name, sql in _of(table).items()}
"""By name: the table, and the SQL."""


def missing(connection: Connection) -> tuple[str, ...]:
    """Names of triggers that are not there, or not as they should be, on the tables that are."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'trigger')")
    schema = {row.name: row.sql for row in rows}
    return tuple(name for name, (table, sql) in TRIGGERS.items() if table in schema and schema.get(name) != sql)


def reinstate(connection: Connection) -> tuple[str, ...]:
    """Make whatever is missing or altered, and return its names."""
    names = missing(connection)
    for name in names:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(TRIGGERS[name][1])
    return names
