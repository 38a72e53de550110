"""The shifts beside the sheet: the one that runs, those to be handed over, the last ones that were."""

from PySide6.QtCore import QModelIndex, Signal, Slot

from shifts.model import DatedShift
from shifts.rule_pack import Severity
from station import handover_words
from station.handover import Listed, Standing
from station.texts_roster import shift_name
from ui.look import Look
from ui.roster.rows import ROW, Row, RowList

_WEIGHTS = {Standing.NOW: Severity.WARNING, Standing.LATE: Severity.WARNING, Standing.MISSING: Severity.HARD}


class ShiftList(RowList):
    """A row a shift, in words and with a shape where something is to be done; the keys choose as they go."""

    wanted = Signal(object)
    """A `DatedShift` to be taken in hand."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._look = look
        self.chosen.connect(self.wanted)
        self.selectionModel().currentChanged.connect(self._want)

    def show_listed(self, listed: tuple[Listed, ...], shift: DatedShift) -> None:
        """List these, one of them in hand."""
        rows = [self._row(one) for one in listed]
        if rows != list(self.rows):
            self.show_rows(rows)
        place = next((number for number, one in enumerate(listed) if one.shift == shift), -1)
        if place != self.currentIndex().row():
            self.mark(place)

    def _row(self, one: Listed) -> Row:
        title = f"{one.shift.day:%m-%d} {shift_name(one.shift.code, self._look.language)}"
        told, weight = handover_words.standing(one, self._look.language), _WEIGHTS.get(one.standing)
        return Row(title, told, about=one.shift, weight=weight, quiet=one.standing is Standing.COMPLETE)

    @Slot(QModelIndex, QModelIndex)
    def _want(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.wanted.emit(current.data(ROW).about)
