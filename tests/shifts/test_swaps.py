"""Swaps, act by act, and what no sequence of them may lead to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shifts.model import SHANGHAI, DatedShift, Demand, Duty, Roster, RosterProblem, Seat
from shifts.publishing import Approval, Unpublishable
from shifts.rule_pack import Severity
from shifts.rules import check
from shifts.swaps import (
    ENDS,
    Act,
    BadSwap,
    Kind,
    NotTheirs,
    OwnSwap,
    Stage,
    Swap,
    SwapError,
    TooLate,
    breaks,
    may_act,
    propose,
    settle,
    stage_at,
    step,
)
from tests.shifts.rosters import LS, MAY, may, person, problem, row, works

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SOON = NOW + timedelta(days=1)
LEAD = "L"
LEADS = (LEAD,)
PROBLEM = problem(
    person("A"),
    person("B"),
    person("C", duties=frozenset({Duty.TRAFFIC})),
    person(LEAD),
    demands=(Demand(LS, DatedShift(may(4), "early"), 1, (Seat(Duty.CODE_CHECKER),)),),
)
ROSTER = Roster(MAY, frozenset([*row("E.E", who="A"), *row(".M", who="B")]), 3, published=True)
MINE, HIS, AFTER = works(4, "early", "A"), works(5, "middle", "B"), works(6, "early", "A")


def shanghai(day: int, hour: int) -> datetime:
    return datetime(2026, 5, day, hour, tzinfo=SHANGHAI)


def swap(kind: Kind = Kind.GIVE, **changes: object) -> Swap:
    given: dict[str, object] = {"cell": MINE, "asker": "A", "partner": "B", "until": SOON, "at": NOW}
    return propose("S1", kind, ROSTER, PROBLEM, **{**given, **changes})  # type: ignore[arg-type]


def does(one: Swap, *acts: Act, roster: Roster = ROSTER, at: datetime = NOW, under: RosterProblem = PROBLEM) -> Swap:
    """One act after another, each by whom it is for."""
    whose = {Act.OFFER: one.asker, Act.WITHDRAW: one.asker, Act.ACCEPT: one.partner, Act.DECLINE: one.partner}
    for act in acts:
        by = whose.get(act, LEAD)
        one = step(one, act, roster, under, by=by, at=at, leads=LEADS)
    return one


AGREED = (Act.OFFER, Act.ACCEPT, Act.CHECK, Act.APPROVE)


def test_a_shift_is_given_away_and_the_roster_has_a_new_version() -> None:
    done, after = settle(does(swap(), *AGREED), ROSTER, PROBLEM, by=LEAD, at=NOW, leads=LEADS)
    assert done.stage is Stage.PUBLISHED
    assert after is not None
    assert after.version == 4
    assert after.assignments == ROSTER.assignments - {MINE} | {replace(MINE, person="B")}


def test_two_exchange_and_each_has_the_other_s_shift() -> None:
    both = swap(Kind.EXCHANGE, other=HIS)
    assert both.change.added == {replace(MINE, person="B"), replace(HIS, person="A")}


def test_a_shift_is_taken_over_from_whoever_offers_none() -> None:
    taken = swap(Kind.TAKE, asker="B", partner="A")
    assert taken.change.added == {replace(MINE, person="B")}


def test_a_lead_acts_for_somebody_absent_in_person_or_by_another() -> None:
    ill = swap(Kind.ACT, asker=LEAD, partner=LEAD)
    assert ill.change.added == {replace(MINE, person=LEAD)}
    asked = does(swap(Kind.ACT, asker=LEAD, partner="B"), Act.OFFER)
    assert step(asked, Act.ACCEPT, ROSTER, PROBLEM, by=LEAD, at=NOW, leads=LEADS).stage is Stage.ACCEPTED


@pytest.mark.parametrize(
    "wrong",
    [
        {"asker": "B", "partner": "A"},  # gives away what is not theirs
        {"partner": "A"},  # to themselves
        {"cell": works(9, "early", "A")},  # a shift that is not in the roster
        {"other": HIS},  # a gift has no other side
        {"kind": Kind.EXCHANGE},  # an exchange has
        {"kind": Kind.EXCHANGE, "other": works(6, "early", "A")},  # both are one person's
    ],
)
def test_shifts_that_cannot_be_swapped(wrong: dict[str, object]) -> None:
    with pytest.raises(BadSwap):
        swap(**wrong)  # type: ignore[arg-type]


def test_the_history_says_who_when_from_what_to_what_and_why() -> None:
    told = step(swap(), Act.OFFER, ROSTER, PROBLEM, by="A", at=NOW, why="家里有事")
    (first,) = told.history
    assert (first.by, first.at, first.before, first.after) == ("A", NOW, Stage.DRAFT, Stage.OFFERED)
    assert (first.why, first.version) == ("家里有事", 3)


@pytest.mark.parametrize(
    ("acts", "stage"),
    [
        ((Act.OFFER, Act.DECLINE), Stage.DECLINED),
        ((Act.OFFER, Act.WITHDRAW), Stage.WITHDRAWN),
        ((Act.OFFER, Act.ACCEPT, Act.REFUSE), Stage.REFUSED),
        ((*AGREED, Act.WITHDRAW), Stage.WITHDRAWN),
    ],
)
def test_it_may_end_at_any_point(acts: tuple[Act, ...], stage: Stage) -> None:
    assert does(swap(), *acts).stage is stage


@pytest.mark.parametrize("stage", sorted(ENDS))
def test_an_end_is_an_end(stage: Stage) -> None:
    ended = does(swap(), Act.OFFER, Act.WITHDRAW)
    over = replace(ended, history=(replace(ended.history[-1], after=stage),))
    for act in Act:
        with pytest.raises(SwapError):
            step(over, act, ROSTER, PROBLEM, by=LEAD, at=NOW, leads=LEADS)


def test_nothing_is_approved_that_was_not_checked_and_nothing_checked_that_was_not_accepted() -> None:
    offered = does(swap(), Act.OFFER)
    for act in (Act.CHECK, Act.APPROVE, Act.PUBLISH):
        with pytest.raises(SwapError):
            does(offered, act)


@pytest.mark.parametrize(("act", "by"), [(Act.ACCEPT, "A"), (Act.ACCEPT, "C"), (Act.WITHDRAW, "B"), (Act.REFUSE, "B")])
def test_nobody_acts_for_another(act: Act, by: str) -> None:
    with pytest.raises(NotTheirs):
        step(does(swap(), Act.OFFER), act, ROSTER, PROBLEM, by=by, at=NOW)


def test_an_offer_ends_by_itself() -> None:
    assert does(does(swap(), Act.OFFER), Act.ACCEPT, at=SOON).stage is Stage.EXPIRED
    assert does(does(swap(), Act.OFFER), Act.ACCEPT, at=SOON - timedelta(seconds=1)).stage is Stage.ACCEPTED


@pytest.mark.parametrize(
    ("kind", "given", "last"),
    [
        (Kind.GIVE, {}, shanghai(4, 8)),
        (Kind.EXCHANGE, {"cell": AFTER, "other": HIS}, shanghai(5, 16)),  # the earlier of the two
        (Kind.TAKE, {"asker": "B", "partner": "A"}, shanghai(4, 8)),
        (Kind.ACT, {"asker": LEAD}, shanghai(4, 16)),  # somebody did not come: a lead still finds another
    ],
)
def test_a_shift_that_has_begun_is_not_swapped_any_more(kind: Kind, given: dict[str, object], last: datetime) -> None:
    thought = swap(kind, until=None, **given)
    assert thought.until == last
    assert swap(kind, at=last - timedelta(seconds=1), **given).until == SOON
    with pytest.raises(TooLate):
        swap(kind, at=last, **given)


def test_nobody_is_given_what_they_stand_in_already() -> None:
    both = replace(ROSTER, assignments=ROSTER.assignments | {replace(MINE, person="B")})
    with pytest.raises(BadSwap):
        propose("S1", Kind.GIVE, both, PROBLEM, cell=MINE, asker="A", partner="B", at=NOW)
    assert stage_at(does(swap(), Act.OFFER), both, NOW) is Stage.VOID


def test_a_swap_is_expired_or_void_though_nobody_said_so_yet() -> None:
    offered = does(swap(), Act.OFFER)
    assert stage_at(offered, ROSTER, SOON - timedelta(seconds=1)) is Stage.OFFERED
    assert stage_at(offered, ROSTER, SOON) is Stage.EXPIRED
    assert stage_at(offered, replace(ROSTER, assignments=frozenset()), NOW) is Stage.VOID
    declined = does(offered, Act.DECLINE)
    assert stage_at(declined, replace(ROSTER, assignments=frozenset()), SOON) is Stage.DECLINED


# --- four eyes -------------------------------------------------------------------------------------------------------

TWO_LEADS = ("A", LEAD)


@pytest.mark.parametrize("kind", [Kind.GIVE, Kind.TAKE])
def test_a_lead_does_not_approve_a_swap_of_their_own_shift_while_another_can(kind: Kind) -> None:
    asker, partner = ("A", "B") if kind is Kind.GIVE else ("B", "A")
    checked = does(swap(kind, asker=asker, partner=partner), *AGREED[:3])
    with pytest.raises(OwnSwap):
        step(checked, Act.APPROVE, ROSTER, PROBLEM, by="A", at=NOW, leads=TWO_LEADS)
    assert not may_act(checked, Act.APPROVE, "A", TWO_LEADS)
    approved = step(checked, Act.APPROVE, ROSTER, PROBLEM, by=LEAD, at=NOW, leads=TWO_LEADS)
    with pytest.raises(OwnSwap):
        settle(approved, ROSTER, PROBLEM, by="A", at=NOW, leads=TWO_LEADS)


def test_a_lead_who_is_alone_approves_even_their_own() -> None:
    checked = does(swap(), *AGREED[:3])
    assert step(checked, Act.APPROVE, ROSTER, PROBLEM, by="A", at=NOW, leads=("A",)).stage is Stage.APPROVED
    assert may_act(checked, Act.APPROVE, "A", ("A", "B"))  # both leads have a part, and both have signed


def test_a_lead_who_takes_over_for_somebody_absent_has_a_part_in_it_and_one_who_finds_a_third_has_none() -> None:
    third = does(swap(Kind.ACT, asker=LEAD, partner="B"), *AGREED[:3])
    assert may_act(third, Act.APPROVE, LEAD, ("C", LEAD))
    own = does(swap(Kind.ACT, asker=LEAD, partner=LEAD), *AGREED[:3])
    assert not may_act(own, Act.APPROVE, LEAD, ("C", LEAD))


@pytest.mark.parametrize("upto", range(1, len(AGREED)))
def test_a_cell_that_changed_meanwhile_makes_it_void_at_every_step(upto: int) -> None:
    changed = replace(ROSTER, assignments=ROSTER.assignments - {MINE}, version=4)
    waiting = does(swap(), *AGREED[:upto])
    assert does(waiting, AGREED[upto], roster=changed).stage is Stage.VOID


def test_a_swap_that_breaks_a_hard_rule_waits_for_a_word_and_is_not_approved_without() -> None:
    to_a = swap(cell=HIS, asker="B", partner="A")  # 16 to 24 on the 5th, and A begins at 8 on the 6th
    assert {breach.rule for breach in breaks(to_a, ROSTER, PROBLEM)} >= {"rest"}
    checked = does(to_a, *AGREED[:3])
    assert checked.stage is Stage.CHECKED
    with pytest.raises(Unpublishable):
        does(checked, Act.APPROVE)
    assert does(checked, Act.REFUSE).stage is Stage.REFUSED


@pytest.mark.parametrize("worded", range(2, 4))
def test_a_word_given_at_a_step_holds_when_another_lead_publishes(worded: int) -> None:
    one = does(swap(cell=HIS, asker="B", partner="A"), Act.OFFER, Act.ACCEPT)
    words = tuple(Approval(each.rule, each.finding, LEAD, "无人可替") for each in breaks(one, ROSTER, PROBLEM))
    for number, act in enumerate(AGREED[2:], 2):
        given = words if number == worded else ()
        one = step(one, act, ROSTER, PROBLEM, by=LEAD, at=NOW, leads=("C", LEAD), approvals=given)
    done, after = settle(one, ROSTER, PROBLEM, by="C", at=NOW, leads=("C", LEAD))
    assert done.stage is Stage.PUBLISHED
    assert after is not None
    assert done.words == words


def test_a_word_is_not_given_by_a_lead_who_has_a_part_in_it() -> None:
    accepted = does(swap(cell=HIS, asker="B", partner="A"), Act.OFFER, Act.ACCEPT)
    words = tuple(Approval(each.rule, each.finding, "A", "我行") for each in breaks(accepted, ROSTER, PROBLEM))
    with pytest.raises(OwnSwap):
        step(accepted, Act.CHECK, ROSTER, PROBLEM, by="A", at=NOW, leads=TWO_LEADS, approvals=words)


def test_only_a_lead_or_whoever_has_a_part_in_it_checks_it() -> None:
    accepted = does(swap(), Act.OFFER, Act.ACCEPT)
    with pytest.raises(NotTheirs):
        step(accepted, Act.CHECK, ROSTER, PROBLEM, by="C", at=NOW, leads=LEADS)
    for by in ("A", "B", LEAD):
        assert step(accepted, Act.CHECK, ROSTER, PROBLEM, by=by, at=NOW, leads=LEADS).stage is Stage.CHECKED


def test_a_swap_that_lessens_what_is_broken_needs_no_word() -> None:
    nights = replace(ROSTER, assignments=frozenset(row("NNNNN", who="A")))
    gift = propose("S1", Kind.GIVE, nights, PROBLEM, cell=works(8, "night", "A"), asker="A", partner="B", at=NOW)
    assert all(breach.severity is not Severity.HARD for breach in breaks(gift, nights, PROBLEM))
    assert does(gift, *AGREED, roster=nights).stage is Stage.APPROVED


def test_a_lead_may_give_a_word_for_what_cannot_be_helped() -> None:
    to_a = swap(cell=HIS, asker="B", partner="A")
    words = tuple(Approval(breach.rule, breach.finding, LEAD, "无人可替") for breach in breaks(to_a, ROSTER, PROBLEM))
    accepted = does(to_a, Act.OFFER, Act.ACCEPT)
    checked = step(accepted, Act.CHECK, ROSTER, PROBLEM, by=LEAD, at=NOW, leads=LEADS, approvals=words)
    approved = step(checked, Act.APPROVE, ROSTER, PROBLEM, by=LEAD, at=NOW, leads=LEADS, approvals=words)
    done, after = settle(approved, ROSTER, PROBLEM, by=LEAD, at=NOW, leads=LEADS, approvals=words)
    assert done.stage is Stage.PUBLISHED
    assert after is not None
    assert any(breach.rule == "rest" for breach in check(PROBLEM, after.assignments))


def test_untrained_hands_need_a_word() -> None:
    with pytest.raises(Unpublishable):
        does(swap(partner="C"), *AGREED)
