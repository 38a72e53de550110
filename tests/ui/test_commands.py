"""The desk's other commands: help, log, people, decisions, imports, doctor; and what all commands share."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db import events, passages
from db.engine import open_database
from tests.ui.conftest import AT, PIN, Answer, Station, Typed, enrol
from tests.ui.test_check import trust_file
from ui import console

Issue = Callable[..., Path]
ROOT = Path(__file__).parents[2]
HELP = [
    *(
        (command,)
        for command in ("run", "check", "issue", "log", "export", "verify-export", "decide", "badge", "doctor")
    ),
    *((kind, "import") for kind in ("trust", "policy", "watchlist", "sampling-points")),
    *(("roster", action) for action in ("generate", "check", "show", "publish", "export", "repair")),
    ("swap", "list"),
    *(("people", action) for action in ("add", "pin", "disable", "enable", "sign-in", "sign-out", "list", "on-duty")),
]


@pytest.mark.parametrize("words", [(), *HELP], ids=" ".join)
def test_every_command_has_help(station: Station, words: tuple[str, ...]) -> None:
    answer = station(*words, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert " ".join(("usage: station", *words)) in answer.out
    assert not words or ("--json" in answer.out and "--language" in answer.out)


def test_help_waits_for_neither_opencv_nor_sql_nor_qt() -> None:
    script = "import sys; from ui.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {"cv2", "numpy", "sqlalchemy", "PySide6", "cryptography", "zxingcpp"}


def test_a_command_in_a_process_of_its_own_works_with_everything_closed(tmp_path: Path) -> None:
    """No standard input, no UTF-8: the exit code stands, and nothing is a traceback."""
    script = f"exec {sys.executable} -m ui.cli check --exempt 救护车 --plate 闽E12345 --at {AT} <&-"
    environment = {"STATION_HOME": str(tmp_path), "PYTHONIOENCODING": "ascii:strict", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        ["sh", "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    open_database(tmp_path / "log.db").close()
    script = f"{sys.executable} -m ui.cli log --csv --database {tmp_path / 'log.db'} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_configured_language_answers_unless_another_is_asked_for(station: Station, own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "station.toml").write_text('language = "en"\n')
    assert "Give a picture" in station("check").err
    assert "Give a picture" in station("check", "--plate", "闽E12345").err
    assert "COMMAND is missing" in station().err
    assert "请给出照片" in station("--language", "zh", "check").err


def test_a_table_lines_up_with_chinese_in_it() -> None:
    table = console.table(("车牌", "x"), [("闽E·1***5", "1"), ("短", "2")]).splitlines()
    assert {console.width(line[: line.rindex(mark)]) for line, mark in zip(table[2:], "12", strict=True)} == {11}


# --- the log, people, decisions --------------------------------------------------------------------------------------


@pytest.fixture
def log(station: Station, issue: Issue, tmp_path: Path) -> Path:
    """A log of a pass, a review and a refusal, in that order."""
    path = tmp_path / "log.db"
    typed = ("--temperature", "36.5", "--people", "1", "--at", AT, "--database", path)
    for number, (state, code) in enumerate({"green": 0, "yellow": 20, "red": 10}.items(), 1):
        plate = f"闽E1234{number}"
        assert station("check", issue("both", "--state", state), "--plate", plate, *typed).code == code
    return path


def kept(station: Station, log: Path, *options: str) -> list[dict[str, str]]:
    return list(station("log", "--database", log, "--json", *options).json["passages"])


def test_the_log_shows_the_newest_first_with_masked_plates_ids_and_the_deciding_sentence(
    station: Station, log: Path
) -> None:
    lines = station("log", "--database", log).out.splitlines()
    assert lines[0].split() == ["时间", "结论", "车牌", "人数", "查验员", "班次", "编号", "理由"]
    assert [line.split()[2] for line in lines[2:]] == ["劝返", "人工核验", "放行"]
    assert lines[2].startswith("2022-03-14 12:00:00  劝返      闽E·1***3")
    assert lines[2].endswith("健康码红码，请劝返")
    assert kept(station, log)[0]["id"] in lines[2]


def test_the_log_can_be_narrowed(station: Station, log: Path) -> None:
    assert [row["verdict"] for row in kept(station, log, "--limit", "2")] == ["refuse", "review"]
    assert [row["verdict"] for row in kept(station, log, "--verdict", "pass")] == ["pass"]
    assert [row["verdict"] for row in kept(station, log, "--find", "闽e12342")] == ["review"]
    assert [row["verdict"] for row in kept(station, log, "--open")] == ["review"]
    assert kept(station, log, "--since", "2022-03-14T12:00:01") == []
    assert len(kept(station, log, "--until", "2022-03-14T12:00:01")) == 3


def test_the_csv_has_every_row_and_its_reasons_codes(station: Station, log: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(station("log", "--csv", "--database", log).out)))
    assert [row["verdict"] for row in rows] == ["refuse", "review", "pass"]
    assert "health_red" in rows[0]["reasons"].split()
    assert rows[0]["concluded_at"] == "2022-03-14T04:00:00+00:00"


def test_whole_plates_are_shown_on_request_and_the_request_is_kept(station: Station, log: Path, typed: Typed) -> None:
    enrol(log)
    typed(PIN)
    assert [row["plate"] for row in kept(station, log, "--whole", "--as", "A1")] == ["闽E12343", "闽E12342", "闽E12341"]
    with open_database(log) as database:
        told = events.newest(database, 1)
    assert [(event.kind, event.actor) for event in told] == [("plates_unmasked", "A1")]


@pytest.fixture
def staffed(station: Station, log: Path, typed: Typed) -> Path:
    """The log, with officer 1001 (PIN 4821) and lead 2001 (PIN 9034)."""
    for code, role, pin in (("1001", "officer", "4821"), ("2001", "lead", "9034")):
        typed(pin)
        words = ("people", "add", code, "--name", "陈志强", "--unit", "区建设局", "--role", role, "--database", log)
        assert station(*words).code == 0
    return log


def test_people_come_on_duty_with_their_pin_and_leave(station: Station, staffed: Path, typed: Typed) -> None:
    at = ("--database", staffed)
    typed("0000")
    assert "编号或 PIN 不对" in station("people", "sign-in", "1001", *at).err
    typed("4821")
    assert station("people", "sign-in", "1001", *at).code == 0
    assert [one["code"] for one in station("people", "on-duty", "--json", *at).json["people"]] == ["1001"]
    assert station("people", "sign-out", "1001", *at).code == 64, "nobody is signed out by somebody else"
    typed("4821")
    assert station("people", "sign-out", "1001", *at).code == 0
    assert station("people", "on-duty", "--json", *at).json == {"people": []}
    everybody = station("people", "list", *at).out
    assert "带班组长" in everybody
    assert "argon2" not in everybody + station("people", "list", "--json", *at).out


def test_people_are_taken_off_the_list_and_put_back(station: Station, staffed: Path, typed: Typed) -> None:
    at = ("--database", staffed)
    assert station("people", "disable", "1001", *at).code == 0
    typed("4821")
    assert "1001 已停用" in station("people", "sign-in", "1001", *at).err
    assert station("people", "enable", "1001", *at).code == 0
    typed("7193")
    assert station("people", "pin", "1001", *at).code == 0
    typed("7193")
    assert station("people", "sign-in", "1001", *at).code == 0


@pytest.mark.parametrize(
    "said",
    [
        (("add", "1001", "--name", "N", "--unit", "U", "--role", "lead"), ("9999",), "编号 1001 已有人使用"),
        (("add", "1002", "--name", "N", "--unit", "U", "--role", "lead"), ("12",), "PIN 应为 4 到 12 位数字"),
        (("add", "1002", "--name", "N", "--unit", "U", "--role", "lead"), (), "请输入 1002 的 PIN"),
        (("add", "1002", "--name", "N", "--unit", "U", "--role", "boss"), ("4821",), "--role 不能是 'boss'"),
        (("pin", "3001"), ("4821",), "没有编号为 3001 的人员"),
        (("pin", "1001"), ("1990",), "这个 PIN 太容易猜到"),
        (("add", "4821", "--name", "N", "--unit", "U", "--role", "lead"), ("4821",), "这个 PIN 太容易猜到"),
    ],
)
def test_what_does_not_fit_about_people_is_said(
    staffed: Path, station: Station, typed: Typed, said: tuple[tuple[str, ...], tuple[str, ...], str]
) -> None:
    words, lines, sentence = said
    typed(*lines)
    answer = station("people", *words, "--database", staffed)
    assert (answer.code, sentence in answer.err) == (64, True), answer


def decide(station: Station, log: Path, *words: str, verdict: str = "review") -> Answer:
    passage = kept(station, log, "--verdict", verdict)[0]["id"]
    return station("decide", passage, *words, "--database", log)


RELEASE = ("release", "--as", "1001", "--lead", "2001", "--reason", "证件核对无误")


def test_a_review_is_released_by_officer_and_lead_once(station: Station, staffed: Path, typed: Typed) -> None:
    typed("4821", "9034")
    assert decide(station, staffed, *RELEASE, "--json").json["kind"] == "release"
    assert kept(station, staffed, "--open") == []
    typed("4821", "9034")
    assert "已经处置过" in decide(station, staffed, *RELEASE).err


def test_a_refusal_is_never_released_and_nothing_goes_without_lead_reason_and_pin(
    station: Station, staffed: Path, typed: Typed
) -> None:
    for words, lines, verdict, sentence in (
        (RELEASE, ("4821", "9034"), "refuse", "只有“人工核验”可以改为放行"),
        (RELEASE[:-2], ("4821", "9034"), "review", "请填写事由"),
        (RELEASE[:3], (), "review", "放行须有带班组长：请加 --lead"),
        (("turn_back", "--as", "1001"), (), "review", "请输入 1001 的 PIN"),
        (("correction", "--as", "1001"), ("4821",), "review", "请输入车牌"),
        (("pardon", "--as", "1001"), (), "review", "不能是 'pardon'"),
    ):
        typed(*lines)
        answer = decide(station, staffed, *words, verdict=verdict)
        assert (answer.code, sentence in answer.err) == (64, True), answer
    for words, lines, sentence in (
        (RELEASE, ("4821", "1111"), "编号或 PIN 不对"),
        (("release", "--as", "1001", "--lead", "1001", "--reason", "x"), ("4821", "4821"), "无权"),
    ):
        typed(*lines)
        answer = decide(station, staffed, *words)
        assert (answer.code, sentence in answer.err) == (77, True), answer
    assert len(kept(station, staffed, "--open")) == 1
    assert "没有这条通行记录：nothing" in station("decide", "nothing", *RELEASE, "--database", staffed).err


def test_any_passage_can_be_turned_back_and_a_plate_corrected(station: Station, staffed: Path, typed: Typed) -> None:
    typed("4821")
    assert "已劝返" in decide(station, staffed, "turn_back", "--as", "1001", verdict="pass").out
    typed("4821")
    answer = decide(station, staffed, "correction", "--as", "1001", "--plate", "闽E00001", verdict="pass")
    assert "车牌已更正" in answer.out
    with open_database(staffed) as database:
        (row,) = (one for one in passages.page(database) if one.verdict == "pass")
        assert row.plate == "闽E12341"


# --- imports and the doctor ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("trust", None),
        ("policy", 'version = "2"\nnotice = "6号通告"\n'),
        ("watchlist", "plate,reason,contact\n闽E12345,查控,110\n"),
        ("sampling-points", "name,place,hours\n龙文医院,迎宾路,全天\n"),
    ],
)
def test_a_document_is_imported_shown_and_in_force(
    station: Station, typed: Typed, tmp_path: Path, kind: str, content: str | None
) -> None:
    file, log = tmp_path / "document", ("--database", tmp_path / "log.db")
    if content is None:
        file = trust_file(tmp_path, "json")
    else:
        file.write_bytes(content.encode("gb18030") if kind == "watchlist" else content.encode())
    enrol(log[1])
    who = "L1" if kind == "watchlist" else "M1"
    typed(PIN)
    imported = station(kind, "import", file, "--as", who, "--json", *log)
    assert imported.code == 0
    shown = station(kind, "show", "--json", *log).json
    assert shown == imported.json
    assert shown["documents"][0]["imported_by"] == who
    assert shown["documents"][0]["sha256"][:16] in station(kind, "show", *log).out


def test_the_doctor_looks_at_everything_makes_nothing_and_says_the_mend(station: Station, own_home: Path) -> None:
    answer = station("doctor", "--json")
    findings = {one["key"]: one for one in answer.json["findings"]}
    assert findings.keys() >= {
        "sqlite",
        "database",
        "clock",
        "trust",
        "font",
        "zbar",
        "voice",
        "qt",
        "disk",
        "configuration",
    }
    assert all(one["well"] or one["mend"] for one in findings.values())
    assert answer.code == (0 if all(one["well"] for one in findings.values()) else 20)
    assert not findings["trust"]["well"]
    assert not own_home.exists()
    assert json.loads(answer.out)


def test_the_doctor_names_what_is_wrong_with_a_database(station: Station, log: Path, tmp_path: Path) -> None:
    assert "✓ 数据库" in station("doctor", "--database", log).out
    log.with_name("log.db.key").unlink()
    wrong = station("doctor", "--database", log)
    assert wrong.code == 20
    assert "✗ 数据库" in wrong.out
    assert "缺少数据库密钥文件" in wrong.out
    assert "没有数据库" in station("doctor", "--database", tmp_path / "none.db").out
