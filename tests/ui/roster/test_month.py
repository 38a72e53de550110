"""The month: every day of it on one screen, what is wrong by colour and shape, and a touch away from its week."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtTest import QTest

from benchmarks.roster_problems import Size, generate
from db.engine import open_database
from shifts.model import Assignment, DatedShift, Duty, RosterProblem
from shifts.publishing import Change, Draft
from station import rosters
from tests.ui.roster.conftest import LEAD, NOW, Stage
from ui.roster.board import Kind, Tally
from ui.roster.month import fitting, mark_of
from ui.roster.paint import HARD, WARNING, gap_shape, hard_shape
from ui.theme import THEMES, contrast

SECOND_WEEK = date(2026, 10, 8)


@pytest.fixture
def lead(roster: frozenset[Assignment]) -> Assignment:
    """Of a night of the second week."""
    wanted = DatedShift(SECOND_WEEK, "night")
    return next(one for one in roster if one.shift == wanted and one.duty is Duty.LEAD)


@pytest.fixture
def month(stage: Stage) -> Stage:
    """The month of the board, by key."""
    QTest.keyClick(stage.page.grid, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    stage.until(stage.page.month.isVisible)
    return stage


def go_to(stage: Stage, one: Assignment) -> None:
    """Its shift's cell, in the month."""
    model = stage.page.model
    row = next(n for n, line in enumerate(model.lines) if (line.kind, line.code) == (Kind.SHIFT, one.shift.code))
    stage.page.month.setCurrentIndex(model.index(row, model.days.index(one.shift.day)))


def test_31_days_fit_beside_each_other_with_room_for_their_figures(opened: Callable[..., Stage], path: Path) -> None:
    long = generate(Size(2, 30, 31), seed=2)
    with open_database(path) as database:
        rosters.save_draft(database, long, Draft(1, frozenset()), station="LS-1", by=LEAD[0], now=NOW)
    stage = opened(path, LEAD[0])
    stage.ready()
    stage.page.days.show_month()
    view = stage.page.month
    for panel in (False, True):
        if panel:
            stage.page.panels.open_generate()
        stage.qtbot.wait(20)
        assert stage.page.panels.isVisible() is panel
        widths = [view.columnWidth(column) for column in range(31)]
        assert sum(widths) <= view.viewport().width()
        assert not view.horizontalScrollBar().isVisible()
        font, text = fitting(view.font(), ("12/14", "−2"), min(widths) - 6)
        assert QFontMetricsF(font).horizontalAdvance(text) <= min(widths) - 6


def test_a_line_is_a_shift_of_a_checkpoint(month: Stage) -> None:
    view, lines = month.page.month, month.page.model.lines
    seen = [line.kind for row, line in enumerate(lines) if not view.isRowHidden(row)]
    assert seen == [Kind.CHECKPOINT, Kind.SHIFT, Kind.SHIFT, Kind.SHIFT]


def test_it_has_all_the_width_until_a_panel_is_asked_for(month: Stage) -> None:
    page = month.page
    assert not page.panels.isVisible()
    page.panels.open_generate()
    assert page.panels.isVisible()
    page.panels.close_panel()
    assert not page.panels.isVisible()
    page.days.show_week()
    assert page.panels.isVisible()
    assert page.grid.isVisible()


def test_the_cell_in_hand_is_said_above(month: Stage, lead: Assignment) -> None:
    month.editor.apply(Change(frozenset({lead})))
    go_to(month, lead)
    assert month.page.notice.text() == "10-08 夜班 · 龙士 · 到岗 2 人，需 3 人 · 缺带班"


def test_enter_opens_the_week_at_the_gap(month: Stage, lead: Assignment) -> None:
    month.editor.apply(Change(frozenset({lead})))
    go_to(month, lead)
    QTest.keyClick(month.page.month, Qt.Key.Key_Return)
    cell = month.page.hands.cell
    assert month.page.grid.isVisible()
    assert month.page.bar.title.text() == "2026-10-05 – 10-11"
    assert cell is not None
    assert (cell.place, cell.lacking) == ((lead.checkpoint, lead.shift), True)
    assert month.page.grid.hasFocus()


