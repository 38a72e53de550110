"""Evidence entered by hand (人工录入), in three steps: on what and whose; what it says; when it was sampled."""

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
        self.entry, self._step = Entry(), 0
        self.title = self.heading()
        self.steps = (self._who(), self._what(), self._when())
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

    # --- the three steps ---------------------------------------------------------------------------------------------

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
        self.name = QLineEdit()
        self.name.setMaxLength(40)
        self.name.returnPressed.connect(self.confirm)
        self.name.textChanged.connect(self._clear_problem)
        self.name_label, self.number_label = FittedLabel(20), FittedLabel(20)
        self.number = FittedLabel(30, bold=True)
        left.addLayout(media, 2)
        for widget, height in ((self.name_label, 1), (self.name, 2), (self.number_label, 1), (self.number, 2)):
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
        self.entry, self._step = Entry(), 0
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
            self.refresh()
        if not self.name.text():
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """One step back; from the first, back to the checklist."""
        if self._step:
            self._go(self._step - 1)
        else:
            super().leave()

    def refresh(self) -> None:
        """Whose, which step, and what is chosen."""
        look, entry = self.look, self.entry
        who = wording.role(look, self.occupant)
        self.title.say(look.word(("hand_who", "hand_what", "hand_when")[self._step], who=who))
        show_only(self.steps[self._step], self.steps)
        self.name_label.say(look.word("name"))
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
        self.following.setVisible(self._step < 2)

    def typed(self, character: str) -> bool:
        """A character of the ID number, while it is asked for."""
        character = character.upper()
        if self._step or character not in "0123456789X" or len(self.entry.number) >= _WHOLE:
            return True
        self._clear_problem()
        self._change(number=self.entry.number + character)
        return True

    def erase(self) -> None:
        """Take its last character back."""
        if not self._step:
            self._change(number=self.entry.number[:-1])

    def confirm(self) -> None:
        """On to the next step, if this one is complete."""
        if self._step == 0:
            problem = self._problem()
            self.problem.say(problem)
            if not problem:
                self._go(1)
        elif self._step == 1:
            if self.entry.health is None and self.entry.result is None:
                self.problem.say(texts.error("manual_entry_empty", {}, self.look.language))
            elif self.entry.result is None:
                self._tell(None)
            else:
                self._go(2)

    # --- within ------------------------------------------------------------------------------------------------------

    def _problem(self) -> str:
        if not self.name.text().strip():
            return texts.error("name_blank", {}, self.look.language)
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
        self._clear_problem()
        self._change(health=state)

    def _choose_result(self, result: TestResult | None) -> None:
        self._clear_problem()
        self._change(result=result)

    def _choose_day(self, number: int) -> None:
        self._change(days_ago=number)

    def _choose_hour(self, hour: int) -> None:
        now = datetime.now(SHANGHAI)
        self._tell(sampled(self.entry.days_ago, hour, now))

    def _change(self, **fields: object) -> None:
        self.entry = replace(self.entry, **fields)  # type: ignore[arg-type]  # fields of Entry, named above
        self.refresh()

    def _go(self, step: int) -> None:
        self._step = step
        self.problem.say("")
        self.setFocus()
        self.refresh()

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
        self._step = 0
        self.leave()
