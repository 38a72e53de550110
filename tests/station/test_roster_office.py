"""Two rosters side by side in one database, and whatever leads and officers do: nothing hard is published unworded.

Edits, imports, undo, swaps and publishing in any order, on a real store; every version published is then held to the
rules by a checker that shares no code with them, across the edge between the two.
"""

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from db import people
from db.engine import open_database
from shifts.model import Assignment, DatedShift, Demand, Duty, Period, RosterProblem, Seat
from shifts.publishing import Approval, Draft, Outdated, Unchanged, Unpublishable, begin, difference
from shifts.rule_pack import LABOUR_LAW, Severity
from shifts.rules import Breach, check
from shifts.swaps import Act, Kind, Stage, SwapError
from station import rosters, swap_inbox, swaps
from station.access import AccessError
from station.roster_beside import with_neighbours
from station.rosters import Published, RosterRefused
from tests.db.samples import a_person
from tests.progress import Progress
from tests.shifts.independent_checker import hard_breaches
from tests.shifts.rosters import LS, may, person, problem, works

PIN = "1234"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)
"""Thousands of signatures are asked for; how slow a PIN is to guess is tested elsewhere."""
NOW = datetime(2026, 5, 1, tzinfo=UTC)
CODES = ("early", "middle", "night")
PEOPLE = (
    person("A", since=may(1)),
    person("B", no_night=True),
    person("C", leave=frozenset({may(8), may(9)}), duties=frozenset({Duty.LEAD})),
    person("K"),
    person("L"),
)
LEADS = ("K", "L")
RULES = replace(LABOUR_LAW, nights_in_row=2, days_in_seven=4)
"""Strict enough for rosters of four days to meet each other's limits."""


def of(first: int) -> RosterProblem:
    """Four days from this one of May on, a lead wanted in its first early shift."""
    wanted = Demand(LS, DatedShift(may(first), "early"), 1, (Seat(Duty.LEAD),))
    return problem(*PEOPLE, period=Period(may(first), 4), demands=(wanted,), rules=RULES)


PROBLEMS = (of(4), of(8))
FIRST = (
    frozenset(
        {
            works(4, "early", "K", duty=Duty.LEAD),
            works(5, "early", "A"),
            works(5, "early", "K"),
            works(6, "middle", "B"),
            works(7, "night", "L"),
        }
    ),
    frozenset(
        {
            works(8, "early", "K", duty=Duty.LEAD),
            works(8, "middle", "B"),
            works(9, "night", "L"),
            works(10, "early", "B"),
            works(11, "middle", "A"),
        }
    ),
)
"""A swap away from what breaks a rule across the edge."""
assignments = st.builds(
    works,
    st.sampled_from([4, 5, 6, 7, 7, 7, 8, 8, 8, 9, 10, 11]),
    st.sampled_from(CODES),
    st.sampled_from(["A", "B", "C", "K", "L"] * 4 + ["stranger"]),
    at=st.sampled_from(["LS", "LS", "SD"] * 8 + ["nowhere"]),
    duty=st.sampled_from([Duty.LEAD, Duty.RECORDER]),
)
signers = st.sampled_from([*LEADS * 4, "A", "B"])
officers = st.sampled_from([one.code for one in PEOPLE])
which = st.integers(0, 1)
SIGNED = (Act.CHECK, Act.APPROVE, Act.PUBLISH)
WAYS = ((Act.ACCEPT,), (Act.ACCEPT,), SIGNED, SIGNED, (Act.ACCEPT, *SIGNED), *((one,) for one in Act))
seen: Counter[str] = Counter()
"""How often something came of it: a machine that publishes nothing proves nothing."""


