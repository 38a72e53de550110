"""The page's door: an auditor or a lead says who they are before they see anything."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.look import Look
from ui.small_widgets import label

Told = Callable[[], str]
"""Says a sentence in the language in force."""
_WIDTH = 26
"""Characters that fit into a line of the card."""


class Door(QWidget):
    """Code and PIN, in the middle of the page."""

    knocked = Signal(str, str)
    """A code and a PIN."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._wrong: Told | None = None
        self.title, self.hint = label("heading"), label("muted", wrap=True)
        self.code, self.pin = QLineEdit(), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(12)
        self.problem = label("error", wrap=True)
        self.enter = QPushButton()
        self.enter.setProperty("role", "main")
        self.card = QFrame()
        self.card.setProperty("role", "card")
        fields = QHBoxLayout()
        fields.addWidget(self.code)
        fields.addWidget(self.pin)
        rows = QVBoxLayout(self.card)
        rows.setContentsMargins(20, 16, 20, 16)
        rows.setSpacing(10)
        rows.addWidget(self.title)
        rows.addWidget(self.hint)
        rows.addLayout(fields)
        rows.addWidget(self.problem)
        rows.addWidget(self.enter)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(self.card)
        middle.addStretch()
        around = QVBoxLayout(self)
        around.addStretch(1)
        around.addLayout(middle)
        around.addStretch(2)
        self.problem.hide()
        self.enter.clicked.connect(self.knock)
        for field in (self.code, self.pin):
            field.returnPressed.connect(self.knock)

    @Slot()
    def knock(self) -> None:
        """Ask to be let in, if both are there."""
        if not self.code.text().strip():
            self.code.setFocus()
        elif not self.pin.text():
            self.pin.setFocus()
        elif self.enter.isEnabled():
            self.enter.setEnabled(False)
            self.enter.setText(self._look.word("audit_checking"))
            self.say()
            self.knocked.emit(self.code.text().strip(), self.pin.text())

    def forget(self) -> None:
        """Nobody is there any more: nothing stays typed."""
        self.code.clear()
        self.settle()

    def settle(self, told: Told | None = None) -> None:
        """Answered; a refusal says why, and asks for the PIN again."""
        self.pin.clear()
        self.enter.setEnabled(True)
        self.say(told)
        self.retranslate()
        if told is not None:
            self.pin.setFocus()

    def say(self, told: Told | None = None) -> None:
        """What went wrong, or nothing any more."""
        self._wrong = told
        self.problem.setText(told() if told is not None else "")
        self.problem.setVisible(told is not None)

    def retranslate(self) -> None:
        """Say everything again."""
        word = self._look.word
        self.title.setText(word("audit_door"))
        self.hint.setText(word("audit_door_hint"))
        for field, key in ((self.code, "audit_code"), (self.pin, "audit_pin")):
            field.setPlaceholderText(word(key))
            field.setAccessibleName(word(key))
        if self.enter.isEnabled():
            self.enter.setText(word("audit_enter"))
        self.enter.setAccessibleName(word("audit_enter"))
        self.say(self._wrong)
        self.card.setFixedWidth(_WIDTH * self.hint.fontMetrics().horizontalAdvance("国"))
