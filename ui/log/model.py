"""The list as Qt's views read it: lazy, and stable while rows are appended."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from db.passages import Place
from db.personal import OPEN as READABLE
from ui.log.queries import Page
from ui.log.records import OPEN, Row, moment_words, reason_words, say, shift_words, state_words, verdict_words
from ui.look import Look

TIME, VERDICT, STATE, PLATE, REASON, PEOPLE, OFFICER, SHIFT = range(8)
COLUMNS = ("time", "verdict", "state", "plate", "reason", "people", "officer", "shift")
ROW = Qt.ItemDataRole.UserRole
"""The `Row` of any cell in its line."""

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_CENTRED = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class PassageModel(QAbstractTableModel):
    """Rows, newest first. It knows no database: `wanted` asks for the page before a place, `take_*` bring answers."""

    wanted = Signal(object)
    """A `db.passages.Place`, or None for the first page."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._rows: list[Row] = []
        self._complete = True
        self._waiting = False
        self._bold = QFont()
        self._bold.setBold(True)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows fetched so far."""
        return self._rows

    @property
    def complete(self) -> bool:
        """Whether there is nothing earlier."""
        return self._complete

    @property
    def top(self) -> Place | None:
        """The place of the newest row."""
        return self._rows[0].place if self._rows else None

    def find(self, key: tuple[str, str]) -> int | None:
        """The line of a passage, if it was fetched."""
        return next((line for line, row in enumerate(self._rows) if row.key == key), None)

    # --- answers -----------------------------------------------------------------------------------------------------

    def take_first(self, page: Page) -> None:
        """Begin anew with a first page."""
        self.beginResetModel()
        self._rows = list(page.rows)
        self._complete, self._waiting = page.last, False
        self.endResetModel()

    def take_earlier(self, page: Page, before: Place | None) -> None:
        """Put the page that was `wanted` below the others; one that was wanted of a list begun anew is dropped."""
        if before != (self._rows[-1].place if self._rows else None):
            return
        self._complete = page.last
        first, count = len(self._rows), len(page.rows)
        if count:
            self.beginInsertRows(QModelIndex(), first, first + count - 1)
            self._rows += page.rows
        self._waiting = False  # not before: a view may ask again at either end of an insertion
        if count:
            self.endInsertRows()

    def take_failure(self) -> None:
        """The page that was `wanted` will not come; it may be asked for again."""
        self._waiting = False

    def take_newest(self, page: Page) -> None:
        """Merge fresh rows in at the top; lines that stay keep their index, and so their selection."""
        if not page.rows or not self._rows or _order(page.rows[-1]) > _order(self._rows[0]):
            self.take_first(page)  # nothing to merge with, or a gap between
            return
        edge = _order(page.rows[-1])
        fresh = {row.key: row for row in page.rows}
        gone = (row.key not in fresh and (page.last or _order(row) >= edge) for row in self._rows)
        for line in sorted((line for line, is_gone in enumerate(gone) if is_gone), reverse=True):
            self.beginRemoveRows(QModelIndex(), line, line)
            del self._rows[line]
            self.endRemoveRows()
        if page.last:
            self._complete = True
        line = 0
        while line < len(page.rows):
            if line < len(self._rows) and self._rows[line].key == page.rows[line].key:
                self._put(line, page.rows[line])
                line += 1
            else:
                line = self._insert(line, page.rows)

    def take_row(self, row: Row) -> None:
        """A passage was decided about: its line says so, and stays where it is."""
        line = self.find(row.key)
        if line is not None:
            self._put(line, row)

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(COLUMNS) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def _insert(self, line: int, rows: Sequence[Row]) -> int:
        """Insert the run of new rows that begins at a line; returns the line after it."""
        known = self._rows[line].key if line < len(self._rows) else None
        after = next((place for place in range(line, len(rows)) if rows[place].key == known), len(rows))
        self.beginInsertRows(QModelIndex(), line, after - 1)
        self._rows[line:line] = rows[line:after]
        self.endInsertRows()
        return after

    def _put(self, line: int, row: Row) -> None:
        if self._rows[line] != row:
            self._rows[line] = row
            self.dataChanged.emit(self.index(line, 0), self.index(line, len(COLUMNS) - 1))

    # --- what Qt asks ------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Rows fetched so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """The columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """Whether there is something earlier that nobody asked for yet."""
        return not (parent.isValid() or self._complete or self._waiting)

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's name
        """Ask for the next page."""
        if self.canFetchMore(parent):
            self._waiting = True
            self.wanted.emit(self._rows[-1].place if self._rows else None)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - Qt's name
        """A column's name."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._look.word(f"log_column_{COLUMNS[section]}")
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _CENTRED if section == PEOPLE else _LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says; `ROW` gives the whole line."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(row, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._look.word(f'log_column_{COLUMNS[index.column()]}')}: {self._words(row, index.column())}"
            case Qt.ItemDataRole.ToolTipRole if index.column() == REASON:
                return reason_words(row, self._look.language)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _CENTRED if index.column() == PEOPLE else _LEFT
            case Qt.ItemDataRole.FontRole if index.column() == STATE and row.state == OPEN:
                return self._bold
            case _:
                return row if role == ROW else None

    def _words(self, row: Row, column: int) -> str:
        language = self._look.language
        match COLUMNS[column]:
            case "time":
                day, time = moment_words(row.concluded_at).split()
                return f"{time}\n{day}"
            case "verdict":
                return verdict_words(row, language)
            case "state":
                return state_words(row.state, language)
            case "plate":
                plate = row.plate or say("log_no_plate" if row.personal == READABLE else "log_erased_plate", language)
                return f"{plate}\n{self._look.word('demo')}" if row.demo else plate
            case "reason":
                return reason_words(row, language)
            case "people":
                return str(row.people or "—")
            case "officer":
                return row.officer or "—"
            case _:
                return shift_words(row.shift_date, row.shift, language).replace(" ", "\n", 1)


def _order(row: Row) -> tuple[object, str]:
    return row.concluded_at, row.id
