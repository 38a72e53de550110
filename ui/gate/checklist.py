"""The checklist: vehicle and occupants, filling in any order. Every place is a button to where it can be entered."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.check import Item
from station.desk import Desk
from station.view import CellState, OccupantView
from ui.gate import wording
from ui.gate.pads import take_people
from ui.gate.panel import Panel, Tool
from ui.gate.widgets import GAP, Cell, FittedLabel, Touch, show_only
from ui.look import Look
from ui.theme import TOUCH_MM, millimetres

MOST_ROWS = 6
MOST_COUNTED = 4
"""People who are counted with one touch."""
NOBODY = OccupantView(None, None, CellState.WAITING, CellState.WAITING, CellState.WAITING, None, child=False)
"""What an unused row holds: nothing of whoever was there before."""


class Row(QWidget):
    """One occupant: who, health code, test, temperature."""

    def __init__(self, panel: Panel, index: int) -> None:
        super().__init__()
        self.panel, self.index, self.place = panel, index, index
        self.who, self.health, self.test, self.temperature = (Cell(panel.look) for _ in range(4))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        for cell, tool in (
            *((self.who, Tool.PERSON), (self.health, Tool.PERSON), (self.test, Tool.PERSON)),
            (self.temperature, Tool.TEMPERATURE),
        ):
            cell.tap(self._open, tool)
            line.addWidget(cell, 4 if cell is self.who else 3)

    def show_occupant(self, index: int, occupant: OccupantView) -> None:
        """Show somebody here."""
        self.index = index
        look = self.panel.look
        worst = min((occupant.health, occupant.test, occupant.temperature), key=_WORST_FIRST.index)
        name = look.word("child_word") if occupant.child else wording.masked(occupant) or look.word("unnamed")
        self.who.show_state(wording.role(look, index), name, worst)
        for cell, item, state in (
            (self.health, "item_health", occupant.health),
            (self.test, "item_test", occupant.test),
            (self.temperature, "item_temperature", occupant.temperature),
        ):
            cell.show_state(look.word(item), look.word(f"cell_{state}"), state)
        if occupant.celsius is not None:
            self.temperature.show_state(
                look.word("item_temperature"), f"{occupant.celsius:.1f}°C", occupant.temperature
            )

    def _open(self, tool: Tool) -> None:
        self.panel.opens.emit(tool, self.index)


_WORST_FIRST = (CellState.BAD, CellState.DOUBT, CellState.WAITING, CellState.GOOD, CellState.NOT_NEEDED)


class Checklist(Panel):
    """Plate, how many people, and a row for each occupant; more than fit are turned by pages."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(look, desk)
        self._page = 0
        self.plate, self.people = Cell(look), Cell(look)
        self.plate.tap(self.opens.emit, Tool.PLATE, 0)
        self.people.tap(self.opens.emit, Tool.PEOPLE, 0)
        self.counts = [Touch(look, role="key").tap(take_people, self, people) for people in range(1, MOST_COUNTED + 1)]
        self.more = Touch(look, "more_people").tap(self.opens.emit, Tool.PEOPLE, 0)
        self.count = QWidget()
        count = QHBoxLayout(self.count)
        count.setContentsMargins(0, 0, 0, 0)
        count.setSpacing(GAP)
        for key in (*self.counts, self.more):
            count.addWidget(key)
        vehicle = QHBoxLayout()
        vehicle.setSpacing(GAP)
        vehicle.addWidget(self.plate, 3)
        vehicle.addWidget(self.people, 2)
        vehicle.addWidget(self.count, 5)
        self.body.addLayout(vehicle, 3)
        for widget in (self.plate, self.people, self.count):
            widget.setMaximumHeight(2 * millimetres(self, TOUCH_MM))
        self.lines = [Row(self, index) for index in range(MOST_ROWS)]
        for line in self.lines:
            line.setMaximumHeight(2 * millimetres(self, TOUCH_MM))
            self.body.addWidget(line, 3)
        self.previous = Touch(look, "previous").tap(self._turn, -1)
        self.following = Touch(look, "following").tap(self._turn, 1)
        self.where = FittedLabel(20)
        self.pager = QWidget()
        pager = QHBoxLayout(self.pager)
        pager.setContentsMargins(0, 0, 0, 0)
        for widget in (self.previous, self.where, self.following):
            pager.addWidget(widget, 1)
        self.body.addWidget(self.pager)
        self.body.addStretch(1)
        self.refresh()

    def reset(self) -> None:
        """The first page."""
        self._page = 0

    def open_for(self, occupant: int) -> None:
        """Stay on the page one was on."""
        self.refresh()
        del occupant

    def refresh(self) -> None:
        """Every place as it stands now."""
        view, look = self.view, self.look
        occupants = view.occupants if view else ()
        fit = self._fit()
        each = fit if len(occupants) <= fit else fit - 1
        pages = max(1, -(-len(occupants) // each))
        self._page = min(self._page, pages - 1)
        first = self._page * each
        for place, line in enumerate(self.lines):
            index = first + place
            line.setVisible(place < each and index < len(occupants))
            line.show_occupant(index, occupants[index] if place < each and index < len(occupants) else NOBODY)
        self.pager.setVisible(pages > 1)
        self.where.say(look.word("page_of", page=self._page + 1, pages=pages))
        if view is not None:
            self.plate.show_state(look.word("item_plate"), *wording.plate_cell(look, view))
            self.people.show_state(look.word("item_people"), *wording.people_cell(look, view))
        asked = view is not None and any(one.item is Item.PEOPLE for one in view.missing)
        show_only(self.count if asked else self.people, (self.count, self.people))
        for number, key in enumerate(self.counts, 1):
            key.say(look.word("people_key", people=number), look.word("people_count", people=number))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002, N802 -- Qt's name
        """More rows fit a taller window."""
        self.refresh()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        """Three rows, whatever is shown: what does not fit is turned to."""
        side = millimetres(self, TOUCH_MM)
        return QSize(4 * (side + 50), 3 * (side + GAP))

    def _fit(self) -> int:
        """Rows that fit below the vehicle's."""
        row = millimetres(self, TOUCH_MM) + GAP
        return max(2, min(MOST_ROWS, (self.height() + GAP) // row - 1))

    def _turn(self, step: int) -> None:
        self._page = max(0, self._page + step)
        self.refresh()
