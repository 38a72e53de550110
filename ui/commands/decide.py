"""`station decide PASSAGE KIND`: what was done about a passage. By an officer; a release also by a lead."""

import argparse
from datetime import UTC, datetime

from station import decisions
from station.config import load_config
from station.decisions import Decision
from station.home import config_path
from ui import console
from ui.arguments import add_actor, filled
from ui.opening import open_log
from ui.parser import add_common
from ui.pins import ask_pin, signing

_WORDS: dict[str, tuple[str, str]] = {
    Decision.RELEASE: ("已放行", "released"),
    Decision.TURN_BACK: ("已劝返", "turned back"),
    Decision.SENT_TO_TEST: ("已引导至采样点", "sent to a sampling point"),
    Decision.CALLED: ("已电话联系", "called"),
    Decision.CORRECTION: ("车牌已更正", "plate corrected"),
}


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    parser.add_argument("passage", metavar="PASSAGE", help="通行记录编号 · the passage's id")
    parser.add_argument("kind", choices=[str(kind) for kind in Decision])
    add_actor(parser)
    parser.add_argument("--lead", metavar="CODE", help="放行须带班组长 · a release needs the shift lead")
    parser.add_argument("--reason", default="", metavar="TEXT")
    parser.add_argument("--plate", default="", metavar="P", help="更正后的车牌 · the right plate, for a correction")
    parser.add_argument("--database", type=filled, metavar="PATH|URL")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Append the decision."""
    kind = Decision(options.kind)
    if kind is Decision.RELEASE and not options.lead:
        raise console.UsageError("release_needs_lead")
    with open_log(options.database, options.language, create=False) as database:
        station, now = load_config(config_path()).station, datetime.now(UTC)
        decisions.find(database, station, options.passage)
        officer = signing(options)
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
        said = console.choose(_WORDS, record.kind, options.language)
        console.say(f"{said}  {record.passage}")
    return 0
