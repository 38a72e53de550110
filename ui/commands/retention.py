"""`station retention`: which days' personal data can still be read, and erasing what is over the policy's limit."""

import argparse
from datetime import UTC, date, datetime

from station import retention
from station.config import load_config
from station.home import config_path
from station.library import load_library
from station.texts import Pair, pick
from ui import console
from ui.arguments import filled
from ui.opening import open_log
from ui.parser import add_common, add_language

_KEPT: Pair = ("个人信息可读的日期（UTC）：{days}", "Personal data of these days (UTC) can be read: {days}")
_DUE: Pair = ("已超过 {limit} 天，将被清除：{days}", "Over {limit} days, to be erased: {days}")
_ERASED: Pair = ("已清除：{days}", "Erased: {days}")
_NONE: Pair = ("无", "none")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_language(parser)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=type(parser))
    for name, text in (
        ("report", "哪些日期还可读 · which days can be read"),
        ("run", "清除超期的 · erase what is over the limit"),
    ):
        action = actions.add_parser(name, help=text, description=text, allow_abbrev=False)
        add_common(action)
        action.add_argument("--database", type=filled, metavar="PATH|URL")
        action.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Report, or erase and report."""
    now = datetime.now(UTC)
    with open_log(options.database, options.language, create=False) as database:
        limit = load_library(database).policy.keep_days
        erased: tuple[date, ...] = ()
        if options.action == "run":
            station = load_config(config_path()).station
            erased = retention.run(database, limit, station=station, by=None, now=now)
        found = retention.standing(database, limit, now)
    lists = {"kept": found.kept, "due": found.due, "erased": erased}
    if options.json:
        told: dict[str, object] = {name: [day.isoformat() for day in days] for name, days in lists.items()}
        console.say_json(told | {"keep_days": limit})
        return console.PASSED
    for name, pair in (("kept", _KEPT), ("due", _DUE), ("erased", _ERASED)):
        if name == "kept" or lists[name]:
            days = " ".join(day.isoformat() for day in lists[name]) or pick(_NONE, options.language)
            console.say(pick(pair, options.language).format(days=days, limit=limit))
    return console.PASSED
