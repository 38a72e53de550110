"""One keyed SQLite connection, and which journal it may trust."""

import importlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from db.errors import DatabaseDriverMissing, from_driver

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another connection's lock."""

WAL_UNSAFE = "wal_unsafe"
WAL_UNAVAILABLE = "wal_unavailable"


@dataclass(frozen=True, slots=True)
class Journal:
    """How commits are made durable: SQLite's `journal_mode` and `synchronous`."""

    mode: str
    synchronous: str


MACS = ("HMAC_SHA256", "HMAC_SHA512")
"""What signs a page: SHA-256, which processors compute themselves, so that a long log is read a seventh faster; and, in
files of then, what signed at first."""

WAL = Journal("wal", "FULL")
ROLLBACK = Journal("delete", "EXTRA")


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether a SQLite of this version is free of the WAL-reset bug, which loses commits of two connections.

    Present in 3.7.0–3.51.2; mended in 3.51.3 and in the branches 3.44 (from .6) and 3.50 (from .7).
    Source: https://sqlite.org/wal.html, "The WAL-reset bug".
    """
    return (
        version < (3, 7, 0)
        or (3, 44, 6) <= version < (3, 45, 0)
        or (3, 50, 7) <= version < (3, 51, 0)
        or version >= (3, 51, 3)
    )


def driver() -> Any:
    """The `sqlcipher3` module.

    Raises:
        DatabaseDriverMissing: It is not installed; nothing is ever kept unkeyed instead.
    """
    try:
        return importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        raise DatabaseDriverMissing from None


def sqlite_version() -> tuple[int, int, int]:
    """The version of the SQLite inside `sqlcipher3`."""
    major, minor, patch = driver().sqlite_version_info
    return major, minor, patch


def connect(path: Path, key: str, journal: Journal, *, foreign_keys: bool = True, macs: Sequence[str] = MACS) -> Any:
    """A DB-API connection to a keyed file, without transactions of its own making.

    Args:
        path: The database; made if missing.
        key: 64 hexadecimal digits, used raw, so no key derivation is paid for.
        journal: What `choose_journal` found to hold here.
        foreign_keys: Off only while tables are rebuilt.
        macs: What may sign its pages: tried in turn, and the first of them signs those of a new file.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: The file cannot be opened with this key.
    """
    mac, *others = macs
    # The pool lends a connection to one thread at a time; the driver's own check would bind it to the first.
    connection = driver().connect(str(path), timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False)
    try:
        for pragma in (
            "cipher_log_level = NONE",  # a wrong key is our error to tell, not the library's to print
            f"key = \"x'{key}'\"",
            "cipher_compatibility = 4",  # a later library must still read today's files
            f"cipher_hmac_algorithm = {mac}",
            f"synchronous = {journal.synchronous}",
            f"foreign_keys = {int(foreign_keys)}",
            "recursive_triggers = 1",  # else INSERT OR REPLACE deletes without asking the triggers
            "secure_delete = 1",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the key is tried only now
    except BaseException as error:
        connection.close()
        if others and getattr(error, "sqlite_errorname", None) == "SQLITE_NOTADB":
            return connect(path, key, journal, foreign_keys=foreign_keys, macs=others)
        raise
    return connection


def mac_of(bare: Any) -> str:
    """What signs the pages of the file that a driver's own connection has open."""
    return str(bare.execute("PRAGMA cipher_hmac_algorithm").fetchone()[0])


def bare_of(connection: Connection) -> Any:
    """The driver's own connection beneath SQLAlchemy's, for the few statements of each append.

    SQLAlchemy's part of such a statement takes as long as SQLite's. `Database.write` names its faults all the same.
    """
    return connection.connection.dbapi_connection


def choose_journal(path: Path, key: str) -> tuple[Journal, str | None]:
    """Set the file's journal: WAL where it is safe and the file system bears it, else the rollback journal.

    Returns:
        The journal, and the warning code that explains a fallback.
    """
    wanted, warning = (WAL, None) if wal_is_safe(sqlite_version()) else (ROLLBACK, WAL_UNSAFE)
    connection = connect(path, key, wanted)
    try:
        (mode,) = connection.execute(f"PRAGMA journal_mode = {wanted.mode}").fetchone()
    finally:
        connection.close()
    if wanted is WAL and mode != "wal":
        return ROLLBACK, WAL_UNAVAILABLE
    return wanted, warning


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Name the faults of the bare driver."""
    try:
        yield
    except driver().Error as error:
        raise from_driver(error, str(path)) from error
