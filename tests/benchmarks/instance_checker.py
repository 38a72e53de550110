"""A solution of a shift-scheduling instance held to the rules' words, from the two files alone.

It shares no code with the reader, the models or the searches, so that one mistake cannot hide in both: days of a row
are looked at as text, a letter a day.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise


def check(instance: str, solution: str) -> tuple[list[str], int]:
    """Every rule broken, in words, and what the solution costs."""
    tables = _tables(instance)
    days = int(tables["HORIZON"][0][0])
    length = {row[0]: int(row[1]) for row in tables["SHIFTS"]}
    barred = {(row[0], after.strip()) for row in tables["SHIFTS"] for after in "".join(row[2:3]).split("|")}
    plan: dict[tuple[str, int], str] = {}
    said = []
    for line in csv.DictReader(io.StringIO(solution)):
        where = line["staff"], int(line["day"])
        if where in plan:
            said.append(f"{where}: two shifts a day")
        if line["shift"] not in length or not 0 <= where[1] < days:
            said.append(f"{line}: no such shift or day")
            continue
        plan[where] = line["shift"]
    for who, most, *figures in (row[:8] for row in tables["STAFF"]):
        row = [plan.get((who, day)) for day in range(days)]
        said += [f"{who}: works on day {day} off" for day in _off(tables, who) if row[day]]
        said += [f"{who}: {what}" for what in _breaches(row, most, [int(f) for f in figures], length, barred)]
    staff = {row[0] for row in tables["STAFF"]}
    said += [f"nobody: {who}" for who, _ in plan if who not in staff]
    return said, _cost(tables, plan)


def _off(tables: dict[str, list[list[str]]], who: str) -> list[int]:
    return [int(day) for name, *days in tables.get("DAYS_OFF", []) if name == who for day in days if day]


def _breaches(
    row: list[str | None], most: str, figures: list[int], length: dict[str, int], barred: set[tuple[str, str]]
) -> Iterator[str]:
    high, low, longest, shortest, rest, weekends = figures
    for share in filter(str.strip, most.split("|")):
        kind, _, number = share.partition("=")
        if row.count(kind.strip()) > int(number):
            yield f"{row.count(kind.strip())} of {share}"
    minutes = sum(length[kind] for kind in row if kind)
    if not low <= minutes <= high:
        yield f"{minutes} minutes, not {low}..{high}"
    for day, (today, tomorrow) in enumerate(pairwise(row)):
        if today and tomorrow and (today, tomorrow) in barred:
            yield f"{tomorrow} after {today} on day {day}"
    yield from _rhythm("".join("W" if kind else "-" for kind in row), longest, shortest, rest, weekends)


def _rhythm(letters: str, longest: int, shortest: int, rest: int, weekends: int) -> Iterator[str]:
    for run in re.finditer("W+", letters):
        if len(run[0]) > longest:
            yield f"{len(run[0])} days in a row from day {run.start()}"
        if len(run[0]) < shortest and run.start() > 0 and run.end() < len(letters):
            yield f"only {len(run[0])} days in a row from day {run.start()}"
    for run in re.finditer("-+", letters):
        if len(run[0]) < rest and run.start() > 0 and run.end() < len(letters):
            yield f"only {len(run[0])} days off from day {run.start()}"
    worked = sum("W" in letters[monday + 5 : monday + 7] for monday in range(0, len(letters), 7))
    if worked > weekends:
        yield f"{worked} weekends, not {weekends}"


def _cost(tables: dict[str, list[list[str]]], plan: dict[tuple[str, int], str]) -> int:
    cost = 0
    for who, day, kind, weight, *_ in tables.get("SHIFT_ON_REQUESTS", []):
        cost += int(weight) * (plan.get((who, int(day))) != kind)
    for who, day, kind, weight, *_ in tables.get("SHIFT_OFF_REQUESTS", []):
        cost += int(weight) * (plan.get((who, int(day))) == kind)
    there = Counter((day, kind) for (_, day), kind in plan.items())
    for on, kind, heads, under, over, *_ in tables["COVER"]:
        spare = there[int(on), kind] - int(heads)
        cost += spare * int(over) if spare > 0 else -spare * int(under)
    return cost


def _tables(text: str) -> dict[str, list[list[str]]]:
    tables: dict[str, list[list[str]]] = {}
    for raw in text.removeprefix("\ufeff").splitlines():
        line = raw.split("#")[0].strip()
        if line.upper().startswith("SECTION_"):
            table = tables[line.upper().rstrip(", ").removeprefix("SECTION_")] = []
        elif line:
            table.append([cell.strip() for cell in line.split(",")])
    return tables
