"""`station roster check`, and what the other actions on rosters share: their files, and breaches as sentences."""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from shifts.model import Assignment, RosterProblem
from shifts.problem_file import read_problem
from shifts.remedies import Advice, advise
from shifts.roster_csv import read_roster, write_roster
from shifts.rule_pack import Severity
from shifts.rules import Breach, is_allowed
from shifts.rules import check as check_rules
from shifts.trial import Trial
from station import texts_remedies, texts_roster
from station.csv_file import decode
from station.roster_json import row_of
from station.rule_pack_file import shipped_packs
from station.texts import Language, pick
from ui import console
from ui.arguments import read_file

Key = tuple[object, ...]
_NO_ADVICE: dict[Key, Advice] = {}
_CLEAN = ("没有违反任何规则", "It breaks no rule")


def check(options: argparse.Namespace) -> int:
    """Tell what a roster breaks, each breach as its sentence, the hardest first."""
    problem, assignments = read_problem_file(options.problem), read_roster_file(options.roster)
    breaches = check_rules(problem, assignments)
    advice = advised(problem, assignments, breaches, options.remedies)
    if options.json:
        console.say_json(
            {"clean": not breaches, "breaches": breaches_as_json(breaches, problem, options.language, advice)}
            | {level.name.lower(): count(breaches, level) for level in Severity if level}
        )
    else:
        for line in sentences(breaches, problem, options.language, advice) or [pick(_CLEAN, options.language)]:
            console.say(line)
    return console.PASSED if is_allowed(breaches) else console.REFUSED


def read_problem_file(path: Path) -> RosterProblem:
    """The problem in a file.

    Raises:
        UsageError: It cannot be read.
        ProblemError: It is none, or contradicts itself.
    """
    return read_problem(decode(read_file(path), path.name), shipped_packs())


def read_roster_file(path: Path) -> frozenset[Assignment]:
    """The roster in a CSV file, in UTF-8 or GB18030.

    Raises:
        UsageError: It cannot be read.
        TableError: It is none.
    """
    return read_roster(decode(read_file(path), path.name))


def must_be_writable(path: Path, *inputs: Path) -> None:
    """Refuse a place nothing can be written to before half a minute is spent on what would go there.

    Args:
        path: Where it is to go.
        inputs: What it is made from, which stays as it is.

    Raises:
        UsageError: It is a folder, lies in none, or is one of the inputs.
    """
    if path.is_dir():
        raise console.UsageError("file_is_folder", file=str(path))
    if not path.parent.is_dir():
        raise console.UsageError("folder_missing", file=str(path), folder=str(path.parent))
    if path.exists() and any(one.exists() and path.samefile(one) for one in inputs):
        raise console.UsageError("file_is_input", file=str(path))


def write_file(path: Path, content: bytes) -> None:
    """Write a file.

    Raises:
        UsageError: It cannot be written.
    """
    must_be_writable(path)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise console.UsageError("file_unwritable", file=str(path), problem=error.strerror or "—") from error


def write_roster_file(path: Path, assignments: Iterable[Assignment]) -> None:
    """Write a roster as CSV. Raises as `write_file`."""
    write_file(path, write_roster(assignments).encode())


def advised(
    problem: RosterProblem, assignments: Iterable[Assignment], breaches: Iterable[Breach], most: int
) -> dict[Key, Advice]:
    """What would mend each of the first so many breaches, of those that are more than a note."""
    trial = Trial(problem, assignments)
    asked = [one for one in breaches if one.severity >= Severity.WARNING]
    return {one.key: advise(trial, one) for one in asked[:most]}


def sentences(
    breaches: Iterable[Breach], problem: RosterProblem, language: Language, advice: Mapping[Key, Advice] = _NO_ADVICE
) -> list[str]:
    """Each breach with how much it weighs, and what would mend it where that was asked."""
    known = texts_roster.names(problem, language)
    mark = "：" if language == "zh" else ": "

    def sentence(one: Breach) -> str:
        if one.key in advice:
            return texts_remedies.with_advice(advice[one.key], one, known, language)
        return texts_roster.breach(one, known, language)

    return [f"{pick(texts_roster.SEVERITIES[one.severity], language)}{mark}{sentence(one)}" for one in breaches]


def breaches_as_json(
    breaches: Iterable[Breach], problem: RosterProblem, language: Language, advice: Mapping[Key, Advice] = _NO_ADVICE
) -> list[dict[str, Any]]:
    """Each breach with everything known of it; `remedies` only where they were asked."""
    known = texts_roster.names(problem, language)
    return [
        {
            "rule": one.rule,
            "severity": one.severity.name.lower(),
            "text": texts_roster.breach(one, known, language),
            "person": one.finding.person,
            "checkpoint": one.finding.checkpoint,
            "shifts": [{"day": shift.day.isoformat(), "shift": shift.code} for shift in one.finding.shifts],
            "figures": dict(one.finding.figures),
        }
        | (
            {
                "mendable": bool(advice[one.key].remedies),
                "remedies": texts_remedies.advice(advice[one.key], one, known, language),
            }
            if one.key in advice
            else {}
        )
        for one in breaches
    ]


def count(breaches: Sequence[Breach], severity: Severity) -> int:
    """How many weigh so much."""
    return sum(one.severity is severity for one in breaches)


def assignment_as_json(one: Assignment) -> dict[str, str]:
    """An assignment as an object."""
    return dict(zip(("date", "shift", "checkpoint", "duty", "person"), row_of(one), strict=True))
