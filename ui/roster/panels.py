"""What stands beside the grid, one at a time: problems, the chooser, generating, publishing, fairness."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from shifts.model import Assignment, Roster, RosterProblem
from shifts.publishing import Change
from ui.look import Look
from ui.roster.absence_panel import AbsencePanel
from ui.roster.board import Cell
from ui.roster.chooser import Chooser
from ui.roster.editing import Editor
from ui.roster.fairness import Share, by_burden, shares
from ui.roster.fairness_pane import FairnessPane
from ui.roster.generate import GeneratePanel
from ui.roster.keeping import Loaded
from ui.roster.marks import Marks
from ui.roster.mending import Mended
from ui.roster.mine import MinePane
from ui.roster.model import BoardModel
from ui.roster.more import MorePanel
from ui.roster.pane import ProblemsPane
from ui.roster.publish import Outlook, PublishPanel, outlook
from ui.roster.swap_panel import SwapPanel
from ui.roster.thinker import Thinker


class Panels(QStackedWidget):
    """The panels, and which of them is open."""

    opened = Signal(object)
    closed = Signal()
    """Back to the problems, and to the grid."""
    said = Signal(str)
    failed = Signal(object)
    """An exception."""

    def __init__(self, look: Look, thinker: Thinker, model: BoardModel) -> None:
        super().__init__()
        self._look, self._thinker, self._model = look, thinker, model
        self._editor: Editor | None = None
        self._loaded: Loaded | None = None
        self._shares: dict[str, Share] = {}
        self.problems = ProblemsPane(look)
        self.chooser = Chooser(look, thinker)
        self.generate = GeneratePanel(look)
        self.publish = PublishPanel(look)
        self.fairness = FairnessPane(look)
        self.swaps = SwapPanel(look, thinker)
        self.more, self.mine, self.absence = MorePanel(look), MinePane(look), AbsencePanel(look)
        self._shift_by_shift = False  # whoever is chosen stands in for somebody absent
        opened = (self.chooser, self.generate, self.publish, self.fairness, self.swaps, self.more, self.mine)
        for panel in (self.problems, *opened, self.absence):
            self.addWidget(panel)
        for panel in (*opened, self.absence):
            panel.left.connect(self.close_panel)
        self.generate.found.connect(self._take_roster)
        for each in (self.fairness, self.mine):
            each.picked.connect(model.highlight)

    def serve(self, editor: Editor, loaded: Loaded, *, anew: bool) -> None:
        """Stand beside this draft from now on.

        Args:
            editor: The draft.
            loaded: What it began from.
            anew: It is another roster than before, so nothing that was open stays.
        """
        self._editor, self._loaded, self._shares = editor, loaded, loaded.shares
        if anew:
            self._open(self.problems)

    def show_marks(self, marks: Marks) -> None:
        """List what is broken."""
        if self._model.wording is not None:
            self.problems.show_marks(self._model.wording, marks)

    def follow(self, change: Change) -> None:
        """The burden after an edit, of whom it touches."""
        editor = self._editor
        if editor is not None:
            people = {one.person for one in change.removed | change.added}
            self._shares = self._shares | shares(editor.problem, editor.assignments, people)

    def tell_all(self) -> None:
        """Everything that follows the draft, but for what it breaks."""
        if self._editor is not None and not self._editor.checked:
            self.problems.say_checking()
        if self.currentWidget() is self.fairness:
            self._show_shares()
        asks = self.currentWidget() is self.absence or self._shift_by_shift or self.absence.under_way.running
        if asks and self._editor is not None and self._model.wording is not None:
            self.absence.follow(self._model.wording, (self._editor.problem, self._editor.assignments))
        if self.currentWidget() is self.mine and self._editor is not None and self._model.wording is not None:
            self.mine.show_again(self._model.wording, self._editor.problem, self._editor.assignments)

    def _show_shares(self) -> None:
        editor, wording = self._editor, self._model.wording
        if editor is not None and wording is not None:
            told = by_burden(self._shares.values())
            self.fairness.show_shares(wording, editor.problem, editor.assignments, told)

    def show_cell(self, cell: Cell | None) -> None:
        """The cell in hand; while somebody is held, what putting them down here would break."""
        held, editor = self._model.held, self._editor
        news = editor.would_move(self._model.standing, held, cell) if editor and held and cell else ()
        code = cell.assignment.person if cell and cell.assignment else None
        self._model.highlight(code)
        self.problems.day = cell.place[1].day if cell else None
        card = self.problems.cell
        card.show_cell(self._model, cell, self._shares.get(code or ""), news)
        card.remedies.consider(self._thinker, self._model.wording, editor, card.broken)

    def retranslate(self) -> None:
        """Say everything again."""
        standing = (self.problems, self.chooser, self.generate, self.publish, self.fairness)
        for panel in (*standing, self.swaps, self.more, self.mine, self.absence):
            panel.retranslate()
        if self._editor is not None and self._editor.checked:
            self.show_marks(self._model.marks)
        if self.currentWidget() is self.publish:
            self.publish.say_again(self._model.wording)

    def close_down(self) -> None:
        """Stop what runs."""
        self.generate.close_down()
        self.absence.close_down()

    # --- opening and closing -----------------------------------------------------------------------------------------

    @Slot()
    def close_panel(self) -> None:
        """Back to the problems and the grid."""
        self.forget()
        if self.currentWidget() is self.chooser and self._shift_by_shift:
            if self.absence.vacated:  # the next of their shifts
                self._open(self.absence)
                self.absence.list.setFocus()
                return
            self.said.emit(self._look.word("roster_absent_done"))
        self._open(self.problems)
        self.closed.emit()

    def forget(self) -> None:
        """No PIN stays typed."""
        self.publish.forget()
        self.swaps.forget()

    @Slot()
    def open_swaps(self) -> None:
        """The swap inbox; once more closes it."""
        if self.currentWidget() is self.swaps and self.swaps.at_list:
            self.close_panel()
        else:
            self._open(self.swaps)
            self.swaps.open_list()

    @Slot()
    def show_swaps(self) -> None:
        """The swap that was begun."""
        self._open(self.swaps)

    def _open(self, panel: QWidget) -> None:
        self._shift_by_shift = False
        self.setCurrentWidget(panel)
        self.opened.emit(panel)

    @Slot(object, str)
    def choose(self, cell: Cell, typed: str) -> None:
        """Who is to stand in a cell?"""
        editor, wording = self._editor, self._model.wording
        if editor is not None and wording is not None:
            self._open(self.chooser)
            self.chooser.open(wording, editor.problem, editor.assignments, cell, typed)

    def stand_in(self, cell: Cell, asked: RosterProblem) -> None:
        """Who is to stand in there, as far as this problem allows; then the next shift."""
        editor, wording = self._editor, self._model.wording
        if editor is not None and wording is not None:
            self._open(self.chooser)
            self._shift_by_shift = True
            self.chooser.open(wording, asked, editor.assignments, cell)

    def open_absence(self, one: Assignment, now: Callable[[], datetime]) -> None:
        """Whoever has this shift cannot come."""
        editor, wording = self._editor, self._model.wording
        if editor is not None and wording is not None:
            self._open(self.absence)
            self.absence.open(wording, (editor.problem, editor.assignments), one, now)

    def tell_mended(self, mended: Mended) -> None:
        """In the panel where it is open, and above the grid."""
        self.said.emit(self.absence.sentence(mended))
        if self.currentWidget() is self.absence:
            self.absence.list.setFocus()

    @Slot()
    def open_fairness(self) -> None:
        """How evenly the burden lies; once more closes it."""
        if self.currentWidget() is self.fairness:
            self.close_panel()
            return
        person = self._model.person
        self._open(self.fairness)
        self._show_shares()
        self.fairness.show_person(person)
        self.fairness.table.setFocus()

    @Slot()
    def open_more(self) -> None:
        """What is asked for once a month; once more closes it."""
        if self.currentWidget() is self.more:
            self.close_panel()
        else:
            self._open(self.more)
            self.more.setFocus()

    def open_mine(self, code: str | None, now: datetime) -> None:
        """Somebody's shifts, one by one."""
        editor, wording = self._editor, self._model.wording
        if editor is not None and wording is not None:
            self._open(self.mine)
            self.mine.open(wording, editor.problem, editor.assignments, code, now)
            self.mine.who.setFocus()

    @Slot()
    def open_generate(self) -> None:
        """Have the roster made; once more closes it."""
        editor, wording = self._editor, self._model.wording
        if self.currentWidget() is self.generate or editor is None or wording is None:
            self.close_panel()
            return
        self._open(self.generate)
        self.generate.open(wording, editor.problem, editor.assignments)

    @Slot(object, float)
    def _take_roster(self, roster: Roster, seconds: float) -> None:
        if self._editor is not None and self._editor.problem.period == roster.period:
            change = self._editor.become(roster.assignments)
            count = len(change.added | change.removed)
            if self.currentWidget() is self.generate:
                self.close_panel()
            self.said.emit(self._look.word("roster_generated", count=count, seconds=seconds))

    def open_publish(self, code: str | None) -> None:
        """Show what publishing means, and ask for a lead's word.

        Args:
            code: Who is at the desk.
        """
        editor, loaded = self._editor, self._loaded
        if editor is None or loaded is None:
            return
        self._open(self.publish)
        self.publish.open(editor.draft.base + 1, code)
        job = partial(outlook, editor.problem, editor.assignments, loaded.published, self.swaps.now())
        self._thinker.ask("outlook", job, self._take_outlook, self.failed.emit)

    def _take_outlook(self, told: Outlook) -> None:
        if self._model.wording is not None and self._loaded is not None:
            self.publish.show_outlook(self._model.wording, told, ever=self._loaded.published is not None)
