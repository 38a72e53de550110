"""The swaps beside the grid: the inbox, one swap, and beginning one."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from shifts.model import Assignment
from shifts.swap_choices import Choice
from shifts.swaps import Kind, SwapError, last_call
from station import swap_inbox, texts_roster
from station.swap_inbox import Entry, Inbox
from ui import console
from ui.look import Look
from ui.roster.swap_detail import SwapDetail
from ui.roster.swap_list import SwapList
from ui.roster.swap_offer import Beginning, SwapOffer
from ui.roster.thinker import Thinker


class SwapPanel(QStackedWidget):
    """The inbox, one swap, or the beginning of one."""

    ordered = Signal(object)
    """A `ui.roster.swap_shelf.Order`."""
    said = Signal(str)
    left = Signal()

    def __init__(self, look: Look, thinker: Thinker) -> None:
        super().__init__()
        self._look = look
        self.inbox = Inbox()
        self._names: Mapping[str, str] = {}
        self._officer: str | None = None
        self.now: Callable[[], datetime] = datetime.now
        self.list, self.detail, self.offer = SwapList(look), SwapDetail(look), SwapOffer(look, thinker)
        self._from_grid = False
        for panel in (self.list, self.detail, self.offer):
            self.addWidget(panel)
        self.list.left.connect(self.left)
        self.list.chosen.connect(self.open_entry)
        self.list.began.connect(self._begin_own)
        self.detail.left.connect(self._leave_detail)
        self.detail.ordered.connect(self.ordered)
        self.offer.left.connect(self._leave_offer)
        self.offer.chosen.connect(self._think)

    def take(self, inbox: Inbox, officer: str | None) -> None:
        """Show what was read; what somebody is about to sign stays, unless it changed."""
        self.inbox, self._officer = inbox, officer
        self._name_all()
        self.list.show_inbox(inbox, self._names, officer, self.now())
        shown = self.detail.entry
        if self.currentWidget() is self.detail and shown is not None and shown.swap.history:
            newest = next((one for one in inbox.entries if one.swap.id == shown.swap.id), None)
            if newest is None:
                self.open_list()
            elif newest != shown:
                said = self.detail.form.problem.text()
                self.open_entry(newest)
                self.detail.form.say(said)

    @property
    def at_list(self) -> bool:
        """Whether the inbox is seen."""
        return self.currentWidget() is self.list

    @Slot()
    def open_list(self) -> None:
        """All swaps."""
        self.setCurrentWidget(self.list)
        self.list.focus_first()

    @Slot(object)
    def open_entry(self, entry: Entry) -> None:
        """One swap."""
        self.setCurrentWidget(self.detail)
        self.detail.show_entry(entry, self.inbox, self._names, self._officer)

    def begin(self, cell: Assignment, *, from_grid: bool = True) -> bool:
        """Begin a swap of a shift; says whether it can be."""
        published = self.inbox.holding(cell)
        if published is None:
            self.said.emit(self._look.word("swap_not_published"))
            return False
        pending = next((one for one in self.inbox.entries if one.open and cell in one.swap.change.removed), None)
        self._from_grid = from_grid
        if pending is not None:  # one at a time: what is under way comes first
            self.open_entry(pending)
            return True
        try:
            last_call(published.problem, Kind.ACT, cell)
        except SwapError as error:  # a shift or a checkpoint that is not known any more
            self.said.emit(console.sentence(error, self._look.language))
            return False
        self.setCurrentWidget(self.offer)
        self.offer.open(Beginning(cell, published, self.inbox, self._names, self._officer, self.now()))
        return True

    def forget(self) -> None:
        """No PIN stays typed."""
        self.detail.form.forget()

    def retranslate(self) -> None:
        """Say everything again."""
        self._name_all()
        for panel in (self.list, self.detail, self.offer):
            panel.retranslate()

    def _name_all(self) -> None:
        names = dict(self.inbox.names)
        for one in self.inbox.rosters:
            names |= texts_roster.names(one.problem, self._look.language)
        self._names = names

    @Slot(object)
    def _begin_own(self, cell: Assignment) -> None:
        self.begin(cell, from_grid=False)

    @Slot()
    def _leave_detail(self) -> None:
        self.forget()
        shown = self.detail.entry
        if shown is not None and not shown.swap.history:
            self.setCurrentWidget(self.offer)
            self.offer.field.setFocus()
        else:
            self._leave_offer()

    @Slot()
    def _leave_offer(self) -> None:
        if self._from_grid:
            self._from_grid = False
            self.left.emit()
        else:
            self.open_list()

    @Slot(object, object, object)
    def _think(self, begun: Beginning, kind: Kind, one: Choice) -> None:
        """Show what would come of it, to be signed."""
        owner, chosen = begun.cell.person, one.person.code
        asker, partner = (chosen, owner) if kind is Kind.TAKE else (owner, chosen)
        if kind is Kind.ACT:
            asker = begun.officer or ""
        try:
            entry = swap_inbox.think(
                begun.published, kind, begun.cell, partner, asker=asker, now=begun.now, other=one.other
            )
        except SwapError as error:
            self.said.emit(console.sentence(error, self._look.language))
            return
        self.open_entry(entry)
