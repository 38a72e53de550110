"""A week's roster of one checkpoint, and the board that shows it: real rules, solver and database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from benchmarks.roster_problems import Size, generate
from db import people
from db.engine import open_database
from db.pins import hash_pin
from shifts.model import Assignment, RosterProblem
from shifts.publishing import Draft
from shifts.solver import solve
from station import rosters
from tests.db.samples import a_person
from tests.ui.logs import copy_log
from ui.look import Look
from ui.roster.editing import Editor
from ui.roster.page import RosterPage
from ui.theme import stylesheet

NOW = datetime(2026, 10, 1, 4, tzinfo=UTC)
LEAD, OFFICER = ("L01", "5678"), ("A01", "1234")
PATIENCE = 20_000
"""Milliseconds a slow machine may take."""


@pytest.fixture(scope="session")
def problem() -> RosterProblem:
    """Fifteen people, two weeks."""
    return generate(Size(1, 15, 14), seed=3)


@pytest.fixture(scope="session")
def roster(problem: RosterProblem) -> frozenset[Assignment]:
    """A roster that breaks no hard rule."""
    return solve(problem, time_limit_s=20, seed=1, reproducible=True).assignments


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, problem: RosterProblem, roster: frozenset[Assignment]) -> Path:
    """A database with a lead, an officer, and the roster published."""
    path = tmp_path_factory.mktemp("roster") / "station.db"
    with open_database(path) as opened:
        for (code, pin), role in ((LEAD, "lead"), (OFFICER, "officer")):
            person = a_person(code=code, name=code, role=role, pin_hash=hash_pin(pin))
            people.add(opened, person, station="LS-1", by=None)
        rosters.publish(opened, problem, Draft(0, roster), station="LS-1", lead=LEAD, now=NOW)
    return path


@pytest.fixture
def path(tmp_path: Path, prepared: Path) -> Path:
    """A database of this test's own."""
    return copy_log(prepared, tmp_path)


@dataclass(frozen=True, slots=True)
class Stage:
    """The page in a window, and what tests ask of it."""

    window: QWidget
    page: RosterPage
    look: Look
    qtbot: QtBot

    @property
    def editor(self) -> Editor:
        assert self.page.editor is not None
        return self.page.editor

    def until(self, true: Callable[[], object]) -> None:
        """Let everything go on until this is so."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=PATIENCE)

    def ready(self) -> None:
        """Wait until a roster is shown and held against the rules."""
        self.until(lambda: self.page.editor is not None and self.editor.checked)

    def stand_on(self, one: Assignment) -> None:
        """Take somebody's cell in hand."""
        index = self.page.model.find((one.checkpoint, one.shift), one.person)
        assert index.isValid()
        self.page.grid.go_to(index)


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Callable[..., Stage]]:
    """`opened(path, "L01")`: the page over a database, with somebody at the desk."""

    stages: list[Stage] = []

    def show(path: Path, officer: str | None) -> Stage:
        look, window = Look(), QWidget()
        page = RosterPage(look, partial(open_database, path), "LS-1", checkpoint=("LS", "龙士"), now=lambda: NOW)
        QVBoxLayout(window).addWidget(page)
        qtbot.addWidget(window)
        stages.append(Stage(window, page, look, qtbot))
        page.set_officer(officer)
        window.setStyleSheet(stylesheet(look.theme, 720))
        window.resize(1180, 660)
        window.show()
        return stages[-1]

    yield show
    for one in stages:
        one.page.close_down()


@pytest.fixture
def stage(opened: Callable[..., Stage], path: Path) -> Stage:
    """The lead's board, read and checked."""
    made = opened(path, LEAD[0])
    made.ready()
    return made
