"""What a lead's hands do on the grid, by key, by mouse and by touch: pick up, put down, take out, choose, pin."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from shifts.model import Person
from shifts.publishing import Change
from shifts.remedies import Remedy
from ui.look import Look
from ui.roster import board
from ui.roster.board import Cell, EditRefused
from ui.roster.editing import Editor
from ui.roster.grid import BoardView
from ui.roster.model import BoardModel


class Hands(QObject):
    """Turns what is done on the grid into edits of the draft."""

    said = Signal(str)
    """Why something cannot be done; nothing, once something was."""
    choosing = Signal(object, str)
    """A `Cell` somebody is to be chosen for, and what was typed already."""
    missed = Signal(object)
    """Whose shift it is in hand cannot come: the `Assignment`."""
    looked = Signal()
    """What is held has changed."""

    def __init__(self, look: Look, model: BoardModel, grid: BoardView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look, self._model, self._grid = look, model, grid
        self.editor: Editor | None = None
        grid.confirmed.connect(self.confirm)
        grid.deleted.connect(self.take_out)
        grid.typed.connect(self.choose)
        grid.escaped.connect(self.let_go)
        grid.doubleClicked.connect(self.choose_here)
        model.dropped.connect(self.move)

    @property
    def cell(self) -> Cell | None:
        """The cell in hand."""
        return self._model.cell(self._grid.currentIndex())

    @Slot()
    def confirm(self) -> None:
        """Pick up, put down, or choose somebody for an empty place."""
        cell, held = self.cell, self._model.held
        if cell is None:
            return
        if held is not None:
            if self.move(held, cell):
                self.let_go()
        elif cell.assignment is None:
            self.choose()
        elif (editor := self._may_edit()) is not None:
            if cell.assignment in editor.problem.pins:
                self._refuse(EditRefused("roster_pinned"))
            else:
                self._model.hold(cell)
                self.said.emit("")
                self.looked.emit()

    @Slot()
    def let_go(self) -> None:
        """Hold nothing."""
        self._model.hold(None)
        self.said.emit("")
        self.looked.emit()

    @Slot(object, object)
    def move(self, origin: Cell, target: Cell) -> bool:
        """Somebody goes elsewhere, changing places with whoever stands there; says whether they did."""
        return self._edit(lambda editor: board.move(editor.problem, self._model.standing, origin, target))

    @Slot(object, object)
    def put(self, cell: Cell, person: Person) -> bool:
        """Somebody takes a place; says whether they did."""
        return self._edit(
            lambda editor: board.put(editor.problem, self._model.standing.get(cell.place, ()), cell, person)
        )

    @Slot(object)
    def mend(self, remedy: Remedy) -> None:
        """Do what mends a breach."""
        if self._edit(lambda _: remedy.change):
            self.said.emit(self._look.word("roster_mended"))
            self._grid.setFocus()

    @Slot()
    def take_out(self) -> None:
        """Whoever stands there leaves."""
        cell = self.cell
        if cell is not None:
            self._edit(lambda editor: board.take_out(editor.problem, cell))

    @Slot()
    def choose_here(self) -> None:
        """Choose somebody for the cell in hand."""
        self.choose()

    @Slot(str)
    def choose(self, typed: str = "") -> None:
        """Choose somebody, whose name begins to be typed already."""
        cell = self.cell
        if cell is not None and self._may_edit() is not None:
            self.let_go()
            self.choosing.emit(cell, typed)

    @Slot()
    def pin(self) -> None:
        """Pin who stands there, or unpin them."""
        cell, editor = self.cell, self._may_edit()
        if cell is not None and editor is not None:
            try:
                editor.pin(cell)
            except EditRefused as refused:
                self._refuse(refused)

    @Slot()
    def miss(self) -> None:
        """Whoever stands there cannot come."""
        cell, editor = self.cell, self._may_edit()
        if editor is None:
            return
        if cell is None or cell.assignment is None:
            self._refuse(EditRefused("roster_nobody_here"))
            return
        self.let_go()
        self.missed.emit(cell.assignment)

    @Slot()
    def undo(self) -> None:
        """Take the last edit back."""
        editor = self._may_edit()
        if editor is not None:
            self._model.hold(None)
            editor.undo()

    @Slot()
    def redo(self) -> None:
        """Make it again."""
        editor = self._may_edit()
        if editor is not None:
            self._model.hold(None)
            editor.redo()

    def _edit(self, change: Callable[[Editor], Change]) -> bool:
        editor = self._may_edit()
        if editor is None:
            return False
        try:
            editor.apply(change(editor))
        except EditRefused as refused:
            self._refuse(refused)
            return False
        self.said.emit("")
        return True

    def _may_edit(self) -> Editor | None:
        if self.editor is not None and not self._model.editable:
            self._refuse(EditRefused("roster_read_only"))
        return self.editor if self._model.editable else None

    def _refuse(self, refused: EditRefused) -> None:
        self.said.emit(self._look.word(refused.code, **refused.params))
