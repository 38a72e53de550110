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
from tests.ui.settings.conftest import Bench, until
from tests.ui.shell.test_window import SIZES, clipped, visible
from ui.bridge import Bridge
from ui.look import Look
from ui.theme import TOUCH_MM, ThemeName, millimetres
from ui.window import GATE, SETTINGS, SIGN_IN, MainWindow, Page


@pytest.fixture
def window(qtbot: QtBot, look: Look, desk: Desk, bridge: Bridge, bench: Bench) -> Iterator[MainWindow]:
    """The page with all it may hold: four cameras, a voice, and more than one thing that is wrong."""
    for number in (4, 6):
        bench.plug(CameraInfo(f"/dev/video{number}", "Integrated Camera: Integrated C"))
    with Voice() as voice:
        pages = (Page(GATE, QWidget()),)
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
        until(qtbot, lambda: clipped(window) == [])
        assert overlapping(window.settings) == []


def overlapping(page: QWidget) -> list[tuple[str, str]]:
    """Buttons that reach over one another, or over the page's edge."""
    buttons = visible(page, QPushButton)
    places = [(one, one.rect().translated(one.mapTo(page, one.rect().topLeft()))) for one in buttons]
    return [
        (one.text(), other.text())
        for number, (one, place) in enumerate(places)
        for other, there in places[number + 1 :]
        if place.intersects(there)
    ] + [(one.text(), "") for one, place in places if not page.rect().contains(place)]


def test_every_button_has_a_name_and_the_size_of_a_gloved_finger(window: MainWindow) -> None:
    side = millimetres(window, TOUCH_MM)
    buttons = visible(window.settings, QPushButton)
    assert len(buttons) == 2 + 3 + 1 + 7 + 4 + 1
    for button in buttons:
        assert button.accessibleName()
        assert min(button.width(), button.height()) >= side
