"""The whole period on one screen: a column a day, a line a shift, have and need in each, and what is wrong by shape."""

from datetime import date

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from shifts.rule_pack import Severity
from shifts.rules import Breach
from ui.look import Look
from ui.roster.board import Kind, Tally
from ui.roster.grid import LineHeader
from ui.roster.model import BoardModel
from ui.roster.paint import HARD, WARNING, CellDelegate, Shape, gap_shape, hard_shape, note_shape
from ui.small_widgets import label
from ui.theme import VerdictColours

Index = QModelIndex | QPersistentModelIndex
_SATURDAY, _MONDAY = 5, 0
_LEAST = 11
"""Pixels of the smallest figures."""
_NARROWEST = 20
"""Pixels of a day: of more than a month the days are scrolled."""


def mark_of(tally: Tally, breach: Breach | None) -> tuple[VerdictColours | None, Shape | None]:
    """The colours and the shape of what is wrong with a shift of a day; no colours where it is only worth knowing."""
    if tally.short:
        return HARD, gap_shape
    if breach is None:
        return None, None
    if breach.severity is Severity.HARD:
        return HARD, hard_shape
    return (WARNING, gap_shape) if breach.severity is Severity.WARNING else (None, note_shape)


class MonthDelegate(QStyledItemDelegate):
    """Paints a shift of a day."""

    def __init__(self, look: Look, model: BoardModel) -> None:
        super().__init__(model)
        self._look, self._model = look, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        theme, box, day = self._look.theme, QRectF(option.rect), self._model.days[index.column()]
        cell = self._model.cell(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        painter.fillRect(box, QColor(_ground(self._look, day) if cell is not None else theme.ground))
        painter.setPen(QColor(theme.raised))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if day.weekday() == _MONDAY and index.column():
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(box.topLeft(), box.bottomLeft())
        if cell is not None:
            told = self._model.tally(cell.place)
            self._figures(painter, box.adjusted(1.5, 1.5, -1.5, -1.5), told, self._model.worst(cell.place))
            if option.state & QStyle.StateFlag.State_Selected:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(theme.focus), 3))
                painter.drawRect(box.adjusted(1.5, 1.5, -1.5, -1.5))
        painter.restore()

    def _figures(self, painter: QPainter, box: QRectF, told: Tally, breach: Breach | None) -> None:
        if not told.need and not told.have:
            return
        colours, shape = mark_of(told, breach)
        ink = QColor(self._look.theme.text)
        room = QRectF(box)
        if colours is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.ground))
            painter.drawRoundedRect(box, 4, 4)
            ink = QColor(colours.text)
        if shape is not None:
            side = min(box.width() - 4, box.height() * 0.45)
            painter.setPen(QPen(ink, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            shape(painter, QRectF(box.center().x() - side / 2, box.top() + 2, side, side))
            room.setTop(box.top() + side + 2)
        painter.setPen(ink)
        lacking = max(told.need - told.have, len(told.empty))
        brief = f"−{lacking}" if told.short else str(told.have)
        font, text = fitting(painter.font(), (f"{told.have}/{told.need}", brief), box.width() - 3)
        painter.setFont(font)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)


class DayHeader(QHeaderView):
    """Above the days: the number, the weekday below it; a weekend is bold, on another ground, over a bar."""

    def __init__(self, look: Look, model: BoardModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look, self._model = look, model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(_NARROWEST)
        self.setSectionsClickable(True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines."""
        return QSize(super().sizeHint().width(), 2 * self.fontMetrics().height() + 8)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 - Qt's name
        """A day's heading."""
        wording, theme, day = self._model.wording, self._look.theme, self._model.days[section]
        if wording is None:
            return
        number, weekday = wording.day(day).split()
        chosen = self.selectionModel() is not None and self.selectionModel().currentIndex().column() == section
        rest = day.weekday() >= _SATURDAY
        painter.save()
        painter.fillRect(rect, QColor(theme.accent if chosen else _ground(self._look, day)))
        ink = QColor(theme.on_accent if chosen else theme.text)
        if rest:
            painter.fillRect(rect.adjusted(1, rect.height() - 3, -1, 0), ink)
        font = QFont(self.font())
        font.setBold(rest or chosen)
        painter.setPen(ink)
        half = rect.height() // 2
        for text, part in ((number, rect.adjusted(0, 2, 0, -half)), (weekday[:2], rect.adjusted(0, half, 0, -3))):
            fitted, told = fitting(font, (text, text.rpartition("/")[2]), rect.width() - 2)
            painter.setFont(fitted)
            painter.drawText(part, Qt.AlignmentFlag.AlignCenter, told)
        painter.restore()


class _Lines(LineHeader):
    """Left of it: checkpoints and shifts, without their hours."""

    def text(self, section: int) -> str:
        line, wording = self._model.lines[section], self._model.wording
        if wording is None:
            return ""
        return wording.shift(line.code) if line.kind is Kind.SHIFT else wording.name(line.checkpoint)


class MonthView(QTableView):
    """Arrows walk over it; Enter or a touch opens the week. It shares what is in hand with the week's grid."""

    opened = Signal(QModelIndex)
    entered_cell = Signal()

    def __init__(self, look: Look, model: BoardModel, selection: QItemSelectionModel, lines: CellDelegate) -> None:
        super().__init__()
        self._look, self._board = look, model
        self._lines = _Lines(look, model, lines)
        self.setVerticalHeader(self._lines)
        self.setHorizontalHeader(DayHeader(look, model))
        self.setModel(model)
        self.setSelectionModel(selection)
        self.setItemDelegate(MonthDelegate(look, model))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # widths do not jump
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        model.modelReset.connect(self.arrange)
        self.clicked.connect(self._open)
        self.horizontalHeader().sectionClicked.connect(self._open_day)
        self.hide()

    @Slot()
    def arrange(self) -> None:
        """As wide as there is room for all days; of the lines only checkpoints and shifts."""
        if not self.isVisible():
            return
        metrics, bold = self.fontMetrics(), QFont(self.font())
        bold.setBold(True)
        high = {Kind.CHECKPOINT: metrics.height() + 8, Kind.SHIFT: 2 * metrics.height() + 8}
        shown: set[str] = set()
        for row, line in enumerate(self._board.lines):
            self.setRowHidden(row, line.kind is Kind.HEAD)
            if line.kind is not Kind.HEAD:
                self.setRowHeight(row, high[line.kind])
                shown.add(self._lines.text(row))
        widest = max((QFontMetrics(bold).horizontalAdvance(text) for text in shown), default=40)
        self._lines.setFixedWidth(min(widest + 14, metrics.horizontalAdvance("国") * 7))
        self.updateGeometries()  # the viewport makes way for the headings
        room, days = self.viewport().width(), len(self._board.days)
        for column in range(days):
            share = room * (column + 1) // days - room * column // days
            self.setColumnWidth(column, max(share, _NARROWEST))

    def take_in_hand(self) -> None:
        """Of a head's line in hand its shift's, which is seen here; and the keys."""
        index = self.currentIndex()
        row = index.row()
        while row > 0 and self._board.lines[row].kind is Kind.HEAD:
            row -= 1
        if index.isValid() and row != index.row():
            self.setCurrentIndex(self._board.index(row, index.column()))
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens, arrows walk; letters find nothing here."""
        command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif command or event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """The heading of the day in hand follows."""
        super().currentChanged(current, previous)
        self.horizontalHeader().viewport().update()
        self.entered_cell.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the width anew."""
        super().resizeEvent(event)
        self.arrange()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What changed while it was hidden."""
        super().showEvent(event)
        self.arrange()

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if self._board.cell(index) is not None:
            self.opened.emit(index)

    @Slot(int)
    def _open_day(self, column: int) -> None:
        """The day of the shift in hand; of the first one, where none is."""
        row = self.currentIndex().row()
        self._open(self._board.index(row if row >= 0 else 1, column))


class _Swatch(QWidget):
    """A mark as it is painted in a cell."""

    def __init__(self, look: Look, colours: VerdictColours | None, shape: Shape | None) -> None:
        super().__init__()
        self._look, self._colours, self._shape = look, colours, shape
        self.setFixedSize(20, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ground and the shape."""
        theme, box = self._look.theme, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.ground if self._colours else theme.raised))
        painter.drawRoundedRect(box, 4, 4)
        ink = QColor(self._colours.text if self._colours else theme.text)
        if self._shape is None:  # a weekend
            painter.fillRect(QRectF(box.left(), box.bottom() - 3, box.width(), 3), ink)
            return
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._shape(painter, box.adjusted(3, 3, -3, -3))


class Legend(QWidget):
    """What the marks mean, and what Enter does."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._words = {}
        marks: dict[str, tuple[VerdictColours | None, Shape | None]] = {
            "gap": (HARD, gap_shape),
            "hard": (HARD, hard_shape),
            "warning": (WARNING, gap_shape),
            "note": (None, note_shape),
            "weekend": (None, None),
        }
        for name, (colours, shape) in marks.items():
            self._words[name] = label("muted")
            row.addWidget(_Swatch(look, colours, shape))
            row.addWidget(self._words[name])
        row.addStretch(1)
        self._words["hint"] = label("muted")
        row.addWidget(self._words["hint"])
        self.hide()

    def retranslate(self) -> None:
        """Say everything again."""
        for name, told in self._words.items():
            told.setText(self._look.word(f"roster_month_{name}"))


def _ground(look: Look, day: date) -> str:
    return look.theme.raised if day.weekday() >= _SATURDAY else look.theme.surface


def fitting(font: QFont, texts: tuple[str, ...], width: float) -> tuple[QFont, str]:
    """The first of these texts, in the largest font, that has room; the last one in the smallest where none has."""
    small = QFont(font)
    for text in texts:
        for size in range(font.pixelSize(), _LEAST - 1, -1):
            small.setPixelSize(size)
            if QFontMetricsF(small).horizontalAdvance(text) <= width:
                return small, text
    return small, texts[-1]
