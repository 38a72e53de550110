"""Nights, weekends, hours and refused wishes of everybody; and the calendar of the one in hand."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
)

from shifts.model import Assignment, RosterProblem
from ui.look import Look
from ui.roster.calendar import Calendar
from ui.roster.fairness import Share
from ui.roster.panel import Panel
from ui.roster.wording import Wording
from ui.small_widgets import label, say

COLUMNS = ("name", "nights", "weekends", "hours", "refused")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ShareModel(QAbstractTableModel):
    """A line a person."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.shares: Sequence[Share] = ()

    def show(self, shares: Sequence[Share]) -> None:
        """List these."""
        self.beginResetModel()
        self.shares = shares
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """People."""
        return 0 if parent.isValid() else len(self.shares)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Figures."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A figure."""
        share = self.shares[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            figures = (share.person.name, share.nights, share.weekends, f"{share.hours:g}", share.refused)
            return str(figures[index.column()])
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the figures are."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._look.word(f"roster_fair_{COLUMNS[section]}")
        return None


class FairnessPane(Panel):
    """The table, and below it the calendar of whoever is selected."""

    picked = Signal(str)
    """A person's code."""
    asked = Signal(str)
    """Whose shifts are to be seen one by one."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._told: tuple[Wording, RosterProblem, frozenset[Assignment]] | None = None
        self.title, self.spread, self.whose = label("heading"), label("muted", wrap=True), label("heading")
        self.model = ShareModel(look)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setCornerButtonEnabled(False)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(20)
        header.setHighlightSections(False)
        self.calendar = Calendar(look)
        self.calendar_button = QPushButton()
        line = QHBoxLayout()
        line.addWidget(self.calendar_button)
        line.addWidget(self.back)
        rows = QVBoxLayout(self)
        rows.setSpacing(4)
        rows.addWidget(self.title)
        rows.addWidget(self.spread)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.whose)
        rows.addWidget(self.calendar)
        rows.addLayout(line)
        self.calendar_button.clicked.connect(self._ask)
        self.table.selectionModel().currentRowChanged.connect(self._select)

    def show_shares(
        self, wording: Wording, problem: RosterProblem, assignments: frozenset[Assignment], shares: Sequence[Share]
    ) -> None:
        """Show everybody's burden; the person in hand stays."""
        chosen = self.person
        self._told = wording, problem, assignments
        self.model.show(shares)
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        figures = {name: _spread([getattr(one, name) for one in shares]) for name in ("nights", "weekends")}
        refused = sum(one.refused for one in shares)
        self.spread.setText(self._look.word("roster_fair_spread", **figures, refused=refused))
        self.show_person(chosen or (shares[0].person.code if shares else None))

    @property
    def person(self) -> str | None:
        """Who is in hand."""
        row = self.table.currentIndex().row()
        return self.model.shares[row].person.code if 0 <= row < len(self.model.shares) else None

    def show_person(self, code: str | None) -> None:
        """Take somebody in hand."""
        number = next((n for n, one in enumerate(self.model.shares) if one.person.code == code), None)
        if number is not None:
            self.table.selectRow(number)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        word = self._look.word
        self.title.setText(word("roster_fairness"))
        self.table.setAccessibleName(word("roster_fair_list"))
        say(self.calendar_button, word("roster_deed_mine"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    @Slot()
    def _ask(self) -> None:
        if self.person is not None:
            self.asked.emit(self.person)

    @Slot(QModelIndex, QModelIndex)
    def _select(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._told is None or not current.isValid():
            return
        wording, problem, assignments = self._told
        person = self.model.shares[current.row()].person
        self.whose.setText(self._look.word("roster_calendar", who=person.name))
        self.calendar.show_person(wording, problem, person, assignments)
        self.picked.emit(person.code)


def _spread(figures: Sequence[int]) -> int:
    return max(figures, default=0) - min(figures, default=0)
