"""How a cell of the board is painted: a name as a chip, a gap and a breach in colour, shape and words."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from shifts.model import Duty
from shifts.rule_pack import Severity
from station.verdict import Outcome
from ui.look import Look
from ui.roster.board import Kind
from ui.roster.model import SHOWN, BoardModel, Shown
from ui.theme import VERDICTS, ThemeName, VerdictColours

HARD, WARNING = VERDICTS[Outcome.REFUSE], VERDICTS[Outcome.REVIEW]
TINTS = {
    ThemeName.DAY: ("#dfeafa", "#fdeec6", "#e5e0f5"),
    ThemeName.NIGHT: ("#1b2c42", "#3a2f12", "#2b2447"),
    ThemeName.CONTRAST: ("#1c1c1c", "#1c1c1c", "#1c1c1c"),
}
"""Grounds of a day's shifts, the first one's first."""
Shape = Callable[[QPainter, QRectF], None]
_GAP = 2.0


class CellDelegate(QStyledItemDelegate):
    """Paints the cells of a `BoardModel`."""

    def __init__(self, look: Look, model: BoardModel) -> None:
        super().__init__(model)
        self._look, self._model = look, model

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        shown: Shown = index.data(SHOWN)
        theme, box = self._look.theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        if shown.kind is Kind.SHIFT:
            painter.fillRect(box, QColor(self.tint(index.row())))
            self._band(painter, box.adjusted(6, 0, -4, 0), shown)
        elif shown.kind is Kind.HEAD:
            painter.fillRect(box, QColor(theme.surface))
            self._head(painter, box.adjusted(_GAP, 1, -_GAP, -1), shown)
        else:
            painter.fillRect(box, QColor(theme.ground))
        state = option.state
        if state & QStyle.StateFlag.State_Selected and shown.kind is not Kind.CHECKPOINT:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.focus), 3))
            painter.drawRect(box.adjusted(1.5, 1.5, -1.5, -1.5))
        painter.restore()

    def tint(self, row: int) -> str:
        """The ground of a shift's heading."""
        line, problem = self._model.lines[row], self._model.problem
        codes = problem.plans[line.checkpoint].codes if problem else ()
        number = codes.index(line.code) if line.code in codes else 0
        tints = TINTS[self._look.theme_name]
        return tints[-1] if number == len(codes) - 1 else tints[number % (len(tints) - 1)]

    def _band(self, painter: QPainter, box: QRectF, shown: Shown) -> None:
        """A shift's heads on a day: quiet where nobody lacks."""
        theme, told = self._look.theme, shown.tally
        if told is None or not shown.text:
            return
        whole = f"{shown.text} {shown.side}"
        fits = painter.fontMetrics().horizontalAdvance(whole) + box.height() < box.width()
        if told.short:
            _pill(painter, box.adjusted(-4, 2, 0, -2), HARD, gap_shape, whole if fits else shown.text)
        elif shown.breach is not None:
            colours = HARD if shown.breach.severity is Severity.HARD else self._note()
            _pill(painter, box.adjusted(-4, 2, 0, -2), colours, None, whole if fits else shown.text)
        else:
            painter.setPen(QColor(theme.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown.text)

    def _head(self, painter: QPainter, box: QRectF, shown: Shown) -> None:
        cell, theme = shown.cell, self._look.theme
        if cell is None:
            return
        if cell.assignment is None:
            if cell.lacking:
                _pill(painter, box, HARD, gap_shape, shown.text)
            return
        held = self._model.held is not None and self._model.held.assignment == cell.assignment
        same = self._model.person == cell.assignment.person
        ground, ink = (theme.accent, theme.on_accent) if held else (theme.surface, theme.text)
        line = QPen(QColor(theme.accent if same else theme.raised), 2 if same else 1)
        if shown.breach is not None and shown.breach.severity is Severity.HARD:
            line = QPen(QColor(HARD.ground), 2)
        if held:
            line = QPen(QColor(theme.text), 2, Qt.PenStyle.DashLine)
        painter.setPen(line)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        if shown.new:
            painter.fillRect(QRectF(box.x() + 1, box.y() + 4, 3, box.height() - 8), QColor(theme.focus))
        font = QFont(painter.font())
        font.setBold(cell.assignment.duty is Duty.LEAD)
        room = box.adjusted(8, 0, -4, 0)
        if shown.pinned:
            _pin(painter, QRectF(room.x() - 2, room.y(), 8, room.height()), QColor(ink))
            room.setLeft(room.left() + 9)
        painter.setFont(font)
        name = QFontMetricsF(font).horizontalAdvance(shown.text) + 6
        self._side(painter, room.adjusted(name, 0, 0, 0), shown, ink)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        text = QFontMetricsF(font).elidedText(shown.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _side(self, painter: QPainter, room: QRectF, shown: Shown, ink: str) -> None:
        """The duty, or the rule broken: its shape always, its word where there is room."""
        small = QFont(painter.font())
        small.setBold(False)
        small.setPixelSize(max(11, round(small.pixelSize() * 0.82)))
        painter.setFont(small)
        metrics = QFontMetricsF(small)
        width = metrics.horizontalAdvance(shown.side)
        breach = shown.breach
        if breach is None:
            if width <= room.width():
                painter.setPen(QColor(ink))
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown.side)
            return
        side = metrics.height()
        fits = side + 2 + width + 8 <= room.width()
        needed = side + 2 + width + 8 if fits else side + 2
        place = QRectF(room.right() - needed, room.center().y() - side / 2 - 1, needed, side + 2)
        colours, shape = self._weight(breach.severity)
        _pill(painter, place, colours, shape, shown.side if fits else "")

    def _weight(self, severity: Severity) -> tuple[VerdictColours, Shape | None]:
        if severity is Severity.HARD:
            return HARD, hard_shape
        return (WARNING, gap_shape) if severity is Severity.WARNING else (self._note(), note_shape)

    def _note(self) -> VerdictColours:
        return VerdictColours(self._look.theme.raised, self._look.theme.text)


def gap_shape(painter: QPainter, box: QRectF) -> None:
    """A triangle with a bar and a dot: something lacks, or wants a look."""
    inner = box.adjusted(1, 1, -1, -1)
    painter.drawPolygon(QPolygonF([QPointF(inner.center().x(), inner.top()), inner.bottomRight(), inner.bottomLeft()]))
    middle = inner.center().x()
    painter.drawLine(
        QPointF(middle, inner.top() + inner.height() * 0.4), QPointF(middle, inner.top() + inner.height() * 0.66)
    )
    painter.drawPoint(QPointF(middle, inner.top() + inner.height() * 0.83))


def hard_shape(painter: QPainter, box: QRectF) -> None:
    """A cross in an octagon: this may not be."""
    inner = box.adjusted(1, 1, -1, -1)
    cut = inner.width() * 0.29
    left, right, top, bottom = inner.left(), inner.right(), inner.top(), inner.bottom()
    corners = [(left + cut, top), (right - cut, top), (right, top + cut), (right, bottom - cut)]
    corners += [(right - cut, bottom), (left + cut, bottom), (left, bottom - cut), (left, top + cut)]
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    cross = inner.adjusted(inner.width() * 0.3, inner.height() * 0.3, -inner.width() * 0.3, -inner.height() * 0.3)
    painter.drawLine(cross.topLeft(), cross.bottomRight())
    painter.drawLine(cross.topRight(), cross.bottomLeft())


def note_shape(painter: QPainter, box: QRectF) -> None:
    """A ring: only so that it is known."""
    painter.drawEllipse(box.adjusted(2, 2, -2, -2))


def _pill(painter: QPainter, box: QRectF, colours: VerdictColours, shape: Shape | None, text: str) -> None:
    """Words on a coloured ground, after their shape."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.ground))
    painter.drawRoundedRect(box, 5, 5)
    ink = QColor(colours.text)
    room = box.adjusted(4, 0, -2, 0) if text else box.adjusted(1, 0, 0, 0)
    if shape is not None:
        side = min(box.height() - 4, QFontMetricsF(painter.font()).capHeight() + 5)
        painter.setPen(QPen(ink, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        shape(painter, QRectF(room.left(), box.center().y() - side / 2, side, side))
        room.setLeft(room.left() + side + 4)
    painter.setPen(ink)
    told = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 1)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, told)


def _pin(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(ink)
    middle = box.center()
    painter.drawEllipse(QPointF(middle.x(), middle.y() - 3), 3, 3)
    painter.drawLine(middle, QPointF(middle.x(), middle.y() + 6))
