"""A table of figures on the screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from station.table import Table

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Lines(QTableWidget):
    """Names to the left, figures to the right, under their headings."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)  # Tab goes on to the next control
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(20)

    def show_table(self, table: Table) -> None:
        """Show this; the line in hand stays."""
        row = self.currentRow()
        self.clear()
        self.setAccessibleName(table.title)
        self.setRowCount(len(table.rows))
        self.setColumnCount(len(table.head))
        for column, text in enumerate(table.head):
            heading = QTableWidgetItem(text)
            heading.setTextAlignment(_LEFT if column == 0 else _RIGHT)
            self.setHorizontalHeaderItem(column, heading)
        for line, cells in enumerate(table.rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_LEFT if column == 0 else _RIGHT)
                self.setItem(line, column, item)
        self.setCurrentCell(min(row, len(table.rows) - 1), 0)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
