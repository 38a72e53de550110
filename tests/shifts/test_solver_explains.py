"""Demand that cannot be covered: what lacks, and who or what stands in the way."""

from dataclasses import replace

import pytest

from benchmarks.roster_problems import Size, generate
from shifts.errors import Conflict, Infeasible, Request, Shortage
from shifts.model import DatedShift, Demand, Duty, Period, RosterProblem, Seat
from shifts.rule_pack import RulePack
from shifts.solver import solve
from tests.shifts.rosters import LS, may, person, problem, works

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
    assert found.params == {"checkpoints": 1, "shortages": 1, "missing": 3, "conflicts": 0}


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
    assert refused(asked).shortages == (Shortage(LS, NIGHT, None, 1),)


def test_a_day_without_leads_is_found_in_a_whole_roster() -> None:
    asked = generate(Size.parse("1x15x7"), 5)
    day = asked.period.days[3]
    people = tuple(replace(who, leave=who.leave | {day}) if Duty.LEAD in who.duties else who for who in asked.people)
    found = refused(replace(asked, people=people))
    assert {shortage.seat for shortage in found.shortages} == {LEAD}
    assert {shortage.shift.day for shortage in found.shortages} <= {day, asked.period.days[2]}
    assert {conflict.request for conflict in found.conflicts} == {Request.LEAVE}
