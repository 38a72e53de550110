"""An hour or a day that is typed, or stepped by key and touch: over midnight and the month's end."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QDateTime, QTime, QTimeZone
from PySide6.QtWidgets import QDateTimeEdit

from shifts.model import SHANGHAI

_HOUR = 3600
_FIRST, _LAST = QDate(2000, 1, 1), QDate(2150, 1, 1)


class HourEdit(QDateTimeEdit):
    """A minute of Beijing's clock; a step is an hour."""

    def __init__(self) -> None:
        super().__init__()
        self.setTimeZone(QTimeZone.utc())  # no zone of its own: every minute of the day can be typed
        self.setDateRange(_FIRST, _LAST)
        self.setDisplayFormat("yyyy-MM-dd HH:mm")

    @property
    def moment(self) -> datetime:
        """What stands there, aware."""
        day, clock = self.date(), self.time()
        return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(), tzinfo=SHANGHAI)

    def show_moment(self, moment: datetime) -> None:
        """Show another."""
        there = moment.astimezone(SHANGHAI)
        day = QDate(there.year, there.month, there.day)
        self.setDateTime(QDateTime(day, QTime(there.hour, there.minute), QTimeZone.utc()))

    def stepBy(self, steps: int) -> None:  # noqa: N802 - Qt's name
        """An hour, whatever part of it the cursor is in."""
        self.setDateTime(self.dateTime().addSecs(steps * _HOUR))

    def stepEnabled(self) -> QDateTimeEdit.StepEnabledFlag:  # noqa: N802 - Qt's name
        """Both ways."""
        return QDateTimeEdit.StepEnabledFlag.StepUpEnabled | QDateTimeEdit.StepEnabledFlag.StepDownEnabled


class DayEdit(QDateTimeEdit):
    """A day; a step is a day."""

    def __init__(self) -> None:
        super().__init__()
        self.setTimeZone(QTimeZone.utc())
        self.setDateRange(_FIRST, _LAST)
        self.setDisplayFormat("yyyy-MM-dd")

    @property
    def day(self) -> date:
        """What stands there."""
        day = self.date()
        return date(day.year(), day.month(), day.day())

    def show_day(self, day: date) -> None:
        """Show another."""
        self.setDate(QDate(day.year, day.month, day.day))

    def stepBy(self, steps: int) -> None:  # noqa: N802 - Qt's name
        """A day, whatever part of it the cursor is in."""
        self.setDate(self.date().addDays(steps))

    def stepEnabled(self) -> QDateTimeEdit.StepEnabledFlag:  # noqa: N802 - Qt's name
        """Both ways."""
        return QDateTimeEdit.StepEnabledFlag.StepUpEnabled | QDateTimeEdit.StepEnabledFlag.StepDownEnabled
