"""Drafts, undo, and the one way to a published roster: whatever is done, nothing hard is published without a word."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from shifts.model import Assignment, DatedShift, Demand, Duty, Roster, Seat
from shifts.publishing import (
    Approval,
    Draft,
    Outdated,
    Unpublishable,
    begin,
    carry_over,
    difference,
    new_breaches,
    publish,
)
from shifts.rule_pack import Severity
from shifts.rules import check
from shifts.swaps import ENDS, Act, Kind, Swap, SwapError, propose, settle, step
from tests.shifts.rosters import LS, MAY, may, person, problem, row, works

NOW = datetime(2026, 5, 1, tzinfo=UTC)
CODES = ("early", "middle", "night")
PEOPLE = (person("A"), person("B", no_night=True), person("C", leave=frozenset({may(6)})), person("L"), person("K"))
LEADS = {"K", "L"}
PROBLEM = problem(*PEOPLE, demands=(Demand(LS, DatedShift(may(4), "early"), 1, (Seat(Duty.LEAD),)),))
LEADING = works(4, "early", "A", duty=Duty.LEAD)
FIRST = Roster(MAY, frozenset({LEADING}), 1, published=True)


# --- a draft ---------------------------------------------------------------------------------------------------------


def test_undo_and_redo_go_back_and_forth_over_every_edit() -> None:
    drafts = [begin(FIRST)]
    for day in (5, 6, 7):
        drafts.append(drafts[-1].apply(added=[works(day, "early", "B")]))
    back = drafts[-1]
    for expected in reversed(drafts[:-1]):
        back = back.undo()
        assert back.assignments == expected.assignments
    for expected in drafts[1:]:
        back = back.redo()
        assert back.assignments == expected.assignments


def test_an_edit_after_an_undo_forgets_what_was_undone() -> None:
    edited = begin(FIRST).apply(added=[works(5, "early")]).undo().apply(added=[works(6, "early")])
    assert edited.redo() is edited


def test_an_edit_that_changes_nothing_is_none() -> None:
    assert begin(FIRST).apply(added=[LEADING], removed=[works(9, "early")]).done == ()
    assert begin(None).undo() == begin(None)


def test_moving_a_shift_to_where_it_is_changes_nothing() -> None:
    assert begin(FIRST).apply(removed=[LEADING], added=[LEADING]).done == ()


def test_a_difference_applied_gives_the_other_roster() -> None:
    other = frozenset(row(".EE", who="B"))
    change = difference(FIRST.assignments, other)
    assert begin(FIRST).apply(change.removed, change.added).assignments == other


# --- publishing ------------------------------------------------------------------------------------------------------


def test_a_published_roster_is_the_next_version() -> None:
    after = publish(PROBLEM, begin(FIRST).apply(added=[works(5, "early", "B")]), FIRST)
    assert (after.version, after.published) == (2, True)


def test_a_hard_breach_is_not_published_and_named() -> None:
    with pytest.raises(Unpublishable) as refused:
        publish(PROBLEM, begin(FIRST).apply(removed=[LEADING]), FIRST)
    assert [breach.rule for breach in refused.value.breaches] == ["coverage"]


def test_a_word_holds_for_the_very_breach_it_was_given_for() -> None:
    gap = begin(FIRST).apply(removed=[LEADING])
    (breach,) = new_breaches(PROBLEM, FIRST.assignments, gap.assignments)
    word = Approval(breach.rule, breach.finding, "L", "带班组长发热，替班在路上")
    assert publish(PROBLEM, gap, FIRST, [word]).version == 2
    with pytest.raises(Unpublishable):
        publish(PROBLEM, gap.apply(added=row("ME", who="A", first=8)), FIRST, [word])


def test_a_draft_of_an_older_version_is_not_published_over_a_newer_one() -> None:
    second = publish(PROBLEM, begin(FIRST).apply(added=[works(5, "early", "B")]), FIRST)
    with pytest.raises(Outdated):
        publish(PROBLEM, begin(FIRST).apply(added=[works(6, "early", "B")]), second)


def test_a_draft_goes_on_from_a_newer_version_that_changed_other_shifts() -> None:
    draft = begin(FIRST).apply(added=[works(5, "early", "B")]).apply(added=[works(6, "early", "B")])
    second = publish(PROBLEM, begin(FIRST).apply(added=[works(7, "early", "B")]), FIRST)
    carried = carry_over(draft, FIRST, second)
    assert carried is not None
    assert carried.base == 2
    assert carried.assignments == draft.assignments | second.assignments
    assert carried.undo().assignments == second.assignments


def test_a_draft_of_the_same_shift_does_not() -> None:
    swapped = replace(FIRST, assignments=frozenset({replace(LEADING, person="L")}), version=2)
    assert carry_over(begin(FIRST).apply(removed=[LEADING]), FIRST, swapped) is None
    assert carry_over(begin(FIRST).apply(added=swapped.assignments), FIRST, swapped) is None


# --- anything at all -------------------------------------------------------------------------------------------------

assignments = st.builds(
    works,
    st.integers(3, 12),  # the 3rd is no day of the period
    st.sampled_from(CODES),
    st.sampled_from(["A", "B", "C", "K", "L", "stranger"]),
    at=st.sampled_from(["LS", "SD", "nowhere"]),
    duty=st.sampled_from([Duty.LEAD, Duty.RECORDER]),
)
people = st.sampled_from(["A", "B", "C", "K", "L"])


class Office(RuleBasedStateMachine):
    """A district office where everybody does everything in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.newest = FIRST
        self.versions = {FIRST.version: FIRST}
        self.draft: Draft = begin(FIRST)
        self.words: list[Approval] = []
        self.swaps: list[Swap] = []
        self.clock = NOW

    @rule(out=st.lists(assignments, max_size=3), new=st.lists(assignments, max_size=3))
    def edit(self, out: list[Assignment], new: list[Assignment]) -> None:
        self.draft = self.draft.apply(out, new)

    @rule(new=st.lists(assignments, max_size=12))
    def import_a_roster(self, new: list[Assignment]) -> None:
        change = difference(self.draft.assignments, new)
        self.draft = self.draft.apply(change.removed, change.added)

    @rule()
    def undo(self) -> None:
        self.draft = self.draft.undo()

    @rule()
    def redo(self) -> None:
        self.draft = self.draft.redo()

    @rule()
    def begin_again(self) -> None:
        self.draft = begin(self.newest)

    @rule()
    def go_on_from_the_newest(self) -> None:
        base = self.versions.get(self.draft.base)
        self.draft = (carry_over(self.draft, base, self.newest) if base else None) or self.draft

    @rule(index=st.integers(0, 5))
    def give_a_word(self, index: int) -> None:
        hard = [b for b in check(PROBLEM, self.draft.assignments) if b.severity is Severity.HARD]
        if index < len(hard):
            self.words.append(Approval(hard[index].rule, hard[index].finding, "L", "无人可替"))

    @rule()
    def publish(self) -> None:
        try:
            self.newest = publish(PROBLEM, self.draft, self.newest, self.words)
            self.versions[self.newest.version] = self.newest
        except (Unpublishable, Outdated):
            return
        self.draft = begin(self.newest)

    @rule(data=st.data(), kind=st.sampled_from(Kind), asker=people, partner=people)
    def propose(self, data: st.DataObject, kind: Kind, asker: str, partner: str) -> None:
        cells = sorted(self.newest.assignments, key=repr)
        if not cells:
            return
        cell = data.draw(st.sampled_from(cells))
        other = data.draw(st.sampled_from(cells)) if kind is Kind.EXCHANGE else None
        until = self.clock + timedelta(hours=12)
        given: dict[str, Any] = {"cell": cell, "asker": asker, "partner": partner, "until": until, "other": other}
        try:
            made = propose("S", kind, self.newest, PROBLEM, at=self.clock, **given)
        except SwapError:
            return
        self.swaps.append(made)

    @rule(data=st.data(), act=st.sampled_from(Act), by=people, hours=st.integers(0, 5))
    def act(self, data: st.DataObject, act: Act, by: str, hours: int) -> None:
        self.clock += timedelta(hours=hours)
        waiting = [n for n, one in enumerate(self.swaps) if one.stage not in ENDS]
        if not waiting:
            return
        which = data.draw(st.sampled_from(waiting))
        words = tuple(self.words)
        try:
            if act is Act.PUBLISH:
                done, roster = settle(
                    self.swaps[which], self.newest, PROBLEM, by=by, at=self.clock, leads=LEADS, approvals=words
                )
                self.swaps[which], self.newest = done, roster or self.newest
                self.versions[self.newest.version] = self.newest
            else:
                self.swaps[which] = step(
                    self.swaps[which], act, self.newest, PROBLEM, by=by, at=self.clock, leads=LEADS, approvals=words
                )
        except (SwapError, Unpublishable):
            return

    @invariant()
    def nothing_hard_is_published_without_a_word(self) -> None:
        given = {(word.rule, word.finding.person, word.finding.shifts) for word in self.words}
        for breach in check(PROBLEM, self.newest.assignments):
            if breach.severity is Severity.HARD:
                assert (breach.rule, breach.finding.person, breach.finding.shifts) in given

    @invariant()
    def a_history_only_grows_and_hangs_together(self) -> None:
        for one in self.swaps:
            for before, after in zip(one.history, one.history[1:], strict=False):
                assert before.after is after.before
                assert before.at <= after.at
                assert before.after not in ENDS

    @invariant()
    def nobody_approves_a_swap_of_their_own_shift_where_another_lead_has_none(self) -> None:
        for one in self.swaps:
            for each in one.history:
                if each.act in {Act.APPROVE, Act.PUBLISH}:
                    assert each.by in LEADS
                    assert each.by not in one.people or one.people >= LEADS


def _tried(examples: int) -> None:
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    trying = settings(max_examples=examples, stateful_step_count=50, deadline=None, suppress_health_check=slow)
    run_state_machine_as_test(Office, settings=trying)


def test_no_sequence_of_acts_publishes_a_hard_breach_without_a_word() -> None:
    _tried(30)


@pytest.mark.prove
def test_no_sequence_of_ten_thousand_acts_does() -> None:
    _tried(400)
