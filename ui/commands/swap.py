"""`station swap list`: the swaps of rosters that are not over, how each stands, what it would break, what was done."""

import argparse
from datetime import UTC, datetime

from station import swap_inbox, texts_roster, texts_swaps
from station.swap_inbox import Entry, Inbox
from station.texts import Language, Pair, pick
from ui import console
from ui.arguments import day, filled
from ui.opening import open_log
from ui.parser import add_common, add_language

_NONE: Pair = ("没有换班", "No swaps")
_BREAKS: Pair = ("  会违反：{breach}", "  would break: {breach}")
_UNTIL: Pair = ("{summary}（{stage}，到 {until} 为止）", "{summary} ({stage}, until {until})")
_OVER: Pair = ("{summary}（{stage}）", "{summary} ({stage})")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_language(parser)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=type(parser))
    text = "列出换班 · the swaps"
    listed = actions.add_parser("list", help=text, description=text, allow_abbrev=False)
    add_common(listed)
    listed.add_argument("--open", action="store_true", help="只看未完的 · only what is not over")
    listed.add_argument("--person", type=filled, metavar="CODE", help="只看一个人的 · of one person")
    listed.add_argument("--start", type=day, metavar="DAY", help="再加一期，按首日 · one more roster, by its first day")
    listed.add_argument("--database", type=filled, metavar="PATH|URL")
    listed.set_defaults(run=show)


def show(options: argparse.Namespace) -> int:
    """Print them, those that are open first."""
    with open_log(options.database, options.language, create=False) as database:
        inbox = swap_inbox.read(database, now=datetime.now(UTC), also=options.start)
    shown = [one for one in inbox.entries if _wanted(one, options)]
    if options.json:
        console.say_json({"swaps": [_as_json(one, inbox, options.language) for one in shown]})
        return console.PASSED
    for one in shown:
        for line in _lines(one, inbox, options.language):
            console.say(line)
    if not shown:
        console.say(pick(_NONE, options.language))
    return console.PASSED


def _wanted(entry: Entry, options: argparse.Namespace) -> bool:
    theirs = options.person is None or options.person in {entry.swap.asker, *entry.swap.people}
    return theirs and (entry.open or not options.open)


def _lines(entry: Entry, inbox: Inbox, language: Language) -> list[str]:
    swap = entry.swap
    names = {**inbox.names, **texts_roster.names(entry.published.problem, language)}
    told = {
        "summary": texts_swaps.summary(swap, names, language),
        "stage": texts_swaps.stage(swap, entry.stage, names, language),
        "until": texts_swaps.local_time(swap.until),
    }
    lines = [pick(_UNTIL if entry.open else _OVER, language).format(**told)]
    lines += (f"  {where} {who}" for where, who in texts_swaps.moves(swap, names, language))
    for one in entry.breaches:
        lines.append(pick(_BREAKS, language).format(breach=texts_roster.breach(one, names, language)))
    return lines + [f"  {at} {what}" for at, what in texts_swaps.history(swap, names, language)]


def _as_json(entry: Entry, inbox: Inbox, language: Language) -> dict[str, object]:
    swap = entry.swap
    names = {**inbox.names, **texts_roster.names(entry.published.problem, language)}
    return {
        "id": swap.id,
        "kind": swap.kind,
        "stage": entry.stage,
        "asker": swap.asker,
        "partner": swap.partner,
        "until": swap.until.isoformat(),
        "shifts": [
            {
                "date": one.shift.day.isoformat(),
                "shift": one.shift.code,
                "checkpoint": one.checkpoint,
                "person": one.person,
            }
            for one in (swap.cell, swap.other)
            if one is not None
        ],
        "breaks": [texts_roster.breach(one, names, language) for one in entry.breaches],
        "history": [
            {"act": one.act, "by": one.by, "at": one.at.isoformat(), "after": one.after, "why": one.why}
            for one in swap.history
        ],
    }
