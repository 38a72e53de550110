"""The parts of the sheet on the screen: a heading, and below it what the log says or what a lead writes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from shifts.handover import Handover, Sheet
from shifts.model import ShiftPlan
from station.table import Table
from station.texts import Language
from ui.look import Look
from ui.small_widgets import label

FIRST = 10
"""Rows of a long table that are shown at once: a lead goes on to what is to be written."""
Build = Callable[[Sheet, Language], Table]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on the page.

    Attributes:
        names: Of people, by code.
        editable: A lead is at the desk, and the sheet was not given yet.
    """

    handover: Handover
    plan: ShiftPlan
    names: Mapping[str, str]
    editable: bool


class Section(QWidget):
    """One part. Whoever adds one puts it into `ui.handover.sheet.SheetPane.sections`."""

    edited = Signal()
    """A lead wrote here: `into` gives what."""
    rebuilt = Signal()
    """There are other controls than before."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.shown: Shown | None = None
        self.title = label("section")
        self.setObjectName("plain")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 6, 8)
        self.body.setSpacing(4)
        self.body.addWidget(self.title)

    def show_sheet(self, shown: Shown) -> None:
        """Show a sheet; what is being typed stays, if the sheet says the same."""
        self.shown = shown
        self.retranslate()

    def into(self, sheet: Sheet) -> Sheet:
        """The sheet with what is written here."""
        return sheet

    def controls(self) -> Sequence[QWidget]:
        """What can be used here, in the order of Tab."""
        return ()

    def retranslate(self) -> None:
        """Say everything in the language in force."""


class TableSection(Section):
    """A table of `station.handover_words`, to be read; of a long one the beginning, until all is asked for."""

    def __init__(self, look: Look, build: Build) -> None:
        super().__init__(look)
        self._build = build
        self._table: Table | None = None
        self._grid: QWidget | None = None
        self.more = QPushButton()
        self.more.setCheckable(True)
        self.more.clicked.connect(self._fill)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.hide()

    def show_sheet(self, shown: Shown) -> None:
        """Show a sheet; another one from its beginning."""
        if self.shown is not None and self.shown.handover.shift != shown.handover.shift:
            self.more.setChecked(False)
        super().show_sheet(shown)

    def controls(self) -> Sequence[QWidget]:
        """The button that asks for all of it."""
        return (self.more,)

    def retranslate(self) -> None:
        """Say it anew, where it says something else."""
        if self.shown is None:
            return
        table = self._build(self.shown.handover.sheet, self.look.language)
        if table != self._table:
            self._table = table
            self._fill()

    @Slot()
    def _fill(self) -> None:
        table = self._table
        if table is None:
            return
        self.title.setText(table.title)
        if self._grid is not None:
            discard(self._grid)
        count, whole = len(table.rows), self.more.isChecked()
        self._grid = table_of(table if whole else replace(table, rows=table.rows[:FIRST]))
        self.body.insertWidget(1, self._grid)
        self._grid.show()  # at once, not when the layout comes to it
        key, told = ("handover_fewer", FIRST) if whole else ("handover_all", count)
        self.more.setText(self.look.word(key, count=told))
        self.more.setAccessibleName(f"{table.title} {self.more.text()}")
        self.more.setVisible(count > FIRST)


def table_of(table: Table) -> QWidget:
    """A table's cells as labels."""
    made = QWidget()
    made.setObjectName("plain")
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(3)
    for line, cells in enumerate((table.head, *table.rows)):
        for column, text in enumerate(cells):
            told = QLabel(text)
            told.setTextFormat(Qt.TextFormat.PlainText)  # what somebody typed is text, never markup
            told.setWordWrap(True)
            told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            if line == 0:
                told.setProperty("role", "muted")
            grid.addWidget(told, line, column)
    for column, width in enumerate(table.widths):
        grid.setColumnStretch(column, width)
    return made


def discard(widget: QWidget) -> None:
    """Take a widget off the page."""
    holder = widget.parentWidget()
    if holder is not None and (layout := holder.layout()) is not None:
        layout.removeWidget(widget)
    widget.hide()
    widget.deleteLater()
