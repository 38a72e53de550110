"""A fault at each step from picture to row: never a pass, the sentence shown, the row whole or absent, the desk alive.

The parts are the real ones; where a fault can be had for real (a locked file, a full or read-only disk, a lost key),
it is.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from db import passages
from db.engine import Database, open_database
from scanner import credentials
from scanner.cv import cv2
from scanner.demo.source import DemoSource
from scanner.reader import LIVE, ROUNDS, STILL, QrReader, Row
from scanner.source import Frame, SourceError, load_image
from scanner.trust import TrustList
from station.clock import SystemClock
from station.gate import Gate
from station.home import demo_signer
from station.session import Told
from station.verdict import Outcome
from tests.db.samples import a_passage
from tests.faults.desk import NOW, SENTENCES, Ticking, assert_reviewed, good_code, say, serve, verdicts
from tests.scanner.codes import qr
from ui.cli import main
from ui.demo_officer import traffic
from ui.headless import Served, serve_demo, serve_pictures
from ui.picture_officer import Reel


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
    fps: float = 15.0

    def read(self) -> Frame | None:
        if not self.frames:
            raise self.error
        return Frame(self.frames.pop(0), 0, 0.0)

    def close(self) -> None:
        pass


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A camera that failed is tried again without a rest."""
    monkeypatch.setattr("station.eyes.RETRY", 0.0)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("error", [OSError("device gone"), SourceError(), cv2.error("assertion"), MemoryError()])
def test_a_camera_that_fails_leaves_the_vehicle_before_it_reviewed(
    gate: Gate, database: Database, error: Exception
) -> None:
    told: list[Served | Told] = []
    with pytest.raises(type(error)):
        told.extend(serve_pictures(gate, Reel(Failing([qr(good_code())], error), paced=False)))
    fault, served = told
    assert fault == Told("camera_failed", {})
    assert isinstance(served, Served)
    assert_reviewed(served, "camera_failed")
    assert verdicts(database) == ["review"]
    gate.reader = QrReader()
    assert serve(gate).verdict.outcome is Outcome.PASS


@pytest.mark.usefixtures("at_once")
def test_a_camera_that_fails_once_costs_the_demo_one_review(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    trust = TrustList((demo_signer().trusted_key(demo=True),), issued=datetime.now(UTC))
    gate = replace(gate, trust=trust, clock=SystemClock())
    read, before = DemoSource.read, [OSError("cable"), *[None] * 8]

    def failing(source: DemoSource) -> Frame | None:
        """The ninth picture does not come: the first vehicle has just arrived."""
        if before and (error := before.pop()):
            raise error
        return read(source)

    monkeypatch.setattr(DemoSource, "read", failing)
    served = [one for one in serve_demo(gate, traffic(count=3, paced=False)) if isinstance(one, Served)]
    assert_reviewed(served[0], "camera_failed")
    assert [one.verdict.outcome.word for one in served[1:]] == [
        one.vehicle.expected for one in served[1:] if one.vehicle
    ]
    assert len(served) == 3


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
    with open_database(log) as database:
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        row = a_passage(verdict="review", concluded_at=tomorrow, clock="trusted", evidence="{}", reasons="[]")
        passages.append_passage(database, row)
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
