"""Little things the window is made of."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QPushButton, QScrollArea, QSizePolicy, QWidget

from station.verdict import Outcome
from ui.look import Look
from ui.theme import TOUCH_MM, VERDICTS, millimetres


class Elided(QLabel):
    """A line of text that gives way: what does not fit ends in “…”, and is whole in the tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show a text."""
        self.setText(text)
        self.setToolTip(text)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        """It can do with hardly any width."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        """The text, as much as fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class Mark(QWidget):
    """Beside a device's name: a calm dot where it is well, an amber triangle where it is not."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._well = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def well(self) -> bool:
        """What it shows."""
        return self._well

    def show_well(self, *, well: bool) -> None:
        """Show how the device is."""
        self._well = well
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        """As high as a capital letter."""
        side = self.fontMetrics().capHeight() + 4
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        """The shape; its colour only says it again."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._well:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._look.theme.muted))
            painter.drawEllipse(area.center(), area.width() / 3, area.height() / 3)
        else:
            painter.setPen(QPen(QColor(self._look.theme.text), 1.5))
            painter.setBrush(QColor(VERDICTS[Outcome.REVIEW].ground))
            top = QPointF(area.center().x(), area.top())
            painter.drawPolygon(QPolygonF([top, area.bottomRight(), area.bottomLeft()]))


def touchable(button: QPushButton) -> QPushButton:
    """Make a button at least a gloved finger wide and high."""
    side = millimetres(button, TOUCH_MM)
    button.setMinimumSize(side, side)
    return button


def choice(text: str = "") -> QPushButton:
    """A touchable button that stays down while what it stands for is in force."""
    button = touchable(QPushButton(text))
    button.setCheckable(True)
    return button


def scrolled(inner: QWidget) -> QScrollArea:
    """As high as there is room: the longest words may not make the window higher, from behind another page."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area


def say(widget: QAbstractButton | QLabel, text: str) -> None:
    """What it says, on the screen and to a screen reader."""
    widget.setText(text)
    widget.setAccessibleName(text)


def label(role: str, *, wrap: bool = False) -> QLabel:
    """A label of a role of the style sheet."""
    made = QLabel()
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made
