"""A field above a list of people, which finds them by a few letters."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from shifts.model import Person
from ui.look import Look
from ui.roster.rows import RowList

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class FindField(QLineEdit):
    """While a name is typed, arrows walk the list and Enter takes its current row."""

    def __init__(self, look: Look, listed: RowList) -> None:
        super().__init__()
        self._look, self._listed = look, listed

    def finds(self, person: Person) -> bool:
        """Whether what is typed is in their name or code."""
        typed = self.text().strip().casefold()
        return typed in person.name.casefold() or typed in person.code.casefold()

    def retranslate(self) -> None:
        """Say everything again."""
        self.setPlaceholderText(self._look.word("roster_find"))
        self.setAccessibleName(self._look.word("roster_find"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """What moves in the list goes there."""
        if event.key() in _STEPS:
            self._listed.step(_STEPS[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._listed.choose()
        else:
            super().keyPressEvent(event)
