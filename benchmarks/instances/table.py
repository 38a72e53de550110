"""A solution as CSV: a header `staff,day,shift`, then a line for each shift worked; days are counted from zero."""

import csv
import io

from benchmarks.instances.model import OFF, Instance, Rows

COLUMNS = ("staff", "day", "shift")


def write_solution(instance: Instance, rows: Rows) -> str:
    """The table, in the order of the staff and of the days."""
    worked = [
        (who.code, day, instance.shifts[shift].code)
        for who, row in zip(instance.staff, rows, strict=True)
        for day, shift in enumerate(row)
        if shift != OFF
    ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *worked])
    return out.getvalue()
