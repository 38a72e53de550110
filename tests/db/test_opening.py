"""Opening a database: the key beside it, each fault by its name, and the journal it may trust."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from db import backups, connection, keyfile, passages
from db.connection import ROLLBACK, bare_of, connect, mac_of, wal_is_safe
from db.engine import open_database
from db.errors import (
    DatabaseCorrupt,
    DatabaseDriverMissing,
    DatabaseError,
    DatabaseKeyMalformed,
    DatabaseKeyMissing,
    DatabaseKeyWrong,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseNotKeyed,
    DatabaseReadOnly,
    DatabaseUnsupported,
)
from db.verifying import verify
from tests.db.samples import a_passage

posix = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")


def key_of(path: Path) -> Path:
    return keyfile.key_path(path)


def made(path: Path) -> Path:
    """A database with a passage in it, closed."""
    with open_database(path) as database:
        passages.append_passage(database, a_passage())
    return path


def test_first_run_makes_directories_database_and_key(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "station.db"
    with open_database(path) as database:
        assert passages.count(database) == 0
        assert database.warnings == ()
    assert len(bytes.fromhex(key_of(path).read_text())) == 32
    assert {file.name for file in path.parent.iterdir()} == {"station.db", "station.db.key"}


def test_url_and_path_name_the_same_file(path: Path) -> None:
    made(path)
    with open_database(f"sqlite:///{path}") as database:
        assert database.path == path
        assert passages.count(database) == 1


@pytest.mark.parametrize("url", ["postgresql://host/station", "sqlite://", "sqlite:///", "mysql+pymysql://u:p@h/d"])
def test_other_addresses_are_refused_without_repeating_what_they_hold(url: str) -> None:
    with pytest.raises(DatabaseUnsupported) as caught:
        open_database(url)
    assert caught.value.params == {"scheme": url.partition(":")[0]}


def test_each_database_has_a_key_of_its_own(tmp_path: Path) -> None:
    assert key_of(made(tmp_path / "one.db")).read_text() != key_of(made(tmp_path / "two.db")).read_text()


def test_plain_sqlite_cannot_read_it(path: Path) -> None:
    made(path)
    plain = sqlite3.connect(path)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        plain.execute("SELECT * FROM passages")
    plain.close()


def test_nothing_of_a_row_stands_in_any_file(path: Path) -> None:
    with open_database(path) as database:
        passages.append_passage(database, a_passage(plate="闽E98765"))
        files = list(path.parent.glob("station.db*"))
        assert path.with_name("station.db-wal") in files
        for file in files:
            content = file.read_bytes()
            assert "闽E98765".encode() not in content
            assert b"SQLite format" not in content


@posix
def test_key_is_the_owners_alone(path: Path) -> None:
    assert stat.S_IMODE(key_of(made(path)).stat().st_mode) == 0o600


@posix
def test_key_others_could_read_is_tightened_and_warned_of(path: Path) -> None:
    key_of(made(path)).chmod(0o644)
    with open_database(path) as database:
        assert database.warnings == ("key_was_readable",)
    assert stat.S_IMODE(key_of(path).stat().st_mode) == 0o600
    with open_database(path) as database:
        assert database.warnings == ()


def test_missing_key(path: Path) -> None:
    key_of(made(path)).unlink()
    with pytest.raises(DatabaseKeyMissing):
        open_database(path)
    assert not key_of(path).exists(), "a new key would hide that the old one is gone"


@pytest.mark.parametrize("content", ["", "ab" * 31, "ab" * 33, "xy" * 32, "ab" * 32 + "\n\n", "'; DROP TABLE x; --"])
def test_malformed_key(path: Path, content: str) -> None:
    key_of(made(path)).write_text(content)
    with pytest.raises(DatabaseKeyMalformed):
        open_database(path)


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_key_may_end_its_line(path: Path, ending: str) -> None:
    key = key_of(made(path))
    key.write_bytes(key.read_text().strip().upper().encode() + ending.encode())
    with open_database(path) as database:
        assert passages.count(database) == 1


@pytest.fixture
def old(path: Path) -> Path:
    """A database whose pages are signed as they were at first, with a passage in it."""
    keyfile.create(key_of(path))
    raw = connect(path, keyfile.read(key_of(path)), ROLLBACK, macs=["HMAC_SHA512"])
    raw.execute("CREATE TABLE of_then (a)")
    raw.execute("DROP TABLE of_then")
    raw.close()
    return made(path)


def test_a_file_signed_as_at_first_is_read_written_and_copied(old: Path, tmp_path: Path) -> None:
    with open_database(old) as database:
        passages.append_passage(database, a_passage())
        assert backups.copy(database, tmp_path / "copy.db").findings == []
    with open_database(tmp_path / "copy.db", key_file=key_of(old)) as copy:
        assert passages.count(copy) == 2
        with copy.read() as reading:
            assert mac_of(bare_of(reading)) == "HMAC_SHA512"


KILLED_AMID = """
import os, sys
from pathlib import Path
from db.connection import ROLLBACK, connect
raw = connect(Path(sys.argv[1]), sys.argv[2], ROLLBACK)
raw.execute("PRAGMA journal_mode = delete")
raw.execute("PRAGMA cache_size = 1")
raw.execute("BEGIN IMMEDIATE")
raw.execute("DELETE FROM alembic_version")
raw.execute("CREATE TABLE long AS SELECT hex(randomblob(900)) FROM pragma_function_list")
os._exit(9)
"""


def test_what_was_half_written_into_a_file_signed_as_at_first_is_undone(old: Path) -> None:
    child = subprocess.run([sys.executable, "-c", KILLED_AMID, str(old), keyfile.read(key_of(old))], check=False)
    assert child.returncode == 9
    assert old.with_name(f"{old.name}-journal").stat().st_size > 0
    with open_database(old) as database:
        assert passages.count(database) == 1
        assert verify(database).findings == []
        with database.read() as reading:
            assert reading.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            assert reading.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'long'").scalar() == 0


def test_wrong_key_prints_nothing(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    key_of(made(path)).write_text("ab" * 32)
    with pytest.raises(DatabaseKeyWrong):
        open_database(path)
    assert capfd.readouterr() == ("", "")


def test_a_file_that_is_no_database(path: Path) -> None:
    path.write_text("not a database" * 1000)
    key_of(path).write_text("ab" * 32)
    with pytest.raises(DatabaseKeyWrong):
        open_database(path)
    assert path.read_text() == "not a database" * 1000


@pytest.mark.parametrize("with_key", [False, True])
def test_plain_database_is_named_and_left_alone(path: Path, with_key: bool) -> None:
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE t (a)")
    plain.close()
    before = path.read_bytes()
    if with_key:
        key_of(path).write_text("ab" * 32)
    with pytest.raises(DatabaseNotKeyed):
        open_database(path)
    assert path.read_bytes() == before


def test_key_of_a_lost_database_is_kept_for_its_copies(path: Path) -> None:
    key = key_of(made(path)).read_text()
    path.unlink()
    made(path)
    assert key_of(path).read_text() == key


def test_missing_database_is_not_made_unasked(path: Path) -> None:
    with pytest.raises(DatabaseMissing):
        open_database(path, create=False)
    assert list(path.parent.iterdir()) == []


def test_newer_database(path: Path) -> None:
    with open_database(path) as database, database.write() as transaction:
        transaction.exec_driver_sql("UPDATE alembic_version SET version_num = '2099'")
    with pytest.raises(DatabaseNewer) as caught:
        open_database(path)
    assert caught.value.params["revision"] == "2099"


def test_directory_that_is_a_file(path: Path) -> None:
    path.write_text("")
    with pytest.raises(DatabaseReadOnly):
        open_database(path / "station.db")


def test_directory_in_the_databases_place(path: Path) -> None:
    path.mkdir()
    with pytest.raises(DatabaseReadOnly):
        open_database(path)


def test_no_driver_means_no_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    with pytest.raises(DatabaseDriverMissing):
        open_database(path)
    assert list(path.parent.iterdir()) == []


def test_damaged_page_is_an_error_never_a_wrong_row(path: Path) -> None:
    with open_database(path) as database:
        for _ in range(20):
            passages.append_passage(database, a_passage())
    content = bytearray(path.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 + 100] ^= 1
    path.write_bytes(content)
    with pytest.raises(DatabaseCorrupt):
        open_database(path)


def test_settings_of_every_connection(path: Path) -> None:
    with open_database(path) as database, database.read() as first, database.read() as second:
        for borrowed in (first, second):
            settings = {
                name: borrowed.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "secure_delete")
            }
            assert settings == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "recursive_triggers": 1,
                "secure_delete": 1,
            }


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 6, 23), True),
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_versions_with_the_wal_reset_bug(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_the_sqlite_we_ship_is_safe() -> None:
    assert wal_is_safe(connection.sqlite_version())


def test_unsafe_sqlite_falls_back_visibly_and_keeps_the_rows(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(path)
    monkeypatch.setattr(connection, "sqlite_version", lambda: (3, 51, 2))
    with open_database(path) as database:
        assert database.warnings == ("wal_unsafe",)
        passages.append_passage(database, a_passage())
        assert passages.count(database) == 2
        with database.read() as transaction:
            assert transaction.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
            assert transaction.exec_driver_sql("PRAGMA synchronous").scalar() == 3


def test_an_up_to_date_database_opens_without_alembic(path: Path) -> None:
    made(path)
    program = f"import sys; from db.engine import open_database; open_database({str(path)!r}); print(*sys.modules)"
    child = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "db.engine" in child.stdout.split()
    assert "alembic" not in child.stdout.split()


def test_every_fault_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in DatabaseError.__subclasses__()]
    assert len(codes) == len(set(codes))
