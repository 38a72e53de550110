"""The one checker, rule by rule: what is just allowed, and what is just not."""

from dataclasses import replace
from datetime import date

import pytest

from shifts.findings import Rule
from shifts.model import THREE_SHIFTS, TWO_SHIFTS, Assignment, DatedShift, Demand, Duty, Period, Person, Seat, Wish
from shifts.publishing import refused_wishes
from shifts.rule_pack import RulePack, Severity
from shifts.rules import Breach, check, is_allowed
from tests.shifts.rosters import LS, MAY, SD, may, person, problem, row, works

QUIET = frozenset({Rule.WISH, Rule.AWAY, Rule.SURPLUS})
"""Only information: left out where a case is about something else."""


def breaches(assignments: list[Assignment], *people: Person, **changes: object) -> dict[Rule, Breach]:
    found = check(problem(*people, **changes), assignments)
    return {breach.rule: breach for breach in reversed(found) if breach.rule not in QUIET}


def broken(assignments: list[Assignment], *people: Person, **changes: object) -> set[str]:
    return {str(rule) for rule in breaches(assignments, *people, **changes)}


# --- one person's work -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "rules"),
    [
        ("", set()),
        ("EM", set()),  # 24 h
        ("ME", {"rest", "backward"}),  # 8 h
        ("NE", {"rest", "backward"}),  # nothing between them
        ("NM", {"rest", "backward"}),  # 8 h
        ("N.E", set()),
        ("NNN", set()),
        ("NNNN", {"nights_in_row"}),
        ("NNN.NN", set()),
        ("EEEEE", set()),
        ("EEEEEE", {"week_hours"}),  # 48 h
        ("EEEEEEE", {"week_hours", "days_in_seven", "weekly_rest"}),
        ("..EEEEE.EEEEE", set()),
        (".EEEEEE.EEEEEE", {"week_hours"}),
        ("....EEEEEEE", {"days_in_seven", "weekly_rest"}),  # the rule is of any seven days, not of the calendar's
        ("EEMMNN..EEMMNN", {"week_hours"}),
    ],
)
def test_a_row_of_shifts(days: str, rules: set[str]) -> None:
    assert broken(row(days)) == rules


def test_rest_says_how_long_it_is_and_how_long_it_should_be() -> None:
    finding = breaches(row("ME"))[Rule.REST].finding
    assert finding.figures == {"hours": 8.0, "need": 11.0}
    assert [shift.code for shift in finding.shifts] == ["middle", "early"]


def test_two_shifts_at_one_time_or_on_one_day() -> None:
    assert "overlap" in broken([works(4, "early"), works(4, "early", at=SD)])
    assert "overlap" in broken([works(4, "early"), works(4, "night")])


@pytest.mark.parametrize(("day", "allowed"), [(4, True), (5, False), (6, True)])
def test_leave_is_touched_by_the_clock(day: int, *, allowed: bool) -> None:
    """The night of the 4th is worked from midnight to eight on the 5th."""
    away = person(leave=frozenset({may(day)}))
    assert ("leave" not in broken([works(4, "night")], away)) is allowed


def test_a_doctors_word_keeps_from_nights_only() -> None:
    spared = person(no_night=True)
    assert broken(row("N"), spared) == {"no_night"}
    assert broken(row("EM"), spared) == set()


def test_nobody_does_what_they_are_not_trained_for() -> None:
    found = breaches([works(4, "early", duty=Duty.LEAD)], person(duties=frozenset({Duty.TRAFFIC})))
    assert found[Rule.UNTRAINED].finding.figures == {"duty": "lead"}


def test_twelve_hours_need_a_pack_that_allows_them() -> None:
    twelve = {"plans": {LS: TWO_SHIFTS}}
    assert broken([works(4, "day")], **twelve) == {"shift_hours"}
    assert broken([works(4, "day")], rules=RulePack(shift_hours=12), **twelve) == set()


