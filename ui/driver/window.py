"""The driver's window: one thing at a time, in type that is read from a car seat. Nothing on it can be pressed."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from station.config import Config
from station.policy import Policy
from station.verdict import Outcome
from station.view import Health, View
from ui.driver.message import STANDBY, Scene, message
from ui.driver.pages import Idle, Stage
from ui.look import Look
from ui.theme import BASE_HEIGHT, FONTS, VERDICTS
from ui.words import COMMON

LONGEST_PASS_MS = 15_000
"""A pass is for the car that stands here: it ends, whatever has become of the desk."""
_GROUNDS = {
    Scene.PASS: VERDICTS[Outcome.PASS],
    Scene.WAIT: VERDICTS[Outcome.REVIEW],
    Scene.RETURN: VERDICTS[Outcome.REFUSE],
}


class DriverWindow(QWidget):
    """Connect the bridge to `show_view` and `show_health`. It takes no keys from the officer's window.

    Args:
        look: Words and colours.
        policy: The rules in force.
        config: The station.
    """

    closed = Signal()

    def __init__(self, look: Look, policy: Policy, config: Config) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)  # the officer's window is the station
        self.setObjectName("driver")
        self._look, self._policy = look, policy
        self._view: View | None = None
        self._health: Health | None = None
        self._over: str | None = None
        self._worn = ""
        self.message = STANDBY
        self.demo = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.demo.setObjectName("demo")
        self.idle, self.stage = Idle(policy, config), Stage(look)
        self.pages = QStackedWidget()
        for page in (self.idle, self.stage):
            self.pages.addWidget(page)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addWidget(self.demo)
        around.addWidget(self.pages, 1)
        self._ends = QTimer(self, singleShot=True, interval=LONGEST_PASS_MS)
        self._ends.timeout.connect(self._end_pass)
        look.changed.connect(self.retranslate)
        self.retranslate()

    @Slot(object)
    def show_view(self, view: View) -> None:
        """The check as it is now."""
        self._view = view
        self.retranslate()

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """How the station is."""
        self._health = health
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Say everything anew."""
        told = message(self._view, self._health)
        if told.scene is not Scene.PASS:
            self._ends.stop()
            self._over = None
        elif self._view is not None and self._over == self._view.check:
            told = STANDBY
        elif self.message.scene is not Scene.PASS:
            self._ends.start()
        self.message = told
        self.setWindowTitle(self._look.word("driver_title"))
        self.demo.setText(" · ".join(COMMON["demo"]))
        self.demo.setVisible(self._health is not None and self._health.demo)
        if told.scene is Scene.GREETING:
            self.pages.setCurrentWidget(self.idle)
        else:
            self.stage.say(told, self._look.language, self._policy.test_window_hours)
            self.pages.setCurrentWidget(self.stage)
        self._dress()

    @Slot()
    def _end_pass(self) -> None:
        self._over = self._view.check if self._view is not None else None
        self.retranslate()

    def _dress(self) -> None:
        """Put the colours on; only where they are others, since that is costly."""
        theme, verdict = self._look.theme, _GROUNDS.get(self.message.scene)
        ground, ink = (verdict.ground, verdict.text) if verdict else (theme.ground, theme.text)
        scale = max(1.0, self.height() / BASE_HEIGHT)
        wanted = f"""
            * {{ font-family: {FONTS}; font-size: {round(40 * scale)}px; color: {ink}; }}
            QWidget#driver {{ background: {ground}; }}
            QLabel {{ background: transparent; }}
            QLabel#demo {{
                background: {theme.accent}; color: {theme.on_accent};
                font-size: {round(24 * scale)}px; font-weight: bold;
            }}
            QFrame#notice {{ background: {theme.surface}; border: 1px solid {theme.line}; border-radius: 12px; }}
            QFrame#marks {{ background: {theme.raised}; }}
        """
        if wanted != self._worn:
            self._worn = wanted
            self.setStyleSheet(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        """Text grows with the window."""
        super().resizeEvent(event)
        self._dress()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 -- Qt's name
        """Somebody closed it."""
        super().closeEvent(event)
        self.closed.emit()
