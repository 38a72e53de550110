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
from typing import Any

from db import documents, passages
from db.connection import sqlite_version, wal_is_safe
from db.engine import Database, open_database
from db.errors import DatabaseError
from scanner.demo.cards import _font_file as font_file
from station.clock import SystemClock
from station.config import load_config
from station.evidence import ClockState
from station.home import config_path, database_path, home
from station.library import DocumentKind, load_library
from station.texts import Language
from ui import console

_ROOM = 1 << 30
_QT_PROBE = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: (zh, en) words, and what to do where it is not well."""

    name: str
    well: bool
    words: str
    mend: tuple[str, str] = ("", "")


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = commands.add_parser("doctor", parents=[common], help="体检 · is this machine fit", description=__doc__)
    parser.add_argument("--database", metavar="PATH|URL")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Look at everything; exit 0 when all is well, 1 when something is not."""
    findings = list(_findings(options.database))
    language: Language = options.language
    if options.json:
        keys = ("name", "well", "words", "mend")
        rows = [(f.name, f.well, f.words, None if f.well else f.mend[language == "en"]) for f in findings]
        console.say_json({"findings": [dict(zip(keys, row, strict=True)) for row in rows]})
    else:
        for finding in findings:
            mend = "" if finding.well else f"\n    → {finding.mend[language == 'en']}"
            console.say(f"{'✓' if finding.well else '✗'} {finding.name}: {finding.words}{mend}")
    return 0 if all(finding.well for finding in findings) else 1


def _findings(where: str | None) -> Iterator[Finding]:
    yield _sqlite()
    yield from _database(where)
    yield _font()
    yield _zbar()
    yield _voice()
    yield _qt()
    yield _disk()
    yield _configuration()


def _sqlite() -> Finding:
    version = sqlite_version()
    mend = ("升级 sqlcipher3；在此之前使用较慢的安全模式", "update sqlcipher3; until then a slower, safe mode is used")
    return Finding("SQLite", wal_is_safe(version), ".".join(map(str, version)), mend)


def _database(where: str | None) -> Iterator[Finding]:
    path = where or str(database_path())
    try:
        with open_database(where or database_path()) as database:
            yield Finding(
                "database", not database.warnings, ", ".join(database.warnings) or path, ("见上", "see above")
            )
            yield _clock(database)
            yield _trust(database)
    except DatabaseError as error:
        yield Finding("database", well=False, words=path, mend=_both(error))


def _clock(database: Database) -> Finding:
    newest = passages.page(database, limit=1)
    clock = SystemClock(newest[0].concluded_at if newest else None)
    well = clock.state() is ClockState.TRUSTED
    mend = ("校准系统时间（timedatectl set-ntp true）", "set the system's time (timedatectl set-ntp true)")
    return Finding("clock", well, console.local_time(clock.now()), mend)


def _trust(database: Database) -> Finding:
    library = load_library(database)
    mend = ("导入信任列表：station trust import 文件", "import a trust list: station trust import FILE")
    if library.trust is None or documents.latest(database, DocumentKind.TRUST) is None:
        return Finding("trust list", well=False, words="demo", mend=mend)
    age = library.trust.age(datetime.now(UTC)) or timedelta()
    words = f"{len(library.trust.keys)} keys, {age.days} d {age.seconds // 3600} h"
    return Finding("trust list", age <= timedelta(hours=library.policy.trust_warn_hours), words, mend)


def _font() -> Finding:
    font = font_file()
    mend = ("apt-get install fonts-wqy-microhei", "apt-get install fonts-wqy-microhei")
    return Finding("Chinese font", font is not None, str(font or "—"), mend)


def _zbar() -> Finding:
    found = ctypes.util.find_library("zbar") or ("pyzbar" if sys.platform == "win32" else None)
    mend = ("安装 libzbar0：apt-get install libzbar0", "install libzbar0: apt-get install libzbar0")
    return Finding("zbar", found is not None, found or "—", mend)


def _voice() -> Finding:
    tools = {"espeak-ng": ctypes.util.find_library("espeak-ng"), "aplay": shutil.which("aplay")}
    missing = [name for name, found in tools.items() if not found] if sys.platform == "linux" else []
    mend = ("apt-get install espeak-ng alsa-utils", "apt-get install espeak-ng alsa-utils")
    there = importlib.util.find_spec("pyttsx3") is not None
    return Finding("voice", there and not missing, ", ".join(missing) or "pyttsx3", mend)


def _qt() -> Finding:
    """Tried in a child: a missing library would abort the process."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(  # noqa: S603 -- our own interpreter, fixed words
        [sys.executable, "-c", _QT_PROBE], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    words = "PySide6" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["?"])[-1]
    mend = ("安装 Qt 所需的库：make run 会补齐", "install Qt's libraries: make run does")
    return Finding("Qt", done.returncode == 0, words, mend)


def _disk() -> Finding:
    place = home()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    mend = ("清理磁盘，至少留出 1 GiB", "free some space: at least 1 GiB")
    return Finding("disk", free >= _ROOM, f"{free / _ROOM:.1f} GiB", mend)


def _configuration() -> Finding:
    path: Path = config_path()
    try:
        config = load_config(path)
    except console.KNOWN as error:
        return Finding("configuration", well=False, words=str(path), mend=_both(error))
    return Finding("configuration", well=True, words=f"{config.checkpoint_name} {config.station}")


def _both(error: BaseException) -> tuple[str, str]:

    return console.sentence(error, "zh"), console.sentence(error, "en")
