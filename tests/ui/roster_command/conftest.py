"""Files for the command, and a lead who may publish."""

from collections.abc import Callable
from pathlib import Path

import pytest

from shifts.model import Assignment, RosterProblem
from shifts.problem_file import write_problem
from shifts.roster_csv import write_roster
from tests.ui.conftest import Station, Typed


@pytest.fixture
def given(tmp_path: Path) -> Callable[[RosterProblem], Path]:
    """The problem as a file."""

    def write(one: RosterProblem) -> Path:
        path = tmp_path / "P.json"
        path.write_text(write_problem(one), "utf-8")
        return path

    return write


@pytest.fixture
def rostered(tmp_path: Path) -> Callable[..., Path]:
    """Assignments as a file."""

    def write(*assignments: Assignment, name: str = "R.csv") -> Path:
        path = tmp_path / name
        path.write_text(write_roster(assignments), "utf-8")
        return path

    return write


@pytest.fixture
def led(station: Station, typed: Typed) -> Station:
    """The station, with lead L1 (PIN 9034) and officer O1 (PIN 4821)."""
    for code, name, role, pin in (("L1", "陈志强", "lead", "9034"), ("O1", "王小明", "officer", "4821")):
        typed(pin)
        assert station("people", "add", code, "--name", name, "--unit", "区建设局", "--role", role).code == 0
    return station