def test_six_days_of_seven_may_still_lack_a_whole_rest() -> None:
    """Off on the 9th by the roster's days, yet the night before it ends that morning."""
    days = [works(day, "night") for day in (4, 5, 6, 7, 8)] + [works(10, "day"), works(11, "day")]
    rules = RulePack(shift_hours=12, nights_in_row=6, weekly_rest_hours=30)
    assert "weekly_rest" in broken(days, plans={LS: TWO_SHIFTS}, rules=rules)


def test_overtime_of_a_month_is_hard_and_of_a_week_a_warning() -> None:
    rules = RulePack(shift_hours=12, days_in_seven=7, weekly_rest_hours=0)
    month = [works(date(2026, 5, day), "day") for day in range(4, 29)]
    found = breaches(month, plans={LS: TWO_SHIFTS}, rules=rules)
    assert found[Rule.WEEK_HOURS].severity is Severity.WARNING
    assert found[Rule.WEEK_HOURS].finding.figures == {"hours": 84.0, "most": 44.0}
    assert found[Rule.MONTH_OVERTIME].severity is Severity.HARD
    assert not is_allowed(found.values())


def test_a_week_across_two_months_gives_each_its_share() -> None:
    """Twelve hours of overtime: all of them June's, or two sevenths June's and five July's."""
    rules = RulePack(days_in_seven=7, weekly_rest_hours=0, month_overtime_hours=10)
    week = Period(date(2026, 6, 22), 20)
    across = [works(date.fromordinal(date(2026, 6, 29).toordinal() + n), "early") for n in range(7)]  # 29 June – 5 July
    assert Rule.MONTH_OVERTIME not in breaches(across, period=week, rules=rules)
    within = [works(date.fromordinal(date(2026, 6, 22).toordinal() + n), "early") for n in range(7)]
    assert breaches(within, period=week, rules=rules)[Rule.MONTH_OVERTIME].finding.figures["hours"] == 12.0


def test_overtime_at_its_very_limit_is_within_it() -> None:
    """52 h in a week, eight of them overtime; as a sum of each shift's share they are a hair more."""
    rules = RulePack(shift_hours=12, month_overtime_hours=8)
    week = [*row("E.", first=25), works(27, "day", at=SD), *row("EEEE", first=28)]
    assert "month_overtime" not in broken(week, rules=rules, plans={LS: THREE_SHIFTS, SD: TWO_SHIFTS})
    less = replace(rules, month_overtime_hours=7.99)
    assert "month_overtime" in broken(week, rules=less, plans={LS: THREE_SHIFTS, SD: TWO_SHIFTS})


def test_a_night_counts_among_nights_in_a_row_though_its_day_has_another_shift() -> None:
    assert "nights_in_row" in broken([*row("NNNN"), works(5, "early")])


def test_comprehensive_hours_are_measured_by_the_month() -> None:
    rules = RulePack(shift_hours=12, overtime_by="month")  # May's measure is 44 h times 31 sevenths: 194.9 h
    cycle = [day for day in range(4, 32) if day % 4 != 0]  # three days of four: 21 twelve-hour days, 252 h
    found = breaches([works(day, "day") for day in cycle], plans={LS: TWO_SHIFTS}, rules=rules)
    assert found[Rule.MONTH_OVERTIME].finding.figures == {"hours": 57.15, "most": 36.0}
    assert found[Rule.MONTH_HOURS].finding.figures == {"hours": 252.0, "most": 194.86}
    assert found[Rule.MONTH_HOURS].severity is Severity.WARNING
    fewer = [works(day, "day") for day in cycle[:19]]  # 228 h: 33.1 over
    assert Rule.MONTH_OVERTIME not in breaches(fewer, plans={LS: TWO_SHIFTS}, rules=rules)


def test_the_first_hour_above_the_month_s_measure_is_told() -> None:
    """31 days are 7 days and 24 more: 35 h measured by the week are 155 h of May."""
    rules = RulePack(shift_hours=12, rest_hours=0, overtime_by="month", week_hours=35)
    twelve = [works(day, "day") for day in (4, 5, 7, 8, 10, 11, 13, 14, 16, 17, 19, 20)]  # 144 h
    assert "month_hours" not in broken(twelve, plans={LS: TWO_SHIFTS}, rules=rules)
    assert "month_hours" in broken([*twelve, works(22, "day")], plans={LS: TWO_SHIFTS}, rules=rules)
    assert "month_hours" not in broken([*twelve, works(22, "day")], plans={LS: TWO_SHIFTS}, rules=RulePack())


