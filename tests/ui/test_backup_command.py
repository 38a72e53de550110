"""`station backup` and `restore`: the disk dies, and an administrator brings the station back on another one."""

import io
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import events, passages, people
from db.engine import open_database
from db.pins import hash_pin
from station.access import REFUSED
from tests.db.samples import a_passage, a_person
from tests.ui.conftest import Station

PIN = "246810"


@pytest.fixture
def log(own_home: Path) -> Path:
    """A station's log, with an administrator, an officer and a vehicle of this minute."""
    with open_database(own_home / "station.db") as database:
        for code, role in (("9001", "administrator"), ("1001", "officer")):
            person = a_person(code=code, role=role, pin_hash=hash_pin(PIN))
            people.add(database, person, station="LS-1", by=None)
        passages.append_passage(database, a_passage(station="LS-1", concluded_at=datetime.now(UTC)))
    return own_home / "station.db"


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What comes on standard input, line by line."""
    return lambda *lines: monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_a_station_whose_disk_died_comes_back(
    station: Station, log: Path, tmp_path: Path, types: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    paper, copy, days = tmp_path / "key.txt", tmp_path / "copy.db", tmp_path / "days"
    types(PIN)
    assert station("key", "recovery-copy", "--as", "9001", "--out", paper).code == 0
    types(PIN)
    answer = station("backup", copy, "--day-keys", days, "--as", "9001")
    assert (answer.code, "已备份并核对" in answer.out, "各日密钥" in answer.out) == (0, True, True)

    monkeypatch.setenv("STATION_HOME", str(tmp_path / "another-machine"))
    answer = station("restore", copy, "--as", "9001")
    assert (answer.code, "station key restore" in answer.err) == (64, True)
    assert station("key", "restore", paper).code == 0
    types(PIN)
    answer = station("restore", copy, "--day-keys", days, "--as", "9001", "--json")
    assert (answer.code, answer.json["aside"]) == (0, None)
    assert answer.json["readable"] == [datetime.now(UTC).date().isoformat()]
    assert station("verify").code == 0
    assert "闽E" in station("log").out


@pytest.mark.parametrize("words", [("backup", "copy.db"), ("key", "recovery-copy")])
def test_others_than_an_administrator_are_refused(
    station: Station, log: Path, tmp_path: Path, types: Callable[..., None], words: tuple[str, ...]
) -> None:
    types(PIN)
    verb, what = words
    answer = station(verb, tmp_path / what if verb == "backup" else what, "--as", "1001")
    assert (answer.code, answer.out) == (77, "")
    assert not (tmp_path / "copy.db").exists()


def test_a_refused_restore_is_on_record_in_the_newer_log_that_stays(
    station: Station, log: Path, tmp_path: Path, types: Callable[..., None]
) -> None:
    types(PIN)
    assert station("backup", tmp_path / "copy.db", "--as", "9001").code == 0
    with open_database(log) as database:
        passages.append_passage(database, a_passage(station="LS-1"))
    for code, pin in (("1001", PIN), ("9001", "000000"), ("9001", PIN)):
        types(pin)
        assert station("restore", tmp_path / "copy.db", "--as", code).code != 0
    with open_database(log) as database:
        refused = reversed(events.newest(database, kind=REFUSED))
    assert [(one.actor, json.loads(one.details)["why"]) for one in refused] == [
        ("1001", "not_allowed"),
        (None, "pin_wrong"),  # whoever it was
        ("9001", "restore_newer"),
    ]


def test_a_log_that_was_changed_is_told_with_the_backup(
    station: Station, log: Path, tmp_path: Path, types: Callable[..., None]
) -> None:
    with open_database(log) as database, database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER passages_no_update")
        connection.exec_driver_sql("UPDATE passages SET verdict = 'refuse'")
    types(PIN)
    answer = station("backup", tmp_path / "copy.db", "--as", "9001")
    assert (answer.code, "被修改" in answer.err) == (10, True)
