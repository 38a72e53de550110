"""Who has just checked in, said for a few seconds where the status line names those on duty: nothing moves for it."""

from PySide6.QtCore import QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from station import texts
from station.attendance import Noted
from ui.look import Look
from ui.small_widgets import Elided

SHOWN_MS = 6000
_PADDING = 10


class Arrival(Elided):
    """A line in the look's accent, no verdict's colour; hidden while nobody came. It stands in for `instead`."""

    def __init__(self, look: Look, instead: QWidget) -> None:
        super().__init__()
        self._look, self._instead = look, instead
        self._noted: Noted | None = None
        self._forget = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._forget.timeout.connect(self.forget)
        self.hide()

    def show_noted(self, noted: Noted) -> None:
        """Show somebody's coming."""
        self._noted = noted
        self.retranslate()
        self._instead.hide()
        self.show()
        self._forget.start()

    @Slot()
    def forget(self) -> None:
        """What it stands in for comes back."""
        self._noted = None
        self.hide()
        self._instead.show()

    def retranslate(self) -> None:
        """Say it in the language in force."""
        if self._noted is not None:
            self.show_text(texts.error(self._noted.code, self._noted.params, self._look.language))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        """The line on its ground."""
        theme, area = self._look.theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawRoundedRect(area, 6, 6)
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(theme.on_accent))
        inner = area.adjusted(_PADDING, 0, -_PADDING, 0)
        text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
