"""Rosters: seconds until every shift is covered, beside a fixed rotation and one CP-SAT model for everything.

`python -m benchmarks.rosters --generate 10x150x28 --seed 7 --out problem.json` writes such a problem.
`python -m benchmarks.rosters FILE… --seconds 60 --solution OUT.csv` solves shift-scheduling instances in the format of
schedulingbenchmarks.org.

A repair is counted in assignments. *Changed* is each person in a shift of a checkpoint where the published roster did
not have them, once, whatever they do there; another duty in the same shift is no change. *Vacated* is each assignment
that those who dropped out leave. A head taken by somebody who was free is one change, so that no repair is below 1;
whoever is taken out of another shift for it leaves a head there, and that is the next change.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from math import inf
from pathlib import Path
from statistics import median

from benchmarks.harness import Row
from benchmarks.instances.command import solve_files
from benchmarks.roster_peers import fixed_rotation, single_shot, uncovered
from benchmarks.roster_problems import Size, drop_out, generate
from shifts.errors import Infeasible
from shifts.model import NIGHT, Roster, RosterProblem
from shifts.problem_file import write_problem
from shifts.publishing import difference
from shifts.solver import Phase, Progress, solve
from tests.shifts.independent_checker import hard_breaches

POLISH = 50.0
"""Seconds for the small roster."""
MOST = 1.4
"""Changed ÷ vacated; where it was proven that fewer changes would not do, more are right too."""


@dataclass(frozen=True, slots=True)
class Case:
    """A size, the seconds it has, how many problems of it are tried; the seconds for a repair, and how many of them."""

    size: str
    seconds: float
    problems: int
    repair: float = 0.0
    repairs: int = 0


CASES = (Case("2x30x14", 1.5, 3, 5.0, 5), Case("10x150x28", 4.0, 2, 20.0, 2), Case("79x1200x28", 25.0, 1))


def run() -> list[Row]:
    """Every size, on problems nobody has seen; the worst of each counts."""
    seed = random.randrange(10**6)  # noqa: S311  unseen is all it has to be
    solve(generate(Size.parse("1x15x3"), 0), time_limit_s=1)  # loads the library
    rows = [row for case in CASES for row in _rows(case, seed)]
    rows += [row for case in CASES[:2] for row in _repaired(case, seed)]
    return rows + list(_polished(seed))


def _rows(case: Case, seed: int) -> Iterator[Row]:
    problems = [generate(Size.parse(case.size), seed + number) for number in range(case.problems)]
    found = [_covered(problem) for problem in problems]
    slowest = max(seconds for _, seconds in found)
    name = f"{case.size}, seeds from {seed}"
    yield Row(f"{name}: full coverage", slowest, "s", bound=f"≤ {case.seconds:g} s", ok=slowest <= case.seconds)
    broken = sum(
        len(hard_breaches(problem, roster.assignments)) for problem, (roster, _) in zip(problems, found, strict=True)
    )
    yield Row(f"{name}: hard breaches, by the independent checker", broken, "", bound="0", ok=broken == 0)
    problem, ours = problems[0], uncovered(problems[0], found[0][0].assignments)
    rotation = uncovered(problem, fixed_rotation(problem))
    yield Row(f"{name}: heads uncovered", ours, "heads", "fixed rotation", rotation, "0", ours == 0)
    start = time.perf_counter()
    at_once = uncovered(problem, single_shot(problem, case.seconds))
    took = time.perf_counter() - start
    yield Row(f"{name}: heads uncovered", ours, "heads", f"single-shot CP-SAT in {took:.1f} s", at_once, "0", ours == 0)


def _covered(problem: RosterProblem) -> tuple[Roster, float]:
    """The first roster that covers everything, and how long it took."""
    start = time.perf_counter()
    roster = solve(problem, time_limit_s=120, progress=lambda now: now.phase is not Phase.POLISH)
    return roster, time.perf_counter() - start


def _repaired(case: Case, seed: int) -> Iterator[Row]:
    """5 % of the people drop out from the fourth day on, several times. Where too few are left, others do instead."""
    problem = generate(Size.parse(case.size), seed)
    before = solve(problem, time_limit_s=2 * case.repair)
    found = list(islice(_repairs(case, problem, before, seed), case.repairs))
    if not found:
        return
    name = f"{case.size}, seed {seed}, 5 % ill from day 3, {len(found)} draws"
    slowest, worst = max(one.seconds for one in found), max(found, key=lambda one: one.ratio)
    yield Row(f"{name}: repair, slowest", slowest, "s", bound=f"≤ {case.repair:g} s", ok=slowest <= case.repair)
    yield Row(f"{name}: changed ÷ vacated, median", median(one.ratio for one in found), "")
    kept = all(one.ratio <= MOST or one.changed == one.fewest for one in found)
    told = f"{name}: changed ÷ vacated, worst ({worst.changed} ÷ {worst.vacated})"
    proven = worst.fewest / worst.vacated
    yield Row(told, worst.ratio, "", "proven least", proven, f"≤ {MOST}, or proven least", kept)
    hard = sum(one.hard for one in found)
    yield Row(f"{name}: hard breaches, by the independent checker", hard, "", bound="0", ok=hard == 0)


@dataclass(frozen=True, slots=True)
class _Repair:
    """One repair, counted as above: so few changes at least were proven; hard breaches by the independent checker."""

    seconds: float
    vacated: int
    changed: int
    fewest: int
    hard: int

    @property
    def ratio(self) -> float:
        return self.changed / self.vacated


def _repairs(case: Case, problem: RosterProblem, before: Roster, seed: int) -> Iterator[_Repair]:
    for draw in range(4 * case.repairs):
        broken = drop_out(problem, before, problem.period.start + timedelta(days=3), seed + draw)
        kept = {(one.person, one.shift) for one in broken.pins}
        ill = {now.code for was, now in zip(problem.people, broken.people, strict=True) if was != now}
        vacated = sum(one.person in ill and (one.person, one.shift) not in kept for one in before.assignments)
        start = time.perf_counter()
        try:
            after = solve(broken, time_limit_s=0.9 * case.repair)
        except Infeasible:
            continue
        took = time.perf_counter() - start
        changed = len(difference(before.assignments, after.assignments).newly_placed)
        yield _Repair(took, vacated, changed, after.fewest_changes, len(hard_breaches(broken, after.assignments)))


def _polished(seed: int) -> Iterator[Row]:
    problem = generate(Size.parse(CASES[0].size), seed)
    costs: list[Progress] = []

    def listen(now: Progress) -> bool:
        if now.best is not None:
            costs.append(now)
        return True

    roster = solve(problem, time_limit_s=POLISH, progress=listen)
    name = f"{CASES[0].size}, seed {seed}, {POLISH:g} s"
    nights = Counter(one.person for one in roster.assignments if one.shift.code == NIGHT)
    counts = [nights[person.code] for person in problem.people if not person.no_night]
    apart = max(counts) - min(counts)
    yield Row(f"{name}: night counts apart", apart, "", bound="≤ 2", ok=apart <= 2)
    broken = len(hard_breaches(problem, roster.assignments))
    yield Row(f"{name}: hard breaches, by the independent checker", broken, "", bound="0", ok=broken == 0)
    wishes = sum(len(person.wishes) for person in problem.people)
    yield Row(f"{name}: wishes refused, each named", len(roster.refused), f"of {wishes}")
    if costs:
        yield Row(f"{name}: cost found", costs[-1].best or 0.0, "", "bound", costs[-1].bound)


def main(arguments: list[str]) -> int:
    """Write a problem down, or solve instances."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rosters", description=__doc__)
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="instances to solve")
    parser.add_argument("--seconds", type=_seconds, default=60.0, help="for each instance (60)")
    parser.add_argument(
        "--solution",
        action="append",
        default=[],
        type=Path,
        metavar="OUT.csv",
        help="where a solution goes, as rows of staff,day,shift with days counted from 0; of several instances, once "
        "for each in their order, or a folder, in which each is named like its instance",
    )
    parser.add_argument("--generate", metavar="SIZE", type=Size.parse, help="CHECKPOINTSxPEOPLExDAYS")
    parser.add_argument("--seed", type=_seed, default=0)
    parser.add_argument("--out", type=Path, help="a file for the problem; otherwise to the screen")
    chosen = parser.parse_args(arguments)
    if bool(chosen.files) is bool(chosen.generate):
        parser.error("name the instances to solve, or --generate a problem")
    if chosen.files:
        return solve_files(chosen.files, chosen.seconds, chosen.solution, chosen.seed)
    text = write_problem(generate(chosen.generate, chosen.seed))
    if chosen.out:
        chosen.out.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number of at most nine digits")
    return int(text)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < inf:
        raise argparse.ArgumentTypeError(f"not a time: {text}")
    return seconds


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
