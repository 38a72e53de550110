"""Swaps on the page: asked for, answered, approved and published by the people themselves, each with their PIN."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from db import people
from db.engine import open_database
from db.pins import hash_pin
from shifts.model import Assignment, Duty, Roster, RosterProblem
from shifts.publishing import Change, begin
from shifts.rule_pack import Severity
from shifts.swap_choices import takers, trades
from shifts.swaps import Act, Kind, Stage, Swap
from station import rosters, swaps
from station.rosters import Published
from tests.db.samples import a_person
from tests.ui.roster.conftest import LEAD, NOW, OFFICER
from tests.ui.roster.conftest import Stage as Board
from ui.roster.swap_detail import SwapDetail
from ui.roster.swap_panel import SwapPanel

PIN = "2468"
OTHER_LEAD = "L02"


@pytest.fixture(scope="module")
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


def accepted(path: Path, one: Assignment, to: str) -> Swap:
    swap = offered(path, one, to)
    with open_database(path) as database:
        return swaps.act(database, swap.id, Act.ACCEPT, station="LS-1", who=(to, PIN), now=NOW)


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


# --- asking ----------------------------------------------------------------------------------------------------------


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


# --- answering -------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(staffed: Path, mine: Assignment, published: Published) -> tuple[Assignment, str]:
    """A shift that was offered, and to whom."""
    friend = friend_of(published.problem, published.roster.assignments, mine)
    assert friend
    offered(staffed, mine, friend)
    return mine, friend


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


# --- a lead's part ---------------------------------------------------------------------------------------------------


def test_a_lead_checks_approves_and_publishes_with_one_signature(
    opened: Callable[..., Board], staffed: Path, asked: tuple[Assignment, str]
) -> None:
    mine, friend = asked
    with open_database(staffed) as database:
        (swap,) = kept(staffed)
        swaps.act(database, swap.id, Act.ACCEPT, station="LS-1", who=(friend, PIN), now=NOW)
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
    opened: Callable[..., Board], staffed: Path, asked: tuple[Assignment, str]
) -> None:
    _, friend = asked
    with open_database(staffed) as database:
        swaps.act(database, kept(staffed)[0].id, Act.ACCEPT, station="LS-1", who=(friend, PIN), now=NOW)
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
    opened: Callable[..., Board], staffed: Path, asked: tuple[Assignment, str], nights_off: Assignment
) -> None:
    mine, friend = asked
    with open_database(staffed) as database:
        swaps.act(database, kept(staffed)[0].id, Act.ACCEPT, station="LS-1", who=(friend, PIN), now=NOW)
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
    opened: Callable[..., Board], staffed: Path, asked: tuple[Assignment, str]
) -> None:
    mine, friend = asked
    with open_database(staffed) as database:
        swaps.act(database, kept(staffed)[0].id, Act.ACCEPT, station="LS-1", who=(friend, PIN), now=NOW)
    made = board(opened, staffed, LEAD[0])
    made.editor.apply(Change(frozenset({mine})))
    sign(open_first(made), "approve", pin=LEAD[1])
    made.until(lambda: "第 2 版" in made.page.problem.text())
    assert mine not in made.editor.assignments


@pytest.fixture
def nights_off(roster: frozenset[Assignment], mine: Assignment) -> Assignment:
    return next(one for one in sorted(roster, key=repr) if one.shift != mine.shift)


# --- around it -------------------------------------------------------------------------------------------------------


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


def test_trades_are_what_the_rules_say(problem: RosterProblem, roster: frozenset[Assignment], mine: Assignment) -> None:
    """Nobody is offered a shift that has begun, nor one of their own."""
    found = trades(problem, replace(begun(problem), assignments=roster), mine, NOW)
    others = [one.other for one in found]
    assert all(one is not None and one.person != mine.person and one.shift.day >= NOW.date() for one in others)
    assert found[0].possible
