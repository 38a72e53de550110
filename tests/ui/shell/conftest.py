"""A station of its own for each test: database, gate, the window, the demo's lane before its desk, and its people."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.engine import Database, open_database
from station.access import Role
from station.evidence import ClockState
from station.gate import Gate
from station.policy import read_policy
from station.view import Health
from ui.bridge import Bridge
from ui.commands.run import DEMO_POLICY
from ui.demo_officer import demo_desk, traffic
from ui.first_run.founding import NewPerson, add_person
from ui.look import Look
from ui.opening import open_gate
from ui.pages import GATE, LOG, SETTINGS, SIGN_IN, Page
from ui.window import MainWindow

LIN = NewPerson("1001", "林晓岚", "区建设局", Role.OFFICER, "4821")
CHEN = NewPerson("2001", "陈志明", "区交通局", Role.LEAD, "90342")
AUDITOR = NewPerson("3001", "郑国栋", "区纪委", Role.AUDITOR, "135790")
ADMINISTRATOR = NewPerson("4001", "何敏", "区数据办", Role.ADMINISTRATOR, "864205")
SIZES = ((1280, 720), (1920, 1080))
EVERY_PAGE = {GATE, LOG, SETTINGS, SIGN_IN}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "station.db") as database:
        yield database


@pytest.fixture
def gate(database: Database) -> Gate:
    return open_gate(database, policy=read_policy(DEMO_POLICY.encode(), "demo policy"))


@pytest.fixture
def look() -> Look:
    return Look()


@pytest.fixture
def window(qtbot: QtBot, gate: Gate, look: Look) -> Iterator[MainWindow]:
    """A window whose desk is at work; the lane is empty-handed, since nobody drives the stand-in."""
    bridge = Bridge()
    desk, officer = demo_desk(gate, traffic(), bridge.post)
    officer.auto = False
    window = MainWindow(look, desk, bridge, (Page(GATE, QWidget), Page(LOG, QWidget)), stand_in=officer)
    qtbot.addWidget(window)
    desk.start()
    window.present()
    qtbot.waitUntil(reads(window.status.place, "龙士"))
    yield window
    desk.stop()


@pytest.fixture
def staffed(window: MainWindow, database: Database) -> MainWindow:
    """The same, with people who may sign in."""
    for person in (LIN, CHEN, AUDITOR, ADMINISTRATOR):
        add_person(database, person, station="LS-1", now=datetime.now(UTC))
    return window


@pytest.fixture
def well(gate: Gate) -> Health:
    """Nothing is wrong."""
    return Health(
        station="LS-1",
        checkpoint="龙士",
        shift=gate.plan.at(datetime(2026, 11, 23, 4, tzinfo=UTC)),
        on_duty=("1001",),
        officer="1001",
        clock=ClockState.TRUSTED,
        camera="camera_live",
        database=None,
        unsaved=0,
        trust_age=timedelta(hours=3),
        trust_stale=False,
        voice="ready",
        demo=False,
    )


def reads(shown: QLabel, text: str) -> Callable[[], bool]:
    return lambda: text in shown.text()


def sign_in(window: MainWindow, code: str, pin: str) -> None:
    window.open(SIGN_IN)
    window.sign_in.code.setText(code)
    window.sign_in.pin.setText(pin)
    window.sign_in.submit()


def enabled(window: MainWindow) -> set[str]:
    """The pages whose button can be pressed."""
    return {key for key, button in window.buttons.items() if button.isEnabled()}
