"""What a change newly breaks: what is worse than it was, and never what is less bad; and how far a word reaches."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shifts.comparing import reached
from shifts.findings import Rule
from shifts.model import Assignment, DatedShift, Demand, Duty, Seat
from shifts.publishing import Approval, Change, difference, new_breaches, standing, unapproved
from shifts.repair import replacements
from shifts.rule_pack import LABOUR_LAW, Severity
from shifts.rules import Breach, check
from shifts.trial import Trial
from tests.shifts.rosters import LS, SD, may, person, problem, row, works

EARLY = DatedShift(may(4), "early")
CREW = tuple(person(code) for code in ("A", "B", "C", "D", "E"))


def hard(breaches: tuple[Breach, ...]) -> list[Rule]:
    return [one.rule for one in breaches if one.severity is Severity.HARD]


# --- a change that lessens a breach ----------------------------------------------------------------------------------


def test_of_two_ill_in_one_shift_each_can_be_stood_in_for() -> None:
    three = problem(*CREW, demands=(Demand(LS, EARLY, 3, (Seat(Duty.LEAD), Seat(Duty.RECORDER))),))
    left = [works(4, "early", "A", duty=Duty.LEAD)]
    ranked = replacements(three, left, works(4, "early", "B", duty=Duty.RECORDER))
    assert [one.person.code for one in ranked if one.possible] == ["C", "D", "E"]


def test_the_fifth_of_five_nights_can_be_given_away() -> None:
    nights = row("NNNNN")
    assert hard(check(problem(), nights)) == [Rule.NIGHTS_IN_ROW]
    assert hard(new_breaches(problem(), nights, nights[:-1])) == []
    assert hard(check(problem(), nights[:-1])) == [Rule.NIGHTS_IN_ROW]
    gone = Trial(problem(), nights).effect(Change(frozenset(nights[-1:]))).gone
    assert Rule.NIGHTS_IN_ROW not in {one.rule for one in gone}  # it is less, not mended


def test_a_run_parted_in_two_that_are_both_too_long_is_no_news() -> None:
    nights = row("NNNNNNNNN")
    one, other = LABOUR_LAW, replace(LABOUR_LAW, days_in_seven=7, weekly_rest_hours=0, month_overtime_hours=99)
    assert hard(new_breaches(problem(rules=other), nights, [*nights[:4], *nights[5:]])) == []
    assert Rule.NIGHTS_IN_ROW in hard(new_breaches(problem(rules=one), nights[:4], nights[:5]))


def test_more_rest_than_before_is_no_news_and_less_is() -> None:
    night, early, middle = works(4, "night"), works(5, "early"), works(5, "middle")
    assert hard(new_breaches(problem(), [night, early], [night, middle])) == []
    assert hard(new_breaches(problem(), [night, middle], [night, early])) == [Rule.REST]


def test_a_rest_too_short_elsewhere_is_news_though_another_is_mended() -> None:
    before = [*row("NE"), works(10, "night")]
    after = [works(4, "night"), works(10, "night"), works(11, "early")]
    assert hard(new_breaches(problem(), before, after)) == [Rule.REST]


def test_of_three_shifts_on_a_day_one_can_be_taken_away() -> None:
    three = row("E") + row("M") + row("N")
    for one in three:
        assert hard(new_breaches(problem(), three, [each for each in three if each != one])) == []


def test_two_shifts_at_once_are_worse_than_two_on_one_day() -> None:
    at_once = [works(4, "early"), works(4, "early", at=SD)]
    assert hard(new_breaches(problem(), [works(4, "early"), works(4, "middle")], at_once)) == [Rule.OVERLAP]


def test_another_seat_left_empty_is_news() -> None:
    seats = problem(*CREW, demands=(Demand(LS, EARLY, 2, (Seat(Duty.LEAD), Seat(Duty.RECORDER))),))
    lead, recorder = works(4, "early", "A", duty=Duty.LEAD), works(4, "early", "B", duty=Duty.RECORDER)
    assert hard(new_breaches(seats, [lead], [recorder])) == [Rule.COVERAGE]
    assert hard(new_breaches(seats, [], [recorder])) == []


shifts = st.lists(
    st.builds(
        works,
        st.integers(4, 14),
        st.sampled_from(["early", "middle", "night"]),
        st.sampled_from(["A", "B"]),
        at=st.sampled_from([LS, SD]),
        duty=st.sampled_from([Duty.LEAD, Duty.RECORDER]),
    ),
    max_size=16,
    unique=True,
)


@given(before=shifts, data=st.data())
def test_taking_somebody_s_shift_away_breaks_none_of_their_own_rules_anew(
    before: list[Assignment], data: st.DataObject
) -> None:
    if before:
        gone = data.draw(st.sampled_from(before))
        after = [one for one in before if one != gone]
        assert hard(new_breaches(problem(person("A"), person("B")), before, after)) == []


@given(before=shifts, after=shifts)
def test_where_nothing_is_newly_broken_no_rule_is_broken_that_was_kept(
    before: list[Assignment], after: list[Assignment]
) -> None:
    asked = problem(person("A"), person("B"))
    kept = {(one.rule, one.finding.person) for one in check(asked, before)}
    news = {(one.rule, one.finding.person) for one in new_breaches(asked, before, after)}
    assert {(one.rule, one.finding.person) for one in check(asked, after)} - kept <= news


@given(before=shifts, after=shifts)
def test_a_trial_and_the_whole_check_tell_the_same_news(before: list[Assignment], after: list[Assignment]) -> None:
    asked = problem(person("A"), person("B"), demands=(Demand(LS, EARLY, 2, (Seat(Duty.LEAD),)),))
    effect = Trial(asked, before).effect(difference(before, after))
    told = new_breaches(asked, before, after)
    assert sorted(map(str, (one.key for one in effect.news))) == sorted(map(str, (one.key for one in told)))


# --- words -----------------------------------------------------------------------------------------------------------


def words(*breaches: Breach) -> list[Approval]:
    return [Approval(one.rule, one.finding, "L", "无人可替") for one in breaches]


def test_a_word_for_somebody_s_rest_does_not_hold_at_another_checkpoint_or_duty() -> None:
    given = words(*check(problem(), row("NE")))
    assert unapproved(check(problem(), row("NE")), given) == ()
    assert hard(unapproved(check(problem(), row("NE", at=SD)), given)) == [Rule.REST]
    other = [works(4, "night"), works(5, "early", duty=Duty.TRAFFIC)]
    assert hard(unapproved(check(problem(), other), given)) == [Rule.REST]


def test_a_word_holds_for_what_is_left_of_the_breach_and_not_for_more() -> None:
    given = words(*check(problem(), row("NNNNN")))
    assert unapproved(check(problem(), row("NNNN")), given) == ()
    assert hard(unapproved(check(problem(), row("NNNNNN")), given)) == [Rule.NIGHTS_IN_ROW]
    assert standing(check(problem(), row("NNNN")), given) == tuple(given[:1])


def test_a_word_for_a_gap_is_about_heads_and_seats() -> None:
    three = problem(*CREW, demands=(Demand(LS, EARLY, 3),))
    given = words(*check(three, [works(4, "early", "A")]))
    assert unapproved(check(three, [works(4, "early", "B")]), given) == ()
    assert hard(unapproved(check(three, []), given)) == [Rule.COVERAGE]


@pytest.mark.parametrize("crew", [["A", "B"], ["A"]])
def test_a_word_for_a_crew_of_rookies_is_about_these_people(crew: list[str]) -> None:
    new = tuple(person(code, since=may(1)) for code in ("A", "B", "C"))
    given = words(*check(problem(*new), [works(4, "early", "A"), works(4, "early", "B")]))
    assert unapproved(check(problem(*new), [works(4, "early", code) for code in crew]), given) == ()
    assert hard(unapproved(check(problem(*new), [works(4, "early", "C")]), given)) == [Rule.ROOKIE_ALONE]


def test_without_a_word_nothing_is_reached() -> None:
    assert reached(check(problem(), row("NE")), ()) == (None,) * len(check(problem(), row("NE")))
