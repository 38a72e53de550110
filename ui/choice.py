"""A box that one of some values is chosen from."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox

T = TypeVar("T")


class Choice(QComboBox, Generic[T]):
    """One of some values, the first one at first; with an arrow of the text's colour, whatever the platform would draw.

    Args:
        values: Words for them come with `say`.
    """

    def __init__(self, values: Sequence[T]) -> None:
        super().__init__()
        self._values = values
        self.addItems([""] * len(values))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    @property
    def value(self) -> T:
        """What is chosen."""
        return self._values[self.currentIndex()]

    def offer(self, values: Sequence[T]) -> None:
        """Offer other values; what is chosen stays chosen where it can."""
        chosen, self._values = self.value, values
        self.clear()
        self.addItems([""] * len(values))
        self.setCurrentIndex(values.index(chosen) if chosen in values else 0)

    def choose(self, value: T) -> None:
        """Choose this one."""
        self.setCurrentIndex(self._values.index(value))

    def forget(self) -> None:
        """The first one again."""
        self.setCurrentIndex(0)

    def say(self, name: str, words: Callable[[T], str]) -> None:
        """What it is for, and the words of its values."""
        self.setAccessibleName(name)
        for line, value in enumerate(self._values):
            self.setItemText(line, words(value))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The box, then the arrow."""
        super().paintEvent(event)
        size = self.fontMetrics().height() / 4
        middle = QPointF(self.width() - 3.2 * size, self.height() / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().text().color(), 2))
        left, right, tip = QPointF(-size, -size / 2), QPointF(size, -size / 2), QPointF(0, size / 2)
        painter.drawPolyline(QPolygonF([middle + left, middle + tip, middle + right]))
        painter.end()


def or_any(anything: str, words: Callable[[T], str]) -> Callable[[T | None], str]:
    """The words of a value, or of none in particular."""
    return lambda value: anything if value is None else words(value)
