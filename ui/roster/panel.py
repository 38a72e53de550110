"""What stands beside the board, or in its place, until one goes back to it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton

from ui.look import Look
from ui.small_widgets import say


class Panel(QFrame):
    """A card with a way back: a button, which each lays out where it fits, and Esc."""

    left = Signal()
    """Somebody goes back."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._look = look
        self.back = QPushButton()
        self.back.clicked.connect(self.leave)

    @Slot()
    def leave(self) -> None:
        """Go back."""
        self.left.emit()

    def retranslate(self) -> None:
        """Say everything again."""
        say(self.back, self._look.word("back"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
