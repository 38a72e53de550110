"""Rows of texts into a file and back: CSV and XLSX, a row at a time, however many there are.

Whatever stands in a cell comes back as it was. In CSV a text that a spreadsheet would take for a formula gets an
apostrophe before it; in a workbook every text is marked as one.
"""

import csv
import errno
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path

import rustpy_xlsxwriter

from db.exporting import SEPARATOR
from station.csv_file import as_cell, from_cell, is_plain

SHEET_ROWS = 1_048_575
"""Rows that a sheet holds beside its header; what is more goes on in the next."""
LONGEST = 32_767
"""Characters that a spreadsheet holds in a cell."""
_SYSTEM_ERROR = re.compile(r"(?:os error |code: )(\d+)")
_ESCAPED = re.compile("_x([0-9A-F]{4})_")
"""A character that XML has none for, and an underscore that would look like one (ECMA-376, ST_Xstring)."""
_ROW = "\n" + SEPARATOR
"""Begins a row while a chunk is looked at: so the separator stands before every cell."""


class Kind(StrEnum):
    """How a file is written."""

    CSV = "csv"
    XLSX = "xlsx"


class Unreadable(Exception):
    """The file is not of its kind, or damaged."""


@dataclass(frozen=True, slots=True)
class Written:
    """A row as it was found: in which sheet (blank in CSV), at which row as the spreadsheet counts, and its texts."""

    sheet: str
    number: int
    cells: list[str]


def write(
    path: Path,
    kind: Kind,
    header: Sequence[str],
    chunks: Iterable[Sequence[str]],
    *,
    total: int,
    title: str,
    numbers: frozenset[str],
) -> None:
    """Write rows beneath a header; what `chunks` raises comes through.

    Args:
        path: The file.
        kind: Which.
        header: The columns, each once.
        chunks: Rows, some at a time: as many cells as there are columns, parted by `SEPARATOR`.
        total: How many rows there are at most: sheets are parted by it.
        title: What sheets are called.
        numbers: The columns whose texts a workbook keeps as whole numbers.

    Raises:
        OSError: The disk is full, or the file cannot be written.
    """
    if kind is Kind.CSV:
        _write_csv(path, header, chunks)
    else:
        with _system_errors(path):
            _write_xlsx(path, header, chain.from_iterable(chunks), total=total, title=title, numbers=numbers)


def _write_csv(path: Path, header: Sequence[str], chunks: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("\ufeff")
        writer = csv.writer(file)
        writer.writerow(header)
        for rows in chunks:
            text = _ROW + _ROW.join(rows)
            if text.count("\n") == len(rows) and not any(odd in text for odd in ',"\r') and is_plain(text, SEPARATOR):
                # As nearly always: no cell needs a quote or an apostrophe.
                file.write(text.removeprefix(_ROW).replace(_ROW, "\r\n").replace(SEPARATOR, ",") + "\r\n")
            else:
                writer.writerows([map(as_cell, row.split(SEPARATOR)) for row in rows])


def _write_xlsx(
    path: Path, header: Sequence[str], rows: Iterable[str], *, total: int, title: str, numbers: frozenset[str]
) -> None:
    counted = [name for name in header if name in numbers]

    def cells(row: str) -> dict[str, str | int]:
        named: dict[str, str | int] = dict(zip(header, row.split(SEPARATOR), strict=True))
        for name in counted:
            if named[name]:
                named[name] = int(named[name])
        return named

    named = map(cells, rows)

    def sheet() -> Iterator[dict[str, str | int]]:
        """The next rows, as many as one holds; without any, a blank one, from which the library takes the header."""
        part = islice(named, SHEET_ROWS)
        yield next(part, dict.fromkeys(header, ""))
        yield from part

    count = max(-(-total // SHEET_ROWS), 1)
    names = [title] if count == 1 else [f"{title} {number}" for number in range(1, count + 1)]
    # Each sheet is read to its end before the next is begun.
    rustpy_xlsxwriter.write_worksheets(
        [(name, sheet()) for name in names], str(path), freeze_panes={"general": {"row": 1, "col": 0}}
    )


@contextmanager
def _system_errors(path: Path) -> Iterator[None]:
    """What the library makes of the system's errors, as those again: texts without a number; amid a sheet, a panic."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException" and not (isinstance(error, OSError) and error.errno is None):
            raise
        found = _SYSTEM_ERROR.search(str(error))
        number = int(found[1]) if found else errno.EIO
        raise OSError(number, os.strerror(number), str(path)) from error


def read(path: Path, kind: Kind) -> Iterator[Written]:
    """Every row of a file, headers too, as it was before it was written; in a workbook, but for blank ones.

    Raises:
        Unreadable: It is not of this kind, or damaged.
        OSError: It cannot be read.
    """
    return _read_csv(path) if kind is Kind.CSV else _read_xlsx(path)


def _read_csv(path: Path) -> Iterator[Written]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.reader(file, strict=True), 1):
                yield Written("", number, list(map(from_cell, row)))
    except (csv.Error, UnicodeDecodeError) as error:
        raise Unreadable(str(error)) from error


def _read_xlsx(path: Path) -> Iterator[Written]:
    from openpyxl import load_workbook  # noqa: PLC0415 -- brings NumPy, which a text need not wait for

    with path.open("rb") as file:
        try:
            for sheet in load_workbook(file, read_only=True, data_only=True).worksheets:
                for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
                    cells = list(map(_text, row))
                    if any(cells):
                        yield Written(sheet.title, number, cells)
        except OSError:
            raise
        except Exception as error:  # openpyxl has no family of errors
            raise Unreadable(str(error)) from error


def _text(value: object) -> str:
    """A cell as the text it was made of."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
