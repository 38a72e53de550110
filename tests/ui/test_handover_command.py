"""`station handover`: a shift's sheet on the terminal, as JSON and on paper, and what is not done."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from db import passages, people
from db.engine import Database, open_database
from db.pins import hash_pin
from shifts.handover import Sheet, Supply, Visit
from shifts.model import SHANGHAI, THREE_SHIFTS, DatedShift
from station.config import load_config
from station.handover import give, take, write
from station.home import config_path, database_path
from station.passages import to_json
from station.post import Post
from tests.db.samples import a_passage, a_person
from tests.ui.conftest import Station

EARLY = DatedShift(date(2026, 5, 4), "early")
NINE = datetime(2026, 5, 4, 9, tzinfo=SHANGHAI)
WHICH = ("--date", "2026-05-04", "--shift", "early")
PIN = "5678"
PIN_HASH = hash_pin(PIN)


@pytest.fixture
def database() -> Iterator[Database]:
    """This machine's log, with two leads."""
    with open_database(database_path(), create=True) as opened:
        for code, name in (("L1", "周志明"), ("L2", "陈志明")):
            person = a_person(code=code, name=name, role="lead", pin_hash=PIN_HASH)
            people.add(opened, person, station="LS-1", by=None)
        yield opened


@pytest.fixture
def post(database: Database) -> Post:
    """This station."""
    return Post(database, load_config(config_path()), THREE_SHIFTS)


def pass_by(post: Post, when: datetime) -> None:
    """A vehicle with an old test."""
    kept = to_json([{"code": "test_too_old", "outcome": "refuse", "params": {}, "occupant": None}])
    shift = THREE_SHIFTS.at(when)
    of_shift = {"shift_date": shift.day, "shift": shift.code, "checkpoint": post.config.checkpoint}
    row = a_passage(verdict="refuse", reasons=kept, concluded_at=when, **of_shift)
    passages.append_passage(post.database, row)


@pytest.fixture
def handed_over(post: Post) -> Post:
    """An early shift in May, to its end."""
    pass_by(post, NINE)
    sheet = Sheet(
        supplies=(Supply("口罩", 40, "不足"),), visits=(Visit(NINE, "区督查组", "未公示", "已张贴"),), notes="路灯不亮"
    )
    write(post, EARLY, sheet, by="L1", now=NINE)
    give(post, EARLY, ("L1", PIN), now=NINE)
    take(post, EARLY, ("L2", PIN), now=NINE)
    return post


@pytest.mark.usefixtures("handed_over")
def test_a_sheet_is_shown_with_all_of_it_and_both_words(station: Station) -> None:
    answer = station("handover", "show", *WHICH)
    assert answer.code == 0
    for one in (
        *("2026-05-04 早班 08:00–16:00", "劝返车辆：1", "09:00  闽E·1***5  核酸超时", "口罩  40    不足"),
        *("区督查组", "路灯不亮", "交班组长  周志明（L1） 05-04 09:00", "接班组长  陈志明（L2） 05-04 09:00"),
    ):
        assert one in answer.out
    assert "闽E12345" not in answer.out


@pytest.mark.usefixtures("handed_over")
def test_a_sheet_as_json_names_everything(station: Station) -> None:
    told = station("handover", "show", *WHICH, "--json", "--language", "en").json
    assert (told["date"], told["shift"], told["complete"]) == ("2026-05-04", "early", True)
    assert told["given"]["lead"] == "L1"
    (refused,) = told["sheet"]["refused"]
    assert (refused["plate"], refused["code"], refused["text"]) == ("闽E·1***5", "test_too_old", "test too old")
    assert told["sheet"]["supplies"] == [{"item": "口罩", "count": 40, "remark": "不足"}]
    assert told["sheet"]["notes"] == "路灯不亮"


@pytest.mark.usefixtures("handed_over", "qapp")
def test_a_sheet_is_written_to_print(station: Station, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    answer = station("handover", "show", *WHICH, "--pdf", file)
    assert (answer.code, answer.out) == (0, f"{file}\n")
    assert file.read_bytes().startswith(b"%PDF")
    told = station("handover", "show", *WHICH, "--pdf", file, "--json").json
    assert (told["file"], told["pages"]) == (str(file), 1)


@pytest.mark.usefixtures("database")
def test_without_a_date_it_is_the_shift_that_runs(station: Station) -> None:
    told = station("handover", "show", "--json").json
    assert told["date"] in {(datetime.now(SHANGHAI) - timedelta(days=one)).date().isoformat() for one in (0, 1)}
    assert (told["given"], told["sheet"]["refused"]) == (None, [])


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("arguments", "zh"),
    [
        (("--date", "2026-05-04"), "请同时给出 --date 和 --shift"),
        (("--shift", "early"), "请同时给出 --date 和 --shift"),
        (("--date", "2099-01-01", "--shift", "night"), "2099-01-01 夜班 次日 00:00–08:00 还没有开始，没有交接单"),
        (("--date", "4.5.", "--shift", "early"), "日期“4.5.”不对"),
        (("--date", "2026-05-04", "--shift", "noon"), "--shift 不能是 'noon'"),
    ],
)
def test_a_shift_that_is_none_is_said(station: Station, arguments: tuple[str, ...], zh: str) -> None:
    answer = station("handover", "show", *arguments)
    assert (answer.code, answer.out) == (64, "")
    assert zh in answer.err


def test_a_station_without_a_log_says_so(station: Station, tmp_path: Path) -> None:
    answer = station("handover", "due", "--database", tmp_path / "nothing.db")
    assert answer.code == 64
    assert "nothing.db" in answer.err


@pytest.mark.usefixtures("database")
def test_where_nothing_is_due_it_says_so(station: Station) -> None:
    assert station("handover", "due").out == "没有未完成的交接\n"
    assert station("handover", "due").code == 0


def test_what_is_late_and_missing_is_listed_and_told_by_the_exit_code(station: Station, post: Post) -> None:
    now = datetime.now(UTC)
    pass_by(post, now - timedelta(days=2))
    first = THREE_SHIFTS.at(now - timedelta(days=2))
    give(post, first, ("L1", PIN), now=now)
    answer = station("handover", "due")
    assert answer.code == 10
    assert "缺交接 · 已交，待接" in answer.out
    due = station("handover", "due", "--json").json["due"]
    assert due[0] == {"date": first.day.isoformat(), "shift": first.code, "standing": "missing", "given": True}
    assert len(due) == 6
    take(post, first, ("L2", PIN), now=now)
    assert len(station("handover", "due", "--json").json["due"]) == 5
