"""Swaps beside the board: its marks, the way back, both languages."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from shifts.model import Assignment
from tests.ui.roster.conftest import OFFICER
from tests.ui.roster.conftest import Stage as Board
from tests.ui.roster.swaps.conftest import (
    PIN,
    board,
    can,
    open_first,
    press,
    told,
)
from ui.roster.swap_panel import SwapPanel


def test_the_board_marks_a_shift_whose_swap_is_under_way(
    opened: Callable[..., Board], staffed: Path, asked: tuple[Assignment, str]
) -> None:
    mine, _ = asked
    made = board(opened, staffed, OFFICER[0])
    index = made.page.model.find((mine.checkpoint, mine.shift), mine.person)
    assert "换班" in index.data()
    made.stand_on(mine)
    assert any("换班中" in row.title + row.detail for row in made.page.panels.problems.cell.said.rows)
    made.page.swapping.begin_here()  # one at a time
    assert made.page.panels.swaps.currentWidget() is made.page.panels.swaps.detail


def test_escape_leads_back_a_step_at_a_time(opened: Callable[..., Board], staffed: Path, mine: Assignment) -> None:
    made = board(opened, staffed, mine.person)
    panel: SwapPanel = made.page.panels.swaps
    made.page.panels.open_swaps()
    press(panel.list.mine, Qt.Key.Key_Return)
    made.until(lambda: panel.offer.choices)
    panel.offer.list.choose()
    QTest.keyClicks(panel.detail.form.pin, PIN)
    for expected in (panel.offer, panel.list):
        press(panel.currentWidget(), Qt.Key.Key_Escape)
        assert panel.currentWidget() is expected
    assert panel.detail.form.pin.text() == ""
    press(panel.list, Qt.Key.Key_Escape)
    assert made.page.panels.currentWidget() is made.page.panels.problems


def test_both_languages_say_it(opened: Callable[..., Board], staffed: Path, asked: tuple[Assignment, str]) -> None:
    _, friend = asked
    made = board(opened, staffed, friend)
    detail = open_first(made)
    QTest.keyClicks(detail.form.pin, PIN)
    made.look.speak("en")
    assert "gives" in detail.title.text()
    assert "asked: 家里有事" in told(detail)
    assert made.page.bar.swaps.text() == "Swaps F9 · 1"
    assert can(detail)["accept"]
