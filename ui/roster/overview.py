"""The month in place of the week: who has the width, and the cell in hand as a sentence, since no card is beside it."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from ui.look import Look
from ui.roster.days import Days
from ui.roster.grid import BoardView
from ui.roster.hands import Hands
from ui.roster.model import BoardModel
from ui.roster.month import Legend, MonthView
from ui.roster.panels import Panels


class Overview(QObject):
    """Shows one of the two."""

    said = Signal(str)

    def __init__(
        self, look: Look, model: BoardModel, month: MonthView, *, hands: Hands, days: Days, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._look, self._model, self._month, self._hands, self._days = look, model, month, hands, days
        self._legend = Legend(look)
        month.entered_cell.connect(self.tell_cell)

    def lay_out(self, rows: QVBoxLayout, grid: BoardView, panels: Panels) -> None:
        """Put the week's grid and the month one in place of the other."""
        self._grid, self._panels = grid, panels
        rows.addWidget(grid, 1)
        rows.addWidget(self._month, 1)
        rows.addWidget(self._legend)
        panels.opened.connect(self._share)
        self._days.turned.connect(self._turn)

    @Slot()
    def tell_cell(self) -> None:
        """The cell in hand, in the month."""
        cell, wording, word = self._hands.cell, self._model.wording, self._look.word
        if self._days.week or cell is None or wording is None:
            return
        told, worst = self._model.tally(cell.place), self._model.worst(cell.place)
        parts = [wording.place(*cell.place), word("roster_heads_here", have=told.have, need=told.need)]
        parts += map(wording.gap, told.empty)
        if worst is not None and not told.empty:
            parts.append(wording.breach(worst))
        self.said.emit(" · ".join(parts))

    def retranslate(self) -> None:
        """Say everything again."""
        self._legend.retranslate()
        self._month.setAccessibleName(self._look.word("roster_month_grid"))
        self.tell_cell()

    @Slot()
    def _share(self) -> None:
        """A month has all the width, but for a panel that is asked for; a week stands beside its problems."""
        week, panels = self._days.week, self._panels
        self._grid.setVisible(week)
        self._month.setVisible(not week)
        self._legend.setVisible(not week)
        panels.setVisible(week or panels.currentWidget() is not panels.problems)

    @Slot()
    def _turn(self) -> None:
        self._share()
        self.said.emit("")
        self.tell_cell()
