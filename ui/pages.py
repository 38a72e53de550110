"""The window's pages: the gate's stands at once, each other is built when it is turned to, or a little after the start.

What a page imports and builds, an officer who waits for the gate need not wait for.
"""

import threading
from collections.abc import Callable, Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

GATE, LOG, ROSTER, HANDOVER, AUDIT = "gate", "log", "roster", "handover", "audit"
SETTINGS, SIGN_IN = "settings", "sign_in"
KEYS = {GATE: "F1", LOG: "F2", ROSTER: "F3", HANDOVER: "F4", AUDIT: "F5", SETTINGS: "F6", SIGN_IN: "F8"}

SOON = 1500
"""Milliseconds after the window stands until the other pages are got ready."""


class TakesBadges(QWidget):
    """A page that itself does something about a badge that is scanned while it is open."""

    def take_badge(self, text: str) -> None:
        """A badge's text."""
        raise NotImplementedError


class Page:
    """A page of the window.

    Args:
        key: In `KEYS`.
        build: Makes its widget, once, on the GUI thread.
        module: What `build` imports, to be read ahead; None where it imports nothing.
    """

    def __init__(self, key: str, build: Callable[[], QWidget], module: str | None = None) -> None:
        self.key, self.module = key, module
        self._build = build
        self._widget: QWidget | None = None

    @property
    def is_built(self) -> bool:
        """Whether it stands already."""
        return self._widget is not None

    @property
    def widget(self) -> QWidget:
        """Its widget, built if it was not yet."""
        if self._widget is None:
            self._widget = self._build()
        return self._widget


class GetReady(QObject):
    """Reads what pages import on a thread of its own, then has them built one by one between two events of the window.

    Args:
        pages: Which.
        build: Builds the page of a key; called on the GUI thread.
    """

    _has_read = Signal()

    def __init__(self, pages: Sequence[Page], build: Callable[[str], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left, self._build = list(pages), build
        self._closed = False
        self._thread: threading.Thread | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._begin)
        self._between = QTimer(self, singleShot=True, interval=0)  # one page and the next
        self._between.timeout.connect(self._build_next)
        self._has_read.connect(self._build_next)

    @Slot()
    def soon(self) -> None:
        """Begin in a while."""
        if not self._closed and self._thread is None:
            self._soon.start()

    def close_down(self) -> None:
        """Stop; nothing is built any more. Safe to call twice."""
        self._closed = True
        self._soon.stop()
        self._between.stop()
        if self._thread is not None:
            self._thread.join()

    @Slot()
    def _begin(self) -> None:
        self._thread = threading.Thread(target=self._read, name="pages")
        self._thread.start()

    def _read(self) -> None:
        for page in self._left:
            if page.module is not None and not self._closed:
                import_module(page.module)
        self._has_read.emit()

    @Slot()
    def _build_next(self) -> None:
        if self._left and not self._closed:
            page = self._left.pop(0)
            if not page.is_built:
                self._build(page.key)
            self._between.start()
