"""A chart on the screen."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.charts import INKS, Drawing
from ui.look import Look


class Drawn(QWidget):
    """Paints a drawing in the colours in force; what it shows is told in words to who cannot see it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._drawing: Drawing | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_drawing(self, drawing: Drawing, name: str, told: str) -> None:
        """Show this.

        Args:
            drawing: What is painted.
            name: What it is.
            told: What it says, in words.
        """
        self._drawing = drawing
        self.setAccessibleName(name)
        self.setAccessibleDescription(told)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The drawing."""
        if self._drawing is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._drawing(painter, QRectF(self.rect()), INKS[self._look.theme_name])
            painter.end()
