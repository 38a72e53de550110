"""The draft in hand: every edit goes through it, can be undone, and is held against the rules at once."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from shifts.comparing import worsened
from shifts.model import Assignment, RosterProblem
from shifts.publishing import Change, Draft, difference
from shifts.rules import Breach, check
from ui.roster.board import Cell, EditRefused, Standing, move
from ui.roster.marks import Marks, marks_of, recheck, touches_few
from ui.roster.thinker import Thinker


class Editor(QObject):
    """A problem and the draft of its roster."""

    edited = Signal(object)
    """A `shifts.publishing.Change`, made already."""
    marked = Signal(object)
    """The `Marks` after it."""
    failed = Signal(object)
    """An exception."""

    def __init__(self, thinker: Thinker, problem: RosterProblem, draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thinker = thinker
        self.problem, self.draft = problem, draft
        self._known: tuple[Breach, ...] | None = None

    @property
    def assignments(self) -> frozenset[Assignment]:
        """The roster as it stands."""
        return self.draft.assignments

    @property
    def checked(self) -> bool:
        """Whether it is known what the roster breaks."""
        return self._known is not None

    def look_at_all(self) -> None:
        """Hold the whole roster against the rules, elsewhere."""
        self._known = None
        job = partial(_found, self.problem, self.assignments)
        self._thinker.ask("check", job, self._take_all, self.failed.emit)

    def apply(self, change: Change) -> None:
        """Edit."""
        self._turn(self.draft.apply(change.removed, change.added))

    def undo(self) -> None:
        """Take the last edit back."""
        self._turn(self.draft.undo())

    def redo(self) -> None:
        """Make it again."""
        self._turn(self.draft.redo())

    def become(self, assignments: Iterable[Assignment]) -> Change:
        """Take over a whole roster, as one edit; gives what it changed."""
        change = difference(self.assignments, assignments)
        self.apply(change)
        return change

    def pin(self, cell: Cell) -> None:
        """Pin who stands there, or unpin them: the solver and every edit then leave them.

        Raises:
            EditRefused: Nobody stands there.
        """
        if cell.assignment is None:
            raise EditRefused("roster_nobody_here")
        self.problem = replace(self.problem, pins=self.problem.pins ^ {cell.assignment})
        self.edited.emit(Change())

    def would_break(self, change: Change) -> tuple[Breach, ...]:
        """What an edit would newly break, the hardest first; nothing while that is not known."""
        if self._known is None or not touches_few(change):
            return ()
        after = self.draft.apply(change.removed, change.added).assignments
        found = worsened(recheck(self.problem, self._known, after, change), self._known)
        return tuple(sorted(found, key=lambda breach: -breach.severity))

    def would_move(self, standing: Standing, origin: Cell, target: Cell) -> tuple[Breach, ...]:
        """What putting somebody down elsewhere would newly break; nothing where it cannot be done."""
        try:
            return self.would_break(move(self.problem, standing, origin, target))
        except EditRefused:
            return ()

    def _turn(self, draft: Draft) -> None:
        change = difference(self.assignments, draft.assignments)
        self.draft = draft
        if not change:
            return
        gone = self.problem.pins & change.removed
        if gone:  # undone or generated away
            self.problem = replace(self.problem, pins=self.problem.pins - gone)
        small = self._known is not None and touches_few(change)
        if self._known is not None and small:
            self._known = recheck(self.problem, self._known, self.assignments, change)
        self.edited.emit(change)
        if self._known is not None and small:
            self.marked.emit(marks_of(self._known))
        else:
            self.look_at_all()

    def _take_all(self, found: tuple[tuple[Breach, ...], Marks]) -> None:
        self._known, marks = found
        self.marked.emit(marks)


def _found(problem: RosterProblem, assignments: frozenset[Assignment]) -> tuple[tuple[Breach, ...], Marks]:
    breaches = check(problem, assignments)
    return breaches, marks_of(breaches)
