"""What every imported table shares: its headings found, checkpoints by name, and problems told with their place."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from station import roster_words as words
from station.imported import Param, Problem
from station.roster_words import HEADINGS, Column
from station.table_file import Cell, Row, Sheet

DEEPEST_HEADING = 20
"""Rows that may stand above the headings: a title, who made it, when."""
_GUESSES = 100
"""Strangers that a likely word is looked for: a file of nothing but strangers is another district's."""
Place = tuple[str, int | None, int | None]
"""Sheet, row and column."""


class Told:
    """All that is wrong, and all that is worth knowing, each thing once.

    Args:
        forgiven: Codes of what is otherwise wrong, and only worth knowing here.
    """

    def __init__(self, forgiven: Collection[str] = ()) -> None:
        self._forgiven = forgiven
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self._known: set[tuple[str, str]] = set()

    def problem(self, code: str, place: Place, /, **params: Param) -> None:
        """Something to mend."""
        told = self.notes if code in self._forgiven else self.problems
        told.append(Problem(code, params, *place))

    def note(self, code: str, place: Place, /, **params: Param) -> None:
        """Something to know."""
        self.notes.append(Problem(code, params, *place))

    def note_once(self, code: str, place: Place, /, **params: Param) -> None:
        """Something to know, told only where it is met first in a sheet."""
        if (code, place[0]) not in self._known:
            self._known.add((code, place[0]))
            self.note(code, place, **params)

    def in_order(self) -> tuple[Problem, ...]:
        """What is to be mended, as it is met in reading: sheet by sheet, row by row, from left to right."""
        sheets = list(dict.fromkeys(one.sheet for one in self.problems))
        return tuple(sorted(self.problems, key=lambda one: (sheets.index(one.sheet), one.row or 0, one.column or 0)))

    def once(self, code: str, place: Place, /) -> None:
        """Something to mend, told only where it is met first in a sheet."""
        if (code, place[0]) not in self._known:
            self._known.add((code, place[0]))
            self.problem(code, place)

    def stranger(self, code: str, place: Place, value: str, known: Mapping[str, str]) -> None:
        """A word nobody knows, told where it stands first, with the known one that is most like it.

        Args:
            code: The problem's; with `_like` where there is such a one.
            place: Where.
            value: The word.
            known: What a known word is shown as, by its key.
        """
        if (code, value) in self._known:
            return
        self._known.add((code, value))
        like = words.nearest(words.key(value), known) if len(self._known) <= _GUESSES else None
        if like is None:
            self.problem(code, place, value=value)
        else:
            self.problem(f"{code}_like", place, value=value, like=known[like])


def text(cell: Cell) -> str:
    """A cell as text."""
    return cell.isoformat() if isinstance(cell, date) else cell


def headings(row: Row) -> dict[Column, int]:
    """Which column is about what, as far as the row says; of two about the same thing, the first."""
    found: dict[Column, int] = {}
    for number, cell in enumerate(row.cells, 1):
        column = words.heading(text(cell))
        if column is not None:
            found.setdefault(column, number)
    return found


def tell_headings(told: Told, sheet: Sheet, at: int, used: Collection[int]) -> None:
    """Say what is wrong with the headings in the sheet's row `at`, of which the columns `used` are understood."""
    row = sheet.rows[at]
    seen: set[Column] = set()
    for number in range(1, max(len(one.cells) for one in sheet.rows) + 1):
        heading, place = text(row.at(number)), (sheet.name, row.number, number)
        column = words.heading(heading)
        if column is not None and column in seen:
            told.problem("import_heading_twice", place, heading=heading)
        elif column is not None:
            seen.add(column)
        if column is not None or number in used:
            continue
        if heading and (like := words.like_heading(heading)):
            told.problem("import_heading_like", place, heading=heading, like=like)
        elif heading:
            told.note("import_column_passed", place, heading=heading)
        elif any(below.at(number) for below in rows_below(sheet, at)):
            told.problem("import_heading_blank", place)


def tell_missing(told: Told, sheet: Sheet, at: int, columns: Collection[Column], needed: Collection[Column]) -> None:
    """Say which columns are lacking."""
    for column in needed:
        if column not in columns:
            told.problem(
                "import_heading_missing", (sheet.name, sheet.rows[at].number, None), heading=HEADINGS[column][0]
            )


def rows_below(sheet: Sheet, at: int) -> Iterator[Row]:
    """The table's rows below its headings: neither totals nor what is written under the table."""
    for row in sheet.rows[at + 1 :]:
        first = next(text(cell) for cell in row.cells if cell)
        if words.ends_table(first):
            return
        if not words.sums_up(first):
            yield row


def places(names: Mapping[str, str]) -> dict[str, str]:
    """Codes of checkpoints by every word for one: its code, its name, both together as `label` has them."""
    found = {words.key(label(code, names)): code for code in names}
    found |= {words.key(name): code for code, name in names.items() if list(names.values()).count(name) == 1}
    return found | {words.key(code): code for code in names}


def label(code: str, names: Mapping[str, str]) -> str:
    """What a checkpoint is called in tables: its name, with its code where two share the name."""
    name = names.get(code, code)
    return f"{name}({code})" if list(names.values()).count(name) > 1 else name
