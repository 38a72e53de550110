"""Why a roster cannot be covered, as a lead reads it."""

from dataclasses import replace

import pytest

from shifts.errors import Conflict, Infeasible, Limit, Reason, Relief, Request, Shortage
from shifts.findings import Rule
from shifts.model import DatedShift, Duty, Seat
from shifts.solver.why import RULES
from station.texts import LANGUAGES, Language
from station.texts_infeasible import LIMITS, REQUESTS, code_of, infeasible, limit, summary, why
from tests.shifts.rosters import LS, SD, may

NAMES = {"P1": "王小明", "P2": "林晓岚", LS: "龙士", SD: "圣地亚哥"}
NIGHT = DatedShift(may(4), "night")
GAP = Shortage(SD, NIGHT, Seat(Duty.LEAD), 1)
AWAY = Conflict(Request.LEAVE, "P1", (may(4), may(5)))
SICK = Conflict(Request.NO_NIGHT, "P2")


@pytest.mark.parametrize(
    ("seat", "zh", "en"),
    [
        (Seat(Duty.LEAD), "缺 1 名带班组长", "1 × lead"),
        (Seat(unit="交通检疫组"), "缺 1 名组员（交通检疫组）", "1 × member (交通检疫组)"),
        (Seat(Duty.LEAD, "交通检疫组"), "缺 1 名带班组长（交通检疫组）", "1 × lead (交通检疫组)"),
        (None, "缺 1 名组员", "1 × member"),
        (Seat(), "缺 1 名组员", "1 × member"),
    ],
)
def test_what_a_shift_lacks_is_named(seat: Seat | None, zh: str, en: str) -> None:
    told = Infeasible((replace(GAP, seat=seat),))
    assert infeasible(told, NAMES, "zh")[0] == f"圣地亚哥 05-04 夜班 {zh}"
    assert infeasible(told, NAMES, "en")[0] == f"圣地亚哥, 05-04 night lacks {en}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_request_and_every_rule_in_the_way_has_its_sentence(language: Language) -> None:
    assert set(REQUESTS) == set(Request)
    assert set(LIMITS) == set(RULES)
    conflicts = tuple(Conflict(one, "P1", (may(4), may(5)), LS, NIGHT) for one in Request)
    limits = tuple(Limit(rule, 7.5) for rule in RULES)
    said = why(Infeasible((GAP,), (Reason((GAP,), conflicts, limits),)), NAMES, language)
    assert sum("王小明" in line for line in said) == len(Request)
    assert sum("7.5" in line for line in said) == len(RULES)
    assert any("05-04" in line and "05-05" in line for line in said)


def test_one_shift_with_two_empty_seats_is_one_shift() -> None:
    told = Infeasible((GAP, replace(GAP, seat=Seat(Duty.RECORDER))))
    assert summary(told, "zh") == "排不满：1 个查验点的 1 个班共缺 2 人"
    assert "people lacking: 2, shifts: 1" in summary(told, "en")


def test_a_doctors_word_is_told_and_never_offered() -> None:
    said = why(Infeasible((GAP,), (Reason((GAP,), (SICK, AWAY)),)), NAMES, "zh")
    assert said == [
        "与下列要求不能同时满足，放宽其一或可排满：",
        "王小明 请假：05-04、05-05",
        "医嘱，不能放宽：",
        "林晓岚 有医嘱不上夜班",
    ]


def test_each_shift_has_its_own_reason_and_what_has_none_is_counted() -> None:
    gaps = [replace(GAP, shift=DatedShift(may(day), "early")) for day in (4, 5, 6, 7)]
    reasons = Reason((gaps[0], gaps[1]), (AWAY,)), Reason((gaps[2],), (), (Limit(Rule.REST, 11.0),))
    said = why(Infeasible(tuple(gaps), reasons), NAMES, "zh")
    assert said[0] == "圣地亚哥 05-04 早班 等 2 个班："
    assert said[3:6] == ["圣地亚哥 05-06 早班：", "受规则所限：", "两班之间至少休息 11 小时"]
    assert said[-1] == "另有 1 个班未及查出原因"


def test_the_reason_comes_first_and_shifts_alike_are_one_line() -> None:
    days = (4, 5, 6, 8)
    gaps = [Shortage(LS, DatedShift(may(day), code), None, 2) for day in days for code in ("day", "night")]
    told = Infeasible((*gaps, GAP), (Reason(tuple(gaps), (), (Limit(Rule.SHIFT_HOURS, 8.0),)),))
    assert infeasible(told, NAMES, "zh") == [
        "受规则所限：",
        "一班至多 8 小时",
        "因此缺人：",
        "龙士 05-04 至 05-06、05-08 白班 每班缺 2 名组员",
        "龙士 05-04 至 05-06、05-08 夜班 每班缺 2 名组员",
        "圣地亚哥 05-04 夜班 缺 1 名带班组长",
        "另有 1 个班未及查出原因",
    ]
    assert infeasible(told, NAMES, "en")[3] == "龙士, 05-04 to 05-06, 05-08 day lacks 2 × member each"


def test_where_people_simply_lack_it_says_how_many_would_do() -> None:
    reasons, relief = (Reason((GAP,)),), (Relief(GAP.seat, 1), Relief(None, 2))
    assert why(Infeasible((GAP,), reasons, relief), NAMES, "zh") == ["再有 1 名带班组长、2 名组员，就能排满"]
    assert why(Infeasible((GAP,), reasons, relief), NAMES, "en") == ["With 1 × lead, 2 × member more it can be covered"]
    assert "增派" in why(Infeasible((GAP,), reasons), NAMES, "zh")[-1]


def test_a_number_that_was_not_shown_to_be_the_fewest_is_told_as_at_most() -> None:
    told = Infeasible((replace(GAP, missing=3, exact=False),), (), (Relief(GAP.seat, 2, exact=False),))
    assert summary(told, "zh") == "排不满：1 个查验点的 1 个班至多缺 3 人（未能证明最少缺这么多）"
    assert "at most 3 people lack (not proven)" in summary(told, "en")
    assert "至多还缺 3 人" in summary(Infeasible(told.shortages, proven=False), "zh")
    assert infeasible(told, NAMES, "zh")[0] == "圣地亚哥 05-04 夜班 至多缺 3 名带班组长"
    assert infeasible(told, NAMES, "en")[0] == "圣地亚哥, 05-04 night lacks at most 3 × lead"
    assert why(told, NAMES, "zh")[0] == "至多再有 2 名带班组长，就能排满（未能证明非这么多不可）"
    assert why(told, NAMES, "en")[0].startswith("With at most 2 × lead more")


def test_what_is_not_proven_says_so() -> None:
    assert "未能证明" in infeasible(Infeasible((GAP,), proven=False), NAMES, "zh")[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_is_not_called_a_matter_of_time(language: Language) -> None:
    pins = Reason((), (Conflict(Request.PIN, "P1", (may(4),), LS, NIGHT),))
    codes = {code_of(Infeasible()), code_of(Infeasible((), (pins,))), code_of(Infeasible((GAP,)))}
    assert codes == {"roster_impossible", "roster_contradicted", "roster_infeasible"}
    assert "--seconds" not in summary(Infeasible((), (pins,)), language)
    assert code_of(Infeasible((GAP,), proven=False)) == "roster_uncovered"


def test_a_rule_is_said_with_its_figure() -> None:
    assert limit(Limit(Rule.REST, 11.0), "en") == "Rest between two shifts: 11 h at least"
