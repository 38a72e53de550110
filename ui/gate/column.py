"""What a verdict says, line under line."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from station.verdict import Outcome
from ui import theme
from ui.gate.widgets import FittedLabel
from ui.look import Look
from ui.shapes import draw_outcome

_MARK, _GAP = 34, 10
_LEAST = QSize(300, 200)


class Headline(FittedLabel):
    """A word of one line, drawn bold: the bold that is made of a font that has none ends at such sizes."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's name, and all is painted
        """Paint it."""
        font, colour = self.fitting(), self.palette().color(self.foregroundRole())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addText(0, 0, font, self.text())
        bold = font.pixelSize() / 24
        path.translate(bold / 2 - path.boundingRect().left(), self.height() / 2 - path.boundingRect().center().y())
        painter.setPen(QPen(colour, bold, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(colour)
        painter.drawPath(path)


class Shape(QWidget):
    """A verdict's shape, as large as its place."""

    def __init__(self) -> None:
        super().__init__()
        self.outcome = Outcome.REVIEW
        self.colour = "#000000"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)

    def say(self, outcome: Outcome, colour: str) -> None:
        """Show this one."""
        self.outcome, self.colour = outcome, colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's name, and all is painted
        """Paint it."""
        draw_outcome(QPainter(self), self.outcome, QRectF(self.rect()), QColor(self.colour))


class Line(QWidget):
    """Somebody's outcome: its shape, and why."""

    def __init__(self) -> None:
        super().__init__()
        self.shape, self.label = Shape(), FittedLabel(22)
        self.shape.setFixedWidth(_MARK)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.shape)
        row.addWidget(self.label, 1)

    def say(self, outcome: Outcome, text: str, colour: str) -> None:
        """Show this."""
        self.shape.say(outcome, colour)
        self.label.say(text)

    def text(self) -> str:
        """What it says."""
        return self.label.text()

    def wanted(self, width: int) -> int:
        """The height it wants at this width."""
        return max(_MARK, self.label.wanted(width - _MARK - _GAP))


class Column(QWidget):
    """Rows in the middle of their place, each as high as its text wants; where room lacks, all give way alike."""

    def __init__(self, look: Look, rows: Sequence[FittedLabel | Line]) -> None:
        super().__init__()
        self._rows = rows
        for row in rows:
            row.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.arrange)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        """It can do with little."""
        return _LEAST

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002, N802 -- Qt's name
        """Share the height anew."""
        self.arrange()

    def arrange(self) -> None:
        """Share the height among the rows that say something."""
        for row in self._rows:
            row.setVisible(bool(row.text()))
        shown = [row for row in self._rows if row.text()]
        gap = round(_GAP * max(1.0, self.window().height() / theme.BASE_HEIGHT))
        heights = [row.wanted(self.width()) for row in shown]
        room = self.height() - gap * (len(shown) - 1)
        share = min(1.0, room / max(1, sum(heights)))
        top = max(0.0, (room - sum(heights)) / 2)
        for row, height in zip(shown, heights, strict=True):
            row.setGeometry(QRect(0, round(top), self.width(), int(height * share)))
            top += height * share + gap
