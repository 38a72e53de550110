"""Demand that cannot be covered: what lacks, and who or what stands in the way."""

from dataclasses import replace
from math import inf

import pytest
from ortools.sat.python import cp_model

from benchmarks.roster_problems import Size, generate
from shifts.errors import Conflict, Infeasible, Limit, Reason, Relief, Request, Shortage
from shifts.findings import Rule
from shifts.model import TWO_SHIFTS, DatedShift, Demand, Duty, Period, RosterProblem, Seat
from shifts.rule_pack import RulePack
from shifts.solver import solve, why
from shifts.solver.progress import Watch
from shifts.solver.search import Pace
from tests.shifts.rosters import LS, MAY, may, person, problem, works

LEAD = Seat(duty=Duty.LEAD)
DAY = Period(may(4), 1)
NIGHT = DatedShift(may(4), "night")


def refused(problem: RosterProblem) -> Infeasible:
    with pytest.raises(Infeasible) as caught:
        solve(problem, time_limit_s=60)
    assert caught.value.proven
    return caught.value


def test_too_few_people_are_counted_by_shift() -> None:
    found = refused(problem(person("P1"), person("P2"), period=DAY, demands=(Demand(LS, NIGHT, 5),)))
    assert found.shortages == (Shortage(LS, NIGHT, None, 3),)
    assert found.conflicts == ()
    assert found.params == {"checkpoints": 1, "shifts": 1, "missing": 3}
    assert found.reasons == (Reason(found.shortages),)
    assert found.relief == (Relief(None, 3),)


def test_a_missing_qualification_is_named_once() -> None:
    hand = person("P1", duties=frozenset({Duty.TRAFFIC}))
    found = refused(problem(hand, replace(hand, code="P2"), period=DAY, demands=(Demand(LS, NIGHT, 2, (LEAD,)),)))
    assert found.shortages == (Shortage(LS, NIGHT, LEAD, 1),)


def test_leave_in_the_way_is_named_with_its_days() -> None:
    away = person("P1", leave=frozenset({may(5), may(20)}))
    other = person("P2", duties=frozenset({Duty.TRAFFIC}), leave=frozenset({may(4)}))
    found = refused(problem(away, other, period=DAY, demands=(Demand(LS, NIGHT, 1, (LEAD,)),)))
    assert found.shortages == (Shortage(LS, NIGHT, LEAD, 1),)
    assert found.conflicts == (Conflict(Request.LEAVE, "P1", (may(5),)),)


def test_a_doctors_word_in_the_way_is_named() -> None:
    found = refused(problem(person("P1", no_night=True), period=DAY, demands=(Demand(LS, NIGHT, 1),)))
    assert found.conflicts == (Conflict(Request.NO_NIGHT, "P1"),)


def test_pins_in_the_way_are_named() -> None:
    pins = frozenset({works(4, "early", "P1"), works(4, "middle", "P2")})
    asked = problem(person("P1"), person("P2"), period=DAY, demands=(Demand(LS, NIGHT, 1),), pins=pins)
    assert {conflict.person for conflict in refused(asked).conflicts} == {"P1", "P2"}


def test_a_pin_against_its_own_persons_leave_is_named() -> None:
    away, pin = person("P1", leave=frozenset({may(4)})), works(4, "early", "P1")
    found = refused(problem(away, person("P2"), period=DAY, pins=frozenset({pin})))
    assert found.conflicts == (
        Conflict(Request.PIN, "P1", (may(4),), LS, pin.shift),
        Conflict(Request.LEAVE, "P1", (may(4),)),
    )


def test_a_pack_without_such_long_shifts_leaves_every_shift_empty() -> None:
    asked = problem(person("P1"), period=DAY, demands=(Demand(LS, NIGHT, 1),), rules=RulePack(shift_hours=6))
    found = refused(asked)
    assert found.shortages == (Shortage(LS, NIGHT, None, 1),)
    assert found.reasons == (Reason(found.shortages, (), (Limit(Rule.SHIFT_HOURS, 6),)),)
    assert found.relief == ()


