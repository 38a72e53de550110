"""Opening the station's database, and the transactions on it.

SQLite through SQLCipher: every page is encrypted with the key beside the file. Writes are durable when they return:
WAL with synchronous FULL, and BEGIN IMMEDIATE, so a transaction meets its lock at the start and never half way.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, NullPool, PoolProxiedConnection, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError, StatementError

from db import keyfile, migrations, reserve, triggers
from db.connection import bare_of, choose_journal, connect, driver, named
from db.day_keys import DayKeys, day_keys_path
from db.errors import (
    DatabaseError,
    DatabaseFull,
    DatabaseMissing,
    DatabaseNotKeyed,
    DatabaseReadOnly,
    DatabaseUnsupported,
    RecordRefused,
    from_driver,
)
from db.heads import Signer, signer_of

KEY_WAS_READABLE = "key_was_readable"
TRIGGERS_REINSTATED = "triggers_reinstated"

_PLAIN = b"SQLite format 3\0"
_BEGIN = "station_begin"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is derived from the key of a database, or wrapped under it."""

    day_keys: DayKeys
    signer: Signer

    @classmethod
    def of(cls, path: Path, key: str) -> Self:
        """Of the database at a path."""
        secret = bytes.fromhex(key)
        return cls(DayKeys(day_keys_path(path), secret), signer_of(secret))


class Database:
    """An open database.

    Each transaction borrows a connection of its own, so any thread may use it; a connection never serves two threads
    at once, and none is to be handed to another.

    Attributes:
        path: The file.
        key_file: Where its key is.
        warnings: Codes of what was found amiss at opening: `key_was_readable` (now tightened), `wal_unsafe`,
            `wal_unavailable`, `triggers_reinstated`.
        day_keys: What encrypts and opens what rows say of people.
        signer: What signs the ledger's heads.
    """

    def __init__(self, path: Path, key_file: Path, engine: Engine, warnings: tuple[str, ...], secrets: Secrets) -> None:
        """Made by `open_database`."""
        self.path = path
        self.key_file = key_file
        self.warnings = warnings
        self.day_keys = secrets.day_keys
        self.signer = secrets.signer
        self._reader = engine
        self._writer = _writing(engine)
        self._appending = threading.Lock()
        self._appender: PoolProxiedConnection | None = None

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One write transaction: durable when the block is left, undone if it raises.

        Raises:
            DatabaseError: A named one; nothing of the block is kept, and the database stays usable.
        """
        with self._making_room(), _transaction(self._writer, self.path) as connection:
            yield connection

    @contextmanager
    def write_bare(self) -> Iterator[Any]:
        """As `write`, on the driver's own connection, kept for it: SQLAlchemy's part would be as long as SQLite's."""
        with self._appending:  # and nothing else: each context manager more is as dear as a statement
            try:
                if self._appender is None:
                    self._appender = self._reader.raw_connection()
                bare: Any = self._appender.dbapi_connection
                bare.execute("BEGIN IMMEDIATE")
                yield bare
                bare.commit()
            except BaseException as error:
                fault = self._undo(error)
                if fault is error:
                    raise
                raise fault from error

    def _undo(self, error: BaseException) -> BaseException:
        """Undo what was begun, and name why; a connection that failed for another reason than its record goes."""
        if self._appender is not None:
            bare: Any = self._appender.dbapi_connection
            with suppress(driver().Error):
                bare.rollback()
        if isinstance(error, driver().Error):
            error = _name(error, self.path)
            if not isinstance(error, RecordRefused):
                self._let_go()
        elif isinstance(error, UnicodeEncodeError | OverflowError):  # for the driver it is no value of SQLite's
            error = RecordRefused(path=str(self.path), reason=str(error))
        if isinstance(error, DatabaseFull):
            error.released = reserve.release(self.path)
        return error

    def _let_go(self) -> None:
        if self._appender is not None:
            self._appender.invalidate()
            self._appender = None

    @contextmanager
    def _making_room(self) -> Iterator[None]:
        try:
            yield
        except DatabaseFull as full:
            full.released = reserve.release(self.path)
            raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One read transaction: a single moment's view.

        Raises:
            DatabaseError: A named one.
        """
        with _transaction(self._reader, self.path) as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        with self._appending:
            self._let_go()
        self._reader.dispose()

    def __enter__(self) -> Self:
        """The database itself, closed when the block is left."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()


