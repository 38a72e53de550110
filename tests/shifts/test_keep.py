"""A published roster solved anew: the fewest people put in, of them the fewest lent, and how few there could be."""

from dataclasses import replace
from functools import cache
from itertools import product
from random import Random

import pytest

from shifts.findings import Rule
from shifts.model import Assignment, DatedShift, Demand, Duty, Period, Roster, RosterProblem, Seat
from shifts.publishing import difference
from shifts.rule_pack import LABOUR_LAW, Severity
from shifts.solver import Phase, solve
from tests.shifts.independent_checker import hard_breaches
from tests.shifts.rosters import LS, SD, may, person, problem, works

LEADS = frozenset({Duty.LEAD, Duty.CODE_CHECKER})
HAND = frozenset({Duty.CODE_CHECKER})
DAY = Period(may(4), 1)


def needs(shift: str, *seats: Seat, day: int = 4, at: str = LS, heads: int = 1) -> Demand:
    return Demand(at, DatedShift(may(day), shift), heads, seats)


def kept(asked: RosterProblem, *published: Assignment) -> tuple[Roster, int]:
    """The roster solved anew, and how many are put in who were not published there."""
    asked = replace(asked, published=frozenset(published))
    roster = solve(asked, time_limit_s=5, reproducible=True)
    assert not hard_breaches(asked, roster.assignments)
    return roster, len(difference(published, roster.assignments).newly_placed)


def chain(**changes: object) -> tuple[RosterProblem, list[Assignment]]:
    """ILL cannot lead any more; LEAD can, but stands in another shift of that day, which HAND has to take then."""
    ill = person("ILL", duties=LEADS, leave=frozenset({may(4)}))
    people = (ill, person("LEAD", duties=LEADS), person("HAND", duties=HAND))
    rest = [needs("early", day=day) for day in (5, 6, 7)]
    asked = problem(*people, demands=(needs("early", Seat(Duty.LEAD)), needs("middle"), *rest), **changes)
    before = [works(4, "early", "ILL", duty=Duty.LEAD), works(4, "middle", "LEAD")]
    return asked, before + [works(day, "early", "ILL") for day in (5, 6, 7)]


def test_where_one_change_brings_another_so_many_are_proven_the_fewest() -> None:
    asked, before = chain()
    roster, changed = kept(asked, *before)
    assert (changed, roster.fewest_changes) == (2, 2)


def test_in_a_large_roster_shifts_are_opened_until_all_are_covered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What only a search of all could prove is not claimed: one shift was left, so one at least must be put in."""
    monkeypatch.setattr("shifts.solver.keep.WHOLE", 0)
    asked, before = chain()
    roster, changed = kept(asked, *before)
    assert (changed, roster.fewest_changes) == (2, 1)


def test_where_the_search_is_stricter_than_the_rules_it_proves_nothing() -> None:
    """Seven days a week make overtime that a month could have too much of, and that is counted strictly."""
    asked, before = chain(rules=replace(LABOUR_LAW, severities={Rule.DAYS_IN_SEVEN: Severity.OFF}))
    roster, changed = kept(asked, *before)
    assert (changed, roster.fewest_changes) == (2, 1)


def test_who_is_lent_spares_a_change() -> None:
    asked, before = chain()
    lent = person("LENT", home=SD, duties=LEADS)
    roster, changed = kept(replace(asked, people=(*asked.people, lent)), *before)
    assert (changed, roster.fewest_changes) == (1, 1)
    assert works(4, "early", "LENT", duty=Duty.LEAD) in roster.assignments


@pytest.mark.parametrize("whole", [8000, 0])
def test_of_as_few_changes_those_come_first_that_lend_nobody(monkeypatch: pytest.MonkeyPatch, whole: int) -> None:
    """Before any polish."""
    monkeypatch.setattr("shifts.solver.keep.WHOLE", whole)
    lent = [person(f"LENT{number}", home=SD) for number in range(6)]
    people = (person("ILL", leave=frozenset({may(4)})), *lent, person("HOME"), person("STAYS"))
    before = frozenset({works(4, "early", "ILL"), works(4, "night", "STAYS")})
    asked = problem(*people, period=DAY, demands=(needs("early"), needs("night")), published=before)
    roster = solve(asked, time_limit_s=60, progress=lambda now: now.phase is not Phase.POLISH)
    assert roster.assignments == {works(4, "early", "HOME"), works(4, "night", "STAYS")}


def test_nobody_lacks_and_nothing_changes() -> None:
    roster, changed = kept(
        problem(person("A"), person("B"), period=DAY, demands=(needs("early"),)), works(4, "early", "B")
    )
    assert (changed, roster.fewest_changes) == (0, 0)


def test_a_roster_that_was_not_published_has_no_changes_to_count() -> None:
    assert kept(problem(person("A"), period=DAY, demands=(needs("early"),)))[0].fewest_changes == 0


SLOTS = [(4, "early"), (4, "night"), (5, "middle"), (6, "early"), (6, "night")]
FOUR = tuple(person(f"P{number}", no_night=number == 3) for number in range(4))
ASKED = problem(*FOUR, period=Period(may(4), 3), demands=tuple(needs(code, day=day) for day, code in SLOTS))


@cache
def allowed() -> list[frozenset[Assignment]]:
    """Every roster there is, as the independent checker sees it."""
    every = (
        frozenset(works(day, code, who) for (day, code), who in zip(SLOTS, chosen, strict=True))
        for chosen in product([one.code for one in FOUR], repeat=len(SLOTS))
    )
    return [one for one in every if not hard_breaches(ASKED, one)]


@pytest.mark.parametrize("seed", range(5))
def test_no_roster_that_keeps_the_rules_changes_less_than_what_is_called_the_fewest(seed: int) -> None:
    draw = Random(seed)  # noqa: S311  a problem, not a secret
    before = draw.choice(allowed())
    ill = draw.choice(sorted({one.person for one in before}))
    gone = tuple(replace(one, leave=frozenset(map(may, (4, 5, 6, 7)))) if one.code == ill else one for one in FOUR)
    changes = [len(one - before) for one in allowed() if all(each.person != ill for each in one)]
    roster, changed = kept(replace(ASKED, people=gone), *before)
    assert changed == roster.fewest_changes == min(changes)
