"""docs/tables.md shows tables that come in as they stand there."""

import re
from pathlib import Path

import pytest

from station.people_import import read_people
from station.roster_import import read_roster
from station.roster_words import HEADINGS
from tests.shifts.rosters import LS, SD, person, problem

MANUAL = (Path(__file__).parents[2] / "docs" / "tables.md").read_text("utf-8")
PEOPLE, *ROSTERS = (block.encode() for block in re.findall(r"```csv\n(.*?)```", MANUAL, re.DOTALL))
NAMES = {LS: "龙士", SD: "圣地亚哥"}
PROBLEM = problem(person("1001", name="陈志强"), person("1002", name="林晓岚"), names=NAMES)


def test_the_list_of_people_names_every_column() -> None:
    imported = read_people(PEOPLE, PROBLEM.period, checkpoints=NAMES)
    assert imported.problems == imported.notes == ()
    assert [one.code for one in imported.people] == ["1001", "1002"]
    shown = set(PEOPLE.decode().splitlines()[0].split(","))
    assert {words[0] for words in HEADINGS.values()} - shown == {"日期", "班次"}


@pytest.mark.parametrize("table", ROSTERS)
def test_each_roster_comes_in(table: bytes) -> None:
    imported = read_roster(table, PROBLEM)
    assert imported.problems == imported.notes == ()
    assert {one.checkpoint for one in imported.assignments} == {LS}
    assert len(imported.assignments) >= 2
