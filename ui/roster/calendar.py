"""A person's days in the period as a small calendar, a square a day."""

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from shifts.model import Assignment, Person, RosterProblem
from ui.look import Look
from ui.roster.paint import TINTS
from ui.roster.wording import Wording


class Calendar(QWidget):
    """A person's weeks, a square a day: the shift by its name and ground, free days and leave."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._person: Person | None = None
        self._days: list[tuple[date, str, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_person(
        self, wording: Wording, problem: RosterProblem, person: Person, assignments: frozenset[Assignment]
    ) -> None:
        """Show somebody's shifts of the period."""
        self._person = person
        mine = {one.shift.day: one for one in assignments if one.person == person.code}
        self._days = []
        for day in problem.period.days:
            one = mine.get(day)
            if one is None:
                word = "roster_on_leave" if day in person.leave else "roster_off"
                self._days.append((day, self._look.word(word), -1))
            else:
                codes = problem.plans[one.checkpoint].codes
                number = 2 if one.shift.code == codes[-1] else min(1, codes.index(one.shift.code))
                self._days.append((day, wording.shift_sign(one.shift.code), number))
        self.setAccessibleName(", ".join(f"{day:%m-%d} {what}" for day, what, _ in self._days))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines of text a week."""
        return QSize(7 * 30, self._weeks() * self._high())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All of it is seen."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The weeks."""
        painter, theme = QPainter(self), self._look.theme
        small = QFont(self.font())
        small.setPixelSize(max(11, round(small.pixelSize() * 0.75)))
        wide, high = self.width() / 7, self._high()
        first = self._days[0][0] if self._days else None
        for day, what, number in self._days:
            if first is None:
                break
            row = ((day - first).days + first.weekday()) // 7
            box = QRectF(day.weekday() * wide, row * high, wide, high).adjusted(1, 1, -1, -1)
            painter.fillRect(box, QColor(TINTS[self._look.theme_name][number] if number >= 0 else theme.surface))
            painter.setPen(QPen(QColor(theme.text)))
            painter.setFont(small)
            painter.drawText(
                box.adjusted(3, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, str(day.day)
            )
            painter.setFont(self.font())
            painter.setPen(QColor(theme.text if number >= 0 else theme.muted))
            painter.drawText(
                box.adjusted(0, 0, -3, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, what
            )

    def _weeks(self) -> int:
        if not self._days:
            return 0
        first, last = self._days[0][0], self._days[-1][0]
        return ((last - first).days + first.weekday()) // 7 + 1

    def _high(self) -> int:
        return round(self.fontMetrics().height() * 1.7)