def test_older_staff_work_two_nights_in_a_row_at_most_unless_a_lead_says_so() -> None:
    older = person(birth_year=1970)
    assert breaches(row("NNN"), older)[Rule.OLDER_NIGHTS].severity is Severity.WARNING
    assert broken(row("NN.NN"), older) == set()
    assert broken(row("NNN"), person(birth_year=1990)) == set()


def test_a_crews_cycle_may_begin_anywhere_and_is_told_where_it_is_left() -> None:
    cycle = RulePack(pattern=("early", "early", "middle", "middle", "night", "night", "off", "off"), week_hours=60)
    assert broken(row("MMNN..EEEMNN..E"), rules=cycle) == {"pattern"}
    assert broken(row("MMNN..EEMMNN..E"), rules=cycle) == set()


# --- across the edges ------------------------------------------------------------------------------------------------


def test_rest_and_nights_are_counted_across_the_rosters_edge() -> None:
    past = tuple(works(date(2026, 5, day), "night") for day in (1, 2, 3))
    assert broken(row("N"), history=past) == {"nights_in_row"}
    assert broken(row("E"), history=past) == {"rest", "backward"}


def test_what_lies_wholly_in_history_is_nobodys_to_mend() -> None:
    past = tuple(works(date(2026, 4, 20 + n), "early") for n in range(9))
    assert broken(row(".E"), history=past) == set()


def test_the_last_night_of_a_leap_february_is_worked_in_march() -> None:
    leap = Period(date(2028, 2, 26), 5)
    off = person(leave=frozenset({date(2028, 3, 1)}))
    assert broken([works(date(2028, 2, 29), "night")], off, period=leap) == {"leave"}
    assert broken([works(date(2028, 2, 28), "night")], off, period=leap) == set()


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (works(4, "early", "nobody"), "person"),
        (works(4, "early", at="nowhere"), "checkpoint"),
        (works(4, "brunch"), "shift"),
        (works(date(2026, 7, 1), "early"), "day"),
    ],
)
def test_what_is_not_known_is_said_and_counts_for_nothing(wrong: Assignment, what: str) -> None:
    found = breaches([wrong, *row("E")])
    assert set(found) == {Rule.UNKNOWN}
    assert found[Rule.UNKNOWN].finding.figures["what"] == what


# --- shifts ----------------------------------------------------------------------------------------------------------

QUARANTINE = "交通检疫组"
SEATS = (Seat(Duty.LEAD), Seat(unit=QUARANTINE), Seat(Duty.RECORDER))
FIRST = Demand(LS, DatedShift(may(4), "early"), 3, SEATS)


def staff(**changes: object) -> tuple[Person, ...]:
    quarantine = frozenset({"区建设局", QUARANTINE})  # somebody in two units is one head all the same
    return person("A"), replace(person("B", units=quarantine), **changes), person("C")  # type: ignore[arg-type]


def manned(*, lead: str = "A", recorder: str = "C") -> list[Assignment]:
    duties = {lead: Duty.LEAD, recorder: Duty.RECORDER}
    return [works(4, "early", who, duty=duties.get(who, Duty.CODE_CHECKER)) for who in "ABC"]


def test_a_shift_with_its_heads_and_seats_is_covered() -> None:
    assert broken(manned(), *staff(), demands=(FIRST,)) == set()


def test_each_seat_is_taken_by_another_person() -> None:
    found = breaches(manned(lead="B"), *staff(), demands=(FIRST,))
    assert found[Rule.COVERAGE].finding.figures == {"have": 3, "need": 3, "lacking": QUARANTINE}


def test_a_gap_says_how_many_there_are_and_what_is_lacking() -> None:
    found = breaches(manned()[1:], *staff(), demands=(FIRST,))
    assert found[Rule.COVERAGE].finding.figures == {"have": 2, "need": 3, "lacking": "lead"}
    assert found[Rule.COVERAGE].finding.checkpoint == LS


