"""`station backup`: a copy of the log, made while it is in use, encrypted as it is, and verified once it is written."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from station import backup, texts_ledger
from station.config import load_config
from station.home import config_path
from station.texts import Pair, pick
from ui import console
from ui.arguments import add_actor, filled
from ui.opening import open_log
from ui.parser import add_common
from ui.pins import acting

_MADE: Pair = ("{file}：已备份并核对，{entries} 项", "{file}: backed up and verified, {entries} entries")
_KEYS: Pair = (
    "{file}：各日密钥。只留这一份，每次备份都写在此处：旧的一份会打开已清除的日期",
    "{file}: the day keys. Keep this one alone, and write each backup's over it: an older one opens erased days",
)
_BROKEN: Pair = (
    "记录库本身与写入时不同，备份照原样保存：请运行 station verify",
    "The log itself is not as it was written, and was copied as it is: run station verify",
)


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    add_actor(parser)
    parser.add_argument("file", type=Path, metavar="TO", help="新文件 · a new file")
    text = "各日密钥另存于此，覆盖旧的 · the day keys go here, over those of before"
    parser.add_argument("--day-keys", type=Path, metavar="FILE", help=text)
    parser.add_argument("--database", type=filled, metavar="PATH|URL")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Back up; exit 10 where the log is not as it was written."""
    with open_log(options.database, options.language, create=False) as database:
        report = backup.back_up(
            database,
            options.file,
            day_keys=options.day_keys,
            actor=acting(options, database),
            station=load_config(config_path()).station,
            now=datetime.now(UTC),
        )
    if options.json:
        console.say_json({"file": str(options.file), "entries": report.entries, "whole": not report.broken})
    else:
        made = pick(_MADE, options.language)
        console.say(made.format(file=options.file, entries=report.entries))
        if options.day_keys is not None:
            console.say(pick(_KEYS, options.language).format(file=options.day_keys))
    if report.broken:
        console.warn(pick(_BROKEN, options.language))
        console.warn("  " + texts_ledger.finding(report.broken[0], options.language))
    return console.REFUSED if report.broken else console.PASSED
