"""The settings page in the window: everything has room, a name, and is large enough for a gloved finger."""

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from scanner.camera import CameraInfo, list_cameras
from station.desk import Desk
from station.texts import LANGUAGES
from station.toml_file import FileUnwritable
from station.voice import Voice
from tests.screens.sight import clipped, outside, overlapping, small, unnamed, visible
from tests.ui.settings.conftest import Bench, until
from tests.ui.shell.conftest import SIZES
from ui.bridge import Bridge
from ui.look import Look
from ui.pages import GATE, SETTINGS, SIGN_IN, Page
from ui.theme import ThemeName
from ui.window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, look: Look, desk: Desk, bridge: Bridge, bench: Bench) -> Iterator[MainWindow]:
    """The page with all it may hold: four cameras, a voice, and more than one thing that is wrong."""
    for number in (4, 6):
        bench.plug(CameraInfo(f"/dev/video{number}", "Integrated Camera: Integrated C"))
    with Voice() as voice:
        pages = (Page(GATE, QWidget),)
        window = MainWindow(look, desk, bridge, pages, voice=voice, cameras=lambda: list_cameras(bench.root))
        qtbot.addWidget(window)
        window.present()
        window.settings.show_problem(FileUnwritable(file="preferences.toml", problem="Read-only file system"))
        until(qtbot, lambda: "F8" in window.settings.wrong.text())
        until(qtbot, lambda: window.page == SIGN_IN)  # nobody is at the desk
        window.open(SETTINGS)
        yield window


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_room(window: MainWindow, look: Look, qtbot: QtBot, language: str) -> None:
    look.speak("en" if language == "en" else "zh")
    for size, theme in product(SIZES, ThemeName):
        look.wear(theme)
        window.resize(*size)
        qtbot.wait(1)
        assert (window.width(), window.height()) == size
        until(qtbot, lambda: not clipped(window) + outside(window.settings) + overlapping(window.settings))


def test_every_button_has_a_name_and_the_size_of_a_gloved_finger(window: MainWindow) -> None:
    assert len([one for one in visible(window.settings) if isinstance(one, QPushButton)]) == 2 + 3 + 1 + 7 + 4 + 1
    assert unnamed(window.settings) + small(window.settings) == []
