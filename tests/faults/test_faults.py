"""A fault at each step from picture to row: never a pass, the sentence shown, the row whole or absent, the desk alive.

The parts are the real ones; where a fault can be had for real (a locked file, a full or read-only disk, a lost key),
it is.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from db import connection, passages
from db.connection import WAL, connect
from db.engine import Database, open_database
from db.keyfile import key_path
from scanner import credentials
from scanner.cv import cv2
from scanner.demo.drivers import vehicles
from scanner.demo.source import DemoSource
from scanner.reader import LIVE, ROUNDS, STILL, QrReader, Row
from scanner.source import Frame, SourceError, load_image
from scanner.trust import TrustList
from station import texts
from station.check import Check
from station.clock import SystemClock
from station.gate import Concluded, Gate
from station.home import demo_signer
from station.verdict import Outcome
from tests.scanner import builders
from tests.scanner.codes import qr
from ui.cli import main
from ui.headless import serve_demo, serve_pictures
from ui.opening import open_gate

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LANGUAGES: tuple[texts.Language, ...] = ("zh", "en")
SENTENCES = {
    "camera_failed": ("摄像头故障，请人工核验", "The camera failed: check by hand"),
    "decoder_failed": ("识读程序出错，请人工核验", "The decoder failed: check by hand"),
    "credential_failed": ("核验程序出错，请人工核验", "Verification failed: check by hand"),
    "database_full": (
        "磁盘已满，本车记录尚未保存：请清出空间",
        "The disk is full, this vehicle's row is not kept yet: free space",
    ),
    "database_read_only": (
        "数据库不可写，本车记录尚未保存",
        "The database cannot be written, this vehicle's row is not kept yet",
    ),
    "database_busy": ("数据库被占用，本车记录尚未保存", "The database is held, this vehicle's row is not kept yet"),
    "clock_untrusted": ("本机时钟不可信，请校准", "The station's clock cannot be trusted: set it"),
}


@dataclass(slots=True)
class Ticking:
    """A machine's clock, moved by hand, while no time goes by."""

    at: datetime = NOW

    def clock(self) -> SystemClock:
        return SystemClock(wall=lambda: self.at, monotonic=lambda: 0.0)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


@pytest.fixture
def database(log: Path) -> Iterator[Database]:
    with open_database(log) as opened:
        yield opened


@pytest.fixture
def gate(database: Database) -> Gate:
    """A working station that trusts the builders' signer."""
    return replace(open_gate(database, clock=Ticking().clock()), trust=builders_trust())


def builders_trust() -> TrustList:
    return TrustList((builders.SIGNER.trusted_key(),), issued=NOW)


def good_code() -> str:
    """A code that passes: green and negative."""
    seconds = int(NOW.timestamp())
    test = builders.TEST | {1: seconds - 20 * 3600, 2: seconds - 12 * 3600}
    health = builders.HEALTH | {3: seconds - 86400}
    times = builders.claims(iat=seconds - 3600, exp=seconds + 3600)
    code_id = os.urandom(8)
    return builders.jkm1(times | {7: code_id, -260: {-38961: {1: builders.HOLDER, 2: health, 3: test}}})


def serve(gate: Gate, image: Any = None) -> Concluded:
    """A vehicle that would pass."""
    check = gate.begin()
    say(check)
    gate.look(check, qr(good_code()) if image is None else image)
    return gate.conclude(check)


def say(check: Check) -> None:
    check.confirm_people(1)
    check.set_plate("闽E12345")
    check.take_temperature(0, 36.5, NOW)


def assert_reviewed(concluded: Concluded, fault: str) -> None:
    """Not a pass, and both languages say why."""
    verdict = concluded.verdict
    assert verdict.outcome is Outcome.REVIEW
    for language, sentence in zip(LANGUAGES, SENTENCES[fault], strict=True):
        said = [texts.reason(reason, language) for reason in verdict.reasons]
        assert any(one.startswith(sentence) for one in said), said


def verdicts(database: Database) -> list[str]:
    return [row.verdict for row in passages.page(database)]


