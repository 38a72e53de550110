"""Solve instances in files, write what was found, and hold what was written to the rules."""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.instances.file import BadInstance, read_instance
from benchmarks.instances.search import Unsolvable, solve
from benchmarks.instances.table import write_solution
from tests.benchmarks.instance_checker import check

SPARE = 0.05
"""The share of the time left for writing down."""


class BadFile(Exception):
    """A file that cannot be solved; its text says which and why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file.

    Attributes:
        cost: What the written solution costs, by the checker.
        broken: The rules it breaks, by the checker.
    """

    name: str
    cost: int
    bound: int
    seconds: float
    broken: tuple[str, ...]

    @property
    def gap(self) -> float:
        """How far above the bound, in hundredths of the cost."""
        return 100 * (self.cost - self.bound) / self.cost if self.cost else 0.0

    def __str__(self) -> str:
        """A line for the screen."""
        return (
            f"{self.name}: objective {self.cost}, best bound {self.bound}, gap {self.gap:.2f} %, {self.seconds:.1f} s"
        )


def destinations(files: list[Path], solutions: list[Path]) -> list[Path | None]:
    """Where each file's solution goes.

    Raises:
        BadFile: There are neither as many as files, nor one folder.
    """
    if not solutions:
        return [None] * len(files)
    if len(solutions) == 1 and (len(files) > 1 or solutions[0].is_dir()):
        folder = solutions[0]
        if folder.exists() and not folder.is_dir():
            raise BadFile(f"{folder} is a file; for several instances name a folder, or one --solution for each")
        found = [folder / f"{file.stem}.csv" for file in files]
        if len(set(found)) < len(found):
            raise BadFile("two of the files have the same name; name one --solution for each")
        return list(found)
    if len(solutions) != len(files):
        raise BadFile(f"{len(files)} files, but {len(solutions)} --solution; name a folder, or one for each file")
    return list(solutions)


def solve_files(files: list[Path], seconds: float, solutions: list[Path], seed: int = 0) -> int:
    """Solve each file in so many seconds; 0 where every solution keeps every rule, 2 where a file cannot be read."""
    try:
        targets = destinations(files, solutions)
        for file in files:
            _read(file)  # before any time is spent
        broken = False
        for file, target in zip(files, targets, strict=True):
            outcome = solve_file(file, seconds, target, seed)
            print(outcome, flush=True)
            for what in outcome.broken:
                print(f"  {what}", file=sys.stderr)
            broken |= bool(outcome.broken)
    except BadFile as error:
        print(f"rosters: {error}", file=sys.stderr)
        return 2
    return int(broken)


def solve_file(file: Path, seconds: float, target: Path | None = None, seed: int = 0) -> Outcome:
    """Solve a file and write the solution, if it is told where.

    Raises:
        BadFile: It cannot be read, nobody can keep its rules, or the solution cannot be written.
    """
    began = time.monotonic()
    text = _read(file)
    instance = read_instance(text)
    try:
        found = solve(instance, max(0.1, seconds * (1 - SPARE) - (time.monotonic() - began)), seed=seed)
    except Unsolvable as error:
        raise BadFile(f"{file}: {error}") from error
    table = write_solution(instance, found.rows)
    if target is not None:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(table, encoding="utf-8", newline="")
            table = target.read_text(encoding="utf-8")
        except OSError as error:
            raise BadFile(f"{target} cannot be written: {error.strerror}") from error
    broken, cost = check(text, table)
    return Outcome(file.stem, cost, found.bound, time.monotonic() - began, tuple(broken))


def _read(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8-sig")
        read_instance(text)
    except OSError as error:
        raise BadFile(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{file} is not a text in UTF-8") from error
    except BadInstance as error:
        raise BadFile(f"{file}: {error}") from error
    return text
