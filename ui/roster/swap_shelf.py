"""What the swaps on the page ask of the database, on the clerk's thread."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from db.engine import Database
from shifts.publishing import Approval
from shifts.swaps import Act, Swap
from station import swap_inbox, swaps
from ui.clerk import Clerk


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody signs for.

    Attributes:
        swap: What it is about; one without a history is offered first.
        acts: What is done with it, in order.
        approvals: A lead's words for hard breaches, without whose they are.
    """

    swap: Swap
    acts: tuple[Act, ...]
    code: str
    pin: str
    why: str
    approvals: tuple[Approval, ...]


class SwapShelf(QObject):
    """The kept swaps."""

    loaded = Signal(object)
    """A `station.swap_inbox.Inbox`."""
    done = Signal(object)
    """A `Swap`, after what was signed."""
    refused = Signal(object)
    """Why not: an exception."""
    failed = Signal(object)
    """Any other exception."""

    def __init__(self, clerk: Clerk, station: str, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clerk, self._station, self.now = clerk, station, now

    def load(self, start: date | None) -> None:
        """Read the swaps of what is and is to come, and of the roster that starts on a day."""
        job = partial(swap_inbox.read, now=self.now(), also=start)
        self._clerk.ask(job, self.loaded.emit, self.failed.emit)

    def order(self, order: Order) -> None:
        """Do what was signed for."""
        job = partial(_do, order=order, station=self._station, now=self.now())
        self._clerk.ask(job, self.done.emit, self.refused.emit)


def _do(database: Database, *, order: Order, station: str, now: datetime) -> Swap:
    swap, who = order.swap, (order.code, order.pin)
    if not swap.history:
        swap = swaps.offer(
            database,
            swap.kind,
            cell=swap.cell,
            partner=swap.partner,
            other=swap.other,
            station=station,
            who=who,
            now=now,
            why=order.why,
        )
        if not order.acts:
            return swap
    why = order.why if order.swap.history else ""  # else it was said with the offer
    return swaps.act(
        database, swap.id, *order.acts, station=station, who=who, now=now, why=why, approvals=order.approvals
    )