def test_a_day_without_leads_is_found_in_a_whole_roster() -> None:
    asked = generate(Size.parse("1x15x7"), 5)
    day = asked.period.days[3]
    people = tuple(replace(who, leave=who.leave | {day}) if Duty.LEAD in who.duties else who for who in asked.people)
    found = refused(replace(asked, people=people))
    assert {shortage.seat for shortage in found.shortages} == {LEAD}
    assert {shortage.shift.day for shortage in found.shortages} <= {day, asked.period.days[2]}
    assert {conflict.request for conflict in found.conflicts} == {Request.LEAVE}
    assert found.unexplained == 0


# --- what is fixed against itself ------------------------------------------------------------------------------------


def test_one_person_fixed_twice_on_a_day_is_no_matter_of_time() -> None:
    pins = frozenset({works(4, "early", "P1"), works(4, "night", "P1")})
    found = refused(problem(person("P1"), person("P2"), period=DAY, pins=pins))
    assert found.shortages == ()
    assert {(one.request, one.person, one.shift) for one in found.conflicts} == {
        (Request.PIN, "P1", pin.shift) for pin in pins
    }


def test_fixed_shifts_with_too_little_rest_between_them_name_the_rule() -> None:
    pins = frozenset({works(4, "middle", "P1"), works(5, "early", "P1"), works(8, "early", "P1")})
    (reason,) = refused(problem(person("P1"), person("P2"), pins=pins)).reasons
    assert [one.days for one in reason.conflicts] == [(may(4),), (may(5),)]
    assert reason.limits == (Limit(Rule.REST, 11.0),)


def test_of_five_fixed_nights_in_a_row_the_rule_is_named() -> None:
    pins = frozenset(works(day, "night", "P1") for day in range(4, 9))
    (reason,) = refused(problem(person("P1"), person("P2"), pins=pins)).reasons
    assert reason.limits == (Limit(Rule.NIGHTS_IN_ROW, 3),)
    assert len(reason.conflicts) == 4


def test_a_fixed_shift_after_last_months_night_names_that_night() -> None:
    last, pin = works(3, "night", "P1"), works(4, "early", "P1")
    found = refused(problem(person("P1"), person("P2"), period=DAY, history=(last,), pins=frozenset({pin})))
    assert [(one.request, one.shift) for one in found.conflicts] == [
        (Request.PIN, pin.shift),
        (Request.HISTORY, last.shift),
    ]
    assert [one.limits for one in found.reasons] == [(Limit(Rule.REST, 11.0),)]


def test_in_a_whole_roster_only_the_fixed_shifts_and_their_rule_are_named() -> None:
    asked = generate(Size.parse("2x30x14"), 5)
    (who, *_), (_, first, second, *_) = asked.people, asked.period.days
    pins = {works(day, code, who.code, at=who.home) for day, code in ((first, "night"), (second, "early"))}
    (reason,) = refused(replace(asked, pins=frozenset(pins))).reasons
    assert {(one.request, one.person) for one in reason.conflicts} == {(Request.PIN, who.code)}
    assert reason.limits == (Limit(Rule.REST, 11.0),)


def test_a_duty_somebody_else_is_fixed_to_is_told_as_fixed() -> None:
    pin = works(4, "night", "P1", duty=Duty.TRAFFIC)
    other = person("P2", duties=frozenset({Duty.TRAFFIC}))
    asked = problem(person("P1"), other, period=DAY, demands=(Demand(LS, NIGHT, 1, (LEAD,)),), pins=frozenset({pin}))
    assert [(one.request, one.person) for one in refused(asked).conflicts] == [(Request.PIN, "P1")]


# --- rules in the way ------------------------------------------------------------------------------------------------


def test_shifts_of_twelve_hours_are_the_rules_not_too_few_people() -> None:
    needs = tuple(Demand(LS, DatedShift(may(day), code), 1) for day in range(4, 8) for code in TWO_SHIFTS.codes)
    people = [person(f"P{number}") for number in range(1, 7)]
    found = refused(problem(*people, period=Period(may(4), 4), plans={LS: TWO_SHIFTS}, demands=needs))
    assert [(one.conflicts, one.limits) for one in found.reasons] == [((), (Limit(Rule.SHIFT_HOURS, 8),))]
    assert found.relief == ()


def test_two_rookies_lack_somebody_experienced() -> None:
    rookies = person("P1", since=may(1)), person("P2", since=may(1))
    found = refused(problem(*rookies, period=DAY, demands=(Demand(LS, NIGHT, 2),)))
    assert [one.limits for one in found.reasons] == [(Limit(Rule.ROOKIE_ALONE, 12),)]
    assert found.relief == (Relief(None, 1),)


