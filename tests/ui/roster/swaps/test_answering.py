"""A swap is answered by whoever is asked, or taken back; one that came to nothing says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.engine import open_database
from shifts.model import Assignment
from shifts.publishing import begin
from shifts.swaps import Stage
from station import rosters
from station.rosters import Published
from tests.ui.roster.conftest import LEAD, NOW
from tests.ui.roster.conftest import Stage as Board
from tests.ui.roster.swaps.conftest import (
    PIN,
    board,
    can,
    kept,
    open_first,
    press,
    sign,
    told,
)


def test_whoever_is_asked_sees_a_count_and_accepts(
    opened: Callable[..., Board], staffed: Path, asked: tuple[Assignment, str]
) -> None:
    _, friend = asked
    made = board(opened, staffed, friend)
    assert "1" in made.page.bar.swaps.text()
    detail = open_first(made)
    assert detail.form.code.text() == friend
    assert "家里有事" in told(detail)
    sign(detail, "accept")
    made.until(lambda: kept(staffed)[0].stage is Stage.ACCEPTED)
    made.until(lambda: "件" not in made.page.bar.swaps.text())


def test_whose_code_is_typed_says_what_can_be_signed(
    opened: Callable[..., Board], staffed: Path, asked: tuple[Assignment, str]
) -> None:
    mine, friend = asked
    made = board(opened, staffed, mine.person)
    assert "件" not in made.page.bar.swaps.text()
    detail = open_first(made)
    assert not any(can(detail).values())  # no PIN yet
    QTest.keyClicks(detail.form.pin, PIN)
    assert can(detail) == {"accept": False, "decline": False, "withdraw": True}
    detail.form.code.setText(friend)
    assert can(detail) == {"accept": True, "decline": True, "withdraw": False}
    name = next(one.name for one in made.editor.problem.people if one.code == friend)
    assert name in detail.form.who.text()


def test_enter_after_the_pin_withdraws_nothing_it_goes_to_the_button(
    opened: Callable[..., Board], staffed: Path, asked: tuple[Assignment, str]
) -> None:
    mine, _ = asked
    made = board(opened, staffed, mine.person)
    detail = open_first(made)
    withdraw = next(button for verb, button in detail.form.verbs if verb.name == "withdraw")
    made.until(withdraw.isVisible)
    QTest.keyClicks(detail.form.pin, PIN)
    press(detail.form.pin, Qt.Key.Key_Return)
    assert made.window.focusWidget() is withdraw
    press(withdraw, Qt.Key.Key_Space)
    made.until(lambda: kept(staffed)[0].stage is Stage.WITHDRAWN)


@pytest.mark.parametrize(("verb", "stage"), [("decline", Stage.DECLINED), ("withdraw", Stage.WITHDRAWN)])
def test_what_is_declined_or_withdrawn_stays_readable(
    opened: Callable[..., Board], staffed: Path, asked: tuple[Assignment, str], verb: str, stage: Stage
) -> None:
    mine, friend = asked
    made = board(opened, staffed, friend)
    detail = open_first(made)
    detail.form.why.setText("我也有事")
    sign(detail, verb, code=friend if verb == "decline" else mine.person)
    made.until(lambda: kept(staffed)[0].stage is stage)
    panel = made.page.panels.swaps
    made.until(lambda: panel.list.list.rows and panel.list.list.rows[0].quiet)
    panel.list.list.mark(0)
    panel.list.list.choose()
    assert "我也有事" in told(detail)
    assert not detail.form.isVisible()


def test_a_swap_whose_shift_changed_meanwhile_is_void_and_says_so(
    opened: Callable[..., Board], staffed: Path, asked: tuple[Assignment, str], published: Published
) -> None:
    mine, friend = asked
    with open_database(staffed) as database:
        draft = begin(published.roster).apply([mine], [replace(mine, person=friend)])
        rosters.publish(database, published.problem, draft, station="LS-1", lead=LEAD, now=NOW)
    made = board(opened, staffed, friend)
    assert "件" not in made.page.bar.swaps.text()
    detail = open_first(made)
    assert "作废" in detail.state.text()
    assert not detail.form.isVisible()


def test_an_offer_that_ran_out_says_so_without_anybody_noting_it(
    opened: Callable[..., Board], staffed: Path, asked: tuple[Assignment, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, friend = asked
    monkeypatch.setattr("tests.ui.roster.conftest.NOW", NOW + timedelta(days=30))
    made = board(opened, staffed, friend)
    detail = open_first(made)
    assert "已过期" in detail.state.text()
    assert kept(staffed)[0].stage is Stage.OFFERED
