"""Pictograms for the driver: drawn in a square of 100 by 100, so that no font decides how they look."""

from collections.abc import Callable

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.verdict import Outcome
from ui.driver.message import Scene
from ui.shapes import draw_outcome

_SIDE = 100.0
_THICK = 5.0


class Pictogram(QWidget):
    """One picture, as large as its place."""

    def __init__(self, scene: Scene = Scene.STANDBY) -> None:
        super().__init__()
        self.scene = scene
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_scene(self, scene: Scene) -> None:
        """Show what belongs to this."""
        self.scene = scene
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's name, and all is painted
        """Paint it in the colour of the text."""
        painter = QPainter(self)
        draw(painter, self.scene, QRectF(self.rect()), self.palette().color(self.foregroundRole()))


class Marks(QWidget):
    """A tick for what was read, a ring for what is still to come: one for each person."""

    def __init__(self) -> None:
        super().__init__()
        self.read: tuple[bool, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_read(self, read: tuple[bool, ...], name: str) -> None:
        """Show these."""
        self.read = read
        self.setAccessibleName(f"{name} {'✓' if read and all(read) else '○'}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        """A square each."""
        line, count = self.fontMetrics().height(), max(1, len(self.read))
        side = round(min(line * 1.4, line * 3.2 / count))
        return QSize(side * count, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's name, and all is painted
        """Paint them side by side, in ink alone: a tick says read, not good."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self.palette().color(self.foregroundRole())
        side = min(self.height(), self.width() / max(1, len(self.read)))
        for index, read in enumerate(self.read):
            painter.save()
            painter.translate(index * side, (self.height() - side) / 2)
            painter.scale(side / _SIDE, side / _SIDE)
            if read:
                painter.fillPath(_tick(), ink)
            else:
                painter.setPen(_pen(ink, 7))
                painter.drawEllipse(QPointF(50, 50), 36, 36)
            painter.restore()


def draw(painter: QPainter, scene: Scene, box: QRectF, ink: QColor) -> None:
    """Draw a scene's pictogram in the middle of a box."""
    if scene is Scene.PASS:
        draw_outcome(painter, Outcome.PASS, box, ink)
        return
    side = min(box.width(), box.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.center())
    painter.scale(side / _SIDE, side / _SIDE)
    painter.translate(-_SIDE / 2, -_SIDE / 2)
    painter.setPen(_pen(ink))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _DRAWN.get(scene, _hourglass)(painter, ink)
    painter.restore()


def _phone(painter: QPainter, ink: QColor) -> None:
    """A phone that shows a code."""
    painter.drawRoundedRect(QRectF(24, 5, 52, 90), 9, 9)
    painter.drawLine(QLineF(44, 86, 56, 86))
    painter.setPen(_pen(ink, 3.5))
    for x, y in ((33, 24), (54, 24), (33, 45)):
        painter.drawRect(QRectF(x, y, 13, 13))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for x, y in ((33, 24), (54, 24), (33, 45)):
        painter.drawRect(QRectF(x + 4.5, y + 4.5, 4, 4))
    for x, y in ((52, 43), (62, 43), (57, 48), (52, 53), (62, 53), (57, 58), (67, 48), (67, 58), (33, 63), (43, 63)):
        painter.drawRect(QRectF(x, y, 5, 5))
    for x, y in ((38, 68), (48, 68), (52, 63), (62, 68)):
        painter.drawRect(QRectF(x, y, 5, 5))


def _certificate(painter: QPainter, ink: QColor) -> None:
    """A sheet with a test tube on it."""
    sheet = QPainterPath(QPointF(20, 5))
    for x, y in ((62, 5), (80, 23), (80, 95), (20, 95)):
        sheet.lineTo(x, y)
    sheet.closeSubpath()
    painter.drawPath(sheet)
    painter.drawPolyline(_line((62, 5), (62, 23), (80, 23)))
    for y in (36, 50):
        painter.drawLine(QLineF(32, y, 46, y))
    painter.drawLine(QLineF(32, 22, 48, 22))
    painter.drawLine(QLineF(54, 36, 72, 36))
    tube = QPainterPath(QPointF(57, 36))
    tube.lineTo(57, 76)
    tube.arcTo(QRectF(57, 70, 12, 12), 180, 180)
    tube.lineTo(69, 36)
    painter.drawPath(tube)
    full = QPainterPath(QPointF(57, 58))
    full.lineTo(57, 76)
    full.arcTo(QRectF(57, 70, 12, 12), 180, 180)
    full.lineTo(69, 58)
    full.closeSubpath()
    painter.fillPath(full, ink)
    painter.drawLine(QLineF(32, 64, 46, 64))
    painter.drawLine(QLineF(32, 78, 46, 78))


def _thermometer(painter: QPainter, ink: QColor) -> None:
    """A thermometer, without a figure."""
    glass = QPainterPath(QPointF(38, 60.3))
    glass.lineTo(38, 17)
    glass.arcTo(QRectF(38, 5, 24, 24), 180, -180)
    glass.lineTo(62, 60.3)
    glass.arcTo(QRectF(31, 56, 38, 38), 51, -282)
    glass.closeSubpath()
    painter.drawPath(glass)
    painter.setPen(_pen(ink, 8))
    painter.drawLine(QLineF(50, 34, 50, 70))
    painter.setPen(_pen(ink))
    for y in (22, 34, 46):
        painter.drawLine(QLineF(70, y, 80, y))
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(50, 75), 9, 9)


def _hourglass(painter: QPainter, ink: QColor) -> None:
    """Waiting."""
    for y in (8, 92):
        painter.drawLine(QLineF(22, y, 78, y))
    glass = QPainterPath(QPointF(29, 8))
    glass.cubicTo(29, 36, 46, 40, 46, 50)
    glass.cubicTo(46, 60, 29, 64, 29, 92)
    glass.moveTo(71, 8)
    glass.cubicTo(71, 36, 54, 40, 54, 50)
    glass.cubicTo(54, 60, 71, 64, 71, 92)
    painter.drawPath(glass)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    above = QPainterPath(QPointF(38, 27))
    above.lineTo(62, 27)
    above.cubicTo(60, 34, 53, 38, 50, 43)
    above.cubicTo(47, 38, 40, 34, 38, 27)
    painter.drawPath(above)
    below = QPainterPath(QPointF(36, 86))
    below.cubicTo(38, 74, 46, 72, 50, 68)
    below.cubicTo(54, 72, 62, 74, 64, 86)
    below.closeSubpath()
    painter.drawPath(below)


def _turn(painter: QPainter, ink: QColor) -> None:
    """The way back."""
    painter.setPen(_pen(ink, 12))
    way = QPainterPath(QPointF(74, 90))
    way.lineTo(74, 40)
    way.arcTo(QRectF(30, 14, 44, 44), 0, 180)
    way.lineTo(30, 66)
    painter.drawPath(way)
    painter.setPen(_pen(ink, 6))
    painter.setBrush(ink)
    painter.drawPolygon(_line((11, 62), (49, 62), (30, 88)))


def _tick() -> QPainterPath:
    """A disc with a tick cut out of it."""
    disc, tick, broad = QPainterPath(), QPainterPath(QPointF(33, 52)), QPainterPathStroker()
    disc.addEllipse(QPointF(50, 50), 40, 40)
    tick.lineTo(45, 65)
    tick.lineTo(68, 38)
    broad.setWidth(10)
    broad.setCapStyle(Qt.PenCapStyle.RoundCap)
    broad.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return disc.subtracted(broad.createStroke(tick))


def _line(*points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def _pen(ink: QColor, width: float = _THICK) -> QPen:
    return QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


_DRAWN: dict[Scene, Callable[[QPainter, QColor], None]] = {
    Scene.HEALTH: _phone,
    Scene.TEST: _certificate,
    Scene.TEMPERATURE: _thermometer,
    Scene.AGAIN: _thermometer,
    Scene.RETURN: _turn,
}
