"""Somebody cannot come: between the cell in hand, the panel that asks, and the draft that changes."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Slot

from shifts.model import Assignment
from ui.roster.days import Days
from ui.roster.hands import Hands
from ui.roster.mending import Absence, Mended, asked_without
from ui.roster.model import BoardModel
from ui.roster.panels import Panels


class Absences(QObject):
    """What is found becomes one edit of the draft."""

    def __init__(
        self,
        model: BoardModel,
        panels: Panels,
        hands: Hands,
        days: Days,
        *,
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._model, self._panels, self._hands, self._days, self._now = model, panels, hands, days, now
        hands.missed.connect(self._begin)
        panels.problems.cell.absent.connect(hands.miss)
        panels.absence.replacing.connect(self._replace)
        panels.absence.found.connect(self._take)
        panels.absence.undone.connect(hands.undo)

    @Slot(object)
    def _begin(self, one: Assignment) -> None:
        self._panels.open_absence(one, self._now)

    @Slot(object, object)
    def _replace(self, one: Assignment, away: Absence) -> None:
        """Who else, for one of the shifts?"""
        place, editor = (one.checkpoint, one.shift), self._hands.editor
        cell = next((cell for cell in self._model.cells(place) if cell.assignment == one), None)
        if cell is not None and editor is not None:
            self._days.show_place(place, one.person)
            self._panels.stand_in(cell, asked_without(editor.problem, away))

    @Slot(object)
    def _take(self, mended: Mended) -> None:
        if self._hands.editor is not None:
            self._hands.let_go()
            self._hands.editor.become(mended.assignments)
            self._panels.tell_mended(mended)
