"""One decision of the officer's at a time, beside the picture: what every panel of the gate page can do."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.desk import Desk
from station.view import View
from ui.gate.widgets import GAP, FittedLabel, Touch
from ui.look import Look


class Tool(StrEnum):
    """The panels."""

    CHECKLIST = "checklist"
    PEOPLE = "people"
    TEMPERATURE = "temperature"
    PLATE = "plate"
    NO_PLATE = "no_plate"
    PERSON = "person"
    BY_HAND = "by_hand"
    EXEMPT = "exempt"
    PARKED = "parked"
    ABANDON = "abandon"


class Panel(QWidget):
    """A panel. `opens` asks for another one, and for whom; a panel that is done asks for the checklist."""

    opens = Signal(str, int)
    entered = Signal(object, object)
    """What was entered, and what is wanted because of it, each a set of `Missing`: before the view can know."""
    refused = Signal(str)
    """Why a key was of no use, a key of the words; empty once another one was."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__()
        self.look, self.desk = look, desk
        self.view: View | None = None
        self.occupant = 0
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GAP)

    def open_for(self, occupant: int) -> None:
        """Begin, for this occupant."""
        self.reset()
        self.occupant = occupant
        self.refresh()

    def show_view(self, view: View) -> None:
        """The check as it is now."""
        self.view = view
        self.refresh()

    def refresh(self) -> None:
        """Show what changed, in the language in force."""

    def reset(self) -> None:
        """Forget what was typed: nothing of a vehicle outlives it."""

    def typed(self, character: str) -> bool:  # noqa: ARG002 -- most panels take no keys
        """Take a character of the keyboard; whether it was any use here."""
        return False

    def erase(self) -> None:
        """Take the last character back."""

    def confirm(self) -> None:
        """Enter."""

    def leave(self) -> None:
        """Done: back to the checklist."""
        self.opens.emit(Tool.CHECKLIST, 0)

    def heading(self, *beside: QWidget) -> FittedLabel:
        """A line that says what is asked, with the way back before it, and what else stands beside it."""
        title = FittedLabel(26, bold=True)
        back = Touch(self.look, "back").tap(self.leave)
        back.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout()
        row.setSpacing(GAP * 2)
        row.addWidget(back)
        row.addWidget(title, 1)
        for widget in beside:
            row.addWidget(widget, 6)
        self.body.addLayout(row)
        return title

    def rows(self, columns: int, *buttons: QWidget, stretch: int = 1) -> QGridLayout:
        """Buttons in a grid of so many columns."""
        grid = QGridLayout()
        grid.setSpacing(GAP)
        for number, button in enumerate(buttons):
            grid.addWidget(button, number // columns, number % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 1)
        self.body.addLayout(grid, stretch)
        return grid
