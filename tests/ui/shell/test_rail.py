"""What is overdue shows on the rail, whatever page is open, and nothing moves at the gate."""

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db import passages
from db.engine import open_database
from shifts.model import THREE_SHIFTS
from station.gate import Gate
from tests.db.samples import a_passage
from ui.app import Station
from ui.bridge import Bridge
from ui.demo_officer import demo_desk, traffic
from ui.look import Look
from ui.pages import GATE, HANDOVER, Page
from ui.window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, gate: Gate) -> MainWindow:
    bridge = Bridge()
    desk, _ = demo_desk(gate, traffic(), bridge.post)
    made = MainWindow(Look(), desk, bridge, (Page(GATE, QWidget), Page(HANDOVER, QWidget)))
    qtbot.addWidget(made)
    made.present()
    return made


def test_overdue_handovers_are_counted_on_their_button(window: MainWindow) -> None:
    button = window.buttons[HANDOVER]
    assert button.text() == "交接班\nF4"
    window.show_overdue(2)
    assert button.text() == "交接班\nF4\n逾期 2"
    assert button.accessibleName() == "交接班 F4 交接班 2 项逾期"
    assert window.page == GATE
    window.look.speak("en")
    assert button.text() == "Handover\nF4\n2 late"
    window.show_overdue(0)
    assert button.text() == "Handover\nF4"


def test_a_station_counts_what_is_overdue_as_it_opens(qtbot: QtBot, tmp_path: Path) -> None:
    database, before = tmp_path / "log.db", datetime.now(UTC) - timedelta(days=2)
    with open_database(database, create=True) as opened:
        shift = THREE_SHIFTS.at(before)
        row = a_passage(concluded_at=before, shift_date=shift.day, shift=shift.code)
        passages.append_passage(opened, row)
    options = argparse.Namespace(language="zh", source="demo", database=str(database), kiosk=False, seed=1)
    running = Station(options)
    try:
        running.start()
        window = running.window
        assert isinstance(window, MainWindow)
        qtbot.waitUntil(lambda: "逾期" in window.buttons[HANDOVER].text(), timeout=30_000)
        assert window.page == GATE
    finally:
        running.stop()
