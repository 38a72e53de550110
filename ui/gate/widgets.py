"""What the gate page's panels are made of: buttons for gloved fingers, labels that fit their text to their place."""

from collections.abc import Callable, Iterable
from typing import ParamSpec

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from station.view import CellState
from ui import theme
from ui.look import Look
from ui.shapes import draw_cell
from ui.theme import TOUCH_MM, millimetres

P = ParamSpec("P")
SMALLEST = 15
"""Pixels: text is never made smaller than this to fit."""
GAP = 5
UNMEANT = 400
"""Milliseconds within which a touch on what has just appeared was meant for what was there before: a double tap."""


class Touch(QPushButton):
    """A button for a gloved finger, at least 20 mm each way; its characters go to the page, which knows scanners.

    Args:
        look: Words and colours.
        key: Its label in `ui.words`; empty where the text is set by hand.
        role: `key` of a pad, `choice`, `answer` to a question, or `main` for what one most likely wants.
    """

    def __init__(self, look: Look, key: str = "", *, role: str = "choice", text: str = "") -> None:
        super().__init__()
        self.look = look
        self.key = key
        self.setProperty("role", role)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.say(text)
        self.retranslate()

    def say(self, text: str, spoken: str = "") -> None:
        """Set the label, and what a screen reader says where that is more."""
        self.setText(text)
        self.setAccessibleName(spoken or text.replace("\n", " "))

    def retranslate(self) -> None:
        """Take the label in the language in force."""
        if self.key:
            self.say(self.look.word(self.key))

    def tap(self, step: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> "Touch":
        """Do this when it is touched."""
        self.clicked.connect(lambda: step(*args, **kwargs))  # the GUI thread's own signal
        return self

    def sizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        """Never less than a finger."""
        side = millimetres(self, TOUCH_MM)
        return super().sizeHint().expandedTo(QSize(side, side))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        """Never less than a finger, nor than its text."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Leave characters, and Space among them, to the page: they may be a scanner's."""
        if event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


class LateBar(QWidget):
    """What takes no touch for the first `UNMEANT` milliseconds each time it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._wakes = QTimer(self, singleShot=True, interval=UNMEANT)
        self._wakes.timeout.connect(self._wake)

    @property
    def awake(self) -> bool:
        """Whether it takes touches."""
        return not self.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 -- Qt's name
        """Asleep at first."""
        super().showEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._wakes.start()

    @Slot()
    def _wake(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)


class FittedLabel(QLabel):
    """A label that takes the largest text size its place allows, wrapped; nothing is ever cut off.

    Args:
        biggest: The largest size, in pixels of a window 720 high; it grows with the window.
        bold: Whether it is bold.
        align: Where the text stands.
    """

    def __init__(
        self, biggest: int, *, bold: bool = False, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        super().__init__()
        self._biggest, self._bold = biggest, bold
        self._flags = int(align | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap.value)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        """A line of the smallest text: the layout gives what it has, and the text grows into it."""
        return QSize(2 * SMALLEST, 2 * SMALLEST)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        """The same: its text must never make the window grow."""
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 -- Qt's name
        """No: it fits whatever height it is given."""
        return False

    def say(self, text: str) -> None:
        """Set the text, for eyes and screen readers."""
        self.setText(text)
        self.setAccessibleName(text)

    def fits(self) -> bool:
        """Whether the whole text is inside."""
        return fits(self.text(), self._flags, self.fitting(), self.contentsRect().size())

    def wanted(self, width: int) -> int:
        """The height its text takes at its largest size in this width."""
        font = fitted(self.text(), self._flags, self.font(), QSize(width, 100_000), self._largest(), bold=self._bold)
        return QFontMetrics(font).boundingRect(QRect(0, 0, width, 100_000), self._flags, self.text()).height() + 2

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's name, and all is painted
        """Paint it."""
        painter = QPainter(self)
        painter.setFont(self.fitting())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self._flags, self.text())

    def fitting(self) -> QFont:
        """The font its text fits in."""
        size = self.contentsRect().size()
        return fitted(self.text(), self._flags, self.font(), size, self._largest(), bold=self._bold)

    def _largest(self) -> int:
        return round(self._biggest * max(1.0, self.window().height() / theme.BASE_HEIGHT))


class Cell(Touch):
    """A place of the checklist: what it is, how it stands in colour, shape and word; a touch leads to its entry."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.state = CellState.WAITING
        self.title = ""
        self.word = ""

    def show_state(self, title: str, word: str, state: CellState) -> None:
        """What it says from now on."""
        if (title, word, state) != (self.title, self.word, self.state):
            self.title, self.word, self.state = title, word, state
            self.setAccessibleName(f"{title} {word}")
            self.update()

    def colours(self) -> tuple[str, str]:
        """Its ground and its text."""
        if filled := theme.CELLS.get(self.state):
            return filled.ground, filled.text
        worn = self.look.theme
        return worn.surface, worn.text if self.state is CellState.WAITING else worn.muted

    def fits(self) -> bool:
        """Whether both its lines are inside."""
        return all(fits(text, int(Qt.AlignmentFlag.AlignLeft), font, box.size()) for text, font, box in self._lines())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's name, and all is painted
        """Paint ground, shape and both lines."""
        ground, text = self.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self.look.theme.focus if self.hasFocus() else self.look.theme.line
        width = 4.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), 8, 8)
        draw_cell(painter, self.state, QRectF(self._shape()), QColor(text))
        painter.setPen(QColor(text))
        for line, font, box in self._lines():
            painter.setFont(font)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), line)

    def _shape(self) -> QRect:
        side = min(self.height() - 24, max(28, self.width() // 4))
        return QRect(10, (self.height() - side) // 2, side, side)

    def _lines(self) -> tuple[tuple[str, QFont, QRect], tuple[str, QFont, QRect]]:
        left = self._shape().right() + 8
        scale = max(1.0, self.window().height() / theme.BASE_HEIGHT)
        tall = min(self.height() - 16, round(64 * scale))  # the two belong together, however tall the place
        upper = QRect(left, (self.height() - tall) // 2, self.width() - left - 8, tall * 2 // 5)
        lower = QRect(left, upper.bottom(), upper.width(), tall - upper.height())
        flags = int(Qt.AlignmentFlag.AlignLeft)
        title = fitted(self.title, flags, self.font(), upper.size(), round(18 * scale))
        word = fitted(self.word, flags, self.font(), lower.size(), round(24 * scale), bold=True)
        return (self.title, title, upper), (self.word, word, lower)


def fitted(text: str, flags: int, font: QFont, size: QSize, biggest: int, *, bold: bool = False) -> QFont:
    """The font at the largest pixel size, from `biggest` down to `SMALLEST`, at which the text fits."""
    font = QFont(font)
    font.setBold(bold)
    low, high = SMALLEST, max(SMALLEST, biggest)
    while low < high:
        middle = (low + high + 1) // 2
        font.setPixelSize(middle)
        low, high = (middle, high) if fits(text, flags, font, size) else (low, middle - 1)
    font.setPixelSize(low)
    return font


def fits(text: str, flags: int, font: QFont, size: QSize) -> bool:
    """Whether a text at this font stays inside."""
    taken = QFontMetrics(font).boundingRect(QRect(0, 0, size.width(), 100_000), flags, text)
    return taken.width() <= size.width() and taken.height() <= size.height()


def show_only(shown: QWidget, among: Iterable[QWidget]) -> None:
    """Show one of several that share a place; the others go first, or the window would grow to hold both."""
    for other in among:
        if other is not shown:
            other.hide()
    shown.show()
