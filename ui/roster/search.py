"""A search for a roster on a thread of its own: told of its progress, stopped at a word."""

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from shifts.solver import Progress

log = logging.getLogger(__name__)


class Search(QObject):
    """One search at a time; its signals arrive on the thread this object lives on."""

    progressed = Signal(object)
    """A `shifts.solver.Progress`."""
    found = Signal(object)
    """What the job gave."""
    failed = Signal(object)
    """An exception."""
    _told = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._told.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether one is under way."""
        return self._thread is not None

    def start(self, job: Callable[..., Any]) -> None:
        """Begin; nothing happens while one runs.

        Args:
            job: Called on the thread with `progress`, as `shifts.solver.solve` is.
        """
        if self._thread is None:
            self._stop = threading.Event()
            work = partial(self._work, job, self._stop)
            self._thread = threading.Thread(target=work, name="roster-search")
            self._thread.start()

    def cancel(self) -> None:
        """Stop soon; what is covered by then is found."""
        self._stop.set()

    def close_down(self) -> None:
        """Stop, join the thread, and tell nothing more. Safe twice."""
        thread, self._thread = self._thread, None
        self._stop.set()
        if thread is not None:
            thread.join()

    def _work(self, job: Callable[..., Any], stop: threading.Event) -> None:
        def listen(progress: Progress) -> bool:
            self._told.emit(stop, progress)
            return not stop.is_set()

        try:
            self._told.emit(stop, job(progress=listen))
        except Exception as error:  # the page says a sentence
            log.info("no roster was found", exc_info=True)
            self._told.emit(stop, error)

    @Slot(object, object)
    def _deliver(self, stop: threading.Event, told: object) -> None:
        if self._thread is None or stop is not self._stop:
            return
        if isinstance(told, Progress):
            self.progressed.emit(told)
            return
        self._thread.join()
        self._thread = None
        if isinstance(told, Exception):
            self.failed.emit(told)
        else:
            self.found.emit(told)
