"""`station verify` and `station retention`: what audit staff and a data officer do at the terminal."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import events, passages
from db.connection import WAL, connect
from db.engine import open_database
from db.keyfile import key_path
from tests.db.samples import NOON, a_passage
from tests.ui.conftest import PIN, Station, Typed, enrol

LONG_AGO = datetime.now(UTC) - timedelta(days=40)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Three vehicles, the newest an hour ago, the oldest forty days."""
    path = tmp_path / "log.db"
    with open_database(path) as database:
        for at in (LONG_AGO, NOON, datetime.now(UTC) - timedelta(hours=1)):
            passages.append_passage(database, a_passage(station="LS-1", concluded_at=at))
    return path


def edit(path: Path) -> None:
    raw = connect(path, key_path(path).read_text().strip(), WAL)
    raw.execute("DROP TRIGGER passages_no_update")
    raw.execute("UPDATE passages SET verdict = 'refuse' WHERE rowid = 2")
    raw.close()


@pytest.mark.parametrize(("language", "whole"), [("zh", "完好：3 项逐一核对"), ("en", "Whole: each of 3 entries")])
def test_a_log_as_it_was_written(station: Station, log: Path, language: str, whole: str) -> None:
    answer = station("verify", "--database", log, "--language", language)
    assert answer.code == 0
    assert whole in answer.out
    assert "--checkpoint" in answer.err, "what cannot be found without a head kept elsewhere is said"


def test_a_head_kept_elsewhere_is_held_against_it(station: Station, log: Path, tmp_path: Path) -> None:
    head = tmp_path / "head.txt"
    assert station("verify", "--database", log, "--keep", head).code == 0
    answer = station("verify", "--database", log, "--checkpoint", head)
    assert (answer.code, answer.err) == (0, "")
    other = tmp_path / "other.db"
    open_database(other).close()
    answer = station("verify", "--database", other, "--checkpoint", head, "--json")
    assert answer.code == 10
    assert answer.json["findings"][0]["kind"] == "key"


@pytest.mark.parametrize(("language", "said"), [("zh", "被修改：passages 的记录"), ("en", "edited: row")])
def test_a_row_that_was_edited_is_named(station: Station, log: Path, tmp_path: Path, language: str, said: str) -> None:
    edit(log)
    answer = station("verify", "--database", log, "--language", language, "--keep", tmp_path / "head.txt")
    assert answer.code == 10
    assert said in answer.out
    assert not (tmp_path / "head.txt").exists(), "nothing is signed that is not whole"


def test_what_is_no_head_is_refused(station: Station, log: Path, tmp_path: Path) -> None:
    (tmp_path / "head.txt").write_text("not a head")
    answer = station("verify", "--database", log, "--checkpoint", tmp_path / "head.txt")
    assert (answer.code, "不是链头文件" in answer.err) == (64, True)
    answer = station("verify", "--database", log, "--checkpoint", tmp_path / "none.txt")
    assert answer.code == 64


def test_no_log_is_a_sentence(station: Station, tmp_path: Path) -> None:
    assert station("verify", "--database", tmp_path / "none.db").code == 64


def test_what_is_over_the_limit_is_reported_then_erased(station: Station, log: Path) -> None:
    answer = station("retention", "report", "--database", log, "--json")
    over = [day.isoformat() for day in sorted({LONG_AGO.date(), NOON.date()})]
    assert (answer.code, answer.json["due"], answer.json["erased"]) == (0, over, [])
    answer = station("retention", "run", "--database", log)
    assert answer.code == 0
    assert f"已清除：{' '.join(over)}" in answer.out
    assert station("retention", "report", "--database", log, "--json").json["due"] == []
    assert station("verify", "--database", log).code == 0
    answer = station("log", "--database", log, "--json")
    assert [row["plate"] for row in answer.json["passages"]] == ["闽E·1***5", "", ""]


def test_a_day_under_legal_hold_is_told_and_not_erased(station: Station, log: Path) -> None:
    held, other = LONG_AGO.date().isoformat(), NOON.date().isoformat()
    answer = station("retention", "hold", held, "--why", "法院保全", "--database", log)
    assert (answer.code, answer.out) == (0, f"保全 1：{held}  —  法院保全\n")
    out = station("retention", "run", "--database", log).out
    assert (f"已清除：{other}" in out, "保全 1：" in out) == (True, True)
    assert station("retention", "hold", other, "--why", "信访", "--database", log).code == 64, "it is erased"
    assert station("retention", "release", "2", "--database", log).code == 64, "there is none"
    assert station("retention", "release", "1", "--database", log).code == 0
    answer = station("retention", "report", "--database", log, "--json")
    assert (answer.json["holds"], answer.json["due"]) == ([], [held])


def test_a_hold_by_filters_tells_its_days_and_that_all_of_them_is_kept(station: Station, log: Path) -> None:
    held, erased = LONG_AGO.date().isoformat(), NOON.date().isoformat()
    around = ("--since", LONG_AGO - timedelta(hours=1), "--until", LONG_AGO + timedelta(hours=1))
    given = ("--why", "法院保全", "--database", log)
    answer = station("retention", "hold", "--plate", "闽E12345", *around, *given)
    line, why = answer.out.splitlines()
    assert (answer.code, line) == (0, f"保全 1：{held}  —  法院保全")
    assert "全部记录都留存，不只是符合的 1 条" in why
    station("retention", "run", "--database", log)
    answer = station("retention", "hold", "--verdict", "pass", "--language", "en", *given)
    assert f"Erased already, so not held: {erased}" in answer.out
    told = station("retention", "hold", "--officer", "A01", "--json", *given).json
    assert (told["number"], held in told["days"]) == (3, True)
    assert (told["filters"], told["erased"]) == ({"officer": "A01"}, [erased])


@pytest.mark.parametrize("asked", [(), (LONG_AGO.date(), "--verdict", "pass"), ("--plate", "闽E1"), ("--plate", " ")])
def test_a_hold_takes_days_or_filters(station: Station, log: Path, asked: tuple[object, ...]) -> None:
    answer = station("retention", "hold", *asked, "--why", "信访", "--database", log)
    assert (answer.code, answer.out) == (64, "")
    assert station("retention", "report", "--database", log, "--json").json["holds"] == []


@pytest.mark.parametrize(("asked", "found"), [(("--officer", "A01"), 3), (("--shift", "night"), 0)])
def test_the_log_is_asked_by_officer_and_shift(station: Station, log: Path, asked: tuple[str, ...], found: int) -> None:
    assert len(station("log", *asked, "--database", log, "--json").json["passages"]) == found


def test_looking_for_a_part_of_a_plate_is_written_down_and_a_whole_one_is_not(
    station: Station, typed: Typed, log: Path
) -> None:
    enrol(log)
    assert station("log", "--database", log, "--find", "闽E12345").code == 0
    typed(PIN)
    assert station("log", "--database", log, "--find", "闽E1", "--as", "O1").code == 0
    with open_database(log) as database:
        (event,) = events.newest(database, kind="passages_decrypted")
    assert "闽E1" not in event.details
