"""The window's life, from start to end, as `station run` leads it."""

import argparse
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer, Signal, Slot, qCritical
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import passages, people
from db.engine import open_database
from station.access import Role
from station.session import Session
from station.view import Stage, View
from ui.app import Station, run_window
from ui.cannot_start import CannotStart
from ui.first_run.founding import NewPerson, add_person
from ui.first_run.window import FirstRun
from ui.gate.page import GatePage
from ui.guard import Guard
from ui.pages import GATE, LOG, SIGN_IN
from ui.window import MainWindow

Open = Callable[..., Station]


def options(**given: Any) -> argparse.Namespace:
    return argparse.Namespace(
        **{"language": "zh", "source": None, "database": None, "kiosk": False, "seed": 1, **given}
    )


@pytest.fixture
def station(qtbot: QtBot) -> Iterator[Open]:
    """`station(source="demo")` is a station that has started; it is stopped in the end."""
    opened: list[Station] = []

    def start(**given: Any) -> Station:
        opened.append(Station(options(**given)))
        opened[-1].start()
        return opened[-1]

    yield start
    for one in opened:
        one.stop()


def main_window(station: Station) -> MainWindow:
    assert isinstance(station.window, MainWindow)
    return station.window


# --- the demo --------------------------------------------------------------------------------------------------------


def test_the_demo_runs_by_itself_with_people_of_its_own(station: Open, qtbot: QtBot, own_home: Path) -> None:
    running = station(source="demo")
    window = main_window(running)
    shown: list[View] = []
    running.bridge.view_changed.connect(shown.append)
    qtbot.waitUntil(lambda: any(view.stage is Stage.VERDICT for view in shown), timeout=30_000)
    assert window.page == GATE
    assert "演示查验员" in window.status.people.text()
    pins = window.stripe._pins
    assert pins is not None
    assert pins.officer_pin in window.stripe.text.text()
    gate_page = window.pages[GATE].widget
    assert isinstance(gate_page, GatePage)
    window.open(LOG)
    running.stop()
    with open_database(own_home / "demo.db") as database:
        assert all(row.demo and row.officer == "1001" for row in passages.page(database, limit=9))
        assert {person.role for person in people.everyone(database)} == {Role.OFFICER, Role.LEAD}
    assert not (own_home / "station.db").exists()


def test_the_demos_pins_are_others_each_time(station: Open) -> None:
    pins = []
    for _ in range(2):
        running = station(source="demo")
        pins.append(main_window(running).stripe._pins)
        running.stop()
    assert pins[0] is not None
    assert pins[0] != pins[1]


# --- the first start, and later ones ---------------------------------------------------------------------------------


def test_a_machine_that_is_nobodys_asks_first_and_may_show_the_demo(
    station: Open, qtbot: QtBot, own_home: Path
) -> None:
    running = station()
    asking = running.window
    assert isinstance(asking, FirstRun)
    asking.demo.click()
    window = main_window(running)
    qtbot.waitUntil(lambda: window.stripe.isVisible() and window.page == GATE)
    running.stop()
    with open_database(own_home / "station.db") as database:
        assert people.everyone(database) == []


def test_a_station_with_people_asks_who_is_at_the_desk_and_waits_for_a_camera(
    station: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "station.db"
    with open_database(path) as database:
        officer = NewPerson("1001", "林晓岚", "区建设局", Role.OFFICER, "4821")
        add_person(database, officer, station="LS-1", now=datetime.now(UTC))
    window = main_window(station(database=path))
    qtbot.waitUntil(lambda: window.page == SIGN_IN)
    assert window.stripe._stand_in is None


def test_a_database_that_does_not_open_is_said_and_can_be_tried_again(
    station: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "station.db"
    path.mkdir()
    running = station(database=path)
    assert isinstance(running.window, CannotStart)
    assert str(path) in running.window.sentence.text()
    path.rmdir()
    running.window.again.click()
    assert isinstance(running.window, FirstRun)


# --- what nobody caught ----------------------------------------------------------------------------------------------


class _Clumsy(QObject):
    go = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.go.connect(self.stumble)

    @Slot()
    def stumble(self) -> None:
        raise RuntimeError("a slot stumbled")


def in_a_slot() -> None:
    clumsy = _Clumsy()
    clumsy.go.emit()


def in_a_thread() -> None:
    def stumble() -> None:
        raise RuntimeError("a thread stumbled")

    thread = threading.Thread(target=stumble)
    thread.start()
    thread.join()


def in_qt() -> None:
    qCritical("Qt stumbled")


@pytest.mark.parametrize("stumble", [in_a_slot, in_a_thread, in_qt])
def test_what_nobody_caught_is_logged_shown_and_costs_the_check_in_hand_a_review(
    station: Open, qtbot: QtBot, caplog: pytest.LogCaptureFixture, stumble: Callable[[], None]
) -> None:
    running = station(source="demo")
    assert running.desk is not None
    assert running.stand_in is not None
    running.stand_in.auto = False
    window = main_window(running)
    window.open(LOG)
    views: list[View] = []
    running.bridge.view_changed.connect(views.append)
    running.desk.do(Session.set_plate, "闽E12345")
    with Guard(running.alarm, lambda: None), caplog.at_level(logging.CRITICAL, "ui.guard"):
        stumble()
        qtbot.waitUntil(lambda: bool(views) and "internal_fault" in views[-1].faults)
    assert "系统内部故障" in window.status.trouble.text()
    assert "stumbled" in caplog.text
    assert main_window(running).isVisible()


# --- the end ---------------------------------------------------------------------------------------------------------


def children() -> set[str]:
    return set(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split())


def test_nothing_outlives_the_window(qtbot: QtBot) -> None:
    threads, processes = set(threading.enumerate()), children()
    seen: list[int] = []

    def quit_soon() -> None:
        seen.append(len(threading.enumerate()) - len(threads))
        QApplication.quit()

    QTimer.singleShot(800, quit_soon)
    assert run_window(options(source="demo")) == 0
    assert seen[0] >= 3  # camera, reader, desk
    assert set(threading.enumerate()) == threads
    assert children() == processes
    assert [window for window in QApplication.topLevelWidgets() if window.isVisible()] == []


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_as_closing_does(number: signal.Signals, own_home: Path) -> None:
    program = (
        "import argparse, os, signal, sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "application = QApplication([])\n"
        f"QTimer.singleShot(500, lambda: os.kill(os.getpid(), {int(number)}))\n"
        "from ui.app import run_window\n"
        "options = dict(language='zh', source='demo', database=None, kiosk=True, seed=1)\n"
        "sys.exit(run_window(argparse.Namespace(**options)))\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, "Traceback" in ended.stderr) == (0, False), ended.stderr
