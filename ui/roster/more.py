"""What a lead does once a month: begins the next period, brings tables in, takes the roster out."""

from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout

from ui.look import Look
from ui.roster.panel import Panel
from ui.small_widgets import label, say


class Deed(StrEnum):
    """What can be asked for."""

    MINE = "mine"
    FAIRNESS = "fairness"
    REDO = "redo"
    NEXT = "next"
    ANEW = "anew"
    PROBLEM = "problem"
    PEOPLE = "people"
    HISTORY = "history"
    XLSX = "xlsx"
    CSV = "csv"
    PDF_A4 = "pdf_a4"
    PDF_A3 = "pdf_a3"


PLANNING = {
    "roster_more_begin": (Deed.NEXT, Deed.ANEW, Deed.PROBLEM),
    "roster_more_import": (Deed.PEOPLE, Deed.HISTORY),
}
"""What only who may plan can do, under its heading."""
LOOKING = {
    "roster_more_see": (Deed.MINE, Deed.FAIRNESS, Deed.REDO),
    "roster_more_export": (Deed.XLSX, Deed.CSV, Deed.PDF_A4, Deed.PDF_A3),
}


class MorePanel(Panel):
    """Buttons under headings."""

    chosen = Signal(object)
    """A `Deed`."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._own = False
        self.title = label("heading")
        self.buttons = {deed: QPushButton() for deed in Deed}
        self._headings = {key: label("muted") for key in (*LOOKING, *PLANNING)}
        rows = QVBoxLayout(self)
        rows.setSpacing(6)
        rows.addWidget(self.title)
        for key in ("roster_more_see", "roster_more_begin", "roster_more_import", "roster_more_export"):
            rows.addWidget(self._headings[key])
            grid = QGridLayout()
            grid.setSpacing(4)
            for number, deed in enumerate((LOOKING | PLANNING)[key]):
                self.buttons[deed].setProperty("deed", deed)
                self.buttons[deed].clicked.connect(self._choose)
                grid.addWidget(self.buttons[deed], number // 2, number % 2)
            rows.addLayout(grid)
        rows.addStretch()
        rows.addWidget(self.back)

    def offer(self, *, editable: bool, own: bool) -> None:
        """What can be done by whoever is at the desk.

        Args:
            editable: They may plan.
            own: They are in the roster themselves.
        """
        self._own = own
        for key, deeds in PLANNING.items():
            self._headings[key].setVisible(editable)
            for deed in deeds:
                self.buttons[deed].setVisible(editable)
        self.buttons[Deed.REDO].setVisible(editable)
        self.retranslate()

    def offer_redo(self, *, possible: bool) -> None:
        """Whether something was undone that can be made again."""
        self.buttons[Deed.REDO].setEnabled(possible)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        word = self._look.word
        self.title.setText(word("roster_more").rstrip("…"))
        for key, heading in self._headings.items():
            heading.setText(word(key))
        for deed, button in self.buttons.items():
            key = f"roster_deed_{deed}_own" if deed is Deed.MINE and self._own else f"roster_deed_{deed}"
            say(button, word(key))

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(Deed(self.sender().property("deed")))
