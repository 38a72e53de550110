"""Swaps on the board: whoever may sign, a shift that can be swapped, and hands that do it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import people
from db.engine import open_database
from db.pins import hash_pin
from shifts.model import Assignment, Duty, Roster, RosterProblem
from shifts.swap_choices import takers, trades
from shifts.swaps import Act, Kind, Swap
from station import rosters, swaps
from station.rosters import Published
from tests.db.samples import a_person
from tests.ui.roster.conftest import NOW
from tests.ui.roster.conftest import Stage as Board
from ui.roster.swap_detail import SwapDetail

PIN = "2468"
OTHER_LEAD = "L02"


@pytest.fixture(scope="session")
def pin_hash() -> str:
    return hash_pin(PIN)


@pytest.fixture
def staffed(path: Path, problem: RosterProblem, pin_hash: str) -> Path:
    """Everybody of the roster can sign here; so can a second lead."""
    with open_database(path) as database:
        for one in problem.people:
            person = a_person(code=one.code, name=one.name, role="officer", pin_hash=pin_hash)
            people.add(database, person, station="LS-1", by=None)
        lead = a_person(code=OTHER_LEAD, name="带班二", role="lead", pin_hash=pin_hash)
        people.add(database, lead, station="LS-1", by=None)
    return path


@pytest.fixture
def published(staffed: Path) -> Published:
    return newest(staffed)


@pytest.fixture
def mine(problem: RosterProblem, roster: frozenset[Assignment]) -> Assignment:
    """A shift of a code checker to come that could be taken over, or traded, without breaking a hard rule."""
    to_come = [one for one in roster if one.shift.day > NOW.date() and one.duty is Duty.CODE_CHECKER]
    for one in sorted(to_come, key=lambda one: (one.shift.day, one.shift.code, one.person)):
        if friend_of(problem, roster, one) is not None and tradable(problem, roster, one):
            return one
    raise AssertionError


@pytest.fixture
def asked(staffed: Path, mine: Assignment, published: Published) -> tuple[Assignment, str]:
    """A shift that was offered, and to whom."""
    friend = friend_of(published.problem, published.roster.assignments, mine)
    assert friend
    offered(staffed, mine, friend)
    return mine, friend


@pytest.fixture
def agreed(staffed: Path, asked: tuple[Assignment, str]) -> tuple[Assignment, str]:
    """The same, and whoever was asked accepted."""
    accept(staffed, kept(staffed)[0], by=asked[1])
    return asked


def tradable(problem: RosterProblem, roster: frozenset[Assignment], one: Assignment) -> bool:
    """Whether somebody could give a shift of theirs for it."""
    found = trades(problem, replace(begun(problem), assignments=roster), one, NOW)
    return bool(found) and found[0].possible


def friend_of(problem: RosterProblem, roster: frozenset[Assignment], one: Assignment) -> str | None:
    """Whoever could take a shift over best."""
    best = takers(problem, replace(begun(problem), assignments=roster), one, NOW)[0]
    return best.person.code if best.possible else None


def begun(problem: RosterProblem) -> Roster:
    return Roster(problem.period, frozenset(), 1, published=True)


def newest(path: Path) -> Published:
    with open_database(path) as database:
        (period,) = rosters.periods(database)
        found = rosters.newest(database, period.start)
    assert found
    return found


def kept(path: Path) -> tuple[Swap, ...]:
    with open_database(path) as database:
        (period,) = rosters.periods(database)
        return swaps.of_roster(database, period.start)


def offered(path: Path, one: Assignment, to: str, kind: Kind = Kind.GIVE) -> Swap:
    """A swap that was asked for before the page is opened."""
    with open_database(path) as database:
        return swaps.offer(
            database, kind, cell=one, partner=to, station="LS-1", who=(one.person, PIN), now=NOW, why="家里有事"
        )


def accept(path: Path, swap: Swap, by: str) -> Swap:
    with open_database(path) as database:
        return swaps.act(database, swap.id, Act.ACCEPT, station="LS-1", who=(by, PIN), now=NOW)


def accepted(path: Path, one: Assignment, to: str) -> Swap:
    """The same, and accepted."""
    return accept(path, offered(path, one, to), by=to)


def board(opened: Callable[..., Board], path: Path, officer: str | None) -> Board:
    made = opened(path, officer)
    made.ready()
    made.until(lambda: made.page.panels.swaps.inbox.rosters)
    return made


def press(field: object, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(field, key, modifier)  # type: ignore[call-overload]  # a widget


def open_first(made: Board) -> SwapDetail:
    """F9, and Enter on the first swap."""
    press(made.page.grid, Qt.Key.Key_F9)
    panel = made.page.panels.swaps
    assert made.page.panels.currentWidget() is panel
    press(panel.list.list, Qt.Key.Key_Return)
    assert panel.currentWidget() is panel.detail
    return panel.detail


def sign(detail: SwapDetail, verb: str, pin: str = PIN, code: str | None = None) -> None:
    form = detail.form
    if code is not None:
        form.code.setText(code)
    QTest.keyClicks(form.pin, pin)
    button = next(button for one, button in form.verbs if one.name == verb)
    assert button.isEnabled()
    button.click()


def told(detail: SwapDetail) -> str:
    return "\n".join(str(detail.list.model().index(row, 0).data()) for row in range(len(detail.list.rows)))


def can(detail: SwapDetail) -> dict[str, bool]:
    return {verb.name: button.isEnabled() for verb, button in detail.form.verbs}
