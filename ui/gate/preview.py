"""The live picture, not mirrored, with the codes that were found outlined in it."""

import time

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from scanner.reader import Corners
from station.desk import Desk
from station.eyes import Seen
from station.view import CellState
from ui.gate.widgets import fitted
from ui.look import Look
from ui.theme import CELLS

INTERVAL = 33
"""Milliseconds between two looks at what the camera saw."""
STALE = 2.0
"""Seconds after which a picture is no longer live, and is not shown."""
LEAST = QSize(280, 160)


class Preview(QWidget):
    """What `desk.seen` holds; a sentence where it holds nothing, or nothing new."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__()
        self._look, self._desk = look, desk
        self._seen: Seen | None = None
        self.live = False
        self.setMinimumSize(LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.retranslate()
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self.look_again)
        self._timer.start()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(self._look.word("preview"))
        self.update()

    def look_again(self) -> None:
        """Take what the camera saw last; repaint if that is new."""
        seen = self._desk.seen
        live = seen is not None and time.monotonic() - seen.frame.at < STALE
        if live != self.live or (live and seen is not self._seen):
            self.live, self._seen = live, seen if live else None
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's name, and all is painted
        """Paint the picture and the outlines."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#10181f"))
        if self._seen is None:
            self._say(painter, self._look.word("no_picture"))
            return
        image = self._seen.frame.image
        height, width = image.shape[:2]
        picture = QImage(image.data, width, height, image.strides[0], QImage.Format.Format_BGR888)
        scale = min(self.width() / width, self.height() / height)
        place = QRectF(0, 0, width * scale, height * scale)
        place.moveCenter(QRectF(self.rect()).center())
        painter.drawImage(place, picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for corners in self._seen.unread:
            self._outline(painter, corners, place.topLeft(), scale, read=False)
        for corners in self._seen.read:
            self._outline(painter, corners, place.topLeft(), scale, read=True)

    def _outline(self, painter: QPainter, corners: Corners, origin: QPointF, scale: float, *, read: bool) -> None:
        shape = QPolygonF([QPointF(origin.x() + x * scale, origin.y() + y * scale) for x, y in corners])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        style = Qt.PenStyle.SolidLine if read else Qt.PenStyle.DashLine
        colour = "#35e0a6" if read else CELLS[CellState.DOUBT].ground
        for ink, wide in (("#000000", 11.0 if read else 7.0), (colour, 7.0 if read else 4.0)):
            painter.setPen(QPen(QColor(ink), wide, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin))
            painter.drawPolygon(shape)

    def _say(self, painter: QPainter, text: str) -> None:
        place = self.rect().adjusted(20, 20, -20, -20)
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap.value)
        painter.setFont(fitted(text, flags, self.font(), place.size(), 26))
        painter.setPen(QColor("#ffffff"))
        painter.drawText(place, flags, text)
