"""A whole station for a job: `ui.app.Station`, window, threads and encrypted log, before a camera of drawn pictures."""

import argparse
import base64
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import numpy as np
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from db import passages
from db.engine import open_database
from db.records import DecisionRecord, PassageRecord
from scanner.demo.photo import render, render_car
from scanner.signer import Signer
from scanner.source import Frame, Pace
from station import on_screen
from station.access import Role
from station.gate import Concluded
from station.library import DocumentKind, import_document
from station.spoken import spoken_verdict
from station.texts import Language
from station.verdict import Outcome
from station.view import CellState, Stage, View
from tests.jobs.papers import HeldUp, Issuer
from tests.station.builders import EVERYTHING
from ui import app
from ui.app import Station
from ui.first_run.founding import NewPerson, add_person
from ui.gate.page import GatePage
from ui.gate.widgets import Cell
from ui.pages import GATE, SIGN_IN
from ui.window import MainWindow

OFFICER = NewPerson("1001", "林晓岚", "区建设局", Role.OFFICER, "4821")
LEAD = NewPerson("2001", "陈志明", "区交通局", Role.LEAD, "9034")
SAMPLING_POINTS = "name,place,hours\n角美卫生院,东门,24 小时\n"
FOREVER = dict.fromkeys(Outcome, 600.0)
PATIENCE = 60.0
"""Seconds after which something that should happen never will."""


class Lane:
    """A camera before which things are held up."""

    name = "lane"

    def __init__(self) -> None:
        self.held: HeldUp | None = None
        self._pace = Pace(15.0, paced=True)
        self._rng = np.random.default_rng(1)

    def read(self) -> Frame | None:
        """The frame due now."""
        index = self._pace.wait()
        if index is None:
            return None
        held = self.held
        picture = render(held.item, rng=self._rng) if held else render_car(7, rng=self._rng)
        return Frame(picture, index, time.monotonic())

    def close(self) -> None:
        """Stop."""
        self._pace.stop()


class Notebook:
    """A voice that writes down what it was asked to say."""

    muted, volume = False, 1.0
    state = "ready"

    def __init__(self, language: Language = "zh") -> None:
        self.language: Language = language
        self.said: list[str] = []

    def say(self, text: str, _language: Language | None = None) -> None:
        """Write it down."""
        self.said.append(text)

    def speak(self, concluded: Concluded, *, released: bool) -> None:
        """What the real voice would say."""
        self.say(spoken_verdict(concluded, self.language, released=released))

    def hush(self) -> None:
        """Nothing is being said."""

    def close(self) -> None:
        """Nothing to stop."""


class Checkpoint:
    """A station at work, with its window open at the sign-in page."""

    def __init__(self, station: Station, issuer: Issuer, lane: Lane, voice: Notebook, path: Path) -> None:
        self.station, self.issuer, self.lane, self.voice, self._path = station, issuer, lane, voice, path
        assert isinstance(station.window, MainWindow)
        self.window = station.window
        page = self.window.pages[GATE].widget
        assert isinstance(page, GatePage)
        self.page = page
        self.until(lambda: self.view is not None and self.window.page == SIGN_IN)

    @property
    def view(self) -> View | None:
        """What the gate page shows."""
        return self.page.checking.view

    def until(self, true: Callable[[], bool], what: str = "it") -> None:
        """Let the window live until this holds."""
        ended = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < ended, f"{what} never came; on the screen: {self.screen()}"
            QTest.qWait(5)

    def show(self, held: HeldUp) -> None:
        """Hold a thing up until the station has read it."""
        self.lane.held = held
        self.until(lambda: self._has_read(held))
        self.lane.held = None

    def verdict(self) -> str:
        """Wait for the verdict, and read the screen."""
        self.until(lambda: self.page.currentWidget() is self.page.verdict and self.page.verdict.word.isVisible())
        return self.screen()

    def armed(self) -> None:
        """Wait for the next vehicle's checklist."""
        self.until(lambda: self.page.currentWidget() is self.page.checking)
        self.until(lambda: self.view is not None and self.view.stage is Stage.CHECKING)

    def screen(self) -> str:
        """Every text an eye can see."""
        return "\n".join(_words(self.window, lambda widget: widget.isVisible()))

    def held_by_the_page(self) -> str:
        """Every text the gate page holds, shown or not."""
        return "\n".join(_words(self.page, lambda _: True))

    def rows(self) -> list[PassageRecord]:
        """The log, newest first."""
        with open_database(self._path) as database:
            return passages.page(database)

    def decisions(self, row: PassageRecord) -> list[DecisionRecord]:
        """What was decided about a row."""
        with open_database(self._path) as database:
            return passages.decisions_of(database, row.station, row.id)

    def _has_read(self, held: HeldUp) -> bool:
        view = self.view
        if view is None or view.stage is Stage.VERDICT:
            return view is not None
        return any(
            one.name == held.name
            and (not held.health or one.health is not CellState.WAITING)
            and (not held.test or one.test is not CellState.WAITING)
            for one in view.occupants
        )


@contextmanager
def checkpoint(folder: Path) -> Iterator[Checkpoint]:
    """A station of two people in this folder; a verdict stays until somebody goes on."""
    signer, lane, voice, now = Signer.generate(), Lane(), Notebook(), datetime.now(UTC)
    path = folder / "station.db"
    spki = base64.b64encode(signer.spki).decode()
    trust = json.dumps({"issued": now.isoformat(), "keys": [{"spki": spki}]}).encode()
    with open_database(path) as database:
        for kind, content in (
            (DocumentKind.TRUST, trust),
            (DocumentKind.SAMPLING_POINTS, SAMPLING_POINTS.encode()),
        ):
            import_document(database, kind, content, str(kind), station="LS-1", now=now, actor=EVERYTHING)
        for person in (OFFICER, LEAD):
            add_person(database, person, station="LS-1", now=now)
    options = argparse.Namespace(language="zh", source="camera", database=path, kiosk=False, seed=1)
    with (
        patch.dict(os.environ, STATION_HOME=str(folder)),
        patch.dict(on_screen.SHOWN, FOREVER),
        patch.object(app, "open_camera", lambda *_args, **_named: lane),
    ):
        station = Station(options, lambda _: voice)
        station.start()
        try:
            yield Checkpoint(station, Issuer(signer), lane, voice, path)
        finally:
            station.stop()


def _words(root: QWidget, wanted: Callable[[QWidget], bool]) -> Iterator[str]:
    for one in (root, *root.findChildren(QWidget)):
        if wanted(one):
            yield one.accessibleName()
            if isinstance(one, Cell):
                yield f"{one.title} {one.word}"
            elif isinstance(one, QLabel | QLineEdit | QAbstractButton):
                yield one.text()
