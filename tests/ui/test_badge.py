"""Badges to print: a PDF whose codes a camera reads, and a new one voids the old."""

import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from db import people
from db.engine import Database, open_database
from db.records import PersonRecord
from scanner.reader import STILL, QrReader
from scanner.source import load_image
from shifts.model import SHANGHAI, THREE_SHIFTS
from station import attendance, badges
from station.access import AccessError
from station.config import Config
from station.post import Post
from tests.station.builders import EVERYTHING
from tests.ui.conftest import Station
from ui.badge_pdf import Card, write_pdf

pytestmark = pytest.mark.usefixtures("qapp")  # one application for all that write a PDF
NOW = datetime(2026, 5, 4, 9, tzinfo=SHANGHAI)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.db"
    with open_database(path, create=True) as database:
        for code, name, role, active in (
            ("1001", "李娜", "officer", True),
            ("2001", "陈志明", "lead", True),
            ("3001", "周敏", "auditor", True),
            ("4001", "吴刚", "officer", False),
        ):
            record = PersonRecord(code=code, name=name, unit="区建设局", role=role, active=active, added_at=NOW)
            people.add(database, record, station="LS-1", by=None)
    return path


def codes_in(path: Path, tmp_path: Path) -> list[str]:
    """What a camera reads on the first page."""
    try:
        words = ["pdftoppm", "-r", "150", "-png", "-singlefile", str(path), str(tmp_path / "page")]
        subprocess.run(words, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("no pdftoppm")
    return [symbol.text for symbol in QrReader().look(load_image(tmp_path / "page.png"), STILL).symbols]


def comes(database: Database, text: str) -> str:
    post = Post(database, Config("LS-1", "LS", "龙士", "zh"), THREE_SHIFTS)
    return str(attendance.check_in_badge(post, text, now=NOW).params["name"])


def test_a_badge_that_was_printed_brings_its_owner_in(station: Station, log: Path, tmp_path: Path) -> None:
    out = tmp_path / "胸牌.pdf"
    answer = station("badge", "1001", "2001", "1001", "--out", out, "--database", log)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"{out}：2 张胸牌；以前的胸牌作废\n"
    with open_database(log) as database:
        assert sorted(comes(database, text) for text in codes_in(out, tmp_path)) == sorted(("李娜", "陈志明"))


def test_a_new_badge_voids_the_old_and_so_does_taking_it_back(station: Station, log: Path, tmp_path: Path) -> None:
    out = tmp_path / "badges.pdf"
    at = ("--out", out, "--database", log, "--json")
    assert station("badge", "1001", *at).json == {"file": str(out), "people": ["1001"]}
    (first,) = codes_in(out, tmp_path)
    station("badge", "1001", *at)
    (second,) = codes_in(out, tmp_path)
    assert station("badge", "1001", "--void", *at).json == {"file": None, "people": ["1001"]}
    with open_database(log) as database:
        for text in (first, second):
            with pytest.raises(AccessError, match="badge_replaced"):
                badges.holder(database, text)


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (("9999",), "没有编号为 9999 的人员"),
        (("1001", "3001"), "3001 不查车"),
        (("4001",), "4001 已停用"),
        ((" ",), "有一项参数是空的"),
    ],
)
def test_who_comes_on_no_duty_gets_no_badge_and_nobody_else_does(
    station: Station, log: Path, tmp_path: Path, codes: tuple[str, ...], told: str
) -> None:
    out = tmp_path / "badges.pdf"
    answer = station("badge", *codes, "--out", out, "--database", log)
    assert answer.code == 64
    assert told in answer.err
    assert not out.exists()


def test_a_file_that_cannot_be_written_voids_nobody_s_badge(station: Station, log: Path, tmp_path: Path) -> None:
    text = badges.draw()
    with open_database(log) as database:
        badges.issue(database, [("1001", text)], actor=EVERYTHING, station="LS-1", now=NOW)
    assert station("badge", "1001", "--out", tmp_path / "nowhere" / "badges.pdf", "--database", log).code == 64
    with open_database(log) as database:
        assert badges.holder(database, text).code == "1001"


def test_without_a_log_there_is_nobody_to_make_one_for(station: Station, tmp_path: Path) -> None:
    answer = station("badge", "1001", "--database", tmp_path / "none.db")
    assert answer.code == 64
    assert "没有数据库" in answer.err


def test_ten_badges_stand_on_a_page_however_long_a_name(tmp_path: Path) -> None:
    names = ["阿卜杜热合曼·买买提艾力·吐尔逊江" * 3, *(f"某{number}" for number in range(10))]
    cards = [Card(name, f"{number:05}", "区交通检疫组成员单位" * 4, badges.draw()) for number, name in enumerate(names)]
    out = tmp_path / "badges.pdf"
    assert write_pdf(cards, out, place="龙士查验点", language="zh") == 2
    assert sorted(codes_in(out, tmp_path)) == sorted(card.text for card in cards[:10])
