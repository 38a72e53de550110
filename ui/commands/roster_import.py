"""`station roster import`: what leads keep in spreadsheets, into the files the other actions read."""

import argparse
from dataclasses import replace
from pathlib import Path

from shifts.model import RosterProblem
from shifts.problem_check import check_problem
from shifts.problem_file import write_problem
from station.people_import import read_people
from station.roster_import import read_roster
from station.roster_terms import before
from station.texts import Pair, pick
from ui import console
from ui.arguments import read_file
from ui.commands.roster_check import must_be_writable, read_problem_file, write_file, write_roster_file
from ui.imported import imported

_PEOPLE: Pair = ("{people} 人已写入 {file}", "{people} people written to {file}")
_SHIFTS: Pair = ("{assignments} 个班已写入 {file}", "{assignments} shifts written to {file}")


def take(options: argparse.Namespace) -> int:
    """Take a table over: all of it, or nothing and every fault in it."""
    must_be_writable(options.people or options.history or options.out, options.problem, options.file)
    problem, content = read_problem_file(options.problem), read_file(options.file)
    if options.people:
        checkpoints = {code: problem.names.get(code, code) for code in problem.plans}
        found = imported(read_people(content, problem.period, checkpoints=checkpoints), options)
        target = options.people
        _write_problem(replace(problem, people=found.people), target)
    elif options.history:
        found = imported(read_roster(content, problem, period=before(problem.period.start)), options)
        target = options.history
        kept = frozenset(
            one for one in problem.history if one.shift.day not in {past.shift.day for past in found.assignments}
        )
        history = sorted(kept | found.assignments, key=lambda one: (one.shift.day, one.checkpoint, one.person))
        _write_problem(replace(problem, history=tuple(history)), target)
    else:
        found = imported(read_roster(content, problem), options)
        target = options.out
        write_roster_file(target, found.assignments)
    counts = {"people": len(found.people), "assignments": len(found.assignments), "file": str(target)}
    if options.json:
        console.say_json(counts)
    else:
        console.say(pick(_PEOPLE if options.people else _SHIFTS, options.language).format(**counts))
    return console.PASSED


def _write_problem(problem: RosterProblem, path: Path) -> None:
    check_problem(problem)
    write_file(path, write_problem(problem).encode())
