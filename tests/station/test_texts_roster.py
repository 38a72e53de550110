"""What a breach says to a lead: every rule in both languages, with its figures."""

from dataclasses import replace

import pytest

from shifts.findings import Finding, Rule
from shifts.model import TWO_SHIFTS, DatedShift, Demand, Duty, Seat, Wish
from shifts.rule_pack import RulePack, Severity
from shifts.rules import Breach, check
from station.texts import LANGUAGES, Language
from station.texts_roster import BREACHES, breach
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
    return {one.rule: one for one in (*found, *twelve)}


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
        "龙士 05-20 早班 到岗 0 人，需 2 人，缺 带班组长、登记（交通检疫组）"
    )


def test_too_short_a_rest_says_how_short() -> None:
    finding = Finding(
        {"hours": 8.0, "need": 11.0}, "P1", None, (DatedShift(may(4), "night"), DatedShift(may(5), "middle"))
    )
    said = breach(Breach(Rule.REST, Severity.HARD, finding), NAMES, "zh")
    assert said == "王小明 休息仅 8 小时（需 11）：05-04 夜班 → 05-05 中班"
