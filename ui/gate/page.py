"""The gate page: the check in hand, or its verdict over the whole of it; keys of a hand and of a hand scanner."""

import time

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget

from station import texts
from station.badges import is_badge
from station.desk import Desk
from station.session import Session, Told
from station.view import Stage, View
from ui.gate.checking import CheckingScreen
from ui.gate.decide import LONGEST
from ui.gate.keys import ENTER, GAP, Scanned, ScannerOrHand, Typed
from ui.gate.panel import Tool
from ui.gate.style import sheet
from ui.gate.verdict import VerdictScreen
from ui.gate.widgets import Touch
from ui.look import Look
from ui.theme import BASE_HEIGHT

TOLD = 8000
"""Milliseconds an error stays, unless the officer goes on before."""
UNSEEN = 700
"""Milliseconds within which nobody has taken in a verdict: a key or touch so soon was meant for the pad before it."""
_RESTING = frozenset({Tool.CHECKLIST, Tool.PERSON, Tool.NO_PLATE, Tool.EXEMPT, Tool.ABANDON, Tool.PARKED})
"""Panels of buttons alone."""
_ENDING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape})
_ARROWS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})


class GatePage(QStackedWidget):
    """Connect the bridge to `show_view` and `show_told`. It steps the desk's session and touches nothing else of it."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__()
        self._look, self._desk = look, desk
        self._keys = ScannerOrHand()
        self._ahead = 0.0  # seconds, of the keys' clock before ours
        self._told: Told | None = None
        self._worn: tuple[object, int] | None = None
        self.checking = CheckingScreen(look, desk)
        self.verdict = VerdictScreen(look, desk)
        self.addWidget(self.checking)
        self.addWidget(self.verdict)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verdict.decide.closed.connect(self.verdict.setFocus)
        for screen in (self.checking, self.verdict):
            screen.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._forgets = QTimer(self, singleShot=True, interval=TOLD)
        self._forgets.timeout.connect(self._forget_told)
        self._settles = QTimer(self, singleShot=True, interval=round(GAP * 1000) + 1)
        self._settles.timeout.connect(self._settle)
        self._unseen = QTimer(self, singleShot=True, interval=UNSEEN)
        self._unseen.timeout.connect(self._take_touches)
        look.changed.connect(self.retranslate)
        self.retranslate()

    # --- what the desk says ------------------------------------------------------------------------------------------

    @Slot(object)
    def show_view(self, view: View) -> None:
        """The check as it is now."""
        if view.stage is Stage.VERDICT:
            deciding = self.verdict.deciding
            self.verdict.show_view(view)
            if deciding and not self.verdict.deciding:
                self._focus()
            if self.currentWidget() is self.checking:
                self._forget_told()
                self.setCurrentWidget(self.verdict)
                self._focus()
                self.verdict.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                self._unseen.start()
            self.checking.forget()  # what is typed into its panels belongs to the vehicle before
        elif self.currentWidget() is self.verdict:
            self._forget_told()
            self.verdict.forget()
            self.setCurrentWidget(self.checking)
            self._focus()
        self.checking.show_view(view)

    @Slot(object)
    def show_told(self, told: Told) -> None:
        """Something went wrong: said where the eye is, with what to do."""
        self._told = told
        self._say_told()
        self.verdict.decide.tell(told)
        self._forgets.start()

    @Slot()
    def retranslate(self) -> None:
        """Every word and colour anew."""
        for touch in self.findChildren(Touch):
            touch.retranslate()
        self._restyle()
        self.checking.preview.retranslate()
        self.checking.refresh()
        self.verdict.refresh()
        self._say_told()

    # --- keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        """Characters, from a hand or a scanner; Enter, Esc and Backspace."""
        key = event.key()
        if event.isAutoRepeat() and key in _ENDING:
            return  # held down since before what it would end was shown
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._press(ENTER, event)
        elif key == Qt.Key.Key_Escape:
            if not self._too_soon():
                self._screen().escape()
        elif key == Qt.Key.Key_Backspace:
            self._screen().erase()
        elif event.text().isprintable() and event.text() and not event.isAutoRepeat():
            self._press(event.text(), event)
        elif key in _ARROWS and self.currentWidget() is self.checking:
            self.checking.enter()
        else:
            super().keyPressEvent(event)

    def _press(self, character: str, event: QKeyEvent) -> None:
        now = time.monotonic()
        at = event.timestamp() / 1000 or now
        self._ahead = at - now
        self._obey(self._keys.press(character, at))
        if self._keys.holds:
            self._settles.start()

    def _settle(self) -> None:
        self._obey(self._keys.settle(time.monotonic() + self._ahead))
        if self._keys.holds:
            self._settles.start()

    def _obey(self, made_out: list[Typed | Scanned]) -> None:
        for one in made_out:
            match one:
                case Scanned(text) if is_badge(text):  # no vehicle's, whatever is in hand
                    self._desk.do(Session.scanned, text)
                case _ if self._too_soon():
                    pass
                case Scanned(text) if not self._signing:
                    self._desk.do(Session.scanned, text)
                case Scanned(text) if not text.isdecimal() or len(text) > LONGEST:
                    self.verdict.decide.tell("scan_unwanted")
                case Typed(text) | Scanned(text):
                    for character in text:
                        self._type(character)

    def _type(self, character: str) -> None:
        focused = QApplication.focusWidget()
        on_button = isinstance(focused, Touch) and self.isAncestorOf(focused)
        if isinstance(focused, Touch) and on_button and (character == " " or (character == ENTER and self._at_rest())):
            focused.click()
        elif character == ENTER:
            self._screen().confirm()
        else:
            self._screen().typed(character)

    @property
    def _signing(self) -> bool:
        """Whether a decision is being entered, which a code must not end; a burst of digits is a PIN."""
        return self.currentWidget() is self.verdict and self.verdict.deciding

    def _at_rest(self) -> bool:
        """Whether nothing is being typed, so that Enter means the button that has the focus."""
        if self.currentWidget() is self.verdict:
            return not self._signing
        return self.checking.tool in _RESTING

    def _too_soon(self) -> bool:
        """Whether a verdict is shown that nobody can have taken in yet."""
        return self._unseen.isActive() and self.currentWidget() is self.verdict

    @Slot()
    def _take_touches(self) -> None:
        self.verdict.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)

    def _screen(self) -> CheckingScreen | VerdictScreen:
        return self.verdict if self.currentWidget() is self.verdict else self.checking

    # --- within ------------------------------------------------------------------------------------------------------

    def _focus(self) -> None:
        """Keys come to the screen in hand; out of sight the page takes none from another."""
        if self.isVisible():
            self._screen().setFocus()

    def _say_told(self) -> None:
        sentence = texts.error(self._told.code, self._told.params, self._look.language) if self._told else ""
        self.verdict.tell(sentence)
        self.checking.tell(sentence)

    def _forget_told(self) -> None:
        self._told = None
        self._forgets.stop()
        self._say_told()
        self.verdict.decide.tell(None)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        """Text grows with the window."""
        super().resizeEvent(event)
        self._restyle()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 -- Qt's name
        """Keys come here from now on."""
        super().showEvent(event)
        self._screen().setFocus()
        self._restyle()

    def _restyle(self) -> None:
        unseen = self.isWindow() and not self.isVisible()  # a style that fits the window to come is put on once
        height = BASE_HEIGHT if unseen else self.window().height()
        worn = self._look.theme, height // 40 * 40
        if worn != self._worn:
            self._worn = worn
            self.setStyleSheet(sheet(self._look.theme, worn[1]))
