"""`station retention`: which days' personal data can still be read, what is erased, and what is held back from it."""

import argparse
from datetime import UTC, date, datetime
from typing import Any

from db.filters import ALL
from station import retention
from station.config import load_config
from station.home import config_path
from station.library import load_library
from station.retention import Hold
from station.texts import Language, Pair, pick
from ui import console
from ui.arguments import add_actor, day, filled, number
from ui.console import UsageError
from ui.filtering import add_filters, filters_of
from ui.opening import open_log
from ui.parser import add_common, add_language
from ui.pins import acting

_KEPT: Pair = ("个人信息可读的日期（UTC）：{days}", "Personal data of these days (UTC) can be read: {days}")
_DUE: Pair = ("已超过 {limit} 天，将被清除：{days}", "Over {limit} days, to be erased: {days}")
_ERASED: Pair = ("已清除：{days}", "Erased: {days}")
_NONE: Pair = ("无", "none")
_HELD: Pair = ("已超过 {limit} 天，因法律保全留存：{days}", "Over {limit} days, under legal hold: {days}")
_HOLD: Pair = (
    "保全 {number}：{days}  {by}  {why}",
    "Hold {number}: {days}  {by}  {why}",
)
_WHOLE_DAYS: Pair = (
    "一天只有一把密钥：这些日期（UTC）的全部记录都留存，不只是符合的 {count} 条；以后的不在内，要另行保全",
    (
        "A day has one key: everything of these days (UTC) is kept, not only the {count} passages that fit;"
        " those that come later are not: hold them anew"
    ),
)
_TOO_LATE: Pair = ("已清除，不能再保全：{days}", "Erased already, so not held: {days}")
_RELEASED: Pair = (
    "保全 {number} 已解除：超期的日期将在下次清除时清除",
    "Hold {number} is released: its days over the limit go with the next erasure",
)


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_language(parser)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=type(parser))
    for name, text, act in (
        ("report", "哪些日期还可读 · which days can be read", run),
        ("run", "清除超期的 · erase what is over the limit", run),
        ("hold", "法律保全：这些日期不清除 · days to be kept from erasure", _hold),
        ("release", "解除保全 · end a hold", _release),
    ):
        action = actions.add_parser(name, help=text, description=text, allow_abbrev=False)
        add_common(action)
        action.add_argument("--database", type=filled, metavar="PATH|URL")
        action.set_defaults(run=act)
        if name == "hold":
            days = "日期（UTC），或用下面的条件筛选 · days, UTC's; or else filters"
            action.add_argument("days", type=day, nargs="*", metavar="DAY", help=days)
            add_filters(action)
            action.add_argument("--why", type=filled, required=True, metavar="TEXT", help="事由 · the reason")
        if name == "release":
            action.add_argument("number", type=number, metavar="HOLD", help="保全编号 · its number in the report")
        if name != "report":
            add_actor(action)


def run(options: argparse.Namespace) -> int:
    """Report, or erase and report."""
    now = datetime.now(UTC)
    with open_log(options.database, options.language, create=False) as database:
        limit = load_library(database).policy.keep_days
        erased: tuple[date, ...] = ()
        if options.action == "run":
            actor, station = acting(options, database), load_config(config_path()).station
            erased = retention.run(database, limit, actor=actor, station=station, now=now)
        found = retention.standing(database, limit, now)
        holds = retention.holds(database)
    lists = {"kept": found.kept, "held": found.held, "due": found.due, "erased": erased}
    if options.json:
        told: dict[str, object] = {name: [day.isoformat() for day in days] for name, days in lists.items()}
        console.say_json(told | {"keep_days": limit, "holds": [_as_json(one) for one in holds]})
        return console.PASSED
    for name, pair in (("kept", _KEPT), ("held", _HELD), ("due", _DUE), ("erased", _ERASED)):
        if name == "kept" or lists[name]:
            days = _listed(lists[name]) or pick(_NONE, options.language)
            console.say(pick(pair, options.language).format(days=days, limit=limit))
    for one in holds:
        console.say(_line(one, options.language))
    return console.PASSED


def _hold(options: argparse.Namespace) -> int:
    filters, language = filters_of(options), options.language
    if bool(options.days) == (filters != ALL):
        raise UsageError("hold_what")
    with open_log(options.database, language, create=False) as database:
        actor, station = acting(options, database), load_config(config_path()).station
        given: dict[str, Any] = {"actor": actor, "station": station, "now": datetime.now(UTC)}
        found = None if options.days else retention.hold_fitting(database, filters, options.why, **given)
        made = found.hold if found else retention.hold(database, options.days, options.why, **given)
    if options.json:
        erased = () if found is None else found.erased
        console.say_json(_as_json(made) | {"erased": [day.isoformat() for day in erased]})
        return console.PASSED
    console.say(_line(made, language))
    if found is not None:
        console.say(pick(_WHOLE_DAYS, language).format(count=found.passages))
        if found.erased:
            console.say(pick(_TOO_LATE, language).format(days=_listed(found.erased)))
    return console.PASSED


def _release(options: argparse.Namespace) -> int:
    with open_log(options.database, options.language, create=False) as database:
        actor, station = acting(options, database), load_config(config_path()).station
        ended = retention.release(database, options.number, actor=actor, station=station, now=datetime.now(UTC))
    if options.json:
        console.say_json(_as_json(ended))
    else:
        console.say(pick(_RELEASED, options.language).format(number=ended.number))
    return console.PASSED


def _line(one: Hold, language: Language) -> str:
    return pick(_HOLD, language).format(number=one.number, days=_listed(one.days), by=one.by or "—", why=one.why)


def _listed(days: tuple[date, ...]) -> str:
    return " ".join(day.isoformat() for day in days)


def _as_json(one: Hold) -> dict[str, object]:
    days = [day.isoformat() for day in one.days]
    told = {"number": one.number, "days": days, "why": one.why, "by": one.by, "at": one.at.isoformat()}
    return told | {"filters": one.filters}
