"""Faults behind the whole window: they cost reviews while they last, the officer reads why, and then all is well.

Real are the window, the desk's threads, the encrypted log, the voice's process and the camera's code; the device
behind it is ours, as are the cable, the disk and the clock.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from db import connection, passages
from db.errors import DatabaseFull
from scanner import credentials
from scanner.reader import QrReader
from scanner.source import Image
from station.session import Session
from station.verdict import Outcome
from station.voice import Voice, VoiceState
from tests.db.samples import a_passage
from tests.faults.desk import locked
from tests.faults.whole_window import WholeWindow
from tests.scanner.cameras import still
from tests.station.sounds import Ears, alsa, children, needs_aplay

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ALSA, signals and /proc")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WholeWindow]:
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(alsa(tmp_path, "type null")))
    monkeypatch.setattr(connection, "BUSY_TIMEOUT", 0.05)  # a lock is waited for a moment only
    before = children()
    window = WholeWindow(qtbot, tmp_path)
    yield window
    window.close()
    assert window.wrongs == []
    assert children() <= before


# --- what can go wrong -----------------------------------------------------------------------------------------------

Strike = Callable[[WholeWindow], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, which is in force within its block, and mended after it.

    Attributes:
        said: What the officer reads, zh and en.
        reads: Whether codes are read meanwhile.
        late: Whether it shows only with the verdict.
    """

    strike: Strike
    said: tuple[str, str]
    reads: bool = False
    late: bool = False


def camera(state: str, breaks: Callable[[WholeWindow], None], mends: Callable[[WholeWindow], None]) -> Strike:
    """A fault of the camera: in force, and over, when the station has noticed."""

    @contextmanager
    def strike(window: WholeWindow) -> Iterator[None]:
        shows = window.lens.shows
        breaks(window)
        window.until_camera(state)
        yield
        window.lens.shows = shows
        mends(window)
        window.until_camera("camera_live")

    return strike


def gone(_number: int) -> Image:
    raise OSError("device gone")


def nothing(_window: WholeWindow) -> None:
    """It mends by itself."""


def shows(what: Callable[[int], Image]) -> Callable[[WholeWindow], None]:
    return lambda window: setattr(window.lens, "shows", what)


def unplug(window: WholeWindow) -> None:
    window.lens.info = None


def plug_in(window: WholeWindow) -> None:
    window.lens.info = type(window.lens)().info


def program(owner: object, name: str, error: type[BaseException]) -> Strike:
    """A bug in a function of ours, or of those it calls."""

    def broken(*_: object) -> object:
        raise error("a bug")

    @contextmanager
    def strike(_window: WholeWindow) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(owner, name, broken)
            yield

    return strike


def clock(by: timedelta) -> Strike:
    @contextmanager
    def strike(window: WholeWindow) -> Iterator[None]:
        window.shift = by
        yield
        window.shift = timedelta(0)

    return strike


@contextmanager
def held(window: WholeWindow) -> Iterator[None]:
    """Another program holds the log."""
    with locked(window.log.path):
        yield
    until_all_is_kept(window)


@contextmanager
def full(window: WholeWindow) -> Iterator[None]:
    """The disk is full, to the last byte of the last page: SQLite's own error."""
    pages = 1

    def limit(raw: Any, *_: object) -> None:
        raw.execute(f"PRAGMA max_page_count = {pages}")

    def fill(session: Session) -> None:
        assert session.gate.database is not None
        event.listen(session.gate.database._reader.pool, "checkout", limit)
        with session.gate.database.write_bare() as bare:
            limit(bare)
        with suppress(DatabaseFull):
            while True:
                passages.append_passage(session.gate.database, a_passage(verdict="review", evidence="{}", reasons="[]"))

    window.desk.do(fill)
    yield
    pages = 1 << 30
    until_all_is_kept(window)


def until_all_is_kept(window: WholeWindow) -> None:
    window.until(lambda: window.health is not None and window.health.unsaved == 0 and window.health.database is None)


CAMERA_FAILED = ("摄像头故障，请人工核验", "The camera failed: check by hand")
DECODER_FAILED = ("识读程序出错，请人工核验", "The decoder failed: check by hand")
CREDENTIAL_FAILED = ("核验程序出错，请人工核验", "Verification failed: check by hand")
CLOCK = ("本机时钟不可信，请校准", "The station's clock cannot be trusted: set it")
HELD = ("数据库被占用，本车记录尚未保存", "The database is held, this vehicle's row is not kept yet")
FULL = ("磁盘已满，本车记录尚未保存", "The disk is full, this vehicle's row is not kept yet")
FROZEN = ("画面停住了", "The picture has stopped")

