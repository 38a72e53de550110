"""Where the driver's window stands: on the second screen while there is one, and nowhere after the station."""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station.config import Config
from station.policy import default_policy
from ui.app import Station, run_window
from ui.driver.display import DriverDisplay
from ui.driver.window import DriverWindow
from ui.look import Look
from ui.window import MainWindow

PROGRAM = [sys.executable, "-m", "tests.ui.driver.screens"]
ROOT = Path(__file__).parents[3]


def options() -> argparse.Namespace:
    return argparse.Namespace(language="zh", source="demo", database=None, kiosk=False, seed=1)


@pytest.fixture
def display(qtbot: QtBot) -> Iterator[DriverDisplay]:
    """A display where there is one screen only."""
    officers = QWidget()
    qtbot.addWidget(officers)
    officers.show()
    one = DriverDisplay(Look(), default_policy(), Config("LS-1", "LS", "龙士", "zh"), officers)
    one.settle()
    yield one
    one.close()
    one.button.deleteLater()


def driver_windows() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, DriverWindow) and one.isVisible()]


# --- one screen ------------------------------------------------------------------------------------------------------


def test_with_one_screen_it_opens_only_when_asked_for_and_as_a_window(display: DriverDisplay) -> None:
    assert driver_windows() == []
    display.button.click()
    assert driver_windows() == [display.window]
    assert display.window is not None
    assert not display.window.isFullScreen()
    assert display.button.isChecked()
    display.button.click()
    assert driver_windows() == []
    assert not display.button.isChecked()


def test_closed_by_hand_it_can_be_asked_for_again(display: DriverDisplay, qtbot: QtBot) -> None:
    display.button.click()
    assert display.window is not None
    display.window.close()
    qtbot.waitUntil(lambda: display.window is None)
    assert not display.button.isChecked()
    display.button.click()
    assert len(driver_windows()) == 1


def test_a_screen_that_goes_takes_a_window_asked_for_with_it(display: DriverDisplay, qtbot: QtBot) -> None:
    display.button.click()
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.screenRemoved.emit(application.primaryScreen())
    qtbot.wait(20)
    assert driver_windows() == []


# --- two screens, in processes of their own --------------------------------------------------------------------------


def test_it_fills_the_second_screen_and_leaves_it_when_that_goes(tmp_path: Path) -> None:
    common = {"y": 0, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    screens = [
        {"name": "officer's", "x": 0, "width": 1920, "height": 1080, **common},
        {"name": "driver's", "x": 1920, "width": 1280, "height": 720, **common},
    ]
    config = {"synchronousWindowSystemEvents": False, "windowFrameMargins": False, "screens": screens}
    path = tmp_path / "screens.json"
    path.write_text(json.dumps(config), "utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={path}"}
    done = subprocess.run(PROGRAM, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (0, "well\n"), done.stderr


@pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xrandr")), reason="no Xvfb, no xrandr")
def test_it_comes_and_goes_with_a_screen_that_is_plugged_in_and_out() -> None:
    reading, writing = os.pipe()
    server = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "2560x720x24", "-nolisten", "tcp"]
    with subprocess.Popen(server, pass_fds=[writing], stderr=subprocess.DEVNULL) as screens:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                display = f":{told.readline().strip()}"
            environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
            plug = ["xrandr", "--setmonitor", "driver", "1280/300x720/200+1280+0", "none"]
            unplug = ["xrandr", "--delmonitor", "driver"]
            with subprocess.Popen(
                [*PROGRAM, "plugged"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            ) as program:
                assert program.stdin is not None
                assert program.stdout is not None
                said = []
                for line in program.stdout:
                    said.append(line.strip())
                    if said[-1] in {"come", "leave"}:
                        subprocess.run(plug if said[-1] == "come" else unplug, env=environment, check=True)
                        print(file=program.stdin, flush=True)
            assert said == ["come", "leave", "come", "well"]
        finally:
            screens.terminate()


# --- with the station ------------------------------------------------------------------------------------------------


class Closer(QObject):
    """Opens the driver's window from the settings page, and closes the officer's as soon as it has shown something."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._patience = QTimer(self, singleShot=True, interval=60_000)
        self._patience.timeout.connect(self.give_up)
        self._patience.start()
        self._looks = QTimer(self, interval=50)
        self._looks.timeout.connect(self.look)
        self._looks.start()

    @Slot()
    def give_up(self) -> None:
        self.seen.append("nothing was shown")
        QApplication.quit()

    @Slot()
    def look(self) -> None:
        main = next((one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)), None)
        if main is None or not main.isVisible():
            return
        if not driver_windows():
            button = next(one for one in main.settings.findChildren(QPushButton) if one.text() == "司机屏")
            button.click()
            self.seen.append(button.text())
        elif any(isinstance(one, DriverWindow) and one.message.marks for one in driver_windows()):
            self._looks.stop()
            self._patience.stop()
            main.close()


def test_it_is_opened_from_the_settings_page_and_closes_with_the_officers_window(qtbot: QtBot) -> None:
    closer = Closer()
    assert run_window(options()) == 0
    assert closer.seen == ["司机屏"]
    assert driver_windows() == []


def test_it_says_at_once_where_the_check_stands_when_it_is_opened_in_the_middle(qtbot: QtBot) -> None:
    station = Station(options())
    station.start()
    try:
        driver = station.driver
        assert driver is not None
        qtbot.waitUntil(lambda: driver._view is not None and driver._health is not None, timeout=10_000)
        driver.toggle()
        assert driver.window is not None
        assert driver.window._view is driver._view
        assert driver.window.demo.isVisible()
    finally:
        station.stop()
    assert driver_windows() == []
