"""The verdict's shape, drawn: a circle with a tick, a triangle with a question mark, an octagon with a cross."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from station.verdict import Outcome
from ui.log.model import ROW
from ui.theme import VERDICTS

_PAD = 8
_EIGHTH = (0.30, 0.70)


def paint_mark(painter: QPainter, square: QRectF, outcome: Outcome, colour: str) -> None:
    """Draw an outcome's shape into a square, in outline."""
    side = square.width()

    def at(x: float, y: float) -> QPointF:
        return QPointF(square.x() + x * side, square.y() + y * side)

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colour), max(1.5, side / 11), Qt.PenStyle.SolidLine)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if outcome is Outcome.PASS:
        painter.drawEllipse(square.adjusted(side * 0.07, side * 0.07, -side * 0.07, -side * 0.07))
        painter.drawPolyline(QPolygonF([at(0.29, 0.52), at(0.44, 0.67), at(0.72, 0.36)]))
    elif outcome is Outcome.REFUSE:
        low, high = _EIGHTH
        corners = ((low, 0.07), (high, 0.07), (0.93, low), (0.93, high), (high, 0.93), (low, 0.93), (0.07, high))
        painter.drawPolygon(QPolygonF([at(x, y) for x, y in (*corners, (0.07, low))]))
        painter.drawLine(at(0.34, 0.34), at(0.66, 0.66))
        painter.drawLine(at(0.66, 0.34), at(0.34, 0.66))
    else:
        painter.drawPolygon(QPolygonF([at(0.5, 0.07), at(0.96, 0.9), at(0.04, 0.9)]))
        pen.setWidthF(max(1.4, side / 13))
        painter.setPen(pen)
        hook = QPainterPath(at(0.38, 0.46))
        hook.cubicTo(at(0.38, 0.29), at(0.65, 0.31), at(0.62, 0.48))
        hook.cubicTo(at(0.60, 0.57), at(0.50, 0.55), at(0.50, 0.65))
        painter.drawPath(hook)
        painter.drawPoint(at(0.5, 0.79))
    painter.restore()


def mark(outcome: Outcome, side: int, ratio: float) -> QPixmap:
    """An outcome's shape on its own ground, as a picture of `side` logical pixels."""
    colours = VERDICTS[outcome]
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.ground))
    painter.drawRoundedRect(QRectF(0, 0, side, side), side / 5, side / 5)
    inner = side / 7
    paint_mark(painter, QRectF(inner, inner, side - 2 * inner, side - 2 * inner), outcome, colours.text)
    painter.end()
    return pixmap


class VerdictDelegate(QStyledItemDelegate):
    """A cell with the verdict's colour, shape and word; the selection shows around it, not over it."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell."""
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        outcome = index.data(ROW).outcome
        colours = VERDICTS[outcome]
        height = option.fontMetrics.height() + _PAD
        box = QRectF(option.rect).adjusted(4, 0, -4, 0)
        box.setTop(option.rect.center().y() - height / 2)
        box.setHeight(height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.ground))
        painter.drawRoundedRect(box, 6, 6)
        side = height - _PAD
        paint_mark(painter, QRectF(box.x() + 6, box.y() + _PAD / 2, side, side), outcome, colours.text)
        painter.setPen(QColor(colours.text))
        painter.setFont(option.font)
        text = box.adjusted(side + 12, 0, -4, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        """Room for mark and word."""
        self.initStyleOption(option, index)
        return QSize(pill_width(option.fontMetrics, option.text), option.fontMetrics.height() + 2 * _PAD)


def pill_width(metrics: QFontMetrics, word: str) -> int:
    """How wide a verdict's cell is."""
    return metrics.horizontalAdvance(word) + metrics.height() + 32
