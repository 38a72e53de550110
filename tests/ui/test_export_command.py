"""`station export` and `station verify-export`: an auditor takes a week away and somebody without a log checks it."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from db import passages, people
from db.engine import open_database
from db.pins import hash_pin
from tests.db.samples import NOON, a_passage, a_person
from tests.ui.conftest import Answer, Station

PIN = "246810"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Three vehicles, and an auditor, a lead and an officer with a PIN."""
    path = tmp_path / "log.db"
    with open_database(path) as database:
        for code, role in (("A1", "auditor"), ("L1", "lead"), ("O1", "officer")):
            person = a_person(code=code, role=role, pin_hash=hash_pin(PIN))
            people.add(database, person, station="LS-1", by=None)
        for verdict in ("pass", "review", "refuse"):
            passages.append_passage(database, a_passage(station="LS-1", verdict=verdict, concluded_at=NOON))
    return path


@pytest.fixture
def export(station: Station, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    def run(name: str, *options: object, by: str = "A1", why: str = "月度抽查") -> Answer:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n"))
        given = ("--as", by, "--why", why, "--out", tmp_path / name, "--database", log)
        return station("export", *given, *options)

    return run


Export = Callable[..., Answer]


@pytest.mark.parametrize(
    ("language", "made", "whole"),
    [
        ("zh", "已导出 3 行", "完好：3 行与写出时相同；A1 于"),
        ("en", "3 rows exported to", "Whole: 3 rows as they were"),
    ],
)
def test_a_file_is_made_and_verified_with_nothing_but_itself(
    station: Station, export: Export, tmp_path: Path, *, language: str, made: str, whole: str
) -> None:
    answer = export("week.csv", "--language", language)
    assert (answer.code, made in answer.out) == (0, True)
    (tmp_path / "log.db").unlink()
    answer = station("verify-export", tmp_path / "week.csv", "--language", language)
    assert (answer.code, whole in answer.out) == (0, True)
    assert "--key" in answer.err, "what cannot be found without a key learnt elsewhere is said"


def test_what_is_asked_for_and_what_was_made_is_told_as_json(station: Station, export: Export, tmp_path: Path) -> None:
    answer = export("refused.xlsx", "--verdict", "refuse", "--since", "2026-05-01", "--personal", "--json")
    assert (answer.code, answer.json["rows"], answer.json["personal"]) == (0, 1, True)
    told = station("verify-export", tmp_path / "refused.xlsx", "--json").json
    assert (told["whole"], told["by"], told["why"]) == (True, "A1", "月度抽查")
    assert told["filters"] == {"since": "2026-05-01T00:00:00+08:00", "verdict": "refuse"}
    assert (told["sha256"], told["event"]) == (answer.json["sha256"], answer.json["event"])


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "被修改：第 2 行（第 3 行，"), ("en", "edited: row 2 (line 3, ")]
)
def test_a_row_that_was_edited_is_named(
    station: Station, export: Export, tmp_path: Path, language: str, said: str
) -> None:
    export("week.csv")
    (tmp_path / "week.csv").write_bytes((tmp_path / "week.csv").read_bytes().replace(b",review,", b",pass,"))
    answer = station("verify-export", tmp_path / "week.csv", "--language", language)
    assert (answer.code, said in answer.out) == (10, True)


def test_it_is_held_to_the_key_in_a_head_of_the_stations_ledger(
    station: Station, export: Export, log: Path, tmp_path: Path
) -> None:
    export("week.csv")
    head, other = tmp_path / "head.txt", tmp_path / "other.txt"
    station("verify", "--database", log, "--keep", head)
    answer = station("verify-export", tmp_path / "week.csv", "--key", head)
    assert (answer.code, answer.err) == (0, "")
    other_log = tmp_path / "other.db"
    with open_database(other_log) as database:
        passages.append_passage(database, a_passage(station="LS-1"))
    station("verify", "--database", other_log, "--keep", other)
    answer = station("verify-export", tmp_path / "week.csv", "--key", other, "--json")
    assert (answer.code, answer.json["findings"][0]["wrong"]) == (10, "key")


@pytest.mark.parametrize(
    ("by", "options", "code"),
    [("O1", (), 77), ("L1", ("--personal",), 77), ("L1", (), 0), ("A1", ("--plate", "闽E1"), 64)],
)
def test_who_may_and_what_may_not(export: Export, tmp_path: Path, by: str, options: tuple[str, ...], code: int) -> None:
    assert export("week.csv", *options, by=by).code == code
    assert (tmp_path / "week.csv").exists() is (code == 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("week.txt",), "--format"),
        (("none/week.csv",), "week.csv"),
        (("week.csv", "--why", " "), "参数是空的"),
    ],
)
def test_what_it_cannot_use_is_a_sentence(export: Export, arguments: tuple[str, ...], said: str) -> None:
    answer = export(*arguments)
    assert (answer.code, said in answer.err) == (64, True)


def test_no_manifest_and_what_is_no_key_are_sentences(station: Station, export: Export, tmp_path: Path) -> None:
    export("week.csv")
    answer = station("verify-export", tmp_path / "week.csv", "--key", "AAAA")
    assert (answer.code, "不是公钥" in answer.err) == (64, True)
    (tmp_path / "week.csv.manifest.json").write_text("{}")
    assert station("verify-export", tmp_path / "week.csv").code == 64
    (tmp_path / "week.csv.manifest.json").unlink()
    assert station("verify-export", tmp_path / "week.csv").code == 64
