"""Release or turn back: first why, then who signs for it, each with code and PIN. Nothing typed here outlives it."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db import people
from station import texts
from station.access import Role
from station.desk import Desk
from station.session import Session, Told
from ui.gate import wording
from ui.gate.panel import Panel
from ui.gate.style import alarm_sheet
from ui.gate.widgets import GAP, FittedLabel, Touch, show_only
from ui.look import Look

RELEASE = ("release_id_checked", "release_paper_checked", "release_online_checked", "release_office")
TURN_BACK = ("turn_back_refused", "turn_back_incomplete", "turn_back_ill", "turn_back_order")
KEYS = "1234567890QWERTYUIOPASDFGHJKL-ZXCVBNM"
LONGEST = 12
"""Characters of a code or a PIN."""
_BUSY = "sign_busy"
_BY_TAB = Qt.FocusReason.TabFocusReason


class Kind(StrEnum):
    """What is decided; also its label's key."""

    RELEASE = "release"
    TURN_BACK = "turn_back"


_FIELDS = {
    Kind.RELEASE: ("officer_code", "officer_pin", "lead_code", "lead_pin"),
    Kind.TURN_BACK: ("officer_code", "officer_pin"),
}
_REASONS = {Kind.RELEASE: RELEASE, Kind.TURN_BACK: TURN_BACK}


