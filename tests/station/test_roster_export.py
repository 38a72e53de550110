"""What leads print and send round: a workbook and a table that say the roster, and come in again as they went out."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from shifts.model import TWO_SHIFTS, Assignment, DatedShift, Demand, Duty, Period, RosterProblem, Seat
from station.roster_export import as_csv, as_xlsx
from station.roster_import import read_roster
from station.roster_wall import weeks
from station.texts import LANGUAGES, Language
from tests.shifts.rosters import LS, SD, may, person, problem, works

ZHANG = person("1001", name="张伟")
TWIN = person("1009", name="张 伟")
WANG = person("1003", name="欧阳建国", home=SD)
ODD = person("=1+1", name="=HYPERLINK(1)", home=SD)
NAMES = {LS: "龙士", SD: "圣地亚哥"}
ROSTER = problem(
    ZHANG,
    TWIN,
    WANG,
    ODD,
    names=NAMES,
    demands=(
        Demand(LS, DatedShift(may(4), "early"), 3, (Seat(Duty.LEAD), Seat(Duty.RECORDER), Seat(unit="区交警大队"))),
        Demand(LS, DatedShift(may(5), "early"), 1),
    ),
)
ASSIGNED = frozenset(
    {
        works(4, "early", "1001", duty=Duty.LEAD),
        works(4, "early", "1009"),
        works(5, "early", "1003"),
        works(9, "night", "1001", at=SD, duty=Duty.TRAFFIC),
        works(31, "night", "=1+1", at=SD),
    }
)


def workbook(of: RosterProblem = ROSTER, assigned: frozenset[Assignment] = ASSIGNED, language: Language = "zh") -> Any:
    return load_workbook(io.BytesIO(as_xlsx(of, assigned, language)))


def row(page: Worksheet, number: int) -> list[Any]:
    return [cell.value for cell in page[number]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_goes_out_comes_in_again(language: Language) -> None:
    for content in (as_csv(ROSTER, ASSIGNED, language), as_xlsx(ROSTER, ASSIGNED, language)):
        imported = read_roster(content, ROSTER)
        assert imported.problems == ()
        assert imported.assignments == ASSIGNED


LONG = problem(
    *(person(f"{name}{n}", name=f"{name}{n % 3}", home=LS) for n in range(6) for name in ("张伟", "O'Neill, J/r;")),
    names={LS: "龙士", SD: "龙士"},  # two checkpoints of one name
    plans={LS: problem().plans[LS], SD: TWO_SHIFTS},
    period=Period(date(2027, 12, 20), 40),
)


@settings(max_examples=25, deadline=None)
@given(st.data(), st.sampled_from(LANGUAGES))
def test_any_roster_goes_out_and_comes_in_again(data: st.DataObject, language: Language) -> None:
    """Over a year's edge, with namesakes, two plans, and names full of marks."""
    one = st.builds(
        lambda who, where, duty, day, turn: Assignment(
            who, where, duty, DatedShift(day, LONG.plans[where].codes[turn % len(LONG.plans[where].codes)])
        ),
        st.sampled_from([person.code for person in LONG.people]),
        st.sampled_from([LS, SD]),
        st.sampled_from(Duty),
        st.sampled_from(LONG.period.days),
        st.integers(0, 5),
    )
    unique = st.lists(one, min_size=1, max_size=20, unique_by=lambda a: (a.person, a.checkpoint, a.shift))
    assigned = frozenset(data.draw(unique))
    for content in (as_csv(LONG, assigned, language), as_xlsx(LONG, assigned, language)):
        imported = read_roster(content, LONG)
        assert imported.problems == ()
        assert imported.assignments == assigned


def test_the_table_has_a_mark_for_spreadsheets_and_no_formula() -> None:
    content = as_csv(ROSTER, ASSIGNED, "zh")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["查验点", "日期", "班次", "岗位", "工号", "姓名"]
    assert rows[1] == ["龙士", "2026-05-04", "早班", "带班组长", "1001", "张伟"]
    assert rows[-1] == ["圣地亚哥", "2026-05-31", "夜班", "查码", "'=1+1", "'=HYPERLINK(1)"]


def test_each_checkpoint_has_its_sheet_and_all_have_their_totals() -> None:
    book = workbook()
    assert book.sheetnames == ["龙士", "圣地亚哥", "统计"]
    assert row(book["龙士"], 1)[0] == "龙士排班表 2026-05-04 至 2026-05-31"
    assert [value.date() for value in row(book["龙士"], 2)[2:]] == list(ROSTER.period.days)
    assert row(book["龙士"], 3)[2:9] == list("一二三四五六日")


def test_a_row_is_a_place_in_a_shift_s_duty_and_what_lacks_is_marked() -> None:
    page = workbook()["龙士"]
    assert [row(page, number)[1:4] for number in range(4, 8)] == [
        ["带班组长", "张伟(1001)", None],
        ["查码", "张 伟(1009)", "欧阳建国"],
        ["登记", "缺", None],
        ["到岗", "2/3\n缺区交警大队", "1/1"],
    ]
    marked = {
        cell.coordinate for cells in page.iter_rows(min_row=4) for cell in cells if cell.fill.fgColor.rgb == "00F8CBAD"
    }
    assert marked == {"C6", "C7"}
    assert page["A4"].value == "早班(08:00–16:00)"
    assert "A4:A7" in {str(area) for area in page.merged_cells.ranges}
    assert row(workbook()["圣地亚哥"], 6)[0] == "夜班(次日 00:00–08:00)"


def test_weekends_are_shaded() -> None:
    page = workbook()["龙士"]
    assert page["H4"].fill.fgColor.rgb == page["I2"].fill.fgColor.rgb == "00E7E6E6"
    assert page["G4"].fill.fgColor.rgb != "00E7E6E6"


def test_nothing_typed_becomes_a_formula() -> None:
    for page in workbook():
        assert not [cell.value for cells in page.iter_rows() for cell in cells if cell.data_type == "f"]


def test_totals_count_shifts_nights_weekends_and_hours() -> None:
    page = workbook()["统计"]
    assert row(page, 1) == ["姓名", "工号", "查验点", "班数", "夜班", "周末", "工时"]
    assert row(page, 2) == ["张伟(1001)", "1001", "龙士", 2, 1, 1, 16]


def test_a_sheet_is_printed_whole_on_a4_across() -> None:
    page = workbook()["龙士"]
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToWidth) == ("landscape", 9, 1)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.freeze_panes, page.print_title_rows, page.print_title_cols) == ("C4", "$1:$3", "$A:$B")


def test_sheets_have_titles_no_spreadsheet_refuses() -> None:
    names = {LS: "龙士/东:[1]*?", SD: "龙士 东  1" + "号" * 40, "XX": "统计", "YY": "Totals"}
    plans = dict.fromkeys(names, TWO_SHIFTS)
    titles = workbook(problem(names=names, plans=plans), frozenset()).sheetnames
    assert len(titles) == len({title.casefold() for title in titles}) == 5
    assert all(len(title) <= 31 for title in titles)


def test_an_empty_roster_is_an_empty_wall() -> None:
    empty = problem(names=NAMES, period=Period(may(4), 0))
    assert workbook(empty, frozenset()).sheetnames == ["龙士", "圣地亚哥", "统计"]


def test_days_fall_into_weeks_from_monday() -> None:
    days = Period(may(8), 5).days
    assert weeks(days) == [days[:3], days[3:]]
