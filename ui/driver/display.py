"""Where the driver's window stands: full-screen on the screen that is not the officer's, while there is one."""

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QPushButton, QWidget

from station.config import Config
from station.policy import Policy
from station.view import Health, View
from ui.driver.window import DriverWindow
from ui.look import Look
from ui.small_widgets import say, touchable

_WINDOW = (960, 540)


class DriverDisplay(QObject):
    """Opens and closes the driver's window as screens come and go, and as the officer asks.

    Args:
        look: Words and colours.
        policy: The rules in force.
        config: The station.
        beside: The officer's window, whose screen is never covered.
    """

    def __init__(self, look: Look, policy: Policy, config: Config, beside: QWidget) -> None:
        super().__init__()
        self._look, self._policy, self._config, self._beside = look, policy, config, beside
        self._view: View | None = None
        self._health: Health | None = None
        self._asked: bool | None = None
        """What the officer asked for; None: open while there is a second screen."""
        self.window: DriverWindow | None = None
        self.button = touchable(QPushButton())
        """Opens and closes it; for the settings page."""
        self.button.setCheckable(True)
        self.button.clicked.connect(self.toggle)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.settle)
        look.changed.connect(self.retranslate)
        self.retranslate()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._screen_added)
            application.screenRemoved.connect(self._screen_removed)

    @Slot(object)
    def show_view(self, view: View) -> None:
        """The check as it is now."""
        self._view = view
        if self.window is not None:
            self.window.show_view(view)

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """How the station is."""
        self._health = health
        if self.window is not None:
            self.window.show_health(health)

    @Slot()
    def retranslate(self) -> None:
        """Name the button anew."""
        say(self.button, self._look.word("driver_title"))

    @Slot()
    def toggle(self) -> None:
        """Open it, in a window where there is one screen only; or close it."""
        self._asked = self.window is None
        self.settle()

    @Slot()
    def settle(self) -> None:
        """Open, move or close the window, as screens and officer have it."""
        screen = self._other_screen()
        wanted = screen is not None if self._asked is None else self._asked
        if not wanted:
            self._shut()
        elif self.window is None:
            self._open(screen)

    def close(self) -> None:
        """The station closes."""
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.disconnect(self._screen_added)
            application.screenRemoved.disconnect(self._screen_removed)
        self._soon.stop()
        self._shut()

    def _open(self, screen: QScreen | None) -> None:
        window = self.window = DriverWindow(self._look, self._policy, self._config)
        window.closed.connect(self._closed_by_hand)
        if self._health is not None:
            window.show_health(self._health)
        if self._view is not None:
            window.show_view(self._view)
        if screen is None:
            window.resize(*_WINDOW)
            window.show()
        else:
            window.setScreen(screen)
            window.setGeometry(screen.geometry())
            window.setWindowState(Qt.WindowState.WindowFullScreen)
            window.show()  # showFullScreen() would ask for the focus
        self.button.setChecked(True)

    def _shut(self) -> None:
        if self.window is not None:
            window, self.window = self.window, None
            window.closed.disconnect(self._closed_by_hand)
            window.close()
            window.deleteLater()
        self.button.setChecked(False)

    def _other_screen(self) -> QScreen | None:
        officers = self._beside.screen()
        return next((screen for screen in QGuiApplication.screens() if screen != officers), None)

    @Slot()
    def _closed_by_hand(self) -> None:
        self._asked = False
        self._soon.start()

    @Slot(QScreen)
    def _screen_added(self, _screen: QScreen) -> None:
        self._move()

    @Slot(QScreen)
    def _screen_removed(self, _screen: QScreen) -> None:
        """Gone at once: Qt would move it over the officer's window."""
        self._move()

    def _move(self) -> None:
        """The window goes; once all windows are where they belong it comes back, if it still has a place."""
        if self._asked:
            self._asked = None
        self._shut()
        self._soon.start()
