"""The whole window as `station run` opens it, a camera of ours before it, and a witness to all it shows and says."""

import argparse
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.exceptions import TimeoutError as TookTooLong
from pytestqt.qtbot import QtBot

from db import passages
from db.engine import open_database
from scanner.camera import CameraSource
from scanner.credentials import Health as HealthCode
from scanner.credentials import HealthState, Holder, Test, TestResult, jkm1
from scanner.source import Image
from station.access import Role
from station.clock import SystemClock
from station.gate import Concluded
from station.home import demo_signer
from station.session import Session
from station.spoken import spoken_verdict
from station.texts import Language
from station.verdict import Outcome
from station.view import Health, Stage, View
from station.voice import Voice
from tests.scanner.cameras import Device
from tests.ui.gate.bench import BLANK, picture_of
from ui.app import Station
from ui.first_run.founding import NewPerson, add_person
from ui.gate.page import GatePage
from ui.pages import GATE
from ui.window import MainWindow

PATIENCE_MS = 40_000
PASS_WORDS = ("放行", "pass", "Pass", "PASS")
OFFICER = NewPerson("1001", "林晓岚", "区建设局", Role.OFFICER, "4821")
NAMES = ("王小明", "陈志强", "黄美玲", "吴国栋", "郑雅婷", "蔡文斌")


