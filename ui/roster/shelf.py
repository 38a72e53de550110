"""Where the board's roster comes from and goes to: read, kept a moment after each edit, published."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from db.engine import Database
from shifts.model import SHANGHAI, RosterProblem
from shifts.publishing import Approval, Draft
from station.texts import Language
from ui.clerk import Clerk
from ui.roster import keeping
from ui.roster.editing import Editor
from ui.roster.keeping import Loaded
from ui.roster.swap_shelf import SwapShelf

SAVES = 700
"""Milliseconds after an edit until the draft is kept."""


class Shelf(QObject):
    """The kept rosters, asked on a thread of its own."""

    loaded = Signal(object)
    """`Loaded`, or None where there is no roster."""
    published = Signal(object)
    """A `station.rosters.Published`."""
    refused = Signal(object)
    """Why it was not published: an exception."""
    dropped = Signal()
    begun = Signal()
    """A roster was begun; it is read next."""
    unbegun = Signal(object)
    """Why it was not: an exception."""
    failed = Signal(object)
    """Any other exception."""

    def __init__(
        self,
        open_database: Callable[[], Database],
        station: str,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clerk = Clerk(open_database, self)
        self._station, self.now = station, now
        self.swaps = SwapShelf(self._clerk, station, now, self)
        self.officer: str | None = None
        self._waiting: Editor | None = None  # whose draft is to be kept
        self._edits = 0  # an answer asked for before an edit is stale
        self._timer = QTimer(self, singleShot=True, interval=SAVES)
        self._timer.timeout.connect(self.save)

    @property
    def today(self) -> date:
        """Beijing's day."""
        return self.now().astimezone(SHANGHAI).date()

    def load(self, start: date | None) -> None:
        """Read the roster that starts on a day, or the one to work on now."""
        self.save()
        job = partial(keeping.load, officer=self.officer, today=self.today, start=start)
        self._clerk.ask(job, partial(self._take, self._edits), self.failed.emit)

    def keep(self, editor: Editor) -> None:
        """Keep this draft, soon."""
        self._waiting = editor
        self._edits += 1
        self._timer.start()

    @Slot()
    def save(self) -> None:
        """Keep what waits to be kept, now."""
        self._timer.stop()
        editor, self._waiting = self._waiting, None
        if editor is not None and self.officer is not None:
            job = partial(keeping.save, problem=editor.problem, draft=editor.draft, **self._by(self.officer))
            self._clerk.ask(job, self._kept, partial(self._not_kept, editor))

    def publish(self, editor: Editor, approvals: Sequence[Approval], code: str, pin: str) -> None:
        """Publish a draft, on a lead's word."""
        self.save()
        job = partial(
            keeping.publish,
            problem=editor.problem,
            draft=editor.draft,
            approvals=approvals,
            lead=(code, pin),
            officer=self.officer,
            station=self._station,
            now=self.now(),
        )
        self._clerk.ask(job, self.published.emit, self.refused.emit)

    def drop(self, start: date) -> None:
        """Give a draft up."""
        self._timer.stop()
        self._waiting = None
        if self.officer is not None:
            self._clerk.ask(partial(keeping.drop, start=start, **self._by(self.officer)), self._gone, self.failed.emit)

    def begin_from(self, path: Path) -> None:
        """Begin a roster from a file of people and demand."""
        self.save()
        if self.officer is not None:
            job = partial(keeping.begin_from, path=path, **self._by(self.officer))
            self._clerk.ask(job, self.load, self.failed.emit)

    def ask_leave(self, then: Callable[[None], None], failed: Callable[[Exception], None]) -> None:
        """Whether who is at the desk may plan, where no roster said it yet."""
        if self.officer is not None:
            self._clerk.ask(partial(keeping.may_plan, by=self.officer), then, failed)

    def begin(self, problem: RosterProblem) -> None:
        """Begin a roster with nobody in it."""
        self.save()
        if self.officer is not None:
            job = partial(keeping.begin_new, problem=problem, **self._by(self.officer))
            self._clerk.ask(job, self._begun, self.unbegun.emit)

    def take(self, problem: RosterProblem, draft: Draft) -> None:
        """Keep a draft with another problem in place of the one in hand, and read it anew."""
        self._timer.stop()
        self._waiting = None
        self._edits += 1
        if self.officer is not None:
            job = partial(keeping.save, problem=problem, draft=draft, **self._by(self.officer))
            self._clerk.ask(job, partial(self._taken, problem.period.start), self.failed.emit)

    def calendar(
        self, person: str, language: Language, then: Callable[[bytes], None], failed: Callable[[Exception], None]
    ) -> None:
        """Somebody's published shifts as a calendar's bytes."""
        job = partial(keeping.calendar, person=person, language=language, now=self.now())
        self._clerk.ask(job, then, failed)

    def close_down(self) -> None:
        """Keep what waits, and join the thread. Safe to call twice."""
        self.save()
        self._clerk.close_down()

    def _by(self, officer: str) -> dict[str, Any]:
        """Who keeps something, where and when."""
        return {"station": self._station, "by": officer, "now": self.now()}

    def _take(self, edits: int, loaded: Loaded | None) -> None:
        if edits == self._edits:
            self.loaded.emit(loaded)

    def _kept(self, _nothing: None) -> None:
        """The draft is on disk."""

    def _not_kept(self, editor: Editor, error: Exception) -> None:
        """It goes on waiting, for the next edit or the page's closing."""
        self._waiting = self._waiting or editor
        self.failed.emit(error)

    def _begun(self, start: date) -> None:
        self.begun.emit()
        self.load(start)

    def _taken(self, start: date, _nothing: None) -> None:
        self.load(start)

    def _gone(self, _nothing: None) -> None:
        self.dropped.emit()
