"""The last step, the commit: a lock, a full disk, a read-only one, a lost key. No pass, no half row, none lost."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db import connection, passages
from db.engine import Database, open_database
from db.keyfile import key_path
from station.gate import Gate
from station.verdict import Outcome
from tests.faults.desk import (
    LANGUAGES,
    SENTENCES,
    Ticking,
    assert_reviewed,
    builders_trust,
    locked,
    serve,
    verdicts,
)
from ui.cli import main
from ui.opening import open_gate

# --- commit ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits for a lock a moment only."""
    monkeypatch.setattr(connection, "BUSY_TIMEOUT", 0.05)


def refill(database: Database) -> Callable[[], None]:
    """Let the file grow no more; gives the way back."""

    def limit(pages: int) -> None:
        with database.write_bare() as bare:
            bare.execute(f"PRAGMA max_page_count = {pages}")

    limit(1)
    return lambda: limit(1 << 30)


def test_what_could_not_be_written_goes_first_when_it_can(impatient: None, log: Path) -> None:
    with open_database(log) as database:
        gate = replace(open_gate(database, clock=Ticking().clock()), trust=builders_trust())
        with locked(log):
            lost = [serve(gate) for _ in range(3)]
            for concluded in lost:
                assert_reviewed(concluded, "database_busy")
                assert not concluded.committed
            assert verdicts(database) == []
            assert not gate.flush()
        served = serve(gate)
        assert (served.verdict.outcome, served.committed, gate.unsaved) == (Outcome.PASS, True, [])
        kept = {row.id: row.verdict for row in passages.page(database)}
    assert kept == {**{one.record.id: "review" for one in lost}, served.record.id: "pass"}


def test_a_full_database_is_a_review_and_the_row_comes_later(gate: Gate, database: Database) -> None:
    free = refill(database)
    fits = 0
    while (concluded := serve(gate)).committed:  # what fits into the pages there are is kept, and may pass
        fits += 1
        assert fits < 100
    assert_reviewed(concluded, "database_full")
    assert len(verdicts(database)) == fits
    free()
    assert gate.flush()
    assert verdicts(database) == ["review", *["pass"] * fits]


def test_a_row_written_after_all_is_not_written_twice(gate: Gate, database: Database) -> None:
    """The commit went through, and only its answer was lost."""
    concluded = serve(gate)
    gate.unsaved.append(concluded.record)
    assert gate.flush()
    assert verdicts(database) == ["pass"]