def open_database(where: str | Path, *, create: bool = True, key_file: Path | None = None) -> Database:
    """Open the database at a path or `sqlite:///path`, making and migrating it as needed.

    A key file that other users could read is tightened to 0600 and warned of. Two processes may have it open.

    Args:
        where: The file.
        create: Make the file, its directories and its key if there is none.
        key_file: Where its key is, if not beside it.

    Raises:
        DatabaseError: Each fault by its name: unsupported address; missing file; key missing, malformed or wrong;
            not keyed; newer than this program; full; read-only; busy; corrupt.
    """
    path = _path_of(where)
    driver()
    key_file = key_file or keyfile.key_path(path)
    try:
        return _open(path, key_file, create=create)
    except DatabaseFull:
        if not reserve.release(path):
            raise
        return _open(path, key_file, create=create)


def _open(path: Path, key_file: Path, *, create: bool) -> Database:
    warnings = []
    if not _has_content(path):
        if not create:
            raise DatabaseMissing(path=str(path))
        if not key_file.exists():
            keyfile.create(key_file)
    key = keyfile.read(key_file)
    if keyfile.tighten(key_file):
        warnings.append(KEY_WAS_READABLE)

    with named(path):
        journal, fallback = choose_journal(path, key)
    if fallback:
        warnings.append(fallback)
    secrets = Secrets.of(path, key)
    engine = _engine(partial(connect, path, key, journal), poolclass=QueuePool, pool_use_lifo=True)
    try:
        with _transaction(engine, path) as connection:
            stale = migrations.revision_of(connection) != migrations.HEAD
            # Those of an older program's log are as that program made them; they are made anew with the tables.
            tampered = not stale and bool(triggers.missing(connection))
        if stale:
            _migrate(path, partial(connect, path, key, journal, foreign_keys=False), secrets)
        elif tampered:
            with _transaction(_writing(engine), path) as connection:
                triggers.reinstate(connection)
    except BaseException:
        engine.dispose()
        raise
    if tampered:
        warnings.append(TRIGGERS_REINSTATED)
    return Database(path, key_file, engine, tuple(warnings), secrets)


def _path_of(where: str | Path) -> Path:
    if isinstance(where, str) and "://" in where:
        scheme, _, rest = where.partition("://")
        if scheme != "sqlite" or not rest.startswith("/") or rest == "/":
            raise DatabaseUnsupported(scheme=scheme)
        where = rest[1:]
    return Path(where)


def _has_content(path: Path) -> bool:
    """Whether a database is there; a file of no bytes is none yet.

    Raises:
        DatabaseNotKeyed: It is, for everybody to read.
        DatabaseReadOnly: It cannot be looked at.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(_PLAIN))
    except FileNotFoundError:
        return False
    except OSError as error:
        raise DatabaseReadOnly(path=str(path), reason=error.strerror or str(error)) from error
    if head == _PLAIN:
        raise DatabaseNotKeyed(path=str(path))
    return bool(head)


def _engine(creator: Callable[[], Any], **pool: Any) -> Engine:
    # A failed statement is logged; the plates and names in it are not.
    engine = create_engine("sqlite://", module=driver(), creator=creator, hide_parameters=True, **pool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        bare_of(connection).execute(connection.get_execution_options().get(_BEGIN, "BEGIN"))

    return engine


def _writing(engine: Engine) -> Engine:
    """The same engine, its transactions taking the write lock as they begin."""
    return engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})


def _migrate(
    path: Path,
    creator: Callable[[], Any],
    secrets: Secrets,
    *,
    revision: str = migrations.HEAD,
    scripts: Path = migrations.HERE,
) -> None:
    """Migrate in one transaction, on a connection of its own, which has foreign keys off."""
    engine = _engine(creator, poolclass=NullPool)
    with _transaction(_writing(engine), path) as connection:
        # Asked again, now that no other process can be at it.
        stands = migrations.revision_of(connection)
        if stands is None and revision == migrations.HEAD and scripts == migrations.HERE:
            migrations.create(connection)
        elif stands != revision:
            attributes = {"day_keys": secrets.day_keys, "signer": secrets.signer}
            migrations.upgrade(connection, attributes, revision=revision, scripts=scripts)


@contextmanager
def _transaction(engine: Engine, path: Path) -> Iterator[Connection]:
    """A transaction whose faults are named.

    A connection that failed for another reason than its record is thrown away, so that the next one starts clean.
    """
    faults = (DBAPIError, driver().Error)
    try:
        with engine.connect() as connection:
            try:
                with connection.begin():
                    yield connection
            except faults as error:
                if not isinstance(_name(error, path), RecordRefused):
                    connection.invalidate()
                raise
    except faults as error:
        raise _name(error, path) from error
    except (StatementError, UnicodeEncodeError, OverflowError) as error:
        raise RecordRefused(path=str(path), reason=str(getattr(error, "orig", None) or error)) from error


def _name(error: Exception, path: Path) -> DatabaseError:
    return from_driver(error.orig if isinstance(error, DBAPIError) else error, str(path))
