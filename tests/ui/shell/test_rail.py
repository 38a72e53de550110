"""What is overdue shows on the rail, whatever page is open, and nothing moves at the gate."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.gate import Gate
from ui.bridge import Bridge
from ui.demo_officer import demo_desk, traffic
from ui.look import Look
from ui.window import GATE, HANDOVER, MainWindow, Page


@pytest.fixture
def window(qtbot: QtBot, gate: Gate) -> MainWindow:
    bridge = Bridge()
    desk, _ = demo_desk(gate, traffic(), bridge.post)
    made = MainWindow(Look(), desk, bridge, (Page(GATE, QWidget()), Page(HANDOVER, QWidget())))
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
