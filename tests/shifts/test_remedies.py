"""What would mend a breach: each remedy offered does, and breaks no hard rule anew."""

import random
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.roster_problems import Size, generate
from shifts.comparing import vanished, worsened
from shifts.findings import Rule
from shifts.model import Assignment, DatedShift, Demand, Duty, Person, RosterProblem, Seat
from shifts.publishing import Change
from shifts.remedies import Advice, Way, advise, remedies
from shifts.rule_pack import Severity
from shifts.rules import Breach, check
from shifts.solver import solve
from shifts.trial import Trial
from tests.shifts.rosters import LS, SD, may, person, problem, row, works

CHECKER = frozenset({Duty.CODE_CHECKER})


def advice(asked: RosterProblem, roster: list[Assignment], rule: Rule) -> Advice:
    """About the first breach of this rule."""
    breach = next(one for one in check(asked, roster) if one.rule is rule)
    return remedies(asked, frozenset(roster), breach)


def ways(told: Advice) -> list[Way]:
    return [one.way for one in told.remedies]


def need(day: int, shift: str, heads: int = 1, *seats: Seat) -> Demand:
    return Demand(LS, DatedShift(may(day), shift), heads, seats)


def everywhere(heads: int = 1) -> tuple[Demand, ...]:
    return tuple(need(day, shift, heads) for day in range(4, 11) for shift in ("early", "middle", "night"))


# --- shifts somebody should not work ---------------------------------------------------------------------------------


def test_too_short_a_rest_is_mended_by_whoever_is_free() -> None:
    asked = problem(person("P1"), person("P2"), demands=(need(4, "middle"), need(5, "early")))
    told = advice(asked, row("ME"), Rule.REST)
    assert told.remedies[0].way is Way.STAND_IN
    assert [one.person for one in told.remedies[0].added] == ["P2"]
    assert told.remedies[0].cell == works(5, "early")


def test_or_by_a_shift_of_another_day() -> None:
    asked = problem(
        person("P1"),
        person("P2"),
        person("P3", leave=frozenset({may(5)})),
        demands=(need(4, "middle"), need(5, "early")),
    )
    roster = [*row("ME"), works(7, "early", "P2")]
    asked = replace(asked, demands=(*asked.demands, need(7, "early")))
    trade = next(one for one in advice(asked, roster, Rule.REST).remedies if one.way is Way.TRADE)
    assert set(trade.added) == {works(5, "early", "P2"), works(7, "early", "P1")}


def test_where_heads_are_to_spare_the_shift_is_simply_left() -> None:
    asked = problem(person("P1"), person("P2"), demands=(need(5, "early"),))
    told = advice(asked, [*row("ME"), works(5, "early", "P2")], Rule.REST)
    assert told.remedies[0].way is Way.TAKE_OUT


def test_a_pinned_shift_is_left_alone() -> None:
    asked = problem(person("P1"), person("P2"), demands=(need(4, "middle"), need(5, "early")))
    asked = replace(asked, pins=frozenset({works(5, "early")}))
    assert {one.cell for one in advice(asked, row("ME"), Rule.REST).remedies} == {works(4, "middle")}


def test_who_is_not_trained_changes_duties_with_somebody_beside_them() -> None:
    asked = problem(person("P1", duties=CHECKER), person("P2"), demands=(need(4, "early", 2, Seat(Duty.LEAD)),))
    roster = [works(4, "early", "P1", duty=Duty.LEAD), works(4, "early", "P2")]
    told = advice(asked, roster, Rule.UNTRAINED)
    assert told.remedies[0].way is Way.DUTY
    assert set(told.remedies[0].added) == {works(4, "early", "P1"), works(4, "early", "P2", duty=Duty.LEAD)}


def test_somebody_comes_over_when_nobody_is_free() -> None:
    """P2 works the middle shift already; P3 may not work nights but can take that."""
    staff = (person("P1", leave=frozenset({may(4), may(5)})), person("P2"), person("P3", no_night=True))
    asked = problem(*staff, demands=(need(4, "middle"), need(4, "night")))
    told = advice(asked, [works(4, "night", "P1"), works(4, "middle", "P2")], Rule.LEAVE)
    assert [(one.way, set(one.added)) for one in told.remedies] == [
        (Way.HAND_ON, {works(4, "night", "P2"), works(4, "middle", "P3")})
    ]


def test_a_rookie_is_replaced_by_somebody_experienced() -> None:
    asked = problem(person("P1", since=date(2026, 4, 1)), person("P2"), demands=(need(4, "early"),))
    told = advice(asked, [works(4, "early", "P1")], Rule.ROOKIE_ALONE)
    assert [one.person for one in told.remedies[0].added] == ["P2"]


def test_whoever_is_not_known_is_taken_out() -> None:
    told = advice(problem(), [works(4, "early", "stranger")], Rule.UNKNOWN)
    assert ways(told) == [Way.TAKE_OUT]


# --- shifts that lack somebody ---------------------------------------------------------------------------------------


def test_a_gap_is_filled_with_the_duty_it_lacks() -> None:
    asked = problem(
        person("P1"), person("P2", duties=CHECKER), person("P3"), demands=(need(4, "early", 2, Seat(Duty.LEAD)),)
    )
    told = advice(asked, [works(4, "early", "P2")], Rule.COVERAGE)
    assert told.remedies[0].way is Way.FILL
    assert told.remedies[0].added == (works(4, "early", "P1", duty=Duty.LEAD),)


