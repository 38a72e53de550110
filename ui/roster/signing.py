"""Code, PIN, a note, and a lead's word for each hard breach: what is signed for with the buttons below them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from shifts.publishing import Approval
from shifts.rules import Breach
from shifts.swaps import Act
from ui.look import Look
from ui.small_widgets import label, say

_ROWS = 4
"""Lines of text that reasons may take before they scroll."""


@dataclass(frozen=True, slots=True)
class Verb:
    """Something to sign for.

    Attributes:
        name: Of its word among `swap_do_…`.
        acts: What is done, in order.
        may: Whether somebody with this code may.
        worded: It needs a word for each hard breach.
    """

    name: str
    acts: tuple[Act, ...]
    may: Callable[[str], bool]
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """What was signed for, by whom."""

    verb: Verb
    code: str
    pin: str
    why: str
    approvals: tuple[Approval, ...]


class SignForm(QWidget):
    """A button for each verb; one can be pressed once whoever's code is typed may do it, and the PIN is there."""

    signed = Signal(object)
    """A `Signature`."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._names: Mapping[str, str] = {}
        self._busy = False
        self.reasons: list[tuple[Breach, QLineEdit]] = []
        self._told: list[QLabel] = []
        self._sheet = QVBoxLayout()
        self.verbs: list[tuple[Verb, QPushButton]] = []
        self.must, self.who = label("", wrap=True), label("muted", wrap=True)
        self._words = QScrollArea()
        self._words.setWidgetResizable(True)
        self._words.setFrameShape(QFrame.Shape.NoFrame)
        self.why, self.code, self.pin = QLineEdit(), QLineEdit(), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.problem = label("error", wrap=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for each in (self.must, self._words, self.why):
            rows.addWidget(each)
        both = QHBoxLayout()
        both.addWidget(self.code)
        both.addWidget(self.pin)
        rows.addLayout(both)
        rows.addWidget(self.who)
        rows.addWidget(self.problem)
        self._buttons = QGridLayout()
        self._buttons.setSpacing(4)
        rows.addLayout(self._buttons)
        self.problem.hide()
        for field in (self.code, self.pin):
            field.textChanged.connect(self._settle)
            field.returnPressed.connect(self.press)

    def ask(
        self,
        verbs: Sequence[Verb],
        hard: Sequence[Breach],
        *,
        code: str,
        names: Mapping[str, str],
    ) -> None:
        """Ask for a signature.

        Args:
            verbs: What can be signed for, the likeliest first.
            hard: What a lead gives a word for.
            code: Whose it most likely is; blank if nobody's.
            names: By code.
        """
        self._names, self._busy = names, False
        for _, button in self.verbs:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.verbs = [(verb, self._button(number, verb)) for number, verb in enumerate(verbs)]
        self._ask_words(hard if any(verb.worded for verb in verbs) else ())
        self.why.clear()
        self.code.setText(code)
        self.say("")
        self.retranslate()
        self.setVisible(bool(verbs))

    def say_reasons(self, sentences: Iterable[str]) -> None:
        """What the reasons are for, in the language in force."""
        for told, (_, field), sentence in zip(self._told, self.reasons, sentences, strict=False):
            told.setText(sentence)
            field.setAccessibleName(self._look.word("roster_reason_for", what=sentence))
        wanted = self._sheet.totalHeightForWidth(max(200, self.width() - 20)) if self.reasons else 0
        self._words.setFixedHeight(min(wanted + 4, 2 * _ROWS * self.fontMetrics().height()))

    def first_field(self) -> QLineEdit:
        """Where typing begins."""
        empty = [field for _, field in self.reasons if not field.text()]
        return empty[0] if empty else self.pin if self.code.text() else self.code

    def say(self, sentence: str) -> None:
        """What went wrong; the PIN is asked for again."""
        self._busy = False
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.forget()
        self._settle()

    def forget(self) -> None:
        """No PIN stays typed."""
        self.pin.clear()

    def retranslate(self) -> None:
        """Say everything again."""
        word = self._look.word
        for field, key in ((self.why, "swap_why"), (self.code, "swap_code"), (self.pin, "swap_pin")):
            field.setPlaceholderText(word(key))
            field.setAccessibleName(word(key))
        self.must.setText(word("swap_needs_words"))
        for verb, button in self.verbs:
            say(button, word(f"swap_do_{verb.name}"))
        for _, field in self.reasons:
            field.setPlaceholderText(word("roster_reason"))
        self._settle()

    @Slot()
    def press(self) -> None:
        """Sign for the likeliest thing; else go to what can be signed for, or where something lacks.

        What ends a swap is pressed on purpose: Enter after a PIN withdraws and refuses nothing.
        """
        able = [button for _, button in self.verbs if button.isEnabled()]
        if able and able[0] is self.verbs[0][1]:
            able[0].click()
        else:
            (able[0] if able else self.first_field()).setFocus()

    def _button(self, number: int, verb: Verb) -> QPushButton:
        button = QPushButton()
        if number == 0:
            button.setProperty("role", "main")
        button.clicked.connect(partial(self._sign, verb))
        self._buttons.addWidget(button, number // 2, number % 2)
        return button

    def _sign(self, verb: Verb, _checked: bool = False) -> None:  # noqa: FBT001 - Qt's argument
        code = self.code.text().strip()
        given = tuple((one, field.text().strip()) for one, field in self.reasons) if verb.worded else ()
        approvals = tuple(Approval(one.rule, one.finding, code, why) for one, why in given)
        why = self.why.text().strip() or "；".join(why for _, why in given)
        self._busy = True
        self.problem.hide()
        self.who.setText(self._look.word("swap_signing"))
        signature = Signature(verb, code, self.pin.text(), why, approvals)
        for _, button in self.verbs:
            button.setEnabled(False)
        self.signed.emit(signature)

    def _ask_words(self, hard: Sequence[Breach]) -> None:
        sheet = QWidget()
        sheet.setObjectName("plain")
        self._sheet = rows = QVBoxLayout(sheet)
        rows.setContentsMargins(0, 0, 4, 0)
        self.reasons, self._told = [], []
        for breach in hard:
            told, field = label("", wrap=True), QLineEdit()
            field.textChanged.connect(self._settle)
            field.returnPressed.connect(self.press)
            rows.addWidget(told)
            rows.addWidget(field)
            self.reasons.append((breach, field))
            self._told.append(told)
        self._words.setWidget(sheet)
        self._words.setVisible(bool(hard))
        self.must.setVisible(bool(hard))

    @Slot()
    def _settle(self) -> None:
        if self._busy:
            return
        code = self.code.text().strip()
        worded = all(field.text().strip() for _, field in self.reasons)
        for verb, button in self.verbs:
            button.setEnabled(bool(code and self.pin.text()) and verb.may(code) and (worded or not verb.worded))
        name = self._names.get(code, "")
        self.who.setText(self._look.word("swap_signs", who=name) if name else "")
        self.who.setVisible(bool(name))
