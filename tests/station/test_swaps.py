"""Swaps as people do them: PIN by PIN, held against the newest roster, kept step by step."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db import events, people
from db import swaps as kept
from db.engine import Database
from db.errors import SwapMoved
from db.records import PersonRecord
from shifts.model import Assignment, DatedShift, Demand, Duty, Seat
from shifts.publishing import Approval, Outdated, Unpublishable, begin
from shifts.rules import check
from shifts.swaps import (
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
    settle,
    step,
)
from station import roster_json, rosters, swaps
from station.access import AccessError
from station.rosters import Published, RosterRefused
from tests.shifts.rosters import LS, MAY, may, person, problem, works
from tests.station.conftest import PIN

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
SOON = NOW + timedelta(days=1)
EARLY = DatedShift(may(4), "early")
PROBLEM = problem(
    person("O1"),
    person("O2"),
    person("L1"),
    demands=(Demand(LS, EARLY, 1, (Seat(Duty.CODE_CHECKER),)),),
)
MINE, HIS = works(4, "early", "O1"), works(5, "middle", "O2")
AFTER = works(6, "early", "O1")
"""O1 comes eight hours after `HIS` would end."""
SIGNED = (Act.CHECK, Act.APPROVE, Act.PUBLISH)


@pytest.fixture
def roster(staffed: Database) -> Published:
    return publish(staffed, MINE, HIS, AFTER)


def publish(database: Database, *assignments: Assignment) -> Published:
    newest = rosters.newest(database, MAY.start)
    draft = replace(begin(newest.roster if newest else None), assignments=frozenset(assignments))
    return rosters.publish(database, PROBLEM, draft, station="LS-1", lead=("L1", PIN), now=NOW)


def offer(database: Database, by: str = "O1", kind: Kind = Kind.GIVE, **changes: Any) -> Swap:
    given: dict[str, Any] = {"cell": MINE, "partner": "O2", "until": SOON, "station": "LS-1", "now": NOW}
    return swaps.offer(database, kind, **{**given, "who": (by, PIN), **changes})


def act(database: Database, swap: Swap, what: Act, by: str, **changes: Any) -> Swap:
    given: dict[str, Any] = {"station": "LS-1", "now": NOW, "who": (by, PIN)}
    return swaps.act(database, swap.id, what, **{**given, **changes})


def agreed(database: Database, swap: Swap, **changes: Any) -> Swap:
    """Accepted, checked and approved."""
    act(database, swap, Act.ACCEPT, swap.partner)
    for what in (Act.CHECK, Act.APPROVE):
        swap = act(database, swap, what, "L1", **changes)
    return swap


def newest(database: Database) -> Published:
    found = rosters.newest(database, MAY.start)
    assert found
    return found


# --- from offer to roster --------------------------------------------------------------------------------------------


def test_a_shift_given_away_changes_the_roster_when_a_lead_publishes_it(staffed: Database, roster: Published) -> None:
    swap = agreed(staffed, offer(staffed, why="家里有事"))
    assert newest(staffed) == roster
    done = act(staffed, swap, Act.PUBLISH, "L1")
    assert done.stage is Stage.PUBLISHED
    after = newest(staffed)
    assert after.roster.assignments == {replace(MINE, person="O2"), HIS, AFTER}
    assert (after.roster.version, after.by) == (2, "L1")


def test_a_swap_comes_back_with_its_whole_history(staffed: Database, roster: Published) -> None:
    swap = act(staffed, offer(staffed, why="家里有事"), Act.DECLINE, "O2", why="我也有事")
    assert swaps.find(staffed, swap.id) == swap
    assert swaps.of_roster(staffed, MAY.start) == (swap,)
    first, second = swap.history
    assert (first.by, first.at, first.before, first.after, first.why) == ("O1", NOW, "draft", "offered", "家里有事")
    assert (second.by, second.after, second.why, second.version) == ("O2", "declined", "我也有事", 1)


def test_every_step_is_an_event(staffed: Database, roster: Published) -> None:
    swap = act(staffed, agreed(staffed, offer(staffed)), Act.PUBLISH, "L1")
    told = events.newest(staffed, kind="swap")
    assert [event.actor for event in told][::-1] == ["O1", "O2", "L1", "L1", "L1"]
    assert f'"swap":"{swap.id}","act":"publish","before":"approved","after":"published"' in told[0].details
    assert len(events.newest(staffed, kind="roster_published")) == 2


def test_two_exchange(staffed: Database, roster: Published) -> None:
    swap = agreed(staffed, offer(staffed, kind=Kind.EXCHANGE, cell=AFTER, other=HIS))
    act(staffed, swap, Act.PUBLISH, "L1")
    assert newest(staffed).roster.assignments == {MINE, replace(AFTER, person="O2"), replace(HIS, person="O1")}


def test_a_lead_acts_for_somebody_absent_and_only_a_lead(staffed: Database, roster: Published) -> None:
    with pytest.raises(AccessError, match="not_allowed"):
        offer(staffed, "O2", Kind.ACT, partner="O2")
    swap = agreed(staffed, offer(staffed, "L1", Kind.ACT, partner="L1"))
    act(staffed, swap, Act.PUBLISH, "L1")
    assert replace(MINE, person="L1") in newest(staffed).roster.assignments


def test_one_signature_carries_a_swap_to_the_end_and_each_step_is_kept(staffed: Database, roster: Published) -> None:
    swap = act(staffed, offer(staffed), Act.ACCEPT, "O2")
    done = swaps.act(staffed, swap.id, *SIGNED, station="LS-1", who=("L1", PIN), now=NOW, why="已核对")
    assert swaps.find(staffed, swap.id) == done
    assert [(one.act, one.by, one.why) for one in done.history[2:]] == [
        (Act.CHECK, "L1", "已核对"),
        (Act.APPROVE, "L1", ""),
        (Act.PUBLISH, "L1", ""),
    ]
    assert newest(staffed).roster.version == 2
    assert len(events.newest(staffed, kind="swap")) == 5


def test_a_signature_that_is_refused_half_way_keeps_no_step(staffed: Database, roster: Published) -> None:
    swap = offer(staffed)
    with pytest.raises(NotTheirs):  # an officer accepts and checks, and does not approve
        swaps.act(staffed, swap.id, Act.ACCEPT, *SIGNED, station="LS-1", who=("O2", PIN), now=NOW)
    assert swaps.find(staffed, swap.id) == swap


def test_a_signature_stops_where_the_swap_ends(staffed: Database, roster: Published) -> None:
    swap = act(staffed, offer(staffed), Act.ACCEPT, "O2")
    done = swaps.act(staffed, swap.id, *SIGNED, station="LS-1", who=("L1", PIN), now=SOON)
    assert (done.stage, len(done.history)) == (Stage.EXPIRED, 3)


def test_a_shift_that_was_fixed_is_free_once_it_changed_hands(staffed: Database) -> None:
    """Else the next roster that is generated would put its old owner back."""
    draft = replace(begin(None), assignments=frozenset({MINE, HIS}))
    pinned = replace(PROBLEM, pins=frozenset({MINE, HIS}))
    rosters.publish(staffed, pinned, draft, station="LS-1", lead=("L1", PIN), now=NOW)
    act(staffed, agreed(staffed, offer(staffed)), Act.PUBLISH, "L1")
    assert newest(staffed).problem.pins == {HIS}


# --- who may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["A1", "M1"])
def test_whoever_does_not_work_shifts_swaps_none(staffed: Database, roster: Published, code: str) -> None:
    with pytest.raises(AccessError, match="not_allowed"):
        offer(staffed, code)


def test_each_act_needs_the_pin_of_whoever_acts(staffed: Database, roster: Published) -> None:
    swap = offer(staffed)
    with pytest.raises(AccessError, match="pin_wrong"):
        act(staffed, swap, Act.ACCEPT, "O2", who=("O2", "000000"))
    with pytest.raises(NotTheirs):
        act(staffed, swap, Act.ACCEPT, "O1")
    assert swaps.find(staffed, swap.id) == swap


def test_officers_neither_approve_nor_publish_nor_give_words(staffed: Database, roster: Published) -> None:
    swap = offer(staffed)
    act(staffed, swap, Act.ACCEPT, "O2")
    (breach,) = check(PROBLEM, ())
    word = Approval(breach.rule, breach.finding, "?", "无人可替")
    with pytest.raises(AccessError, match="not_allowed"):
        act(staffed, swap, Act.CHECK, "O2", approvals=(word,))
    act(staffed, swap, Act.CHECK, "O2")
    with pytest.raises(NotTheirs):
        act(staffed, swap, Act.APPROVE, "O2")


def test_a_lead_does_not_approve_a_swap_of_their_own_while_another_lead_can(staffed: Database, pin_hash: str) -> None:
    publish(staffed, works(4, "early", "L1"), HIS)
    swap = offer(staffed, "L1", cell=works(4, "early", "L1"))
    act(staffed, swap, Act.ACCEPT, "O2")
    act(staffed, swap, Act.CHECK, "L1")
    other = PersonRecord(code="L2", name="L2", unit="", role="lead", pin_hash=pin_hash, added_at=NOW, active=True)
    people.add(staffed, other, station="LS-1", by=None)
    with pytest.raises(OwnSwap):
        act(staffed, swap, Act.APPROVE, "L1")
    people.change(staffed, "L2", station="LS-1", by=None, at=NOW, active=False)
    assert act(staffed, swap, Act.APPROVE, "L1").stage is Stage.APPROVED


def test_whoever_cannot_sign_here_is_not_asked_and_a_lead_acts_for_them(staffed: Database) -> None:
    knows_n1 = replace(PROBLEM, people=(*PROBLEM.people, person("N1")))
    draft = replace(begin(None), assignments=frozenset({MINE}))
    rosters.publish(staffed, knows_n1, draft, station="LS-1", lead=("L1", PIN), now=NOW)
    with pytest.raises(RosterRefused, match="swap_cannot_answer"):
        offer(staffed, partner="N1")
    assert offer(staffed, "L1", Kind.ACT, partner="N1").stage is Stage.OFFERED


# --- held against the newest roster ----------------------------------------------------------------------------------


def test_shifts_that_cannot_be_swapped(staffed: Database) -> None:
    with pytest.raises(RosterRefused, match="roster_none"):
        offer(staffed)
    publish(staffed, MINE, HIS)
    with pytest.raises(BadSwap):
        offer(staffed, cell=works(9, "early", "O1"))
    with pytest.raises(TooLate):
        offer(staffed, now=datetime(2026, 5, 4, 0, tzinfo=UTC), until=None)  # 08:00 in Beijing
    with pytest.raises(AccessError, match="person_unknown"):
        offer(staffed, partner="X9")
    with pytest.raises(RosterRefused, match="swap_unknown"):
        swaps.find(staffed, "no such swap")


def test_a_cell_that_changed_meanwhile_makes_the_swap_void(staffed: Database, roster: Published) -> None:
    swap = offer(staffed)
    publish(staffed, replace(MINE, person="L1"), HIS)
    assert act(staffed, swap, Act.ACCEPT, "O2").stage is Stage.VOID
    with pytest.raises(SwapError):
        act(staffed, swap, Act.ACCEPT, "O2")


def test_a_version_that_leaves_the_cells_alone_does_not_end_a_swap(staffed: Database, roster: Published) -> None:
    swap = offer(staffed)
    publish(staffed, MINE, HIS)
    assert act(staffed, swap, Act.ACCEPT, "O2").history[-1].version == 2


def test_a_swap_that_breaks_a_hard_rule_goes_no_further_until_a_lead_says_why(
    staffed: Database, roster: Published, pin_hash: str
) -> None:
    swap = offer(staffed, "O2", cell=HIS, partner="O1")
    act(staffed, swap, Act.ACCEPT, "O1")
    with pytest.raises(Unpublishable):
        swaps.act(staffed, swap.id, *SIGNED, station="LS-1", who=("L1", PIN), now=NOW)
    assert swaps.find(staffed, swap.id).stage is Stage.ACCEPTED
    assert act(staffed, swap, Act.CHECK, "O1").stage is Stage.CHECKED
    with pytest.raises(Unpublishable):
        act(staffed, swap, Act.APPROVE, "L1")
    assert swaps.find(staffed, swap.id).stage is Stage.CHECKED
    assert newest(staffed) == roster

    words = tuple(Approval(one.rule, one.finding, "?", "无人可替") for one in breaks(swap, roster.roster, PROBLEM))
    act(staffed, swap, Act.APPROVE, "L1", approvals=words)
    assert {one.by for one in roster_json.approvals_from(kept.steps(staffed, swap.id)[-1].approvals)} == {"L1"}
    other = PersonRecord(code="L2", name="L2", unit="", role="lead", pin_hash=pin_hash, added_at=NOW, active=True)
    people.add(staffed, other, station="LS-1", by=None)
    assert act(staffed, swap, Act.PUBLISH, "L2").stage is Stage.PUBLISHED  # the word that L1 gave holds
    assert {(one.by, one.why) for one in newest(staffed).approvals} == {("L1", "无人可替")}


def test_a_stranger_s_pin_neither_checks_nor_ends_a_swap(staffed: Database, roster: Published, pin_hash: str) -> None:
    other = PersonRecord(code="O3", name="O3", unit="", role="officer", pin_hash=pin_hash, added_at=NOW, active=True)
    people.add(staffed, other, station="LS-1", by=None)
    swap = act(staffed, offer(staffed, "O2", cell=HIS, partner="O1"), Act.ACCEPT, "O1")
    for what in (Act.CHECK, Act.REFUSE, Act.WITHDRAW, Act.DECLINE):
        with pytest.raises(SwapError):
            act(staffed, swap, what, "O3")
    assert swaps.find(staffed, swap.id).stage is Stage.ACCEPTED


def test_a_roster_that_has_a_word_can_still_be_swapped_in(staffed: Database) -> None:
    """The word for what was broken before stands; a swap need not say it again."""
    rest = replace(HIS, person="O1")  # 16 to 24 on the 5th, and O1 begins at 8 on the 6th
    words = [Approval(one.rule, one.finding, "?", "无人可替") for one in check(PROBLEM, (MINE, rest, AFTER))]
    draft = replace(begin(None), assignments=frozenset({MINE, rest, AFTER}))
    rosters.publish(staffed, PROBLEM, draft, station="LS-1", lead=("L1", PIN), now=NOW, approvals=words)
    swap = agreed(staffed, offer(staffed))
    assert act(staffed, swap, Act.PUBLISH, "L1").stage is Stage.PUBLISHED
    assert "rest" in {one.rule for one in newest(staffed).approvals}


def test_an_offer_ends_by_itself_and_not_before(staffed: Database, roster: Published) -> None:
    swap = offer(staffed)
    with pytest.raises(SwapError):
        act(staffed, swap, Act.EXPIRE, "O2")
    assert act(staffed, swap, Act.ACCEPT, "O2", now=SOON).stage is Stage.EXPIRED
    swap = offer(staffed, "O2", cell=HIS, partner="O1")
    assert act(staffed, swap, Act.EXPIRE, "O1", now=SOON).stage is Stage.EXPIRED


# --- races -----------------------------------------------------------------------------------------------------------


def test_of_two_who_act_at_once_one_is_told_to_look_again(
    staffed: Database, roster: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The asker withdraws while the partner's answer is on its way."""
    swap = offer(staffed)
    honest = step

    def overtaken(*arguments: Any, **named: Any) -> Swap:
        monkeypatch.setattr(swaps, "step", honest)
        act(staffed, swap, Act.WITHDRAW, "O1")
        return honest(*arguments, **named)

    monkeypatch.setattr(swaps, "step", overtaken)
    with pytest.raises(SwapMoved):
        act(staffed, swap, Act.ACCEPT, "O2")
    assert swaps.find(staffed, swap.id).stage is Stage.WITHDRAWN


def test_a_swap_is_not_settled_on_a_roster_that_changed_under_the_hand(
    staffed: Database, roster: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version is published while the swap's own is being checked: neither step nor version is kept."""
    swap = agreed(staffed, offer(staffed))
    honest = settle

    def overtaken(*arguments: Any, **named: Any) -> Any:
        publish(staffed, replace(MINE, person="L1"), HIS)
        return honest(*arguments, **named)

    monkeypatch.setattr(swaps, "settle", overtaken)
    with pytest.raises(Outdated) as caught:
        act(staffed, swap, Act.PUBLISH, "L1")
    assert caught.value.params == {"base": 1, "newest": 2}
    assert swaps.find(staffed, swap.id).stage is Stage.APPROVED
    assert newest(staffed).roster.version == 2
