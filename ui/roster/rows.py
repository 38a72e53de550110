"""A list of two-line rows: what it is about, and a sentence about it, after the shape of its weight."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from shifts.rule_pack import Severity
from ui.look import Look
from ui.roster.paint import HARD, WARNING, Shape, gap_shape, hard_shape, note_shape

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
LINES = 3
"""Of a row's sentence; what is longer is cut."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row.

    Attributes:
        about: What choosing it means, for whoever asked.
        weight: Its shape; None: without one.
        quiet: Written in lighter text.
    """

    title: str
    detail: str = ""
    side: str = ""
    about: Any = None
    weight: Severity | None = None
    quiet: bool = False


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return "\n".join(filter(None, (" ".join(filter(None, (row.title, row.side))), row.detail)))
            case Qt.ItemDataRole.UserRole:
                return row
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, look: Look, view: "RowList") -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        theme, box = self._look.theme, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground, ink = (theme.accent, theme.on_accent) if chosen else (theme.surface, theme.text)
        quiet = theme.muted if row.quiet and not chosen else ink
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, QColor(ground))
        room, height = box.adjusted(8, 4, -6, -4), option.fontMetrics.height()
        if row.weight is not None:
            self._shape(painter, QRectF(room.left(), room.top() + 1, height - 2, height - 2), row.weight)
            room.setLeft(room.left() + height + 6)
        line = room.adjusted(0, 0, 0, 0)
        line.setHeight(height)
        font = QFont(option.font)
        font.setBold(not row.quiet)
        painter.setPen(QColor(quiet))
        painter.setFont(option.font)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.side)
        painter.setFont(font)
        left = line.adjusted(0, 0, -option.fontMetrics.horizontalAdvance(row.side) - (8 if row.side else 0), 0)
        title = QFontMetrics(font).elidedText(row.title, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(option.font)
        painter.drawText(room.adjusted(0, height + 2 if row.title else 0, 0, 0), Qt.TextFlag.TextWordWrap, row.detail)
        painter.setPen(QColor(theme.line if theme.ground == theme.surface else theme.raised))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        row: Row = index.data(ROW)
        metrics, width = option.fontMetrics, self._view.viewport().width()
        inset = 14 + (metrics.height() + 6 if row.weight is not None else 0)
        height = metrics.height() + 10 if row.title else 8
        if row.detail:
            whole = metrics.boundingRect(0, 0, max(40, width - inset), 9999, Qt.TextFlag.TextWordWrap, row.detail)
            height += min(whole.height(), LINES * metrics.lineSpacing()) + 2
        return QSize(width, height)

    def _shape(self, painter: QPainter, box: QRectF, weight: Severity) -> None:
        shapes: dict[Severity, Shape] = {Severity.HARD: hard_shape, Severity.WARNING: gap_shape}
        theme = self._look.theme
        ground, ink = theme.raised, theme.text
        if weight in shapes:
            colours = HARD if weight is Severity.HARD else WARNING
            ground, ink = colours.ground, colours.text
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QPen(QColor(ink), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        shapes.get(weight, note_shape)(painter, box.adjusted(2, 2, -2, -2))


class RowList(QListView):
    """The rows on the screen; Enter or a click chooses one."""

    chosen = Signal(object)
    """What the row is about."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._rows = _Rows()
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(look, self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._choose)

    @property
    def rows(self) -> Sequence[Row]:
        """What is listed."""
        return self._rows.rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """List these."""
        self._rows.show(rows)

    def mark(self, number: int) -> None:
        """Have one in hand."""
        if 0 <= number < len(self.rows):
            self.setCurrentIndex(self._rows.index(number))

    def step(self, by: int) -> None:
        """The next one, or the one before."""
        current = self.currentIndex().row()
        self.mark(max(0, min(len(self.rows) - 1, current + by)))

    def choose(self) -> None:
        """Choose the one in hand."""
        if self.currentIndex().isValid():
            self._choose(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter chooses."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.choose()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(ROW).about)
