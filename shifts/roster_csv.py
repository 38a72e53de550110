"""Rosters as CSV: a header `checkpoint,date,shift,duty,person`, then a line for each assignment."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from shifts.errors import TableError
from shifts.model import Assignment, DatedShift, Duty

COLUMNS = ("checkpoint", "date", "shift", "duty", "person")


def write_roster(assignments: Iterable[Assignment]) -> str:
    """The table, sorted by checkpoint, day, shift, duty and person."""
    rows = sorted((a.checkpoint, a.shift.day.isoformat(), a.shift.code, str(a.duty), a.person) for a in assignments)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *rows])
    return out.getvalue()


def read_roster(text: str) -> frozenset[Assignment]:
    """The assignments of a table. Columns may come in any order; blank lines count for nothing.

    Raises:
        TableError: No such header, or a line that cannot be read: `line`, `what` ("header", "cells", "date", "duty",
            "blank", "repeated") and the `value` that stood there.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    found: dict[Assignment, int] = {}
    try:
        header = [name.strip() for name in next(reader, [])]
        if sorted(header) != sorted(COLUMNS):
            raise TableError(line=1, what="header", value=",".join(header))
        for row in reader:
            if any(cell.strip() for cell in row):
                assignment = _assignment(header, row, reader.line_num)
                if assignment in found:
                    raise TableError(line=reader.line_num, what="repeated", value=assignment.person)
                found[assignment] = reader.line_num
    except csv.Error as error:
        raise TableError(line=reader.line_num, what="cells", value=str(error)) from error
    return frozenset(found)


def _assignment(header: list[str], row: list[str], line: int) -> Assignment:
    if len(row) != len(header):
        raise TableError(line=line, what="cells", value=",".join(row))
    said = dict(zip(header, (cell.strip() for cell in row), strict=True))
    for column, value in said.items():
        if not value:
            raise TableError(line=line, what="blank", value=column)
    try:
        day = date.fromisoformat(said["date"])
    except ValueError as error:
        raise TableError(line=line, what="date", value=said["date"]) from error
    if said["duty"] not in set(Duty):
        raise TableError(line=line, what="duty", value=said["duty"])
    return Assignment(said["person"], said["checkpoint"], Duty(said["duty"]), DatedShift(day, said["shift"]))
