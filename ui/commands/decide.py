"""`station decide PASSAGE KIND`: what was done about a passage, appended to it. PINs as in `station people`."""

import argparse
from datetime import UTC, datetime
from typing import Any

from station import decisions
from station.config import load_config
from station.decisions import Decision
from station.home import config_path
from ui import console
from ui.opening import open_log
from ui.pins import ask_pin


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "decide", parents=[common], help="处置一条记录 · decide on a passage", description=__doc__
    )
    parser.add_argument("passage", metavar="PASSAGE", help="通行记录编号 · the passage's id")
    parser.add_argument("kind", choices=[str(kind) for kind in Decision])
    parser.add_argument("--officer", required=True, metavar="CODE")
    parser.add_argument("--lead", metavar="CODE", help="放行须带班组长 · a release needs the shift lead")
    parser.add_argument("--reason", default="", metavar="TEXT")
    parser.add_argument("--plate", default="", metavar="P", help="更正后的车牌 · the right plate, for a correction")
    parser.add_argument("--database", metavar="PATH|URL")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Append the decision."""
    kind = Decision(options.kind)
    if kind is Decision.RELEASE and not options.lead:
        raise console.UsageError(problem="--lead")
    with open_log(options.database, options.language, create=False) as database:
        station, now = load_config(config_path()).station, datetime.now(UTC)
        decisions.find(database, station, options.passage)
        officer = (options.officer, ask_pin(options.officer))
        if kind is Decision.RELEASE:
            record = decisions.release(
                database,
                station=station,
                passage=options.passage,
                officer=officer,
                lead=(options.lead, ask_pin(options.lead)),
                reason=options.reason,
                now=now,
            )
        elif kind is Decision.CORRECTION:
            record = decisions.correct_plate(
                database, station=station, passage=options.passage, officer=officer, plate=options.plate, now=now
            )
        else:
            record = decisions.note(
                database,
                station=station,
                passage=options.passage,
                kind=kind,
                officer=officer,
                reason=options.reason,
                now=now,
            )
    if options.json:
        console.say_json({"decision": record.id, "kind": record.kind, "passage": record.passage})
    else:
        console.say(f"{record.kind}  {record.id}")
    return 0