def test_an_empty_roster_lacks_everything() -> None:
    found = breaches([], *staff(), demands=(FIRST,))
    assert found[Rule.COVERAGE].finding.figures["lacking"] == f"lead,{QUARANTINE},recorder"


def test_nobody_is_counted_twice() -> None:
    twice = [*manned()[:2], works(4, "early", "A", duty=Duty.RECORDER)]
    assert {"coverage", "overlap"} <= broken(twice, *staff(), demands=(FIRST,))


def test_more_heads_than_needed_is_information() -> None:
    found = check(problem(*staff(), demands=(replace(FIRST, heads=1, seats=()),)), manned())
    assert [(breach.rule, breach.severity) for breach in found] == [(Rule.SURPLUS, Severity.INFORMATION)]


def test_a_beginner_is_never_alone() -> None:
    beginner = person("A", since=date(2025, 6, 1))
    assert broken([works(4, "early", "A")], beginner) == {"rookie_alone"}
    assert broken([works(4, "early", "A"), works(4, "early", "B")], beginner, person("B")) == set()
    assert broken([works(4, "early", "A")], person("A", since=date(2025, 5, 4))) == set()  # a year to the day


# --- severities ------------------------------------------------------------------------------------------------------


def test_a_pack_says_how_much_a_rule_weighs() -> None:
    loose = RulePack(severities={Rule.REST: Severity.WARNING, Rule.BACKWARD: Severity.OFF})
    found = breaches(row("ME"), rules=loose)
    assert {rule: breach.severity for rule, breach in found.items()} == {Rule.REST: Severity.WARNING}
    assert is_allowed(found.values())


def test_the_hardest_comes_first() -> None:
    severities = [breach.severity for breach in check(problem(), row("EEEEEEE"))]
    assert severities == sorted(severities, reverse=True)


def test_wishes_and_loans_are_told() -> None:
    asking = person(wishes=(Wish(may(4)), Wish(may(5), "night"), Wish(may(6), off=False)))
    found = check(problem(asking), [works(4, "early", at=SD), works(5, "early")])
    assert {(breach.rule, breach.finding.shifts[0].day.day) for breach in found if breach.rule in QUIET} >= {
        (Rule.WISH, 4),
        (Rule.AWAY, 4),
    }
    assert not any(breach.rule is Rule.WISH and breach.finding.shifts[0].day == may(5) for breach in found)


def test_the_period_is_its_days() -> None:
    assert may(4) in MAY
    assert date(2026, 5, 31) in MAY
    assert date(2026, 6, 1) not in MAY


def test_whoever_has_two_duties_in_a_shift_takes_a_seat_by_either() -> None:
    two = [works(4, "early", "A", duty=Duty.LEAD), works(4, "early", "A", duty=Duty.TRAFFIC), *manned()[1:]]
    assert broken(two, *staff(), demands=(FIRST,)) == {"overlap"}


def test_a_day_asked_off_is_a_day_by_the_clock_as_leave_is() -> None:
    asking = person(wishes=(Wish(may(5)),))
    kept = [one for one in check(problem(asking), row("NN")) if one.rule is Rule.WISH]
    assert [one.finding.shifts for one in kept] == [(DatedShift(may(4), "night"),)]  # the 5th's is worked on the 6th


@pytest.mark.parametrize(
    ("wish", "worked", "refused"),
    [
        (Wish(may(5)), "N", True),  # until 08:00 on the 5th
        (Wish(may(5)), ".N", False),
        (Wish(may(5)), ".E", True),
        (Wish(may(5), "night"), ".N", True),
        (Wish(may(5), "night"), "N", False),
        (Wish(may(5), off=False), "N", False),
        (Wish(may(5), off=False), ".N", True),
    ],
)
def test_a_wish_for_a_day_is_refused_by_the_clock_and_one_for_a_shift_by_that_shift(
    wish: Wish, worked: str, refused: bool
) -> None:
    asking = problem(person(wishes=(wish,)))
    assert refused_wishes(asking, row(worked)) == ((("P1", wish),) if refused else ())
