"""Rosters in every shape leads keep them: rows, a grid of people, a grid of shifts; and each fault with its place."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from shifts.model import TWO_SHIFTS, Assignment, DatedShift, Demand, Duty, Period, RosterProblem, Seat
from shifts.roster_csv import write_roster
from station.imported import Imported, sentence
from station.roster_import import read_roster
from station.texts import LANGUAGES
from tests.shifts.rosters import LS, SD, may, person, problem, works
from tests.station.tables import csv_of, xlsx_of

ZHANG = person("1001", name="张伟")
LI = person("1002", name="李秀英")
WANG = person("1003", name="欧阳建国", home=SD)
ROSTER = problem(ZHANG, LI, WANG, names={LS: "龙士", SD: "圣地亚哥"})
WEEK = tuple(may(day) for day in range(4, 11))


def told(imported: Imported) -> list[str]:
    """Where there is a problem there is nothing else; each says something in both languages."""
    if imported.problems:
        assert (imported.people, imported.assignments) == ((), frozenset())
    for one in (*imported.problems, *imported.notes):
        assert all("…" not in sentence(one, language) for language in LANGUAGES)
    return [sentence(one, "zh") for one in imported.problems]


def read(content: bytes, of: RosterProblem = ROSTER, **options: Any) -> frozenset[Assignment]:
    imported = read_roster(content, of, **options)
    assert told(imported) == []
    return imported.assignments


def faults(*rows: Sequence[str], of: RosterProblem = ROSTER) -> list[str]:
    return told(read_roster(csv_of(*rows), of))


ROWS = ("查验点", "日期", "班次", "岗位", "姓名")
TWO = {works(4, "early", "1001", duty=Duty.LEAD), works(5, "night", "1002", at=SD)}


# --- rows ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_row_is_an_assignment(encoding: str) -> None:
    rows = (("龙士", "2026-05-04", "早班", "带班组长", "张伟"), ("SD", "5月5日", "夜", "查码", "1002"))
    assert read(csv_of(ROWS, *rows, encoding=encoding)) == TWO
    assert read(xlsx_of(ROWS, *rows)) == TWO


def test_the_program_s_own_table_comes_in_as_it_went_out() -> None:
    assert read(write_roster(TWO).encode()) == TWO


def test_a_night_is_its_shift_s_day() -> None:
    assert {one.shift for one in read(csv_of(ROWS, ("龙士", "5/31", "Ｎ", "查码", "张伟")))} == {
        DatedShift(may(31), "night")
    }


def test_a_shift_may_be_named_by_its_hours_and_people_by_code_and_name() -> None:
    heading = ("查验点", "日期", "班次", "岗位", "工号", "姓名")
    assert read(csv_of(heading, ("龙士", "5月4日", "8:00-16:00", "组长", "1001", "张　伟"))) == {
        works(4, "early", "1001", duty=Duty.LEAD)
    }


def test_twelve_hour_shifts_have_their_own_words() -> None:
    long = problem(ZHANG, plans={LS: TWO_SHIFTS})
    assert {one.shift.code for one in read(csv_of(ROWS, ("LS", "5月4日", "白", "查码", "张伟")), long)} == {"day"}


def test_last_month_s_roster_is_read_for_last_month() -> None:
    row = csv_of(("日期", "班次", "岗位", "姓名", "查验点"), ("4月30日", "夜", "查码", "张伟", "龙士"))
    april = Period(date(2026, 4, 1), 30)
    assert {one.shift.day for one in read(row, period=april)} == {date(2026, 4, 30)}
    assert told(read_roster(row, ROSTER)) == ["第 2 行 A 列：2026-04-30 不在 2026-05-04 至 2026-05-31 之内"]


def test_whoever_has_left_since_is_passed_over_if_that_is_said_and_named_in_a_note() -> None:
    rows = (("龙士", "5月4日", "早", "带班组长", "张伟"), ("龙士", "5月4日", "早", "查码", "赵四"))
    faulty = read_roster(csv_of(ROWS, *rows), ROSTER)
    assert told(faulty) == ["第 3 行 E 列：名单里没有“赵四”"]
    assert faulty.understood == frozenset({works(4, "early", "1001", duty=Duty.LEAD)})
    forgiven = read_roster(csv_of(ROWS, *rows), ROSTER, leavers=True)
    assert told(forgiven) == []
    assert forgiven.assignments == faulty.understood
    assert [sentence(one, "zh") for one in forgiven.notes] == ["第 3 行 E 列：名单里没有“赵四”"]


# --- a row a person --------------------------------------------------------------------------------------------------


def people_grid(*rows: Sequence[Any], days: Sequence[Any] = WEEK) -> list[Sequence[Any]]:
    return [("龙士查验点排班表",), ("姓名", *days), *rows]


GRID = {
    works(4, "early", "1001", duty=Duty.LEAD),
    works(5, "middle", "1001", duty=Duty.RECORDER),
    works(6, "night", "1002", duty=Duty.TRAFFIC),
}


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("早带", "中登", "夜引"),
        ("早·带班组长", "中班(登记)", "夜/引导"),
        ("E-L", "M-R", "N G"),
        ("早 组长", "中:登记员", "夜班引导"),
    ],
)
def test_a_cell_says_shift_and_duty(first: str, second: str, third: str) -> None:
    rows = people_grid(("张伟", first, second, "休"), ("李秀英", "", "请假", third))
    assert read(xlsx_of(*rows)) == GRID


@pytest.mark.parametrize(
    "days",
    [
        [f"5月{n}日" for n in range(4, 11)],
        [f"5/{n}" for n in range(4, 11)],
        [f"{n}日" for n in range(4, 11)],
        [str(n) for n in range(4, 11)],
        [f"2026-05-{n:02}" for n in range(4, 11)],
        [f"5.{n}(周{w})" for n, w in zip(range(4, 11), "一二三四五六日", strict=True)],
        list(range(4, 11)),
    ],
)
def test_a_grid_s_days_are_headed_as_leads_head_them(days: list[Any]) -> None:
    rows = people_grid(("张伟", "早带", "中登"), ("李秀英", "", "", "夜引"), days=days)
    assert read(xlsx_of(*rows)) == GRID


def test_a_row_of_weekdays_and_one_of_totals_are_no_people() -> None:
    rows = people_grid(
        ("", *"一二三四五六日"), ("张伟", "早带", "中登"), ("李秀英", "", "", "夜引"), ("合计", "1", "1", "1")
    )
    assert read(xlsx_of(*rows)) == GRID


def test_the_month_of_a_heading_tells_a_number_s_day() -> None:
    """A period over a month's edge has two days of one number."""
    long = problem(ZHANG, names={LS: "龙士"}, period=Period(may(20), 28))
    grid = [("龙士2026年6月排班表",), ("姓名", "1", "10"), ("张伟", "早查", "休")]
    assert {one.shift.day for one in read(xlsx_of(*grid), long)} == {date(2026, 6, 1)}


