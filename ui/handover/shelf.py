"""Where the page's sheet comes from and goes to: read, kept a moment after the last key, given and taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from db.engine import Database
from shifts.handover import Handover
from shifts.model import DatedShift, ShiftPlan
from station.attendance import Noted
from station.config import Config
from station.handover import signed_head
from station.post import Post
from station.texts import Language
from ui.clerk import Clerk
from ui.handover.keeping import Loaded, Own, Pen, own_of
from ui.handover_pdf import write_pdf

SAVES = 5_000
"""Milliseconds after the last key until what was typed is kept: each time is a step on record."""


@dataclass(frozen=True, slots=True)
class _Writing:
    """What is to be kept, what it is based on, and whose it is."""

    base: Handover
    own: Own
    by: str


class Shelf(QObject):
    """The kept sheets, asked on a thread of its own."""

    loaded = Signal(object)
    """`Loaded`."""
    kept = Signal(object)
    """A `keeping.Step` that wrote."""
    confirmed = Signal(object)
    """A `Step` that gave or took."""
    refused = Signal(object)
    """Why it was not given or taken: an exception."""
    printed = Signal(object)
    """The `Path` of a file that was written."""
    failed = Signal(object)
    """Any other exception."""
    overdue = Signal(int)
    attended = Signal(object)
    """A `station.attendance.Noted`: somebody came or left."""
    unattended = Signal(object)
    """Why nobody did: an exception."""

    def __init__(
        self,
        open_database: Callable[[], Database],
        config: Config,
        plan: ShiftPlan,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clerk, self._pen, self._now = Clerk(open_database, self), Pen(config, plan), now
        self._config, self._plan = config, plan
        self.officer: str | None = None
        self.trust_age: timedelta | None = None
        self._waiting: _Writing | None = None
        self._edits = 0  # an answer asked for before an edit is stale
        self._timer = QTimer(self, singleShot=True, interval=SAVES)
        self._timer.timeout.connect(self.save)

    @property
    def waits(self) -> bool:
        """Whether something is not kept yet."""
        return self._waiting is not None

    @Slot()
    def look(self) -> None:
        """Ask how many handovers are overdue."""
        self._clerk.ask(partial(self._pen.overdue, now=self._now()), self.overdue.emit, self.failed.emit)

    def load(self, shift: DatedShift | None) -> None:
        """Read a shift's sheet; None: the one most wanted."""
        self.save()
        job = partial(self._pen.load, shift=shift, officer=self.officer, now=self._now(), trust_age=self.trust_age)
        self._clerk.ask(job, partial(self._take, self._edits), self.failed.emit)

    def keep(self, base: Handover, own: Own) -> None:
        """Keep what a lead wrote, soon."""
        if self.officer is not None:
            self._waiting = _Writing(base, own, self.officer)
            self._edits += 1
            self._timer.start()

    @Slot()
    def save(self) -> None:
        """Keep what waits to be kept, now."""
        self._timer.stop()
        one, self._waiting = self._waiting, None
        if one is not None:
            job = partial(self._pen.write, base=one.base, own=one.own, by=one.by, now=self._now())
            self._clerk.ask(job, self.kept.emit, partial(self._not_kept, one))

    def give(self, base: Handover, own: Own, code: str, pin: str) -> None:
        """The outgoing lead's word for what is on the sheet now."""
        self._timer.stop()
        self._waiting = None
        job = partial(
            self._pen.give,
            base=base,
            own=own,
            lead=(code, pin),
            by=self.officer,
            now=self._now(),
            trust_age=self.trust_age,
        )
        self._clerk.ask(job, self.confirmed.emit, partial(self._not_given, base, own))

    def take(self, base: Handover, code: str, pin: str) -> None:
        """The incoming lead's word."""
        self._clerk.ask(
            partial(self._pen.take, base=base, lead=(code, pin), now=self._now()),
            self.confirmed.emit,
            self.refused.emit,
        )

    def attend(self, act: Callable[[Post, datetime], Noted]) -> None:
        """Have somebody come or leave."""
        self._clerk.ask(partial(self._pen.attend, act=act, now=self._now()), self.attended.emit, self.unattended.emit)

    def print_sheet(self, handover: Handover, path: Path, *, names: Mapping[str, str], language: Language) -> None:
        """Write a sheet as PDF, where the window does not wait for it."""

        def write(database: Database) -> Path:
            place, head = self._config.checkpoint_name, signed_head(Post(database, self._config, self._plan))
            write_pdf(handover, path, place=place, plan=self._plan, names=names, head=head, language=language)
            return path

        self._clerk.ask(write, self.printed.emit, self.failed.emit)

    def close_down(self) -> None:
        """Keep what waits, and join the thread. Safe to call twice."""
        self.save()
        self._clerk.close_down()

    def _take(self, edits: int, loaded: Loaded) -> None:
        if edits == self._edits:
            self.loaded.emit(loaded)

    def _not_kept(self, one: _Writing, error: Exception) -> None:
        """It goes on waiting, for the next key, or for the page to be left."""
        self._waiting = self._waiting or one
        self.failed.emit(error)

    def _not_given(self, base: Handover, own: Own, error: Exception) -> None:
        """What was typed still waits to be kept."""
        if own != own_of(base.sheet):
            self.keep(base, own)
        self.refused.emit(error)
