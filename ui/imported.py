"""A table handed in at the command line: what was passed over is said, and what is wrong, all of it at once."""

import argparse

from station.imported import Imported, Problem, letters, sentence
from station.texts import Language
from ui import console

_SHOWN = 50


class ImportRefused(console.UsageError):
    """Nothing was imported. `details` has every problem, for those who asked for JSON."""

    def __init__(self, file: str, problems: list[dict[str, object]]) -> None:
        super().__init__("import_refused", file=file, count=len(problems))
        self.details = {"problems": problems}


def imported(found: Imported, options: argparse.Namespace) -> Imported:
    """What came of the file `options.file`.

    Raises:
        ImportRefused: Something is wrong with it; each thing was said.
    """
    language: Language = options.language
    for note in found.notes:
        console.warn(sentence(note, language))
    for problem in found.problems[:_SHOWN]:
        console.warn(sentence(problem, language))
    if len(found.problems) > _SHOWN:
        console.warn("…")
    if found.problems:
        raise ImportRefused(options.file.name, [_as_json(problem, language) for problem in found.problems])
    return found


def _as_json(problem: Problem, language: Language) -> dict[str, object]:
    return {
        "code": problem.code,
        "text": sentence(problem, language),
        "sheet": problem.sheet or None,
        "row": problem.row,
        "column": None if problem.column is None else letters(problem.column),
    }
