"""The shapes of verdicts and of the checklist: drawn, so that no font decides how they look."""

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from station.verdict import Outcome
from station.view import CellState
from ui.theme import VERDICTS

CELLS = {CellState.GOOD: Outcome.PASS, CellState.DOUBT: Outcome.REVIEW, CellState.BAD: Outcome.REFUSE}


def draw_outcome(painter: QPainter, outcome: Outcome, box: QRectF, colour: QColor) -> None:
    """A verdict's shape: ✓ in a circle, ? in a triangle, ✕ in an octagon, in the square `box`."""
    square = _square(box)
    pen = _pen(colour, max(1.5, square.width() * 0.07))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = square.adjusted(pen.widthF(), pen.widthF(), -pen.widthF(), -pen.widthF())
    match outcome:
        case Outcome.PASS:
            painter.drawEllipse(inner)
            painter.drawPolyline(_points(square, (0.30, 0.53), (0.44, 0.67), (0.71, 0.36)))
        case Outcome.REFUSE:
            corners = [pi / 8 + turn * pi / 4 for turn in range(8)]
            painter.drawPolygon(_points(inner, *((0.5 + 0.52 * cos(a), 0.5 + 0.52 * sin(a)) for a in corners)))
            painter.drawPolyline(_points(square, (0.36, 0.36), (0.64, 0.64)))
            painter.drawPolyline(_points(square, (0.64, 0.36), (0.36, 0.64)))
        case Outcome.REVIEW:
            painter.drawPolygon(_points(inner, (0.5, 0.04), (1.0, 0.94), (0.0, 0.94)))
            painter.drawPath(_question(square))
            painter.setPen(Qt.PenStyle.NoPen)  # an edge laid over the fill would leave a ring between the two
            painter.setBrush(colour)
            painter.drawEllipse(_at(square, 0.5, 0.785), pen.widthF() * 0.75, pen.widthF() * 0.75)
    painter.restore()


def draw_cell(painter: QPainter, state: CellState, box: QRectF, colour: QColor) -> None:
    """A place of the checklist: the verdict it leads to, an open ring while it waits, a bar where nothing is asked."""
    if state in CELLS:
        draw_outcome(painter, CELLS[state], box, colour)
        return
    square = _square(box)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = _pen(colour, square.width() * 0.08)
    if state is CellState.WAITING:
        pen.setDashPattern([1.5, 2.0])
        painter.setPen(pen)
        painter.drawEllipse(square.adjusted(pen.widthF(), pen.widthF(), -pen.widthF(), -pen.widthF()))
    else:
        painter.setPen(pen)
        painter.drawPolyline(_points(square, (0.2, 0.5), (0.8, 0.5)))
    painter.restore()


def badge(outcome: Outcome, side: int, ratio: float) -> QPixmap:
    """A verdict's shape on its own ground, as a picture of `side` logical pixels at `ratio` pixels each."""
    colours = VERDICTS[outcome]
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.ground))
    painter.drawRoundedRect(QRectF(0, 0, side, side), side / 5, side / 5)
    inner = side / 10
    draw_outcome(painter, outcome, QRectF(inner, inner, side - 2 * inner, side - 2 * inner), QColor(colours.text))
    painter.end()
    return pixmap


def _square(box: QRectF) -> QRectF:
    side = min(box.width(), box.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(box.center())
    return square


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height())


def _points(box: QRectF, *fractions: tuple[float, float]) -> QPolygonF:
    return QPolygonF([_at(box, x, y) for x, y in fractions])


def _question(box: QRectF) -> QPainterPath:
    """The hook of the question mark; its dot is drawn apart."""
    path = QPainterPath(_at(box, 0.415, 0.465))
    path.cubicTo(_at(box, 0.415, 0.33), _at(box, 0.59, 0.33), _at(box, 0.59, 0.465))
    path.cubicTo(_at(box, 0.59, 0.55), _at(box, 0.5, 0.55), _at(box, 0.5, 0.655))
    return path
