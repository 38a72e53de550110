"""Rosters as leads know them: a workbook with a sheet for each checkpoint and one of totals; a table of rows as CSV."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from shifts.burden import burden, is_weekend
from shifts.model import Assignment, Duty, RosterProblem
from shifts.stints import stint_of
from station import texts_roster
from station.csv_file import as_cell
from station.import_table import label
from station.roster_wall import (
    DUTY,
    LEGEND,
    SHIFT,
    WEEKDAYS,
    Wall,
    Walls,
    called,
    duty_name,
)
from station.texts import Language, Pair, pick

TITLE: Pair = ("{name}排班表 {first} 至 {last}", "{name} roster {first} to {last}")
TOTALS: Pair = ("统计", "Totals")
COLUMNS: dict[Language, tuple[str, ...]] = {
    "zh": ("查验点", "日期", "班次", "岗位", "工号", "姓名"),
    "en": ("checkpoint", "date", "shift", "duty", "code", "name"),
}
TOTAL_COLUMNS: dict[Language, tuple[str, ...]] = {
    "zh": ("姓名", "工号", "查验点", "班数", "夜班", "周末", "工时"),
    "en": ("name", "code", "checkpoint", "shifts", "nights", "weekends", "hours"),
}
_DAY_FORMAT: Pair = ('m"月"d"日"', "d mmm")
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_TITLE = 31  # of a sheet, to every spreadsheet
_TOP = 3  # the rows of title, days and weekdays
_LEFT = 2  # the columns of shift and duty
_THIN = Side(style="thin", color="999999")
_BOX = Border(_THIN, _THIN, _THIN, _THIN)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_WEEKEND, _GAP, _HEAD = (PatternFill("solid", fgColor=colour) for colour in ("E7E6E6", "F8CBAD", "D9E2F3"))
_A4 = 9


def as_csv(problem: RosterProblem, assignments: Iterable[Assignment], language: Language) -> bytes:
    """A row each for whoever works: UTF-8 with its mark, as spreadsheets want it; no cell is a formula to them."""
    people, names = {person.code: person.name for person in problem.people}, _names(problem)
    order = list(Duty)
    rows = sorted(
        assignments, key=lambda one: (one.checkpoint, *_moment(problem, one), order.index(one.duty), one.person)
    )
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS[language])
    for one in rows:
        told = (
            label(one.checkpoint, names),
            one.shift.day.isoformat(),
            texts_roster.shift_name(one.shift.code, language),
        )
        who = (one.person, people.get(one.person, one.person))
        writer.writerow(map(as_cell, (*told, duty_name(one.duty, language), *who)))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(problem: RosterProblem, assignments: Iterable[Assignment], language: Language) -> bytes:
    """A sheet for each checkpoint, gaps and weekends marked, to be printed on A4; and each person's totals."""
    every = frozenset(assignments)
    walls, book = Walls(problem, every, language), Workbook()
    book.remove(book.worksheets[0])
    taken: set[str] = {pick(TOTALS, language).casefold()}
    for checkpoint in problem.plans:
        title = _sheet_title(label(checkpoint, _names(problem)), taken)
        _fill(book.create_sheet(title), walls.wall(checkpoint, problem.period.days), _names(problem), language)
    _fill_totals(book.create_sheet(pick(TOTALS, language)), problem, every, language)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _names(problem: RosterProblem) -> dict[str, str]:
    return {code: problem.names.get(code, code) for code in problem.plans}


def _moment(problem: RosterProblem, one: Assignment) -> tuple[date, int]:
    return one.shift.day, problem.plans[one.checkpoint].codes.index(one.shift.code)


def _sheet_title(name: str, taken: set[str]) -> str:
    """A title no spreadsheet refuses, and no other sheet has."""
    title = plain = (_printable(name).translate(_FORBIDDEN).strip() or "-")[:_LONGEST_TITLE]
    number = 1
    while title.casefold() in taken:
        number += 1
        title = f"{plain[: _LONGEST_TITLE - 5]} {number}"
    taken.add(title.casefold())
    return title