def test_a_lead_who_rests_after_last_months_night_is_named_with_it() -> None:
    last, early = works(3, "night", "P1"), DatedShift(may(4), "early")
    hand = person("P2", duties=frozenset({Duty.TRAFFIC}))
    found = refused(problem(person("P1"), hand, period=DAY, demands=(Demand(LS, early, 1, (LEAD,)),), history=(last,)))
    (reason,) = found.reasons
    assert reason.limits == (Limit(Rule.REST, 11.0),)
    assert [(one.request, one.person, one.shift) for one in reason.conflicts] == [(Request.HISTORY, "P1", last.shift)]
    assert found.relief == (Relief(LEAD, 1),)


def test_seven_days_of_work_name_the_rule_and_how_many_more_would_do() -> None:
    needs = tuple(Demand(LS, DatedShift(may(day), "early"), 2) for day in range(4, 11))
    found = refused(problem(person("P1"), person("P2"), period=Period(may(4), 7), demands=needs))
    assert [one.limits for one in found.reasons] == [(Limit(Rule.DAYS_IN_SEVEN, 6),)]
    assert found.relief == (Relief(None, 1),)


def test_every_shift_of_a_month_under_too_strict_a_pack_is_explained() -> None:
    needs = tuple(Demand(LS, DatedShift(day, code), 1) for day in MAY.days for code in TWO_SHIFTS.codes)
    found = refused(problem(person("P1"), person("P2"), plans={LS: TWO_SHIFTS}, demands=needs))
    assert len(found.shortages) == 56
    assert found.unexplained == 0


# --- each shift its own reason ---------------------------------------------------------------------------------------


def test_every_shift_that_lacks_somebody_has_its_reason() -> None:
    lead = person("L1", leave=frozenset({may(4)}))
    hand = person("P1", no_night=True, duties=frozenset({Duty.TRAFFIC}))
    early, night = DatedShift(may(4), "early"), DatedShift(may(7), "night")
    needs = Demand(LS, early, 1, (LEAD,)), Demand(LS, night, 2)
    found = refused(problem(lead, hand, demands=needs))
    assert [(one.shortages[0].shift, [each.request for each in one.conflicts]) for one in found.reasons] == [
        (early, [Request.LEAVE]),
        (night, [Request.NO_NIGHT]),
    ]
    assert found.unexplained == 0


def test_one_leave_over_several_days_is_one_reason() -> None:
    lead = person("L1", leave=frozenset({may(4), may(5), may(6)}))
    needs = tuple(Demand(LS, DatedShift(may(day), "early"), 1, (LEAD,)) for day in (4, 5, 6))
    (reason,) = refused(problem(lead, demands=needs)).reasons
    assert len(reason.shortages) == 3
    assert reason.conflicts == (Conflict(Request.LEAVE, "L1", (may(4), may(5), may(6))),)


# --- in time ---------------------------------------------------------------------------------------------------------


def test_what_was_not_shown_to_be_the_fewest_is_no_exact_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(why, "SECONDS", 0.1)
    whole = generate(Size.parse("1x15x7"), 3)
    with pytest.raises(Infeasible) as caught:
        solve(replace(whole, people=whole.people[:4]), time_limit_s=60, reproducible=True)
    assert caught.value.shortages
    assert not caught.value.exact
    assert not any(one.exact for one in caught.value.relief)


def test_no_search_of_an_explanation_runs_past_the_time_for_everything() -> None:
    model = cp_model.CpModel()
    model.minimize(cp_model.LinearExpr.sum([model.new_bool_var("") for _ in range(3)]))
    pace, watch = Pace(0, reproducible=False, threads=1), Watch(1.0)
    solver = pace.solver(60)
    assert watch.solve(solver, model) == cp_model.OPTIMAL
    assert solver.parameters.max_time_in_seconds <= 1.0
    assert why.share(watch, pace) <= 0.5
    counted = Pace(0, reproducible=True, threads=1).solver(60)
    watch.solve(counted, model)
    assert counted.parameters.max_deterministic_time == 60
    assert counted.parameters.max_time_in_seconds == inf
