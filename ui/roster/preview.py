"""A table handed in, before anything of it is kept: what was understood, and each thing that was not."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
)

from shifts.model import Assignment, Duty, Person, RosterProblem
from shifts.rule_pack import Severity
from station.imported import Imported, sentence
from station.roster_crew import News
from station.roster_import import STRANGERS
from station.texts import pick
from station.texts_roster import DUTIES
from ui.look import Look
from ui.roster.panel import Panel
from ui.roster.rows import Row, RowList
from ui.roster.wording import Wording
from ui.small_widgets import label, say

MOST = 200
"""Faults listed at once."""
_NAMES = 5
_MEASURED = 50  # rows that widths are taken from: a district's are too many to measure
_COLUMNS = ("name", "code", "units", "duties", "home", "leave", "wishes", "no_night")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Texts(QAbstractTableModel):
    """A table of texts."""

    def __init__(self) -> None:
        super().__init__()
        self.head: Sequence[str] = ()
        self.rows: Sequence[Sequence[str]] = ()

    def show(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these."""
        self.beginResetModel()
        self.head, self.rows = head, rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Columns."""
        return 0 if parent.isValid() else len(self.head)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A text."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self.rows[index.row()][index.column()]
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column is."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.head[section]
        return None


class Preview(Panel):
    """Faults above, what was understood below."""

    again = Signal()
    """Read the file again."""
    taken = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._file, self._kind = "", "people"
        self._told: tuple[Imported, RosterProblem | None, News | None] | None = None
        self.title, self.summary = label("heading", wrap=True), label("", wrap=True)
        self.news, self.problem = label("muted", wrap=True), label("error", wrap=True)
        self.faults = RowList(look)
        self.model = Texts()
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setCornerButtonEnabled(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setHighlightSections(False)
        self.leavers, self.whole = QPushButton(), QPushButton()
        self.take, self.read_again = QPushButton(), QPushButton()
        self.take.setProperty("role", "main")
        for choice in (self.leavers, self.whole):
            choice.setCheckable(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.back, self.read_again, self.take):
            buttons.addWidget(button)
        rows = QVBoxLayout(self)
        for each in (self.title, self.problem, self.summary, self.news):
            rows.addWidget(each)
        rows.addWidget(self.faults, 2)
        rows.addWidget(self.leavers, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.table, 3)
        rows.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch()
        rows.addLayout(buttons)
        self.leavers.clicked.connect(self.again)
        self.read_again.clicked.connect(self.again)
        self.take.clicked.connect(self.taken)

    def read(self, file: str, kind: str) -> None:
        """A file is being read.

        Args:
            file: Its name.
            kind: "people" or "history".
        """
        if (file, kind) != (self._file, self._kind):
            self.leavers.setChecked(False)
            self.whole.setChecked(False)
        self._file, self._kind, self._told = file, kind, None
        self.faults.show_rows(())
        self.model.show((), ())
        for each in (self.news, self.problem, self.faults, self.leavers, self.whole, self.table):
            each.hide()
        self.retranslate()
        self.take.setEnabled(False)
        self.back.setFocus()

    def fail(self, problem: str) -> None:
        """The file could not be read at all."""
        self.summary.hide()
        self.problem.setText(problem)
        self.problem.show()
        self.read_again.setFocus()

    def show_found(self, found: Imported, problem: RosterProblem | None, news: News | None) -> None:
        """Show what came of it.

        Args:
            found: What was read.
            problem: Whose names and shifts, for a roster.
            news: What a list of people changes, where some are known.
        """
        self._told = found, problem, news
        self.retranslate()
        (self.read_again if found.problems else self.take).setFocus()

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        word = self._look.word
        self.title.setText(word(f"roster_preview_{self._kind}", file=self._file))
        texts = {
            self.take: "roster_preview_take",
            self.read_again: "roster_preview_again",
            self.leavers: "roster_preview_leavers",
        }
        for button, key in texts.items():
            say(button, word(key))
        self.faults.setAccessibleName(word("roster_preview_faults"))
        self.table.setAccessibleName(word("roster_preview_table"))
        self.summary.setText(word("roster_preview_reading", file=self._file))
        self.summary.show()
        if self._told is not None:
            self._show(*self._told)

    # --- within ------------------------------------------------------------------------------------------------------

    def _show(self, found: Imported, problem: RosterProblem | None, news: News | None) -> None:
        word, language = self._look.word, self._look.language
        count = word(
            f"roster_preview_count_{'people' if self._kind == 'people' else 'shifts'}", n=len(found.understood)
        )
        key = "roster_preview_faulty" if found.problems else "roster_preview_good"
        self.summary.setText(word(key, count=count, faults=len(found.problems)))
        listed = [Row("", sentence(one, language), weight=Severity.HARD) for one in found.problems[:MOST]]
        listed += [Row("", sentence(one, language), weight=Severity.INFORMATION, quiet=True) for one in found.notes]
        self.faults.show_rows(listed[:MOST])
        self.faults.setVisible(bool(listed))
        high = sum(self.faults.sizeHintForRow(number) for number in range(min(len(listed), MOST)))
        self.faults.setMaximumHeight(high + 8)
        strangers = any(one.code in STRANGERS for one in found.problems)
        self.leavers.setVisible(self._kind == "history" and (strangers or self.leavers.isChecked()))
        self._show_news(news)
        if self._kind == "people":
            self.model.show(*self._people(_people_of(found)))
        elif problem is not None:
            self.model.show(*self._shifts(_shifts_of(found), Wording(self._look, problem)))
        self.table.setVisible(bool(self.model.rows))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(20)
        header.setResizeContentsPrecision(_MEASURED)
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.take.setEnabled(not found.problems)

    def _show_news(self, news: News | None) -> None:
        word = self._look.word
        self.news.setVisible(news is not None)
        missing = news.missing if news is not None else ()
        self.whole.setVisible(bool(missing))
        if news is not None:
            counts = {"added": len(news.added), "changed": len(news.changed), "missing": len(missing)}
            self.news.setText(word("roster_preview_news", **counts))
            names = "、".join(one.name for one in missing[:_NAMES]) + ("…" if len(missing) > _NAMES else "")
            say(self.whole, word("roster_preview_missing", missing=len(missing), names=names))

    def _people(self, people: Sequence[Person]) -> tuple[list[str], list[list[str]]]:
        word, language = self._look.word, self._look.language
        mark = pick(("、", ", "), language)
        rows = [
            [
                one.name,
                one.code,
                mark.join(sorted(one.units)),
                mark.join(pick(DUTIES[duty], language) for duty in Duty if duty in one.duties),
                one.home,
                _days(one.leave),
                _days({wish.day for wish in one.wishes}),
                word("roster_preview_yes") if one.no_night else "",
            ]
            for one in people
        ]
        used = [number for number in range(len(_COLUMNS)) if any(row[number] for row in rows)]
        head = [word(f"roster_column_{_COLUMNS[number]}") for number in used]
        return head, [[row[number] for number in used] for row in rows]

    def _shifts(self, shifts: Sequence[Assignment], wording: Wording) -> tuple[list[str], list[list[str]]]:
        """A row a person, a column a day, as leads know it."""
        days = sorted({one.shift.day for one in shifts})
        worked: dict[str, dict[date, str]] = {}
        for one in shifts:
            worked.setdefault(one.person, {})[one.shift.day] = wording.shift_sign(one.shift.code)
        head = [self._look.word("roster_column_name"), *(f"{day.month}/{day.day}" for day in days)]
        people = sorted(worked, key=lambda code: (wording.name(code), code))
        return head, [[wording.name(code), *(worked[code].get(day, "") for day in days)] for code in people]


def _days(days: set[date] | frozenset[date]) -> str:
    return " ".join(f"{day.month}/{day.day}" for day in sorted(days))


def _people_of(found: Imported) -> list[Person]:
    return [one for one in found.understood if isinstance(one, Person)]


def _shifts_of(found: Imported) -> list[Assignment]:
    return [one for one in found.understood if isinstance(one, Assignment)]
