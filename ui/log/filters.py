"""The filters above the list: time, plate or person, verdict, open reviews. Choices apply at once, typing on Enter."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import QDate, QDateTime, QTime, QTimeZone, Signal, Slot
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from db.filters import Filters
from shifts.model import SHANGHAI, ShiftPlan
from station.search import sought
from ui.choice import Choice
from ui.filter_bar import VERDICTS, Between, lay_out, verdict_words
from ui.look import Look
from ui.small_widgets import say
from ui.theme import millimetres

ANY, TODAY, SHIFT, WEEK, BETWEEN = RANGES = ("all", "today", "shift", "week", "between")
_TARGET_MM = 11.0
"""The log is read at the desk, not in the rain: smaller than the gate's targets, larger than a mouse's."""
_STAMP = "yyyy-MM-dd HH:mm"


class SpanError(Exception):
    """The end of a time range is not after its beginning."""

    code = "log_from_after_to"


def span(chosen: str, now: datetime, plan: ShiftPlan) -> tuple[datetime | None, datetime | None]:
    """Beginning and end of a named range, aware; the end is open, since `now` goes on.

    Args:
        chosen: `ANY`, `TODAY` (since midnight at the checkpoint), `SHIFT` (the one that runs now) or `WEEK`
            (today and the six days before).
        now: The time, aware.
        plan: The checkpoint's shifts.
    """
    today = now.astimezone(SHANGHAI).date()
    if chosen == TODAY:
        return datetime.combine(today, time(), SHANGHAI), None
    if chosen == WEEK:
        return datetime.combine(today - timedelta(days=6), time(), SHANGHAI), None
    if chosen == SHIFT:
        dated = plan.at(now)
        return next(shift for shift in plan.shifts if shift.code == dated.code).span(dated.day)[0], None
    return None, None


class FilterBar(QWidget):
    """What to list."""

    applied = Signal()
    """Something else is asked for."""
    refreshed = Signal()
    """The same again, with what is new."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.range, self.verdict = Choice(RANGES), Choice(VERDICTS)
        self.sought = QLineEdit()
        self.sought.setClearButtonEnabled(True)
        self.sought.setMaxLength(40)
        self.open_only = QPushButton()
        self.open_only.setCheckable(True)
        self.search = QPushButton()
        self.clear = QPushButton()
        self.refresh = QPushButton()
        self.since, self.until = _moment_edit(), _moment_edit()
        self._between = Between(self.since, self.until)
        line = QHBoxLayout()
        for widget in (self.range, self.sought, self.verdict, self.open_only, self.search, self.clear):
            line.addWidget(widget)
        line.addStretch()
        line.addWidget(self.refresh)
        lay_out(self, line, self._between)
        self.sought.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.sought.setMaximumWidth(millimetres(self, 60))
        for edit in (self.since, self.until):
            edit.lineEdit().returnPressed.connect(self.applied)
        self.sought.returnPressed.connect(self.applied)
        self.range.activated.connect(self._choose_range)
        self.verdict.activated.connect(self._choose)
        self.open_only.clicked.connect(self._choose)
        self.search.clicked.connect(self._choose)
        self.clear.clicked.connect(self.forget)
        self.refresh.clicked.connect(self.refreshed)
        self._between.hide()
        self.retranslate()

    def filters(self, now: datetime, plan: ShiftPlan) -> Filters:
        """What is asked for.

        Raises:
            SpanError: The end is not after the beginning.
        """
        since, until = span(self.range.value, now, plan)
        if self.range.value == BETWEEN:
            since, until = _instant(self.since), _instant(self.until)
            if until <= since:
                raise SpanError
        verdict = self.verdict.value
        return Filters(
            since=since,
            until=until,
            **sought(self.sought.text()),
            verdict=verdict.word if verdict is not None else None,
            open_reviews=self.open_only.isChecked(),
        )

    def has_moved_on(self, filters: Filters, now: datetime, plan: ShiftPlan) -> bool:
        """Whether today, this shift or these seven days began at another time when `filters` were made."""
        chosen = self.range.value
        return chosen in {TODAY, SHIFT, WEEK} and span(chosen, now, plan)[0] != filters.since

    @property
    def is_clear(self) -> bool:
        """Whether everything is asked for."""
        chosen = (self.range.value, self.verdict.value, self.open_only.isChecked())
        return chosen == (ANY, None, False) and not self.sought.text()

    @Slot()
    def forget(self) -> None:
        """Ask for everything."""
        self.range.forget()
        self.verdict.forget()
        self.open_only.setChecked(False)
        self.sought.clear()
        self._between.hide()
        self.applied.emit()

    def fit(self) -> None:
        """Heights for fingers, and for the font."""
        target = millimetres(self, _TARGET_MM)
        buttons = (self.open_only, self.search, self.clear, self.refresh)
        for control in (self.range, self.sought, self.verdict, self.since, self.until, *buttons):
            control.setMinimumHeight(max(target, control.minimumSizeHint().height()))

    def offer_range(self, now: datetime) -> None:
        """What from–to begins with: the last 24 hours, to the minute."""
        end = now.astimezone(SHANGHAI).replace(second=0, microsecond=0) + timedelta(minutes=1)
        _show(self.since, end - timedelta(days=1))
        _show(self.until, end)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        word = self._look.word
        self.range.say(word("log_range"), lambda chosen: word(f"log_range_{chosen}"))
        self.verdict.say(word("log_verdict"), verdict_words(word("log_verdict_any"), self._look.language))
        self._between.say(word("log_from"), word("log_to"), word("log_zone"))
        self.sought.setPlaceholderText(word("log_sought"))
        self.sought.setAccessibleName(word("log_sought"))
        for button, key in (
            (self.open_only, "log_open_only"),
            (self.search, "log_find"),
            (self.clear, "clear"),
            (self.refresh, "log_refresh"),
        ):
            say(button, word(key))

    @Slot()
    def _choose(self) -> None:
        self.applied.emit()

    @Slot()
    def _choose_range(self) -> None:
        between = self.range.value == BETWEEN
        self._between.setVisible(between)
        if between:
            self.since.setFocus()
        self.applied.emit()


def _moment_edit() -> QDateTimeEdit:
    """A date and a time of day, written as at the checkpoint wherever the machine believes to be."""
    edit = QDateTimeEdit()
    edit.setTimeZone(QTimeZone.utc())  # no zone of its own: every minute of the day can be typed
    edit.setDisplayFormat(_STAMP)
    return edit


def _show(edit: QDateTimeEdit, moment: datetime) -> None:
    day = QDate(moment.year, moment.month, moment.day)
    edit.setDateTime(QDateTime(day, QTime(moment.hour, moment.minute), QTimeZone.utc()))


def _instant(edit: QDateTimeEdit) -> datetime:
    day, clock = edit.date(), edit.time()
    return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(), tzinfo=SHANGHAI)
