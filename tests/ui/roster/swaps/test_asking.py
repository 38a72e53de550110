"""A swap is asked for: by whom, of whom, and who could."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from shifts.model import Assignment, RosterProblem
from shifts.publishing import Change
from shifts.swap_choices import trades
from shifts.swaps import Kind, Stage
from station.rosters import Published
from tests.ui.roster.conftest import LEAD, NOW
from tests.ui.roster.conftest import Stage as Board
from tests.ui.roster.swaps.conftest import (
    PIN,
    begun,
    board,
    friend_of,
    kept,
    press,
    sign,
)


def test_an_officer_gives_a_night_away_by_keyboard_alone(
    opened: Callable[..., Board], staffed: Path, mine: Assignment, problem: RosterProblem
) -> None:
    made = board(opened, staffed, mine.person)
    made.stand_on(mine)
    press(made.page.grid, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    offer, detail = made.page.panels.swaps.offer, made.page.panels.swaps.detail
    made.until(lambda: offer.choices)
    assert offer.kind is Kind.GIVE
    best = offer.choices[0].person
    QTest.keyClicks(offer.field, best.code)
    press(offer.field, Qt.Key.Key_Return)
    made.until(detail.isVisible)
    assert detail.form.code.text() == mine.person
    assert detail.form.pin.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(detail.form.pin, PIN)
    press(detail.form.pin, Qt.Key.Key_Return)
    made.until(lambda: kept(staffed))
    (swap,) = kept(staffed)
    assert (swap.kind, swap.cell, swap.partner, swap.stage) == (Kind.GIVE, mine, best.code, Stage.OFFERED)
    made.until(lambda: best.name in made.page.notice.text())


def test_the_list_says_who_could_first_and_why_the_others_cannot(
    opened: Callable[..., Board], staffed: Path, mine: Assignment
) -> None:
    made = board(opened, staffed, mine.person)
    made.stand_on(mine)
    made.page.panels.problems.cell.swap_button.click()
    offer = made.page.panels.swaps.offer
    made.until(lambda: offer.choices)
    able = [one.possible for one in offer.choices]
    assert able == sorted(able, reverse=True)
    assert not able[-1]
    assert offer.list.rows[-1].detail.startswith("不可：")
    assert mine.person not in {one.person.code for one in offer.choices}


def test_an_exchange_lists_shifts_and_names_what_each_would_break(
    opened: Callable[..., Board], staffed: Path, mine: Assignment
) -> None:
    made = board(opened, staffed, mine.person)
    made.stand_on(mine)
    made.page.swapping.begin_here()
    offer, detail = made.page.panels.swaps.offer, made.page.panels.swaps.detail
    offer.kinds[Kind.EXCHANGE].click()
    made.until(lambda: offer.choices)
    best = offer.choices[0]
    assert best.possible
    assert best.other is not None
    offer.list.choose()
    sign(detail, "offer")
    made.until(lambda: kept(staffed))
    (swap,) = kept(staffed)
    assert (swap.kind, swap.cell, swap.other) == (Kind.EXCHANGE, mine, best.other)


def test_somebody_takes_over_a_colleague_s_shift(
    opened: Callable[..., Board], staffed: Path, mine: Assignment, published: Published
) -> None:
    friend = friend_of(published.problem, published.roster.assignments, mine)
    made = board(opened, staffed, friend)
    made.stand_on(mine)
    made.page.swapping.begin_here()
    offer, detail = made.page.panels.swaps.offer, made.page.panels.swaps.detail
    made.until(lambda: offer.choices)
    assert offer.kind is Kind.TAKE
    press(offer.field, Qt.Key.Key_Return)  # whoever is at the desk is in hand
    assert detail.form.code.text() == friend
    sign(detail, "offer")
    made.until(lambda: kept(staffed))
    (swap,) = kept(staffed)
    assert (swap.kind, swap.asker, swap.partner) == (Kind.TAKE, friend, mine.person)


def test_their_own_shifts_to_come_are_one_key_away(
    opened: Callable[..., Board], staffed: Path, mine: Assignment
) -> None:
    made = board(opened, staffed, mine.person)
    made.page.panels.open_swaps()
    listed = made.page.panels.swaps.list.mine
    shifts = [row.about for row in listed.rows]
    assert mine in shifts
    assert {one.person for one in shifts} == {mine.person}
    assert min(one.shift.day for one in shifts) >= NOW.date() - timedelta(days=1)
    assert made.window.focusWidget() is listed
    press(listed, Qt.Key.Key_Return)
    assert made.page.panels.swaps.currentWidget() is made.page.panels.swaps.offer


def test_a_shift_that_has_begun_can_only_be_arranged_by_a_lead(
    opened: Callable[..., Board], staffed: Path, roster: frozenset[Assignment]
) -> None:
    running = next(one for one in roster if one.shift.day == NOW.date() and one.shift.code == "early")
    made = board(opened, staffed, running.person)
    made.stand_on(running)
    made.page.swapping.begin_here()
    offer = made.page.panels.swaps.offer
    assert not any(button.isEnabled() for button in offer.kinds.values())
    assert "带班组长" in offer.note.text()


def test_what_is_only_in_the_draft_is_not_swapped(
    opened: Callable[..., Board],
    staffed: Path,
    mine: Assignment,
    problem: RosterProblem,
    roster: frozenset[Assignment],
) -> None:
    made = board(opened, staffed, LEAD[0])
    there = {one.person for one in roster if one.shift.day == mine.shift.day}
    newcomer = next(one.code for one in problem.people if one.code not in there)
    made.editor.apply(Change(frozenset({mine}), frozenset({replace(mine, person=newcomer)})))
    made.stand_on(replace(mine, person=newcomer))
    made.page.swapping.begin_here()
    assert "还没有发布" in made.page.notice.text()


def test_a_wrong_pin_is_said_and_nothing_is_lost(opened: Callable[..., Board], staffed: Path, mine: Assignment) -> None:
    made = board(opened, staffed, mine.person)
    made.stand_on(mine)
    made.page.swapping.begin_here()
    offer, detail = made.page.panels.swaps.offer, made.page.panels.swaps.detail
    made.until(lambda: offer.choices)
    offer.list.choose()
    detail.form.why.setText("家里有事")
    sign(detail, "offer", pin="0000")
    made.until(detail.form.problem.text)
    assert (detail.form.pin.text(), detail.form.why.text()) == ("", "家里有事")
    assert kept(staffed) == ()


def test_trades_are_what_the_rules_say(problem: RosterProblem, roster: frozenset[Assignment], mine: Assignment) -> None:
    """Nobody is offered a shift that has begun, nor one of their own."""
    found = trades(problem, replace(begun(problem), assignments=roster), mine, NOW)
    others = [one.other for one in found]
    assert all(one is not None and one.person != mine.person and one.shift.day >= NOW.date() for one in others)
    assert found[0].possible
