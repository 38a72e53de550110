"""The filters above the list: time range, plate, verdict, open reviews. Choices apply at once, typing on Enter."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import QDate, QDateTime, QPointF, QTime, QTimeZone, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db.passages import Filters
from shifts.model import SHANGHAI, ShiftPlan
from station import texts
from station.plate_search import sought
from station.verdict import Outcome
from ui.look import Look
from ui.theme import millimetres

ANY, TODAY, SHIFT, WEEK, BETWEEN = RANGES = ("all", "today", "shift", "week", "between")
_VERDICTS = (None, Outcome.PASS, Outcome.REVIEW, Outcome.REFUSE)
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


class Choice(QComboBox):
    """A combo box with an arrow of the text's colour, whatever the platform would draw."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The box, then the arrow."""
        super().paintEvent(event)
        size = self.fontMetrics().height() / 4
        middle = QPointF(self.width() - 3.2 * size, self.height() / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().text().color(), 2))
        left, right, tip = QPointF(-size, -size / 2), QPointF(size, -size / 2), QPointF(0, size / 2)
        painter.drawPolyline(QPolygonF([middle + left, middle + tip, middle + right]))
        painter.end()


class FilterBar(QWidget):
    """What to list."""

    applied = Signal()
    """Something else is asked for."""
    refreshed = Signal()
    """The same again, with what is new."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.range = Choice()
        self.range.addItems(RANGES)  # words come with `retranslate`
        self.plate = QLineEdit()
        self.plate.setClearButtonEnabled(True)
        self.plate.setMaxLength(12)
        self.verdict = Choice()
        self.verdict.addItems([""] * len(_VERDICTS))
        self.open_only = QPushButton()
        self.open_only.setCheckable(True)
        self.search = QPushButton()
        self.clear = QPushButton()
        self.refresh = QPushButton()
        self._from, self._to, self._zone = QLabel(), QLabel(), QLabel()
        self._zone.setProperty("role", "muted")
        self.since, self.until = _moment_edit(), _moment_edit()

        first = QHBoxLayout()
        for widget in (self.range, self.plate, self.verdict, self.open_only, self.search, self.clear):
            first.addWidget(widget)
        first.addStretch()
        first.addWidget(self.refresh)
        self._between = QWidget()
        second = QHBoxLayout(self._between)
        second.setContentsMargins(0, 0, 0, 0)
        for part in (self._from, self.since, self._to, self.until, self._zone):
            second.addWidget(part)
        second.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(first)
        rows.addWidget(self._between)

        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for control in (self.range, self.verdict):
            control.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.plate.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.plate.setMaximumWidth(millimetres(self, 50))
        for edit in (self.since, self.until):
            edit.lineEdit().returnPressed.connect(self.applied)
        self.plate.returnPressed.connect(self.applied)
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
        chosen = RANGES[self.range.currentIndex()]
        since, until = span(chosen, now, plan)
        if chosen == BETWEEN:
            since, until = _instant(self.since), _instant(self.until)
            if until <= since:
                raise SpanError
        verdict = _VERDICTS[self.verdict.currentIndex()]
        return Filters(
            since=since,
            until=until,
            **sought(self.plate.text()),
            verdict=verdict.word if verdict is not None else None,
            open_reviews=self.open_only.isChecked(),
        )

    def has_moved_on(self, filters: Filters, now: datetime, plan: ShiftPlan) -> bool:
        """Whether today, this shift or these seven days began at another time when `filters` were made."""
        chosen = RANGES[self.range.currentIndex()]
        return chosen in {TODAY, SHIFT, WEEK} and span(chosen, now, plan)[0] != filters.since

    @property
    def is_clear(self) -> bool:
        """Whether everything is asked for."""
        chosen = (self.range.currentIndex(), self.verdict.currentIndex(), self.open_only.isChecked())
        return chosen == (0, 0, False) and not self.plate.text()

    @Slot()
    def forget(self) -> None:
        """Ask for everything."""
        self.range.setCurrentIndex(0)
        self.verdict.setCurrentIndex(0)
        self.open_only.setChecked(False)
        self.plate.clear()
        self._between.hide()
        self.applied.emit()

    def fit(self) -> None:
        """Heights for fingers, and for the font."""
        target = millimetres(self, _TARGET_MM)
        buttons = (self.open_only, self.search, self.clear, self.refresh)
        for control in (self.range, self.plate, self.verdict, self.since, self.until, *buttons):
            control.setMinimumHeight(max(target, control.minimumSizeHint().height()))

    def offer_range(self, now: datetime) -> None:
        """What from–to begins with: the last 24 hours, to the minute."""
        end = now.astimezone(SHANGHAI).replace(second=0, microsecond=0) + timedelta(minutes=1)
        _show(self.since, end - timedelta(days=1))
        _show(self.until, end)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        word = self._look.word
        for line, chosen in enumerate(RANGES):
            self.range.setItemText(line, word(f"log_range_{chosen}"))
        for line, outcome in enumerate(_VERDICTS):
            words = texts.outcome(outcome, self._look.language) if outcome is not None else word("log_verdict_any")
            self.verdict.setItemText(line, words)
        self.plate.setPlaceholderText(word("log_plate_begins"))
        for button, key in (
            (self.open_only, "log_open_only"),
            (self.search, "log_find"),
            (self.clear, "clear"),
            (self.refresh, "log_refresh"),
        ):
            button.setText(word(key))
            button.setAccessibleName(word(key))
        self._from.setText(word("log_from"))
        self._to.setText(word("log_to"))
        self._zone.setText(word("log_zone"))
        for control, key in (
            (self.range, "log_range"),
            (self.plate, "log_plate_begins"),
            (self.verdict, "log_verdict"),
            (self.since, "log_from"),
            (self.until, "log_to"),
        ):
            control.setAccessibleName(word(key))

    @Slot()
    def _choose(self) -> None:
        self.applied.emit()

    @Slot()
    def _choose_range(self) -> None:
        between = RANGES[self.range.currentIndex()] == BETWEEN
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
