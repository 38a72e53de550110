"""A lead's part in a swap: to check, approve and publish it, to refuse it, to arrange one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from db import people
from db.engine import open_database
from shifts.model import Assignment, RosterProblem
from shifts.publishing import Change
from shifts.rule_pack import Severity
from shifts.swap_choices import takers
from shifts.swaps import Act, Kind, Stage
from station.rosters import Published
from tests.ui.roster.conftest import LEAD, NOW
from tests.ui.roster.conftest import Stage as Board
from tests.ui.roster.swaps.conftest import (
    OTHER_LEAD,
    PIN,
    accepted,
    begun,
    board,
    can,
    friend_of,
    kept,
    newest,
    open_first,
    sign,
    told,
)


def test_a_lead_checks_approves_and_publishes_with_one_signature(
    opened: Callable[..., Board], staffed: Path, agreed: tuple[Assignment, str]
) -> None:
    mine, friend = agreed
    made = board(opened, staffed, LEAD[0])
    assert "1" in made.page.bar.swaps.text()
    detail = open_first(made)
    name = {one.code: one.name for one in made.editor.problem.people}
    assert f"{name[mine.person]} → {name[friend]}" in told(detail)
    sign(detail, "approve", pin=LEAD[1])
    made.until(lambda: newest(staffed).roster.version == 2)
    made.until(lambda: replace(mine, person=friend) in made.editor.assignments)
    (swap,) = kept(staffed)
    assert [one.act for one in swap.history[2:]] == [Act.CHECK, Act.APPROVE, Act.PUBLISH]


def test_a_lead_refuses_and_says_why(
    opened: Callable[..., Board], staffed: Path, agreed: tuple[Assignment, str]
) -> None:
    made = board(opened, staffed, LEAD[0])
    detail = open_first(made)
    detail.form.why.setText("这周人手不够")
    sign(detail, "refuse", pin=LEAD[1])
    made.until(lambda: kept(staffed)[0].stage is Stage.REFUSED)
    assert kept(staffed)[0].history[-1].why == "这周人手不够"


@pytest.fixture
def hard(problem: RosterProblem, roster: frozenset[Assignment]) -> tuple[Assignment, str, int]:
    """A shift to come, somebody who cannot take it, and how many hard rules that breaks; the fewest there are."""
    to_come = sorted((one for one in roster if one.shift.day > NOW.date()), key=repr)
    whole = replace(begun(problem), assignments=roster)
    for one in to_come[:20]:
        for each in takers(problem, whole, one, NOW):
            count = sum(breach.severity is Severity.HARD for breach in each.breaches)
            if count == 1:
                return one, each.person.code, count
    raise AssertionError


def test_what_breaks_a_hard_rule_is_approved_only_with_a_reason(
    opened: Callable[..., Board], staffed: Path, hard: tuple[Assignment, str, int]
) -> None:
    one, to, count = hard
    accepted(staffed, one, to)
    made = board(opened, staffed, LEAD[0])
    detail = open_first(made)
    assert len(detail.form.reasons) == count
    QTest.keyClicks(detail.form.pin, LEAD[1])
    assert not can(detail)["approve"]
    detail.form.reasons[0][1].setText("无人可替")
    assert can(detail)["approve"]
    next(button for verb, button in detail.form.verbs if verb.name == "approve").click()
    made.until(lambda: newest(staffed).roster.version == 2)
    assert {(word.by, word.why) for word in newest(staffed).approvals} == {(LEAD[0], "无人可替")}
    assert "无人可替" in {step.why for step in kept(staffed)[0].history}


def test_a_lead_arranges_for_somebody_absent_in_one_go(
    opened: Callable[..., Board], staffed: Path, mine: Assignment
) -> None:
    made = board(opened, staffed, LEAD[0])
    made.stand_on(mine)
    made.page.swapping.begin_here()
    offer, detail = made.page.panels.swaps.offer, made.page.panels.swaps.detail
    made.until(lambda: offer.choices)
    assert offer.kind is Kind.ACT
    friend = offer.choices[0].person.code
    offer.list.choose()
    detail.form.why.setText("发热")
    sign(detail, "arrange", pin=LEAD[1])
    made.until(lambda: newest(staffed).roster.version == 2)
    assert replace(mine, person=friend) in newest(staffed).roster.assignments
    (swap,) = kept(staffed)
    assert [one.why for one in swap.history] == ["发热", "", "", "", ""]


def test_a_lead_leaves_a_swap_of_their_own_shift_to_another_lead(
    opened: Callable[..., Board], staffed: Path, mine: Assignment, published: Published
) -> None:
    friend = friend_of(published.problem, published.roster.assignments, mine)
    assert friend
    accepted(staffed, mine, friend)
    with open_database(staffed) as database:
        people.change(database, friend, station="LS-1", by=None, at=NOW, role="lead")
    made = board(opened, staffed, friend)
    assert "件" not in made.page.bar.swaps.text()
    detail = open_first(made)
    assert "别的带班组长" in detail.note.text()
    QTest.keyClicks(detail.form.pin, PIN)
    detail.form.code.setText(friend)
    assert not can(detail)["approve"]
    detail.form.code.setText(OTHER_LEAD)
    assert can(detail)["approve"]


def test_a_lead_s_own_draft_goes_on_from_the_version_a_swap_was_published_as(
    opened: Callable[..., Board], staffed: Path, agreed: tuple[Assignment, str], nights_off: Assignment
) -> None:
    mine, friend = agreed
    made = board(opened, staffed, LEAD[0])
    made.editor.apply(Change(frozenset({nights_off})))
    sign(open_first(made), "approve", pin=LEAD[1])
    made.until(lambda: "第 2 版" in made.page.notice.text())
    assert made.editor.draft.base == 2
    assert nights_off not in made.editor.assignments
    assert replace(mine, person=friend) in made.editor.assignments
    made.page.hands.undo()
    assert nights_off in made.editor.assignments


def test_a_draft_that_changed_the_same_shift_says_it_is_outdated(
    opened: Callable[..., Board], staffed: Path, agreed: tuple[Assignment, str]
) -> None:
    mine, _ = agreed
    made = board(opened, staffed, LEAD[0])
    made.editor.apply(Change(frozenset({mine})))
    sign(open_first(made), "approve", pin=LEAD[1])
    made.until(lambda: "第 2 版" in made.page.problem.text())
    assert mine not in made.editor.assignments


@pytest.fixture
def nights_off(roster: frozenset[Assignment], mine: Assignment) -> Assignment:
    return next(one for one in sorted(roster, key=repr) if one.shift != mine.shift)
