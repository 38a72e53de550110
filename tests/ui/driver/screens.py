"""Run as a program: a driver's display on a platform of more than one screen; it says what became of it.

`station.screens come|leave` on standard output asks the test to plug a screen in, or out.
"""

import sys
from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from station.config import Config
from station.policy import default_policy
from ui.driver.display import DriverDisplay
from ui.look import Look

PATIENCE_MS = 20_000


def until(application: QApplication, true: Callable[[], bool]) -> None:
    """Let Qt work until something is so."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not true():
        assert not deadline.hasExpired()
        application.processEvents()


def ask(what: str) -> None:
    """Have the test do something to the screens."""
    print(what, flush=True)
    sys.stdin.readline()


def main() -> None:
    """The officer's window on the first screen, the driver's wherever it belongs."""
    application = QApplication([])
    officers = QWidget()
    officers.resize(640, 480)
    officers.show()
    display = DriverDisplay(Look(), default_policy(), Config("LS-1", "LS", "龙士", "zh"), officers)
    display.settle()

    def fills_the_other() -> bool:
        window = display.window
        if window is None or not window.isVisible():
            return False
        return window.screen() != officers.screen() and window.geometry() == window.screen().geometry()

    def gone() -> bool:
        return display.window is None and not display.button.isChecked()

    if "plugged" in sys.argv:
        assert gone()
        ask("come")
        until(application, lambda: len(application.screens()) == 2 and fills_the_other())
        ask("leave")
        until(application, lambda: len(application.screens()) == 1 and gone())
        ask("come")
    until(application, fills_the_other)
    assert display.button.isChecked()
    driver = display.window
    assert driver is not None
    assert not driver.isActiveWindow(), "the officer goes on typing"
    application.screenRemoved.emit(QGuiApplication.screens()[1])
    assert gone(), "gone before Qt moves it over the officer's window"
    until(application, fills_the_other)
    assert display.window is not driver
    display.button.click()
    assert gone()
    application.screenAdded.emit(QGuiApplication.screens()[1])
    application.processEvents()
    assert gone(), "closed by hand, it stays closed"
    display.button.click()
    until(application, fills_the_other)
    display.close()
    assert gone()
    assert officers.isVisible()
    print("well", flush=True)


if __name__ == "__main__":
    main()
