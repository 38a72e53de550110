"""Sign in, change officers, sign out, unlock: code and PIN. The check in hand stays as it is."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt, Signal, Slot
from PySide6.QtGui import QRegularExpressionValidator, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from db.errors import DatabaseError
from db.pins import MOST
from station import texts
from station.access import AccessError
from station.desk import Desk
from station.session import Session
from station.view import Health
from ui.look import Look
from ui.sign_in.pin_pad import PinPad
from ui.small_widgets import Elided, label, say, touchable

MOST_CHIPS = 3


class SignInPage(QWidget):
    """Code and PIN, on pad and keyboard. Emits `done` once somebody signed in, or when it is left."""

    done = Signal()
    _answered = Signal(object)

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__()
        self._look, self._desk = look, desk
        self._health: Health | None = None
        self._names: Mapping[str, str] = {}
        self._said: tuple[str, Mapping[str, object]] | None = None
        self.title, self.hint, self.now = label("title"), label("muted", wrap=True), Elided()
        self.code_label, self.pin_label, self.present = label("small"), label("small"), label("small")
        self.error = label("error", wrap=True)
        self.code, self.pin = QLineEdit(maxLength=16), QLineEdit(maxLength=MOST)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self.pin))
        self.pad = PinPad(look)
        self.enter, self.leave, self.back = (touchable(QPushButton()) for _ in range(3))
        self.enter.setProperty("role", "main")
        self.chips = [touchable(QPushButton()) for _ in range(MOST_CHIPS)]
        self._field = self.code
        self.setFocusProxy(self.code)
        self._lay_out()
        self._connect()
        look.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        fields = QVBoxLayout()
        fields.setSpacing(8)
        for widget in (self.title, self.hint, self.now, self.code_label, self.code, self.pin_label, self.pin):
            fields.addWidget(widget)
        fields.addWidget(self.error)
        fields.addStretch()
        chips = QHBoxLayout()
        chips.setSpacing(8)
        chips.addWidget(self.present)
        for chip in self.chips:
            chips.addWidget(chip)
        chips.addStretch()
        fields.addLayout(chips)
        card = QFrame()
        card.setProperty("role", "card")
        inner = QGridLayout(card)
        inner.setContentsMargins(24, 20, 24, 20)
        inner.setHorizontalSpacing(28)
        inner.setVerticalSpacing(14)
        inner.addLayout(fields, 0, 0)
        inner.addWidget(self.pad, 0, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.back)
        buttons.addWidget(self.leave)
        buttons.addStretch()
        inner.addLayout(buttons, 1, 0)
        inner.addWidget(self.enter, 1, 1)
        inner.setColumnStretch(0, 3)
        inner.setColumnStretch(1, 2)
        around = QGridLayout(self)
        around.setContentsMargins(12, 12, 12, 12)
        around.addWidget(card, 1, 1)
        for edge in (0, 2):
            around.setRowStretch(edge, 1)
            around.setColumnStretch(edge, 1)
        around.setRowStretch(1, 4)
        around.setColumnStretch(1, 10)

    def _connect(self) -> None:
        for field in (self.code, self.pin):
            field.installEventFilter(self)
        self.code.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self.submit)
        self.enter.clicked.connect(self.submit)
        self.leave.clicked.connect(self._sign_out)
        self.back.clicked.connect(self._go_back)
        self.pad.digit.connect(self._type)
        self.pad.cleared.connect(self._clear)
        self.pad.deleted.connect(self._delete)
        for chip in self.chips:
            chip.clicked.connect(self._take_chip)
        self._answered.connect(self._answer)

    # --- what it is told ---------------------------------------------------------------------------------------------

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """Who has the desk, whether it is locked, and who else is on duty."""
        self._health = health
        self.retranslate()

    @property
    def _locked(self) -> bool:
        return self._health is not None and self._health.locked

    @Slot(object)
    def show_names(self, names: Mapping[str, str]) -> None:
        """Who the codes are."""
        self._names = names
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        word, health = self._look.word, self._health
        for widget, key in (
            (self.title, "sign_in_locked" if self._locked else "sign_in_title"),
            (self.hint, "sign_in_locked_hint" if self._locked else "sign_in_hint"),
            (self.code_label, "sign_in_code"),
            (self.pin_label, "sign_in_pin"),
            (self.present, "sign_in_present"),
            (self.leave, "sign_in_leave"),
            (self.back, "back"),
            (self.enter, "sign_in_unlock" if self._locked else "sign_in_do"),
        ):
            say(widget, word(key))
        self.code.setAccessibleName(word("sign_in_code"))
        self.pin.setAccessibleName(word("sign_in_pin"))
        user = (health.user.code or health.officer) if health else None
        self.now.setVisible(user is not None)
        self.leave.setVisible(user is not None and not self._locked)
        self.back.setVisible(not self._locked)
        self.now.show_text(word("sign_in_now", name=self._name(user)) if user else "")
        others = [code for code in (health.on_duty if health else ()) if code != user][:MOST_CHIPS]
        self.present.setVisible(bool(others))
        for index, chip in enumerate(self.chips):
            chip.setVisible(index < len(others))
            if index < len(others):
                chip.setText(self._name(others[index]))
                chip.setAccessibleName(f"{word('sign_in_present')} {self._name(others[index])}")
                chip.setProperty("code", others[index])
        self._show_said()

    def _name(self, code: str) -> str:
        return self._names.get(code, code)

    def _say(self, code: str | None, params: Mapping[str, object] | None = None) -> None:
        self._said = None if code is None else (code, params or {})
        self._show_said()

    def _show_said(self) -> None:
        text = ""
        if self._said is not None:
            code, params = self._said
            known = code.startswith("sign_in_")
            text = self._look.word(code, **params) if known else texts.error(code, params, self._look.language)
        self.error.setText(text)
        self.error.setVisible(bool(text))

    # --- what the officer does ---------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 -- Qt's name
        """Begin with nothing: no PIN is left from before."""
        super().showEvent(event)
        self.start_over()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        """The pad types into the field that was touched last."""
        if event.type() is QEvent.Type.FocusIn and watched in {self.code, self.pin}:
            self._field = self.code if watched is self.code else self.pin
        return super().eventFilter(watched, event)

    @Slot()
    def submit(self) -> None:
        """Sign in with what was entered."""
        code, pin = self.code.text().strip(), self.pin.text()
        if not code:
            self._say("sign_in_code_blank")
            self.code.setFocus()
        elif not pin:
            self._say("sign_in_pin_blank")
            self.pin.setFocus()
        elif self.enter.isEnabled():
            self._busy(busy=True)
            self._desk.do(_sign_in, code, pin, self._answered.emit)
            self.pin.clear()

    @Slot(object)
    def _answer(self, error: AccessError | DatabaseError | None) -> None:
        self._busy(busy=False)
        if error is None:
            self.start_over()
            self.done.emit()
        else:
            self._say(error.code, error.params)
            self.pin.setFocus()

    def _busy(self, *, busy: bool) -> None:
        self.enter.setEnabled(not busy)
        self.enter.setText(self._look.word("sign_in_checking") if busy else self.enter.accessibleName())
        if busy:
            self._say(None)

    def start_over(self) -> None:
        """Begin anew; to unlock it, the PIN is all that is wanted."""
        self.code.clear()
        self.pin.clear()
        self._say(None)
        self._field = self.code
        if self._health is not None and self._locked and self._health.user.code is not None:
            self.code.setText(self._health.user.code)
            self._field = self.pin
        self._field.setFocus()

    @Slot()
    def _sign_out(self) -> None:
        self._desk.do(Session.sign_out)
        self.start_over()

    @Slot()
    def _go_back(self) -> None:
        self.start_over()
        self.done.emit()

    @Slot()
    def _take_chip(self) -> None:
        self.code.setText(self.sender().property("code"))
        self.pin.setFocus()

    @Slot(str)
    def _type(self, digit: str) -> None:
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.insert(digit)

    @Slot()
    def _clear(self) -> None:
        self._field.clear()

    @Slot()
    def _delete(self) -> None:
        self._field.backspace()


def _sign_in(session: Session, code: str, pin: str, answer: Callable[[object], None]) -> None:
    try:
        session.sign_in(code, pin)
    except (AccessError, DatabaseError) as error:
        answer(error)
    else:
        answer(None)
