"""`station roster check`: each breach as its sentence, and each file that is none."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from shifts.model import TWO_SHIFTS, Period, Seat
from shifts.problem_file import write_problem
from shifts.roster_csv import write_roster
from tests.shifts.rosters import LS, SD, may, person, problem, works
from tests.ui.conftest import Answer, Station
from tests.ui.roster_command.samples import COVERED, ROOT, SMALL, UNIT, Given, Rostered, needs


def test_each_breach_is_a_sentence_the_hard_ones_first(station: Station, given: Given, rostered: Rostered) -> None:
    roster = rostered(*COVERED[1:], works(4, "middle", "O2"), works(4, "night", "L1", at=SD))
    answer = station("roster", "check", given(SMALL), roster)
    assert answer.code == 10
    lines = answer.out.splitlines()
    assert "必须改：龙士 05-04 早班 08:00–16:00 到岗 0 人，需 1 人；可补 王小明（查码）" in lines
    rest = "必须改：林晓岚 休息仅 8 小时（需 11）：05-04 中班 24:00 下班 → 05-05 早班 08:00 上班；"
    assert any(line.startswith(rest + "林晓岚 可不上 05-04 中班，人仍够") for line in lines)
    assert "说明：陈志强 借调到 圣地亚哥：05-04 夜班 次日 00:00–08:00" in lines
    kinds = [line.partition("：")[0] for line in lines]
    assert kinds == sorted(kinds, key=["必须改", "提醒", "说明"].index)


def test_a_roster_in_order_says_so_and_a_machine_can_read_it(
    station: Station, given: Given, rostered: Rostered
) -> None:
    path, roster = given(SMALL), rostered(*COVERED)
    assert station("roster", "check", path, roster) == Answer(0, "没有违反任何规则\n", "")
    said = station("roster", "check", path, roster, "--json").json
    assert said == {"clean": True, "breaches": [], "information": 0, "warning": 0, "hard": 0}
    broken = station("roster", "check", path, rostered(*COVERED[1:]), "--json", "--language", "en").json
    (breach,) = broken["breaches"]
    assert (breach["rule"], breach["severity"], breach["checkpoint"]) == ("coverage", "hard", LS)
    assert breach["text"] == "龙士, 05-04 early 08:00–16:00: 0 of 1 heads"
    assert (breach["mendable"], breach["remedies"][0]) == (True, "陈志强 (code checker) can come")


def test_as_many_breaches_come_with_a_remedy_as_asked(station: Station, given: Given, rostered: Rostered) -> None:
    path, roster = given(SMALL), rostered()
    lines = station("roster", "check", path, roster, "--remedies", "2").out.splitlines()
    assert [("；" in line) for line in lines] == [True, True, False, False, False]
    said = station("roster", "check", path, roster, "--remedies", "1", "--json").json
    assert ["remedies" in one for one in said["breaches"]] == [True, False, False, False, False]


def test_an_empty_roster_lacks_everybody(station: Station, given: Given, rostered: Rostered) -> None:
    answer = station("roster", "check", given(SMALL), rostered())
    assert (answer.code, len(answer.out.splitlines())) == (10, 5)


def test_a_leap_day_is_a_day_and_a_month_s_edge_no_wall(station: Station, given: Given, rostered: Rostered) -> None:
    leap = date(2028, 2, 29)
    one = problem(person("O1", name="王小明"), period=Period(date(2028, 2, 28), 3), demands=(needs(leap),))
    path = given(one)
    assert station("roster", "check", path, rostered(works(leap, "early", "O1"))).code == 0
    night = rostered(works(leap, "early", "O1"), works(leap - timedelta(days=1), "night", "O1"))
    said = station("roster", "check", path, night).out
    assert "王小明 休息仅 0 小时（需 11）：02-28 夜班 次日 08:00 下班 → 02-29 早班 08:00 上班" in said


def test_somebody_in_two_units_takes_one_seat_of_two(station: Station, given: Given, rostered: Rostered) -> None:
    both = person("O1", name="王小明", units=frozenset({UNIT, "区建设局"}))
    seats = (Seat(unit=UNIT), Seat(unit="区建设局"))
    one = problem(both, person("O2", units=frozenset({"志愿者"})), demands=(needs(may(4), *seats, heads=2),))
    answer = station("roster", "check", given(one), rostered(works(4, "early", "O1"), works(4, "early", "O2")))
    assert answer.code == 10
    assert "到岗 2 人，需 2 人，缺 " in answer.out


def test_two_people_of_one_name_are_told_apart(station: Station, given: Given, rostered: Rostered) -> None:
    one = problem(person("O1", name="陈伟"), person("O2", name="陈伟"), period=Period(may(4), 7))
    answer = station("roster", "check", given(one), rostered(*(works(4, shift, "O2") for shift in ("early", "middle"))))
    assert "陈伟（O2） 同一天排了两个班" in answer.out


# --- files ---


def test_two_people_of_one_code_are_refused_by_name(station: Station, tmp_path: Path) -> None:
    path = tmp_path / "P.json"
    path.write_text(write_problem(SMALL).replace('"code": "O2"', '"code": "O1"'), "utf-8")
    answer = station("roster", "check", path, path)
    assert (answer.code, answer.err) == (64, "人员编号 O1 出现两次，请删去重复的一个，或改其编号\n")


@pytest.mark.parametrize(
    ("slip", "zh", "en"),
    [
        (('"people"', '"peple"'), "文件最外层：缺少“people”", "the document: “people” is missing"),
        (('"home": "LS"', '"home": "XX"'), "没有查验点 XX", "there is no checkpoint XX"),
        (('"home": "LS"', '"home": "LS", "hat": 1'), "people[0]：不认识的项“hat”", "people[0]: unknown key “hat”"),
        (('"heads": 1', '"heads": "one"'), "demands[0].heads：值不对，应为 0–1000", "expected 0–1000"),
        (('"day": "2026-05-04"', '"day": "2026-02-29"'), "值不对，应为 日历上有的一天", "expected a day that exists"),
        (('"day": "2026-05-04"', '"day": "2026-06-04"'), "2026-06-04 不在排班期内", "2026-06-04 is outside"),
        (('"period"', "period"), "第 2 行第 1 列，此处应是双引号中的键", "column 1: a key in double quotes"),
        (('"heads": 1', '"heads": NaN'), "NaN：值不对，应为 数字", "NaN: wrong value, expected a number"),
        (('"pins": []', '"pins": {}'), "pins：值不对，应为 方括号", "expected a list in [ ]"),
    ],
)
def test_what_is_wrong_with_a_problem_is_said_with_its_place(
    station: Station, tmp_path: Path, slip: tuple[str, str], zh: str, en: str
) -> None:
    path, text = tmp_path / "P.json", write_problem(SMALL)
    assert slip[0] in text
    path.write_text(text.replace(*slip, 1), "utf-8")
    for language, words in (("zh", zh), ("en", en)):
        answer = station("roster", "check", path, path, "--language", language)
        assert (answer.code, answer.out) == (64, "")
        assert words in answer.err


def test_why_a_file_cannot_be_read_is_said_in_the_reader_s_language(station: Station, tmp_path: Path) -> None:
    for path, zh, en in (
        (tmp_path / "gone.json", "没有这个文件或文件夹", "there is no such file or folder"),
        (tmp_path, "这是一个文件夹", "it is a folder"),
    ):
        assert f"：{zh}\n" in station("roster", "check", path, path).err
        assert f": {en}\n" in station("roster", "check", path, path, "--language", "en").err
    assert "没有这个文件或文件夹" in station("trust", "import", tmp_path / "gone.pem").err


@pytest.mark.parametrize(
    ("table", "zh"),
    [
        ("", "班表第 1 行：表头应为 checkpoint,date,shift,duty,person"),
        ("checkpoint,date,shift,duty,person\nLS,2026-05-04,early,lead\n", "第 2 行：列数与表头不符"),
        ("checkpoint,date,shift,duty,person\nLS,2026-02-29,early,lead,O1\n", "第 2 行：日期不对，例如 2026-05-04"),
        ("checkpoint,date,shift,duty,person\nLS,2026-05-04,early,cook,O1\n", "没有这个岗位"),
        ("checkpoint,date,shift,duty,person\nLS,2026-05-04,early,lead,\n", "这一格是空的（person）"),
        ("checkpoint,date,shift,duty,person\n" + "LS,2026-05-04,early,lead,O1\n" * 2, "第 3 行：与前面一行重复"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_line(
    station: Station, given: Given, tmp_path: Path, table: str, zh: str
) -> None:
    roster = tmp_path / "R.csv"
    roster.write_text(table, "utf-8")
    answer = station("roster", "check", given(SMALL), roster)
    assert (answer.code, answer.out) == (64, "")
    assert zh in answer.err


def test_a_table_from_a_spreadsheet_in_gbk_is_read(station: Station, given: Given, tmp_path: Path) -> None:
    one = replace(SMALL, people=(person("王小明"), *SMALL.people[1:]), demands=())
    roster = tmp_path / "R.csv"
    roster.write_bytes(write_roster([works(4, "early", "王小明")]).encode("gb18030"))
    assert station("roster", "check", given(one), roster).code == 0


def test_a_shipped_pack_is_called_by_its_name_and_no_other_is_guessed(
    station: Station, given: Given, rostered: Rostered
) -> None:
    path, roster = given(replace(SMALL, plans={LS: TWO_SHIFTS}, demands=())), rostered(works(4, "day", "O1"))
    document = json.loads(path.read_text("utf-8"))
    for name, code, zh in (
        ("emergency", 0, "只需 0 人"),
        ("labour_law", 10, "一班 12 小时（至多 8）"),
        ("emergancy", 64, "rules.name：没有规则包“emergancy”，现有 labour_law, comprehensive, emergency；若是"),
    ):
        path.write_text(json.dumps(document | {"rules": {"name": name}}), "utf-8")
        answer = station("roster", "check", path, roster)
        assert answer.code == code
        assert zh in answer.out + answer.err


def test_names_nobody_knows_are_breaches_not_crashes(station: Station, given: Given, rostered: Rostered) -> None:
    roster = rostered(works(4, "early", "X9"), works(4, "early", "O1", at="XX"), works(4, "dawn", "O1"))
    answer = station("roster", "check", given(SMALL), roster)
    assert answer.code == 10
    assert "名单里没有“X9”（人员）" in answer.out
    repaired = station("roster", "repair", given(SMALL), roster, "--ill", "O1", "--from", "2026-05-04")
    assert repaired.code == 10
    assert "名单里没有“XX”（查验点）" in repaired.err


@pytest.mark.parametrize(
    ("words", "zh"),
    [
        (("repair", "P", "R", "--ill", "O1", "--from", "5月4日"), "日期“5月4日”不对，例如 2026-05-04"),
        (("repair", "P", "R", "--ill", "X9", "--from", "2026-05-04"), "没有编号为 X9 的人员"),
        (("repair", "P", "R", "--ill", "O1", "--from", "2026-05-06", "--to", "2026-05-05"), "请对调"),
        (("repair", "P", "R", "--ill", "O1", "--from", "2026-05-04", "--solve"), "缺少 --out"),
        (("generate", "P", "--out", "R", "--seconds", "0"), "秒数“0”不对"),
        (("generate", "P", "--out", "nowhere/R.csv"), "无法写入 nowhere/R.csv：没有文件夹 nowhere"),
        (("generate", "P", "--out", "."), "无法写入 .：这是一个文件夹"),
        (("generate", "P", "--out", "P"), "是读入的文件，不会改写"),
        (("generate", "P", "--out", "R.csv", "--seed", "99999999999999999999"), "种子“99999999999999999999”不对"),
        (("generate", "P", "--out", "R.csv", "--seed", "-1"), "种子“-1”不对"),
        (
            ("repair", "P", "R", "--ill", "O1", "--from", "2026-05-04", "--solve", "--out", "R"),
            "是读入的文件，不会改写",
        ),
        (("export", "--csv", "R.csv", "--person", "O1"), "--person 只与 --ics 同用"),
        (("export", "--ics", "all", "--start", "2026-05-04"), "--start 不能与 --ics 同用"),
        (("generate", "P"), "缺少 --out"),
        (("export",), "用法不对"),
        (("mend",), "不能是 'mend'"),
    ],
)
def test_wrong_use_is_64_with_a_sentence(
    station: Station, given: Given, rostered: Rostered, words: tuple[str, ...], zh: str
) -> None:
    files = {"P": given(SMALL), "R": rostered(*COVERED)}
    answer = station("roster", *(files.get(word, word) for word in words))
    assert (answer.code, answer.out) == (64, "")
    assert zh in answer.err


def test_the_manual_s_example_is_a_problem_and_names_every_key(station: Station, tmp_path: Path) -> None:
    manual = (ROOT / "docs" / "roster.md").read_text("utf-8")
    path, out = tmp_path / "P.json", tmp_path / "R.csv"
    path.write_text(manual.split("```json\n")[1].split("```")[0], "utf-8")
    assert station("roster", "generate", path, "--out", out, "--seconds", "1").code == 0
    header, *lines = out.read_text("utf-8").splitlines()
    assert header in manual
    assert "LS,2026-05-04,early,lead,1001" in lines
    assert not [key for key in json.loads(write_problem(SMALL)) if f"`{key}`" not in manual]