def test_several_gaps_of_a_shift_are_filled_together_by_distinct_people() -> None:
    seats = (Seat(Duty.LEAD), Seat(Duty.RECORDER))
    asked = problem(person("P1"), person("P2"), person("P3"), demands=(need(4, "early", 3, *seats),))
    told = advice(asked, [], Rule.COVERAGE)
    assert {one.person for one in told.remedies[0].added} == {"P1", "P2", "P3"}
    assert {one.duty for one in told.remedies[0].added} >= {Duty.LEAD, Duty.RECORDER}


def test_with_heads_enough_somebody_there_does_what_is_lacking() -> None:
    asked = problem(person("P1"), demands=(need(4, "early", 1, Seat(Duty.LEAD)),))
    told = advice(asked, [works(4, "early", "P1")], Rule.COVERAGE)
    assert ways(told) == [Way.DUTY]
    assert told.remedies[0].added == (works(4, "early", "P1", duty=Duty.LEAD),)


def test_a_colleague_is_lent_only_where_nobody_at_home_can_come() -> None:
    staff = person("HOME"), person("LENT", home=SD)
    asked = problem(*staff, demands=(need(4, "early"),))
    assert advice(asked, [], Rule.COVERAGE).remedies[0].added[0].person == "HOME"
    ill = replace(asked, people=(replace(staff[0], leave=frozenset({may(4)})), staff[1]))
    assert advice(ill, [], Rule.COVERAGE).remedies[0].added[0].person == "LENT"


def test_where_nothing_helps_it_is_counted_what_keeps_those_who_could() -> None:
    lead = Seat(Duty.LEAD)
    staff = (
        person("P1", leave=frozenset({may(4)})),
        person("P2", leave=frozenset({may(4)})),
        person("P3"),
        person("P4", duties=CHECKER, leave=frozenset({may(4)})),
    )
    asked = problem(*staff, demands=(need(4, "early", 1, lead), need(3, "night")))
    told = advice(asked, [works(4, "middle", "P3")], Rule.COVERAGE)
    assert told == Advice((), Assignment("", LS, Duty.LEAD, DatedShift(may(4), "early")), lead, told.barred)
    assert dict(told.barred) == {Rule.LEAVE: 2, Rule.OVERLAP: 1}


def test_what_only_more_than_one_change_would_mend_has_no_remedy() -> None:
    told = advice(problem(person("P1"), person("P2"), demands=everywhere()), row("NNNNNNNNNN"), Rule.NIGHTS_IN_ROW)
    assert told == Advice()


# --- every remedy, tried on whole rosters ----------------------------------------------------------------------------


@cache
def solved(seed: int) -> tuple[RosterProblem, frozenset[Assignment]]:
    asked = generate(Size(2, 31, 7), seed)
    return asked, solve(asked, time_limit_s=0.2, seed=seed, reproducible=True).assignments


def spoilt(asked: RosterProblem, roster: frozenset[Assignment], seed: int) -> frozenset[Assignment]:
    """Some shifts lose somebody, or are given to whoever comes."""
    draw = random.Random(seed)  # noqa: S311  no secret
    for one in draw.sample(sorted(roster, key=str), 4):
        other: Person = draw.choice(asked.people)
        given = draw.choice((None, replace(one, person=other.code), replace(one, duty=draw.choice(list(Duty)))))
        roster = (roster - {one}) | ({given} if given else set())
    return roster


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 3), st.integers(0, 10**6))
def test_a_remedy_takes_its_breach_away_and_breaks_nothing_hard_anew(number: int, seed: int) -> None:
    asked, roster = solved(number)
    roster = spoilt(asked, roster, seed)
    before, trial = check(asked, roster), Trial(asked, roster)
    for breach in [one for one in before if one.severity >= Severity.WARNING]:
        told = advise(trial, breach)
        assert len({one.way for one in told.remedies}) == len(told.remedies) <= 2
        for one in told.remedies:
            assert one.change.removed <= roster
            after = check(asked, (roster - one.change.removed) | one.change.added)
            assert breach.key not in {each.key for each in after}
            assert sorted(_told(worsened(after, before))) == sorted(_told(one.news))
            assert all(each.severity is not Severity.HARD for each in one.news)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 3), st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_change_that_is_tried_breaks_what_it_would_break(number: int, first: int, then: int) -> None:
    asked, roster = solved(number)
    roster = spoilt(asked, roster, first) | {works(date(2026, 10, 1), "early", "stranger")}
    after = spoilt(asked, roster, then)
    effect = Trial(asked, roster).effect(Change(roster - after, after - roster))
    found, left = check(asked, roster), check(asked, after)
    assert sorted(_told(effect.news)) == sorted(_told(worsened(left, found)))
    assert sorted(_told(effect.gone)) == sorted(_told(vanished(found, left)))


def _told(breaches: tuple[Breach, ...]) -> list[str]:
    return [str(one.key) for one in breaches]


@pytest.mark.parametrize("rule", [Rule.WEEK_HOURS, Rule.DAYS_IN_SEVEN])
def test_a_run_is_mended_at_any_of_its_shifts(rule: Rule) -> None:
    asked = problem(person("P1"), person("P2", leave=frozenset({may(10)})), demands=())
    told = advice(replace(asked, demands=everywhere()), row("EEEEEEE"), rule)
    assert told.remedies
