"""One job at a time on a thread of its own: it tells how far it is, and stops at a word."""

import logging
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

log = logging.getLogger(__name__)

Tell = Callable[[object], bool]
"""Told how far a job is; False: it is to stop, with what it has or with `Stopped`."""
Job = Callable[[Tell], object]
APART = 0.03
"""Seconds between two words of how far it is; eyes follow no faster."""


class Stopped(Exception):
    """The job was stopped before it had anything to give."""


class BackgroundJob(QObject):
    """Starts jobs, one after the other; its signals arrive on the thread this object lives on."""

    progressed = Signal(object)
    """What the job told last."""
    done = Signal(object)
    """What the job gave."""
    failed = Signal(object)
    """The exception it raised."""
    _told = Signal(object, object)
    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()  # of the job in hand; what an earlier one still says is not heard
        self._told.connect(self._take_told, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._take_end, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether one is under way."""
        return self._thread is not None

    def start(self, job: Job) -> None:
        """Begin; nothing happens while one runs.

        Args:
            job: Called on the thread.
        """
        if self._thread is None:
            self._stop = threading.Event()
            self._thread = threading.Thread(target=self._work, args=(job, self._stop), name="background-job")
            self._thread.start()

    @Slot()
    def cancel(self) -> None:
        """Have it stop the next time it tells how far it is."""
        self._stop.set()

    def close_down(self) -> None:
        """Stop, join the thread, and tell nothing more. Safe to call twice."""
        thread, self._thread = self._thread, None
        self._stop.set()
        if thread is not None:
            thread.join()

    def _work(self, job: Job, stop: threading.Event) -> None:
        last = 0.0

        def tell(how_far: object) -> bool:
            nonlocal last
            if time.monotonic() - last >= APART:
                last = time.monotonic()
                self._told.emit(stop, how_far)
            return not stop.is_set()

        try:
            self._ended.emit(stop, job(tell), None)
        except Exception as error:  # whatever happens, the page says a sentence
            if not isinstance(error, Stopped):
                log.info("a job failed", exc_info=True)
            self._ended.emit(stop, None, error)

    @Slot(object, object)
    def _take_told(self, stop: threading.Event, how_far: object) -> None:
        if self._thread is not None and stop is self._stop:
            self.progressed.emit(how_far)

    @Slot(object, object, object)
    def _take_end(self, stop: threading.Event, gave: object, error: Exception | None) -> None:
        if self._thread is None or stop is not self._stop:
            return
        self._thread.join()
        self._thread = None
        if error is None:
            self.done.emit(gave)
        else:
            self.failed.emit(error)
