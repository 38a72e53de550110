"""Tables as spreadsheets save them: XLSX, and CSV in any of the writings leads use. Cells keep their place.

Texts come out plain: full-width digits, letters and spaces made ordinary, blanks at the ends gone.
"""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from station.csv_file import decode
from station.imported import Problem
from station.roster_words import plain
from station.toml_file import FileUnreadable

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cell = str | date
"""Blank is the empty text."""

MAX_BYTES = 10_000_000
MAX_UNPACKED = 60_000_000
MAX_ROWS = 60_000
MAX_COLUMNS = 600
MAX_MERGED = 100_000
"""Far above any roster; a file beyond one of them is a slip, or meant to stall us."""
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_SEPARATORS = ",;\t"
_PROTECTED_FORMULA = re.compile(r"'[=+\-@]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z0-9:$]+)[\"']")
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, SyntaxError, RuntimeError, NotImplementedError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError),
)
"""What reading a workbook raises that is none, or a damaged one; a broken XML is a SyntaxError."""


class NoTable(Exception):
    """The file as a whole cannot be used."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row. `number` counts from 1, as the spreadsheet shows it."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """The cell of a column, counted from 1; blank beyond the last."""
        return self.cells[column - 1] if column <= len(self.cells) else ""

    @property
    def blank(self) -> bool:
        """Whether nothing is in it."""
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `name` is blank in a file that has but one."""

    name: str
    rows: tuple[Row, ...]
    faults: tuple[Problem, ...] = ()


def read_sheets(content: bytes) -> tuple[Sheet, ...]:
    """The tables in a file's bytes; of a workbook, every sheet that is not hidden.

    Formulas are taken for the values stored with them. A merged cell's value stands in each of its places.

    Raises:
        NoTable: Too large, protected by a password, damaged, in an older format, or no table at all.
    """
    if len(content) > MAX_BYTES:
        raise NoTable(Problem("import_too_large", {"megabytes": MAX_BYTES // 1_000_000}))
    if content.startswith(_OLE):
        raise NoTable(Problem("import_protected" if _ENCRYPTED in content else "import_old_format"))
    sheets = _workbook(content) if content.startswith(_ZIP) else (_text_table(content),)
    if not any(sheet.rows or sheet.faults for sheet in sheets):
        raise NoTable(Problem("import_empty"))
    return sheets


# --- text ------------------------------------------------------------------------------------------------------------


def _text_table(content: bytes) -> Sheet:
    try:
        text = content.decode("utf-16") if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else decode(content, "")
    except (FileUnreadable, UnicodeDecodeError) as error:
        raise NoTable(Problem("import_no_text")) from error
    if "\0" in text:
        raise NoTable(Problem("import_no_text"))
    separator = max(_SEPARATORS, key=lambda mark: max(map(len, _records(text, mark, 20)), default=0))
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                rows.append(Row(number, tuple(map(_typed, cells))))
            _limit("", number, len(cells))
    except csv.Error as error:
        raise NoTable(Problem("import_broken_line", {"problem": str(error)}, row=reader.line_num)) from error
    return Sheet("", tuple(rows))


def _records(text: str, separator: str, count: int) -> list[list[str]]:
    """The first few rows, as they would be with this separator; a quote out of place does not matter yet."""
    lines = io.StringIO("\n".join(text.splitlines()[:count]))
    try:
        return list(csv.reader(lines, delimiter=separator))
    except csv.Error:
        return []


def _typed(text: str) -> str:
    """A cell as it was meant: without the mark that keeps a spreadsheet from taking it for a formula."""
    text = plain(text)
    return text[1:] if _PROTECTED_FORMULA.match(text) else text


# --- workbooks -------------------------------------------------------------------------------------------------------


def _workbook(content: bytes) -> tuple[Sheet, ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise NoTable(Problem("import_too_large", {"megabytes": MAX_UNPACKED // 1_000_000}))
            pages = [archive.read(one) for one in archive.namelist() if one.startswith("xl/worksheets/")]
        merged = max((_area(found.decode()) for page in pages for found in _MERGED.findall(page)), default=0)
        if merged > MAX_MERGED:
            raise NoTable(Problem("import_too_many_merged"))
        shown = _worksheets(content, values=True)
        # Only a second reading tells a formula that was never computed from a blank cell.
        formulas = _worksheets(content, values=False) if any(b"<f" in page for page in pages) else shown
        return tuple(_sheet(page, told) for page, told in zip(shown, formulas, strict=True))
    except _BROKEN as error:
        raise NoTable(Problem("import_broken")) from error


def _area(reference: str) -> int:
    from openpyxl.utils.cell import range_boundaries  # noqa: PLC0415 -- as below

    left, top, right, bottom = range_boundaries(reference)
    return int((right - left + 1) * (bottom - top + 1))


def _worksheets(content: bytes, *, values: bool) -> list["Worksheet"]:
    from openpyxl import load_workbook  # noqa: PLC0415 -- brings NumPy, which a text need not wait for

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of drawings and validations, which we do not look at
        book = load_workbook(io.BytesIO(content), data_only=values)
    return [page for page in book.worksheets if page.sheet_state == "visible"]


def _sheet(page: "Worksheet", told: "Worksheet") -> Sheet:
    _limit(page.title, page.max_row, page.max_column)
    faults, rows = [], []
    merged = dict(_merged(page))
    for number, cells in enumerate(page.iter_rows(), 1):
        found: list[Cell] = []
        for column, cell in enumerate(cells, 1):
            cell = page.cell(*merged[number, column]) if (number, column) in merged else cell  # noqa: PLW2901
            if cell.data_type == "e":
                faults.append(Problem("import_error_cell", {"value": str(cell.value)}, page.title, number, column))
            elif cell.value is None and told is not page and told.cell(number, column).data_type == "f":
                faults.append(Problem("import_not_computed", {}, page.title, number, column))
            found.append(_value(cell.value))
        if any(found):
            rows.append(Row(number, tuple(found)))
    return Sheet(page.title, tuple(rows), tuple(faults))


def _merged(page: "Worksheet") -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Each place of a merged cell, with the one that holds the value."""
    for area in page.merged_cells.ranges:
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                yield (row, column), (area.min_row, area.min_col)


def _value(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else plain(str(value))


def _limit(sheet: str, rows: int, columns: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        most: dict[str, str | int] = {"rows": rows, "columns": columns, "most_rows": MAX_ROWS, "most": MAX_COLUMNS}
        raise NoTable(Problem("import_too_many", most, sheet))