class DecidePanel(Panel):
    """Covers the verdict while it is used; `closed` when it is left."""

    closed = Signal()
    _signers = Signal(str, str)
    _ended = Signal(bool)
    """The desk is done with what was signed: whether it took it."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(look, desk)
        self.kind, self._reason, self._field = Kind.RELEASE, "", "officer_code"
        self._busy = False
        self._said: Told | str | None = None
        self.values: dict[str, str] = {}
        self._filled_in: set[str] = set()
        self.title = self.heading()
        self.about = FittedLabel(24)
        self.about.setMinimumHeight(36)
        self.body.addWidget(self.about)
        self.why, self.sign = QWidget(), QWidget()
        why = QGridLayout(self.why)
        why.setSpacing(GAP)
        self.reasons = {key: Touch(look, key, role="answer").tap(self.choose, key) for key in (*RELEASE, *TURN_BACK)}
        for number, button in enumerate(self.reasons.values()):
            why.addWidget(button, number // 2, number % 2)
        self._lay_out_signing()
        self.body.addWidget(self.why, 1)
        self.body.addWidget(self.sign, 1)
        self.problem, self.problem_box = FittedLabel(24, bold=True), QFrame()
        self.problem_box.setMinimumHeight(44)
        inset = QHBoxLayout(self.problem_box)
        inset.setContentsMargins(12, 2, 12, 2)
        inset.addWidget(self.problem)
        self.body.addWidget(self.problem_box)
        self._signers.connect(self._fill_in)
        self._ended.connect(self._take_answer)
        self.refresh()

    def _lay_out_signing(self) -> None:
        line = QHBoxLayout(self.sign)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP * 2)
        left = QVBoxLayout()
        self.fields = {key: Touch(self.look).tap(self._move_to, key) for key in _FIELDS[Kind.RELEASE]}
        for button in self.fields.values():
            button.setCheckable(True)
            left.addWidget(button)
        self.ok = Touch(self.look, "ok", role="main").tap(self.confirm)
        self.delete = Touch(self.look, "delete").tap(self.erase)
        pad = QGridLayout()
        pad.setSpacing(GAP)
        self.keys = {text: Touch(self.look, role="key", text=text).tap(self.typed, text) for text in KEYS}
        for number, key in enumerate(self.keys.values()):
            pad.addWidget(key, number // 10, number % 10)
        pad.addWidget(self.delete, 3, 7, 1, 3)
        pad.addWidget(self.ok, 4, 0, 1, 10)
        line.addLayout(left, 1)
        line.addLayout(pad, 3)

    def begin(self, kind: Kind) -> None:
        """A decision of this kind, from its reason on."""
        self.reset()
        self.kind = kind
        self.desk.do(_tell_signers, self._signers.emit)
        self._go_on()
        next(button for key, button in self.reasons.items() if key in _REASONS[kind]).setFocus(_BY_TAB)

    def reset(self) -> None:
        """Forget reason, codes and PINs."""
        self._reason, self._field, self.values = "", "officer_code", {}
        self._busy, self._said = False, None
        self._filled_in.clear()
        self.refresh()

    def leave(self) -> None:
        """From signing back to the reason, from there back to the verdict."""
        if self._reason:
            self.begin(self.kind)
        else:
            self.reset()
            self.closed.emit()

    def _go_on(self) -> None:
        """Somebody is at it: the verdict under it must not give way meanwhile."""
        self.desk.do(Session.stay)
        self.refresh()

    def refresh(self) -> None:
        """The question, or the fields; PINs as dots."""
        look, word = self.look, self.look.word
        signing = bool(self._reason)
        if signing:
            self.title.say(word("sign_title", decision=word(self.kind), reason=word(self._reason)))
        else:
            self.title.say(word(f"{self.kind}_title"))
        known = (wording.vehicle(look, self.view), wording.main_reason(look, self.view)) if self.view else ()
        self.about.say("　".join(filter(None, known)))
        self.problem.say(self._sentence())
        self._alarm(bool(self.problem.text()) and self._said != _BUSY)
        show_only(self.sign if signing else self.why, (self.why, self.sign))
        for key, button in self.reasons.items():
            button.setVisible(key in _REASONS[self.kind])
        for key, button in self.fields.items():
            button.setVisible(key in _FIELDS[self.kind])
            button.setChecked(key == self._field)
            typed = self.values.get(key, "")
            shown = "●" * len(typed) if key.endswith("pin") else typed
            button.say(f"{word(key)}\n{shown or '–'}", word(key))
        for character, button in self.keys.items():
            button.setEnabled(character.isdecimal() or not self._field.endswith("pin"))
        self.ok.say(look.word("ok" if self._field == _FIELDS[self.kind][-1] else "next_step"))

    def tell(self, said: Told | str | None) -> None:
        """What went wrong, or a key of the words; None to take it away. It leaves what is typed alone."""
        self._said = said
        self.refresh()

    def _alarm(self, wrong: bool) -> None:  # noqa: FBT001 -- the only thing it is told
        worn = alarm_sheet() if wrong else ""
        if worn != self.problem_box.styleSheet():
            self.problem_box.setStyleSheet(worn)

    def _sentence(self) -> str:
        if isinstance(self._said, Told):
            return texts.error(self._said.code, self._said.params, self.look.language)
        return self.look.word(self._said) if self._said else ""

    def typed(self, character: str) -> bool:
        """A character of the field in hand."""
        character = character.upper()
        if not self._reason or character not in self.keys:
            return False
        if self._busy:
            return True
        before = "" if self._field in self._filled_in else self.values.get(self._field, "")
        if len(before) < LONGEST and (character.isdecimal() or not self._field.endswith("pin")):
            self.values[self._field] = before + character
            self._filled_in.discard(self._field)
        self._said = None
        self._go_on()
        return True

    def erase(self) -> None:
        """Take its last character back."""
        if self._busy:
            return
        self.values[self._field] = self.values.get(self._field, "")[:-1]
        self._go_on()

    def choose(self, reason: str) -> None:
        """This is why."""
        self._reason = reason
        self._field = self._first_empty() or "officer_pin"
        self.setFocus()
        self._go_on()

    def confirm(self) -> None:
        """On to the next field; after the last, say it."""
        if self._busy or not self._reason or not self.values.get(self._field):
            return
        if empty := self._first_empty():
            self._move_to(empty)
            return
        officer, reason = (self.values["officer_code"], self.values["officer_pin"]), self.look.word(self._reason)
        if self.kind is Kind.RELEASE:
            lead = self.values["lead_code"], self.values["lead_pin"]
            step = partial(Session.release, officer=officer, lead=lead, reason=reason)
        else:
            step = partial(Session.turn_back, officer=officer, reason=reason)
        self._busy = True
        self.desk.do(_sign, step, self._ended.emit)
        self.tell(_BUSY)

    @Slot(bool)
    def _take_answer(self, taken: bool) -> None:  # noqa: FBT001 -- as the signal carries it
        """Refused: the PINs are asked for again. Taken: busy until the view says so, or it could be signed twice."""
        if self._busy and not taken:
            self._busy = False
            self._drop_pins()
            self.tell(None)

    def _drop_pins(self) -> None:
        self.values = {key: value for key, value in self.values.items() if not key.endswith("pin")}
        self._field = self._first_empty() or self._field

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 -- Qt's name
        """Turned away from: no PIN stays typed."""
        super().hideEvent(event)
        self._drop_pins()
        self.refresh()

    def _first_empty(self) -> str | None:
        return next((key for key in _FIELDS[self.kind] if not self.values.get(key)), None)

    def _move_to(self, field: str) -> None:
        self._field = field
        self._go_on()

    @Slot(str, str)
    def _fill_in(self, officer: str, lead: str) -> None:
        """Who most likely signs, where nobody has typed a code yet; another code typed there replaces it."""
        for key, code in (("officer_code", officer), ("lead_code", lead)):
            if code and not self.values.get(key):
                self.values[key] = code
                self._filled_in.add(key)
        if self._field == "officer_code" and self.values.get("officer_code"):
            self._field = self._first_empty() or self._field
        self.refresh()


def _sign(session: Session, step: Callable[[Session], None], tell: Callable[[bool], None]) -> None:
    """Take the step; what it raises is told by the desk."""
    taken = False
    try:
        step(session)
        taken = True
    finally:
        tell(taken)


def _tell_signers(session: Session, tell: Callable[[str, str], None]) -> None:
    """The officer at the desk, and the lead where there is but one; blank where that is not certain."""
    database, officer = session.gate.database, session.gate.officer
    everyone = people.everyone(database) if database is not None else []
    leads = [person.code for person in everyone if person.active and person.role == Role.LEAD]
    tell(officer or "", leads[0] if len(leads) == 1 else "")
