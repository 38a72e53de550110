"""What would mend a breach, as a lead reads it."""

from dataclasses import replace

import pytest

from shifts.findings import Rule
from shifts.model import Assignment, DatedShift, Demand, Duty, Person, RosterProblem, Seat
from shifts.publishing import Change
from shifts.remedies import Advice, Remedy, Way, remedies
from shifts.rule_pack import Severity
from shifts.rules import OF_PEOPLE, Breach, check
from station.texts import LANGUAGES, Language
from station.texts_remedies import BARRED, WAYS, advice, with_advice
from tests.shifts.rosters import LS, may, person, problem, row, works

NAMES = {"P1": "王小明", "P2": "李四", "P3": "张伟", LS: "龙士"}


def breach_of(asked: RosterProblem, roster: list[Assignment], rule: Rule) -> tuple[Advice, Breach]:
    breach = next(one for one in check(asked, roster) if one.rule is rule)
    return remedies(asked, frozenset(roster), breach), breach


def need(*days: int, shift: str = "early", seats: tuple[Seat, ...] = ()) -> tuple[Demand, ...]:
    return tuple(Demand(LS, DatedShift(may(day), shift), 1, seats) for day in days)


def crew(*people: Person) -> RosterProblem:
    return problem(*people, demands=(*need(4, shift="night"), *need(5, shift="middle"), *need(8, shift="middle")))


def test_rule_numbers_and_remedy_in_one_sentence() -> None:
    asked = crew(person("P1"), person("P2", leave=frozenset({may(5)})), person("P3"))
    told, breach = breach_of(asked, [*row("NM"), works(8, "middle", "P3")], Rule.REST)
    assert with_advice(told, breach, NAMES, "zh") == (
        "王小明 休息仅 8 小时（需 11）：05-04 夜班 次日 08:00 下班 → 05-05 中班 16:00 上班；"
        "05-05 中班可由 张伟 顶；或 05-05 中班可换 05-08 中班（与 张伟 对换）"
    )
    assert with_advice(told, breach, NAMES, "en") == (
        "王小明 rests only 8 h (needs 11): 05-04 night ends next day 08:00 → 05-05 middle begins 16:00; "
        "张伟 can take 05-05 middle; or 05-05 middle can be traded for 05-08 middle, with 张伟"
    )


def test_a_gap_says_who_can_come_and_as_what() -> None:
    asked = problem(person("P1"), person("P2"), demands=need(4, seats=(Seat(Duty.RECORDER),)))
    told, breach = breach_of(asked, [], Rule.COVERAGE)
    assert advice(told, breach, NAMES, "zh") == ["可补 王小明（登记）"]


def test_where_nobody_can_it_says_how_many_could_and_what_keeps_them() -> None:
    away = frozenset({may(4)})
    staff = person("P1", leave=away), person("P2", leave=away), person("P3", leave=frozenset({may(6)}))
    seats = (Seat(Duty.LEAD),)
    asked = problem(*staff, demands=need(4, seats=seats))
    told, breach = breach_of(asked, [works(4, "middle", "P3")], Rule.COVERAGE)
    assert advice(told, breach, NAMES, "zh") == ["05-04 早班无人可顶：能任带班组长的 3 人，请假 2、当天有班 1"]
    nobody = problem(person("P1", duties=frozenset({Duty.TRAFFIC})), demands=need(4, seats=seats))
    told, breach = breach_of(nobody, [], Rule.COVERAGE)
    assert advice(told, breach, NAMES, "zh") == ["05-04 早班无人可顶：没有别人能任带班组长，请增派"]
    assert advice(told, breach, NAMES, "en") == ["nobody else can be lead at 05-04 early: send somebody"]


def test_where_one_change_is_not_enough_that_is_said() -> None:
    told, breach = breach_of(problem(), row("NNNNNNNNNN"), Rule.NIGHTS_IN_ROW)
    assert advice(told, breach, NAMES, "zh") == ["改动一处解决不了，请多改几处或自动排班"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_and_every_reason_has_its_words(language: Language) -> None:
    assert set(WAYS) == set(Way)
    assert set(BARRED) == set(OF_PEOPLE)
    _, breach = breach_of(crew(person("P1")), row("NM"), Rule.REST)
    one, other = works(5, "middle"), works(8, "early", "P2", duty=Duty.LEAD)
    for way in Way:
        for about in (breach, replace(breach, rule=Rule.COVERAGE), replace(breach, rule=Rule.UNKNOWN)):
            remedy = Remedy(way, one, Change(), (other, one), news=(breach, replace(breach, severity=Severity.WARNING)))
            [said] = advice(Advice((remedy,)), about, NAMES, language)
            assert "{" not in said
            assert "P1" not in said
