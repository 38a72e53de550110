"""Lists of people as leads keep them come in whole, or not at all and with every fault named."""

from datetime import date

import pytest

from shifts.model import Duty, Person, Wish
from station.imported import Imported, sentence
from station.people_import import read_people
from station.texts import LANGUAGES
from tests.shifts.rosters import MAY, may
from tests.station.tables import csv_of, xlsx_of

CHECKPOINTS = {"LS": "龙士", "SD": "圣地亚哥"}
HEADING = ("姓名", "工号", "单位", "岗位")
CHEN = ("陈志强", "1001", "区建设局", "查码、测温")


def told(imported: Imported) -> list[str]:
    """Where there is a problem there is nothing else; each says something in both languages."""
    if imported.problems:
        assert (imported.people, imported.assignments) == ((), frozenset())
    for one in (*imported.problems, *imported.notes):
        assert all("…" not in sentence(one, language) for language in LANGUAGES)
    return [sentence(one, "zh") for one in imported.problems]


def read(content: bytes) -> tuple[Person, ...]:
    imported = read_people(content, MAY)
    assert told(imported) == []
    return imported.people


def faults(*rows: tuple[str, ...], heading: tuple[str, ...] = HEADING) -> list[str]:
    return told(read_people(csv_of(heading, *rows), MAY, checkpoints=CHECKPOINTS if "查验点" in heading else None))


CHEN_READ = Person("1001", "陈志强", frozenset({"区建设局"}), frozenset({Duty.CODE_CHECKER, Duty.TEMPERATURE}), "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_reads_the_same_in_every_writing(encoding: str, separator: str) -> None:
    content = csv_of(HEADING, CHEN, separator=separator, encoding=encoding)
    assert read(content) == (CHEN_READ,)


def test_a_workbook_reads_as_a_text_does_and_a_number_is_a_code() -> None:
    assert read(xlsx_of(HEADING, ("陈志强", 1001, "区建设局", "查码、测温"))) == (CHEN_READ,)


def test_what_is_understood_beside_a_fault_is_shown_and_not_kept() -> None:
    imported = read_people(csv_of(HEADING, CHEN, ("林晓岚", "", "区建设局", "查码")), MAY)
    assert told(imported) == ["第 3 行 B 列：“工号”是空的，请填写"]
    assert imported.understood == (CHEN_READ,)


def test_headings_are_english_or_full_width_too_and_in_any_order_below_a_title() -> None:
    assert read(csv_of(("Code", "Name", "Duty", "Unit"), ("1001", "陈志强", "code checker;temperature", "区建设局")))
    title = ("５月 查验人员名单", "", "", "")
    assert read(csv_of(title, ("姓　名", "工　号", "单位（全称）", "岗位*"), CHEN)) == (CHEN_READ,)


def test_full_width_digits_letters_and_blanks_are_ordinary() -> None:
    (person,) = read(csv_of(HEADING, ("张　三", "Ａ１００１", "　区建设局　", "查码员；测温／登记")))
    assert (person.name, person.code) == ("张三", "A1001")
    assert person.units == {"区建设局"}
    assert person.duties == {Duty.CODE_CHECKER, Duty.TEMPERATURE, Duty.RECORDER}


def test_a_person_may_belong_to_two_units() -> None:
    assert read(csv_of(HEADING, ("陈志强", "1001", "区建设局、区交警大队", "引导")))[0].units == {
        "区建设局",
        "区交警大队",
    }


def test_all_that_a_roster_asks_for_can_be_said() -> None:
    heading = (*HEADING, "查验点", "出生年份", "参加工作", "不上夜班", "请假", "希望休息")
    row = (*CHEN, "龙士", "1968年", "2021年7月", "是", "5月4日至6日、5/9，2026-05-20", "5月10日")
    imported = read_people(csv_of(heading, row, separator="\t"), MAY, checkpoints=CHECKPOINTS)
    assert told(imported) == []
    (person,) = imported.people
    assert (person.home, person.birth_year, person.since, person.no_night) == ("LS", 1968, date(2021, 7, 1), True)
    assert person.leave == {may(4), may(5), may(6), may(9), may(20)}
    assert person.wishes == (Wish(may(10)),)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("2026-05-04", [4]),
        ("2026/5/4", [4]),
        ("2026.5.4", [4]),
        ("2026年5月4日", [4]),
        ("２０２６－０５－０４", [4]),
        ("20260504", [4]),
        ("2026-05-04 00:00:00", [4]),
        ("5月4日(周一)", [4]),
        ("5月4号 星期一", [4]),
        ("5/4", [4]),
        ("46146", [4]),
        ("5月4日、6日", [4, 6]),
        ("5月4日-5月6日", [4, 5, 6]),
        ("2026-05-04~2026-05-05", [4, 5]),
        ("5月4日—6日；5月9日", [4, 5, 6, 9]),
        ("5月4日 5月8日", [4, 8]),
        ("无", []),
        ("", []),
    ],
)
def test_days_are_read_as_people_write_them(said: str, days: list[int]) -> None:
    (person,) = read(csv_of((*HEADING, "请假"), (*CHEN, f'"{said}"')))
    assert person.leave == {may(day) for day in days}


