"""The page's button of the rail: below its name, how many handovers are overdue."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton

from station.verdict import Outcome
from ui.look import Look
from ui.theme import VERDICTS


class HandoverButton(QPushButton):
    """Says what is overdue in a line of its own, on amber; nothing moves at the gate."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = ""

    def say(self, name: str, key: str, overdue: int, look: Look) -> None:
        """What it is called, its key, and how many handovers are late or missing."""
        self._mark = look.word("handover_overdue", count=overdue) if overdue else ""
        told = look.word("handover_overdue_told", count=overdue) if overdue else ""
        self.setText("\n".join(filter(None, (name, key, self._mark))))
        self.setAccessibleName(" ".join(filter(None, (name, key, told))))
        self.setToolTip(told)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        """The mark stands on its own ground."""
        super().paintEvent(event)
        if self._mark:
            metrics, amber = self.fontMetrics(), VERDICTS[Outcome.REVIEW]
            line, width = metrics.lineSpacing(), metrics.horizontalAdvance(self._mark) + 12
            top = (self.height() + 3 * line) / 2 - line
            place = QRectF((self.width() - width) / 2, top, width, line)
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(amber.ground))
            painter.drawRoundedRect(place, 5, 5)
            painter.setPen(QColor(amber.text))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._mark)
