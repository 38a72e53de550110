"""Fields for a count and for a time of day: the wheel that scrolls the sheet passes over them."""

import unicodedata

from PySide6.QtCore import QTime
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox, QTimeEdit

MOST = 99_999


class Count(QSpinBox):
    """How many, from none up; full-width digits count as digits."""

    def __init__(self, value: int) -> None:
        super().__init__()
        self.setRange(0, MOST)
        self.setValue(value)
        _inset(self)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """As typed, in ordinary digits."""
        return super().validate(unicodedata.normalize("NFKC", text), position)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 -- Qt's name
        """Whoever scrolls changes no count."""
        event.ignore()


class TimeOfDay(QTimeEdit):
    """Hours and minutes."""

    def __init__(self, hour: int, minute: int) -> None:
        super().__init__(QTime(hour, minute))
        self.setDisplayFormat("HH:mm")
        _inset(self)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 -- Qt's name
        """Whoever scrolls changes no time."""
        event.ignore()


def _inset(box: QAbstractSpinBox) -> None:
    box.lineEdit().setTextMargins(6, 0, 0, 0)  # a style sheet does not reach these
