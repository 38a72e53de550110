"""What ties the swaps beside the grid to the bar, the grid and the kept swaps."""

from PySide6.QtCore import QObject, Signal, Slot

from shifts.model import Assignment
from shifts.swaps import Stage, Swap
from station import texts_roster, texts_swaps
from station.swap_inbox import Inbox
from ui import console
from ui.look import Look
from ui.roster.bar import Bar
from ui.roster.hands import Hands
from ui.roster.keeping import Loaded
from ui.roster.model import BoardModel
from ui.roster.panels import Panels
from ui.roster.shelf import Shelf


class Swapping(QObject):
    """Asks and answers between the panel, the bar, the grid and the kept swaps.

    Args:
        look: Words.
        shelf: The kept rosters and swaps.
        panels: Where swaps are seen.
    """

    said = Signal(str)
    failed = Signal(object)
    """An exception."""

    def __init__(self, look: Look, shelf: Shelf, panels: Panels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look, self._shelf, self._panels, self._panel = look, shelf, panels, panels.swaps
        self._grid: tuple[Bar, BoardModel, Hands] | None = None
        self._loaded: Loaded | None = None
        self._inbox = Inbox()
        self._panel.now = shelf.now
        self._panel.ordered.connect(shelf.swaps.order)
        self._panel.said.connect(self.said)
        panels.problems.cell.swap.connect(self.begin_here)
        look.changed.connect(self._tell)
        shelf.swaps.loaded.connect(self._take)
        shelf.swaps.done.connect(self._done)
        shelf.swaps.refused.connect(self._refuse)
        shelf.swaps.failed.connect(self.failed)

    def serve_grid(self, bar: Bar, model: BoardModel, hands: Hands) -> None:
        """Count and mark what is under way; begin with the shift in hand.

        Args:
            bar: Where swaps that wait are counted.
            model: Where a shift shows that a swap of it is under way.
            hands: Which cell is in hand.
        """
        self._grid = bar, model, hands
        bar.swaps.clicked.connect(self._panels.open_swaps)

    def serve(self, loaded: Loaded) -> None:
        """Read the swaps anew, of this roster among others."""
        self._loaded = loaded
        self._shelf.swaps.load(loaded.problem.period.start)

    @Slot()
    def begin_here(self) -> None:
        """Begin a swap of the shift in hand."""
        cell = self._grid[2].cell if self._grid else None
        if cell is None or cell.assignment is None:
            self.said.emit(self._look.word("swap_nobody_here"))
        elif self._panel.begin(cell.assignment):
            self._panels.show_swaps()

    @Slot(object)
    def _take(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._panel.take(inbox, self._shelf.officer)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        """Count what waits, and mark what is under way on the board."""
        if self._grid is None:
            return
        bar, model, _ = self._grid
        bar.count_swaps(len(self._inbox.waiting(self._shelf.officer)))
        names, language = self._inbox.names, self._look.language
        known: dict[Assignment, str] = {}
        for entry in self._inbox.entries:
            if entry.open:
                named = {**names, **texts_roster.names(entry.published.problem, language)}
                stage = texts_swaps.stage(entry.swap, entry.stage, named, language)
                known |= dict.fromkeys(entry.swap.change.removed, self._look.word("swap_pending", stage=stage))
        model.show_swaps(known)

    @Slot(object)
    def _done(self, swap: Swap) -> None:
        word, language = self._look.word, self._look.language
        names = dict(self._inbox.names)
        for one in self._inbox.rosters:
            names |= texts_roster.names(one.problem, language)
        if swap.stage is Stage.PUBLISHED:
            self.said.emit(word("swap_said_published"))
        elif swap.stage is Stage.OFFERED:
            self.said.emit(word("swap_said_offered", who=names.get(swap.partner, swap.partner)))
        else:
            self.said.emit(word("swap_said", stage=texts_swaps.stage(swap, swap.stage, names, language)))
        self._panel.forget()
        self._panel.open_list()
        if self._loaded is not None:
            if swap.stage is Stage.PUBLISHED:  # the board has a new version, and with it the swaps come anew
                self._shelf.load(self._loaded.problem.period.start)
            else:
                self._shelf.swaps.load(self._loaded.problem.period.start)

    @Slot(object)
    def _refuse(self, error: Exception) -> None:
        self._panel.detail.form.say(console.sentence(error, self._look.language))
        if self._loaded is not None:  # somebody else may have acted
            self._shelf.swaps.load(self._loaded.problem.period.start)
