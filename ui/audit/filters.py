"""What is asked for, above the figures: time, verdict, shift, officer. Every choice applies at once."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from db.passages import Filters
from shifts.model import SHANGHAI, ShiftPlan
from station import figures_words, texts
from station.verdict import Outcome
from ui.log.filters import Choice
from ui.look import Look

TODAY, WEEK, MONTH, BETWEEN = RANGES = ("today", "week", "month", "between")
DAYS = {TODAY: 1, WEEK: 7, MONTH: 30}
"""How many days a range has, today included."""
_VERDICTS = (None, *Outcome)


def span(chosen: str, today: date) -> tuple[date, date]:
    """The first and the last day of a named range that ends today."""
    return today - timedelta(days=DAYS[chosen] - 1), today


def filters_of(days: tuple[date, date], **others: str | None) -> Filters:
    """Passages of these days of Beijing's calendar, the last included."""
    first, last = (datetime.combine(day, time(), SHANGHAI) for day in days)
    return Filters(since=first, until=last + timedelta(days=1), **others)  # type: ignore[arg-type]  # names of fields


class FilterBar(QWidget):
    """The choices.

    Args:
        look: Words and colours.
        plan: The checkpoint's shifts.
    """

    applied = Signal()

    def __init__(self, look: Look, plan: ShiftPlan) -> None:
        super().__init__()
        self._look, self._shifts = look, (None, *plan.codes)
        self._officers: tuple[str | None, ...] = (None,)
        self._names: Mapping[str, str] = {}
        self.range, self.verdict, self.shift, self.officer = (Choice() for _ in range(4))
        self.range.addItems(RANGES)  # words come with `retranslate`
        self.verdict.addItems([""] * len(_VERDICTS))
        self.shift.addItems([""] * len(self._shifts))
        self.officer.addItem("")
        self.first, self.last = _day_edit(), _day_edit()
        self._from, self._to, self._between = QLabel(), QLabel(), QWidget()
        first, second = QHBoxLayout(), QHBoxLayout(self._between)
        for widget in (self.range, self.verdict, self.shift, self.officer):
            first.addWidget(widget)
        second.setContentsMargins(0, 0, 0, 0)
        for part in (self._from, self.first, self._to, self.last):
            second.addWidget(part)
        second.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(first)
        rows.addWidget(self._between)
        for choice in (self.range, self.verdict, self.shift, self.officer):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choice.activated.connect(self._choose)
        for edit in (self.first, self.last):
            edit.dateChanged.connect(self._choose)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._arrange()
        self.retranslate()

    def filters(self, today: date) -> Filters:
        """What is asked for; of two days the earlier is the first."""
        chosen = RANGES[self.range.currentIndex()]
        days = span(chosen, today) if chosen in DAYS else self._days_between()
        verdict = _VERDICTS[self.verdict.currentIndex()]
        return filters_of(
            days,
            verdict=None if verdict is None else verdict.word,
            shift=self._shifts[self.shift.currentIndex()],
            officer=self._officers[self.officer.currentIndex()],
        )

    def offer_days(self, today: date) -> None:
        """What from–to begins with: the last seven days."""
        for edit, day in zip((self.first, self.last), span(WEEK, today), strict=True):
            edit.blockSignals(True)
            edit.setDate(QDate(day.year, day.month, day.day))
            edit.blockSignals(False)

    def offer_officers(self, names: Mapping[str, str]) -> None:
        """Whose passages may be asked for; whoever is chosen stays chosen."""
        if names == self._names:
            return
        chosen = self._officers[self.officer.currentIndex()]
        self._names = names
        self._officers = (None, *sorted(names, key=lambda code: names[code]))
        self.officer.clear()
        self.officer.addItems([""] * len(self._officers))
        self.officer.setCurrentIndex(self._officers.index(chosen) if chosen in self._officers else 0)
        self.retranslate()

    @property
    def is_clear(self) -> bool:
        """Whether nothing but the time is asked for."""
        return not any(choice.currentIndex() for choice in (self.verdict, self.shift, self.officer))

    def forget(self) -> None:
        """Ask for everything of the time chosen."""
        self._clear()
        self.applied.emit()

    def start_over(self) -> None:
        """As at first, for somebody else; nothing is asked for by it."""
        self.range.setCurrentIndex(0)
        self._clear()
        self._arrange()

    def retranslate(self) -> None:
        """Say everything again."""
        word, language = self._look.word, self._look.language
        for line, chosen in enumerate(RANGES):
            self.range.setItemText(line, word(f"audit_range_{chosen}"))
        for line, outcome in enumerate(_VERDICTS):
            self.verdict.setItemText(
                line, word("audit_verdict_any") if outcome is None else texts.outcome(outcome, language)
            )
        for line, shift in enumerate(self._shifts):
            said = word("audit_shift_any") if shift is None else figures_words.shift(shift, language)
            self.shift.setItemText(line, said)
        for line, code in enumerate(self._officers):
            self.officer.setItemText(line, word("audit_officer_any") if code is None else self._names[code])
        self._from.setText(word("audit_first"))
        self._to.setText(word("audit_last"))
        for control, key in (
            (self.range, "audit_range"),
            (self.first, "audit_first"),
            (self.last, "audit_last"),
            (self.verdict, "audit_verdict"),
            (self.shift, "audit_shift"),
            (self.officer, "audit_officer"),
        ):
            control.setAccessibleName(word(key))

    @Slot()
    def _choose(self) -> None:
        self._arrange()
        self.applied.emit()

    def _clear(self) -> None:
        for choice in (self.verdict, self.shift, self.officer):
            choice.setCurrentIndex(0)

    def _arrange(self) -> None:
        self._between.setVisible(RANGES[self.range.currentIndex()] == BETWEEN)

    def _days_between(self) -> tuple[date, date]:
        one, other = (date(day.year(), day.month(), day.day()) for day in (self.first.date(), self.last.date()))
        return min(one, other), max(one, other)


def _day_edit() -> QDateEdit:
    edit = QDateEdit()
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setMinimumDate(QDate(2020, 1, 1))
    edit.setKeyboardTracking(False)  # a date half typed asks for nothing
    return edit
