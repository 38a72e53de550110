"""A real desk behind a real page: gate, database and trust of its own, and a camera that shows what is held up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import segno
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from db import people
from db.engine import open_database
from db.pins import hash_pin
from db.records import PersonRecord
from scanner.credentials import Health, HealthState, Holder, Test, TestResult, jkm1
from scanner.signer import Signer
from scanner.source import Image
from scanner.trust import TrustList
from station.clock import SystemClock
from station.config import Config
from station.desk import Desk
from station.gate import Gate
from station.policy import default_policy
from station.sampling_points import SamplingPoint
from station.session import Session, Told
from station.verdict import Outcome
from station.view import Stage, View
from tests.scanner.cameras import Easel
from ui.bridge import Bridge
from ui.gate.page import GatePage
from ui.look import Look
from ui.theme import stylesheet

PIN = "246810"
PIN_HASH = hash_pin(PIN)
SIGNER = Signer.generate()
WANG, LIN = Holder("王小明", 10, "1234"), Holder("林晓岚", 10, "204X")
CHEN, HUANG = Holder("陈志强", 10, "5678"), Holder("黄美玲", 10, "9012")
POINT = SamplingPoint("角美卫生院", "东门", "24 小时")
FOREVER = dict.fromkeys(Outcome, 600.0)
BLANK: Image = np.full((360, 640, 3), 90, np.uint8)


def code(holder: Holder = WANG, *, state: HealthState = HealthState.GREEN, hours: float = 10.0) -> str:
    """A signed code of both a health state and a negative test."""
    now = datetime.now(UTC)
    test = Test(now - timedelta(hours=hours), TestResult.NEGATIVE)
    return jkm1.issue(SIGNER, holder, health=Health(state), test=test, issued=now - timedelta(minutes=5))


def picture_of(text: str) -> Image:
    """A frame with this code in its middle."""
    matrix = np.array([[0 if dark else 255 for dark in row] for row in segno.make_qr(text).matrix], np.uint8)
    big = np.pad(np.kron(matrix, np.ones((4, 4), np.uint8)), 16, constant_values=255)
    frame = np.full((480, 640, 3), 90, np.uint8)
    top, left = (480 - big.shape[0]) // 2, (640 - big.shape[1]) // 2
    frame[top : top + big.shape[0], left : left + big.shape[1]] = big[..., None]
    return frame


class Bench(QObject):
    """The page in a window, with a desk at work behind it."""

    def __init__(self, qtbot: QtBot, folder: Path, *, size: tuple[int, int] = (1280, 720)) -> None:
        super().__init__()
        self.qtbot = qtbot
        self.camera = Easel(BLANK)
        self.database = open_database(folder / "station.db", create=True)
        now = datetime.now(UTC)
        for person, role in (("1001", "officer"), ("2001", "lead")):
            record = PersonRecord(code=person, name="某人", unit="某局", role=role, pin_hash=PIN_HASH, added_at=now)
            people.add(self.database, record, station="LS-1", by=None)
        self.gate = Gate(
            Config("LS-1", "LS", "龙士", "zh"),
            replace(default_policy(), rest_minutes=5),
            TrustList((SIGNER.trusted_key(),), issued=now),
            SystemClock(),
            sampling_points=(POINT,),
            database=self.database,
        )
        self.bridge = Bridge()
        self.desk = Desk(self.gate, lambda: self.camera, self.bridge.post, shown=FOREVER)
        self.look = Look()
        self.views: list[View] = []
        self.told: list[Told] = []
        self.page = GatePage(self.look, self.desk)
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.window.setCentralWidget(self.page)
        self.bridge.view_changed.connect(self.page.show_view)
        self.bridge.view_changed.connect(self._note_view)
        self.bridge.told.connect(self.page.show_told)
        self.bridge.told.connect(self._note_told)
        self.look.changed.connect(self.dress)
        self.resize(*size)
        self.window.show()
        self.desk.start()
        self.until(lambda: bool(self.views))

    @Slot(object)
    def _note_view(self, view: View) -> None:
        self.views.append(view)

    @Slot(object)
    def _note_told(self, told: Told) -> None:
        self.told.append(told)

    def close(self) -> None:
        self.desk.stop()
        self.database.close()

    @property
    def view(self) -> View:
        return self.views[-1]

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=5000)

    def dress(self) -> None:
        self.window.setStyleSheet(stylesheet(self.look.theme, self.window.height()))

    def resize(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        self.dress()

    # --- what happens at the gate ------------------------------------------------------------------------------------

    def scan(self, *holders: Holder, hours: float = 10.0, state: HealthState = HealthState.GREEN) -> None:
        for holder in holders:
            self.desk.do(Session.scanned, code(holder, hours=hours, state=state))
        names = {holder.name for holder in holders}
        self.until(lambda: names <= {occupant.name for occupant in self.view.occupants})

    def tell(self, *, people: int = 1, plate: str = "闽E12345", temperatures: tuple[float, ...] = (36.5,)) -> None:
        self.desk.do(Session.confirm_people, people)
        self.desk.do(Session.set_plate, plate)
        for index, celsius in enumerate(temperatures):
            self.desk.do(Session.take_temperature, index, celsius)

    def verdict(self) -> View:
        self.until(lambda: self.view.stage is Stage.VERDICT)
        self.qtbot.wait(30)
        return self.view

    def passed(self) -> View:
        self.scan(WANG)
        self.tell()
        return self.verdict()

    def refused(self) -> View:
        self.tell()
        self.desk.do(Session.scanned, code(WANG, hours=60.0))
        return self.verdict()

    def reviewed(self) -> View:
        self.scan(WANG, state=HealthState.YELLOW)
        self.tell()
        return self.verdict()