def test_without_a_fault_this_vehicle_passes(gate: Gate, database: Database) -> None:
    concluded = serve(gate)
    assert (concluded.verdict.outcome, concluded.committed) == (Outcome.PASS, True)
    assert verdicts(database) == ["pass"]


# --- read ------------------------------------------------------------------------------------------------------------


@dataclass
class Failing:
    """A camera that gives some frames, and then what a camera gives when its cable is pulled."""

    frames: list[np.ndarray[Any, np.dtype[np.uint8]]]
    error: Exception
    name: str = "camera"

    def read(self) -> Frame:
        if not self.frames:
            raise self.error
        return Frame(self.frames.pop(0), 0, 0.0)

    def close(self) -> None:
        pass


@pytest.mark.parametrize("error", [OSError("device gone"), SourceError(), cv2.error("assertion"), MemoryError()])
def test_a_camera_that_fails_leaves_the_vehicle_before_it_reviewed(
    gate: Gate, database: Database, error: Exception
) -> None:
    serving = serve_pictures(gate, Failing([qr(good_code())], error), fps=15)
    assert_reviewed(next(serving).concluded, "camera_failed")
    with pytest.raises(type(error)):
        next(serving)
    assert verdicts(database) == ["review"]
    assert serve(gate).verdict.outcome is Outcome.PASS


