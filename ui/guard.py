"""The last net: what nobody caught is logged, shown, and costs the vehicle in hand a review. The window goes on."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

log = logging.getLogger(__name__)

_GRAVE = frozenset({QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg})


class Guard:
    """While it stands (`with Guard(alarm):`), one hook catches what slots, threads and Qt let fall.

    Args:
        alarm: Told in a few technical words what happened; on the thread where it did.
        stop: Called when a person interrupts (Ctrl-C); on the thread where it arrived.
    """

    def __init__(self, alarm: Callable[[str], None], stop: Callable[[], None]) -> None:
        self._alarm, self._stop = alarm, stop

    def __enter__(self) -> Self:
        """Set the hooks."""
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook, threading.excepthook = self._uncaught, self._uncaught_in_thread
        self._qt_before = qInstallMessageHandler(self._qt_said)
        return self

    def __exit__(self, *_: object) -> None:
        """Put the hooks of before back."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(self._qt_before)

    def _uncaught(self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._stop()
            return
        log.critical("nobody caught this", exc_info=(kind, problem, trace))
        self._tell(f"{kind.__name__}: {problem}")

    def _uncaught_in_thread(self, what: threading.ExceptHookArgs) -> None:
        if what.exc_type is not SystemExit and what.exc_value is not None:
            self._uncaught(what.exc_type, what.exc_value, what.exc_traceback)

    def _qt_said(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        grave = kind in _GRAVE
        log.log(logging.CRITICAL if grave else logging.WARNING, "Qt: %s (%s)", message, context.category)
        if grave:
            self._tell(message)

    def _tell(self, problem: str) -> None:
        try:
            self._alarm(problem)
        except Exception:  # the net must hold even where the desk is gone already
            log.exception("the alarm failed")