FAULTS = {
    "the camera raises": Fault(camera("camera_failed", shows(gone), nothing), CAMERA_FAILED),
    "the camera ends": Fault(
        camera("camera_missing", unplug, plug_in), ("未找到摄像头，请插好 USB 线", "No camera found: plug it in")
    ),
    "the camera stands still": Fault(camera("camera_frozen", shows(still), nothing), FROZEN),
    "the camera hangs": Fault(
        camera("camera_frozen", lambda window: window.lens.flowing.clear(), lambda window: window.lens.flowing.set()),
        FROZEN,
    ),
    "the decoder raises": Fault(program(QrReader, "look", RuntimeError), DECODER_FAILED),
    "the decoder wants too much memory": Fault(program(QrReader, "look", MemoryError), DECODER_FAILED),
    "a parser raises": Fault(program(credentials, "read", KeyError), CREDENTIAL_FAILED),
    "a parser recurses": Fault(program(credentials, "read", RecursionError), CREDENTIAL_FAILED),
    "the log is held": Fault(
        held,
        HELD,
        reads=True,
        late=True,
    ),
    "the disk is full": Fault(
        full,
        FULL,
        reads=True,
        late=True,
    ),
    "the clock is set back": Fault(clock(-timedelta(minutes=20)), CLOCK, reads=True),
    "the clock leaps ahead": Fault(clock(timedelta(hours=2)), CLOCK, reads=True),
}


@pytest.mark.parametrize("amid", [False, True], ids=["between two vehicles", "amid a check"])
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_costs_a_review_while_it_lasts_and_nothing_after(window: WholeWindow, fault: Fault, amid: bool) -> None:
    window.passes()
    if amid:
        window.hold_up()
        window.until_read()
    mark = window.mark()
    with fault.strike(window):
        if not amid:
            window.hold_up()
        if amid or fault.reads:
            window.until_read()
        if not fault.late:
            window.until_said(*fault.said)
        window.say()
        if not amid and not fault.reads:
            window.desk.do(Session.finish)  # the officer sees no use in waiting for the code
        window.until_decided()
        if fault.late:
            window.until_said(*fault.said)
        assert window.view.shown is Outcome.REVIEW
        assert window.passed_since(mark) == []
    assert window.passed_since(mark) == []
    window.next_vehicle()
    window.passes()
    assert_one_row_each(window)


def assert_one_row_each(window: WholeWindow) -> None:
    """Each verdict shown is in the log as it was shown."""
    shown = {one.view.check: one.view.shown.word for one in window.moments if one.view.shown is not None}
    assert {check: window.verdict_kept(check) for check in shown} == shown


# --- the voice -------------------------------------------------------------------------------------------------------


@pytest.fixture
def voice(window: WholeWindow) -> Voice:
    assert isinstance(window.voice, Voice)
    window.until(lambda: window.voice_is("ready"))
    return window.voice


@pytest.fixture
def slow_ears(window: WholeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ears]:
    """From now on the sound device takes a second and a half at once, and the rest as it is listened to."""
    (tmp_path / "ears").mkdir()
    ears = Ears(tmp_path / "ears")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(ears.config))
    yield ears
    ears.close()


@contextmanager
def killed(voice: Voice) -> Iterator[None]:
    """Its process is killed, and each that takes its place."""
    over = threading.Event()

    def kill() -> None:
        while not over.wait(0.01):
            if voice.pid is not None:
                with suppress(ProcessLookupError):
                    os.kill(voice.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield
    finally:
        over.set()
        killer.join()


@needs_aplay
def test_a_voice_killed_idle_is_missed_on_the_screen_costs_no_verdict_and_speaks_again(
    window: WholeWindow, voice: Voice, slow_ears: Ears
) -> None:
    """The voice is on no verdict's way: it may be silent, but says nothing that is not so."""
    with killed(voice):
        window.until_said("语音程序中断，正在恢复", "The voice stopped and is being restarted")
        window.passes()
    window.until(lambda: window.voice_is("ready"))
    voice.say("一二三四五六七八九十")
    window.until(lambda: voice.state is VoiceState.SPEAKING)


@needs_aplay
def test_a_voice_killed_while_it_speaks_says_nothing_of_a_vehicle_that_has_gone(
    window: WholeWindow, voice: Voice, slow_ears: Ears
) -> None:
    window.hold_up()
    window.until_read()
    window.say()
    window.until(lambda: voice.state is VoiceState.SPEAKING)
    mark = window.mark()
    with killed(voice):
        window.next_vehicle()
        window.until(lambda: voice.state is VoiceState.DIED)
    slow_ears.listen()
    window.until(lambda: voice.state is VoiceState.READY)
    assert slow_ears.listen().size == 0
    assert window.passed_since(mark) == []
    window.passes()
    voice.say("一二三四五六七八九十")
    window.until(lambda: slow_ears.listen().size > 0)
