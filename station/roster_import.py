"""Rosters as leads keep them, from XLSX or CSV.

Three tables are known: a row each for a date, a shift and a person; a row a person, a column a day, 早中夜休 in the
cells; a row a shift, or a shift's duty, a column a day (or a row a day, a column a shift), names in the cells. What a
row says, what its column's heading says and what the cell says make an assignment together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from shifts.model import MIDDLE, NIGHT, Assignment, DatedShift, Duty, Period, Person, RosterProblem, ShiftPlan
from station import roster_words as words
from station.import_table import (
    DEEPEST_HEADING,
    Place,
    Told,
    headings,
    label,
    places,
    rows_below,
    tell_headings,
    text,
)
from station.imported import Imported
from station.roster_days import Days, is_weekday, month_named
from station.roster_duties import Working, with_duties
from station.roster_people import Names
from station.roster_words import HEADINGS, Column
from station.table_file import Cell, NoTable, Row, Sheet, read_sheets
from station.texts import SHIFTS

PERSON = {Column.NAME, Column.CODE}
STRANGERS = ("import_unknown_person", "import_unknown_person_like")
"""What is wrong where somebody is named whom the problem does not know."""
_AS_ABOVE = {Column.CHECKPOINT, Column.DATE, Column.SHIFT}
"""Blank left of a grid, these mean what they meant in the row above."""


def read_roster(
    content: bytes, problem: RosterProblem, *, period: Period | None = None, leavers: bool = False
) -> Imported:
    """The roster in a table's bytes. Never raises for what the file holds: see the problems.

    Args:
        content: The file.
        problem: Whose roster, where, and in which shifts; where no duty is said, its demands tell who does what.
        period: The days the roster may have, e.g. last month's; the problem's own if left out.
        leavers: Whoever is not in the problem has left, and is passed over with a note.
    """
    try:
        sheets = read_sheets(content)
    except NoTable as none:
        return Imported(problems=(none.problem,))
    told = Told(STRANGERS if leavers else ())
    reader = _Reader(problem, period or problem.period, told)
    tables = 0
    for sheet in sheets:
        told.problems += sheet.faults
        table = reader.table(sheet)
        if table is None:
            told.note("import_sheet_passed", (sheet.name, None, None))
            continue
        tables += 1
        reader.read(table)
    if not tables and not told.problems:
        told.problem("import_no_roster_heading", ("", None, None))
    elif not reader.seen and not told.problems:
        told.problem("import_nothing", ("", None, None))
    found = with_duties(problem, reader.decided, reader.undecided)
    if told.problems:
        return Imported(problems=told.in_order(), notes=tuple(told.notes), understood=found)
    return Imported(assignments=found, notes=tuple(told.notes), understood=found)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known of an assignment so far."""

    checkpoint: str | None = None
    day: date | None = None
    shift: str | None = None
    duty: Duty | None = None
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet with its headings understood.

    Attributes:
        at: The row of the headings.
        columns: What stands left of the grid.
        days: The grid's columns that are days.
        shifts: The grid's columns that are shifts.
        checkpoint: Which one the sheet's name or title says.
    """

    sheet: Sheet
    at: int
    columns: Mapping[Column, int]
    days: Mapping[int, date]
    shifts: Mapping[int, str]
    completed: Days
    checkpoint: str | None

    def place(self, row: Row, column: int | None = None) -> Place:
        return self.sheet.name, row.number, column


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table, with the cells left of the grid."""

    table: _Table
    row: Row
    cells: Mapping[Column, Cell]

    def text(self, column: Column) -> str:
        return text(self.cells.get(column, ""))

    def place(self, column: Column) -> Place:
        return self.table.place(self.row, self.table.columns[column])


