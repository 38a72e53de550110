"""Bad input: a sentence in the user's language that says what to do, exit 64, and nothing written."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from db.connection import WAL, connect
from db.engine import open_database
from db.keyfile import key_path
from tests.scanner import builders
from tests.ui.conftest import AT, Station

Issue = Callable[..., Path]
GOOD = ("--temperature", "36.5", "--plate", "闽E12345", "--people", "1", "--at", AT)


@pytest.fixture
def misused(station: Station) -> Callable[..., None]:
    """`misused(words…, zh="…", en="…")`: both languages say so on standard error, and it is misuse."""

    def run(*arguments: object, zh: str, en: str) -> None:
        for language, sentence in (("zh", zh), ("en", en)):
            answer = station(*arguments, "--language", language)
            assert answer.code == 64, answer
            assert answer.out == ""
            assert sentence in answer.err
            assert answer.err.count("\n") == 1
            assert not answer.err.replace("…）", "").rstrip("\n").endswith("…")

    return run


Misused = Callable[..., None]


@pytest.mark.parametrize("typed", ["36,5", "三十六", "nan", "", "inf", "36.5℃", "0x24", "36.", "1e2"])
def test_a_temperature_is_a_number_with_a_point(misused: Misused, typed: str) -> None:
    misused("check", "x.png", "--temperature", typed, zh=f"体温“{typed}”不是数字", en="is no number")


@pytest.mark.parametrize("typed", ["36.53", "36.50"])
def test_a_temperature_has_one_decimal(misused: Misused, typed: str) -> None:
    misused("check", "x.png", "--temperature", typed, zh=f"体温 {typed} 多于一位小数", en="more than one decimal")


@pytest.mark.parametrize("typed", ["0", "-1", "x", "100", "1.5", "", "二"])
def test_people_are_counted_from_one(misused: Misused, typed: str) -> None:
    misused("check", "x.png", f"--people={typed}", zh=f"人数“{typed}”不对", en="expected a whole number, 1 to 99")


@pytest.mark.parametrize("typed", ["yesterday", "", "2022-13-01", "12:00", "0001-01-01T00:00", "2022-03-14T25:00"])
def test_a_time_is_iso_8601(misused: Misused, typed: str) -> None:
    misused("check", "x.png", "--at", typed, zh=f"时间“{typed}”不对", en="is not ISO 8601")


def test_more_temperatures_than_people_are_a_slip_of_the_hand(misused: Misused, issue: Issue) -> None:
    words = ("check", issue("both"), *GOOD, "--temperature", "36.6")
    misused(*words, zh="体温有 2 个，多于 1 人", en="2 temperatures for 1 people")


# --- words that mean nothing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        ((), "缺少 COMMAND", "COMMAND is missing"),
        (("chekc",), "不能是 'chekc'", "cannot be 'chekc'"),
        (("check", "x.png", "--temprature", "36.5"), "不认识的参数 --temprature", "Unknown argument --temprature"),
        (("check", "x.png", "--plate"), "--plate 后面缺少内容", "--plate needs a value"),
        (("check",), "请给出照片", "Give a picture"),
        (("issue", "both", "--out", "x.png"), "缺少 --name", "--name is missing"),
        (("issue", "both", "--name", " ", "--out", "x.png"), "有一项参数是空的", "An argument is blank"),
        (("issue", "passport", "--name", "N", "--out", "x"), "不能是 'passport'", "cannot be 'passport'"),
        (("issue", "both", "--name", "N", "--id-tail", "12", "--out", "x"), "证件尾号“12”不对", "ID tail “12”"),
        (("log", "--limit", "0"), "“0”不对，应为 1 以上的整数", "expected a whole number from 1"),
        (("run", "--vehicles", "-3"), "“-3”不对", "expected a whole number from 1"),
        (("voice", "放行", "--to", "x.mp3"), "x.mp3 应以 .wav 结尾", "x.mp3 must end in .wav"),
        (("run", "--seed", "-5"), "种子“-5”不对", "Seed “-5”: expected a whole number from 0"),
        (("run", "--seed", "x"), "种子“x”不对", "Seed “x”: expected a whole number from 0"),
        (("people",), "缺少 ACTION", "ACTION is missing"),
        (("trust", "export"), "不能是 'export'", "cannot be 'export'"),
        (("check", "x.png", "--database", ""), "有一项参数是空的", "An argument is blank"),
    ],
)
def test_wrong_usage_says_what_is_wrong_and_where_help_is(
    misused: Misused, words: tuple[str, ...], zh: str, en: str
) -> None:
    misused(*words, zh=zh, en=en)


def test_an_unknown_language_is_answered_in_chinese(station: Station) -> None:
    answer = station("log", "--language", "fr")
    assert (answer.code, "--language 不能是 'fr'" in answer.err) == (64, True)


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_picture_must_be_there_and_be_one(misused: Misused, tmp_path: Path) -> None:
    text, empty = tmp_path / "text.png", tmp_path / "empty.jpg"
    text.write_text("not a picture")
    empty.touch()
    misused("check", tmp_path / "none.png", *GOOD, zh="找不到", en="There is no")
    for path in (text, empty, tmp_path):
        misused("check", path, *GOOD, zh="不是可读取的图片", en="is not a picture that can be read")
    large = endless(tmp_path / "large.png")
    misused(
        "check", large, *GOOD, zh="large.png 太大：最多 50 MB、134 百万像素", en="large.png is too large: at most 50 MB"
    )


def test_nothing_is_kept_of_a_check_that_could_not_begin(misused: Misused, tmp_path: Path) -> None:
    words = ("check", tmp_path / "none.png", *GOOD, "--database", tmp_path / "log.db")
    misused(*words, zh="找不到", en="There is no")
    assert list(tmp_path.iterdir()) == []


def test_a_source_must_hold_pictures(misused: Misused, tmp_path: Path) -> None:
    folder, video = tmp_path / "photos", tmp_path / "film.avi"
    folder.mkdir()
    video.write_bytes(b"RIFF but nothing more")
    words = ("run", "--headless", "--database", tmp_path / "log.db", "--source")
    misused(*words, folder, zh="里没有照片", en="There are no photos")
    misused(*words, video, zh="不是可播放的视频", en="is not a video")
    misused(*words, tmp_path / "none", zh="找不到", en="There is no")


@pytest.mark.parametrize(
    "command", [("check", "x.png"), ("log",), ("run", "--headless"), ("issue", "both", "--name=N", "--out=x")]
)
def test_an_unknown_key_of_the_configuration_is_named_with_its_line(
    misused: Misused, own_home: Path, command: tuple[str, ...]
) -> None:
    own_home.mkdir()
    (own_home / "station.toml").write_text('station = "LS-1"\nlangauge = "zh"\n')
    misused(
        *command, zh="station.toml 第 2 行：不认识的项 “langauge”", en="station.toml, line 2: unknown key “langauge”"
    )


def test_the_doctor_serves_a_station_that_is_configured_wrongly(station: Station, own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "station.toml").write_text("language = 'de'\n")
    answer = station("doctor")
    assert answer.code == 20
    assert "✗ 配置" in answer.out
    assert "station.toml 第 1 行" in answer.out


@pytest.mark.parametrize(
    ("policy", "zh", "en"),
    [
        ("test_windwo_hours = 48", "第 3 行：不认识的项 “test_windwo_hours”", "line 3: unknown key"),
        ("test_window_hours = -1", "第 3 行：test_window_hours = -1 不可用", "line 3: test_window_hours = -1"),
        ("test_window_hours = 'two days'", "第 3 行：test_window_hours", "line 3: test_window_hours"),
        ("fever_celsius = nan", "第 3 行：fever_celsius = nan", "line 3: fever_celsius = nan"),
        ("fever_celsius =", "无法读取 p.toml", "Cannot read p.toml"),
    ],
)
def test_a_policy_is_checked_key_by_key(misused: Misused, tmp_path: Path, policy: str, zh: str, en: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(f'version = "1"\nnotice = "n"\n{policy}\n')
    misused("check", "--exempt", "救护车", "--policy", path, zh=zh, en=en)
    misused("policy", "import", path, "--database", tmp_path / "log.db", zh=zh, en=en)


def endless(path: Path) -> Path:
    """A file of more than this machine's memory, all of it a hole that takes no room."""
    with path.open("wb") as file:
        file.truncate(60_000_000_000)
    return path


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("policy import", "100 KB"),
        ("trust import", "10 MB"),
        ("watchlist import", "10 MB"),
        ("sampling-points import", "1 MB"),
        ("people import", "20 MB"),
        ("check --exempt 救护车 --policy", "100 KB"),
        ("check --exempt 救护车 --trust", "10 MB"),
        ("check --exempt 救护车 --watchlist", "10 MB"),
        ("check --text", "20 MB"),
        ("key restore", "20 MB"),
    ],
)
def test_of_a_file_that_is_too_large_no_more_is_read_than_is_allowed(
    misused: Misused, tmp_path: Path, words: str, most: str
) -> None:
    large = endless(tmp_path / "large")
    misused(*words.split(), large, zh=f"large 太大：最多 {most}", en=f"large is too large: at most {most}")


