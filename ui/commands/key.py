"""`station key`: the station's key on paper, for the day its disk dies, and typed back in."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from db import recovery
from db.errors import RecoveryWrong
from station import backup, texts
from station.config import load_config
from station.home import config_path, database_path
from station.texts import Language, Pair, pick
from ui import console
from ui.arguments import add_actor, filled, read_file
from ui.console import UsageError
from ui.opening import open_log
from ui.parser import add_common
from ui.pins import acting
from ui.saving import save_whole

_HEAD: Pair = ("查验台 {station} 的恢复密钥  {at}", "Recovery key of checkpoint station {station}  {at}")
_CARE: Pair = (
    "持有它和备份，即可打开全部记录：请打印后锁好，不要放在备份旁边。",
    "With it and a backup every row can be opened: print it and lock it away, not beside the backups.",
)
_FOOT: Pair = (
    "恢复：station key restore，逐组输入；再 station restore 备份文件",
    "To restore: station key restore, group by group; then station restore BACKUP",
)
_WRITTEN: Pair = ("已写入 {file}：请取走，并从本机删去", "Written to {file}: take it away, and delete it here")
_DONE: Pair = ("密钥已就位：{file}", "The key is in place: {file}")
_ASK: Pair = ("第 {number} 组：", "Group {number}: ")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=type(parser))
    text = "写出恢复副本 · write the recovery copy"
    copy = actions.add_parser("recovery-copy", help=text, description=text, allow_abbrev=False)
    add_common(copy)
    add_actor(copy)
    copy.add_argument("--out", type=Path, metavar="FILE.txt", help="缺省显示在屏幕上 · else it is shown")
    copy.add_argument("--database", type=filled, metavar="PATH|URL")
    copy.set_defaults(run=_copy)
    text = "输入恢复副本 · type the recovery copy in"
    restore = actions.add_parser("restore", help=text, description=text, allow_abbrev=False)
    add_common(restore)
    restore.add_argument("file", type=Path, nargs="?", metavar="FILE.txt", help="缺省逐组输入 · else it is asked for")
    restore.add_argument("--database", type=Path, metavar="PATH")
    restore.set_defaults(run=_restore)


def _copy(options: argparse.Namespace) -> int:
    station, now = load_config(config_path()).station, datetime.now(UTC)
    with open_log(options.database, options.language, create=False) as database:
        groups = backup.recovery_copy(database, actor=acting(options, database), station=station, now=now)
    head = pick(_HEAD, options.language).format(station=station, at=console.local_time(now))
    lines = "\n".join(f"    {number}  {group}" for number, group in enumerate(groups, 1))
    text = f"{head}\n{pick(_CARE, options.language)}\n\n{lines}\n\n{pick(_FOOT, options.language)}\n"
    if options.out is not None:
        save_whole(options.out, text.encode())
        text = pick(_WRITTEN, options.language).format(file=options.out)
    if options.json:
        console.say_json({"file": None if options.out is None else str(options.out), "groups": len(groups)})
    else:
        console.say(text)
    return console.PASSED


def _restore(options: argparse.Namespace) -> int:
    path = options.database or database_path()
    if options.file is not None:
        try:
            typed = recovery.groups_in(read_file(options.file).decode())
        except UnicodeDecodeError as error:
            raise UsageError("recovery_incomplete", need=recovery.GROUPS, given=0) from error
    else:
        typed = _ask(options.language)
    backup.restore_key(path, recovery.key_of(typed))
    if options.json:
        console.say_json({"key": f"{path}.key"})
    else:
        console.say(pick(_DONE, options.language).format(file=f"{path}.key"))
    return console.PASSED


def _ask(language: Language) -> list[str]:
    """Group by group; at a terminal a mistyped one is asked again at once."""
    at_terminal = sys.stdin is not None and sys.stdin.isatty()
    typed: list[str] = []
    while len(typed) < recovery.GROUPS:
        number = len(typed) + 1
        if at_terminal:
            print(pick(_ASK, language).format(number=number), end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if not line:
            break
        try:
            recovery.read_group(number, line)
        except RecoveryWrong as wrong:
            if not at_terminal:
                raise
            console.warn(texts.error(wrong.code, wrong.params, language))
        else:
            typed.append(line)
    return typed
