"""Evidence entered by hand (人工录入), step by step: the name; on what, and the number; what it says; when sampled."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from scanner import id_number
from scanner.credentials import Health, HealthState, Holder, Test, TestResult
from scanner.values import RESIDENT_ID
from shifts.model import SHANGHAI
from station import texts
from station.desk import Desk
from station.evidence import Medium
from station.session import Session
from ui.gate import wording
from ui.gate.pads import DigitPad
from ui.gate.panel import Panel
from ui.gate.widgets import GAP, FittedLabel, Touch, show_only
from ui.look import Look

_WHOLE, _TAIL = 18, 4
_NAME, _WHO, _WHAT, _WHEN = range(4)
_TITLES = ("hand_name", "hand_who", "hand_what", "hand_when")
_LETTERS = "QWERTYUIOPASDFGHJKL·ZXCVBNM"
_DAYS = ("today", "yesterday", "day_before", "earlier")


@dataclass(frozen=True, slots=True)
class Entry:
    """What was chosen so far."""

    medium: Medium = Medium.PAPER
    number: str = ""
    health: HealthState | None = None
    result: TestResult | None = None
    days_ago: int = 0

    @property
    def tail(self) -> str | None:
        """The last four of the number; None while it is neither whole and right nor just those four."""
        if len(self.number) == _TAIL:
            return self.number
        return self.number[-_TAIL:] if self.whole else None

    @property
    def whole(self) -> str | None:
        """The whole ID number, if its check character fits."""
        return id_number.parse(self.number) if len(self.number) == _WHOLE else None


def sampled(days_ago: int, hour: int, now: datetime) -> datetime:
    """The beginning of that hour, some days ago in Asia/Shanghai: the oldest it can have been, since age decides."""
    day = now.astimezone(SHANGHAI).date() - timedelta(days=days_ago)
    return datetime.combine(day, time(hour), SHANGHAI)


class ByHandPanel(Panel):
    """A certificate on paper, or a code seen on a screen."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(look, desk)
        self.entry, self._step, self._hour = Entry(), _NAME, ""
        self._answered: set[str] = set()
        self.title = self.heading()
        self.steps = (self._called(), self._who(), self._what(), self._when())
        for step in self.steps:
            self.body.addWidget(step, 1)
        self.problem = FittedLabel(20)
        self.problem.setMinimumHeight(28)
        self.following = Touch(look, "next_step", role="main").tap(self.confirm)
        last = QHBoxLayout()
        last.addWidget(self.problem, 3)
        last.addWidget(self.following, 1)
        self.body.addLayout(last)
        self.refresh()

    # --- the steps ---------------------------------------------------------------------------------------------------

    def _called(self) -> QWidget:
        """The name: by an input method or, where there is no keyboard, in letters, as passports have it."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self.name = QLineEdit()
        self.name.setMaxLength(40)
        self.name.returnPressed.connect(self.confirm)
        self.name.textChanged.connect(self._clear_problem)
        column.addWidget(self.name)
        grid = QGridLayout()
        grid.setSpacing(GAP)
        self.letters = {text: Touch(self.look, role="key", text=text).tap(self.name.insert, text) for text in _LETTERS}
        for number, key in enumerate(self.letters.values()):
            grid.addWidget(key, number // 10, number % 10)
        self.space = Touch(self.look, "space").tap(self.name.insert, " ")
        self.delete = Touch(self.look, "delete").tap(self.name.backspace)
        grid.addWidget(self.space, 2, 7)
        grid.addWidget(self.delete, 2, 8, 1, 2)
        column.addLayout(grid, 1)
        return page

    def _who(self) -> QWidget:
        page = QWidget()
        line = QHBoxLayout(page)
        line.setContentsMargins(0, 0, 0, 0)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        self.media = {
            medium: Touch(self.look, str(medium)).tap(self._choose_medium, medium)
            for medium in (Medium.PAPER, Medium.SCREEN)
        }
        media = QHBoxLayout()
        for button in self.media.values():
            button.setCheckable(True)
            media.addWidget(button)
        self.rename = Touch(self.look).tap(self._go, _NAME)
        self.number_label = FittedLabel(20)
        self.number = FittedLabel(30, bold=True)
        left.addLayout(media, 2)
        for widget, height in ((self.rename, 2), (self.number_label, 1), (self.number, 2)):
            left.addWidget(widget, height)
        self.pad = DigitPad(self, "X")
        line.addLayout(left, 4)
        line.addWidget(self.pad, 3)
        return page

    def _what(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        self.health_label, self.test_label = FittedLabel(22, bold=True), FittedLabel(22, bold=True)
        self.states: dict[HealthState | None, Touch] = {
            state: Touch(self.look, str(state) if state else "unseen").tap(self._choose_health, state)
            for state in (*HealthState, None)
        }
        self.results: dict[TestResult | None, Touch] = {
            result: Touch(self.look, str(result) if result else "unseen").tap(self._choose_result, result)
            for result in (*TestResult, None)
        }
        for row, label, buttons in (
            (0, self.health_label, list(self.states.values())),
            (2, self.test_label, list(self.results.values())),
        ):
            grid.setRowMinimumHeight(row, 36)
            grid.addWidget(label, row, 0, 1, 4)
            for column, button in enumerate(buttons):
                button.setCheckable(True)
                grid.addWidget(button, row + 1, column)
                grid.setRowStretch(row + 1, 1)
        return page

    def _when(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setSpacing(GAP)
        self.days = {day: Touch(self.look, day).tap(self._choose_day, number) for number, day in enumerate(_DAYS)}
        for number, button in enumerate(self.days.values()):
            button.setCheckable(True)
            grid.addWidget(button, 0, number * 2, 1, 2)
        self.hours = [Touch(self.look, role="key", text=str(hour)).tap(self._choose_hour, hour) for hour in range(24)]
        for hour, button in enumerate(self.hours):
            grid.addWidget(button, 1 + hour // 8, hour % 8)
        return page

    # --- what a panel can do -----------------------------------------------------------------------------------------

    def reset(self) -> None:
        """Forget everybody."""
        self.entry, self._step, self._hour = Entry(), _NAME, ""
        self._answered.clear()
        self.name.clear()
        self.problem.say("")
        self.refresh()

    def open_for(self, occupant: int) -> None:
        """Begin with the name, which is known if a code named it."""
        super().open_for(occupant)
        view = self.view
        if view is not None and occupant < len(view.occupants):
            self.name.setText(view.occupants[occupant].name or "")
            self.entry = replace(self.entry, number=view.occupants[occupant].id_tail or "")
        self._go(_WHO if self.name.text() else _NAME)

    def leave(self) -> None:
        """One step back; from the first, back to the checklist."""
        if self._step > _WHO:
            self._go(self._step - 1)
        else:
            super().leave()

    def refresh(self) -> None:
        """Whose, which step, and what is chosen."""
        look, entry = self.look, self.entry
        who = wording.role(look, self.occupant)
        self.title.say(f"{look.word(_TITLES[self._step], who=who)} {self._hour}".rstrip())
        show_only(self.steps[self._step], self.steps)
        self.rename.say(self.name.text() or "–", f"{look.word('name')} {self.name.text()}")
        self.name.setAccessibleName(look.word("name"))
        self.number_label.say(self._number_says())
        self.number.say(entry.number or "–")
        self.health_label.say(look.word("item_health"))
        self.test_label.say(look.word("item_test"))
        for medium, button in self.media.items():
            button.setChecked(medium is entry.medium)
        for state, button in self.states.items():
            button.setChecked(state is entry.health)
        for result, button in self.results.items():
            button.setChecked(result is entry.result)
        for number, button in enumerate(self.days.values()):
            button.setChecked(number == entry.days_ago)
        for hour, button in enumerate(self.hours):
            button.setAccessibleName(look.word("hour", hour=hour))
            button.setEnabled(entry.days_ago > 0 or hour <= datetime.now(SHANGHAI).hour)
        self.following.setVisible(self._step < _WHEN)

    def typed(self, character: str) -> bool:
        """A character of the ID number, or of the hour, while it is asked for."""
        character = character.upper()
        if self._step == _WHEN and character.isdecimal():
            self._hour = (self._hour + character)[-2:]
            self.refresh()
            return True
        if self._step != _WHO or character not in "0123456789X" or len(self.entry.number) >= _WHOLE:
            return True
        self._clear_problem()
        self._change(number=self.entry.number + character)
        return True

    def erase(self) -> None:
        """Take its last character back."""
        self._hour = self._hour[:-1]
        if self._step == _WHO:
            self._change(number=self.entry.number[:-1])

    def confirm(self) -> None:
        """On to the next step, if this one is complete."""
        if self._step == _NAME:
            blank = not self.name.text().strip()
            self._go(_NAME if blank else _WHO)
            self.problem.say(texts.error("name_blank", {}, self.look.language) if blank else "")
        elif self._step == _WHO:
            problem = self._problem()
            self.problem.say(problem)
            if not problem:
                self._go(_WHAT)
        elif self._step == _WHEN:
            if self._hour and int(self._hour) < len(self.hours) and self.hours[int(self._hour)].isEnabled():
                self._choose_hour(int(self._hour))
        elif self._step == _WHAT:
            if self.entry.health is None and self.entry.result is None:
                self.problem.say(texts.error("manual_entry_empty", {}, self.look.language))
            elif self.entry.result is None:
                self._tell(None)
            else:
                self._go(_WHEN)

    # --- within ------------------------------------------------------------------------------------------------------

    def _problem(self) -> str:
        if self.entry.tail is not None:
            return ""
        if len(self.entry.number) == _WHOLE:
            return texts.error("id_number_invalid", {}, self.look.language)
        return self.look.word("id_short")

    def _number_says(self) -> str:
        return self.look.word("id_good" if self.entry.whole else "id_number")

    def _clear_problem(self) -> None:
        self.problem.say("")

    def _choose_medium(self, medium: Medium) -> None:
        self._change(medium=medium)

    def _choose_health(self, state: HealthState | None) -> None:
        self._answer("health", self.results[TestResult.NEGATIVE], health=state)

    def _choose_result(self, result: TestResult | None) -> None:
        self._answer("result", self.states[HealthState.GREEN], result=result)

    def _answer(self, question: str, other: Touch, **answer: object) -> None:
        """One of two answers; the focus goes to the other question, and with both the step is done."""
        self._clear_problem()
        self._change(**answer)
        self._answered.add(question)
        if len(self._answered) == 2:
            self.confirm()
        else:
            other.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose_day(self, number: int) -> None:
        self._change(days_ago=number)

    def _choose_hour(self, hour: int) -> None:
        now = datetime.now(SHANGHAI)
        self._tell(sampled(self.entry.days_ago, hour, now))

    def _change(self, **fields: object) -> None:
        self.entry = replace(self.entry, **fields)  # type: ignore[arg-type]  # fields of Entry, named above
        self.refresh()

    def _go(self, step: int) -> None:
        self._step, self._hour = step, ""
        self._answered.clear()
        self.problem.say("")
        self.refresh()
        first: tuple[QWidget, ...] = (self.name, self, self.states[HealthState.GREEN], self.days["today"])
        first[step].setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self, at: datetime | None) -> None:
        entry = self.entry
        if entry.whole is not None:
            self.desk.do(Session.enter_id, self.occupant, entry.whole)
        holder = Holder(self.name.text().strip(), RESIDENT_ID, entry.tail)
        self.desk.do(
            Session.enter_by_hand,
            self.occupant,
            holder,
            entry.medium,
            health=None if entry.health is None else Health(entry.health),
            test=None if entry.result is None or at is None else Test(at, entry.result),
        )
        self.entered.emit(set(), set())
