"""What a lead says of a roster to be begun: days, heads, shifts and rules, beside whom and what came before."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from shifts.model import NIGHT, Period, Shift
from shifts.problem_file import LONGEST
from shifts.stints import HOUR, minutes
from station.roster_terms import FOUR_WEEKS, HEADS, PLANS, QUARANTINE, Need, Terms, to_months_end
from station.roster_wall import WEEKDAYS
from station.roster_words import key
from station.rule_pack_file import SHIPPED, shipped_pack
from station.texts import SHIFTS, pick
from ui.choice import Choice
from ui.look import Look
from ui.roster.panel import Panel
from ui.roster.steps import Steps
from ui.small_widgets import label, say, scrolled

_SEATS = ("lead", "member", "recorder")


class _ShiftLine:
    """One shift's heads, and which of them must be somebody special."""

    def __init__(self, look: Look, shift: Shift, row: int, grid: QGridLayout) -> None:
        self._look, self.shift = look, shift
        self.title = label("")
        self.heads = QSpinBox()
        self.heads.setRange(0, 50)
        self.heads.setValue(HEADS.get(shift.code, HEADS[NIGHT]))
        self.steps = Steps(self.heads)
        self.seats = {name: QPushButton() for name in _SEATS}
        grid.addWidget(self.title, row, 0)
        grid.addWidget(self.steps, row, 1)
        for column, button in enumerate(self.seats.values(), 2):
            button.setCheckable(True)
            button.setChecked(True)
            grid.addWidget(button, row, column)

    @property
    def need(self) -> Need:
        """What is asked for."""
        lead, member, recorder = (button.isChecked() for button in self.seats.values())
        return Need(self.heads.value(), lead, member, recorder)

    def ask_member(self, *, known: bool) -> None:
        """Whether somebody of the quarantine unit can be asked for."""
        self.seats["member"].setEnabled(known)
        self.retranslate()  # a tick says it beside the colour

    def retranslate(self) -> None:
        word, name = self._look.word, self.name
        start = minutes(self.shift.start) // HOUR % 24
        end = (minutes(self.shift.start) + minutes(self.shift.length)) // HOUR % 24 or 24
        self.title.setText(f"{name} {start:02}–{end:02}")
        self.steps.name(word("roster_begin_heads", shift=name))
        for what, button in self.seats.items():
            asked = word(f"roster_begin_{what}")
            button.setText(f"✓ {asked}" if button.isChecked() and button.isEnabled() else asked)
            button.setAccessibleName(word("roster_begin_one", shift=name, what=word(f"roster_begin_{what}")))

    @property
    def name(self) -> str:
        """The shift's."""
        return pick(SHIFTS[self.shift.code], self._look.language)


