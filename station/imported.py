"""What came of a table handed in: people, a roster, and whatever is wrong with it, each thing with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shifts.model import Assignment, Person
from station import texts
from station.roster_words import Column
from station.texts import Language

Param = str | int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, or worth knowing.

    Attributes:
        code: Names its sentence.
        params: What the sentence says.
        sheet: The workbook's sheet; blank where there is only one table.
        row: From 1, as a spreadsheet counts; None where it is about the file or the sheet as a whole.
        column: From 1; None where it is about a whole row.
    """

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)
    sheet: str = ""
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """All of a file, or nothing of it: where there are problems, there are neither people nor assignments.

    Attributes:
        notes: What was passed over, for the reader to know.
        columns: What the people's table has columns about: of anything else it says nothing.
        understood: What could be read beside the problems: to be looked at, never to be kept.
    """

    people: tuple[Person, ...] = ()
    assignments: frozenset[Assignment] = frozenset()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    columns: frozenset[Column] = frozenset()
    understood: tuple[Person, ...] | frozenset[Assignment] = ()


def sentence(problem: Problem, language: Language) -> str:
    """A problem as people read it, its place first: “龙士”第 5 行 D 列：…"""
    told = texts.error(problem.code, problem.params, language)
    place = _place(problem, language)
    if not place:
        return told
    return f"{place}：{told}" if language == "zh" else f"{place}: {told}"


def letters(column: int) -> str:
    """A column's letters, as a spreadsheet names it: 1 is A, 27 is AA."""
    named = ""
    while column:
        column, rest = divmod(column - 1, 26)
        named = chr(ord("A") + rest) + named
    return named


def _place(problem: Problem, language: Language) -> str:
    chinese = language == "zh"
    parts = [f"“{problem.sheet}”"] if problem.sheet else []
    if problem.row is not None:
        parts.append(f"第 {problem.row} 行" if chinese else f"row {problem.row}")
    if problem.column is not None:
        named = letters(problem.column)
        parts.append(f"{named} 列" if chinese else f"column {named}")
    return (" " if chinese else ", ").join(parts)
