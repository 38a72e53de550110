"""`station doctor`: is this machine fit for a shift? Each thing looked at gets ✓ or ✗, and what to do about it."""

import argparse
import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.connection import sqlite_version, wal_is_safe
from db.engine import open_database
from db.errors import DatabaseError, DatabaseMissing
from scanner.camera import list_cameras
from scanner.camera_devices import choose
from scanner.demo.cards import font_file
from scanner.trust import TrustError
from station import texts
from station.clock import SystemClock
from station.config import load_config
from station.evidence import ClockState
from station.home import config_path, database_path, home, preferences_path
from station.library import Library, load_library
from station.preferences import Preferences, load_preferences
from station.texts import LANGUAGES, Language
from station.toml_file import FileError
from ui import console
from ui.arguments import filled
from ui.opening import newest_row, which_camera
from ui.parser import add_common

_ROOM = 1 << 30
_QT_PROBE = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
_SYSTEM_MEND = ("运行 make run 会补齐，或 apt-get install {0}", "make run brings it, or apt-get install {0}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, by its key and its (zh, en) name; what was found, and what to do where it is not well."""

    key: str
    name: tuple[str, str]
    well: bool
    words: str
    mend: tuple[str, str] = ("", "")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    parser.add_argument("--database", type=filled, metavar="PATH|URL")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Look at everything; exit 0 when all is well, 20 when something wants looking at."""
    language: Language = options.language
    findings = list(_findings(options.database, language))
    if options.json:
        rows = [
            {"key": f.key, "well": f.well, "words": f.words, "mend": None if f.well else texts.pick(f.mend, language)}
            for f in findings
        ]
        console.say_json({"findings": rows})
    else:
        for finding in findings:
            console.say(f"{'✓' if finding.well else '✗'} {texts.pick(finding.name, language)}  {finding.words}")
            if not finding.well:
                console.say(f"    → {texts.pick(finding.mend, language)}")
    return console.PASSED if all(finding.well for finding in findings) else console.REVIEWED


def _findings(where: str | None, language: Language) -> Iterator[Finding]:
    yield _sqlite()
    yield from _database(where, language)
    yield _font()
    yield _zbar()
    yield _camera(language)
    yield _voice()
    yield _qt()
    yield _disk(Path(where).parent if where and "://" not in where else home())
    yield _configuration()
    yield _preferences()


def _sqlite() -> Finding:
    name, mend = ("SQLite", "SQLite"), ("安装 sqlcipher3", "install sqlcipher3")
    try:
        version = sqlite_version()
    except DatabaseError:
        return Finding("sqlite", name, well=False, words="—", mend=mend)
    mend = ("升级 sqlcipher3；在此之前使用较慢的安全模式", "update sqlcipher3; until then a slower, safe mode is used")
    return Finding("sqlite", name, wal_is_safe(version), ".".join(map(str, version)), mend)


def _database(where: str | None, language: Language) -> Iterator[Finding]:
    """The log, and what only it knows: how late it must be, and whose signatures count. Nothing is made here."""
    name, words = ("数据库", "database"), where or str(database_path())
    newest: datetime | None = None
    library: Library | None = None
    try:
        with open_database(where or database_path(), create=False) as database:
            notes = tuple(
                "；".join(texts.error(code, {}, spoken) for code in database.warnings) for spoken in LANGUAGES
            )
            yield Finding("database", name, not database.warnings, words, (notes[0], notes[1]))
            newest = newest_row(database)
            library = load_library(database)
    except DatabaseMissing as missing:
        # Before the first run there is none, and that is well; one that was named should be there.
        soon = texts.pick(("尚未建立，首次运行时自动建立", "none yet: the first run makes it"), language)
        yield Finding("database", name, where is None, words if where else soon, _both(missing))
    except (DatabaseError, FileError, TrustError, OSError) as fault:
        yield Finding("database", name, well=False, words=words, mend=_both(fault))
    yield _clock(newest)
    yield _trust(library)


def _clock(newest: datetime | None) -> Finding:
    clock = SystemClock(newest)
    well = clock.state() is ClockState.TRUSTED
    mend = (
        "系统时间早于最近一条记录或本程序，请校准（timedatectl set-ntp true）",
        "The time is before the newest row, or this program: set it (timedatectl set-ntp true)",
    )
    return Finding("clock", ("时钟", "clock"), well, console.local_time(clock.now()), mend)


def _trust(library: Library | None) -> Finding:
    name = ("信任列表", "trust list")
    mend = ("导入信任列表：station trust import 文件", "import a trust list: station trust import FILE")
    if library is None or library.trust is None:
        return Finding("trust", name, well=False, words="演示 · demo", mend=mend)
    age = library.trust.age(datetime.now(UTC)) or timedelta()
    words = f"{len(library.trust.keys)} keys, {age.days} d {age.seconds // 3600} h"
    return Finding("trust", name, age <= timedelta(hours=library.policy.trust_warn_hours), words, mend)


def _font() -> Finding:
    font = font_file()
    mend = _install("fonts-wqy-microhei")
    return Finding("font", ("中文字体", "Chinese font"), font is not None, str(font or "—"), mend)


def _zbar() -> Finding:
    found = ctypes.util.find_library("zbar") or ("pyzbar" if sys.platform == "win32" else None)
    return Finding("zbar", ("zbar", "zbar"), found is not None, found or "—", _install("libzbar0"))


def _camera(language: Language) -> Finding:
    """The camera a window would open: the one chosen on its settings page, wherever it is now, else the first."""
    name = ("摄像头", "camera")
    try:
        kept = load_preferences(preferences_path())
    except FileError:
        kept = Preferences()
    which, known = which_camera(None, kept)
    if sys.platform != "linux":  # cameras are not listed there, only numbered
        return Finding("camera", name, well=True, words=which or "0")
    found = choose(list_cameras(), which, known)
    if found is None:
        missing = ("没有", "none") if known is None else (f"没有接上 {known.name}", f"{known.name} is not plugged in")
        mend = (
            "插好 USB 线；换了摄像头的，在“设置”里点选",
            "plug it in; another one is chosen on the settings page",
        )
        return Finding("camera", name, well=False, words=texts.pick(missing, language), mend=mend)
    mend = ("把本用户加入 video 组：sudo usermod -aG video 用户名", "sudo usermod -aG video USER, and sign in again")
    return Finding("camera", name, os.access(found.path, os.R_OK | os.W_OK), f"{found.name} {found.path}", mend)


def _voice() -> Finding:
    """An engine (espeak-ng from PyPI, or the system's) and, on Linux, a player."""
    engine = importlib.util.find_spec("espeakng_loader") or ctypes.util.find_library("espeak-ng")
    player = shutil.which("aplay") or sys.platform != "linux"
    missing = [name for name, found in (("espeak-ng", engine), ("alsa-utils", player)) if not found]
    return Finding("voice", ("语音", "voice"), not missing, "pyttsx3", _install(" ".join(missing)))


def _install(packages: str) -> tuple[str, str]:
    zh, en = _SYSTEM_MEND
    return zh.format(packages), en.format(packages)


def _qt() -> Finding:
    """Tried in a child: a missing library would abort the process."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(  # noqa: S603 -- our own interpreter, fixed words
        [sys.executable, "-c", _QT_PROBE], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    words = "PySide6" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["?"])[-1]
    mend = ("安装 Qt 所需的库：make run 会补齐", "install Qt's libraries: make run does")
    return Finding("qt", ("界面", "Qt"), done.returncode == 0, words, mend)


def _disk(place: Path) -> Finding:
    place = place.absolute()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    mend = ("清理磁盘，至少留出 1 GiB", "free some space: at least 1 GiB")
    return Finding("disk", ("磁盘", "disk"), free >= _ROOM, f"{free / _ROOM:.1f} GiB", mend)


def _configuration() -> Finding:
    path, name = config_path(), ("配置", "configuration")
    try:
        config = load_config(path)
    except FileError as error:
        return Finding("configuration", name, well=False, words=str(path), mend=_both(error))
    return Finding("configuration", name, well=True, words=f"{config.checkpoint_name} {config.station}")


def _preferences() -> Finding:
    path, name = preferences_path(), ("设置", "preferences")
    try:
        load_preferences(path)
    except FileError as error:
        return Finding("preferences", name, well=False, words=str(path), mend=_both(error))
    return Finding("preferences", name, well=True, words=str(path))


def _both(error: BaseException) -> tuple[str, str]:
    return console.sentence(error, "zh"), console.sentence(error, "en")
