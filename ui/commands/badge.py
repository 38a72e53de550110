"""`station badge`: badges to print, each with a new code; the badge somebody had before is void from then on."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from db import people
from db.engine import Database
from db.records import PersonRecord
from station import badges
from station.access import Action, may
from station.config import load_config
from station.home import config_path
from station.texts import Pair, pick
from ui import console
from ui.arguments import add_actor, filled
from ui.badge_pdf import Card, write_pdf
from ui.opening import open_log
from ui.parser import add_common
from ui.pins import acting

_WRITTEN: Pair = ("{file}：{count} 张胸牌；以前的胸牌作废", "{file}: {count} badges; those of before are void")
_TAKEN: Pair = ("{count} 人的胸牌作废", "{count} badges are void")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    parser.add_argument("codes", nargs="+", type=filled, metavar="CODE", help="工号 · people's codes")
    parser.add_argument("--out", type=Path, default=Path("badges.pdf"), metavar="FILE.pdf", help="写到哪里 · where to")
    parser.add_argument("--void", action="store_true", help="只作废，不另发 · take them back, without others")
    add_actor(parser)
    parser.add_argument("--database", type=filled, metavar="PATH|URL")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print them, then hand them out: a file that cannot be written voids nobody's badge."""
    config, now, language = load_config(config_path()), datetime.now(UTC), options.language
    with open_log(options.database, language, create=False) as database:
        actor = acting(options, database)
        found = [_holder(database, code, void=options.void) for code in dict.fromkeys(options.codes)]
        given = [(one, None if options.void else badges.draw()) for one in found]
        cards = [Card(one.name, one.code, one.unit, text) for one, text in given if text is not None]
        if cards:
            write_pdf(cards, options.out, place=config.checkpoint_name, language=language)
        badges.issue(database, [(one.code, text) for one, text in given], actor=actor, station=config.station, now=now)
    file = None if options.void else str(options.out)
    if options.json:
        console.say_json({"file": file, "people": [one.code for one in found]})
    else:
        console.say(pick(_TAKEN if options.void else _WRITTEN, language).format(file=file, count=len(found)))
    return 0


def _holder(database: Database, code: str, *, void: bool) -> PersonRecord:
    person = people.get(database, code)
    if person is None:
        raise console.UsageError("person_unknown", person=code)
    if not void and not person.active:
        raise console.UsageError("person_inactive", person=code)
    if not void and not may(person.role, Action.CHECK):
        raise console.UsageError("duty_not_theirs", person=code)
    return person
