"""What would mend the cell in hand, on the board: said beside it, done by a key or a touch, undone by another."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from shifts.model import Assignment, Duty, RosterProblem
from shifts.publishing import Change
from shifts.rules import check
from tests.ui.roster.conftest import OFFICER, Stage
from ui.roster.remedy import Remedies


def lead_of_a_night(roster: frozenset[Assignment], problem: RosterProblem) -> Assignment:
    third = problem.period.days[2]
    nights = (one for one in roster if one.shift.day == third and one.shift.code == "night")
    return next(one for one in nights if one.duty is Duty.LEAD)


def shown(stage: Stage) -> Remedies:
    """The remedies, once there are any."""
    card = stage.page.panels.problems.cell
    stage.until(lambda: card.remedies.isVisible() and card.remedies.rows)
    return card.remedies


def without_lead(stage: Stage, roster: frozenset[Assignment], problem: RosterProblem) -> Assignment:
    """A night loses its lead, and its gap is in hand."""
    lead = lead_of_a_night(roster, problem)
    stage.editor.apply(Change(frozenset({lead})))
    stage.until(lambda: stage.editor.checked)
    QTest.keyClick(stage.page.grid, Qt.Key.Key_F7)
    return lead


def test_the_problem_in_hand_says_who_could_mend_it(
    stage: Stage, roster: frozenset[Assignment], problem: RosterProblem
) -> None:
    without_lead(stage, roster, problem)
    rows = shown(stage).rows
    assert "Ctrl+M" in rows[0].title
    assert rows[0].detail.startswith("可补") or "可由" in rows[0].detail


def test_one_key_mends_it_and_another_takes_that_back(
    stage: Stage, roster: frozenset[Assignment], problem: RosterProblem
) -> None:
    without_lead(stage, roster, problem)
    shown(stage)
    before = stage.editor.assignments
    QTest.keyClick(stage.page.grid, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert stage.editor.assignments != before
    assert all(one.severity < 3 for one in check(problem, stage.editor.assignments))
    assert "Ctrl+Z" in stage.page.notice.text()
    QTest.keyClick(stage.page.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stage.editor.assignments == before


def test_a_touch_on_a_remedy_does_it(stage: Stage, roster: frozenset[Assignment], problem: RosterProblem) -> None:
    lead = without_lead(stage, roster, problem)
    remedies = shown(stage)
    remedies.mark(len(remedies.rows) - 1)
    remedies.choose()
    stage.until(lambda: stage.editor.checked)
    assert (lead.checkpoint, lead.shift) not in stage.page.model.marks.of_place


def test_once_mended_there_is_nothing_more_to_mend(
    stage: Stage, roster: frozenset[Assignment], problem: RosterProblem
) -> None:
    without_lead(stage, roster, problem)
    remedies = shown(stage)
    QTest.keyClick(stage.page.grid, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: not remedies.isVisible())


def test_a_cell_in_order_offers_none(stage: Stage, roster: frozenset[Assignment]) -> None:
    fine = next(one for one in sorted(roster, key=str) if not stage.page.model.marks.at(one))
    stage.stand_on(fine)
    assert stage.page.panels.problems.cell.isVisible()
    assert not stage.page.panels.problems.cell.remedies.isVisible()


def test_another_language_says_it_again(stage: Stage, roster: frozenset[Assignment], problem: RosterProblem) -> None:
    without_lead(stage, roster, problem)
    remedies = shown(stage)
    stage.look.speak("en")
    assert "mends" in remedies.rows[0].title
    assert "can" in remedies.rows[0].detail


def test_an_officer_may_look_at_a_remedy_and_not_take_it(
    opened: Callable[..., Stage], path: Path, roster: frozenset[Assignment], problem: RosterProblem
) -> None:
    stage = opened(path, OFFICER[0])
    stage.ready()
    without_lead(stage, roster, problem)
    shown(stage)
    before = stage.editor.assignments
    QTest.keyClick(stage.page.grid, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert stage.editor.assignments is before
    assert "F8" in stage.page.notice.text()