def test_a_touch_opens_the_week_at_that_cell(month: Stage, lead: Assignment) -> None:
    view, model = month.page.month, month.page.model
    row = next(n for n, line in enumerate(model.lines) if line.code == "middle")
    index = model.index(row, model.days.index(SECOND_WEEK))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    cell = month.page.hands.cell
    assert month.page.grid.isVisible()
    assert cell is not None
    assert cell.place == (lead.checkpoint, DatedShift(SECOND_WEEK, "middle"))


def test_a_day_s_heading_opens_its_week(month: Stage) -> None:
    header, column = month.page.month.horizontalHeader(), month.page.model.days.index(SECOND_WEEK)
    at = QPoint(header.sectionViewportPosition(column) + 4, 10)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert month.page.bar.title.text() == "2026-10-05 – 10-11"
    assert month.page.grid.isVisible()


def test_what_somebody_breaks_is_marked_on_their_shift_and_opens_at_them(
    month: Stage, roster: frozenset[Assignment], lead: Assignment
) -> None:
    early = DatedShift(date(2026, 10, 9), "early")
    fresh = next(one for one in roster if one.shift == early and one.duty is Duty.LEAD)
    month.editor.apply(Change(frozenset({fresh}), frozenset({replace(fresh, person=lead.person)})))
    month.until(lambda: month.editor.checked)
    place = lead.checkpoint, early
    worst = month.page.model.worst(place)
    assert mark_of(month.page.model.tally(place), worst) == (HARD, hard_shape)
    go_to(month, fresh)
    QTest.keyClick(month.page.month, Qt.Key.Key_Return)
    cell = month.page.hands.cell
    assert cell is not None
    assert cell.assignment is not None
    assert cell.assignment.person == lead.person


def test_back_in_the_month_the_shift_of_the_cell_in_hand_is_in_hand(stage: Stage, lead: Assignment) -> None:
    stage.stand_on(lead)
    stage.page.days.show_month()
    index = stage.page.month.currentIndex()
    line = stage.page.model.lines[index.row()]
    assert (line.kind, line.code) == (Kind.SHIFT, "night")
    stage.page.days.show_week()
    assert stage.page.bar.title.text() == "2026-10-05 – 10-11"


def test_the_next_problem_opens_its_week(month: Stage, lead: Assignment) -> None:
    month.editor.apply(Change(frozenset({lead})))
    QTest.keyClick(month.page.month, Qt.Key.Key_F7)
    assert month.page.grid.isVisible()
    assert month.page.bar.title.text() == "2026-10-05 – 10-11"


def test_an_edit_that_adds_a_line_leaves_the_month_as_it_is(
    month: Stage, problem: RosterProblem, lead: Assignment
) -> None:
    there = {one.person for one in month.editor.assignments if one.shift == lead.shift}
    more = [one.code for one in problem.people if one.code not in there][:2]
    month.editor.apply(Change(added=frozenset(replace(lead, person=one, duty=Duty.TRAFFIC) for one in more)))
    view, lines = month.page.month, month.page.model.lines
    assert all(view.isRowHidden(row) is (line.kind is Kind.HEAD) for row, line in enumerate(lines))


def test_a_gap_and_a_breach_differ_in_shape_and_all_ink_stands_out() -> None:
    assert mark_of(Tally(2, 3, ()), None) == (HARD, gap_shape)
    assert mark_of(Tally(3, 3, ()), None) == (None, None)
    grounds = [(theme.surface, theme.text) for theme in THEMES.values()]
    grounds += [(theme.raised, theme.text) for theme in THEMES.values()]  # a weekend's
    grounds += [(theme.accent, theme.on_accent) for theme in THEMES.values()]
    grounds += [(each.ground, each.text) for each in (HARD, WARNING)]
    assert min(contrast(*each) for each in grounds) >= 7


def test_figures_without_room_are_told_in_brief() -> None:
    font = QFont()
    font.setPixelSize(15)
    assert fitting(font, ("3/3", "3"), 60)[1] == "3/3"
    assert fitting(font, ("12/14", "−2"), 20)[1] == "−2"
