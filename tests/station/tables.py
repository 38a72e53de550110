"""Tables as leads hand them in: CSV in the bytes of any writing, workbooks by openpyxl."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

Rows = Iterable[Sequence[Any]]


def csv_of(*rows: Sequence[str], separator: str = ",", encoding: str = "utf-8") -> bytes:
    return "".join(f"{separator.join(row)}\r\n" for row in rows).encode(encoding)


def xlsx_of(*rows: Sequence[Any], **sheets: Rows) -> bytes:
    """A workbook of one sheet, or of several by name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in (sheets or {"Sheet1": rows}).items():
        page = book.create_sheet(name)
        for row in table:
            page.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