@dataclass(frozen=True, slots=True)
class Moment:
    """What a view looked like once it was on the screen."""

    view: View
    word: str
    shape: Outcome | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in what was witnessed."""

    moments: int
    phrases: int
    rows: frozenset[str]


class Witnessed(Voice):
    """The voice, and what was given to it."""

    def __init__(self, language: Language, heard: Callable[[str, str], None]) -> None:
        self._heard = heard
        super().__init__(language)

    def speak(self, concluded: Concluded, *, released: bool = False) -> None:
        self._heard(concluded.record.id, spoken_verdict(concluded, self.language, released=released))
        super().speak(concluded, released=released)


class WholeWindow(QObject):
    """An officer is signed in at the gate page; `lens` is the camera, `shift` what the clock is wrong by."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        super().__init__()
        self.qtbot = qtbot
        self.lens = Device()
        self.lens.shows = self._shows
        self.shift = timedelta(0)
        self.moments: list[Moment] = []
        self.phrases: list[str] = []
        self.wrongs: list[str] = []
        self.health: Health | None = None
        self._picture = BLANK
        self._served = 0
        self._never = threading.Event()
        self.log = open_database(folder / "station.db")
        add_person(self.log, OFFICER, station="LS-1", now=datetime.now(UTC))
        options = argparse.Namespace(
            language="zh", source="camera", database=folder / "station.db", kiosk=False, seed=1
        )
        self.station = Station(options, lambda language: Witnessed(language, self._hear))
        self.station.start()
        assert isinstance(self.station.window, MainWindow)
        assert self.station.desk is not None
        self.window, self.desk, self.voice = self.station.window, self.station.desk, self.station.voice
        page = self.window.pages[GATE].widget
        assert isinstance(page, GatePage)
        self.page = page
        self.station.bridge.view_changed.connect(self._witness)  # after the page's own: it shows the view by now
        self.station.bridge.health_changed.connect(self._note_health)
        clock = SystemClock(wall=lambda: datetime.now(UTC) + self.shift)
        self.desk.do(lambda session: setattr(session.gate, "clock", clock))
        self.desk.look_through(lambda: CameraSource(self.lens.find, self.lens.open))
        self.desk.do(Session.sign_in, OFFICER.code, OFFICER.pin)
        self.until(lambda: self.health is not None and self.health.officer == OFFICER.code)
        self.window.open(GATE)
        self.until_camera("camera_live")
        self.desk.do(Session.next_vehicle)
        self.until(lambda: bool(self.moments))

    def close(self) -> None:
        """End it as `run_window` does."""
        self.lens.flowing.set()
        self.station.stop()
        self.log.close()

    # --- at the gate -------------------------------------------------------------------------------------------------

    def hold_up(self) -> None:
        """The next driver's code, green and negative, before the camera."""
        self._served += 1
        now = datetime.now(UTC)
        holder = Holder(NAMES[self._served % len(NAMES)], 10, f"{1000 + self._served}")
        test = Test(now - timedelta(hours=10), TestResult.NEGATIVE)
        text = jkm1.issue(
            demo_signer(), holder, health=HealthCode(HealthState.GREEN), test=test, issued=now - timedelta(hours=1)
        )
        self._picture = picture_of(text)

    def until_read(self) -> None:
        """Wait for the code to be on the checklist."""
        self.until(lambda: any(occupant.name for occupant in self.view.occupants))

    def say(self) -> None:
        """What the officer enters beside the code."""
        self.desk.do(Session.confirm_people, 1)
        self.desk.do(Session.set_plate, f"闽E{10_000 + self._served}")
        self.desk.do(Session.take_temperature, 0, 36.5)

    def next_vehicle(self) -> None:
        """Wave on whoever is there."""
        before = self.view.check
        self._picture = BLANK
        self.desk.do(Session.next_vehicle)
        self.until(lambda: self.view.check != before)

    def passes(self) -> None:
        """A vehicle in order comes, passes on the screen, is said to pass, and is in the log."""
        mark = self.mark()
        self.hold_up()
        self.until_read()
        self.say()
        self.until_decided()
        last = self.moments[-1]
        assert (last.view.shown, last.word, last.shape) == (Outcome.PASS, "放行", Outcome.PASS)
        assert self.verdict_kept(last.view.check) == "pass"
        assert any("放行" in phrase for phrase in self.phrases[mark.phrases :])
        self.next_vehicle()

    # --- what is seen and heard --------------------------------------------------------------------------------------

    @property
    def view(self) -> View:
        return self.moments[-1].view

    def until(self, reached: Callable[[], bool]) -> None:
        """Wait, the window at work meanwhile."""
        try:
            self.qtbot.waitUntil(reached, timeout=PATIENCE_MS)
        except TookTooLong:
            pytest.fail(f"it does not get there: {self.moments[-1:]}, {self.health}")

    def until_decided(self) -> None:
        """Wait for a verdict."""
        self.until(lambda: self.view.stage is Stage.VERDICT)

    def until_camera(self, state: str) -> None:
        """Wait for the status line to know this of the camera."""
        self.until(lambda: self.health is not None and self.health.camera == state)

    def voice_is(self, state: str) -> bool:
        """Whether the status line knows this of the voice."""
        return self.health is not None and self.health.voice == state

    def until_said(self, zh: str, en: str) -> None:
        """Wait for the sentence to stand on the screen, in both languages."""
        look = self.station.look
        look.speak("en")
        self.until(lambda: en in read(self.window))
        look.speak("zh")
        self.until(lambda: zh in read(self.window))

    def verdict_kept(self, check: str) -> str | None:
        """What the log says of it, asked past the desk."""
        row = passages.get(self.log, "LS-1", check)
        return None if row is None else row.verdict

    def mark(self) -> Mark:
        """Here."""
        rows = frozenset(row.id for row in passages.page(self.log, limit=10_000))
        return Mark(len(self.moments), len(self.phrases), rows)

    def passed_since(self, mark: Mark) -> list[object]:
        """Whatever was shown, said or kept as a pass since then: the one reading of "never a pass"."""
        moments, phrases = self.moments[mark.moments :], self.phrases[mark.phrases :]
        rows = (row for row in passages.page(self.log, limit=10_000) if row.id not in mark.rows)
        return [
            *(one for one in moments if one.view.shown is Outcome.PASS),
            *(one for one in moments if one.shape is Outcome.PASS or one.word in PASS_WORDS),
            *(phrase for phrase in phrases if any(word in phrase for word in PASS_WORDS)),
            *(row for row in rows if row.verdict == "pass"),
        ]

    @Slot(object)
    def _witness(self, view: View) -> None:
        screen = self.page.verdict
        shown = self.page.currentWidget() is screen
        moment = Moment(view, screen.word.text(), screen.shape.outcome if shown else None)
        self.moments.append(moment)
        if shown is not (view.stage is Stage.VERDICT):
            self.wrongs.append(f"the page does not show {view}")
        if view.shown is Outcome.PASS and self.verdict_kept(view.check) != "pass":
            self.wrongs.append(f"a pass is shown that is not kept: {view}")

    def _hear(self, check: str, phrase: str) -> None:
        """On the desk's thread."""
        self.phrases.append(phrase)
        if any(word in phrase for word in PASS_WORDS) and self.verdict_kept(check) != "pass":
            self.wrongs.append(f"a pass is said that is not kept: {phrase}")

    @Slot(object)
    def _note_health(self, health: Health) -> None:
        self.health = health

    def _shows(self, number: int) -> Image:
        """On the capture thread: ten pictures a second, each of which is read anew, no two alike."""
        self._never.wait(0.1)
        picture = self._picture.copy()
        picture[:8, :8] = np.random.default_rng(number).integers(0, 255, (8, 8, 3), np.uint8)
        return picture


def read(within: QWidget) -> str:
    """All that can be read, of what is visible."""
    texts = [label.text() for label in within.findChildren(QLabel) if label.isVisible()]
    texts += [button.text() for button in within.findChildren(QAbstractButton) if button.isVisible()]
    return "\n".join(texts)