def test_lists_and_keys_that_are_none_are_refused(misused: Misused, issue: Issue, tmp_path: Path) -> None:
    picture, junk, none = issue("both"), tmp_path / "junk", tmp_path / "none"
    junk.write_bytes(b"\x00\x01 junk")
    table = tmp_path / "list.csv"
    table.write_text("name,reasn\n")
    misused("check", picture, *GOOD, "--trust", junk, zh="没有可用的证书或公钥", en="no usable certificate")
    misused("check", picture, *GOOD, "--trust", none, zh="无法读取", en="Cannot read")
    misused("check", picture, *GOOD, "--watchlist", none, zh="无法读取", en="Cannot read")
    misused("check", picture, *GOOD, "--watchlist", table, zh="list.csv 第 1 行", en="list.csv, line 1")
    misused("check", picture, *GOOD, "--policy", none, zh="无法读取", en="Cannot read")
    misused("check", "--text", none, *GOOD, zh="无法读取", en="Cannot read")
    signing = ("issue", "both", "--name", "N", "--out", tmp_path / "x.png", "--key")
    misused(*signing, junk, zh="签名密钥无法使用", en="The signing key cannot be used")
    misused(*signing, none, zh="无法读取", en="Cannot read")


def test_a_picture_goes_into_a_folder_that_is_there(misused: Misused, tmp_path: Path) -> None:
    out = tmp_path / "none" / "x.png"
    misused("issue", "both", "--name", "N", "--out", out, zh=f"无法写入 {out}", en=f"Cannot write {out}")


