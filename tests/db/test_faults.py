"""Disk full, read-only, locked, two processes: a named error, nothing half, and usable again afterwards."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from db import connection, passages, people
from db.connection import WAL, connect
from db.engine import Database, open_database
from db.errors import DatabaseBusy, DatabaseFull
from db.keyfile import key_path
from tests.db.samples import a_passage, evidence

ROOT = Path(__file__).parents[2]

FILL = """
import sys
from db import passages
from db.engine import open_database
from db.errors import DatabaseError
from tests.db.samples import a_passage, evidence

kept = 0
with open_database(sys.argv[1]) as database:
    try:
        while True:
            passages.append_passage(database, a_passage(evidence=evidence(50_000)))
            kept += 1
    except DatabaseError as error:
        print(error.code, kept == passages.count(database) > 0)
"""

OPEN = """
import sys
from db.engine import open_database
from db.errors import DatabaseError

try:
    open_database(sys.argv[1]).close()
    print("opened")
except DatabaseError as error:
    print(error.code)
"""

APPEND = """
import sys
from db import passages
from db.engine import open_database
from tests.db.samples import a_passage

with open_database(sys.argv[1]) as database:
    for _ in range(20):
        passages.append_passage(database, a_passage())
"""


def in_a_mount(mount: str, path: Path, program: str) -> list[str]:
    """What `program` prints for `path`, with `mount` done in a mount namespace that ends with it."""
    command = ["unshare", "-m", "sh", "-ec", f'{mount}; exec "$@"', "sh", sys.executable, "-c", program, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()


def can_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    probe = ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


mounts = pytest.mark.skipif(not can_mount(), reason="needs root and mount namespaces")


def test_a_full_file_refuses_by_name_and_takes_rows_again(database: Database) -> None:
    passages.append_passage(database, a_passage())
    with database.write_bare() as bare:
        bare.execute("PRAGMA max_page_count = 1")  # SQLite raises it to what is in use
    with pytest.raises(DatabaseFull):
        passages.append_passage(database, a_passage(evidence=evidence(100_000)))
    assert passages.count(database) == 1
    passages.append_passage(database, a_passage())
    assert passages.count(database) == 2


@mounts
def test_a_full_disk_keeps_what_was_acknowledged_and_nothing_else(tmp_path: Path) -> None:
    mount = f"mount -t tmpfs -o size=2m none {tmp_path}"
    assert in_a_mount(mount, tmp_path / "station.db", FILL) == ["database_full", "True"]


@mounts
def test_a_disk_without_room_for_a_first_database(tmp_path: Path) -> None:
    mount = f"mount -t tmpfs -o size=16k none {tmp_path}"
    assert in_a_mount(mount, tmp_path / "station.db", OPEN) == ["database_full"]


@mounts
@pytest.mark.parametrize("made", [False, True])
def test_a_read_only_disk_is_named(tmp_path: Path, made: bool) -> None:
    path = tmp_path / "station.db"
    if made:
        open_database(path).close()
    mount = f"mount --bind {tmp_path} {tmp_path}; mount -o remount,ro,bind {tmp_path}"
    assert in_a_mount(mount, path, OPEN) == ["database_read_only"]


def test_a_lock_held_too_long_is_named_and_the_next_append_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_TIMEOUT", 0.05)
    with open_database(path) as database:
        other = connect(path, key_path(path).read_text().strip(), WAL)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy):
            passages.append_passage(database, a_passage())
        assert passages.count(database) == 0, "reading goes on meanwhile"
        other.execute("ROLLBACK")
        other.close()
        passages.append_passage(database, a_passage())
        assert passages.count(database) == 1


def test_processes_may_make_and_fill_one_database_at_once(path: Path) -> None:
    command = [sys.executable, "-c", APPEND, str(path)]
    children = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    complaints = [child.communicate()[1] for child in children]
    assert complaints == [""] * 4
    with open_database(path) as database:
        assert passages.count(database) == 80
        assert people.everyone(database) == []
        assert database.warnings == ()
    assert {file.name for file in path.parent.iterdir()} == {"station.db", "station.db.key", "station.db.days"}
