"""The thread that asks the database for a page, so that the window never waits for a disk or an argon2."""

import logging
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from db.engine import Database

log = logging.getLogger(__name__)
T = TypeVar("T")

Job = Callable[[Database], Any]
Then = Callable[[Any], None]
_Asked = tuple[Job, Then, Then]


class Clerk(QObject):
    """One thread with one database of its own, opened at the first question.

    Answers arrive in the order of the questions, on the thread this object lives on.
    """

    _answered = Signal(object)

    def __init__(self, open_database: Callable[[], Database], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_database
        self._asked: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(self, job: Callable[[Database], T], then: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Have a job done on the clerk's thread.

        Args:
            job: Called there with the database.
            then: Called here with what it gave.
            failed: Called here with what it raised, or what opening the database did.
        """
        if self._closed:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="clerk")
            self._thread.start()
        self._asked.put((job, then, failed))

    def close_down(self) -> None:
        """Finish what was asked, close the database and join the thread; no answer comes any more. Safe twice."""
        self._closed = True
        if self._thread is not None:
            self._asked.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        database: Database | None = None
        try:
            while (asked := self._asked.get()) is not None:
                job, then, failed = asked
                try:
                    database = database or self._open()
                    told = (then, job(database))
                except Exception as error:  # whatever happens, the page says a sentence and the thread goes on
                    log.info("a question to the database failed", exc_info=True)
                    told = (failed, error)
                self._answered.emit(told)
        finally:
            if database is not None:
                database.close()

    @Slot(object)
    def _deliver(self, told: tuple[Then, Any]) -> None:
        if not self._closed:
            then, what = told
            then(what)