def test_a_home_that_cannot_be_made_is_named(misused: Misused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("STATION_HOME", str(tmp_path / "file" / "home"))
    misused("issue", "both", "--name", "N", "--out", tmp_path / "x.png", zh="file", en="file")


# --- databases -------------------------------------------------------------------------------------------------------


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A passage log, empty."""
    path = tmp_path / "log.db"
    open_database(path).close()
    return path


def against(picture: Path, database: object) -> list[tuple[object, ...]]:
    """Every command that opens a database."""
    return [
        ("check", picture, *GOOD, "--database", database),
        ("run", "--headless", "--unpaced", "--vehicles", "1", "--database", database),
        ("log", "--database", database),
        ("people", "list", "--database", database),
        ("policy", "show", "--database", database),
    ]


def test_postgresql_is_refused_without_repeating_its_password(station: Station, misused: Misused, issue: Issue) -> None:
    for words in against(issue("both"), "postgresql://officer:secret@host/station"):
        misused(*words, zh="不支持 postgresql 数据库", en="postgresql databases are not supported")
        assert "secret" not in station(*words).err


def test_a_lost_damaged_or_foreign_key_opens_nothing(misused: Misused, issue: Issue, log: Path) -> None:
    key, picture = key_path(log), issue("both")
    right = key.read_bytes()
    key.write_text("0" * 64)
    for words in against(picture, log):
        misused(*words, zh=f"密钥与数据库 {log} 不符", en=f"The key does not open {log}")
    key.write_text("not a key")
    for words in against(picture, log):
        misused(*words, zh=f"密钥文件 {key} 不是 64 位十六进制数", en=f"Key file {key} is not 64 hex digits")
    key.unlink()
    for words in against(picture, log):
        misused(*words, zh=f"缺少数据库密钥文件 {key}", en=f"The key file {key} is missing")
    assert not key.exists()
    key.write_bytes(right)
    open_database(log).close()


def test_a_database_of_a_newer_program_is_left_alone(misused: Misused, issue: Issue, log: Path) -> None:
    connection = connect(log, key_path(log).read_text().strip(), WAL)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for words in against(issue("both"), log):
        misused(*words, zh="由更新版本的程序建立（9999），请升级", en="newer version of this program (9999): update")


def test_a_plain_database_and_a_file_that_is_none_are_refused(misused: Misused, issue: Issue, tmp_path: Path) -> None:
    plain, text, picture = tmp_path / "plain.db", tmp_path / "text.db", issue("both")
    connection = sqlite3.connect(plain)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    text.write_text("a letter, not a database\n" * 200)
    key_path(text).write_text("0" * 64)
    for words in against(picture, plain):
        misused(*words, zh="是未加密的数据库", en="is an unencrypted database")
    for words in against(picture, text):
        misused(*words, zh="或文件不是数据库", en="or it is no database")
    for words in against(picture, tmp_path):
        misused(*words, zh="数据库不可写", en="The database cannot be written")


def test_what_only_reads_makes_no_database(misused: Misused, tmp_path: Path) -> None:
    log = tmp_path / "none.db"
    for words in (("log",), ("people", "list"), ("trust", "show"), ("people", "sign-out", "1001")):
        misused(*words, "--database", log, zh=f"没有数据库 {log}", en=f"There is no database {log}")
    assert not log.exists()


def test_an_error_nobody_foresaw_is_70_and_says_so(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence, not the traceback: the officer can do nothing with it."""

    def broken(*_: object) -> object:
        raise ZeroDivisionError("of our own making")

    monkeypatch.setattr("scanner.signer.Signer.from_pem", broken)
    key = tmp_path / "key.pem"
    key.write_bytes(builders.SIGNER.to_pem())
    answer = station("issue", "both", "--name", "N", "--key", key, "--out", tmp_path / "x.png")
    assert (answer.code, answer.out) == (70, "")
    assert "内部错误：ZeroDivisionError: of our own making" in answer.err
