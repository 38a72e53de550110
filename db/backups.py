"""Copies of a whole log: made while others write, opened elsewhere under the same key, and put back.

A copy is one file, encrypted as the log is. It holds no day keys.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path

from db import keyfile
from db.connection import ROLLBACK, bare_of, connect, mac_of, named
from db.engine import Database, open_database
from db.errors import (
    BackupThere,
    DatabaseCorrupt,
    DatabaseKeyWrong,
    DatabaseMissing,
    DatabaseNotKeyed,
    DatabaseReadOnly,
    DatabaseUnreadable,
    RestoreNewer,
)
from db.verifying import Report, verify


def copy(database: Database, to: Path) -> Report:
    """Copy a log as it stands at one moment; the file appears once it is whole, and what verifying the copy found.

    Raises:
        BackupThere: Something lies at `to` already.
        DatabaseError: Another named fault; nothing lies there.
    """
    if to.exists():
        raise BackupThere(file=str(to))
    if not to.parent.is_dir():
        raise DatabaseReadOnly(path=str(to.parent), reason="no such folder")
    draft, key_file = _draft(to), database.key_file
    try:
        with named(draft), database.read() as reading:
            source = bare_of(reading)
            target = connect(draft, keyfile.read(key_file), ROLLBACK, macs=[mac_of(source)])
            try:
                source.backup(target)
            finally:
                target.close()
        with open_database(draft, create=False, key_file=key_file) as opened:
            report = verify(opened)
        _one_file(draft, keyfile.read(key_file))
        draft.rename(to)
        keyfile.sync_directory(to.parent)
    finally:
        _discard(draft)
    return report


@contextmanager
def unpacked(source: Path, path: Path) -> Iterator[Database]:
    """A copy of a backup, open beside the log that it is to become; gone afterwards unless `put_in_place`.

    Raises:
        DatabaseError: A named one; the key beside the log does not open it, for instance.
    """
    if not source.is_file():
        raise DatabaseMissing(path=str(source))
    key_file = keyfile.key_path(path)
    keyfile.read(key_file)  # without one the backup is not even copied
    draft = _draft(path)
    try:
        try:
            shutil.copyfile(source, draft)
        except OSError as error:
            raise keyfile.failed(error, path) from error
        with open_database(draft, create=False, key_file=key_file) as opened:
            yield opened
    finally:
        _discard(draft)


def put_in_place(opened: Database, path: Path, now: datetime) -> Path | None:
    """Make an unpacked backup the log at a path, in one step; it is closed. What was there before is kept aside.

    Returns:
        Where the log of before is now; None where there was none.

    Raises:
        RestoreNewer: It holds what the backup does not.
        DatabaseBusy: A station has it open.
    """
    key = keyfile.read(opened.key_file)
    aside = path.with_name(f"{path.name}.{now:%Y%m%d-%H%M%S}")
    stands = path.exists()
    with _alone(path, key, opened) if stands else nullcontext():
        _close(opened, key)
        for suffix in ("-wal", "-shm"):  # of a log that is damaged or gone: its journal is no journal of the backup
            with suppress(FileNotFoundError):
                path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
        if stands:
            os.link(path, aside)
        opened.path.replace(path)
        keyfile.sync_directory(path.parent)
    return aside if stands else None


def newer_than(opened: Database, database: Database) -> RestoreNewer | None:
    """Why a log must not be replaced by an unpacked backup: what it holds that the backup does not."""
    with database.read() as connection:
        newest = connection.exec_driver_sql("SELECT station, max(seq), chain FROM ledger GROUP BY station").all()
    with opened.read() as connection:
        for station, seq, chain in newest:
            query = "SELECT 1 FROM ledger WHERE station = ? AND seq = ? AND chain = ?"
            if connection.exec_driver_sql(query, (station, seq, chain)).first() is None:
                return RestoreNewer(station=station, seq=seq)
    return None


@contextmanager
def _alone(path: Path, key: str, opened: Database) -> Iterator[None]:
    """Nobody else has the log open, and it holds nothing that the opened one does not; or it is damaged."""
    try:
        with open_database(path, create=False) as database:
            if (newer := newer_than(opened, database)) is not None:
                raise newer
    except (DatabaseCorrupt, DatabaseKeyWrong, DatabaseNotKeyed, DatabaseUnreadable):
        yield
        return
    with named(path):
        connection = connect(path, key, ROLLBACK)
        try:
            # Only who has a log alone can take its journal from it; whoever comes now waits until it is replaced.
            connection.execute("PRAGMA journal_mode = delete")
            connection.execute("BEGIN EXCLUSIVE")
            yield
        finally:
            connection.close()


def _draft(path: Path) -> Path:
    return path.with_name(f"{path.name}.{secrets.token_hex(4)}")


def _close(opened: Database, key: str) -> None:
    opened.close()
    _one_file(opened.path, key)


def _one_file(path: Path, key: str) -> None:
    """Its journal written into it: a log that is closed, and opens where nothing can be written beside it."""
    with named(path):
        connection = connect(path, key, ROLLBACK)
        try:
            connection.execute("PRAGMA journal_mode = delete")
        finally:
            connection.close()


def _discard(draft: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            draft.with_name(draft.name + suffix).unlink()
