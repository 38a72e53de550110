"""What a lead typed and the sheet had no room for, since it was given elsewhere: it stays until somebody says so."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui.look import Look
from ui.small_widgets import label, say


class Leftover(QFrame):
    """The lines, to be copied, and a button that they are done with."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._look = look
        self._lines = ""
        self.told = label("", wrap=True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.done = QPushButton()
        row = QHBoxLayout(self)
        row.addWidget(self.told, 1)
        row.addWidget(self.done, 0, Qt.AlignmentFlag.AlignTop)
        self.done.clicked.connect(self.clear)
        self.hide()

    def add(self, lines: str) -> None:
        """Show further lines, below those that are there."""
        self._lines = "\n".join(filter(None, (self._lines, lines)))
        self.retranslate()

    @Slot()
    def clear(self) -> None:
        """They are done with."""
        self._lines = ""
        self.retranslate()

    def controls(self) -> tuple[QWidget, ...]:
        """What can be used here."""
        return (self.done,)

    def retranslate(self) -> None:
        """Say everything again."""
        self.told.setText(self._look.word("handover_given_meanwhile", what=self._lines))
        say(self.done, self._look.word("handover_noted"))
        self.setVisible(bool(self._lines))
