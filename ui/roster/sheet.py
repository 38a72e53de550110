"""A whole roster laid out on its lines; an edit lays out anew only the shifts it touches."""

from collections.abc import Collection, Iterable

from shifts.model import Assignment, RosterProblem
from shifts.publishing import Change
from ui.roster import board
from ui.roster.board import Cell, Demands, Line, Place, Tally


class Sheet:
    """Who sits where. Laying it out takes a while where it is large: make it off the window's thread.

    Args:
        problem: What is demanded.
        assignments: The roster.
    """

    def __init__(self, problem: RosterProblem, assignments: Iterable[Assignment]) -> None:
        self._problem = problem
        self._demands = Demands(problem)
        self.standing: dict[Place, set[Assignment]] = board.by_place(assignments)
        self._cells: dict[Place, tuple[Cell, ...]] = {}
        self.lines(problem.plans)

    def cells(self, place: Place) -> tuple[Cell, ...]:
        """A shift's lines on a day."""
        if place not in self._cells:
            self._cells[place] = board.seated(self._demands, place, self.present(place))
        return self._cells[place]

    def present(self, place: Place) -> Collection[Assignment]:
        """Who stands there."""
        return self.standing.get(place, ())

    def tally(self, place: Place) -> Tally:
        """A shift of a day in figures."""
        return board.tally(self._demands, place, self.cells(place))

    def lines(self, checkpoints: Iterable[str]) -> list[Line]:
        """The grid's lines of these checkpoints."""
        return board.lines(self._problem, self._demands, self._count, checkpoints)

    def change(self, change: Change) -> None:
        """After an edit."""
        for one in change.removed:
            self.standing.get((one.checkpoint, one.shift), set()).discard(one)
        for one in change.added:
            self.standing.setdefault((one.checkpoint, one.shift), set()).add(one)
        for one in change.removed | change.added:
            self._cells.pop((one.checkpoint, one.shift), None)

    def _count(self, place: Place) -> int:
        return len(self.cells(place))
