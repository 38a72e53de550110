"""The whole station on a stage: the real window, desk, SQLite and log; only what the camera sees is held up by hand."""

import argparse
import base64
import json
import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from unittest import mock

import numpy as np
from PySide6.QtCore import QSignalBlocker
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.engine import Database, open_database
from scanner.credentials import Health, HealthState, Holder, Test, TestResult, jkm1
from scanner.demo.drivers import vehicles
from scanner.demo.model import Item, Medium, Tint
from scanner.demo.model import View as Sight
from scanner.demo.photo import render, render_car, render_lane
from scanner.signer import Signer
from scanner.source import Image
from station import eyes
from station.access import Role
from station.clock import GivenClock
from station.config import Config
from station.desk import Desk
from station.home import config_path, database_path
from station.library import DocumentKind
from station.on_screen import SHOWN
from station.session import Session
from station.texts import Language
from station.verdict import Outcome
from station.view import View
from tests.scanner.cameras import Easel
from ui import app, pages
from ui.app import Station
from ui.audit.page import AuditPage
from ui.first_run.founding import Document, Founding, NewPerson, found
from ui.first_run.window import FirstRun
from ui.gate.checking import CheckingScreen
from ui.gate.page import GatePage
from ui.gate.verdict import VerdictScreen
from ui.handover.page import HandoverPage
from ui.log.page import LogPage
from ui.look import Look
from ui.opening import open_gate
from ui.pages import AUDIT, GATE, HANDOVER, LOG, ROSTER
from ui.roster.page import RosterPage
from ui.shell import Shell
from ui.theme import ThemeName
from ui.window import MainWindow

SIGNER = Signer.generate()
WANG, LI = Holder("王小明", 10, "1234"), Holder("李慧珍", 10, "204X")
CHEN, LIN = Holder("陈志强", 10, "5678"), Holder("林佳怡", 10, "9012")
OFFICER = NewPerson("1001", "李伟", "区公安分局", Role.OFFICER, "246810")
LEAD = NewPerson("2001", "陈志明", "区卫健局", Role.LEAD, "135790")
CHIEF = NewPerson("9001", "周敏", "区指挥部", Role.ADMINISTRATOR, "864203")
POINTS = "name,place,hours\n角美卫生院,东门,24 小时\n"
FOREVER = dict.fromkeys(Outcome, 1e9)
PASSED = 24
"""Vehicles that are in the log already."""
BESIDE = (LOG, ROSTER, HANDOVER, AUDIT)
NEVER = 1 << 30
"""Milliseconds."""
PATIENCE = 30.0


