"""Lists of people as leads keep them: a row each, with name, code, unit and duties, and what else a roster asks for."""

from collections.abc import Mapping
from datetime import date

from shifts.model import Duty, Period, Person, Wish
from station import roster_words as words
from station.import_table import DEEPEST_HEADING, Told, headings, places, rows_below, tell_headings, tell_missing, text
from station.imported import Imported
from station.roster_days import Days, month_start
from station.roster_words import HEADINGS, Column
from station.table_file import Cell, NoTable, Row, Sheet, read_sheets

NEEDED = (Column.NAME, Column.CODE, Column.UNITS, Column.DUTIES)
"""Columns that have to be there, with something in every row."""
_UNUSED = {Column.DATE, Column.SHIFT}


def read_people(
    content: bytes, period: Period, *, checkpoints: Mapping[str, str] | None = None, home: str = ""
) -> Imported:
    """The people in a table's bytes (XLSX or CSV). Never raises for what the file holds: see the problems.

    Args:
        content: The file.
        period: What leave without a year lies in, or nearest to.
        checkpoints: Names by code, and a home has to be one of them; None takes a home as it is written.
        home: Where those are at home of whom the table does not say it; blank: it has to.
    """
    try:
        sheets = read_sheets(content)
    except NoTable as none:
        return Imported(problems=(none.problem,))
    told, people = Told(), _People(Days(period), checkpoints, home)
    tables = 0
    for sheet in sheets:
        told.problems += sheet.faults
        at = next((at for at, row in enumerate(sheet.rows[:DEEPEST_HEADING]) if _is_heading(headings(row))), None)
        if at is None:
            told.note("import_sheet_no_people", (sheet.name, None, None))
            continue
        tables += 1
        people.read(sheet, at, told)
    if not tables and not told.problems:
        told.problem("import_no_people_heading", ("", None, None))
    elif not people.found and not told.problems:
        told.problem("import_nothing", ("", None, None))
    if told.problems:
        faulty = {(problem.sheet, problem.row) for problem in told.problems}
        sound = tuple(person for code, person in people.found.items() if people.places[code] not in faulty)
        return Imported(problems=told.in_order(), notes=tuple(told.notes), understood=sound)
    everybody = tuple(people.found.values())
    return Imported(everybody, notes=tuple(told.notes), columns=frozenset(people.columns), understood=everybody)


def _is_heading(columns: Mapping[Column, int]) -> bool:
    return len(columns) > 1 and not columns.keys().isdisjoint({Column.NAME, Column.CODE})