def test_without_a_checkpoint_s_name_people_work_where_they_belong() -> None:
    assert {
        (one.person, one.checkpoint) for one in read(csv_of(("姓名", "5月4日"), ("张伟", "早"), ("欧阳建国", "早")))
    } == {
        ("1001", LS),
        ("1003", SD),
    }


def test_a_sheet_is_named_after_its_checkpoint() -> None:
    grid = [("姓名", "5月4日"), ("张伟", "早查")]
    assert {one.checkpoint for one in read(xlsx_of(圣地亚哥=grid))} == {SD}


def test_a_cell_may_hold_two_shifts() -> None:
    assert {one.shift.code for one in read(csv_of(("姓名", "5月4日"), ("张伟", "早、夜")))} == {"early", "night"}


# --- a row a shift, a row a day --------------------------------------------------------------------------------------


def test_a_row_is_a_shift_s_duty_and_a_cell_its_people() -> None:
    grid = [("班次", "岗位", "5月4日", "5月5日"), ("早班", "带班", "张伟", "缺"), ("", "查码", "李秀英、欧阳建国", "")]
    assert read(xlsx_of(龙士=grid)) == {
        works(4, "early", "1001", duty=Duty.LEAD),
        works(4, "early", "1002"),
        works(4, "early", "1003"),
    }