class Office(RuleBasedStateMachine):
    """Leads, officers, a store, and two rosters that meet between the 7th and the 8th of May."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.database = open_database(Path(self.folder.name) / "station.db")
        for one in PEOPLE:
            role = "lead" if one.code in LEADS else "officer"
            record = a_person(code=one.code, name=one.name, role=role, pin_hash=QUICK)
            people.add(self.database, record, station="LS-1", by=None)
        self.drafts = [Draft(0, one) for one in FIRST]
        self.given: list[Approval] = []
        self.worded = False
        self.clock = NOW
        self.looked_at: tuple[int, ...] = ()

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    def newest(self, number: int) -> Published | None:
        return rosters.newest(self.database, PROBLEMS[number].period.start)

    @initialize(worded=st.booleans())
    def words_are_given_here_or_not(self, worded: bool) -> None:
        self.worded = worded

    # --- a draft -----------------------------------------------------------------------------------------------------

    @rule(at=which, out=st.lists(assignments, max_size=3), new=st.lists(assignments, max_size=3))
    def edit(self, at: int, out: list[Assignment], new: list[Assignment]) -> None:
        within = [one for one in new if one.shift.day in PROBLEMS[at].period or one.person == "stranger"]
        self.drafts[at] = self.drafts[at].apply(out, within)

    @rule(at=which, new=st.lists(assignments, max_size=8))
    def import_a_roster(self, at: int, new: list[Assignment]) -> None:
        within = [one for one in new if one.shift.day in PROBLEMS[at].period]
        change = difference(self.drafts[at].assignments, within)
        self.drafts[at] = self.drafts[at].apply(change.removed, change.added)

    @rule(at=which, back=st.booleans())
    def undo_or_redo(self, at: int, back: bool) -> None:
        self.drafts[at] = self.drafts[at].undo() if back else self.drafts[at].redo()

    @rule(at=which)
    def begin_again(self, at: int) -> None:
        newest = self.newest(at)
        self.drafts[at] = begin(newest.roster) if newest else Draft(0, FIRST[at])

    @rule(at=which, by=st.sampled_from(LEADS))
    def keep_the_draft_and_read_it_again(self, at: int, by: str) -> None:
        start = PROBLEMS[at].period.start
        rosters.save_draft(self.database, PROBLEMS[at], self.drafts[at], station="LS-1", by=by, now=self.clock)
        kept = [one for one in rosters.drafts(self.database, by=by) if one.problem.period.start == start]
        assert [one.draft for one in kept] == [self.drafts[at]]

    @rule(at=which)
    def take_out_what_is_broken(self, at: int) -> None:
        """A lead mends the draft, else hardly any is ever published."""
        held = with_neighbours(self.database, PROBLEMS[at])
        while hard := [one for one in _hard(held, self.drafts[at].assignments) if one.finding.about]:
            (*_, last) = hard[0].finding.about
            gone = [one for one in hard[0].finding.about if one in self.drafts[at].assignments] or [last]
            self.drafts[at] = self.drafts[at].apply(gone[-1:])
        if _hard(held, self.drafts[at].assignments):
            self.drafts[at] = self.drafts[at].apply(added=[one for one in FIRST[at] if one.duty is Duty.LEAD])

    # --- publishing --------------------------------------------------------------------------------------------------

    @rule(at=which, by=signers, worded=st.booleans())
    def publish(self, at: int, by: str, worded: bool) -> None:
        words = self.words(with_neighbours(self.database, PROBLEMS[at]), self.drafts[at].assignments) if worded else ()
        given: dict[str, Any] = {"station": "LS-1", "lead": (by, PIN), "now": self.clock, "approvals": words}
        self.tried("published", lambda: rosters.publish(self.database, PROBLEMS[at], self.drafts[at], **given), words)

    def words(self, held: RosterProblem, standing: frozenset[Assignment]) -> tuple[Approval, ...]:
        """Leads' words for some of what a roster breaks."""
        hard = _hard(held, standing) if self.worded else ()
        return tuple(Approval(one.rule, one.finding, "?", "无人可替") for one in hard[:2])

    def tried(self, what: str, act: Callable[[], object], words: tuple[Approval, ...] = ()) -> None:
        try:
            act()
        except (AccessError, RosterRefused, Outdated, Unchanged, Unpublishable, SwapError) as error:
            seen[f"{what}: {error.code}"] += 1
            return
        seen[what] += 1
        self.given += words
        for number, one in enumerate(self.drafts):
            newest = self.newest(number)
            if newest and one.base != newest.roster.version and what == "published":
                self.drafts[number] = begin(newest.roster)

    # --- swaps -------------------------------------------------------------------------------------------------------

    @rule(data=st.data(), kind=st.sampled_from(Kind), partner=officers)
    def offer(self, data: st.DataObject, kind: Kind, partner: str) -> None:
        found = [one for one in (self.newest(0), self.newest(1)) if one]
        cells = sorted((cell for one in found for cell in one.roster.assignments), key=repr)
        if not cells:
            return
        cell = data.draw(st.sampled_from([one for one in cells if one.person != partner] or cells))
        theirs = [one for one in cells if one.person == partner]
        other = data.draw(st.sampled_from(theirs)) if kind is Kind.EXCHANGE and theirs else None
        by = {Kind.TAKE: partner, Kind.ACT: "L"}.get(kind, cell.person)
        whom = cell.person if kind is Kind.TAKE else partner
        given: dict[str, Any] = {"station": "LS-1", "who": (by, PIN), "now": self.clock, "other": other}
        self.tried("offered", lambda: swaps.offer(self.database, kind, cell=cell, partner=whom, **given))

    @rule(data=st.data(), acts=st.sampled_from(WAYS), by=signers, hours=st.integers(0, 2), worded=st.booleans())
    def act(self, data: st.DataObject, acts: tuple[Act, ...], by: str, hours: int, worded: bool) -> None:
        self.clock += timedelta(hours=hours)
        waiting = [one for one in swap_inbox.read(self.database, now=self.clock).entries if one.open]
        if not waiting:
            return
        entry = data.draw(st.sampled_from(waiting))
        one = entry.swap
        by = {Stage.OFFERED: one.partner}.get(one.stage, by) if by in LEADS else by
        if one.stage is Stage.OFFERED and acts == SIGNED:
            acts = (Act.ACCEPT,)
        give = self.worded and worded and by in LEADS
        words = tuple(Approval(each.rule, each.finding, "?", "无人可替") for each in entry.unworded) if give else ()
        given: dict[str, Any] = {"station": "LS-1", "who": (by, PIN), "now": self.clock, "approvals": words}
        name = "swapped" if Act.PUBLISH in acts else "acted"
        self.tried(name, lambda: swaps.act(self.database, one.id, *acts, **given), words)

    @rule(data=st.data(), kind=st.sampled_from(Kind), partner=officers, by=st.sampled_from(LEADS), worded=st.booleans())
    def swap_from_offer_to_roster(self, data: st.DataObject, kind: Kind, partner: str, by: str, worded: bool) -> None:
        self.offer(data, kind, partner)
        for acts in ((Act.ACCEPT,), SIGNED):
            self.act(data, acts, by, 0, worded)

    # --- what always holds -------------------------------------------------------------------------------------------

    @invariant()
    def a_step_is_counted(self) -> None:
        seen["steps"] += 1

    @precondition(lambda self: self.is_news())
    @invariant()
    def nothing_hard_is_published_without_a_word(self) -> None:
        found = [self.newest(0), self.newest(1)]
        self.looked_at = tuple(one.roster.version if one else 0 for one in found)
        for one, other in ((found[0], found[1]), (found[1], found[0])):
            if one is None:
                continue
            beside = tuple(other.roster.assignments) if other else ()
            held = replace(PROBLEMS[0 if one is found[0] else 1], history=beside)
            if not self.given:
                assert hard_breaches(held, one.roster.assignments) == []
            for breach in _hard(held, one.roster.assignments):
                assert any(_is_about(word, breach) for word in self.given), breach
                kept = (*one.approvals, *(other.approvals if other else ()))  # of a rest across both, either has it
                assert any(_is_about(word, breach) for word in kept), breach

    def is_news(self) -> bool:
        return self.looked_at != tuple(one.roster.version if one else 0 for one in (self.newest(0), self.newest(1)))


def _hard(held: RosterProblem, standing: frozenset[Assignment]) -> tuple[Breach, ...]:
    return tuple(one for one in check(held, standing) if one.severity is Severity.HARD)


def _is_about(word: Approval, breach: Breach) -> bool:
    """Whether a word was given for this, told without the means by which words are found to hold."""
    said, found = word.finding, breach.finding
    same = word.rule is breach.rule and said.person == found.person and said.checkpoint == found.checkpoint
    return same and set(found.shifts) <= set(said.shifts) and set(found.about) <= set(said.about)


def _tried(examples: int, number: int | None = None) -> None:
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    trying = settings(max_examples=examples, stateful_step_count=50, deadline=None, suppress_health_check=slow)
    machine = type("TriedOffice", (Office,), {})
    run_machine(machine if number is None else seed(number)(machine), settings=trying)


def test_nothing_that_an_office_does_publishes_a_hard_breach_across_two_rosters() -> None:
    _tried(30)


@pytest.mark.prove
def test_nothing_in_ten_thousand_steps_does(progress: Progress) -> None:
    seen.clear()
    _tried(400, progress.seed)
    assert seen["steps"] >= 10_000
    print(f"seed {progress.seed}: {dict(seen)}")
