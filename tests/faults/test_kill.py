"""Killed at any moment, the station keeps every row it acknowledged, and no half of any other."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest

from db import events, passages, people
from db.engine import open_database
from tests.db.appender import is_whole
from tests.faults.sound import assert_sound
from tests.progress import Progress

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is POSIX's")

ROUNDS_A_DATABASE = 25


@dataclass(frozen=True, slots=True)
class Appender:
    """The process of tests.db.appender, by its two ends."""

    orders: IO[str]
    answers: IO[str]

    def run(self, path: Path, seconds: float) -> set[str]:
        """Append to `path`, be killed after `seconds`; what was acknowledged."""
        self.orders.write(f"{path}\n")
        self.orders.flush()
        word, _, pid = self.answers.readline().partition(" ")
        assert word == "pid"
        time.sleep(seconds)
        os.kill(int(pid), signal.SIGKILL)
        acknowledged = set()
        while (line := self.answers.readline().strip()) != "done":
            assert line, "the appender itself has died"
            assert line != "failed", "it ended before it was killed: see its message above"
            acknowledged.add(line)
        return acknowledged - {"open"}


@pytest.fixture
def appender() -> Iterator[Appender]:
    command = [sys.executable, "-m", "tests.db.appender"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield Appender(process.stdin, process.stdout)


@dataclass(slots=True)
class Kept:
    """One database through several kills, and all that was acknowledged on it."""

    path: Path
    acknowledged: set[str] = field(default_factory=set)

    def check(self) -> None:
        """Every acknowledged row is there; every row that is there is whole; file and ledger are sound."""
        with open_database(self.path) as database:
            assert database.warnings == ()
            records = passages.page(database, limit=10**6)
            persons = {person.code for person in people.everyone(database)}
            told = {json.loads(event.details)["person"] for event in events.newest(database, 10**6)}
            assert_sound(database)
        assert all(is_whole(record) for record in records)
        assert persons == told, "a person and the event of it are one transaction"
        kept = {f"passage {record.id}" for record in records} | {f"person {code}" for code in persons}
        assert not self.acknowledged - kept


def kill(appender: Appender, folder: Path, progress: Progress, rounds: int) -> None:
    """Go on with `progress` to `rounds`, a new database every so many."""
    acknowledged = 0
    while progress.done < rounds:
        kept = Kept(folder / f"{progress.done}.db")
        for _ in range(min(ROUNDS_A_DATABASE, rounds - progress.done)):
            dice = random.Random(f"{progress.seed} {progress.done}")  # noqa: S311 - to be repeated, not guessed
            news = appender.run(kept.path, dice.uniform(0, 0.15))
            kept.acknowledged |= news
            kept.check()
            acknowledged += len(news)
            progress.advance(1)
    print(f"seed {progress.seed}: {rounds} kills, {acknowledged} acknowledged rows, none lost")
    assert acknowledged > 0


def test_50_kills_lose_nothing_acknowledged(appender: Appender, tmp_path: Path, progress: Progress) -> None:
    kill(appender, tmp_path, progress, 50)


@pytest.mark.prove
def test_500_kills_lose_nothing_acknowledged(appender: Appender, tmp_path: Path, progress: Progress) -> None:
    kill(appender, tmp_path, progress, 500)


def test_a_kill_while_the_database_is_made_leaves_one_that_opens(
    appender: Appender, tmp_path: Path, progress: Progress
) -> None:
    for number in range(10):
        dice = random.Random(f"{progress.seed} {number}")  # noqa: S311 - to be repeated, not guessed
        kept = Kept(tmp_path / f"{number}.db")
        kept.acknowledged |= appender.run(kept.path, dice.uniform(0, 0.1))
        kept.check()
