"""A copy of the log, on an empty machine and on this one: whole, verified, and never over newer rows."""

import json
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import backups, connection, events, keyfile, passages, recovery, verifying
from db.connection import WAL, connect
from db.day_keys import DayKeys, day_keys_path
from db.engine import Database, open_database
from db.errors import (
    BackupBroken,
    BackupThere,
    DatabaseBusy,
    DatabaseError,
    DatabaseKeyMalformed,
    DatabaseKeyMissing,
    DatabaseKeyWrong,
    DatabaseReadOnly,
    KeyThere,
    RestoreNewer,
)
from db.keyfile import key_path
from db.personal import ERASED, OPEN
from db.records import PassageRecord
from db.verifying import Report, verify
from station import backup, retention
from station.access import _MAY, REFUSED, STATION, AccessError, Actor, Role
from tests.db.samples import a_passage

NOW = datetime(2026, 11, 30, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ADMINISTRATOR, AUDITOR = Actor(None, _MAY[Role.ADMINISTRATOR]), Actor(None, _MAY[Role.AUDITOR])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "station" / "station.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with open_database(path) as opened:
        for days in (20, 0):
            keep(opened, days_ago=days)
        yield opened


def keep(database: Database, *, days_ago: int = 0) -> PassageRecord:
    passage = a_passage(station="LS-1", concluded_at=NOW - days_ago * DAY)
    passages.append_passage(database, passage)
    return passage


def back_up(database: Database, to: Path, *, day_keys: Path | None = None, actor: Actor = ADMINISTRATOR) -> Report:
    return backup.back_up(database, to, day_keys=day_keys, actor=actor, station="LS-1", now=NOW)


def restore(
    source: Path, path: Path, *, day_keys: Path | None = None, actor: Actor = ADMINISTRATOR, now: datetime = NOW
) -> backup.Restored:
    return backup.restore(source, path, day_keys=day_keys, sign_in=lambda _: actor, station="LS-1", now=now)


@pytest.fixture
def saved(database: Database, tmp_path: Path) -> Path:
    """A backup of both passages."""
    back_up(database, tmp_path / "copy.db")
    return tmp_path / "copy.db"


@pytest.fixture
def elsewhere(database: Database, tmp_path: Path) -> Path:
    """Where a log is to be on an empty machine, once the recovery copy was typed in."""
    there = tmp_path / "elsewhere" / "station.db"
    copy = backup.recovery_copy(database, actor=ADMINISTRATOR, station="LS-1", now=NOW)
    assert backup.restore_key(there, recovery.key_of(copy.groups)) == copy.public_key == database.signer.key
    return there


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


# --- the copy --------------------------------------------------------------------------------------------------------


def test_a_backup_is_one_encrypted_file_of_every_row_acknowledged_before_it(
    database: Database, path: Path, tmp_path: Path
) -> None:
    other = connect(path, key_path(path).read_text().strip(), WAL)
    other.execute("BEGIN IMMEDIATE")  # somebody who is writing loses nothing by it, and is not waited for
    report = backups.copy(database, tmp_path / "copy.db")
    other.execute("ROLLBACK")
    other.close()
    assert (report.entries, report.broken) == (2, [])
    assert names(tmp_path) == {"station", "copy.db"}
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(tmp_path / "copy.db").execute("SELECT * FROM passages")


def test_processes_that_share_verifying_a_large_copy_have_its_key(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "TOGETHER", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert backups.copy(database, tmp_path / "copy.db").broken == []


def test_a_file_that_is_there_is_not_written_over(database: Database, saved: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(BackupThere):
        back_up(database, saved)
    assert saved.read_bytes() == before


def test_where_nothing_can_be_written_no_half_file_is_left(database: Database, tmp_path: Path) -> None:
    with pytest.raises(DatabaseReadOnly):
        back_up(database, tmp_path / "none" / "copy.db")
    assert not (tmp_path / "none").exists()


def test_a_log_that_was_changed_is_copied_as_it_is_and_that_is_told(
    database: Database, path: Path, tmp_path: Path
) -> None:
    changed(path, key_path(path))
    assert [found.kind for found in back_up(database, tmp_path / "copy.db").broken] == ["edited"]
    assert (tmp_path / "copy.db").exists()


@pytest.mark.parametrize("actor", [AUDITOR, STATION])
def test_only_an_administrator_backs_up_restores_or_takes_the_key(
    database: Database, saved: Path, elsewhere: Path, tmp_path: Path, actor: Actor
) -> None:
    with pytest.raises(AccessError):
        back_up(database, tmp_path / "other.db", actor=actor)
    with pytest.raises(AccessError):
        backup.recovery_copy(database, actor=actor, station="LS-1", now=NOW)
    with pytest.raises(AccessError):
        restore(saved, elsewhere, actor=actor)
    assert names(elsewhere.parent) == {"station.db.key"}
    assert not (tmp_path / "other.db").exists()


# --- on an empty machine ---------------------------------------------------------------------------------------------


def test_an_empty_machine_with_the_recovery_copy_goes_on_where_the_backup_stood(saved: Path, elsewhere: Path) -> None:
    done = restore(saved, elsewhere)
    assert (done.entries, done.aside, done.readable) == (3, None, ())
    with open_database(elsewhere) as database:
        assert [row.personal for row in passages.page(database)] == [ERASED, ERASED]
        kept = keep(database)
        assert passages.get(database, kept.station, kept.id) == kept
        assert verify(database).broken == []
        assert [event.kind for event in events.newest(database)] == [backup.RESTORED, backup.BACKED_UP]
    assert names(elsewhere.parent) == {"station.db", "station.db.key", "station.db.days"}


def test_with_the_day_keys_the_last_days_can_be_read(database: Database, elsewhere: Path, tmp_path: Path) -> None:
    keys = tmp_path / "days"
    back_up(database, tmp_path / "copy.db", day_keys=keys)
    assert len(restore(tmp_path / "copy.db", elsewhere, day_keys=keys).readable) == 2
    with open_database(elsewhere) as restored:
        assert [row.personal for row in passages.page(restored)] == [OPEN, OPEN]


def test_days_that_are_over_meanwhile_are_not_taken_from_a_copy(
    database: Database, elsewhere: Path, tmp_path: Path
) -> None:
    keys = tmp_path / "days"
    back_up(database, tmp_path / "copy.db", day_keys=keys)
    done = restore(tmp_path / "copy.db", elsewhere, day_keys=keys, now=NOW + 20 * DAY)
    assert done.readable == (NOW.date(),)


def test_the_day_keys_of_the_backup_before_are_written_over(database: Database, tmp_path: Path) -> None:
    keys = tmp_path / "days"
    back_up(database, tmp_path / "first.db", day_keys=keys)
    before = keys.open("rb")
    retention.run(database, 10, actor=ADMINISTRATOR, station="LS-1", now=NOW)
    back_up(database, tmp_path / "second.db", day_keys=keys)
    with before:
        assert not before.read().strip(b"\0")
    assert keys.read_bytes() == day_keys_path(database.path).read_bytes()


def test_day_keys_are_not_written_over_what_is_something_else(database: Database, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("开会")
    with pytest.raises(DatabaseKeyMalformed):
        back_up(database, tmp_path / "copy.db", day_keys=notes)
    assert notes.read_text() == "开会"


# --- over a log that is there ----------------------------------------------------------------------------------------


def test_newer_rows_are_never_written_over(database: Database, path: Path, saved: Path) -> None:
    keep(database)
    with pytest.raises(RestoreNewer) as newer:
        restore(saved, path)
    assert newer.value.params == {"station": "LS-1", "seq": 4}
    assert passages.count(database) == 3
    assert names(path.parent) == {f"station.db{suffix}" for suffix in ("", "-wal", "-shm", ".key", ".days")}


def test_a_refusal_in_a_log_that_has_nothing_newer_does_not_keep_the_backup_out(
    database: Database, saved: Path, path: Path
) -> None:
    with pytest.raises(AccessError):
        restore(saved, path, actor=AUDITOR)
    database.close()
    assert restore(saved, path).entries == 3


def test_a_log_in_use_is_not_replaced(
    database: Database, path: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_TIMEOUT", 0.05)
    with pytest.raises(DatabaseBusy):
        restore(saved, path)
    assert passages.count(database) == 2


def test_a_log_that_is_damaged_is_replaced_and_kept_aside(database: Database, path: Path, saved: Path) -> None:
    database.close()
    path.write_bytes(path.read_bytes()[:4096] + bytes(8192))
    damaged = path.read_bytes()
    done = restore(saved, path)
    assert done.aside is not None
    assert done.aside.read_bytes() == damaged
    assert len(done.readable) == 2, "this machine's own day keys are there still"
    with open_database(path) as restored:
        assert [row.personal for row in passages.page(restored)] == [OPEN, OPEN]


def test_the_journal_of_a_log_that_is_gone_does_not_get_into_the_backup(
    database: Database, path: Path, saved: Path
) -> None:
    keep(database)
    journal = path.with_name("station.db-wal").read_bytes()
    database.close()
    path.unlink()
    path.with_name("station.db-wal").write_bytes(journal)
    restore(saved, path)
    with open_database(path) as restored:
        assert passages.count(restored) == 2
        assert verify(restored).broken == []


def changed(log: Path, key_file: Path) -> None:
    raw = connect(log, key_file.read_text().strip(), WAL)
    raw.execute("DROP TRIGGER passages_no_update")
    raw.execute("UPDATE passages SET verdict = 'refuse' WHERE rowid = 1")
    raw.close()


def test_a_backup_that_was_changed_is_not_restored(saved: Path, elsewhere: Path) -> None:
    changed(saved, key_path(elsewhere))
    with pytest.raises(BackupBroken):
        restore(saved, elsewhere)
    assert names(elsewhere.parent) == {"station.db.key"}


def test_that_a_broken_backup_was_to_be_restored_is_on_record_in_the_log_that_stays(
    database: Database, saved: Path, path: Path
) -> None:
    keep(database)
    changed(saved, key_path(path))
    with pytest.raises(BackupBroken):
        restore(saved, path)
    (told,) = events.newest(database, kind=REFUSED)
    assert json.loads(told.details) == {"action": "restore", "why": "backup_broken"}


@pytest.mark.parametrize(
    ("key", "error"), [(None, DatabaseKeyMissing), (bytes(32), DatabaseKeyWrong)], ids=["none", "another"]
)
def test_without_its_key_a_backup_says_so_and_leaves_nothing(
    saved: Path, tmp_path: Path, key: bytes | None, error: type[DatabaseError]
) -> None:
    there = tmp_path / "there" / "station.db"
    there.parent.mkdir()
    if key is not None:
        keyfile.create(key_path(there), key)
    with pytest.raises(error):
        restore(saved, there)
    assert names(there.parent) == (set() if key is None else {"station.db.key"})


def test_another_key_is_not_written_over(elsewhere: Path) -> None:
    before = key_path(elsewhere).read_bytes()
    with pytest.raises(KeyThere):
        backup.restore_key(elsewhere, bytes(32))
    backup.restore_key(elsewhere, bytes.fromhex(before.decode().strip()))
    assert key_path(elsewhere).read_bytes() == before


def test_no_copy_of_the_log_holds_a_day_key(database: Database, saved: Path) -> None:
    secret = bytes.fromhex(key_path(database.path).read_text().strip())
    days = DayKeys(day_keys_path(saved), secret).current()
    assert days == {}