class _People:
    """People by code, from one sheet after another."""

    def __init__(self, days: Days, checkpoints: Mapping[str, str] | None, home: str) -> None:
        self.found: dict[str, Person] = {}
        self.places: dict[str, tuple[str, int]] = {}
        self.columns: set[Column] = set()
        self._default_home = home
        self._rows: dict[str, int] = {}  # of each code, and of each name
        self._days = days
        self._homes = None if checkpoints is None else places(checkpoints)
        self._home_names = checkpoints or {}

    def read(self, sheet: Sheet, at: int, told: Told) -> None:
        """The people in a sheet whose headings stand in its row `at`."""
        columns = {column: number for column, number in headings(sheet.rows[at]).items() if column not in _UNUSED}
        self.columns |= columns.keys()
        needed = NEEDED if self._homes is None or self._default_home else (*NEEDED, Column.CHECKPOINT)
        tell_missing(told, sheet, at, columns, needed)
        tell_headings(told, sheet, at, set(columns.values()))
        for row in rows_below(sheet, at):
            if any(row.at(number) for number in columns.values()):
                self._add(_Entry(sheet.name, row, columns, told), needed)

    def _add(self, entry: "_Entry", needed: tuple[Column, ...]) -> None:
        for column in needed:
            if column in entry.columns and not entry.cell(column):
                entry.problem("import_blank", column, heading=HEADINGS[column][0])
        person = self._person(entry)
        if person.code in self.found:
            entry.problem(
                "import_duplicate_code", Column.CODE, code=person.code, other=self._rows[f"code {person.code}"]
            )
            return
        named = f"name {words.key(person.name)}"
        if person.name and named in self._rows:
            entry.note("import_namesakes", Column.NAME, name=person.name, other=self._rows[named])
        self._rows.setdefault(named, entry.row.number)
        if person.code:
            self._rows[f"code {person.code}"] = entry.row.number
            self.found[person.code] = person
            self.places[person.code] = entry.sheet, entry.row.number

    def _person(self, entry: "_Entry") -> Person:
        return Person(
            words.person_code(entry.text(Column.CODE)),
            words.person_name(entry.text(Column.NAME)),
            frozenset(words.listed(entry.text(Column.UNITS))),
            frozenset(entry.duties()),
            self._home(entry),
            birth_year=self._birth_year(entry),
            since=self._since(entry),
            leave=frozenset(self._listed(entry, Column.LEAVE)),
            wishes=tuple(map(Wish, sorted(set(self._listed(entry, Column.OFF_WISHES))))),
            no_night=entry.flag(Column.NO_NIGHT),
        )

    def _home(self, entry: "_Entry") -> str:
        told = entry.text(Column.CHECKPOINT)
        if self._homes is None or not told:
            return told or self._default_home
        home = self._homes.get(words.key(told))
        if home is None:
            known = {word: self._home_names[code] for word, code in self._homes.items()}
            entry.told.stranger("import_bad_checkpoint", entry.place(Column.CHECKPOINT), told, known)
        return home or ""

    def _birth_year(self, entry: "_Entry") -> int | None:
        said = entry.text(Column.BIRTH_YEAR)
        if not said:
            return None
        year = int(said[:4]) if said[:4].isdecimal() and len(said[:4]) == 4 else 0
        if not 1900 <= year <= self._days.period.start.year:
            entry.problem("import_bad_year", Column.BIRTH_YEAR, value=said)
        return year

    def _since(self, entry: "_Entry") -> date | None:
        cell = entry.cell(Column.SINCE)
        if not cell:
            return None
        since = month_start(text(cell)) or self._days.day(cell, bare=False)
        if since is None:
            entry.problem("import_bad_day", Column.SINCE, value=text(cell))
        return since

    def _listed(self, entry: "_Entry", column: Column) -> tuple[date, ...]:
        cell = entry.cell(column)
        if not cell or words.is_free(text(cell)):  # “无” is nothing, too
            return ()
        days = self._days.days(cell)
        if days is None:
            entry.problem("import_bad_day", column, value=text(cell))
        return days or ()


class _Entry:
    """One row, read cell by cell."""

    def __init__(self, sheet: str, row: Row, columns: Mapping[Column, int], told: Told) -> None:
        self.sheet, self.row, self.columns, self.told = sheet, row, columns, told

    def cell(self, column: Column) -> Cell:
        return self.row.at(self.columns[column]) if column in self.columns else ""

    def text(self, column: Column) -> str:
        return text(self.cell(column))

    def place(self, column: Column) -> tuple[str, int, int]:
        return self.sheet, self.row.number, self.columns[column]

    def problem(self, code: str, column: Column, /, **params: str | int) -> None:
        self.told.problem(code, self.place(column), **params)

    def note(self, code: str, column: Column, /, **params: str | int) -> None:
        self.told.note(code, self.place(column), **params)

    def duties(self) -> set[Duty]:
        found = {part: words.duty(part) for part in words.listed(self.text(Column.DUTIES))}
        for part, duty in found.items():
            if duty is None:
                self.told.stranger("import_bad_duty", self.place(Column.DUTIES), part, words.DUTY_NAMES)
        return {duty for duty in found.values() if duty is not None}

    def flag(self, column: Column) -> bool:
        said = self.text(column)
        flag = words.flag(said)
        if flag is None:
            self.problem("import_bad_flag", column, value=said)
        return bool(flag)
