"""`station key`: the station's key on a page to be sealed away, and read back: typed, or by its QR."""

import json
import os
import stat
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from db import events, recovery
from db.engine import open_database
from db.heads import signer_of
from db.keyfile import key_path
from scanner.camera import CameraSource, CameraState
from scanner.cv import cv2
from scanner.reader import Image
from scanner.source import load_image
from station import backup, logs
from station.backup import RecoveryCopy
from station.config import Config
from tests.scanner.cameras import C920, Device
from tests.ui.conftest import PIN, Station, Typed, enrol
from tests.ui.drawing import draw
from tests.ui.test_roster_pdf import said
from ui.commands import key
from ui.recovery_pdf import pdf_of

KEY = bytes(range(100, 132))
GROUPS = recovery.groups_of(KEY)
NOW = datetime(2026, 11, 30, 4, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("qapp")  # one application for all that write a PDF


@pytest.fixture
def log(own_home: Path) -> Path:
    """A station's log, with somebody of each role."""
    enrol(own_home / "station.db")
    return own_home / "station.db"


@pytest.fixture(scope="module")
def page(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recovery copy of `KEY`, as it is printed."""
    copy = RecoveryCopy(recovery.groups_of(KEY), signer_of(KEY).key)
    path = tmp_path_factory.mktemp("paper") / "恢复密钥.pdf"
    path.write_bytes(pdf_of(copy, Config("LS-1", "LS", "龙士查验点", "zh"), NOW))
    return path


@pytest.fixture(scope="module")
def photo(page: Path) -> Path:
    """The page as a telephone sees it: askew, in uneven light, as a JPEG."""
    picture = page.with_suffix(".png")
    try:
        words = ["pdftoppm", "-r", "110", "-png", "-singlefile", str(page), str(picture.with_suffix(""))]
        subprocess.run(words, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("no pdftoppm")
    paper = load_image(picture)
    high, wide = paper.shape[:2]
    corners = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    seen = np.array([(90, 60), (wide - 20, 0), (wide, high - 70), (0, high)], np.float32)
    askew = cv2.warpPerspective(paper, cv2.getPerspectiveTransform(corners, seen), (wide, high))
    lit = (askew * np.linspace(0.55, 1.0, wide)[None, :, None]).astype(np.uint8)
    return save(lit, page.with_suffix(".jpg"))


def save(picture: Image, path: Path) -> Path:
    cv2.imencode(path.suffix, picture)[1].tofile(path)
    return path


@pytest.fixture
def key_file(own_home: Path) -> Path:
    """Where the key is to be on a machine that has none yet."""
    return own_home / "station.db.key"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A stick, and where this system keeps what is temporary."""
    stick, temporary = tmp_path / "stick", tmp_path / "tmp"
    for folder in (stick, temporary):
        folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    return stick, temporary


# --- the copy --------------------------------------------------------------------------------------------------------


def test_a_page_says_whose_key_it_is_what_for_where_to_keep_it_and_how_to_restore(page: Path) -> None:
    info, words = said(page, "info"), "".join(said(page).split())
    assert "Pages:           1\n" in info
    assert "595 x 842" in info
    for one in (
        *("恢复密钥·Recoverykey", "龙士查验点（LS-1）2026-11-3012:00", signer_of(KEY).key),
        *("谁持有它和一份备份，谁就能打开全部记录", "Whoeverhasitandabackupcanopeneveryrow"),
        *("装入信封，封口并签名", "sealedandsignedacrosstheflap"),
        *("stationkeyrestore--camera：", "stationrestoreBACKUP--asADMINISTRATOR"),
    ):
        assert one in words


def test_its_groups_are_the_key(page: Path) -> None:
    assert recovery.key_of(recovery.groups_in(said(page))) == KEY


def test_what_a_copy_holds_stands_in_no_message(page: Path) -> None:
    copy = RecoveryCopy(recovery.groups_of(KEY), "public")
    assert repr(copy) == str(copy) == "RecoveryCopy(public_key='public')"


@pytest.mark.parametrize("name", ["key.pdf", "key.txt"])
def test_a_copy_is_for_its_owner_alone_and_no_draft_of_it_is_left(
    station: Station, log: Path, typed: Typed, folders: tuple[Path, Path], name: str
) -> None:
    before = os.umask(0)
    try:
        typed(PIN)
        answer = station("key", "recovery-copy", "--as", "M1", "--out", folders[0] / name)
    finally:
        os.umask(before)
    assert (answer.code, "只有本用户可读" in answer.out) == (0, True)
    (made,) = [file for folder in folders for file in folder.iterdir()]
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["key.pdf", "key.txt"])
def test_a_file_that_is_there_is_never_written_over_and_no_copy_is_on_record(
    station: Station, log: Path, typed: Typed, tmp_path: Path, name: str
) -> None:
    there = tmp_path / name
    there.write_text("another station's")
    typed(PIN)
    answer = station("key", "recovery-copy", "--as", "M1", "--out", there)
    assert (answer.code, answer.err) == (64, f"{there} 已存在，没有改动：请另起文件名\n")
    assert there.read_text() == "another station's"
    with open_database(log) as database:
        assert events.newest(database, kind=backup.RECOVERY_COPIED) == []


@pytest.mark.parametrize("name", ["nowhere/key.pdf", "key.png", "key"])
def test_where_no_copy_can_be_written_none_is_on_record(
    station: Station, log: Path, typed: Typed, tmp_path: Path, name: str
) -> None:
    typed(PIN)
    answer = station("key", "recovery-copy", "--as", "M1", "--out", tmp_path / name)
    assert answer.code == 64
    assert ("不在了" if "/" in name else ".pdf（打印）或 .txt") in answer.err
    assert not (tmp_path / name).exists()
    with open_database(log) as database:
        assert events.newest(database, kind=backup.RECOVERY_COPIED) == []


def test_who_may_not_gets_no_file(station: Station, log: Path, typed: Typed, tmp_path: Path) -> None:
    typed(PIN)
    assert station("key", "recovery-copy", "--as", "L1", "--out", tmp_path / "key.pdf").code == 77
    assert not (tmp_path / "key.pdf").exists()


def test_that_a_copy_was_made_is_on_record_and_the_key_is_nowhere(
    station: Station, log: Path, typed: Typed, tmp_path: Path
) -> None:
    with logs.kept(log.parent / "logs"):
        typed(PIN)
        assert station("key", "recovery-copy", "--as", "M1", "--out", tmp_path / "key.txt").code == 0
        assert station("key", "restore", tmp_path / "key.txt").code == 0
        groups = recovery.groups_in((tmp_path / "key.txt").read_text())
        code = draw(recovery.code_of(groups), tmp_path / "code.png")
        assert station("key", "restore", "--photo", code).code == 0
    key = key_path(log).read_text().strip()
    assert recovery.key_of(groups).hex() == key
    secrets = [key, *groups, *(group.replace("-", "") for group in groups)]
    with open_database(log) as database:
        (event,) = events.newest(database, kind=backup.RECOVERY_COPIED)
        assert (event.actor, json.loads(event.details)) == ("M1", {})
        assert not any(secret in str(one) for one in events.newest(database) for secret in secrets)
    files = [file for file in log.parent.rglob("*") if file.is_file() and file != key_path(log)]
    assert log.parent / "logs" / "station.log" in files
    assert not any(secret.encode() in file.read_bytes() for file in files for secret in secrets)


def test_a_copy_that_is_shown_says_the_same(station: Station, log: Path, typed: Typed) -> None:
    key = key_path(log).read_text().strip()
    typed(PIN)
    shown = station("key", "recovery-copy", "--as", "M1", "--language", "en").out
    assert key not in shown
    assert recovery.key_of(recovery.groups_in(shown)).hex() == key
    assert "sealed and signed across the flap" in shown
    typed(PIN)
    told = station("key", "recovery-copy", "--as", "M1", "--json").json
    assert recovery.key_of(told["groups"]).hex() == key


# --- and back --------------------------------------------------------------------------------------------------------


def test_a_photo_of_the_page_brings_the_key_back(station: Station, photo: Path, key_file: Path) -> None:
    answer = station("key", "restore", "--photo", photo)
    assert answer.code == 0
    assert key_file.read_text().strip() == KEY.hex()
    assert f"指纹：{signer_of(KEY).key}（与恢复副本上的核对）" in answer.out


def test_a_page_held_up_to_the_camera_brings_it_back_once_there_is_one(
    station: Station, photo: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device, page = Device(), load_image(photo)
    device.info = None

    def shown(number: int) -> Image:  # no camera gives the same picture twice
        picture = page.copy()
        picture[0, :, 0] = number % 251
        return picture

    def on_the_bench(which: str | None, *, on_state: Callable[[CameraState], None]) -> CameraSource:
        assert which is None

        def plugged_in(state: CameraState) -> None:
            on_state(state)
            device.info = C920

        return CameraSource(device.find, device.open, on_state=plugged_in)

    device.shows = shown
    monkeypatch.setattr(key, "open_camera", on_the_bench)
    answer = station("key", "restore", "--camera")
    assert (answer.code, key_file.read_text().strip()) == (0, KEY.hex())
    assert answer.err.splitlines() == ["请把二维码拿到摄像头前", "未找到摄像头，请插好 USB 线，接好后自动恢复"]
    assert device.released == device.opened, "the camera is let go"


def test_a_hand_scanner_types_the_qr_at_the_first_question(station: Station, typed: Typed, key_file: Path) -> None:
    typed(recovery.code_of(GROUPS))
    assert station("key", "restore").code == 0
    assert key_file.read_text().strip() == KEY.hex()


def test_it_is_typed_in_group_by_group_and_what_is_mistyped_is_named(
    station: Station, typed: Typed, key_file: Path
) -> None:
    wrong = ("Z" if GROUPS[3][0] != "Z" else "Y") + GROUPS[3][1:]
    typed(*GROUPS[:3], wrong, *GROUPS[4:])
    answer = station("key", "restore", "--language", "en")
    assert (answer.code, answer.err) == (64, "Group 4 is mistyped: type it again from the recovery copy\n")
    typed(*GROUPS[:5])
    assert "应有 9 组，只有 5 组" in station("key", "restore").err
    assert not key_file.exists()
    typed(*GROUPS)
    assert station("key", "restore").code == 0
    assert key_file.read_text().strip() == KEY.hex()


def test_a_photo_without_the_whole_qr_is_told(
    station: Station, page: Path, photo: Path, key_file: Path, tmp_path: Path
) -> None:
    half = save(load_image(photo)[:340], tmp_path / "half.png")
    for picture in (half, draw("https://example.com", tmp_path / "other.png")):
        answer = station("key", "restore", "--photo", picture)
        assert (answer.code, "读不出恢复副本的二维码" in answer.err) == (64, True)
    assert "不是可读取的图片" in station("key", "restore", "--photo", page).err
    assert not key_file.exists()


def test_a_qr_that_was_made_up_is_told_by_its_group(station: Station, key_file: Path, tmp_path: Path) -> None:
    made_up = draw(recovery.PREFIX + "0" * 72, tmp_path / "code.png")
    answer = station("key", "restore", "--photo", made_up)
    assert (answer.code, "第 1 组输错了" in answer.err) == (64, True)
    assert not key_file.exists()


def test_a_photo_and_a_file_are_one_too_many(station: Station, tmp_path: Path) -> None:
    assert station("key", "restore", tmp_path / "key.txt", "--photo", tmp_path / "key.jpg").code == 64
