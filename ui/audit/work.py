"""Work on the log that takes its time, on a thread of its own: it tells how far it is, and stops at a word."""

import logging
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from db.engine import Database

log = logging.getLogger(__name__)

Tell = Callable[[int, int], None]
"""Told how much of how much is done; raises `Stopped` where nobody waits for the rest."""
Job = Callable[[Database, Tell], object]
_APART = 0.05
"""Seconds between two words of progress."""


class Stopped(Exception):
    """Somebody stopped it."""


class Work(QObject):
    """One job at a time; its signals arrive on the thread this object lives on."""

    progressed = Signal(object, object)
    """How much of how much."""
    done = Signal(object)
    """What the job gave."""
    failed = Signal(object)
    """An exception; `Stopped` where it was stopped."""
    _told = Signal(object, object)

    def __init__(self, open_database: Callable[[], Database], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_database
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._told.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether one is under way."""
        return self._thread is not None

    def start(self, job: Job) -> None:
        """Begin; nothing happens while one runs."""
        if self._thread is None:
            self._stop = threading.Event()
            self._thread = threading.Thread(target=self._work, args=(job, self._stop), name="audit-work")
            self._thread.start()

    def cancel(self) -> None:
        """Stop at the next step."""
        self._stop.set()

    def close_down(self) -> None:
        """Stop, join the thread, and tell nothing more. Safe twice."""
        thread, self._thread = self._thread, None
        self._stop.set()
        if thread is not None:
            thread.join()

    def _work(self, job: Job, stop: threading.Event) -> None:
        told = 0.0

        def tell(done: int, total: int) -> None:
            nonlocal told
            if stop.is_set():
                raise Stopped
            if time.monotonic() - told >= _APART:
                told = time.monotonic()
                self._told.emit(stop, (done, total))

        try:
            with self._open() as database:
                self._told.emit(stop, [job(database, tell)])
        except Exception as error:  # whatever happens, the page says a sentence
            if not isinstance(error, Stopped):
                log.info("work on the log failed", exc_info=True)
            self._told.emit(stop, error)

    @Slot(object, object)
    def _deliver(self, stop: threading.Event, told: tuple[int, int] | list[object] | Exception) -> None:
        if self._thread is None or stop is not self._stop:
            return
        if isinstance(told, tuple):
            self.progressed.emit(*told)
            return
        self._thread.join()
        self._thread = None
        if isinstance(told, Exception):
            self.failed.emit(told)
        else:
            self.done.emit(told[0])
