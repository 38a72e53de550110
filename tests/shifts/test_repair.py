"""Who can stand in, best first, and why the others cannot."""

from dataclasses import replace
from datetime import date, datetime

from shifts.model import SHANGHAI, DatedShift, Demand, Duty, Period, Person, Seat, Wish
from shifts.repair import Candidate, from_then_on, replacements, vacated_by
from shifts.rules import check, is_allowed
from shifts.solver import solve
from tests.shifts.rosters import LS, SD, may, person, problem, row, works

NIGHT = DatedShift(may(4), "night")
NEED = Demand(LS, NIGHT, 2, (Seat(Duty.LEAD),))
ILL = works(4, "night", "ILL", duty=Duty.LEAD)
BESIDE = works(4, "night", "BESIDE")


def found(*people: Person, work: str = "", of: str = "") -> dict[str, Candidate]:
    everybody = problem(person("ILL"), person("BESIDE"), *people, demands=(NEED,))
    return {one.person.code: one for one in replacements(everybody, [ILL, BESIDE, *row(work, who=of)], ILL)}


def rules(candidate: Candidate) -> set[str]:
    return {str(breach.rule) for breach in candidate.breaches}


def test_a_rested_trained_colleague_stands_in_with_nothing_against_it() -> None:
    free = found(person("A"))["A"]
    assert (free.possible, rules(free), free.hours, free.nights) == (True, set(), 0.0, 0)


def test_every_reason_against_somebody_is_told() -> None:
    barred = found(person("A", no_night=True, leave=frozenset({may(5)}), duties=frozenset({Duty.TRAFFIC})))["A"]
    assert not barred.possible
    assert rules(barred) == {"no_night", "leave", "untrained"}


def test_rest_is_counted_from_what_they_work_already() -> None:
    assert "overlap" in rules(found(person("A"), work="M", of="A")["A"])
    assert "rest" in rules(found(person("A"), work=".E", of="A")["A"])


def test_who_stands_there_already_cannot_stand_in() -> None:
    assert not found(person("A"))["BESIDE"].possible


def test_the_ill_one_is_not_asked() -> None:
    assert "ILL" not in found(person("A"))


def test_those_with_the_least_against_them_come_first() -> None:
    tired = person("TIRED")
    order = list(
        found(
            person("BARRED", no_night=True),
            person("LENT", home=SD),
            person("ASKED", wishes=(Wish(may(5)),)),  # which the night lies on
            tired,
            person("FRESH"),
            work="..NN",
            of="TIRED",
        )
    )
    assert order[:4] == ["FRESH", "TIRED", "ASKED", "LENT"]
    assert set(order[4:]) == {"BARRED", "BESIDE"}


def test_a_seat_s_duty_goes_with_the_shift() -> None:
    unable = replace(person("A"), duties=frozenset({Duty.CODE_CHECKER}))
    assert "untrained" in rules(found(unable)["A"])


# --- the rest, solved anew -------------------------------------------------------------------------------------------

ROSTER = [*row("EN.EM", who="ILL"), *row("EE.E", who="B")]


def test_whoever_is_away_leaves_every_shift_that_touches_those_days_by_the_clock() -> None:
    of_two_days = vacated_by(problem(), ROSTER, {"ILL"}, may(6), may(7))
    assert of_two_days == (works(5, "night", "ILL"), works(7, "early", "ILL"))


def test_from_then_on_the_past_is_history_and_the_rest_was_promised() -> None:
    asked = problem(person("ILL"), person("B"), demands=(NEED, replace(NEED, shift=DatedShift(may(7), "early"))))
    left, kept = from_then_on(asked, ROSTER, {"ILL"}, may(7), may(31))
    assert left.period == Period(may(7), 25)
    assert kept == {one for one in ROSTER if one.shift.day < may(7)}
    assert set(left.history) == kept
    assert left.published == {works(7, "early", "B")}
    assert [demand.shift.day for demand in left.demands] == [may(7)]
    assert left.people[0].leave == {may(day) for day in range(7, 32)}
    assert left.people[1].leave == frozenset()
    assert left.pins == frozenset()


def test_of_the_day_before_only_the_night_that_runs_on_is_solved_anew() -> None:
    left, kept = from_then_on(problem(person("ILL"), person("B")), ROSTER, {"ILL"}, may(6), may(6))
    assert left.period.start == may(5)
    assert left.pins == {works(5, "early", "B")}
    assert kept == {works(4, "early", "ILL"), works(4, "early", "B")}
    assert works(5, "night", "ILL") not in left.published


