"""`station swap list`: who asked what of whom, how it stands, and what was done."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import people
from db.engine import Database, open_database
from db.pins import hash_pin
from shifts.model import Assignment, DatedShift, Duty, Period
from shifts.publishing import Draft
from shifts.swaps import Act, Kind
from station import rosters, swaps
from tests.db.samples import a_person
from tests.shifts.rosters import LS, person, problem
from tests.ui.conftest import Station

NOW = datetime.now(UTC)
"""The command knows the real time: what is open is to come."""
PIN = "2468"
FIRST = NOW.date() + timedelta(days=3)
MINE, HIS = (
    Assignment(who, LS, Duty.CODE_CHECKER, DatedShift(FIRST + timedelta(days=days), shift))
    for who, days, shift in (("O1", 0, "early"), ("O2", 2, "middle"))
)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A roster of two, published."""
    path, pin_hash = tmp_path / "log.db", hash_pin(PIN)
    crew = (person("O1", name="王小明"), person("O2", name="林晓岚"))
    given = problem(*crew, period=Period(FIRST, 7), names={LS: "龙士"})
    with open_database(path, create=True) as database:
        for code, role in (("O1", "officer"), ("O2", "officer"), ("L1", "lead")):
            people.add(database, a_person(code=code, role=role, pin_hash=pin_hash), station="LS-1", by=None)
        draft = Draft(0, frozenset({MINE, HIS}))
        rosters.publish(database, given, draft, station="LS-1", lead=("L1", PIN), now=NOW)
    return path


@pytest.fixture
def database(log: Path) -> Iterator[Database]:
    with open_database(log) as opened:
        yield opened


def offer(database: Database, cell: Assignment, partner: str) -> str:
    who = cell.person, PIN
    made = swaps.offer(
        database, Kind.GIVE, cell=cell, partner=partner, station="LS-1", who=who, now=NOW, why="家里有事"
    )
    return made.id


def test_nothing_yet(station: Station, log: Path) -> None:
    assert station("swap", "list", "--database", log).out == "没有换班\n"
    assert station("swap", "list", "--database", log, "--json").json == {"swaps": []}


def test_a_swap_says_who_what_how_far_and_why(station: Station, log: Path, database: Database) -> None:
    offer(database, MINE, "O2")
    first, moved, *history = station("swap", "list", "--database", log).out.splitlines()
    when = f"{FIRST:%m-%d} 早班"
    assert first.startswith(f"王小明 把 {when} 让给 林晓岚（等 林晓岚 答复，到 {FIRST:%m-%d} 08:00 为止）")
    assert moved == f"  {when} 龙士 · 查码 王小明 → 林晓岚"
    assert history[-1].endswith("王小明 提出：家里有事")
    english = station("swap", "list", "--database", log, "--language", "en").out
    assert "waits for 林晓岚" in english


def test_what_is_over_is_left_out_when_asked(station: Station, log: Path, database: Database) -> None:
    swaps.act(database, offer(database, MINE, "O2"), Act.DECLINE, station="LS-1", who=("O2", PIN), now=NOW)
    offer(database, HIS, "O1")
    every = station("swap", "list", "--database", log, "--json").json["swaps"]
    assert [one["stage"] for one in every] == ["offered", "declined"]
    still = station("swap", "list", "--database", log, "--json", "--open").json["swaps"]
    assert [one["shifts"][0]["person"] for one in still] == ["O2"]
    assert still[0]["history"][0]["why"] == "家里有事"


def test_one_person_s_swaps(station: Station, log: Path, database: Database) -> None:
    offer(database, MINE, "O2")
    assert len(station("swap", "list", "--database", log, "--json", "--person", "O1").json["swaps"]) == 1
    assert station("swap", "list", "--database", log, "--json", "--person", "L1").json["swaps"] == []


def test_no_database_is_a_sentence(station: Station, tmp_path: Path) -> None:
    answer = station("swap", "list", "--database", tmp_path / "none.db")
    assert (answer.code, answer.out) == (64, "")
    assert answer.err
