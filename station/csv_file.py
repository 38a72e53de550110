"""Lists as district staff keep them: CSV from a spreadsheet, in UTF-8 or GB18030, with known columns."""

import csv
import io
import re
from collections.abc import Sequence

from station.toml_file import FileUnreadable, MissingKey, UnknownKey

_STARTS = "=+-@＝＋－＠"
"""How a text begins that a spreadsheet may take for a formula (OWASP, CSV injection), in full width too."""
_FORMULA = re.compile(f"'*[{re.escape(_STARTS)}\t\r\n]")


def parse(
    content: bytes, name: str, columns: Sequence[str], required: Sequence[str] = ()
) -> list[tuple[int, dict[str, str]]]:
    """Rows that are not blank, each with its line: dictionaries of stripped texts, blank where a column is left out.

    Raises:
        FileError: No text, no header, broken quotes, or an unknown, repeated or missing column.
    """
    rows = _rows(content, name)
    if not rows:
        raise FileUnreadable(file=name, problem="no header line")
    header = [column.strip() for column in rows[0][1]]
    if len(set(header)) < len(header):
        raise FileUnreadable(file=name, problem="a column is there twice")
    for column in header:
        if column not in columns:
            raise UnknownKey(file=name, line=1, key=column)
    for column in required:
        if column not in header:
            raise MissingKey(file=name, key=column)
    blank = dict.fromkeys(columns, "")
    table = []
    for line, row in rows[1:]:
        if len(row) > len(header):
            raise FileUnreadable(file=name, problem=f"line {line}: more cells than columns")
        if any(cell.strip() for cell in row):
            table.append((line, blank | dict(zip(header, (cell.strip() for cell in row), strict=False))))
    return table


def _rows(content: bytes, name: str) -> list[tuple[int, list[str]]]:
    """Each row with the line it ends on. Strict: an open quote would swallow every row below it in silence."""
    reader = csv.reader(io.StringIO(decode(content, name), newline=""), strict=True)
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise FileUnreadable(file=name, problem=f"line {reader.line_num}: {error}") from error


def decode(content: bytes, name: str) -> str:
    """Text in UTF-8, with or without its mark, or in GB18030, which GBK and GB 2312 are parts of.

    Raises:
        FileUnreadable: Neither.
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise FileUnreadable(file=name, problem="neither UTF-8 nor GB18030 text")


def as_cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula, whoever typed it; `from_cell` undoes it."""
    return f"'{value}" if _FORMULA.match(str(value)) else value


def from_cell(text: str) -> str:
    """The text that `as_cell` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def is_plain(text: str, separator: str) -> bool:
    """Whether `as_cell` changes no cell of a text; each has the separator before it and no line break in it."""
    return re.search(f"{re.escape(separator)}['{re.escape(_STARTS)}\t]", text) is None