def test_a_leap_day_is_one_of_the_days() -> None:
    leap = problem(person("ILL"), period=Period(date(2028, 2, 27), 4))
    night = works(date(2028, 2, 28), "night", "ILL")
    assert vacated_by(leap, [night], {"ILL"}, date(2028, 2, 29), date(2028, 3, 1)) == (night,)
    assert from_then_on(leap, [night], {"ILL"}, date(2028, 2, 29), date(2028, 3, 1))[0].period.length == 3


def test_several_who_are_away_leave_together() -> None:
    both = vacated_by(problem(), ROSTER, {"ILL", "B"}, may(7), may(7))
    assert both == (works(7, "early", "B"), works(7, "early", "ILL"))
    left, _ = from_then_on(problem(person("ILL"), person("B")), ROSTER, {"ILL", "B"}, may(7), may(7))
    assert [one.leave for one in left.people] == [{may(7)}] * 2


# --- from an hour on -------------------------------------------------------------------------------------------------


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=SHANGHAI)


def test_from_an_hour_on_only_shifts_that_have_not_begun_are_vacated() -> None:
    roster = [works(4, "middle", "ILL"), works(5, "night", "ILL"), works(7, "early", "ILL")]
    assert vacated_by(problem(), roster, {"ILL"}, may(4), may(31), now=at(4, 15, 59)) == tuple(roster)
    assert vacated_by(problem(), roster, {"ILL"}, may(4), may(31), now=at(4, 16)) == tuple(roster)
    assert vacated_by(problem(), roster, {"ILL"}, may(4), may(31), now=at(4, 16, 1)) == tuple(roster[1:])
    assert vacated_by(problem(), roster, {"ILL"}, may(6), may(31), now=at(6, 0, 30)) == (roster[2],)


def test_at_eleven_at_night_the_early_and_the_middle_of_the_day_stay() -> None:
    needs = [replace(NEED, shift=DatedShift(may(day), code)) for day in (4, 5) for code in ("early", "middle", "night")]
    roster = [works(4, "early", "ILL"), works(4, "middle", "B"), works(4, "night", "C"), works(5, "middle", "ILL")]
    everybody = problem(person("ILL"), person("B"), person("C"), demands=tuple(needs), pins=frozenset(roster[:1]))
    left, kept = from_then_on(everybody, roster, {"ILL"}, may(4), may(31), now=at(4, 23))
    assert kept == set(roster[:2]) == set(left.history)
    assert [(one.shift.day, one.shift.code) for one in left.demands] == [
        (may(4), "night"),
        *((may(5), code) for code in ("early", "middle", "night")),
    ]
    assert left.published == {roster[2]}
    assert left.pins == frozenset()
    assert left.period == Period(may(4), 28)


def test_after_midnight_the_night_of_the_day_before_has_begun() -> None:
    night, early = works(4, "night", "ILL"), works(5, "early", "B")
    everybody, ill = problem(person("ILL"), person("B")), {"ILL"}
    left, kept = from_then_on(everybody, [night, early], ill, may(5), may(31), now=at(5, 2))
    assert kept == {night}
    assert left.published == {early}
    left, kept = from_then_on(everybody, [night, early], ill, may(5), may(31), now=at(5, 0))
    assert not kept
    assert left.published == {early}
    assert left.period.start == may(4)


def test_whoever_works_a_shift_that_has_begun_rests_after_it() -> None:
    needs = Demand(LS, DatedShift(may(4), "middle"), 1), Demand(LS, NIGHT, 1)
    roster = [works(4, "middle", "B"), works(4, "night", "ILL")]
    everybody = problem(person("ILL"), person("B"), person("C"), demands=needs, period=Period(may(4), 1))
    left, kept = from_then_on(everybody, roster, {"ILL"}, may(4), may(5), now=at(4, 23))
    found = solve(left, time_limit_s=20).assignments
    assert {(one.person, one.shift) for one in found} == {("C", NIGHT)}
    assert is_allowed(check(everybody, kept | found))


def test_a_shift_that_has_begun_stays_even_where_it_breaks_a_rule() -> None:
    needs = Demand(LS, DatedShift(may(4), "middle"), 2), Demand(LS, NIGHT, 1)
    roster = [works(3, "night", "B"), works(4, "early", "B"), works(4, "middle", "ILL"), works(4, "night", "ILL")]
    everybody = problem(person("ILL"), person("B"), person("C"), demands=needs, period=Period(may(3), 2))
    left, kept = from_then_on(everybody, roster, {"ILL"}, may(4), may(5), now=at(4, 23))
    assert kept == set(roster[:3])
    assert {one.person for one in solve(left, time_limit_s=20).assignments} == {"C"}