class BeginForm(Panel):
    """Five short steps on one page."""

    changed = Signal()
    people_asked = Signal()
    history_asked = Signal()
    confirmed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.lines: dict[str, _ShiftLine] = {}
        self.title = label("heading")
        self._heads = {name: label("heading") for name in ("people", "history", "period", "needs", "rules")}
        self.people, self.history, self.as_before = label("", wrap=True), label("", wrap=True), label("", wrap=True)
        for told in (self.people, self.history, self.as_before):
            told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.people_button, self.history_button = QPushButton(), QPushButton()
        self.first = QDateEdit()
        self.first.setDisplayFormat("yyyy-MM-dd")
        self.first.setDateRange(QDate(2000, 1, 1), QDate(2150, 1, 1))
        self.days = QSpinBox()
        self.days.setRange(1, LONGEST)
        self._first_label, self._days_label, self.until = label(""), label(""), label("muted", wrap=True)
        self.first_steps, self.days_steps = Steps(self.first), Steps(self.days)
        self.month, self.weeks = QPushButton(), QPushButton()
        self.plan, self.rules = Choice(tuple(PLANS)), Choice(SHIPPED)
        self.unit = Choice(("",))  # no unit in particular
        self._unit_label = label("")
        self.load, self.problem = label("muted", wrap=True), label("error", wrap=True)
        self.hint = label("", wrap=True)
        self.confirm = QPushButton()
        self.confirm.setProperty("role", "main")
        self._needs = QWidget()
        self._grid = QGridLayout(self._needs)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._asked = QWidget()  # what is as before where the roster follows another
        for each in (self._needs, self._asked):
            each.setObjectName("plain")
        self._lay_out()
        self._connect()
        self._fill_plan()

    def _lay_out(self) -> None:
        left, right, asked = QVBoxLayout(), QVBoxLayout(), QVBoxLayout(self._asked)
        for head, told, button in (
            ("people", self.people, self.people_button),
            ("history", self.history, self.history_button),
        ):
            line = QHBoxLayout()
            line.addWidget(self._heads[head], 1)
            line.addWidget(button)
            left.addLayout(line)
            left.addWidget(told)
            left.addSpacing(8)
        left.addWidget(self._heads["period"])
        dates = QGridLayout()
        dates.addWidget(self._first_label, 0, 0)
        dates.addWidget(self.first_steps, 0, 1, 1, 2)
        dates.addWidget(self._days_label, 1, 0)
        dates.addWidget(self.days_steps, 1, 1, 1, 2)
        dates.addWidget(self.month, 2, 1)
        dates.addWidget(self.weeks, 2, 2)
        dates.setColumnStretch(1, 1)
        dates.setColumnStretch(2, 1)
        left.addLayout(dates)
        left.addWidget(self.until)
        left.addStretch(1)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.addWidget(self._heads["needs"])
        asked.addWidget(self.plan)
        asked.addWidget(self._needs)
        unit = QHBoxLayout()
        unit.addWidget(self._unit_label)
        unit.addWidget(self.unit, 1)
        asked.addLayout(unit)
        asked.addSpacing(8)
        asked.addWidget(self._heads["rules"])
        asked.addWidget(self.rules)
        for each in (self.as_before, self._asked, self.load):
            right.addWidget(each)
        right.addStretch(1)
        inner = QWidget()
        inner.setObjectName("plain")
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(32)
        columns.addLayout(left, 9)
        columns.addLayout(right, 11)
        buttons = QHBoxLayout()
        buttons.addWidget(self.hint, 1)
        for each in (self.back, self.confirm):
            buttons.addWidget(each)
        rows = QVBoxLayout(self)
        rows.addWidget(self.title)
        rows.addWidget(self.problem)
        rows.addWidget(scrolled(inner), 1)
        rows.addLayout(buttons)
        self.problem.hide()

    def _connect(self) -> None:
        self.people_button.clicked.connect(self.people_asked)
        self.history_button.clicked.connect(self.history_asked)
        self.confirm.clicked.connect(self.confirmed)
        self.first.dateChanged.connect(self._settle)
        self.days.valueChanged.connect(self._settle)
        self.month.clicked.connect(self._to_months_end)
        self.weeks.clicked.connect(self._four_weeks)
        self.plan.activated.connect(self._choose_plan)
        self.unit.activated.connect(self._settle)
        self.rules.activated.connect(self._settle)

    # --- what is said ------------------------------------------------------------------------------------------------

    @property
    def period(self) -> Period:
        """The days."""
        day = self.first.date()
        return Period(date(day.year(), day.month(), day.day()), self.days.value())

    @property
    def terms(self) -> Terms:
        """All of it."""
        needs = {code: line.need for code, line in self.lines.items()}
        return Terms(self.period, PLANS[self.plan.value], needs, self.unit.value, shipped_pack(self.rules.value))

    def propose(self, period: Period, before: Period | None) -> None:
        """Begin with these days; after another roster, only the days are asked for."""
        self.first.setDate(QDate(period.start.year, period.start.month, period.start.day))
        self.days.setValue(period.length)
        self._before = before
        self._asked.setVisible(before is None)
        self.as_before.setVisible(before is not None)
        self.say("")
        self.retranslate()

    def offer_units(self, units: Sequence[str]) -> None:
        """The units people belong to; the quarantine unit is known by its name."""
        offered = ("", *sorted(units))
        self.unit.offer(offered)
        if not self.unit.value:
            self.unit.choose(next((one for one in offered if QUARANTINE in key(one)), ""))
        self._name_units()
        self._settle()

    def show_facts(self, people: str, history: str, load: str, hint: str, *, ready: bool) -> None:
        """What came of it, and whether it can be begun."""
        facts: Mapping[object, str] = {self.people: people, self.history: history, self.load: load, self.hint: hint}
        for each, text in zip((self.people, self.history, self.load, self.hint), facts.values(), strict=True):
            each.setText(text)
        self.load.setVisible(bool(load))
        self.confirm.setEnabled(ready)

    def say(self, sentence: str) -> None:
        """What stands in the way of beginning."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        word = self._look.word
        self.title.setText(word("roster_begin_title" if self._before is None else "roster_begin_next_title"))
        for name, heading in self._heads.items():
            heading.setText(word(f"roster_begin_{name}"))
        self._first_label.setText(word("roster_begin_first"))
        self._days_label.setText(word("roster_begin_days"))
        self._unit_label.setText(word("roster_begin_unit"))
        self.first_steps.name(word("roster_begin_first"))
        self.days_steps.name(word("roster_begin_days"))
        if self._before is not None:
            told = {"first": self._before.start, "last": self._before.days[-1]}
            self.as_before.setText(word("roster_begin_as_before", **told))
        texts = {
            self.month: "roster_begin_month",
            self.weeks: "roster_begin_weeks",
            self.confirm: "roster_begin_now",
        }
        for button, what in texts.items():
            say(button, word(what))
        for button, head in ((self.people_button, "people"), (self.history_button, "history")):
            button.setText(word("roster_import_table"))
            button.setAccessibleName(f"{word('roster_import_table')} {word(f'roster_begin_{head}')}")
        self.plan.say(word("roster_begin_plan"), lambda name: word(f"roster_plan_{name}"))
        self.rules.say(word("roster_begin_rules"), lambda name: word(f"roster_rules_{name}"))
        self._name_units()
        for line in self.lines.values():
            line.retranslate()
        self._settle()

    # --- within ------------------------------------------------------------------------------------------------------

    _before: Period | None = None

    def _name_units(self) -> None:
        word = self._look.word
        self.unit.say(word("roster_begin_unit"), lambda unit: unit or word("roster_begin_no_unit"))

    @Slot()
    def _choose_plan(self) -> None:
        """Other lines; twelve hours come with rules that know them."""
        self._fill_plan()
        if self.terms.too_long:
            self.rules.choose("comprehensive")
        self.retranslate()

    def _fill_plan(self) -> None:
        while item := self._grid.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = {}
        for row, shift in enumerate(PLANS[self.plan.value].shifts):
            line = self.lines[shift.code] = _ShiftLine(self._look, shift, row, self._grid)
            line.heads.valueChanged.connect(self._settle)
            for button in line.seats.values():
                button.clicked.connect(self._settle)
        self._grid.setColumnStretch(1, 1)

    @Slot()
    def _to_months_end(self) -> None:
        self.days.setValue(to_months_end(self.period.start))

    @Slot()
    def _four_weeks(self) -> None:
        self.days.setValue(FOUR_WEEKS)

    @Slot()
    def _settle(self) -> None:
        """What is said must hold together: no more seats than heads."""
        known = bool(self.unit.value)
        for line in self.lines.values():
            line.ask_member(known=known)
            need = line.need
            line.heads.setMinimum(need.least - (need.member and not known))
        last = self.period.start + timedelta(days=self.period.length - 1)
        weekday = WEEKDAYS[self._look.language][last.weekday()]
        self.until.setText(self._look.word("roster_begin_until", last=last, weekday=weekday))
        self.changed.emit()