class Stage:
    """A station at work, and what can happen at its gate."""

    def __init__(self, station: Station, camera: Easel, database: Path) -> None:
        self.station, self.camera, self.database = station, camera, database

    @property
    def look(self) -> Look:
        return self.station.look

    @property
    def window(self) -> Shell:
        """Whatever window stands there now."""
        assert self.station.window is not None
        return self.station.window

    @property
    def main(self) -> MainWindow:
        assert isinstance(self.window, MainWindow)
        return self.window

    @property
    def desk(self) -> Desk:
        assert self.station.desk is not None
        return self.station.desk

    @property
    def gate(self) -> GatePage:
        page = self.main.pages[GATE].widget
        assert isinstance(page, GatePage)
        return page

    @property
    def log(self) -> LogPage:
        page = self.main.pages[LOG].widget
        assert isinstance(page, LogPage)
        return page

    @property
    def roster(self) -> RosterPage:
        page = self.main.pages[ROSTER].widget
        assert isinstance(page, RosterPage)
        return page

    @property
    def handover(self) -> HandoverPage:
        page = self.main.pages[HANDOVER].widget
        assert isinstance(page, HandoverPage)
        return page

    @property
    def audit(self) -> AuditPage:
        page = self.main.pages[AUDIT].widget
        assert isinstance(page, AuditPage)
        return page

    @property
    def checking(self) -> CheckingScreen:
        return self.gate.checking

    @property
    def verdict(self) -> VerdictScreen:
        return self.gate.verdict

    @property
    def view(self) -> View:
        """The vehicle as the gate page shows it."""
        assert self.checking.view is not None
        return self.checking.view

    def put_on(self, size: tuple[int, int], theme: ThemeName, language: Language) -> None:
        """Another dress, told to the window once: each telling styles all of it anew."""
        with QSignalBlocker(self.look):
            before = self.look.theme_name, self.look.language
            self.look.wear(theme)
            self.look.speak(language)
        self.window.resize(*size)
        if before != (theme, language):
            self.look.changed.emit()

    def until(self, true: Callable[[], object]) -> None:
        """Let everything go on until this is so."""
        deadline = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < deadline, "the screen does not get there"
            QTest.qWait(5)

    def rest(self) -> None:
        """Let all that is on its way arrive."""
        done: list[Session] = []
        for _ in range(2):  # the view after the first step is on its way before the second is taken
            self.desk.do(done.append)
        self.until(lambda: len(done) == 2)
        QApplication.processEvents()

    # --- what happens at the gate ------------------------------------------------------------------------------------

    def have(self, person: NewPerson) -> None:
        """Somebody takes the desk over."""
        self.desk.do(Session.sign_in, person.code, person.pin)
        self.until(lambda: self.main._user.code == person.code and not self.main._locked)
        self.until(lambda: person.name in self.main.status.people.text())

    def clear(self) -> None:
        """Back to the empty lane, in the dress that is worn: no vehicle in hand or set aside, nothing wrong."""
        self.camera.plugged, self.camera.picture = True, lane()
        self.main.open(GATE)
        self.main.show_overdue(0)
        self.desk.do(_begin_anew)
        self.until(lambda: self.view.verdict is None and not self.view.parked and self.view.people is None)
        self.until(lambda: not self.view.occupants[0].name and not self.main.status.trouble.text())
        self.gate._forget_told()

    def hold_up(self, holder: Holder, state: HealthState = HealthState.GREEN) -> None:
        """Into the camera, until it was read."""
        self.camera.picture = phone(holder, state)
        self.until(lambda: any(one.name == holder.name for one in self.view.occupants) or self.view.verdict)

    def scan(self, holder: Holder, hours: float = 10.0) -> None:
        """From the hand scanner."""
        self.desk.do(Session.scanned, code(holder, hours))

    def enter(self, *temperatures: float, people: int = 1, plate: str = "闽E12345") -> None:
        """What the officer sees and measures."""
        self.desk.do(Session.confirm_people, people)
        self.desk.do(Session.set_plate, plate)
        for index, celsius in enumerate(temperatures):
            self.desk.do(Session.take_temperature, index, celsius)

    def concludes(self, shown: Outcome) -> None:
        """Wait for this answer."""
        self.until(lambda: self.verdict.view is not None and self.verdict.view.shown is shown)
        self.until(self.verdict.isVisible)


def _begin_anew(session: Session) -> None:
    """As if no vehicle had come: nothing is kept of the one in hand and of those set aside."""
    session._parked.clear()
    session._begin(session.gate.begin())


# --- what is held up -------------------------------------------------------------------------------------------------


def code(holder: Holder, hours: float = 10.0, state: HealthState = HealthState.GREEN) -> str:
    """A signed code of health state and a negative test, sampled so many hours ago."""
    now = datetime.now(UTC)
    test = Test(now - timedelta(hours=hours), TestResult.NEGATIVE)
    issued = now - timedelta(minutes=5)
    return jkm1.issue(SIGNER, holder, health=Health(state), test=test, issued=issued)


def phone(holder: Holder, state: HealthState = HealthState.GREEN) -> Image:
    """A frame of somebody who holds their phone up to the camera."""
    rows = (("姓名", f"{holder.name[0]}*{holder.name[2:]}"), ("证件号", f"3506**********{holder.id_tail}"))
    tint = {HealthState.GREEN: Tint.GREEN, HealthState.YELLOW: Tint.YELLOW, HealthState.RED: Tint.RED}[state]
    seen = Sight(qr_px=300, at=(0.5, 0.52), yaw=8, roll=-5, glare=0.15, seed=7, backdrop=11)
    item = Item(code(holder, state=state), Medium.PHONE, "健康码", tint, rows, "22:46", seen)
    return render(item, rng=np.random.default_rng(3))