def test_a_lock_costs_the_command_line_a_review_and_says_so(
    impatient: None, log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_database(log).close()
    picture = str(tmp_path / "code.png")
    main(["issue", "both", "--name", "林晓岚", "--out", picture])
    capsys.readouterr()
    words = ["check", picture, "--temperature", "36.5", "--people", "1", "--plate", "闽E12345", "--database", str(log)]
    for language, sentence in zip(LANGUAGES, SENTENCES["database_busy"], strict=True):
        with locked(log):
            assert main([*words, "--language", language]) == 20
        assert sentence in capsys.readouterr().out
    with open_database(log) as database:
        assert verdicts(database) == []
    assert main(words) == 0


def test_a_run_that_could_not_write_ends_as_a_failure(
    impatient: None, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_database(log).close()
    with locked(log):
        code = main(["run", "--headless", "--unpaced", "--vehicles", "2", "--database", str(log)])
    said = capsys.readouterr()
    assert code == 70
    assert "放行 0" in said.out
    assert "2 条记录未能写入" in said.err
    with open_database(log) as database:
        assert verdicts(database) == []


def test_a_key_file_that_goes_missing_in_a_run_stops_the_next_not_this_one(log: Path) -> None:
    """The key is in memory while the station runs; the next start says what is missing, and makes no other."""
    with open_database(log) as database:
        gate = replace(open_gate(database, clock=Ticking().clock()), trust=builders_trust())
        key_path(log).rename(log.with_name("kept.key"))
        assert serve(gate).committed
    assert main(["run", "--headless", "--unpaced", "--vehicles", "1", "--database", str(log)]) == 64
    assert not key_path(log).exists()
    log.with_name("kept.key").rename(key_path(log))
    with open_database(log) as database:
        assert verdicts(database) == ["pass"]


# --- disks, for real: in a child with mounts of its own ---------------------------------------------------------------

CHILD = """
import subprocess, sys
from dataclasses import replace
from pathlib import Path
from db import passages
from db.engine import open_database
from station.verdict import Outcome
from ui.opening import open_gate
from tests.faults import desk as t
mounted, what = Path(sys.argv[1]), sys.argv[2]
def mount(*options):
    subprocess.run(["mount", *options, str(mounted)], check=True)
mount("-t", "tmpfs", "-o", "size=2m", "tmpfs")
with open_database(mounted / "log.db") as database:
    gate = replace(open_gate(database, clock=t.Ticking().clock()), trust=t.builders_trust())
    assert t.serve(gate).committed
    if what == "database_full":
        ballast = mounted / "ballast"
        with ballast.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)): pass
            except OSError: pass
        lost = [t.serve(gate) for _ in range(12)]
        lost = [one for one in lost if not one.committed]
        assert lost, "the disk was not full"
        ballast.unlink()
    else:
        database.close()  # the kernel turns no disk read-only under a file open for writing; connections come anew
        mount("-o", "remount,ro")
        lost = [t.serve(gate), t.serve(gate)]
        database.close()
        mount("-o", "remount,rw")
    for one in lost:
        t.assert_reviewed(one, what)
    known = {row.id for row in passages.page(database)}
    assert not known & {one.record.id for one in lost}
    served = t.serve(gate)
    assert served.committed and served.verdict.outcome is Outcome.PASS, served.verdict
    kept = {row.id: row.verdict for row in passages.page(database)}
    assert all(kept[one.record.id] == "review" for one in lost)
with open_database(mounted / "log.db") as database, database.read() as one:
    assert one.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
print("held")
"""


def own_mounts(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["unshare", "-m", "-r", *words], capture_output=True, text=True, check=False, **options)


FILLING = """
import subprocess, sys
from dataclasses import replace
from pathlib import Path
from db import passages, reserve
from db.engine import open_database
from station.session import Session
from station.view import Health
from tests.faults import desk as t
from tests.faults.sound import assert_sound
from ui.opening import open_gate
reserve.SIZE, reserve.SHORT = 2 << 20, 6 << 20  # of a disk of 12 MB
mounted = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(mounted)], check=True)
def fill(name, most=1 << 30):
    with (mounted / name).open("wb", buffering=0) as file:
        try:
            while most > 0: most -= file.write(bytes(4096))
        except OSError: pass
def open_it():
    return open_database(mounted / "log.db")
def gate_on(database):
    return replace(open_gate(database, clock=t.Ticking().clock()), trust=t.builders_trust())
def passes(gate):
    served = t.serve(gate)
    assert served.committed and served.verdict.outcome.name == "PASS", served.verdict
with open_it() as database:
    gate, told = gate_on(database), []
    session = Session(gate, lambda news: told.append(news) if isinstance(news, Health) else None)
    def status():
        session.tick()
        return told[-1].disk_left, told[-1].reserve_spent
    assert status() == (None, False)
    passes(gate)
    fill("half", 5 << 20)
    left, spent = status()
    assert 0 < left < 6 and not spent, "told in time"
    passes(gate)
    fill("ballast")
    assert status() == (0, False)
    for _ in range(5): passes(gate)
    left, spent = status()
    assert spent, "told that the reserve is in use"
    fill("more")
    lost = [one for one in (t.serve(gate) for _ in range(8)) if not one.committed]
    assert lost, "the disk was not full"
    for one in lost: t.assert_reviewed(one, "database_full")
    for name in ("half", "ballast", "more"): (mounted / name).unlink()
    session.tick()
    assert status() == (None, False) and not gate.unsaved
    assert (mounted / "log.db.reserve").stat().st_blocks * 512 >= 2 << 20, "made again, of real blocks"
    kept = {row.id: row.verdict for row in passages.page(database, limit=99)}
    assert all(kept[one.record.id] == "review" for one in lost) and len(kept) == 15, kept
    assert_sound(database)
fill("ballast")
with open_it() as database:  # a station that starts on a full disk
    passes(gate_on(database))
print("held")
"""


@pytest.fixture(scope="module")
def mounts(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("probe")
    try:
        may = own_mounts("mount", "-t", "tmpfs", "tmpfs", str(folder)).returncode == 0
    except FileNotFoundError:
        may = False
    if not may:
        pytest.skip("this machine lets nobody mount")


@pytest.mark.parametrize("fault", ["database_full", "database_read_only"])
def test_a_disk_that_fills_or_turns_read_only_costs_reviews_and_no_row(
    mounts: None, tmp_path: Path, fault: str
) -> None:
    mounted = tmp_path / "disk"
    mounted.mkdir()
    done = own_mounts(sys.executable, "-c", CHILD, str(mounted), fault, cwd=Path(__file__).parents[2], timeout=60)
    assert done.stdout.strip() == "held", done.stderr


def test_a_disk_that_fills_is_told_in_time_and_its_reserve_keeps_the_last_passages(
    mounts: None, tmp_path: Path
) -> None:
    mounted = tmp_path / "disk"
    mounted.mkdir()
    done = own_mounts(sys.executable, "-c", FILLING, str(mounted), cwd=Path(__file__).parents[2], timeout=60)
    assert done.stdout.strip() == "held", done.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="POSIX permissions")
def test_a_log_this_user_may_not_write_is_refused_at_the_start(log: Path, tmp_path: Path, mounts: None) -> None:
    """A read-only medium from the start: no verdict is given at all, so no pass."""
    open_database(log).close()
    script = (
        f"mount --bind {tmp_path} {tmp_path} && mount -o remount,bind,ro {tmp_path} && "
        f"STATION_HOME={tmp_path}/none exec {sys.executable} -m ui.cli check --exempt x --plate 闽E12345"
        f" --at 2022-03-14T12:00 --database {log}"
    )
    done = own_mounts("sh", "-c", script, cwd=Path(__file__).parents[2], timeout=60)
    assert done.returncode in {20, 64}, done
    assert "Traceback" not in done.stderr
    assert done.stderr or "数据库不可写" in done.stdout
    with open_database(log) as database:
        assert verdicts(database) == []