class _Reader:
    """Assignments from one sheet after another."""

    def __init__(self, problem: RosterProblem, period: Period, told: Told) -> None:
        self.decided: list[Assignment] = []
        self.undecided: list[Working] = []
        self.seen: dict[Working, int] = {}
        self._problem, self._period, self._told = problem, period, told
        self._names = Names(problem.people)
        self._called = {code: problem.names.get(code, code) for code in problem.plans}
        self._places = places(self._called)

    # --- headings ----------------------------------------------------------------------------------------------------

    def table(self, sheet: Sheet) -> _Table | None:
        """The sheet as a table of a roster; None if it is none."""
        title: list[str] = []
        for at, row in enumerate(sheet.rows[:DEEPEST_HEADING]):
            columns, said = headings(row), {text(cell) for cell in row.cells if cell}
            rostered = not columns.keys().isdisjoint({*PERSON, Column.SHIFT, Column.DATE})
            if rostered and len(said) > 1:
                checkpoint = self._checkpoint_named(sheet.name, title)
                months = [found for said_above in (*title, sheet.name) if (found := month_named(said_above))]
                days = Days(self._period, months[0] if months else None)
                table = self._grid(_Table(sheet, at, columns, {}, {}, days, checkpoint))
                if table is not None:
                    return table
            title += (text(cell) for cell in row.cells if cell)
        return None

    def _grid(self, table: _Table) -> _Table | None:
        """With the columns of days, or of shifts; None where it lacks what makes a roster."""
        row, named = table.sheet.rows[table.at], set(table.columns.values())
        free = [(number, cell) for number, cell in enumerate(row.cells, 1) if cell and number not in named]
        said = table.columns.keys()
        days = {number: day for number, cell in free if (day := table.completed.day(cell)) is not None}
        if days and (Column.SHIFT in said or said & PERSON):
            return replace(table, days=days)
        plan = self._plan(table.checkpoint)
        shifts = {number: code for number, cell in free if plan and (code := words.shift(text(cell), plan))}
        if plan and shifts and Column.DATE in said and not said & PERSON:
            for number, code in shifts.items():
                self._tell_late(text(row.at(number)), code, plan, table.place(row, number))
            return replace(table, shifts=shifts)
        return table if {Column.DATE, Column.SHIFT} <= said and said & PERSON else None

    def _checkpoint_named(self, sheet: str, title: list[str]) -> str | None:
        """The checkpoint a sheet is called after, or its title names; else the only one there is."""
        if code := self._places.get(words.key(sheet)):
            return code
        for word in sorted(self._places, key=len, reverse=True):
            if any(words.names(said, word) for said in (*title, sheet)):
                return self._places[word]
        return next(iter(self._called)) if len(self._called) == 1 else None

    def _plan(self, checkpoint: str | None) -> ShiftPlan | None:
        return next(iter(self._problem.plans.values()), None) if checkpoint is None else self._problem.plans[checkpoint]

    # --- rows --------------------------------------------------------------------------------------------------------

    def read(self, table: _Table) -> None:
        """The assignments of a table."""
        tell_headings(self._told, table.sheet, table.at, {*table.columns.values(), *table.days, *table.shifts})
        self._tell_days(table)
        above: dict[Column, Cell] = {}
        for row in rows_below(table.sheet, table.at):
            grid = {number: row.at(number) for number in (*table.days, *table.shifts) if row.at(number)}
            cells = {column: row.at(number) for column, number in table.columns.items()}
            if grid and all(is_weekday(text(cell)) for cell in grid.values()):
                continue
            if table.days or table.shifts:
                for column in cells.keys() & _AS_ABOVE:
                    cells[column] = above[column] = cells[column] or above.get(column, "")
            if grid or (not table.days and not table.shifts and any(cells.values())):
                self._row(_Line(table, row, cells), grid)

    def _tell_days(self, table: _Table) -> None:
        heading = table.sheet.rows[table.at]
        before: set[date] = set()
        for number, day in table.days.items():
            if day in before:
                self._told.problem("import_day_twice", table.place(heading, number), day=day.isoformat())
            elif day not in self._period:
                self._outside(day, table.place(heading, number))
            before.add(day)

    def _row(self, line: _Line, grid: Mapping[int, Cell]) -> None:
        """The assignments of one row; what is wrong with what stands left of the grid is told once."""
        said = self._left(line)
        if said is None:
            return
        if not grid:
            self._add(said, line.table.place(line.row))
        for number, cell in grid.items():
            place = line.table.place(line.row, number)
            day = line.table.days.get(number, said.day)
            if day is None or day not in self._period:
                continue  # told where the day stands
            here = replace(said, day=day, shift=line.table.shifts.get(number, said.shift))
            for one in self._shifts(here, text(cell), place) if here.person else self._people(here, text(cell), place):
                self._add(one, place)

    def _left(self, line: _Line) -> _Said | None:
        """What a row says before its grid; None where something of it is wrong, or it is no row of people."""
        day = shift = person = None
        checkpoint = self._checkpoint(line)
        strange = checkpoint is None and bool(line.text(Column.CHECKPOINT))  # told already
        if PERSON & line.cells.keys():
            person = self._person(line)
            checkpoint = checkpoint or (person.home if person and not strange else None)
        duty_said = line.text(Column.DUTIES)
        duty = words.duty(duty_said)
        if duty_said and duty is None:
            if not words.counts_heads(duty_said):
                self._told.stranger("import_bad_duty", line.place(Column.DUTIES), duty_said, words.DUTY_NAMES)
            return None
        if Column.DATE in line.cells:
            day = self._day(line)
        if checkpoint is None and not strange and (person or not PERSON & line.cells.keys()):
            self._told.once("import_no_checkpoint", line.table.place(line.row))
        if Column.SHIFT in line.cells and checkpoint is not None:
            shift = self._shift(line, checkpoint)
        complete = (
            checkpoint is not None
            and (person or not PERSON & line.cells.keys())
            and (day or Column.DATE not in line.cells)
            and (shift or Column.SHIFT not in line.cells)
        )
        return _Said(checkpoint, day, shift, duty, person) if complete else None

    def _checkpoint(self, line: _Line) -> str | None:
        said = line.text(Column.CHECKPOINT)
        if not said:
            return line.table.checkpoint
        found = self._places.get(words.key(said))
        if found is None:
            known = {word: self._called[code] for word, code in self._places.items()}
            self._told.stranger("import_bad_checkpoint", line.place(Column.CHECKPOINT), said, known)
        return found

    def _person(self, line: _Line) -> Person | None:
        code, name = line.text(Column.CODE), line.text(Column.NAME)
        column = Column.CODE if code else Column.NAME if Column.NAME in line.cells else Column.CODE
        if not code and not name:
            self._told.problem("import_blank", line.place(column), heading=HEADINGS[column][0])
            return None
        person = self._names.find(code or name, line.place(column), self._told)
        if person and code and name and words.key(words.plain(person.name)) != words.key(name):
            told = {"code": code, "name": person.name, "value": name}
            self._told.problem("import_other_person", line.place(Column.NAME), **told)
            return None
        return person

    def _day(self, line: _Line) -> date | None:
        if not line.cells[Column.DATE]:
            self._told.problem("import_blank", line.place(Column.DATE), heading=HEADINGS[Column.DATE][0])
            return None
        day = line.table.completed.day(line.cells[Column.DATE])
        if day is None:
            self._told.problem("import_bad_day", line.place(Column.DATE), value=line.text(Column.DATE))
        elif day not in self._period:
            self._outside(day, line.place(Column.DATE))
            return None
        return day

    def _shift(self, line: _Line, checkpoint: str) -> str | None:
        said = line.text(Column.SHIFT)
        if not said:
            self._told.problem("import_blank", line.place(Column.SHIFT), heading=HEADINGS[Column.SHIFT][0])
            return None
        found = words.shift(said, self._problem.plans[checkpoint])
        if found is None:
            self._bad_shift(said, checkpoint, line.place(Column.SHIFT))
        else:
            self._tell_late(said, found, self._problem.plans[checkpoint], line.place(Column.SHIFT))
        return found

    # --- cells -------------------------------------------------------------------------------------------------------

    def _shifts(self, said: _Said, cell: str, place: Place) -> Iterator[_Said]:
        """What a person does on a day."""
        if said.checkpoint is None or words.is_free(cell):
            return
        plan = self._problem.plans[said.checkpoint]
        whole = words.shift_and_duty(cell, plan)
        for part in (cell,) if whole else words.listed(cell):
            found = words.shift_and_duty(part, plan)
            if found is None:
                self._bad_shift(part, said.checkpoint, place)
            else:
                self._tell_late(part, found[0], plan, place)
                yield replace(said, shift=found[0], duty=found[1] or said.duty)

    def _people(self, said: _Said, cell: str, place: Place) -> Iterator[_Said]:
        """Who does it."""
        if words.is_free(cell) and cell not in self._names:
            return
        for name, duty in self._names.listed(cell):
            person = self._names.find(name, place, self._told)
            if person:
                yield replace(said, person=person, duty=duty or said.duty)

    def _add(self, said: _Said, place: Place) -> None:
        if said.checkpoint is None or said.day is None or said.shift is None or said.person is None:
            return  # told already
        shift, person = DatedShift(said.day, said.shift), said.person
        working = (person.code, said.checkpoint, shift)
        if working in self.seen:
            self._told.problem("import_repeated", place, name=person.name, other=self.seen[working])
            return
        self.seen[working] = place[1] or 0
        if said.duty is not None:
            self.decided.append(Assignment(person.code, said.checkpoint, said.duty, shift))
        elif person.duties:
            self.undecided.append(working)
        else:
            self._told.problem("import_no_duty", place, name=person.name)

    def _outside(self, day: date, place: Place) -> None:
        first, last = self._period.start, self._period.days[-1] if self._period.length else self._period.start
        told = {"day": day.isoformat(), "first": first.isoformat(), "last": last.isoformat()}
        self._told.problem("import_day_outside", place, **told)

    def _tell_late(self, said: str, code: str, plan: ShiftPlan, place: Place) -> None:
        """What 晚 was taken for, where the plan has an evening's shift as well."""
        if words.is_late(said) and code == NIGHT and MIDDLE in plan.codes:
            self._told.note_once("import_late_is_night", place, value=said)

    def _bad_shift(self, said: str, checkpoint: str, place: Place) -> None:
        codes = self._problem.plans[checkpoint].codes
        choices = ", ".join(" ".join(SHIFTS.get(code, (code,))) for code in codes)
        called = label(checkpoint, self._called)
        self._told.problem("import_bad_shift", place, value=said, checkpoint=called, choices=choices)
