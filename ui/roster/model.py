"""The grid as Qt asks for it: lines by days, from the draft in hand; an edit tells only the cells it touches."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from shifts.model import Assignment, DatedShift, RosterProblem
from shifts.publishing import Change
from shifts.rules import Breach
from ui.look import Look
from ui.roster.board import Cell, Kind, Line, Place, Standing, Tally
from ui.roster.marks import Marks
from ui.roster.sheet import Sheet
from ui.roster.wording import Wording

MIME = "application/x-station-roster-cell"
SHOWN = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows.

    Attributes:
        text: A name, a gap, or the heads of a shift.
        side: A word beside it: the duty, or the rule broken.
        breach: The hardest one that shows here.
        new: It is not so in the version published.
    """

    kind: Kind
    text: str = ""
    side: str = ""
    cell: Cell | None = None
    tally: Tally | None = None
    breach: Breach | None = None
    new: bool = False
    pinned: bool = False


class BoardModel(QAbstractTableModel):
    """Lines of checkpoints and shifts, one column a day."""

    dropped = Signal(object, object)
    """Two cells: what was dragged, and where to."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.wording: Wording | None = None
        self.problem: RosterProblem | None = None
        self.assignments: frozenset[Assignment] = frozenset()
        self.sheet: Sheet | None = None
        self.lines: list[Line] = []
        self.days: tuple[date, ...] = ()
        self.marks = Marks()
        self.swaps: Mapping[Assignment, str] = {}
        """A sentence for each shift of which a swap is under way."""
        self.held: Cell | None = None
        self.person: str | None = None
        self.editable = False
        self._published: frozenset[Assignment] | None = None
        self._checkpoint: str | None = None

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show(
        self,
        wording: Wording,
        problem: RosterProblem,
        assignments: frozenset[Assignment],
        sheet: Sheet,
        published: frozenset[Assignment] | None,
    ) -> None:
        """Show another roster, laid out already."""
        self.beginResetModel()
        self.wording, self.problem, self._published = wording, problem, published
        self.assignments, self.sheet = assignments, sheet
        self.held = self.person = None
        self.marks = Marks()
        if self._checkpoint not in problem.plans:
            self._checkpoint = None
        self.days = problem.period.days
        self.lines = self._lines()
        self.endResetModel()

    def narrow(self, checkpoint: str | None) -> None:
        """Show one checkpoint, or all."""
        self.beginResetModel()
        self._checkpoint = checkpoint
        self.lines = self._lines()
        self.endResetModel()

    def change(self, problem: RosterProblem, assignments: frozenset[Assignment], change: Change) -> None:
        """Show the roster after an edit."""
        self.problem = problem
        self.assignments = assignments
        if self.sheet is None:
            return
        self.sheet.change(change)
        lines = self._lines()
        if lines != self.lines:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()
        self.tell_all()

    def take_marks(self, marks: Marks) -> None:
        """Show what is broken now."""
        self.marks = marks
        self.tell_all()

    def show_swaps(self, swaps: Mapping[Assignment, str]) -> None:
        """Show of which shifts a swap is under way."""
        self.swaps = swaps
        self.tell_all()

    def hold(self, cell: Cell | None) -> None:
        """Show what is picked up."""
        self.held = cell
        self.tell_all()

    def highlight(self, person: str | None) -> None:
        """Show where else somebody works."""
        if person != self.person:
            self.person = person
            self.tell_all()

    def tell_all(self) -> None:
        """Have everything seen painted anew; only what is seen costs anything."""
        if self.lines and self.days:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(self.days) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.days) - 1)

    def _lines(self) -> list[Line]:
        if self.problem is None or self.sheet is None:
            return []
        return self.sheet.lines([self._checkpoint] if self._checkpoint else self.problem.plans)

    # --- where things are --------------------------------------------------------------------------------------------

    def cell(self, index: Index) -> Cell | None:
        """The cell there; of a shift's heading a place for one head more. None on a checkpoint's own line."""
        if not index.isValid() or self.problem is None:
            return None
        line = self.lines[index.row()]
        if line.kind is Kind.CHECKPOINT:
            return None
        place = self._place(index)
        cells = self.cells(place)
        if line.kind is Kind.HEAD and line.number < len(cells):
            return cells[line.number]
        if line.kind is Kind.SHIFT:  # the first gap, so that adding to the shift fills it
            return next((Cell(place, one.seat) for one in cells if one.lacking), Cell(place))
        return Cell(place)

    def cells(self, place: Place) -> tuple[Cell, ...]:
        """A shift's lines on a day."""
        return self.sheet.cells(place) if self.sheet is not None else ()

    def tally(self, place: Place) -> Tally:
        """A shift of a day in figures."""
        return self.sheet.tally(place) if self.sheet is not None else Tally(0, 0, ())

    def worst(self, place: Place) -> Breach | None:
        """The hardest of what a shift of a day breaks, and of what anybody in it does."""
        theirs = (breach for one in self.standing.get(place, ()) for breach in self.marks.at(one))
        found = (*self.marks.of_place.get(place, ()), *theirs)
        return max(found, key=lambda breach: breach.severity, default=None)

    @property
    def standing(self) -> Standing:
        """Who stands where."""
        return self.sheet.standing if self.sheet is not None else {}

    def find(self, place: Place, person: str | None = None) -> QModelIndex:
        """Where somebody's cell is, else the shift's first gap, else its heading; nowhere if it is not listed."""
        if place[1].day not in self.days:
            return _NOWHERE
        column, cells = self.days.index(place[1].day), self.cells(place)
        wanted = next((n for n, one in enumerate(cells) if one.assignment and one.assignment.person == person), None)
        if wanted is None and person is None:
            wanted = next((number for number, one in enumerate(cells) if one.lacking), None)
        for row, line in enumerate(self.lines):
            if (line.checkpoint, line.code) == (place[0], place[1].code):
                head = line.kind is Kind.SHIFT if wanted is None else line.kind is Kind.HEAD and line.number == wanted
                if head:
                    return self.index(row, column)
        return _NOWHERE

    def _place(self, index: Index) -> Place:
        line = self.lines[index.row()]
        return line.checkpoint, DatedShift(self.days[index.column()], line.code)

    # --- what Qt asks ------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Days."""
        return 0 if parent.isValid() else len(self.days)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A checkpoint's own line is passed over; who stands somewhere can be dragged."""
        cell = self.cell(index)
        if cell is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.editable:
            flags |= Qt.ItemFlag.ItemIsDropEnabled
            if cell.assignment is not None:
                flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, the sentence for a screen reader, or `Shown`."""
        if not index.isValid() or self.wording is None:
            return None
        if role == SHOWN:
            return self._shown(index, self.wording)
        if role == Qt.ItemDataRole.DisplayRole:
            shown = self._shown(index, self.wording)
            return " ".join(filter(None, (shown.text, shown.side)))
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self._told(index, self.wording)
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A day; or a checkpoint, a shift with its hours, a seat."""
        if role != Qt.ItemDataRole.DisplayRole or self.wording is None or self.problem is None:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.wording.day(self.days[section])
        line = self.lines[section]
        if line.kind is Kind.CHECKPOINT:
            return self.wording.name(line.checkpoint)
        if line.kind is Kind.HEAD:
            return self.wording.seat(line.seat)
        hours = self.wording.hours(self.problem.plans[line.checkpoint].shift(line.code))
        return f"{self.wording.shift(line.code)} {hours}"

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's name
        """Moving."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """Cells of this board."""
        return [MIME]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]  # the stubs say Sequence  # noqa: N802 - Qt's name
        """The cell that is dragged."""
        data = QMimeData()
        if indexes:
            data.setData(MIME, f"{indexes[0].row()},{indexes[0].column()}".encode())
        return data

    def dropMimeData(  # noqa: N802 - Qt's name
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index
    ) -> bool:
        """Tell what was dropped where; the page edits."""
        row, _, column = bytes(data.data(MIME).data()).decode().partition(",")
        target = self.cell(parent)
        if not column or target is None:
            return False
        origin = self.cell(self.index(int(row), int(column)))
        if origin is None or origin.assignment is None:
            return False
        self.dropped.emit(origin, target)
        return True

    # --- within ------------------------------------------------------------------------------------------------------

    def _shown(self, index: Index, wording: Wording) -> Shown:
        line = self.lines[index.row()]
        if line.kind is Kind.CHECKPOINT or self.problem is None:
            return Shown(line.kind)
        place = self._place(index)
        if line.kind is Kind.SHIFT:
            told = self.tally(place)
            broken = self.marks.of_place.get(place, [])
            side = wording.gap(told.empty[0]) if told.empty else wording.short(broken[0]) if broken else ""
            text = f"{told.have}/{told.need}" if told.need or told.have else ""
            return Shown(line.kind, text, side, tally=told, breach=broken[0] if broken else None)
        cell = self.cell(index)
        if cell is None or cell.assignment is None:
            return Shown(line.kind, wording.gap(cell.seat) if cell and cell.lacking else "", cell=cell)
        one = cell.assignment
        broken = self.marks.at(one)
        side = wording.short(broken[0]) if broken else "" if _goes_without(cell, one) else wording.duty(one.duty)
        if one in self.swaps and not broken:
            side = self._look.word("swap_mark")
        new = self._published is not None and one not in self._published
        pinned = one in self.problem.pins
        return Shown(line.kind, wording.name(one.person), side, cell, None, broken[0] if broken else None, new, pinned)

    def _told(self, index: Index, wording: Wording) -> str:
        """A cell as a sentence."""
        cell, shown = self.cell(index), self._shown(index, wording)
        if cell is None:
            return ""
        broken = self.marks.of_place.get(cell.place, []) if shown.kind is Kind.SHIFT else []
        parts = [wording.place(*cell.place), shown.text]
        if cell.assignment is not None:
            parts.append(wording.whole_duty(cell.assignment.duty))
            broken = self.marks.at(cell.assignment)
            parts += [self._look.word("roster_pinned_mark")] if shown.pinned else []
            parts.append(self.swaps.get(cell.assignment, ""))
        return "；".join(filter(None, (*parts, *map(wording.breach, broken))))


def _goes_without(cell: Cell, one: Assignment) -> bool:
    """Whether the line's heading names the duty already."""
    return cell.seat is not None and cell.seat.duty is one.duty


def span(problem: RosterProblem, first: int, count: int) -> str:
    """The days from a column on, for a title."""
    start = problem.period.start + timedelta(days=first)
    return f"{start:%Y-%m-%d} – {start + timedelta(days=count - 1):%m-%d}"
