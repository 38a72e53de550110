"""`station restore`: a backup becomes this machine's log. It is verified first; newer rows are never written over."""

import argparse
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from station import backup
from station.config import load_config
from station.home import config_path, database_path
from station.texts import Pair, pick
from ui import console
from ui.arguments import add_actor
from ui.parser import add_common
from ui.pins import acting

_DONE: Pair = ("已恢复，{entries} 项逐一核对", "Restored, each of {entries} entries verified")
_ASIDE: Pair = ("原来的记录库另存为 {file}", "The log of before is kept as {file}")
_READABLE: Pair = ("个人信息可读的日期（UTC）：{days}", "Personal data of these days (UTC) can be read: {days}")
_NONE: Pair = ("无", "none")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    add_actor(parser)
    parser.add_argument("file", type=Path, metavar="FROM", help="备份文件 · the backup")
    text = "备份时另存的各日密钥 · the day keys kept with it"
    parser.add_argument("--day-keys", type=Path, metavar="FILE", help=text)
    parser.add_argument("--database", type=Path, metavar="PATH")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Restore."""
    done = backup.restore(
        options.file,
        options.database or database_path(),
        day_keys=options.day_keys,
        sign_in=partial(acting, options),
        station=load_config(config_path()).station,
        now=datetime.now(UTC),
    )
    days = [day.isoformat() for day in done.readable]
    aside = None if done.aside is None else str(done.aside)
    if options.json:
        console.say_json({"entries": done.entries, "aside": aside, "readable": days})
        return console.PASSED
    console.say(pick(_DONE, options.language).format(entries=done.entries))
    if aside is not None:
        console.say(pick(_ASIDE, options.language).format(file=aside))
    console.say(pick(_READABLE, options.language).format(days=" ".join(days) or pick(_NONE, options.language)))
    return console.PASSED
