"""What goes out of the board: workbook, table, PDF and calendars, each a real file, each fault a sentence."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.engine import open_database
from shifts.model import SHANGHAI, Assignment, RosterProblem
from shifts.publishing import Change, Draft
from station import rosters
from station.roster_import import read_roster
from tests.ui.roster.conftest import LEAD, NOW, OFFICER, Stage
from ui import saving
from ui.console import UsageError
from ui.roster.more import Deed

STAMP = b"%PDF-"


def save(stage: Stage, deed: Deed, path: Path) -> str:
    """Save the roster on the board, and give what is said of it."""
    exchange = stage.page.exchange
    told: list[str] = []
    exchange.exports.said.connect(told.append)
    exchange.exports.failed.connect(told.append)
    standing = stage.editor.problem, stage.editor.assignments
    exchange.exports.save(deed, path, standing, exchange.version)
    stage.until(lambda: len(told) > 1)
    return told[-1] or next(filter(None, reversed(told)))


# --- the whole roster ------------------------------------------------------------------------------------------------


def test_a_workbook_comes_in_again_as_it_went_out(stage: Stage, tmp_path: Path, roster: frozenset[Assignment]) -> None:
    path = tmp_path / "排班.xlsx"
    assert save(stage, Deed.XLSX, path) == f"已存为 {path}"
    assert load_workbook(path).sheetnames == ["龙士", "统计"]
    assert read_roster(path.read_bytes(), stage.editor.problem).assignments == roster


def test_a_table_has_a_row_for_whoever_works(stage: Stage, tmp_path: Path, roster: frozenset[Assignment]) -> None:
    path = tmp_path / "排班.csv"
    save(stage, Deed.CSV, path)
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert len(rows) == 1 + len(roster)


@pytest.mark.parametrize("deed", [Deed.PDF_A4, Deed.PDF_A3])
def test_the_wall_s_pdf_is_written_off_the_window_s_thread(stage: Stage, tmp_path: Path, deed: Deed) -> None:
    path = tmp_path / "wall.pdf"
    save(stage, deed, path)
    assert path.read_bytes().startswith(STAMP)
    assert [one.name for one in tmp_path.iterdir() if "wall" in one.name] == ["wall.pdf"]


def test_a_roster_that_is_not_published_says_so_in_its_name(stage: Stage, roster: frozenset[Assignment]) -> None:
    assert stage.page.exchange.version == "第 1 版"
    stage.editor.apply(Change(frozenset([next(iter(roster))])))
    assert stage.page.exchange.version == "草稿，未发布"


# --- what stands in the way ------------------------------------------------------------------------------------------


def test_a_folder_that_is_gone_is_a_sentence(stage: Stage, tmp_path: Path) -> None:
    said = save(stage, Deed.CSV, tmp_path / "stick" / "排班.csv")
    assert said == f"文件夹 {tmp_path / 'stick'} 不在了（U 盘拔了？）：请换一个地方存"
    stage.until(stage.page.problem.isVisible)


def test_a_folder_in_the_file_s_place_is_a_sentence(stage: Stage, tmp_path: Path) -> None:
    assert save(stage, Deed.PDF_A4, tmp_path) == f"{tmp_path} 是文件夹，请另起文件名"


@pytest.mark.parametrize("fault", [PermissionError(13, "held"), OSError(28, "full")])
def test_what_was_there_stays_where_the_new_one_cannot_be_put(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError
) -> None:
    """As where a spreadsheet holds the file open on Windows, or the disk is full."""
    path = tmp_path / "排班.csv"
    path.write_bytes(b"before")

    def refuse(_self: Path, _target: Path) -> Path:
        raise fault

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UsageError) as refused:
        saving.save_whole(path, b"after")
    assert refused.value.code == ("save_denied" if isinstance(fault, PermissionError) else "save_full")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.glob(".*")) == []


# --- somebody's shifts -----------------------------------------------------------------------------------------------


def test_an_officer_sees_their_own_shifts_by_touching_the_menu(
    opened: Callable[..., Stage], path: Path, problem: RosterProblem, roster: frozenset[Assignment]
) -> None:
    """The officer at the desk is in the roster: the menu offers their own."""
    code = problem.people[4].code
    stage = opened(path, code)
    stage.ready()
    stage.page.panels.open_more()
    button = stage.page.panels.more.buttons[Deed.MINE]
    assert button.text() == "我的班…"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    mine = stage.page.panels.mine
    assert mine.isVisible()
    assert mine.person == problem.people[4]
    theirs = [one for one in roster if one.person == code]
    assert len(mine.list.rows) == len(theirs)
    assert mine.figures.text().startswith(f"{len(theirs)} 个班，{8 * len(theirs)} 小时")


def test_the_next_shift_is_told_by_the_clock(
    opened: Callable[..., Stage], path: Path, problem: RosterProblem, roster: frozenset[Assignment]
) -> None:
    stage = opened(path, OFFICER[0])
    stage.ready()
    for person in problem.people[:5]:
        stage.page.exchange.show_shifts(person.code)
        theirs = [one for one in roster if one.person == person.code]
        spans = {one: problem.shift(one).span(one.shift.day) for one in theirs}
        coming = min((one for one in theirs if spans[one][1] > NOW), key=lambda one: spans[one], default=None)
        said = stage.page.panels.mine.next.text()
        if coming is None:
            assert said == "这一期没有要上的班了"
        else:
            assert f"{coming.shift.day:%m-%d}" in said
            assert said.startswith("正在当班" if spans[coming][0] <= NOW else "下一班")


def test_shifts_open_from_a_cell_and_from_the_fairness_table(stage: Stage, roster: frozenset[Assignment]) -> None:
    one = min(roster, key=lambda each: each.person)
    stage.stand_on(one)
    QTest.mouseClick(stage.page.panels.problems.cell.shifts_button, Qt.MouseButton.LeftButton)
    mine = stage.page.panels.mine
    assert mine.person is not None
    assert mine.person.code == one.person
    stage.page.panels.open_fairness()
    other = stage.page.panels.fairness.model.shares[3].person
    stage.page.panels.fairness.show_person(other.code)
    QTest.mouseClick(stage.page.panels.fairness.calendar_button, Qt.MouseButton.LeftButton)
    assert mine.person == other
    QTest.keyClick(mine, Qt.Key.Key_Escape)
    assert stage.page.panels.problems.isVisible()


def calendar(stage: Stage, code: str, path: Path) -> dict[str, tuple[str, int]]:
    """Somebody's calendar as it was saved: status and sequence by UID."""
    told: list[str] = []
    stage.page.exchange.exports.said.connect(told.append)
    stage.page.exchange.exports.save_person(code, path)
    stage.until(lambda: len(told) > 1)
    assert told[-1] == f"已存为 {path}"
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert all(event.decoded("dtstart").tzinfo == SHANGHAI for event in events)
    return {str(event["uid"]): (str(event["status"]), int(str(event["sequence"]))) for event in events}


