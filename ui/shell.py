"""What every top-level window of the station shares: its style follows its size and the look; F11 fills the screen."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from station.verdict import Outcome
from ui.look import Look
from ui.theme import VERDICTS, Theme, stylesheet

SMALLEST = (1280, 720)
_WIDE = 16 / 9


class Shell(QWidget):
    """A top-level window, dressed."""

    def __init__(self, look: Look, *, kiosk: bool = False) -> None:
        super().__init__()
        self.look = look
        self._kiosk = kiosk
        self._worn: tuple[Theme, int] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look.changed.connect(self.dress)
        QShortcut(QKeySequence(Qt.Key.Key_F11), self).activated.connect(self.toggle_full_screen)

    def present(self) -> None:
        """Show it, filling the screen where it is a kiosk's."""
        if self._kiosk:
            self.showFullScreen()
        else:
            self.resize(*SMALLEST)
            self.dress()  # before it is laid out, which would have to be done again
            self.show()

    @Slot()
    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop filling it."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot()
    def dress(self) -> None:
        """Put the style on that suits the size; only where it is another one, since that is costly."""
        height = min(self.height(), round(self.width() / _WIDE))
        wanted = self.look.theme, height
        if wanted != self._worn:
            self._worn = wanted
            self.setStyleSheet(stylesheet(*wanted) + _shell_style(*wanted))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        """Follow the size."""
        super().resizeEvent(event)
        self.dress()


def _shell_style(theme: Theme, height: int) -> str:
    """What the window around the pages adds to the pages' style."""
    text = max(16, round(height / 40))
    small, wrong = max(14, round(text * 0.84)), VERDICTS[Outcome.REVIEW]
    return f"""
        QLabel[role="small"] {{ font-size: {small}px; padding: 2px 0px; }}
        QLabel[role="huge"] {{ font-size: {text * 2}px; font-weight: bold; }}
        QLabel[role="error"] {{
            background: {wrong.ground}; color: {wrong.text}; border-radius: 8px; padding: 6px 12px; font-weight: bold;
        }}
        QLabel[role="good"] {{ color: {theme.text}; font-weight: bold; }}
        QPushButton[role="digit"] {{ font-size: {round(text * 1.6)}px; }}
        QFrame[role="bar"], QFrame[role="rail"] {{ background: {theme.surface}; border: none; }}
        QFrame[role="bar"] {{ border-bottom: 1px solid {theme.line}; }}
        QFrame[role="rail"] {{ border-right: 1px solid {theme.line}; }}
        QFrame[role="stripe"] {{ background: {theme.accent}; border: none; }}
        QFrame[role="stripe"] QLabel {{ color: {theme.on_accent}; font-weight: bold; font-size: {small}px; }}
        QFrame[role="stripe"] QLabel[role="demo"] {{ font-size: {round(text * 1.2)}px; }}
        QFrame[role="stripe"] QPushButton {{ font-size: {small}px; padding: 4px 10px; }}
        QFrame[role="rail"] QPushButton {{ font-size: {round(text * 0.94)}px; padding: 4px 0px; }}
        QFrame[role="rail"] QPushButton {{ border-color: {theme.surface}; }}
        QFrame[role="rail"] QPushButton:!checked {{ background: {theme.surface}; }}
        QFrame[role="rail"] QPushButton:focus {{ border-color: {theme.focus}; }}
        QWidget#plain {{ background: transparent; }}
        QPushButton[role="offer"] {{ text-align: left; padding: 20px; }}
    """
