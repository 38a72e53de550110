"""What comes into the board and goes out of it, and who asks for it: the menu, the form, the files."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from shifts.model import Assignment, RosterProblem
from shifts.publishing import Change, Draft
from station.access import AccessError
from ui import console
from ui.look import Look
from ui.roster.editing import Editor
from ui.roster.empty import Empty
from ui.roster.exports import Exports
from ui.roster.intake import HISTORY, PEOPLE, Intake, Standing
from ui.roster.keeping import Loaded
from ui.roster.more import Deed
from ui.roster.panels import Panels
from ui.roster.shelf import Shelf
from ui.roster.thinker import Thinker


class Exchange(QObject):
    """Does what the menu asks for.

    Args:
        look: Words and colours.
        shelf: Where rosters are kept.
        thinker: Reads and writes files.
        panels: With the menu and a person's shifts among them.
        empty: Where there is no roster yet.
        own: This checkpoint's code and name.
        page: The page.
    """

    redone = Signal()
    said = Signal(str)
    failed = Signal(str)
    """A sentence each."""

    def __init__(
        self,
        look: Look,
        shelf: Shelf,
        thinker: Thinker,
        panels: Panels,
        *,
        empty: Empty,
        own: tuple[str, str],
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._look, self._shelf, self._panels, self._page = look, shelf, panels, page
        self._editor: Editor | None = None
        self._loaded: Loaded | None = None
        self._sentence = ""
        self.intake = Intake(look, thinker, own)
        self.exports = Exports(look, shelf, thinker, page)
        self.exports.said.connect(self.said)
        self.exports.failed.connect(self.failed)
        self.intake.begun.connect(self._begin)
        self.intake.brought.connect(self._bring)
        shelf.begun.connect(self._begun)
        shelf.unbegun.connect(self._unbegun)
        panels.more.chosen.connect(self.do)
        panels.mine.exported.connect(self._export_person)
        panels.fairness.asked.connect(self.show_shifts)
        panels.generate.opened.connect(self.begin_next)
        empty.begun.connect(self.begin_anew)
        empty.opened.connect(self.open_problem)

    def serve(self, editor: Editor | None, loaded: Loaded | None) -> None:
        """The roster on the board from now on; None: there is none."""
        self._editor, self._loaded = editor, loaded
        if editor is not None and loaded is not None:
            own = any(person.code == self._shelf.officer for person in editor.problem.people)
            self._panels.more.offer(editable=loaded.editable, own=own)
        if self._sentence:
            self.said.emit(self._sentence)
            self._sentence = ""

    def retranslate(self) -> None:
        """Say everything again."""
        self.intake.retranslate()

    @Slot(object)
    def do(self, deed: Deed) -> None:
        """What the menu asks for."""
        match deed:
            case Deed.FAIRNESS:
                self._panels.open_fairness()
            case Deed.REDO:
                self.redone.emit()
            case Deed.MINE:
                self.show_shifts(self._shelf.officer)
            case Deed.NEXT:
                self.begin_next()
            case Deed.ANEW:
                self.begin_anew()
            case Deed.PROBLEM:
                self.open_problem()
            case Deed.PEOPLE | Deed.HISTORY:
                if self._may_plan() and (standing := self._standing()) is not None:
                    self.intake.bring(PEOPLE if deed is Deed.PEOPLE else HISTORY, standing)
            case _:
                if (standing := self._standing()) is not None:
                    self.exports.ask(deed, standing, self.version)

    @Slot(str)
    def show_shifts(self, code: str | None) -> None:
        """Somebody's shifts, one by one."""
        self._panels.open_mine(code, self._shelf.now())

    @property
    def version(self) -> str:
        """What the roster on the board is, for a file's name and a page's corner."""
        if self._loaded is None or self._editor is None:
            return ""
        published = self._loaded.published
        if published is None or published.roster.assignments != self._editor.assignments:
            return self._look.word("roster_as_draft")
        return self._look.word("roster_as_version", version=published.roster.version)

    # --- beginning ---------------------------------------------------------------------------------------------------

    @Slot()
    def begin_next(self) -> None:
        """Ask for the days of the roster after the one on the board."""
        if self._may_plan():
            self.intake.begin(self._standing(), self._shelf.today, follows=True)

    @Slot()
    def begin_anew(self) -> None:
        """Ask for all of a new roster's terms."""
        if self._may_plan():
            self._shelf.ask_leave(self._begin_allowed, self._forbid)

    def _begin_allowed(self, _nothing: None) -> None:
        self.intake.begin(self._standing(), self._shelf.today, follows=False)

    def _forbid(self, error: Exception) -> None:
        barred = isinstance(error, AccessError)
        language = self._look.language
        self.failed.emit(self._look.word("roster_read_only") if barred else console.sentence(error, language))

    @Slot()
    def open_problem(self) -> None:
        """Choose a file of people and demand, and begin a roster from it."""
        if self._may_plan():
            path, _ = QFileDialog.getOpenFileName(self._page, self._look.word("roster_open"), filter="JSON (*.json)")
            if path:
                self.begin_from(Path(path))

    def begin_from(self, path: Path) -> None:
        """Begin a roster from this file."""
        self._shelf.begin_from(path)

    @Slot(object)
    def _begin(self, problem: RosterProblem) -> None:
        self._shelf.begin(problem)

    @Slot()
    def _begun(self) -> None:
        self._sentence = self._look.word("roster_begun")
        self._panels.close_panel()
        self.intake.close_intake()

    @Slot(object)
    def _unbegun(self, error: Exception) -> None:
        self.intake.refuse(console.sentence(error, self._look.language))

    @Slot(object, object, str)
    def _bring(self, problem: RosterProblem, assignments: frozenset[Assignment], sentence: str) -> None:
        """The roster on the board with what was imported, kept and read anew."""
        if self._editor is not None:
            draft: Draft = self._editor.draft
            gone = Change(draft.assignments - assignments)
            self._sentence = sentence
            self._shelf.take(problem, draft.apply(gone.removed))

    def _may_plan(self) -> bool:
        if self._shelf.officer is None or (self._loaded is not None and not self._loaded.editable):
            self.failed.emit(self._look.word("roster_read_only"))
            return False
        return True

    # --- going out ---------------------------------------------------------------------------------------------------

    def _standing(self) -> Standing | None:
        return None if self._editor is None else (self._editor.problem, self._editor.assignments)

    @Slot(str)
    def _export_person(self, code: str) -> None:
        if self._editor is not None:
            person = next((one for one in self._editor.problem.people if one.code == code), None)
            self.exports.ask_person(code, person.name if person else code)
