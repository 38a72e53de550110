"""With whom a shift could be swapped: everybody is listed, and what stands against each is what the swap will break."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from benchmarks.roster_problems import Size, generate
from shifts.model import SHANGHAI, Assignment, Duty, Roster, RosterProblem
from shifts.publishing import new_breaches
from shifts.rule_pack import Severity
from shifts.solver import solve
from shifts.swap_choices import Choice, takers, trades
from shifts.swaps import Kind, propose
from tests.shifts.rosters import MAY, SD, person, problem, row, works

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SMALL = problem(person("A"), person("B"), person("C", duties=frozenset({Duty.TRAFFIC})), person("D"))
MINE = works(6, "early", "A")
ROSTER = Roster(MAY, frozenset([MINE, *row("..M", who="B", first=3), works(7, "early", "D")]), 1, published=True)


def who(choices: tuple[Choice, ...]) -> list[str]:
    return [one.person.code for one in choices]


def test_whoever_could_take_it_comes_before_whoever_could_not_and_nobody_is_left_out() -> None:
    found = takers(SMALL, ROSTER, MINE, NOW)
    assert who(found) == ["D", "C", "B"]  # C checks no codes; B comes out of a middle shift, backwards too
    assert [one.possible for one in found] == [True, False, False]
    assert (found[0].hours, found[0].nights) == (8, 0)


def test_a_trade_is_listed_with_the_shift_that_comes_for_it() -> None:
    found = trades(SMALL, ROSTER, MINE, NOW)
    assert {one.other for one in found} == ROSTER.assignments - {MINE}


def test_shifts_elsewhere_or_begun_already_are_no_trade() -> None:
    away = works(8, "early", "D", at=SD)
    roster = replace(ROSTER, assignments=ROSTER.assignments | {away})
    soon = datetime(2026, 5, 6, 7, tzinfo=SHANGHAI)  # B's was yesterday
    assert {one.other for one in trades(SMALL, roster, MINE, soon)} == {works(7, "early", "D")}
    begun = datetime(2026, 5, 6, 9, tzinfo=SHANGHAI)
    assert trades(SMALL, roster, MINE, begun) == ()
    assert who(takers(SMALL, roster, MINE, begun))  # a lead still finds somebody until it ends
    assert takers(SMALL, roster, MINE, datetime(2026, 5, 6, 16, tzinfo=SHANGHAI)) == ()


# --- against the whole checker ---------------------------------------------------------------------------------------

PROBLEM = generate(Size(1, 15, 14), seed=4)


@pytest.fixture(scope="module")
def solved() -> Roster:
    return solve(PROBLEM, time_limit_s=20, seed=1, reproducible=True)


@pytest.fixture(params=range(0, 140, 35))
def cell(request: pytest.FixtureRequest, solved: Roster) -> Assignment:
    listed = sorted(solved.assignments, key=lambda one: (one.shift.day, one.shift.code, one.person))
    found: Assignment = listed[request.param]
    return found


def test_what_stands_against_each_is_what_the_whole_roster_would_newly_break(solved: Roster, cell: Assignment) -> None:
    early = datetime(2026, 9, 1, tzinfo=UTC)
    for one in (*takers(PROBLEM, solved, cell, early), *trades(PROBLEM, solved, cell, early)[::9]):
        assert Counter(breach.key for breach in one.breaches) == whole(PROBLEM, solved, cell, one, early)


def whole(under: RosterProblem, roster: Roster, cell: Assignment, one: Choice, now: datetime) -> Counter[object]:
    kind = Kind.EXCHANGE if one.other else Kind.GIVE
    swap = propose(
        "", kind, roster, under, cell=cell, asker=cell.person, partner=one.person.code, at=now, other=one.other
    )
    after = (roster.assignments - swap.change.removed) | swap.change.added
    return Counter(breach.key for breach in new_breaches(under, roster.assignments, after))


def test_possible_ones_come_first(solved: Roster, cell: Assignment) -> None:
    early = datetime(2026, 9, 1, tzinfo=UTC)
    for found in (takers(PROBLEM, solved, cell, early), trades(PROBLEM, solved, cell, early)):
        hard = [sum(breach.severity is Severity.HARD for breach in one.breaches) for one in found]
        assert hard == sorted(hard)
