"""A roster is begun from what a lead says, or after another: what was worked there is counted across the edge."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from benchmarks.roster_problems import UNIT, Size, generate
from shifts.findings import Rule
from shifts.model import EARLY, MIDDLE, NIGHT, THREE_SHIFTS, TWO_SHIFTS, Demand, Duty, Period, RosterProblem, Seat, Wish
from shifts.problem_check import check_problem
from shifts.problem_file import read_problem, write_problem
from shifts.rules import check, is_allowed
from shifts.solver import solve
from station.roster_terms import BEFORE, PLANS, Need, Terms, at_home, begun, following, near, next_period
from station.rule_pack_file import shipped_pack
from tests.shifts.rosters import LS, SD, may, person, problem, row, works

JUNE = Period(date(2026, 6, 1), 30)
NEEDS = {EARLY: Need(4), MIDDLE: Need(3), NIGHT: Need(3)}


def terms(**changes: object) -> Terms:
    return replace(Terms(JUNE, THREE_SHIFTS, NEEDS, "交通检疫组"), **changes)  # type: ignore[arg-type]


# --- begun -----------------------------------------------------------------------------------------------------------


def test_every_checkpoint_that_is_somebodys_home_is_staffed_as_the_terms_say() -> None:
    made = begun(terms(), [person("P1"), person("P2", home=SD)], {LS: "龙士", SD: "圣地亚哥", "XX": "无人"})
    check_problem(made)
    assert read_problem(write_problem(made)) == made
    assert made.names == {LS: "龙士", SD: "圣地亚哥"}
    assert len(made.demands) == 2 * 30 * 3
    early = next(one for one in made.demands if one.shift.code == EARLY)
    seats = (Seat(duty=Duty.LEAD), Seat(unit="交通检疫组"), Seat(duty=Duty.RECORDER))
    assert (early.heads, early.seats) == (4, seats)


def test_without_a_quarantine_unit_nobody_of_it_is_asked_for() -> None:
    assert terms(unit="").seats(NIGHT) == (Seat(duty=Duty.LEAD), Seat(duty=Duty.RECORDER))


def test_twelve_hours_are_too_long_for_the_labour_law_alone() -> None:
    long = terms(plan=PLANS["two"])
    assert long.too_long
    assert not replace(long, rules=shipped_pack("comprehensive")).too_long
    assert not terms().too_long


@pytest.mark.parametrize("name", PLANS)
def test_every_plan_can_be_begun(name: str) -> None:
    plan = PLANS[name]
    made = begun(terms(plan=plan, needs=dict.fromkeys(plan.codes, Need(3))), [person()], {})
    assert {one.shift.code for one in made.demands} == set(plan.codes)


def test_history_counts_as_far_as_rest_weeks_and_months_reach_and_never_within_the_period() -> None:
    inside, long_ago = works(date(2026, 6, 3), EARLY), works(JUNE.start - timedelta(days=BEFORE + 1), EARLY)
    close = works(date(2026, 5, 31), NIGHT)
    assert near(JUNE, [inside, long_ago, close, close]) == (close,)


def test_a_home_is_known_by_code_by_name_and_with_what_every_post_is_called() -> None:
    everybody = [person(f"P{n}", home=home) for n, home in enumerate(("", "LS", "龙士", "龙士查验点", "圣地亚哥"))]
    found, names = at_home(everybody, ("LS", "龙士查验点"), {})
    assert [one.home for one in found] == ["LS", "LS", "LS", "LS", "圣地亚哥"]
    assert names == {"LS": "龙士查验点", "圣地亚哥": "圣地亚哥"}


# --- the period after ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (Period(date(2026, 5, 1), 31), Period(date(2026, 6, 1), 30)),
        (Period(date(2028, 1, 1), 31), Period(date(2028, 2, 1), 29)),
        (Period(date(2026, 5, 4), 28), Period(date(2026, 6, 1), 28)),
        (Period(date(2026, 12, 1), 31), Period(date(2027, 1, 1), 31)),
    ],
)
def test_a_month_follows_a_month_and_four_weeks_follow_four(now: Period, then: Period) -> None:
    assert next_period(now) == then


def test_leave_and_wishes_for_days_to_come_are_kept_and_what_was_fixed_is_not() -> None:
    one = person(leave=frozenset({may(30), date(2026, 6, 2)}), wishes=(Wish(may(9)), Wish(date(2026, 6, 5), weight=3)))
    before = problem(one, pins=frozenset({works(4, EARLY)}), published=frozenset({works(4, EARLY)}))
    after = following(before, frozenset({works(4, EARLY)}), JUNE)
    assert after.people[0].leave == {date(2026, 6, 2)}
    assert after.people[0].wishes == (Wish(date(2026, 6, 5), weight=3),)
    assert (after.pins, after.published) == (frozenset(), frozenset())
    assert after.history == (works(4, EARLY),)


def test_each_weekday_asks_for_what_it_usually_did() -> None:
    """Sundays two, other days three; and one feast day with five."""
    usual = [Demand(LS, works(4 + day, EARLY).shift, 2 if day % 7 == 6 else 5 if day == 1 else 3) for day in range(28)]
    after = following(problem(demands=tuple(usual)), frozenset(), JUNE)
    early = {one.shift.day: one.heads for one in after.demands if one.shift.code == EARLY}
    assert {day.weekday(): heads for day, heads in early.items()} == {**dict.fromkeys(range(6), 3), 6: 2}
    assert not [one for one in after.demands if one.checkpoint == SD]


def test_rest_and_nights_in_a_row_hold_across_the_edge() -> None:
    """Three nights end the first period: the fourth, and a morning after the last, are breaches of the next one."""
    worked = frozenset(row("NNN", first=29))
    after = following(problem(person()), worked, JUNE)
    morning = check(after, [works(date(2026, 6, 1), EARLY)])
    night = check(after, [works(date(2026, 6, 1), NIGHT)])
    assert {one.rule for one in morning} >= {Rule.REST}
    assert {one.rule for one in night} >= {Rule.NIGHTS_IN_ROW}


def test_the_period_after_a_solved_one_is_solved_without_a_hard_breach_over_both() -> None:
    first = replace(generate(Size(1, 16, 7), seed=5), published=frozenset())
    one = solve(first, time_limit_s=20, seed=1, reproducible=True).assignments
    second = following(first, one, next_period(first.period))
    assert {seat.unit for demand in second.demands for seat in demand.seats} == {None, UNIT}
    two = solve(second, time_limit_s=20, seed=1, reproducible=True).assignments
    assert is_allowed(check(second, two))
    both = _joined(first, second)
    assert is_allowed(check(both, one | two))


def _joined(first: RosterProblem, second: RosterProblem) -> RosterProblem:
    """Both periods as one, so that nothing is hidden by an edge."""
    period = Period(first.period.start, first.period.length + second.period.length)
    people = tuple(
        replace(now, leave=now.leave | then.leave, wishes=())
        for now, then in zip(first.people, second.people, strict=True)
    )
    return replace(first, period=period, people=people, demands=(*first.demands, *second.demands))


def test_a_wish_for_a_shift_of_another_plan_is_not_taken_into_a_new_roster() -> None:
    kept = Wish(date(2026, 6, 5))
    asking = person(wishes=(kept, Wish(date(2026, 6, 6), EARLY)))
    long = Terms(JUNE, TWO_SHIFTS, {code: Need(3) for code in TWO_SHIFTS.codes})
    assert begun(long, [asking], {}).people[0].wishes == (kept,)