def test_a_row_is_a_day_and_a_column_a_shift() -> None:
    grid = [("日期", "早班(8-16)", "中班", "夜班"), ("5月4日", "张伟(带班)", "李秀英 欧阳建国", "")]
    assert read(xlsx_of(龙士=grid)) == {
        works(4, "early", "1001", duty=Duty.LEAD),
        works(4, "middle", "1002"),
        works(4, "middle", "1003", duty=Duty.TEMPERATURE),
    }


# --- duties that are not said ----------------------------------------------------------------------------------------


def test_a_duty_that_is_not_said_is_the_seat_s_then_what_nobody_does_yet() -> None:
    lead = person("1001", name="张伟", duties=frozenset({Duty.LEAD, Duty.CODE_CHECKER}))
    seats = (Seat(Duty.LEAD), Seat(Duty.RECORDER))
    asked = problem(lead, LI, WANG, demands=(Demand(LS, DatedShift(may(4), "early"), 3, seats),), names={LS: "龙士"})
    grid = [("班次", "5月4日"), ("早班", "李秀英、张伟、欧阳建国")]
    assert {one.person: one.duty for one in read(xlsx_of(龙士=grid), asked)} == {
        "1001": Duty.LEAD,
        "1002": Duty.RECORDER,
        "1003": Duty.CODE_CHECKER,
    }


def test_whoever_can_do_nothing_is_named() -> None:
    idle = problem(person("1001", name="张伟", duties=frozenset()))
    assert faults(ROWS, ("LS", "5月4日", "早", "", "张伟"), of=idle) == ["第 2 行：没有写岗位，张伟 也没有可任的岗位"]


# --- faults ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("龙士", "5月4日", "早", "查码", "张卫"), "第 2 行 E 列：名单里没有“张卫”，是不是“张伟”？"),
        (("龙士", "5月4日", "早", "查码", "赵六"), "第 2 行 E 列：名单里没有“赵六”"),
        (("龙士", "5月4日", "早", "查马", "张伟"), "第 2 行 D 列：没有岗位“查马”，是不是“查码”？"),
        (("龙土", "5月4日", "早", "查码", "张伟"), "第 2 行 A 列：没有查验点“龙土”，是不是“龙士”？"),
        (
            ("龙士", "5月4日", "加班", "查码", "张伟"),
            "第 2 行 C 列：“加班”不是龙士的班次，可选：早班 early, 中班 middle, 夜班 night；休息填“休”",
        ),
        (("龙士", "5月40日", "早", "查码", "张伟"), "第 2 行 B 列：日期“5月40日”不对"),
        (("龙士", "6月1日", "早", "查码", "张伟"), "第 2 行 B 列：2026-06-01 不在 2026-05-04 至 2026-05-31 之内"),
        (("龙士", "5月4日", "早", "查码", ""), "第 2 行 E 列：“姓名”是空的，请填写"),
        (("龙士", "", "早", "查码", "张伟"), "第 2 行 B 列：“日期”是空的，请填写"),
        (("龙士", "5月4日", "", "查码", "张伟"), "第 2 行 C 列：“班次”是空的，请填写"),
        (("", "5月4日", "早", "查码", "张伟"), None),
    ],
)
def test_a_row_s_fault_is_named_with_its_place(row: tuple[str, ...], fault: str | None) -> None:
    found = faults(ROWS, row)
    assert len(found) == (0 if fault is None else 1), found
    assert fault is None or found[0].startswith(fault)


def test_two_of_one_name_are_told_apart_by_code() -> None:
    twins = problem(ZHANG, person("1009", name="张伟"), names={LS: "龙士"})
    row = ("龙士", "5月4日", "早", "查码")
    assert faults(ROWS, (*row, "张伟"), of=twins) == ["第 2 行 E 列：有 2 个“张伟”（1001, 1009），请写工号"]
    assert {one.person for one in read(csv_of(ROWS, (*row, "1009")), twins)} == {"1009"}
    assert {one.person for one in read(csv_of(ROWS, (*row, "张伟（1009）")), twins)} == {"1009"}


def test_a_code_of_somebody_else_is_named() -> None:
    heading = (*ROWS, "工号")
    assert faults(heading, ("龙士", "5月4日", "早", "查码", "张伟", "1002")) == [
        "第 2 行 E 列：工号 1002 是 李秀英，不是“张伟”"
    ]


