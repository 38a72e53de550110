"""What is asked for, above the figures: time, verdict, shift, officer. Every choice applies at once."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import partial

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QWidget

from db.filters import Filters
from shifts.model import SHANGHAI, ShiftPlan
from station import figures_words
from station.verdict import Outcome
from ui.choice import Choice, or_any
from ui.filter_bar import VERDICTS, Between, lay_out, verdict_words
from ui.look import Look

TODAY, WEEK, MONTH, BETWEEN = RANGES = ("today", "week", "month", "between")
DAYS = {TODAY: 1, WEEK: 7, MONTH: 30}
"""How many days a range has, today included."""


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
        self._look = look
        self._names: Mapping[str, str] = {}
        self.range, self.verdict = Choice(RANGES), Choice(VERDICTS)
        self.shift, self.officer = Choice[str | None]((None, *plan.codes)), Choice[str | None]((None,))
        self.first, self.last = _day_edit(), _day_edit()
        self._between = Between(self.first, self.last)
        line = QHBoxLayout()
        for choice in (self.range, *self._others):
            line.addWidget(choice)
            choice.activated.connect(self._choose)
        for edit in (self.first, self.last):
            edit.dateChanged.connect(self._choose)
        lay_out(self, line, self._between)
        self._arrange()
        self.retranslate()

    def filters(self, today: date) -> Filters:
        """What is asked for; of two days the earlier is the first."""
        chosen, verdict = self.range.value, self.verdict.value
        days = span(chosen, today) if chosen in DAYS else self._days_between()
        return filters_of(
            days,
            verdict=None if verdict is None else verdict.word,
            shift=self.shift.value,
            officer=self.officer.value,
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
        self._names = names
        self.officer.offer((None, *sorted(names, key=lambda code: names[code])))
        self.retranslate()

    @property
    def _others(self) -> tuple[Choice[Outcome | None], Choice[str | None], Choice[str | None]]:
        """What is asked for beside the time."""
        return self.verdict, self.shift, self.officer

    @property
    def is_clear(self) -> bool:
        """Whether nothing but the time is asked for."""
        return all(choice.value is None for choice in self._others)

    def forget(self) -> None:
        """Ask for everything of the time chosen."""
        self._clear()
        self.applied.emit()

    def start_over(self) -> None:
        """As at first, for somebody else; nothing is asked for by it."""
        self.range.forget()
        self._clear()
        self._arrange()

    def retranslate(self) -> None:
        """Say everything again."""
        word, language = self._look.word, self._look.language
        shifts = partial(figures_words.shift, language=language)
        self.range.say(word("audit_range"), lambda chosen: word(f"audit_range_{chosen}"))
        self.verdict.say(word("audit_verdict"), verdict_words(word("audit_verdict_any"), language))
        self.shift.say(word("audit_shift"), or_any(word("audit_shift_any"), shifts))
        self.officer.say(word("audit_officer"), or_any(word("audit_officer_any"), lambda code: self._names[code]))
        self._between.say(word("audit_first"), word("audit_last"))

    @Slot()
    def _choose(self) -> None:
        self._arrange()
        self.applied.emit()

    def _clear(self) -> None:
        for choice in self._others:
            choice.forget()

    def _arrange(self) -> None:
        self._between.setVisible(self.range.value == BETWEEN)

    def _days_between(self) -> tuple[date, date]:
        one, other = (date(day.year(), day.month(), day.day()) for day in (self.first.date(), self.last.date()))
        return min(one, other), max(one, other)


def _day_edit() -> QDateEdit:
    edit = QDateEdit()
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setMinimumDate(QDate(2020, 1, 1))
    edit.setKeyboardTracking(False)  # a date half typed asks for nothing
    return edit
