"""Leads' spreadsheets at the command line: people and rosters in, workbook, table and PDF out."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db import people
from db.engine import open_database
from shifts.model import Duty, Period, RosterProblem
from shifts.problem_file import read_problem, write_problem
from shifts.roster_csv import read_roster, write_roster
from tests.shifts.rosters import LS, SD, may, person, problem, works
from tests.station.tables import csv_of, xlsx_of
from tests.ui.conftest import Station

HEADING = ("姓名", "工号", "单位", "岗位")
CHEN, LIN = ("陈志强", "L1", "区建设局", "带班组长、查码"), ("林晓岚", "O2", "区交警大队", "测温")
SMALL = problem(
    person("L1", name="陈志强"),
    person("O2", name="林晓岚"),
    period=Period(may(4), 7),
    names={LS: "龙士", SD: "圣地亚哥"},
)


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """A file with this in it."""

    def write(content: bytes, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


Table = Callable[..., Path]


def given(tmp_path: Path, one: RosterProblem = SMALL) -> Path:
    path = tmp_path / "P.json"
    path.write_text(write_problem(one), "utf-8")
    return path


# --- people ----------------------------------------------------------------------------------------------------------


def test_a_list_of_people_is_taken_over_and_again_changes_only_what_changed(
    station: Station, table: Table, tmp_path: Path
) -> None:
    log = ("--database", tmp_path / "log.db")
    content = csv_of(HEADING, CHEN, LIN, encoding="gbk")
    assert station("people", "import", table(content), "--json", *log).json == {
        "added": ["L1", "O2"],
        "changed": [],
        "unchanged": 0,
    }
    moved = xlsx_of(HEADING, (*CHEN[:2], "区卫健局", "查码"), LIN)
    answer = station("people", "import", table(moved, "people.xlsx"), *log)
    assert answer.out.startswith("新增 0 人，更改 1 人，未变 1 人")
    with open_database(tmp_path / "log.db") as database:
        known = {one.code: (one.name, one.unit, one.role, one.pin_hash) for one in people.everyone(database)}
    assert known == {"L1": ("陈志强", "区卫健局", "lead", None), "O2": ("林晓岚", "区交警大队", "officer", None)}


def test_a_faulty_list_changes_nothing_and_each_fault_is_named(station: Station, table: Table, tmp_path: Path) -> None:
    log = tmp_path / "log.db"
    open_database(log).close()
    faulty = table(csv_of(HEADING, CHEN, ("王五", "", "区建设局", "查马")))
    answer = station("people", "import", faulty, "--json", "--database", log)
    assert answer.code == 64
    assert answer.err.splitlines()[-1] == "table.csv 有 2 处要改，什么都没有导入"
    assert [(one["code"], one["row"], one["column"]) for one in answer.json["error"]["problems"]] == [
        ("import_blank", 3, "B"),
        ("import_bad_duty_like", 3, "D"),
    ]
    assert station("people", "list", "--json", "--database", log).json == {"people": []}


# --- rosters in ------------------------------------------------------------------------------------------------------


def test_a_grid_becomes_the_period_s_roster(station: Station, table: Table, tmp_path: Path) -> None:
    grid = table(
        xlsx_of(龙士=[("姓名", "5月4日", "5月5日"), ("陈志强", "早带", "休"), ("林晓岚", "", "夜炊")]), "a.xlsx"
    )
    bad = station("roster", "import", given(tmp_path), grid, "--out", tmp_path / "R.csv")
    assert "“龙士” 第 3 行 C 列：“夜炊”不是龙士的班次" in bad.err
    assert not (tmp_path / "R.csv").exists()
    grid = table(csv_of(("姓名", "5月4日", "5月5日"), ("陈志强", "早带", "休"), ("林晓岚", "", "夜温")))
    assert station("roster", "import", given(tmp_path), grid, "--out", tmp_path / "R.csv").code == 0
    assert read_roster((tmp_path / "R.csv").read_text("utf-8")) == {
        works(4, "early", "L1", duty=Duty.LEAD),
        works(5, "night", "O2", duty=Duty.TEMPERATURE),
    }


def test_last_month_s_roster_becomes_history(station: Station, table: Table, tmp_path: Path) -> None:
    rows = csv_of(("查验点", "日期", "班次", "岗位", "姓名"), ("龙士", "5月3日", "夜", "查码", "陈志强"))
    answer = station("roster", "import", given(tmp_path), table(rows), "--history", tmp_path / "P2.json", "--json")
    assert answer.json["assignments"] == 1
    assert read_problem((tmp_path / "P2.json").read_text("utf-8")).history == (works(3, "night", "L1"),)


def test_a_list_becomes_the_problem_s_people(station: Station, table: Table, tmp_path: Path) -> None:
    rows = csv_of((*HEADING, "查验点"), (*CHEN, "龙士"), (*LIN, "圣地亚哥"))
    answer = station("roster", "import", given(tmp_path), table(rows), "--people", tmp_path / "P2.json")
    assert answer.out.startswith("2 人已写入")
    found = read_problem((tmp_path / "P2.json").read_text("utf-8")).people
    assert [(one.code, one.home) for one in found] == [("L1", LS), ("O2", SD)]


@pytest.mark.parametrize(("target", "onto"), [("--people", "people.csv"), ("--history", "P.json"), ("--out", "P.json")])
def test_an_import_writes_over_nothing_it_reads(
    station: Station, table: Table, tmp_path: Path, target: str, onto: str
) -> None:
    path, rows = given(tmp_path), table(csv_of((*HEADING, "查验点"), (*CHEN, "龙士")), "people.csv")
    before = path.read_bytes(), rows.read_bytes()
    answer = station("roster", "import", path, rows, target, tmp_path / onto)
    assert answer.code == 64
    assert f"{tmp_path / onto} 是读入的文件，不会改写" in answer.err
    assert (path.read_bytes(), rows.read_bytes()) == before


# --- rosters out -----------------------------------------------------------------------------------------------------


@pytest.fixture
def published(station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Path]:
    """A database with one roster in it."""
    log = tmp_path / "log.db"
    roster = tmp_path / "R.csv"
    roster.write_text(write_roster([works(4, "early", "L1"), works(5, "night", "O2")]), "utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("4821\n4821\n"))
    adding = ("--name", "陈志强", "--unit", "区建设局", "--role", "lead", "--database", log)
    assert station("people", "add", "L1", *adding).code == 0
    assert station("roster", "publish", given(tmp_path), roster, "--as", "L1", "--database", log).code == 0
    return "--database", log


@pytest.mark.usefixtures("qapp")
def test_a_published_roster_goes_out_as_workbook_table_and_pdf(
    station: Station, published: tuple[str, Path], tmp_path: Path
) -> None:
    for kind, name in (("--xlsx", "r.xlsx"), ("--list", "r.csv"), ("--pdf", "r.pdf")):
        answer = station("roster", "export", kind, tmp_path / name, *published)
        assert (answer.code, answer.out.strip()) == (0, str(tmp_path / name)), answer
    assert load_workbook(tmp_path / "r.xlsx").sheetnames == ["龙士", "圣地亚哥", "统计"]
    rows = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig"))))
    assert rows[1] == ["龙士", "2026-05-04", "早班", "查码", "L1", "陈志强"]
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("kind", ["--xlsx", "--list", "--pdf"])
def test_a_place_that_cannot_be_written_is_said(
    station: Station, published: tuple[str, Path], tmp_path: Path, kind: str
) -> None:
    answer = station("roster", "export", kind, tmp_path / "nowhere" / "r", *published)
    assert answer.code == 64
    assert f"没有文件夹 {tmp_path / 'nowhere'}" in answer.err