def test_a_camera_that_fails_once_costs_the_demo_one_review(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = replace(gate, trust=TrustList((demo_signer().trusted_key(demo=True),), issued=NOW))
    source = DemoSource(vehicles(seed=1, now=NOW, signer=demo_signer()), count=2, paced=False, seed=1)
    read, first = source.read, [OSError("cable")]

    def failing() -> Frame | None:
        if first:
            raise first.pop()
        return read()

    monkeypatch.setattr(source, "read", failing)
    broken, whole = serve_demo(gate, source, fps=15)
    assert_reviewed(broken.concluded, "camera_failed")
    assert whole.vehicle is not None
    assert whole.concluded.verdict.outcome.word == whole.vehicle.expected


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_a_truncated_picture_is_no_pass(tmp_path: Path, share: float, capsys: pytest.CaptureFixture[str]) -> None:
    """What is left of a JPEG is still a picture to most decoders; half a code is no code."""
    whole, cut = tmp_path / "whole.jpg", tmp_path / "cut.jpg"
    main(["issue", "both", "--name", "林晓岚", "--out", str(tmp_path / "code.png")])
    cv2.imwrite(str(whole), load_image(tmp_path / "code.png"))
    content = whole.read_bytes()
    cut.write_bytes(content[: int(len(content) * share)])
    typed = ["--temperature", "36.5", "--people", "1", "--plate", "闽E12345"]
    assert main(["check", str(whole), *typed]) == 0
    assert main(["check", str(cut), *typed]) in {20, 64}
    assert "Traceback" not in capsys.readouterr().err


# --- decode ----------------------------------------------------------------------------------------------------------


def crash(_: object) -> list[Any]:
    raise RuntimeError("an engine's bug")


def test_a_reader_whose_engines_all_crash_is_a_review(gate: Gate, database: Database) -> None:
    gate.reader = QrReader(dict.fromkeys((LIVE, STILL), ((Row("crashing", crash),),)))
    assert_reviewed(serve(gate), "decoder_failed")
    gate.reader = QrReader()
    assert serve(gate).verdict.outcome is Outcome.PASS
    assert verdicts(database) == ["pass", "review"]


def test_one_engine_that_crashes_beside_others_costs_nothing(gate: Gate) -> None:
    gate.reader = QrReader(
        {budget: ((Row("crashing", crash), *rounds[0]), *rounds[1:]) for budget, rounds in ROUNDS.items()}
    )
    assert serve(gate).verdict.outcome is Outcome.PASS


def test_a_frame_that_is_no_picture_is_a_review(gate: Gate) -> None:
    assert_reviewed(serve(gate, np.zeros((4, 4), np.float32)), "decoder_failed")


# --- credential ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [RecursionError, MemoryError, KeyError, AssertionError])
def test_a_parser_with_a_bug_is_a_review(
    gate: Gate, database: Database, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def broken(*_: object) -> object:
        raise error("a bug")

    with monkeypatch.context() as patched:
        patched.setattr(credentials, "read", broken)
        assert_reviewed(serve(gate), "credential_failed")
    assert serve(gate).verdict.outcome is Outcome.PASS
    assert verdicts(database) == ["pass", "review"]


# --- clock -----------------------------------------------------------------------------------------------------------


def test_a_clock_set_back_while_the_station_runs_is_a_review_until_it_is_set_right(gate: Gate) -> None:
    time = Ticking()
    gate.clock = time.clock()
    assert serve(gate).verdict.outcome is Outcome.PASS
    time.at = NOW - timedelta(hours=1)
    assert_reviewed(serve(gate), "clock_untrusted")
    time.at = NOW
    assert serve(gate).verdict.outcome is Outcome.PASS


def test_a_clock_set_back_in_the_middle_of_a_check_is_a_review(gate: Gate) -> None:
    time = Ticking()
    gate.clock = time.clock()
    check = gate.begin()
    say(check)
    gate.show(check, good_code())
    time.at = NOW - timedelta(minutes=5)
    assert_reviewed(gate.conclude(check), "clock_untrusted")


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_clock_before_the_newest_row_is_a_review(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """The machine's own clock, and a log whose newest row was written tomorrow."""
    picture, typed = str(tmp_path / "code.png"), ["--temperature", "36.5", "--people", "1", "--plate", "闽E12345"]
    main(["issue", "both", "--name", "林晓岚", "--out", picture])
    assert main(["check", picture, *typed]) == 0
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    assert main(["check", picture, *typed, "--at", tomorrow, "--database", str(log)]) == 20
    capsys.readouterr()
    if command == "check":
        assert main(["check", picture, *typed, "--database", str(log)]) == 20
    else:
        assert main(["run", "--headless", "--unpaced", "--vehicles", "3", "--database", str(log)]) == 0
        assert "放行 0" in capsys.readouterr().out
        assert main(["log", "--database", str(log), "--csv"]) == 0
    assert "clock_untrusted" in (out := capsys.readouterr().out) or SENTENCES["clock_untrusted"][0] in out
    with open_database(log) as database:
        assert "pass" not in verdicts(database)


# --- commit ----------------------------------------------------------------------------------------------------------


@contextmanager
def locked(log: Path) -> Iterator[None]:
    """Another program that holds the write lock."""
    other = connect(log, key_path(log).read_text().strip(), WAL)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits for a lock a moment only."""
    monkeypatch.setattr(connection, "BUSY_TIMEOUT", 0.05)


def refill(database: Database) -> Callable[[], None]:
    """Let the file grow no more; gives the way back."""

    def limit(pages: int) -> None:
        with database.read() as one:
            one.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

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
from pathlib import Path
from tests.faults import test_faults as t
mounted, what = Path(sys.argv[1]), sys.argv[2]
def mount(*options):
    subprocess.run(["mount", *options, str(mounted)], check=True)
mount("-t", "tmpfs", "-o", "size=2m", "tmpfs")
with t.open_database(mounted / "log.db") as database:
    gate = t.replace(t.open_gate(database, clock=t.Ticking().clock()), trust=t.builders_trust())
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
    known = {row.id for row in t.passages.page(database)}
    assert not known & {one.record.id for one in lost}
    served = t.serve(gate)
    assert served.committed and served.verdict.outcome is t.Outcome.PASS, served.verdict
    kept = {row.id: row.verdict for row in t.passages.page(database)}
    assert all(kept[one.record.id] == "review" for one in lost)
with t.open_database(mounted / "log.db") as database, database.read() as one:
    assert one.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
print("held")
"""


def own_mounts(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["unshare", "-m", "-r", *words], capture_output=True, text=True, check=False, **options)


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