def test_a_shift_that_is_there_twice_is_named() -> None:
    row = ("龙士", "5月4日", "早", "查码", "张伟")
    assert faults(ROWS, row, row) == ["第 3 行：张伟 的这个班与第 2 行重复"]


def test_a_day_that_is_there_twice_is_named() -> None:
    assert faults(("姓名", "5月4日", "5.4"), ("张伟", "早", "中")) == ["第 1 行 C 列：2026-05-04 出现两次，请核对日期"]


def test_a_name_nobody_knows_is_told_once_and_all_else_as_well() -> None:
    rows = [("姓名", "5月4日", "5月5日"), ("张卫", "早", "早"), ("张卫", "早", "早"), ("李秀英", "早", "迟")]
    assert [fault.partition("：")[0] for fault in faults(*rows)] == ["第 2 行 A 列", "第 4 行 C 列"]


def test_a_grid_of_shifts_must_say_which_checkpoint() -> None:
    assert faults(("班次", "5月4日"), ("早", "张伟"), ("中", "李秀英")) == [
        "第 2 行：看不出是哪个查验点：请加“查验点”一列，或以查验点命名工作表"
    ]


def test_a_sheet_that_is_no_roster_is_passed_over_and_said() -> None:
    imported = read_roster(
        xlsx_of(龙士=[("姓名", "5月4日"), ("张伟", "早")], 统计=[("姓名", "夜班数"), ("张伟", 3)]), ROSTER
    )
    assert told(imported) == []
    assert [sentence(note, "zh") for note in imported.notes] == ["“统计”：这张表不是班表，没有导入"]


@pytest.mark.parametrize(
    "content", [b"a,b\n1,2\n", b"", csv_of(("姓名", "5月4日")), csv_of(("姓名", "5月4日"), ("张伟", "休"))]
)
def test_what_holds_no_roster_is_said_to_hold_none(content: bytes) -> None:
    assert len(told(read_roster(content, ROSTER))) == 1


# --- what else is told -----------------------------------------------------------------------------------------------


def notes(*rows: Sequence[str], of: RosterProblem = ROSTER) -> list[str]:
    return [sentence(one, "zh") for one in read_roster(csv_of(*rows), of).notes]


def test_a_row_at_a_place_nobody_knows_is_that_and_no_repeat_of_the_row_at_home() -> None:
    home, strange = ("龙士", "5月4日", "早", "查码", "张伟"), ("河市东", "5月4日", "早", "查码", "张伟")
    assert faults(ROWS, home, strange) == ["第 3 行 A 列：没有查验点“河市东”"]


def test_faults_of_a_row_are_told_from_left_to_right() -> None:
    heading = ("姓名", "日期", "班次", "岗位", "查验点")
    found = faults(heading, ("张三丰", "5月44日", "早", "炊事", "别处"), ("", "5月4日", "早", "查码", "龙士"))
    assert [one.split("：")[0] for one in found] == ["第 2 行 A 列", "第 2 行 D 列", "第 2 行 E 列", "第 3 行 A 列"]


@pytest.mark.parametrize(
    "rows",
    [
        (ROWS, ("龙士", "5月4日", "晚班", "查码", "张伟"), ("龙士", "5月5日", "晚班", "查码", "张伟")),
        (("姓名", "5月4日", "5月5日"), ("张伟", "晚班", "晚班")),
        (("日期", "早班", "中班", "晚班"), ("5月4日", "", "", "张伟")),
    ],
)
def test_what_an_evening_s_name_was_taken_for_is_told_once(rows: Sequence[Sequence[str]]) -> None:
    one = problem(ZHANG, LI, plans={LS: ROSTER.plans[LS]}, names={LS: "龙士"})
    [said] = notes(*rows, of=one)
    assert "“晚班”按夜班读入；若是中班，请改写为“中班”" in said


def test_where_there_is_no_middle_shift_an_evening_is_the_night() -> None:
    long = problem(ZHANG, plans={LS: TWO_SHIFTS})
    assert notes(ROWS, ("LS", "5月4日", "晚班", "查码", "张伟"), of=long) == []
