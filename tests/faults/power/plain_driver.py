"""The part of `sqlcipher3.dbapi2` that the product uses, over apsw: plain SQLite, on a disk whose power can be cut.

apsw has no SQLCipher: the pragmas of encryption say nothing to it; all other statements and pragmas are the product's.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import apsw

from tests.faults.power.disk import VFS, PowerCut

paramstyle = "qmark"
sqlite_version = apsw.sqlite_lib_version()
sqlite_version_info = tuple(int(part) for part in sqlite_version.split("."))


class Error(Exception):
    """Whatever SQLite says."""

    sqlite_errorcode: int


class DatabaseError(Error):
    """The same: DB-API knows several names."""


InterfaceError = InternalError = OperationalError = ProgrammingError = DatabaseError
DataError = IntegrityError = NotSupportedError = DatabaseError


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        named = DatabaseError(str(error))
        named.sqlite_errorcode = getattr(error, "extendedresult", 1)
        raise named from error


class Cursor:
    """A DB-API cursor. It fetches everything at once, so that no statement is left half way."""

    description: Any = None
    rowcount = -1
    arraysize = 1

    def __init__(self, connection: apsw.Connection, text_factory: type[str] | type[bytes]) -> None:
        self._connection = connection
        self._bytes = text_factory is bytes
        self._rows: list[Any] = []

    def execute(self, sql: str, values: Sequence[Any] = ()) -> "Cursor":
        cursor = self._connection.cursor()
        cursor.exec_trace = self._describe  # the only moment when a result without rows tells its columns
        self.description = None
        with _named():
            rows = cursor.execute(sql, tuple(values)).fetchall()
        self._rows = [tuple(map(_encoded, row)) for row in rows] if self._bytes else rows
        self.rowcount = self._connection.changes()
        return self

    def _describe(self, cursor: apsw.Cursor, _sql: str, _values: Any) -> bool:
        self.description = cursor.description or None
        return True

    def __iter__(self) -> Iterator[Any]:
        return iter(self.fetchall())

    def fetchone(self) -> Any:
        return self._rows.pop(0) if self._rows else None

    def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    def fetchmany(self, size: int = 1) -> list[Any]:
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    @property
    def lastrowid(self) -> int:
        return self._connection.last_insert_rowid()

    def close(self) -> None:
        self._rows = []


def _encoded(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value


class Connection:
    """A DB-API connection that begins no transactions of its own."""

    text_factory: type[str] | type[bytes] = str

    def __init__(self, path: str) -> None:
        with _named():
            self._connection = apsw.Connection(path, vfs=VFS)

    def cursor(self) -> Cursor:
        return Cursor(self._connection, self.text_factory)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Cursor:
        return self.cursor().execute(sql, values)

    def create_function(self, name: str, count: int, function: Callable[..., Any], **options: Any) -> None:
        self._connection.create_scalar_function(name, function, count, **options)

    def commit(self) -> None:
        self._end("COMMIT")

    def rollback(self) -> None:
        self._end("ROLLBACK")

    def _end(self, how: str) -> None:
        if self._connection.in_transaction:
            self.execute(how)

    def close(self) -> None:
        with suppress(PowerCut), _named():
            self._connection.close(force=True)


def connect(path: str, **_: Any) -> Connection:
    """A connection to the file at a path of the disk in use."""
    return Connection(path)
