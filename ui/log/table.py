"""The list on the screen: how wide its columns are, and which make way where there is little room."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from station import texts
from station.verdict import Outcome
from ui.log.marks import VerdictDelegate, pill_width
from ui.log.model import OFFICER, PEOPLE, PLATE, REASON, SHIFT, STATE, TIME, VERDICT, PassageModel
from ui.look import Look

_ROOM = 330
"""Pixels the main reason wants; where it has fewer, the columns that the detail repeats make way."""
_MARGINS = 60
_PADDING = 24


class PassageTable(QTableView):
    """Two lines of text a row, one passage selected at a time."""

    def __init__(self, look: Look, model: PassageModel) -> None:
        super().__init__()
        self._look = look
        self.setModel(model)
        self.setItemDelegateForColumn(VERDICT, VerdictDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)  # Tab goes on to the next control; arrows move in the list
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(REASON, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)

    def arrange(self, room: int, *, squeezed: bool) -> None:
        """Widths from the words in the font; while `squeezed` by the detail, what it repeats makes way for the reason.

        Args:
            room: Pixels there are for the list.
            squeezed: The detail is beside it.
        """
        widths = self._widths()
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.verticalHeader().setDefaultSectionSize(2 * self.fontMetrics().lineSpacing() + 12)
        for column in (SHIFT, OFFICER, PEOPLE):
            left = room - _MARGINS - sum(widths.values())
            self.setColumnHidden(column, squeezed and left < _ROOM)
            if self.isColumnHidden(column):
                del widths[column]

    def _widths(self) -> dict[int, int]:
        metrics, word, language = self.fontMetrics(), self._look.word, self._look.language
        verdicts = (*(texts.outcome(one, language) for one in Outcome), word("log_kind_abandoned"))
        states = [word(f"log_state_{kind}") for kind in ("open", "release", "turn_back", "sent_to_test", "called")]
        samples = {
            TIME: ["00:00:00"],
            STATE: states,
            PLATE: ["闽E·M***M", word("log_no_plate")],
            PEOPLE: ["99"],
            OFFICER: ["欧阳小明"],
            SHIFT: [*(texts.pick(pair, language) for pair in texts.SHIFTS.values()), "00-00"],
        }
        widths = {VERDICT: max(pill_width(metrics, words) for words in verdicts)}
        for column, words in samples.items():
            heading = self.model().headerData(column, Qt.Orientation.Horizontal)
            widths[column] = max(metrics.horizontalAdvance(text) for text in (*words, heading)) + _PADDING
        return widths
