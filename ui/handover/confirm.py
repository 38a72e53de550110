"""A lead's word for the sheet: code and PIN, beside the sheet; afterwards who gave it, and when."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from shifts.handover import Confirmation, Handover
from station import handover_words, texts_handover
from station.texts import pick
from ui.handover.section import Shown
from ui.look import Look
from ui.small_widgets import label, say

Told = Callable[[], str]
"""Says a sentence in the language in force."""
SOON = timedelta(minutes=30)
"""Before its end a shift may be handed over without being asked twice."""


class ConfirmCard(QFrame):
    """One side of the handover: the lead who gives, or the one who takes."""

    ordered = Signal(str, str)
    """A lead's code and PIN."""

    def __init__(self, look: Look, *, gives: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._look, self._gives = look, gives
        self._shown: Shown | None = None
        self._early: datetime | None = None
        self._wrong: Told | None = None
        self._sure = self._busy = False
        self.title, self.told, self.hint = label("heading"), label("", wrap=True), label("muted", wrap=True)
        self.code, self.pin = QLineEdit(), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(12)
        self.problem = label("error", wrap=True)
        self.confirm = QPushButton()
        self.confirm.setProperty("role", "main")
        fields = QHBoxLayout()
        fields.addWidget(self.code)
        fields.addWidget(self.pin)
        rows = QVBoxLayout(self)
        rows.setSpacing(6)
        for each in (self.title, self.told, self.hint):
            rows.addWidget(each)
        rows.addLayout(fields)
        rows.addWidget(self.problem)
        rows.addWidget(self.confirm)
        self.problem.hide()
        self.confirm.clicked.connect(self.order)
        for field in (self.code, self.pin):
            field.textChanged.connect(self._settle)
            field.returnPressed.connect(self.order)

    @property
    def done(self) -> bool:
        """Whether this side has confirmed."""
        return self._shown is not None and self._word(self._shown.handover) is not None

    @property
    def is_open(self) -> bool:
        """Whether this side may confirm now."""
        return self._shown is not None and not self.done and (self._gives or self._shown.handover.given is not None)

    def show_sheet(self, shown: Shown, now: datetime) -> None:
        """Show how a sheet stands now."""
        if self._shown is None or self._shown.handover.shift != shown.handover.shift:
            self.say()
            self.code.clear()
        shift = shown.handover.shift
        _, end = shown.plan.shift(shift.code).span(shift.day)
        self._shown, self._early = shown, end if end - now > SOON else None
        self.retranslate()

    def offer(self, code: str | None) -> None:
        """Whose code it probably is."""
        if code and not self.code.text():
            self.code.setText(code)

    @Slot()
    def order(self) -> None:
        """Confirm, if everything is there; a shift that goes on for long asks once more."""
        if not self.code.text().strip():
            self.code.setFocus()
        elif not self.pin.text():
            self.pin.setFocus()
        elif self.confirm.isEnabled():
            if self._gives and self._early is not None and not self._sure:
                self._sure = True
                self._complain(partial(self._look.word, "handover_early", time=handover_words.clock(self._early)))
                return
            self._busy = True
            self.problem.hide()
            self._settle()
            self.hint.setText(self._look.word("handover_checking"))
            self.ordered.emit(self.code.text().strip(), self.pin.text())

    def say(self, told: Told | None = None) -> None:
        """What went wrong, or nothing any more; the PIN is asked for again."""
        self._busy = False
        self._complain(told)
        self.forget()
        self.retranslate()

    def forget(self) -> None:
        """No PIN stays typed, and nothing half-way confirmed."""
        self.pin.clear()
        if self._sure:
            self._sure = False
            self._complain(None)

    def controls(self) -> tuple[QWidget, ...]:
        """What can be used here, in the order of Tab."""
        return self.code, self.pin, self.confirm

    def retranslate(self) -> None:
        """Say everything again."""
        word = self._look.word
        side = pick(texts_handover.SIDES[self._gives], self._look.language)
        self.title.setText(side)
        self.setAccessibleName(side)
        for field, key in ((self.code, "handover_code"), (self.pin, "handover_pin")):
            field.setPlaceholderText(word(key))
            field.setAccessibleName(f"{side} {word(key)}")
        key = "handover_give" if self._gives else "handover_take"
        say(self.confirm, word(key))
        shown, is_open = self._shown, self.is_open
        for each in self.controls():
            each.setVisible(is_open)
        self.told.setVisible(self.done)
        self.hint.setVisible(not self.done)
        if shown is not None:
            told = self._word(shown.handover)
            self.told.setText(handover_words.confirmation(told, shown.names, self._look.language))
        self.hint.setText(word(f"{key}_hint" if is_open else "handover_waits"))
        self._complain(self._wrong)
        self._settle()

    def _word(self, handover: Handover) -> Confirmation | None:
        return handover.given if self._gives else handover.taken

    def _complain(self, told: Told | None) -> None:
        self._wrong = told
        self.problem.setText(told() if told is not None else "")
        self.problem.setVisible(told is not None)

    @Slot()
    def _settle(self) -> None:
        self.confirm.setEnabled(self.is_open and not self._busy)
