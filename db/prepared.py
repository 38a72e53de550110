"""An insert that is compiled once: on the hot path, compiling's bookkeeping costs more than the row."""

from collections.abc import Callable
from operator import attrgetter

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import sqlite

from db.errors import RecordRefused
from db.records import Record


def prepared_insert(table: Table) -> Callable[[Connection, Record], None]:
    """A function that inserts one record, through the types of its table's columns.

    It raises RecordRefused where a value has no such form as its column's type keeps.
    """
    dialect = sqlite.dialect()
    sql = str(insert(table).compile(dialect=dialect))
    read = attrgetter(*(column.name for column in table.columns))
    to_kept = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns]

    def append(connection: Connection, record: Record) -> None:
        try:
            row = tuple([keep(value) if keep else value for keep, value in zip(to_kept, read(record), strict=True)])
        except (AttributeError, TypeError, ValueError) as error:
            raise RecordRefused(path=table.name, reason=str(error)) from error
        connection.exec_driver_sql(sql, row)

    return append