@cache
def lane() -> Image:
    """A frame of nobody."""
    return render_lane(rng=np.random.default_rng(1))


@cache
def car() -> Image:
    """A frame of a car whose driver shows nothing yet."""
    return render_car(11, rng=np.random.default_rng(1))


# --- the station -----------------------------------------------------------------------------------------------------


@contextmanager
def open_stage(home: Path, built: Collection[str] = BESIDE) -> Iterator[Stage]:
    """A station in this folder with people, trust list, sampling points and a log; an officer and a lead signed in.

    Needs a `QApplication`. Beside the gate only the pages `built` stand: each costs time at every change of dress.
    """
    options = argparse.Namespace(language="zh", source=None, database=None, kiosk=False, seed=1)
    with ExitStack() as open_:
        open_.enter_context(mock.patch.dict(os.environ, STATION_HOME=str(home)))
        open_.enter_context(mock.patch.dict(SHOWN, FOREVER))
        open_.enter_context(mock.patch.object(eyes, "RETRY", 0.3))
        open_.enter_context(mock.patch.object(pages, "SOON", NEVER))
        camera = Easel(lane())
        open_.enter_context(mock.patch.object(app, "open_camera", camera.open))
        _found()
        station = Station(options)
        open_.callback(_stop, station)
        station.start()
        stage = Stage(station, camera, database_path())
        stage.desk.do(Session.sign_in, LEAD.code, LEAD.pin)
        stage.have(OFFICER)
        stage.until(lambda: LEAD.name in stage.main.status.people.text())
        for key in built:
            stage.main.open(key)
        if LOG in built:
            stage.until(stage.log.model.rowCount)
        stage.main.open(GATE)
        stage.until(lambda: stage.desk.seen is not None)
        yield stage


@contextmanager
def first_start(stage: Stage, home: Path) -> Iterator[FirstRun]:
    """Another machine's first start, its window over the stage's."""
    station, main = stage.station, stage.window
    with mock.patch.dict(os.environ, STATION_HOME=str(home)):
        home.mkdir(parents=True, exist_ok=True)
        asking = FirstRun(stage.look, partial(open_database, database_path()), config_path(), camera=False)
        station.window = asking
        asking.present()
        try:
            yield asking
        finally:
            asking.close_down()
            asking.close()
            asking.deleteLater()
            station.window = main


def _stop(station: Station) -> None:
    station.stop()
    QApplication.processEvents()


def _found() -> None:
    now = datetime.now(UTC)
    issued = now - timedelta(hours=3)
    keys = [{"spki": base64.b64encode(SIGNER.spki).decode()}]
    trust = json.dumps({"issued": issued.isoformat(), "keys": keys}).encode()
    documents = (
        Document(DocumentKind.TRUST, trust, "trust.json"),
        Document(DocumentKind.SAMPLING_POINTS, POINTS.encode(), "points.csv"),
    )
    founding = Founding(Config("LS-1", "LS", "龙士查验点", "zh"), (OFFICER, LEAD, CHIEF), documents)
    with open_database(database_path(), create=True) as database:
        found(database, founding, config_path(), now)
        _let_pass(database, now)


def _let_pass(database: Database, now: datetime) -> None:
    """Vehicles of the last hour, so that the log holds something."""
    arrived = now - timedelta(minutes=50)
    stream = vehicles(seed=4, now=arrived, signer=SIGNER)
    for number in range(PASSED):
        gate = open_gate(database, clock=GivenClock(arrived + timedelta(seconds=97 * number)))
        gate.officer = OFFICER.code
        session, vehicle = Session(gate, lambda _: None), next(stream)
        session.confirm_people(vehicle.people)
        session.set_plate(vehicle.plate)
        for item in vehicle.items:
            session.scanned(item.text)
        for index, occupant in enumerate(vehicle.occupants):
            session.take_temperature(index, occupant.temperatures[0])
            if not occupant.has_test:
                session.declare_no_test(index)
        session.finish()
