"""`station figures`: passages per hour and shift, verdicts and reasons, officers and reviews, over a range."""

import argparse
from datetime import UTC, date, datetime, time, timedelta

from db import people
from db.engine import Database
from db.filters import Filters
from shifts.model import SHANGHAI
from station import figures_words, texts_figures
from station.config import load_config
from station.figures import Figures, figures
from station.figures_json import as_json
from station.home import config_path
from station.texts import Language, pick
from station.verdict import Outcome
from ui import console
from ui.arguments import add_actor, filled, since
from ui.console import UsageError
from ui.opening import open_log
from ui.parser import add_common
from ui.pins import acting

Limit = tuple[date, datetime | None]


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    add_actor(parser)
    days = "日期，或北京时间 YYYY-MM-DDTHH:MM · a day, or a minute of Beijing's clock"
    parser.add_argument("--from", dest="begin", type=since, metavar="DAY", help=days)
    parser.add_argument(
        "--to", dest="end", type=since, metavar="DAY", help="含当日；分钟则不含 · with that day, or before"
    )
    parser.add_argument("--verdict", choices=[outcome.word for outcome in Outcome])
    parser.add_argument("--shift", type=filled, metavar="CODE", help="班次代码 · a shift's code, such as night")
    parser.add_argument("--officer", type=filled, metavar="CODE", help="查验员编号 · who checked")
    parser.add_argument("--database", type=filled, metavar="PATH|URL")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print them."""
    filters = Filters(
        since=None if options.begin is None else _begin(options.begin),
        until=None if options.end is None else _end(options.end),
        verdict=options.verdict,
        shift=options.shift,
        officer=options.officer,
    )
    if filters.since is not None and filters.until is not None and filters.until <= filters.since:
        raise UsageError("range_backwards")
    with open_log(options.database, options.language, create=False) as database:
        station, now = load_config(config_path()).station, datetime.now(UTC)
        found = figures(database, filters, actor=acting(options, database), station=station, now=now)
        if options.json:
            console.say_json(as_json(found))
        else:
            _say(found, _names(database), options.language)
    return console.PASSED


def _say(found: Figures, names: dict[str, str], language: Language) -> None:
    heading = (figures_words.span(found.filters, language), figures_words.asked(found.filters, names, language))
    console.say(" · ".join(filter(None, heading)))
    if not found.verdicts.total:
        console.say(pick(texts_figures.NO_PASSAGES, language))
        return
    for table in figures_words.tables(found, names, language):
        if table.rows:
            console.say(f"\n{table.title}")
            console.say(console.table(table.head, table.rows))


def _names(database: Database) -> dict[str, str]:
    return {person.code: person.name for person in people.everyone(database)}


def _begin(limit: Limit) -> datetime:
    day, minute = limit
    return minute or datetime.combine(day, time(), SHANGHAI)


def _end(limit: Limit) -> datetime:
    day, minute = limit
    return minute or datetime.combine(day, time(), SHANGHAI) + timedelta(days=1)