def test_a_phone_follows_each_published_version(
    stage: Stage, path: Path, tmp_path: Path, problem: RosterProblem, roster: frozenset[Assignment]
) -> None:
    someone = min(one.person for one in roster)
    before = calendar(stage, someone, tmp_path / "a.ics")
    assert set(before.values()) == {("CONFIRMED", 0)}
    assert len(before) == sum(one.person == someone for one in roster)
    gone = min((one for one in roster if one.person == someone), key=lambda one: one.shift.day)
    less = tuple(one for one in problem.demands if (one.checkpoint, one.shift) != (gone.checkpoint, gone.shift))
    with open_database(path) as database:
        draft = Draft(1, roster - {gone})
        rosters.publish(database, replace(problem, demands=less), draft, station="LS-1", lead=LEAD, now=NOW)
    after = calendar(stage, someone, tmp_path / "a.ics")
    assert after.keys() == before.keys()
    assert sorted(after.values()) == sorted([("CANCELLED", 1), *[("CONFIRMED", 0)] * (len(before) - 1)])


def test_whoever_never_had_a_published_shift_has_no_calendar(stage: Stage, tmp_path: Path) -> None:
    told: list[str] = []
    stage.page.exchange.exports.failed.connect(told.append)
    stage.page.exchange.exports.save_person("nobody", tmp_path / "n.ics")
    stage.until(lambda: told)
    assert told == ["nobody 还没有发布过的班，没有日历可导出"]
    assert not (tmp_path / "n.ics").exists()
