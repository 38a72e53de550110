"""The desk's log says what happened and where, and nothing of anybody."""

import json
import logging
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from db import passages
from db.engine import open_database
from db.errors import DatabaseFull
from db.records import new_id
from station import logs
from station.evidence import ClockState
from ui.cli import main

log = logging.getLogger("station.test")
SECRETS = ("闽E12345", "王小明", "350681199001011234", "wangxiaoming", "/home/wang")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "logs"


def lines(folder: Path) -> list[dict[str, Any]]:
    files = sorted(folder.iterdir(), reverse=True)
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def fail(message: str) -> None:
    raise DatabaseFull(path=message, reason=message) from ValueError(message)


def test_a_line_has_the_calls_words_its_numbers_codes_and_ids(folder: Path) -> None:
    row = new_id()
    with logs.kept(folder):
        log.warning("row %s: %s %s %d", row, ClockState.TRUSTED, "camera_missing", 7)
    (line,) = lines(folder)
    assert (line["level"], line["logger"], line["event"]) == ("WARNING", "station.test", "row %s: %s %s %d")
    assert line["values"] == [row, "TRUSTED", "camera_missing", 7]


@pytest.mark.parametrize("secret", SECRETS)
def test_no_other_text_gets_in_by_a_value_an_error_or_a_library(folder: Path, secret: str) -> None:
    class Named(Enum):
        ONE = secret

    with logs.kept(folder):
        log.error("a value %s, a number %d, one of a list %s", secret, 13959612345, [secret])
        log.error("by name %(plate)s", {"plate": secret})
        log.error("a member %s", Named.ONE)
        logging.getLogger("library").error(f"it says {secret}")  # noqa: G004 - libraries do
        try:
            fail(secret)
        except DatabaseFull:
            log.exception("a row was not kept")
    text = (folder / "station.log").read_text("utf-8")
    assert secret not in text
    assert "13959612345" not in text


def test_an_error_is_told_by_its_type_its_code_and_where_it_was_raised(folder: Path) -> None:
    with logs.kept(folder):
        try:
            fail("/home/wang")
        except DatabaseFull:
            log.exception("a row was not kept")
    full, cause = lines(folder)[0]["error"]
    assert (full["type"], full["code"]) == ("db.errors.DatabaseFull", "database_full")
    assert cause["type"] == "builtins.ValueError"
    assert [place.rpartition(" ")[2] for place in full["places"]][-1] == "fail"


def test_what_libraries_say_while_nothing_is_amiss_is_not_kept(folder: Path) -> None:
    with logs.kept(folder):
        logging.getLogger("library").info("connected")
        logging.getLogger("library").warning("slow")
    assert [line.get("event") for line in lines(folder)] == [None]


def test_old_lines_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "SIZE", 2000)
    with logs.kept(folder):
        for number in range(200):
            log.info("line %d", number)
    kept = lines(folder)
    assert len(list(folder.iterdir())) == logs.FILES
    assert kept[-1]["values"] == [199]
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 2000 * logs.FILES


def test_a_folder_that_cannot_be_made_costs_the_log_alone(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with logs.kept(tmp_path / "file" / "logs"):
        log.error("unheard")


def test_the_terminal_hears_no_more_than_before(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = logging.StreamHandler()
    root = logging.getLogger()
    root.addHandler(terminal)
    root.setLevel(logging.CRITICAL)
    try:
        with logs.kept(folder):
            log.error("only in the file")
    finally:
        root.removeHandler(terminal)
        root.setLevel(logging.WARNING)
    assert capsys.readouterr().err == ""
    assert len(lines(folder)) == 1


def test_a_whole_demonstration_leaves_nobody_in_the_log(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--headless", "--source", "demo", "--unpaced", "--vehicles", "4"]) == 0
    with open_database(own_home / "station.db") as database:
        rows = passages.page(database, limit=99)
    known = {row.plate for row in rows if row.plate}
    for row in rows:
        for occupant in json.loads(row.evidence)["occupants"]:
            known |= set(_texts_of(occupant))
    names = {one for one in known if not one.isascii()}
    assert len(names) > 3, "plates and names are looked for"
    text = (own_home / "logs" / "station.log").read_text("utf-8")
    assert not [one for one in known if len(one) > 3 and not one.islower() and one in text]
    assert not [one for one in names if one in text]
    told = [line["event"] for line in lines(own_home / "logs")]
    assert told.count("passage %s: %s") == len(rows)


def _texts_of(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts_of(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts_of(one)]
    return [value] if isinstance(value, str) else []
