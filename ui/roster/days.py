"""Which days of the roster are seen: a week, or all of it in brief, a step earlier or later, or where a problem is."""

from datetime import date

from PySide6.QtCore import QModelIndex, QObject, Signal, Slot

from shifts.rules import Breach
from ui.roster import board
from ui.roster.bar import Bar
from ui.roster.board import Place
from ui.roster.grid import BoardView
from ui.roster.keeping import Loaded
from ui.roster.marks import shown_at
from ui.roster.model import BoardModel, span
from ui.roster.month import MonthView


class Days(QObject):
    """Moves the grid along the calendar."""

    left = Signal(object)
    """The first day of another roster, which was stepped to."""

    turned = Signal()
    """From the week to the month, or back."""

    def __init__(
        self, bar: Bar, model: BoardModel, grid: BoardView, month: MonthView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bar, self._model, self._grid, self._month = bar, model, grid, month
        self._loaded: Loaded | None = None
        self._first, self.week = 0, True
        month.opened.connect(self._open)
        bar.earlier.clicked.connect(self.go_earlier)
        bar.later.clicked.connect(self.go_later)
        bar.week.clicked.connect(self.show_week)
        bar.month.clicked.connect(self.show_month)

    def serve(self, loaded: Loaded, day: date | None) -> None:
        """Show this roster: the week of a day, or as many days as before."""
        self._loaded = loaded
        if day is not None:
            period = loaded.problem.period
            self._first = board.week_of(period, day if day in period else period.start)[0]
        self._show()
        if not self._grid.currentIndex().isValid():
            self._grid.go_to(self._model.index(1, self._first))

    @Slot()
    def go_earlier(self) -> None:
        """The week before, or the roster before."""
        self._step(-1)

    @Slot()
    def go_later(self) -> None:
        """The week after, or the roster after."""
        self._step(1)

    @Slot()
    def show_week(self) -> None:
        """A week at a time: that of the cell in hand."""
        column = self._grid.currentIndex().column()
        if not self.week and self._loaded is not None and column >= 0:
            self._first = board.week_of(self._loaded.problem.period, self._model.days[column])[0]
        self._turn(week=True)

    @Slot()
    def show_month(self) -> None:
        """The whole period in brief."""
        self._turn(week=False)

    @Slot()
    def take_focus(self) -> None:
        """Give the keys to what is seen."""
        (self._grid if self.week else self._month).setFocus()

    @Slot(object)
    def go_to(self, breach: Breach) -> None:
        """Where a breach shows."""
        finding, shifts = breach.finding, shown_at(breach)
        places = [(finding.checkpoint, shifts[-1])] if finding.checkpoint and shifts else []
        for shift in reversed(shifts):
            theirs = (one for one in self._model.assignments if one.person == finding.person and one.shift == shift)
            places += [(one.checkpoint, one.shift) for one in theirs]
        for place in places:
            if self.show_place(place, finding.person):
                return

    def show_place(self, place: Place, person: str | None) -> bool:
        """The week of a shift, with somebody's cell of it in hand; says whether it is listed."""
        index = self._model.find(place, person)
        if not index.isValid() or self._loaded is None:
            return False
        self._first = board.week_of(self._loaded.problem.period, place[1].day)[0]
        if self.week:
            self._show()
        else:
            self._turn(week=True)
        self._grid.go_to(index)
        return True

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        """The week of a cell of the month: at its gap, at whoever breaks what is marked there, or at its heading."""
        cell = self._model.cell(index)
        if cell is not None:
            worst = None if self._model.tally(cell.place).short else self._model.worst(cell.place)
            self.show_place(cell.place, worst.finding.person if worst else None)

    def _turn(self, *, week: bool) -> None:
        changed, self.week = week is not self.week, week
        self._show()
        if changed:
            self.turned.emit()
            if not week:
                self._month.take_in_hand()
            self.take_focus()

    def _step(self, by: int) -> None:
        if self._loaded is None:
            return
        period, starts = self._loaded.problem.period, self._loaded.starts
        weeks = board.week_starts(period)
        number = weeks.index(self._first) + by if self._first in weeks else 0
        if self.week and 0 <= number < len(weeks):
            self._first = weeks[number]
            self._show()
            return
        number = starts.index(period.start) + by if period.start in starts else -1
        if 0 <= number < len(starts):
            self.left.emit(starts[number])

    def _show(self) -> None:
        if self._loaded is None:
            return
        period = self._loaded.problem.period
        first, count = board.week_of(period, period.days[self._first])
        if self.week:
            self._grid.show_days(first, count)
        else:
            first, count = 0, period.length
        self._bar.show_span(span(self._loaded.problem, first, count), week=self.week)
        current = self._grid.currentIndex()
        if current.isValid() and not first <= current.column() < first + count:
            self._grid.go_to(self._model.index(current.row(), first))
