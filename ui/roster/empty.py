"""Where there is no roster: what to do first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.look import Look
from ui.small_widgets import label, say, touchable


class Empty(QWidget):
    """Two steps, and the button of the second; a file of people and demand will do as well."""

    begun = Signal()
    opened = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines = {
            "roster_empty": label("title"),
            "roster_empty_first": label("", wrap=True),
            "roster_empty_then": label("", wrap=True),
            "roster_empty_command": label("muted", wrap=True),
        }
        rows = QVBoxLayout(self)
        rows.addStretch()
        for line in self._lines.values():
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            rows.addWidget(line)
        self.begin, self.open = touchable(QPushButton()), QPushButton()
        self.begin.setProperty("role", "main")
        self.begin.clicked.connect(self.begun)
        self.open.clicked.connect(self.opened)
        rows.addSpacing(12)
        for button in (self.begin, self.open):
            rows.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        rows.addStretch()

    def text(self) -> str:
        """Everything it says."""
        return "\n".join(line.text() for line in self._lines.values())

    def retranslate(self) -> None:
        """Say everything again."""
        for key, line in self._lines.items():
            line.setText(self._look.word(key))
        for button, key in ((self.begin, "roster_begin"), (self.open, "roster_open")):
            say(button, self._look.word(key))
