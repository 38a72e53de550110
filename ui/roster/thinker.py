"""A thread for what takes longer than a blink: the whole roster held against the rules, everybody ranked for a shift.

A question makes an earlier one of its kind stale: that one is not worked on any more, and its answer not given.
"""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Asked:
    kind: str
    number: int
    job: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[Exception], None]


class Thinker(QObject):
    """One thread, begun at the first question. Answers arrive on the thread this object lives on."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._newest: dict[str, int] = {}
        self._thread: threading.Thread | None = None
        self._closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(
        self, kind: str, job: Callable[[], T], then: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Have a job done.

        Args:
            kind: Only the newest question of a kind is answered.
            job: Called on the thread.
            then: Called here with what it gave.
            failed: Called here with what it raised.
        """
        if self._closed:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="roster-thinker")
            self._thread.start()
        self._newest[kind] = self._newest.get(kind, 0) + 1
        self._queue.put(_Asked(kind, self._newest[kind], job, then, failed))

    def forget(self, kind: str) -> None:
        """Nobody waits for an answer of this kind any more."""
        self._newest[kind] = self._newest.get(kind, 0) + 1

    def close_down(self) -> None:
        """Finish the job in hand and join the thread; no answer comes any more. Safe twice."""
        self._closed = True
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while (asked := self._queue.get()) is not None:
            if self._closed or asked.number != self._newest[asked.kind]:
                continue
            try:
                told = (asked, asked.then, asked.job())
            except Exception as error:  # the page says a sentence, and the thread goes on
                log.info("a question about the roster failed", exc_info=True)
                told = (asked, asked.failed, error)
            self._answered.emit(told)

    @Slot(object)
    def _deliver(self, told: tuple[_Asked, Callable[[Any], None], Any]) -> None:
        asked, then, what = told
        if not self._closed and asked.number == self._newest[asked.kind]:
            then(what)
