"""The power is cut at any moment, and the disk keeps any part of what was not synced: no acknowledged row is lost.

The product's own code opens, fills, checkpoints and closes the database, so its own SQL and pragmas are what is
tried; below it is plain SQLite, as apsw has no SQLCipher (tests/faults/test_kill.py kills the encrypted one).
"""

import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from db import connection, engine, keyfile, passages
from db.connection import Journal
from db.engine import Database, open_database
from db.errors import DatabaseError
from db.records import PassageRecord
from tests.db.samples import NOON, a_decision, a_passage
from tests.faults.power import plain_driver
from tests.faults.power.disk import Disk, PowerCut, powered
from tests.faults.sound import assert_sound
from tests.progress import Progress

ROUNDS_A_DATABASE = 20
MOST_STEPS = 220
"""Enough to make a database, fill it, and close it; fewer are drawn more often."""


@pytest.fixture(autouse=True)
def plain_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", plain_driver)
    monkeypatch.setattr(engine, "_PLAIN", b"whatever is plain is refused, except here")


@pytest.fixture(params=["wal", "rollback"])
def journal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways in which commits are made durable."""
    if request.param == "rollback":
        monkeypatch.setattr(connection, "wal_is_safe", lambda _: False)
    return str(request.param)


class Lost(Exception):
    """A promise that was not kept, found after a cut."""


@dataclass(slots=True)
class Station:
    """One database through several cuts: which passages were written to it, and which rows it acknowledged."""

    folder: Path
    rounds: int = 0
    seen: int = 0
    passages: dict[str, PassageRecord] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)

    def live(self, dice: random.Random, *, obeys: bool = True) -> list[tuple[str, str]]:
        """Look at what the last cut left, and work until the next; each step until then.

        Raises:
            Lost: What was left is not what was promised.
        """
        steps = int(MOST_STEPS * dice.random() ** 2) + 1
        with powered(self.folder, dice, steps=steps, obeys=obeys) as disk:
            try:
                while True:
                    self._work(dice, disk)
            except (PowerCut, DatabaseError, AssertionError) as error:
                if not disk.off:
                    raise Lost(str(error)) from error
        self.rounds += 1
        self.folder = self.folder.with_name(f"{self.rounds}")
        self.folder.mkdir()
        for name, content in (disk.survivors or {}).items():
            (self.folder / name).write_bytes(content)
        return disk.steps

    def end(self, dice: random.Random) -> None:
        """Look at what the last cut left.

        Raises:
            Lost: As `live`.
        """
        try:
            with powered(self.folder, dice, steps=None), open_database(self.folder / "station.db") as database:
                self._look(database)
        except (DatabaseError, AssertionError) as error:
            raise Lost(str(error)) from error

    def _work(self, dice: random.Random, disk: Disk) -> None:
        """Open, look, write some rows, at times checkpoint as SQLite does by itself after 1,000 pages, close."""

        def acknowledge(row: str) -> None:
            if disk.off:
                raise PowerCut
            self.acknowledged.add(row)

        with open_database(self.folder / "station.db") as database:
            if self.seen < self.rounds:
                self._look(database)
                self.seen = self.rounds
            for _ in range(dice.randint(1, 5)):
                passage = self._passage(dice)
                passages.append_passage(database, passage)
                acknowledge(passage.id)
                if dice.random() < 0.3:
                    decision = a_decision(passage, id=f"d{passage.id}", at=passage.concluded_at)
                    passages.append_decision(database, decision)
                    acknowledge(decision.id)
                if dice.random() < 0.1:
                    with database.read() as one:
                        one.exec_driver_sql("PRAGMA wal_checkpoint")

    def _passage(self, dice: random.Random) -> PassageRecord:
        """A passage of one of some days, most of whose keys are yet to be made."""
        at = NOON + timedelta(days=dice.randrange(20))
        evidence = dice.randbytes(dice.choice((5, 50, 2500))).hex()
        passage = a_passage(id=f"p{len(self.passages):06}", started_at=at, concluded_at=at, evidence=evidence)
        self.passages[passage.id] = passage
        return passage

    def _look(self, database: Database) -> None:
        """The file is sound, what is there is whole, whom it names included, and what was acknowledged is there."""
        assert_sound(database)
        for passage in passages.page(database, limit=10**6):
            assert passage == self.passages[passage.id]
        with database.read() as one:
            rows = one.exec_driver_sql("SELECT id FROM passages UNION ALL SELECT id FROM decisions").scalars()
            assert self.acknowledged <= set(rows)


def dice_of(progress: Progress, number: int) -> random.Random:
    return random.Random(f"{progress.seed} {number}")  # noqa: S311 - to be repeated, not guessed


def cut(folder: Path, progress: Progress, rounds: int, *, obeys: bool = True) -> None:
    """Go on with `progress` to `rounds` cuts, a new database every so many.

    Raises:
        Lost: One of them cost something.
    """
    acknowledged = 0
    while progress.done < rounds:
        folder.joinpath(f"{progress.done}", "0").mkdir(parents=True)
        station = Station(folder / f"{progress.done}" / "0")
        for _ in range(min(ROUNDS_A_DATABASE, rounds - progress.done)):
            station.live(dice_of(progress, progress.done), obeys=obeys)
            progress.advance()
        station.end(dice_of(progress, progress.done))
        acknowledged += len(station.acknowledged)
        shutil.rmtree(station.folder.parent)
    print(f"seed {progress.seed}: {rounds} cuts, {acknowledged} acknowledged rows, none lost")
    assert acknowledged > 0


@pytest.mark.parametrize(("journal", "cuts"), [("wal", 350), ("rollback", 150)], indirect=["journal"])
def test_500_cuts_lose_nothing_acknowledged(journal: str, cuts: int, tmp_path: Path, progress: Progress) -> None:
    cut(tmp_path, progress, cuts)


@pytest.mark.prove
@pytest.mark.parametrize(("journal", "cuts"), [("wal", 7500), ("rollback", 2500)], indirect=["journal"])
def test_10000_cuts_lose_nothing_acknowledged(journal: str, cuts: int, tmp_path: Path, progress: Progress) -> None:
    cut(tmp_path, progress, cuts)


def test_the_same_seed_cuts_at_the_same_step(journal: str, tmp_path: Path, progress: Progress) -> None:
    def life(name: str) -> list[list[tuple[str, str]]]:
        folder = tmp_path / name / "0"
        folder.mkdir(parents=True)
        station = Station(folder)
        steps = [station.live(dice_of(progress, number)) for number in range(5)]
        # A secret's draft has a name by chance.
        return [[(what, Path(path).name.removeprefix("station.db")[:5]) for what, path in round_] for round_ in steps]

    assert life("one") == life("other")


# --- the cuts find what they are to find ------------------------------------------------------------------------------


def test_a_disk_that_does_not_sync_is_found(journal: str, tmp_path: Path, progress: Progress) -> None:
    with pytest.raises(Lost):
        cut(tmp_path, progress, 100, obeys=False)


@pytest.mark.parametrize("synchronous", ["OFF", "NORMAL"])
def test_a_commit_that_is_not_synced_is_found(
    synchronous: str, tmp_path: Path, progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "WAL", Journal("wal", synchronous))
    with pytest.raises(Lost):
        cut(tmp_path, progress, 100)


@pytest.mark.parametrize(
    ("step", "instead"), [("_write_draft", Path.write_bytes), ("sync_directory", lambda _: None)], ids=["file", "name"]
)
def test_a_day_key_that_is_not_synced_before_its_row_is_found(
    step: str, instead: Callable[..., object], tmp_path: Path, progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyfile, step, instead)
    with pytest.raises(Lost):
        cut(tmp_path, progress, 100)
