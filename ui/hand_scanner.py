"""A hand scanner is heard on every page: what it types is kept from whatever has the focus, and given to the gate."""

import math
import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from station.badges import is_badge
from ui.gate.keys import ENTER, GAP, Scanned, ScannerOrHand, Typed

_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_MODIFIERS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock})
"""A scanner presses them between its characters."""
_TOUCHES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin})


class HandScanner(QObject):
    """Filters the keys of a window's handle, which come there after shortcuts and before the focus.

    A character is held for `GAP`, until it is certain who typed it. A hand's goes where it was meant to; a scanner's
    go to the gate page, which tells them apart once more and knows what they mean there.
    """

    heard = Signal()
    """A code is about to be given to the gate page."""
    badge = Signal(str)
    """Somebody's badge, which is not the gate's."""

    def __init__(self, gate: QWidget) -> None:
        super().__init__()
        self._gate = gate
        self._window: QWindow | None = None
        self._keys = ScannerOrHand()
        self._held: list[QKeyEvent] = []
        self._ahead = 0.0
        self._giving = False
        self._settles = QTimer(self, singleShot=True, interval=round(GAP * 1000) + 1)
        self._settles.timeout.connect(self._settle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        """Hold what may be a scanner's."""
        if self._giving or not isinstance(watched, QWindow):
            return False
        if event.type() in _TOUCHES:  # it may move the focus: what was typed before is for where that was
            self._obey(self._keys.settle(math.inf))
        if not isinstance(event, QKeyEvent):
            return False
        self._window = watched
        if event.type() is QEvent.Type.KeyPress:
            return self._press(event)
        if event.type() is QEvent.Type.KeyRelease and self._held:
            self._held.append(event.clone())  # never before its press
            return True
        return False

    def _press(self, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS:
            return False
        character = ENTER if event.key() in _ENTERS else event.text()
        may_be = character == ENTER or (len(character) == 1 and character.isprintable())
        if not may_be or event.isAutoRepeat() or self._is_the_gates():
            self._obey(self._keys.settle(math.inf))
            return False
        now = time.monotonic()
        at = event.timestamp() / 1000 or now
        self._ahead = at - now
        self._obey(self._keys.settle(at))
        self._held.append(event.clone())
        self._obey(self._keys.press(character, at))
        if self._keys.holds:
            self._settles.start()
        return True

    def _is_the_gates(self) -> bool:
        """Whether the gate page gets this key anyway."""
        focused = QApplication.focusWidget()
        within = focused is not None and (focused is self._gate or self._gate.isAncestorOf(focused))
        return within and not isinstance(focused, QLineEdit)

    @Slot()
    def _settle(self) -> None:
        self._obey(self._keys.settle(time.monotonic() + self._ahead))
        if self._keys.holds:
            self._settles.start()

    def _obey(self, made_out: list[Typed | Scanned]) -> None:
        for one in made_out:
            held, self._held = self._held, []
            match one:
                case Scanned(text) if is_badge(text):
                    self.badge.emit(text)
                case Scanned(text) if not text.isdecimal():  # a burst of digits is a PIN or a number
                    self.heard.emit()
                    self._give(self._gate, [key for key in held if key.type() is QEvent.Type.KeyPress])
                case _ if self._window is not None:
                    self._give(self._window, held)

    def _give(self, to: QObject, held: list[QKeyEvent]) -> None:
        self._giving = True
        try:
            for key in held:
                QCoreApplication.sendEvent(to, key)
        finally:
            self._giving = False
