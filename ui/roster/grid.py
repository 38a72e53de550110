"""The grid on the screen: arrows walk over it, and every key of an edit is told to the page."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ui.look import Look
from ui.roster.board import Kind, Line
from ui.roster.model import BoardModel
from ui.roster.paint import CellDelegate

_NAME = "欧阳小明"
_PAD = 16


class LineHeader(QHeaderView):
    """Left of the grid: checkpoints, shifts with their hours, seats."""

    def __init__(self, look: Look, model: BoardModel, delegate: CellDelegate) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._look, self._model, self._delegate = look, model, delegate
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 - Qt's name
        """A line's heading, by what it is."""
        line, theme = self._model.lines[section], self._look.theme
        font = QFont(self.font())
        grounds = {Kind.CHECKPOINT: theme.ground, Kind.HEAD: theme.surface}
        painter.save()
        painter.fillRect(rect, QColor(grounds.get(line.kind) or self._delegate.tint(section)))
        font.setBold(line.kind is not Kind.HEAD)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted if line.kind is Kind.HEAD else theme.text))
        inset = 18 if line.kind is Kind.HEAD else 6
        room = rect.adjusted(inset, 0, -4, 0)
        told = painter.fontMetrics().elidedText(self.text(section), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, told)
        painter.restore()

    def text(self, section: int) -> str:
        """What a line is."""
        return str(self._model.headerData(section, Qt.Orientation.Vertical))


class BoardView(QTableView):
    """One cell in hand at a time."""

    entered_cell = Signal()
    confirmed = Signal()
    deleted = Signal()
    typed = Signal(str)
    escaped = Signal()

    def __init__(self, look: Look, model: BoardModel) -> None:
        super().__init__()
        self._look, self._board = look, model
        self._first, self._count = 0, 7
        self._at: tuple[Line, int] | None = None
        self.delegate = CellDelegate(look, model)
        self.setVerticalHeader(LineHeader(look, model, self.delegate))
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # widths do not jump
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDragDropOverwriteMode(True)
        self.setDropIndicatorShown(True)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(True)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        model.modelReset.connect(self._come_back)

    # --- what is seen ------------------------------------------------------------------------------------------------

    def show_days(self, first: int, count: int) -> None:
        """Show these columns, sharing the width."""
        self._first, self._count = first, count
        for column in range(self._board.columnCount()):
            self.setColumnHidden(column, not first <= column < first + count)
        self.arrange()

    def arrange(self) -> None:
        """Widths and heights in the font in force."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 9)
        bold = QFont(self.font())
        bold.setBold(True)
        heads = {str(self._board.headerData(n, Qt.Orientation.Vertical)) for n in range(self._board.rowCount())}
        widest = max((metrics.horizontalAdvance(text) for text in heads), default=80)
        self.verticalHeader().setFixedWidth(min(widest + 30, metrics.horizontalAdvance("国") * 10))
        self.updateGeometries()  # the viewport makes way for the headings
        room = self.viewport().width() // max(1, self._count)
        least = metrics.horizontalAdvance(_NAME) + _PAD
        for column in range(self._first, self._first + self._count):
            self.setColumnWidth(column, max(room, least))

    def go_to(self, index: QModelIndex) -> None:
        """Take a cell in hand and bring it into sight."""
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell the page, and remember the place over a change of lines."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._at = self._board.lines[current.row()], current.column()
        self.entered_cell.emit()

    @Slot()
    def _come_back(self) -> None:
        """After the lines changed: the same days, and the same cell if it is there still."""
        self.show_days(self._first, min(self._count, self._board.columnCount()))
        if self._at is not None and self._at[0] in self._board.lines and self._at[1] < self._board.columnCount():
            self.go_to(self._board.index(self._board.lines.index(self._at[0]), self._at[1]))

    # --- keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter, Delete, Esc and what is typed are the page's; the rest walks."""
        command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.confirmed.emit()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.deleted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.text().strip() and event.text().isprintable() and not command:
            self.typed.emit(event.text())
        elif command:
            event.ignore()
        else:
            super().keyPressEvent(event)
