"""Deciding about the passage selected: one button a kind, then a short form in the same place. No box pops up."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from station.access import NOBODY, Action, Actor
from station.decisions import Decision
from station.verdict import Outcome
from ui.log.queries import Order
from ui.look import Look
from ui.small_widgets import say
from ui.theme import TOUCH_MM, VERDICTS, millimetres

_KINDS = tuple(Decision)


class DecisionForm(QWidget):
    """Buttons; after one of them the codes, PINs and the reason its decision needs."""

    ordered = Signal(object)
    """An `Order` to carry out."""
    whole_wanted = Signal()
    """Show the passage unmasked, or mask it again."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._kind: Decision | None = None
        self._user = NOBODY
        self._release = False
        self._whole = False
        touch = millimetres(self, TOUCH_MM)

        self.choices = {kind: QPushButton() for kind in _KINDS}
        self.whole = QPushButton()
        self._buttons = _three_a_row((*self.choices.values(), self.whole), touch)
        for kind, button in self.choices.items():
            button.clicked.connect(partial(self._open, kind))
        self.whole.clicked.connect(self.whole_wanted)

        self.officer, self.officer_pin = QLineEdit(), _pin_edit()
        self.lead, self.lead_pin = QLineEdit(), _pin_edit()
        self.text = QLineEdit()
        self.text.setMaxLength(200)
        self.confirm, self.cancel = QPushButton(), QPushButton()
        self.confirm.setProperty("role", "main")
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self._title = QLabel()
        self._title.setStyleSheet("font-weight: bold")
        self._form = _sheet(
            (
                (self._title,),
                (self.officer, self.officer_pin),
                (self.lead, self.lead_pin),
                (self.text,),
                (self.problem,),
                (self.cancel, self.confirm),
            )
        )
        for edit in self._edits:
            edit.setMinimumHeight(touch // 2)
            edit.returnPressed.connect(self._next)
        for button in (self.cancel, self.confirm):
            button.setMinimumHeight(touch)
        self.cancel.clicked.connect(self.leave)
        self.confirm.clicked.connect(self._order)

        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._buttons)
        rows.addWidget(self._form)
        self.leave()
        self.retranslate()

    @property
    def _edits(self) -> tuple[QLineEdit, ...]:
        return self.officer, self.officer_pin, self.lead, self.lead_pin, self.text

    @property
    def is_open(self) -> bool:
        """Whether a decision is being written."""
        return self._kind is not None

    def set_user(self, user: Actor) -> None:
        """Whose code the form begins with, and what they are offered."""
        self._user = user
        self._offer()

    def offer(self, *, release: bool, whole: bool) -> None:
        """Which buttons fit the passage: `release` for an undecided review; `whole`: it is shown unmasked."""
        self._release, self._whole = release, whole
        self._offer()

    def _offer(self) -> None:
        for kind, button in self.choices.items():
            button.setEnabled(self._user.may(Action.CHECK) and (self._release or kind is not Decision.RELEASE))
        self.whole.setEnabled(self._user.may(Action.UNMASK))
        self.retranslate()

    @Slot()
    def leave(self) -> None:
        """Back to the buttons; what was typed is forgotten."""
        kind, self._kind = self._kind, None
        for edit in self._edits:
            edit.clear()
        self.set_busy(busy=False)
        self.problem.hide()
        self._form.hide()
        self._buttons.show()
        if kind is not None and self.isVisible():
            self.choices[kind].setFocus()

    def fail(self, sentence: str) -> None:
        """Say why nothing was kept; the PINs are to be typed again."""
        colours = VERDICTS[Outcome.REFUSE]
        self.set_busy(busy=False)
        self.problem.setText(sentence)
        self.problem.setStyleSheet(
            f"background: {colours.ground}; color: {colours.text}; border-radius: 6px; padding: 6px"
        )
        self.problem.show()
        self.officer_pin.clear()
        self.lead_pin.clear()
        self.officer_pin.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """While PINs are checked, nothing can be sent twice."""
        self.confirm.setEnabled(not busy)
        if busy:
            self.problem.setStyleSheet("")
            self.problem.setText(self._look.word("log_deciding"))
            self.problem.show()

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        word = self._look.word
        for kind, button in self.choices.items():
            say(button, word(f"log_do_{kind}"))
        release = self.choices[Decision.RELEASE]
        release.setToolTip("" if self._release else word("log_release_only_review"))
        self.whole.setToolTip("" if self.whole.isEnabled() else word("log_whole_not_yours"))
        say(self.whole, word("log_hide" if self._whole else "log_show_whole"))
        say(self.cancel, word("cancel"))
        for edit, key in (
            (self.officer, "log_officer_code"),
            (self.officer_pin, "log_officer_pin"),
            (self.lead, "log_lead_code"),
            (self.lead_pin, "log_lead_pin"),
            (self.text, "log_right_plate" if self._kind is Decision.CORRECTION else "log_reason"),
        ):
            edit.setPlaceholderText(word(key))
            edit.setAccessibleName(word(key))
        if self._kind is not None:
            say(self.confirm, word(f"log_do_{self._kind}"))
            self._title.setText(word(f"log_do_{self._kind}"))

    def _open(self, kind: Decision) -> None:
        self._kind = kind
        self.retranslate()
        release = kind is Decision.RELEASE
        self.lead.setVisible(release)
        self.lead_pin.setVisible(release)
        self._buttons.hide()
        self._form.show()
        if self._user.code:
            self.officer.setText(self._user.code)
        (self.officer_pin if self._user.code else self.officer).setFocus()

    @Slot()
    def _next(self) -> None:
        """Enter goes to the next blank, and from the last one sends."""
        blank = next((edit for edit in self._edits if edit.isVisible() and not edit.text().strip()), None)
        optional = self._kind not in {Decision.RELEASE, Decision.CORRECTION}
        if blank is None or (blank is self.text and optional and self.text.hasFocus()):
            self._order()
        else:
            blank.setFocus()

    @Slot()
    def _order(self) -> None:
        if self._kind is not None and self.confirm.isEnabled():
            officer = (self.officer.text().strip(), self.officer_pin.text())
            lead = (self.lead.text().strip(), self.lead_pin.text())
            self.set_busy(busy=True)
            self.ordered.emit(Order(self._kind, officer, lead, self.text.text()))


def _three_a_row(buttons: Sequence[QPushButton], height: int) -> QWidget:
    """Buttons for gloved hands."""
    box = QWidget()
    box.setObjectName("plain")
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    for place, button in enumerate(buttons):
        button.setMinimumHeight(height)
        grid.addWidget(button, place // 3, place % 3)
        grid.setColumnStretch(place % 3, 1)
    return box


def _sheet(rows: Sequence[Sequence[QWidget]]) -> QWidget:
    """Rows of two halves, or of one that takes the whole width."""
    box = QWidget()
    box.setObjectName("plain")
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    for line, row in enumerate(rows):
        for column, widget in enumerate(row):
            grid.addWidget(widget, line, column, 1, 3 - len(row))
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return box


def _pin_edit() -> QLineEdit:
    edit = QLineEdit()
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setMaxLength(12)
    return edit