@pytest.mark.parametrize(
    "said", ["5月32日", "2026-02-29", "下周", "5月6日至5月4日", "4", "13/5", "9999-12-31至1月2日", "0001-01-01"]
)
def test_a_day_that_is_none_is_named(said: str) -> None:
    (fault,) = faults((*CHEN, said), heading=(*HEADING, "请假"))
    assert fault.startswith(f"第 2 行 E 列：日期“{said}”不对")


def test_the_year_left_out_is_the_nearest_and_a_leap_day_has_its_year() -> None:
    (person,) = read(csv_of((*HEADING, "请假"), (*CHEN, "12月31日、2月29日")))
    assert person.leave == {date(2025, 12, 31), date(2028, 2, 29)}


def test_excel_s_own_days_and_years_are_days_and_years() -> None:
    (person,) = read(xlsx_of((*HEADING, "请假", "出生年份"), (*CHEN, date(2026, 5, 4), 1990.0)))
    assert person.leave == {may(4)}
    assert person.birth_year == 1990


@pytest.mark.parametrize(
    ("heading", "row", "sentence_told"),
    [
        (HEADING, ("陈志强", "1001", "区建设局", "查马"), "第 2 行 D 列：没有岗位“查马”，是不是“查码”？"),
        (HEADING, ("陈志强", "1001", "区建设局", "炊事"), "第 2 行 D 列：没有岗位“炊事”，可选：带班组长"),
        (HEADING, ("", "1001", "区建设局", "查码"), "第 2 行 A 列：“姓名”是空的，请填写"),
        (HEADING, ("陈志强", "1001", "", "查码"), "第 2 行 C 列：“单位”是空的，请填写"),
        ((*HEADING, "出生年份"), (*CHEN, "75"), "第 2 行 E 列：出生年份“75”不对"),
        ((*HEADING, "不上夜班"), (*CHEN, "看情况"), "第 2 行 E 列：“看情况”不明白"),
        ((*HEADING, "查验点"), (*CHEN, "龙仕"), "第 2 行 E 列：没有查验点“龙仕”，是不是“龙士”？"),
        ((*HEADING, "出生年分"), (*CHEN, "1975"), "第 1 行 E 列：不认识的列“出生年分”，是不是“出生年”？"),
        ((*HEADING, ""), (*CHEN, "1975"), "第 1 行 E 列：这一列有内容，但没有表头"),
        ((*HEADING, "名字"), (*CHEN, "陈"), "第 1 行 E 列：“名字”这一列出现两次"),
        (("姓名", "工号", "岗位"), ("陈志强", "1001", "查码"), "第 1 行：缺少“单位”一列"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    heading: tuple[str, ...], row: tuple[str, ...], sentence_told: str
) -> None:
    (fault,) = faults(row, heading=heading)
    assert fault.startswith(sentence_told)


def test_all_problems_are_told_at_once() -> None:
    assert len(faults(("陈志强", "1001", "区建设局", "炊事"), ("", "1002", "", "查码"))) == 3


def test_two_with_one_code_are_refused_and_two_of_one_name_are_noted() -> None:
    assert faults(CHEN, ("李四", "1001", "区建设局", "登记")) == [
        "第 3 行 B 列：工号 1001 与第 2 行重复：请删去一行，或改工号"
    ]
    imported = read_people(csv_of(HEADING, CHEN, ("陈志强", "1002", "区建设局", "登记")), MAY)
    assert told(imported) == []
    assert [sentence(note, "zh") for note in imported.notes] == ["第 3 行 A 列：与第 2 行同名（陈志强），以工号区分"]


def test_a_column_nobody_needs_is_passed_over_and_said() -> None:
    imported = read_people(csv_of((*HEADING, "联系电话"), (*CHEN, "13800000000")), MAY)
    assert told(imported) == []
    assert [sentence(note, "en") for note in imported.notes] == ["row 1, column E: The column “联系电话” was not used"]


def test_totals_and_what_is_written_under_the_table_are_no_people() -> None:
    assert len(read(csv_of(HEADING, CHEN, ("合计", "1 人", "", ""), ("制表：王五", "", "", "")))) == 1


@pytest.mark.parametrize("content", [csv_of(("a", "b"), ("1", "2")), b"\xff\xd8\xff\xe0 JFIF", "今天天气".encode()])
def test_what_is_no_list_is_said_to_be_none(content: bytes) -> None:
    assert len(told(read_people(content, MAY))) == 1


def test_a_code_s_blanks_only_make_it_easier_to_read() -> None:
    assert read(csv_of(HEADING, ("陈志强", "10 01", "区建设局", "查码、测温"))) == (CHEN_READ,)
    both = faults(CHEN, ("林晓岚", "10 01", "区建设局", "查码"))
    assert both == ["第 3 行 B 列：工号 1001 与第 2 行重复：请删去一行，或改工号"]


def test_faults_of_a_row_are_told_from_left_to_right() -> None:
    heading = ("希望休息", *HEADING, "不上夜班", "请假", "参加工作")
    found = faults(("哪天", *CHEN, "也许", "五月", "很久"), heading=heading)
    assert [one.split("：")[0] for one in found] == [f"第 2 行 {column} 列" for column in "AFGH"]


def test_a_sheet_beside_a_list_is_said_to_be_no_list() -> None:
    imported = read_people(xlsx_of(名单=[HEADING, CHEN], 说明=[("五月", "六月")]), MAY)
    assert told(imported) == []
    assert [sentence(one, "zh") for one in imported.notes] == ["“说明”：这张表不是人员名单，没有导入"]
