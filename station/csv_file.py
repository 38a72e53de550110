"""Lists as district staff keep them: CSV from a spreadsheet, in UTF-8 or GB18030, with known columns."""

import csv
import io
from collections.abc import Sequence

from station.toml_file import FileUnreadable, MissingKey, UnknownKey


def parse(content: bytes, name: str, columns: Sequence[str], required: Sequence[str] = ()) -> list[dict[str, str]]:
    """Rows as dictionaries of stripped texts, blank where a column is left out.

    Raises:
        FileError: No text, no header, an unknown column or a missing one.
    """
    rows = list(csv.reader(io.StringIO(_text(content, name))))
    if not rows:
        raise FileUnreadable(file=name, problem="no header line")
    header = [column.strip() for column in rows[0]]
    for column in header:
        if column not in columns:
            raise UnknownKey(file=name, line=1, key=column)
    for column in required:
        if column not in header:
            raise MissingKey(file=name, key=column)
    blank = dict.fromkeys(columns, "")
    table = []
    for line, row in enumerate(rows[1:], 2):
        if len(row) > len(header):
            raise FileUnreadable(file=name, problem=f"line {line}: more cells than columns")
        if any(cell.strip() for cell in row):
            table.append(blank | dict(zip(header, (cell.strip() for cell in row), strict=False)))
    return table


def _text(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileUnreadable(file=name, problem="neither UTF-8 nor GB18030 text")