def _printable(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


# --- a checkpoint's sheet --------------------------------------------------------------------------------------------


def _fill(page: Worksheet, wall: Wall, names: dict[str, str], language: Language) -> None:
    days = wall.days
    if days:
        name = label(wall.checkpoint, names)
        _write(page, 1, 1, pick(TITLE, language).format(name=name, first=days[0], last=days[-1]), box=False)
        page.cell(1, 1).font, page.cell(1, 1).alignment = Font(size=16, bold=True), Alignment(horizontal="left")
    for column, word in enumerate((SHIFT, DUTY), 1):
        _write(page, 2, column, pick(word, language), fill=_HEAD)
        _write(page, 3, column, "", fill=_HEAD)
    for column, day in enumerate(days, _LEFT + 1):
        fill = _WEEKEND if is_weekend(day) else _HEAD
        _write(page, 2, column, day, fill=fill)
        page.cell(2, column).number_format = pick(_DAY_FORMAT, language)
        _write(page, 3, column, WEEKDAYS[language][day.weekday()], fill=fill)
    for row, line in enumerate(wall.lines, _TOP + 1):
        shift = f"{texts_roster.shift_name(line.shift.code, language)}({texts_roster.hours(line.shift, language)})"
        _write(page, row, 1, shift, fill=_HEAD)
        _write(page, row, 2, duty_name(line.duty, language), fill=_HEAD)
        for column, (day, cell) in enumerate(zip(days, line.cells, strict=True), _LEFT + 1):
            fill = _GAP if cell.gap else _WEEKEND if is_weekend(day) else None
            _write(page, row, column, cell.text, fill=fill, bold=cell.gap)
    _join_shifts(page, wall)
    _write(page, _TOP + len(wall.lines) + 2, 1, pick(LEGEND, language), box=False)
    page.cell(_TOP + len(wall.lines) + 2, 1).alignment = Alignment(horizontal="left")
    _lay_out(page, [14, 10, *[9] * len(days)], freeze=page.cell(_TOP + 1, _LEFT + 1).coordinate)
    page.print_title_cols = "A:B"


def _join_shifts(page: Worksheet, wall: Wall) -> None:
    """One cell for each shift's name, beside all its rows."""
    first = _TOP + 1
    for row, line in enumerate(wall.lines, _TOP + 1):
        if line.duty is None:
            page.merge_cells(start_row=first, end_row=row, start_column=1, end_column=1)
            first = row + 1


# --- totals ----------------------------------------------------------------------------------------------------------


def _fill_totals(
    page: Worksheet, problem: RosterProblem, assignments: frozenset[Assignment], language: Language
) -> None:
    names, known = _names(problem), called(problem.people)
    work: dict[str, list[Assignment]] = {person.code: [] for person in problem.people}
    for one in assignments:
        work.setdefault(one.person, []).append(one)
    homes = {person.code: person.home for person in problem.people}
    for column, heading in enumerate(TOTAL_COLUMNS[language], 1):
        _write(page, 1, column, heading, fill=_HEAD, bold=True)
    for row, (code, theirs) in enumerate(work.items(), 2):
        told = burden(stint_of(problem, one) for one in theirs)
        figures: tuple[str | float, ...] = (
            known.get(code, code),
            code,
            label(homes[code], names) if homes.get(code) in names else homes.get(code, ""),
            told.shifts,
            told.nights,
            told.weekends,
            told.hours,
        )
        for column, figure in enumerate(figures, 1):
            _write(page, row, column, figure)
    page.auto_filter.ref = f"A1:{get_column_letter(len(TOTAL_COLUMNS[language]))}{len(work) + 1}"
    _lay_out(page, [16, 12, 16, 8, 8, 8, 8], freeze="A2")


# --- within ----------------------------------------------------------------------------------------------------------


def _write(
    page: Worksheet,
    row: int,
    column: int,
    value: str | float | date,
    *,
    fill: PatternFill | None = None,
    bold: bool = False,
    box: bool = True,
) -> None:
    cell = page.cell(row, column)
    cell.value = _printable(value) if isinstance(value, str) else value
    if isinstance(value, str) and value:
        cell.data_type = "s"  # a name that begins with = is a name
    cell.alignment, cell.font = _CENTRE, Font(bold=bold)
    if box:
        cell.border = _BOX
    if fill is not None:
        cell.fill = fill


def _lay_out(page: Worksheet, widths: list[int], *, freeze: str) -> None:
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = freeze
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"1:{_TOP}" if freeze != "A2" else "1:1"
    page.oddFooter.center.text = "&P / &N"
    page.print_options.horizontalCentered = True
