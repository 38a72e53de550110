"""What a breach says to a lead: every rule in both languages, with its figures."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shifts.findings import Finding, Rule
from shifts.model import THREE_SHIFTS, TWO_SHIFTS, Assignment, DatedShift, Demand, Duty, Seat, Shift, Wish
from shifts.rule_pack import RulePack, Severity
from shifts.rules import Breach, check
from station.texts import LANGUAGES, Language
from station.texts_roster import BREACHES, breach, hours, names, wish
from tests.shifts.rosters import LS, SD, may, person, problem, row, works

NAMES = {"P1": "王小明", LS: "龙士", SD: "圣地亚哥"}


def every_breach() -> dict[Rule, Breach]:
    """One breach of every rule, found by the checker itself."""
    worn = person(birth_year=1960, no_night=True, leave=frozenset({may(5)}), duties=frozenset({Duty.TRAFFIC}))
    asking = replace(worn, wishes=(Wish(may(4)),), since=may(1))
    demand = Demand(LS, DatedShift(may(20), "early"), 2, (Seat(Duty.LEAD), Seat(Duty.RECORDER, "交通检疫组")))
    rules = RulePack(pattern=("early", "off"), month_overtime_hours=1)
    found = check(problem(asking, demands=(demand,), rules=rules), [*row("MENNNNNEEE"), works(4, "early", at=SD)])
    twelve = check(problem(plans={LS: TWO_SHIFTS}), [works(4, "day"), works(4, "day", "stranger")])
    month = check(problem(rules=RulePack(overtime_by="month", week_hours=1)), row("E"))
    return {one.rule: one for one in (*found, *twelve, *month)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_its_sentence_and_every_figure_fits(language: Language) -> None:
    found = every_breach()
    assert set(found) == set(Rule) == set(BREACHES)
    for one in found.values():
        said = breach(one, NAMES, language)
        assert said
        assert "{" not in said
        assert "P1" not in said


def test_a_gap_names_the_shift_and_what_is_lacking() -> None:
    assert breach(every_breach()[Rule.COVERAGE], NAMES, "zh") == (
        "龙士 05-20 早班 08:00–16:00 到岗 0 人，需 2 人，缺 带班组长、登记（交通检疫组）"
    )


def test_too_short_a_rest_says_how_short_by_the_clock() -> None:
    [told] = [one for one in check(problem(), row("NM")) if one.rule is Rule.REST]
    assert (
        breach(told, NAMES, "zh") == "王小明 休息仅 8 小时（需 11）：05-04 夜班 次日 08:00 下班 → 05-05 中班 16:00 上班"
    )
    assert (
        breach(told, NAMES, "en")
        == "王小明 rests only 8 h (needs 11): 05-04 night ends next day 08:00 → 05-05 middle begins 16:00"
    )


def test_of_a_run_its_first_start_and_its_last_end_are_said() -> None:
    [told] = [one for one in check(problem(), row("NNNN")) if one.rule is Rule.NIGHTS_IN_ROW]
    assert (
        breach(told, NAMES, "zh") == "王小明 连上 4 个夜班（至多 3 个）：05-04 夜班 次日 00:00 至 05-07 夜班 次日 08:00"
    )


@pytest.mark.parametrize(
    ("other", "zh", "en"),
    [
        (
            works(4, "early", at=SD),
            "王小明 同一时间排了两个班：05-04 早班 08:00–16:00 龙士 带班组长；05-04 早班 08:00–16:00 圣地亚哥 查码",
            (
                "王小明 has two shifts at one time: 05-04 early 08:00–16:00 龙士 lead; "
                "05-04 early 08:00–16:00 圣地亚哥 code checker"
            ),
        ),
        (
            works(4, "middle", at=SD),
            "王小明 同一天排了两个班：05-04 早班 08:00–16:00 龙士 带班组长；05-04 中班 16:00–24:00 圣地亚哥 查码",
            (
                "王小明 has two shifts on one day: 05-04 early 08:00–16:00 龙士 lead; "
                "05-04 middle 16:00–24:00 圣地亚哥 code checker"
            ),
        ),
    ],
)
def test_two_shifts_of_one_person_are_named_with_place_and_duty(other: Assignment, zh: str, en: str) -> None:
    found = check(problem(), [works(4, "early", duty=Duty.LEAD), other])
    [told] = [one for one in found if one.rule is Rule.OVERLAP]
    assert (breach(told, NAMES, "zh"), breach(told, NAMES, "en")) == (zh, en)


def test_a_day_the_roster_does_not_have_is_no_name() -> None:
    [told] = check(problem(), [works(date(2026, 6, 4), "early")])
    assert breach(told, NAMES, "zh") == "2026-06-04 不在排班期内：06-04 早班"
    assert breach(told, NAMES, "en") == "2026-06-04 is outside the roster's days: 06-04 early"


def test_more_heads_than_needed_are_counted() -> None:
    [told] = [one for one in check(problem(), [works(4, "early")]) if one.rule is Rule.SURPLUS]
    assert breach(told, NAMES, "en") == "龙士, 05-04 early 08:00–16:00: 1 there, 0 needed"


def test_a_shift_until_midnight_ends_at_24() -> None:
    away = person("P1", leave=frozenset({may(4)}))
    [told] = [one for one in check(problem(away), row("M")) if one.rule is Rule.LEAVE]
    assert breach(told, NAMES, "zh") == "王小明 05-04 请假，05-04 中班 16:00–24:00 占到当天"


@pytest.mark.parametrize(
    ("shift", "zh", "en"),
    [
        (THREE_SHIFTS.shift("middle"), "16:00–24:00", "16:00–24:00"),
        (THREE_SHIFTS.shift("night"), "次日 00:00–08:00", "next day 00:00–08:00"),
        (TWO_SHIFTS.shift("night"), "20:00–次日 08:00", "20:00–next day 08:00"),
        (Shift("late", timedelta(days=2), timedelta(hours=8)), "+2 00:00–+2 08:00", "+2 00:00–+2 08:00"),
    ],
)
def test_hours_of_another_day_than_the_shift_s_say_so(shift: Shift, zh: str, en: str) -> None:
    assert (hours(shift, "zh"), hours(shift, "en")) == (zh, en)


def test_where_the_clock_is_not_known_the_days_are_said() -> None:
    shifts = DatedShift(may(4), "night"), DatedShift(may(5), "middle")
    kept = Breach(Rule.REST, Severity.HARD, Finding({"hours": 8.0, "need": 11.0}, "P1", None, shifts))
    assert breach(kept, NAMES, "zh") == "王小明 休息仅 8 小时（需 11）：05-04 夜班 → 05-05 中班"


def test_two_of_one_name_are_told_apart_by_code() -> None:
    one = problem(person("P1", name="陈伟"), person("P2", name="陈伟"), person("P3", name="王小明"), names={LS: "龙士"})
    assert names(one, "zh") == {LS: "龙士", "P1": "陈伟（P1）", "P2": "陈伟（P2）", "P3": "王小明"}
    assert names(one, "en")["P2"] == "陈伟 (P2)"


@pytest.mark.parametrize(
    ("asked", "zh", "en"),
    [
        (Wish(may(4)), "05-04 休息", "off on 05-04"),
        (Wish(may(4), "night"), "05-04 夜班休息", "off on 05-04 night"),
        (Wish(may(4), "night", off=False), "05-04 夜班上班", "on duty on 05-04 night"),
    ],
)
def test_a_wish_is_said_as_it_was_asked(asked: Wish, zh: str, en: str) -> None:
    assert (wish(asked, "zh"), wish(asked, "en")) == (zh, en)
