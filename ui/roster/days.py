"""Which days of the roster are seen: a week or all of it, a step earlier or later, or where a problem is."""

from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from shifts.rules import Breach
from ui.roster import board
from ui.roster.bar import Bar
from ui.roster.board import Place
from ui.roster.grid import BoardView
from ui.roster.keeping import Loaded
from ui.roster.marks import shown_at
from ui.roster.model import BoardModel, span


class Days(QObject):
    """Moves the grid along the calendar."""

    left = Signal(object)
    """The first day of another roster, which was stepped to."""

    def __init__(self, bar: Bar, model: BoardModel, grid: BoardView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bar, self._model, self._grid = bar, model, grid
        self._loaded: Loaded | None = None
        self._first, self._week = 0, True
        bar.earlier.clicked.connect(self.go_earlier)
        bar.later.clicked.connect(self.go_later)
        bar.week.clicked.connect(self.show_week)
        bar.month.clicked.connect(self.show_all)

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
        """A week at a time."""
        self._week = True
        self._show()

    @Slot()
    def show_all(self) -> None:
        """The whole period."""
        self._week = False
        self._show()

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
        self._show()
        self._grid.go_to(index)
        return True

    def _step(self, by: int) -> None:
        if self._loaded is None:
            return
        period, starts = self._loaded.problem.period, self._loaded.starts
        weeks = board.week_starts(period)
        number = weeks.index(self._first) + by if self._first in weeks else 0
        if self._week and 0 <= number < len(weeks):
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
        first, count = 0, period.length
        if self._week:
            first, count = board.week_of(period, period.days[self._first])
        self._grid.show_days(first, count, week=self._week)
        self._bar.show_span(span(self._loaded.problem, first, count), week=self._week)
        current = self._grid.currentIndex()
        if current.isValid() and not first <= current.column() < first + count:
            self._grid.go_to(self._model.index(current.row(), first))
