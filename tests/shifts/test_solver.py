"""What a roster of the solver's keeps to, by the independent checker and by `shifts.rules` alike."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from benchmarks.roster_problems import UNIT, Size, generate
from shifts.errors import Cancelled, DuplicatePerson
from shifts.findings import Rule
from shifts.model import (
    TWO_SHIFTS,
    Assignment,
    DatedShift,
    Demand,
    Duty,
    Period,
    Person,
    Roster,
    RosterProblem,
    Seat,
    Wish,
)
from shifts.rule_pack import LABOUR_LAW, RulePack, Severity
from shifts.rules import check
from shifts.solver import Phase, Progress, solve
from tests.shifts.independent_checker import hard_breaches
from tests.shifts.rosters import LS, MAY, SD, may, person, problem, row, works

LEAD = (Seat(duty=Duty.LEAD),)


def covered(problem: RosterProblem, seed: int = 0) -> Roster:
    """The first roster that covers every shift, unpolished."""
    return solve(problem, time_limit_s=60, seed=seed, progress=lambda now: now.phase is not Phase.POLISH)


def breaches(problem: RosterProblem, roster: Roster) -> list[object]:
    """What either checker holds against it."""
    found = check(problem, roster.assignments)
    return [*(one for one in found if one.severity is Severity.HARD), *hard_breaches(problem, roster.assignments)]


def crew(count: int, **changes: object) -> tuple[Person, ...]:
    return tuple(person(f"P{number}", **changes) for number in range(1, count + 1))


def demands(
    period: Period, heads: int = 1, at: str = LS, codes: tuple[str, ...] = ("early", "middle", "night")
) -> tuple[Demand, ...]:
    return tuple(Demand(at, DatedShift(day, code), heads) for day in period.days for code in codes)


@pytest.mark.parametrize(("size", "seed"), [("2x30x14", 101), ("2x31x14", 102), ("3x47x10", 103), ("1x15x28", 104)])
def test_every_shift_is_covered_and_nothing_hard_is_broken(size: str, seed: int) -> None:
    asked = generate(Size.parse(size), seed)
    assert not breaches(asked, covered(asked, seed))


def test_polish_breaks_nothing_and_keeps_nights_close() -> None:
    asked = generate(Size.parse("1x15x14"), 7)
    roster = solve(asked, time_limit_s=2, reproducible=True)
    assert not breaches(asked, roster)
    nights = Counter(one.person for one in roster.assignments if one.shift.code == "night")
    counts = [nights[who.code] for who in asked.people if not who.no_night]
    assert max(counts) - min(counts) <= 2


def test_an_empty_roster_is_a_roster() -> None:
    assert solve(problem(), time_limit_s=60).assignments == frozenset()
    assert solve(problem(period=Period(may(4), 0)), time_limit_s=60).assignments == frozenset()


def test_a_leap_day_is_a_day_as_any_other() -> None:
    period = Period(date(2028, 2, 26), 7)
    asked = problem(*crew(5), period=period, demands=demands(period))
    roster = covered(asked)
    assert not breaches(asked, roster)
    assert sum(one.shift.day == date(2028, 2, 29) for one in roster.assignments) == 3


def test_a_night_of_the_months_last_day_touches_leave_on_the_first_of_the_next() -> None:
    period = Period(date(2026, 5, 30), 3)
    away = crew(2, leave=frozenset({date(2026, 6, 1)}))
    asked = problem(*away, person("P9"), period=period, demands=demands(Period(date(2026, 5, 31), 1), codes=("night",)))
    assert {one.person for one in covered(asked).assignments} == {"P9"}


def test_rest_is_kept_across_the_edge_of_the_period() -> None:
    period = Period(may(4), 1)
    history = (works(3, "night", "P1"), works(5, "early", "P2"))
    asked = problem(*crew(3), period=period, demands=demands(period, codes=("night",)), history=history)
    assert {one.person for one in covered(replace(asked, demands=demands(period, codes=("early",)))).assignments} <= {
        "P2",
        "P3",
    }
    assert {one.person for one in covered(asked).assignments} <= {"P1", "P3"}


def test_days_and_nights_in_a_row_are_counted_across_the_edge() -> None:
    period = Period(may(4), 1)
    tired = tuple(works(date(2026, 4, 28) + timedelta(days=n), "early", "P1") for n in range(6))
    nightly = tuple(works(day, "night", "P2") for day in (1, 2, 3))
    asked = problem(*crew(3), period=period, demands=demands(period, codes=("night",)), history=(*tired, *nightly))
    assert {one.person for one in covered(asked).assignments} == {"P3"}


def test_pins_stand_with_their_duties() -> None:
    asked = generate(Size.parse("2x30x14"), 8)
    start = asked.period.start
    first = covered(asked)
    pins = frozenset(one for one in first.assignments if one.shift.day < start + timedelta(days=4))
    roster = covered(replace(asked, pins=pins), seed=5)
    assert pins <= roster.assignments
    assert not breaches(asked, roster)


def test_a_pin_where_nobody_is_needed_stands() -> None:
    pin = works(6, "middle", "P1", at=SD, duty=Duty.RECORDER)
    asked = problem(*crew(2), pins=frozenset({pin}))
    assert covered(asked).assignments == {pin}


def test_a_person_in_two_units_takes_one_seat_at_a_time() -> None:
    both = person("P1", units=frozenset({UNIT, "志愿者"}))
    period = Period(may(4), 1)
    seats = (Seat(unit=UNIT), Seat(unit="志愿者"))
    demand = Demand(LS, DatedShift(may(4), "early"), 2, seats)
    asked = problem(both, person("P2"), person("P3", units=frozenset({UNIT})), period=period, demands=(demand,))
    assert {one.person for one in covered(asked).assignments} == {"P1", "P3"}


def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(DuplicatePerson) as caught:
        solve(problem(person("P1"), person("P1")), time_limit_s=60)
    assert caught.value.params == {"person": "P1"}


def test_a_checkpoint_that_lacks_a_lead_borrows_one_and_only_then() -> None:
    period = Period(may(4), 3)
    staff = (
        *(person(f"A{n}", duties=frozenset({Duty.TRAFFIC})) for n in range(4)),
        *(person(f"B{n}", home=SD) for n in range(4)),
    )
    need = tuple(Demand(LS, DatedShift(day, "early"), 2, LEAD) for day in period.days)
    asked = problem(*staff, period=period, demands=(*need, *demands(period, 1, SD, ("early",))))
    roster = solve(asked, time_limit_s=60)
    assert not breaches(asked, roster)
    lent = [one for one in roster.assignments if one.checkpoint == LS and one.person.startswith("B")]
    assert len(lent) == 3


def test_a_rookie_is_never_alone() -> None:
    period = Period(may(4), 2)
    new = tuple(person(f"N{n}", since=date(2026, 3, 1)) for n in range(4))
    asked = problem(*new, person("P1"), period=period, demands=demands(period, 2, codes=("early",)))
    roster = covered(asked)
    assert sum(one.person == "P1" for one in roster.assignments) == 2
    assert not breaches(asked, roster)


@pytest.mark.parametrize(
    "rules",
    [
        RulePack("comprehensive", {"week_hours": Severity.OFF}, shift_hours=12, rest_hours=12, overtime_by="month"),
        RulePack("strict", shift_hours=12, nights_in_row=1, days_in_seven=4, month_overtime_hours=10),
        RulePack("lenient", {"days_in_seven": Severity.WARNING}, shift_hours=12, weekly_rest_hours=36),
    ],
    ids=lambda rules: str(rules.name),
)
def test_twelve_hour_shifts_where_the_pack_allows_them(rules: RulePack) -> None:
    codes = TWO_SHIFTS.codes
    asked = problem(*crew(6), plans={LS: TWO_SHIFTS}, demands=demands(MAY, codes=codes), rules=rules)
    roster = covered(asked)
    assert not [one for one in check(asked, roster.assignments) if one.severity is Severity.HARD]
    assert rules.name == "lenient" or not hard_breaches(asked, roster.assignments)


def test_other_figures_of_rest_and_nights_are_kept() -> None:
    rules = replace(LABOUR_LAW, rest_hours=16.0, nights_in_row=1, days_in_seven=5, weekly_rest_hours=48.0)
    asked = problem(*crew(7), demands=demands(MAY), rules=rules, history=tuple(row("NN", first=2)))
    assert not breaches(asked, covered(asked))


def test_what_was_published_is_changed_as_little_as_possible() -> None:
    asked = generate(Size.parse("1x16x7"), 3)
    before = covered(asked)
    ill = next(one.person for one in before.assignments)
    gone = tuple(
        replace(who, leave=who.leave | set(asked.period.days)) if who.code == ill else who for who in asked.people
    )
    after = solve(replace(asked, people=gone, published=before.assignments), time_limit_s=1, reproducible=True)
    vacated = sum(one.person == ill for one in before.assignments)
    assert not breaches(replace(asked, people=gone), after)
    assert len(_places(after) - _places(before)) <= 2 * vacated


def _places(roster: Roster) -> set[tuple[str, str, DatedShift]]:
    return {(one.person, one.checkpoint, one.shift) for one in roster.assignments}


def test_wishes_are_kept_or_named() -> None:
    period = Period(may(4), 1)
    wish = Wish(may(4), "early", weight=3)
    asked = problem(*crew(2, wishes=(wish,)), period=period, demands=demands(period, codes=("early",)))
    [worker] = solve(asked, time_limit_s=60).assignments
    assert solve(asked, time_limit_s=60).refused in {(("P1", wish),), (("P2", wish),)}
    free = replace(asked, people=(*asked.people, person("P3")))
    roster = solve(free, time_limit_s=60)
    assert {one.person for one in roster.assignments} == {"P3"}
    assert roster.refused == ()
    assert isinstance(worker, Assignment)


def test_a_day_asked_off_is_kept_free_by_the_clock() -> None:
    period = Period(may(4), 2)
    asking = person("P1", wishes=(Wish(may(5), weight=10),))  # which the night of the 4th lies on
    asked = problem(asking, person("P2"), period=period, demands=demands(period, codes=("night",)))
    roster = solve(asked, time_limit_s=2, reproducible=True)
    assert {one.person: one.shift.day for one in roster.assignments} == {"P2": may(4), "P1": may(5)}
    assert roster.refused == ()


def test_crews_keep_to_their_cycle_where_the_pack_has_one() -> None:
    period = Period(may(4), 12)
    rules = replace(LABOUR_LAW, pattern=("early", "early", "off"))
    asked = problem(*crew(3), period=period, demands=demands(period, 2, codes=("early",)), rules=rules)
    roster = solve(asked, time_limit_s=2, reproducible=True)
    assert not breaches(asked, roster)
    assert not [one for one in check(asked, roster.assignments) if one.rule is Rule.PATTERN]


def test_many_checkpoints_are_polished_beside_each_other_and_the_same_each_time() -> None:
    asked = generate(Size.parse("5x80x8"), 4)
    one, other = (solve(asked, time_limit_s=2, seed=9, reproducible=True) for _ in range(2))
    assert one == other
    assert not breaches(asked, one)


def test_cancelling_before_anything_is_covered_says_so() -> None:
    with pytest.raises(Cancelled):
        solve(generate(Size.parse("6x90x28"), 1), time_limit_s=60, progress=lambda _: False)


def test_cancelling_the_polish_gives_what_is_covered() -> None:
    asked, seen = generate(Size.parse("1x15x14"), 2), list[Progress]()

    def listen(now: Progress) -> bool:
        seen.append(now)
        return now.best is None

    roster = solve(asked, time_limit_s=600, progress=listen)
    assert not breaches(asked, roster)
    assert seen[-1].best is not None
    assert seen[-1].bound is not None
    assert seen[-1].bound <= seen[-1].best


def test_a_listener_that_fails_stops_everything() -> None:
    def listen(_: Progress) -> bool:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        solve(generate(Size.parse("1x15x14"), 2), time_limit_s=600, progress=listen)


def test_the_same_seed_gives_the_same_roster_when_asked() -> None:
    asked = generate(Size.parse("2x30x7"), 4)
    one, other = (solve(asked, time_limit_s=0.5, seed=9, reproducible=True) for _ in range(2))
    assert one == other
