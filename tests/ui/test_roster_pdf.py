"""The roster for the wall: a page for each checkpoint and week, that anybody can print."""

import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from shifts.model import DatedShift, Demand, Duty, Period, Seat
from tests.shifts.rosters import LS, SD, may, person, problem, works
from ui.console import UsageError
from ui.roster_pdf import Paper, write_pdf

ROSTER = problem(
    person("1001", name="张伟"),
    period=Period(may(8), 11),
    names={LS: "龙士", SD: "圣地亚哥"},
    demands=(Demand(LS, DatedShift(may(8), "early"), 2, (Seat(Duty.LEAD), Seat(Duty.RECORDER))),),
)
ASSIGNED = frozenset({works(8, "early", "1001", duty=Duty.LEAD)})


def said(path: Path, *options: str) -> str:
    """What `pdftotext` or `pdfinfo` reads in it; skipped where they are not there."""
    tool = "pdfinfo" if options == ("info",) else "pdftotext"
    words = [tool, str(path)] if tool == "pdfinfo" else [tool, "-layout", *options, str(path), "-"]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    except FileNotFoundError:
        pytest.skip(f"no {tool}")
    return done.stdout


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("paper", "points"), [("A4", "842 x 595"), ("A3", "1191 x 842")])
def test_each_checkpoint_has_a_page_a_week_across(tmp_path: Path, paper: Paper, points: str) -> None:
    path = tmp_path / "wall.pdf"
    assert write_pdf(ROSTER, ASSIGNED, path, language="zh", paper=paper) == 6
    info = said(path, "info")
    assert "Pages:           6" in info
    assert points in info


@pytest.mark.usefixtures("qapp")
def test_a_page_says_who_and_what_lacks(tmp_path: Path) -> None:
    path = tmp_path / "wall.pdf"
    write_pdf(ROSTER, ASSIGNED, path, language="zh", note="第 3 版")
    words = said(path, "-l", "1").split()
    assert {"龙士", "排班表", "张伟", "缺", "1/2", "5月8日", "早班", "08:00–16:00"} <= set(words)
    assert "第3版" in "".join(words)


@pytest.mark.usefixtures("qapp")
def test_a_roster_without_days_is_no_page(tmp_path: Path) -> None:
    empty = problem(period=Period(may(4), 0))
    assert write_pdf(empty, (), tmp_path / "wall.pdf", language="en") == 0


@pytest.mark.usefixtures("qapp")
def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        write_pdf(ROSTER, ASSIGNED, tmp_path / "nowhere" / "wall.pdf", language="zh")
    assert caught.value.code == "file_unwritable"
    assert QCoreApplication.instance() is not None
