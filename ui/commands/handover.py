"""`station handover`: a shift's sheet on the terminal or on paper, and which handovers are not done.

Exit codes: 0 in order; 10 where a handover is late or missing; 64 for wrong use.
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from db import people
from db.engine import Database
from db.heads import Head
from shifts.handover import Confirmation, Handover, Mention, Presence, Sheet
from shifts.model import THREE_SHIFTS, DatedShift
from station import handover_words, texts_handover
from station.config import Config, load_config
from station.handover import OVERDUE, Listed, Standing, handover, listed, signed_head
from station.home import config_path
from station.library import load_library
from station.post import Post
from station.table import Table
from station.texts import Language, Pair, pick
from ui import console
from ui.arguments import day, filled
from ui.opening import open_log
from ui.parser import add_common, add_language

_PLAN = THREE_SHIFTS
_HEADER: dict[Language, tuple[str, str]] = {"zh": ("班次", "交接"), "en": ("shift", "handover")}
_NOT_DUE = frozenset({Standing.RUNNING, Standing.COMPLETE})
_NONE_DUE: Pair = ("没有未完成的交接", "Every handover is done")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_language(parser)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=type(parser))

    showing = actions.add_parser("show", help="一班的交接单 · a shift's sheet", allow_abbrev=False)
    add_common(showing)
    showing.add_argument("--date", type=day, metavar="DAY", help="哪天的班，缺省为现在的班 · which; else the one now")
    showing.add_argument("--shift", choices=_PLAN.codes, help="哪一班 · which shift of that day")
    showing.add_argument("--pdf", type=Path, metavar="FILE", help="写成 A4 打印件 · write it to print")
    showing.set_defaults(run=show)

    due = actions.add_parser("due", help="还没有交接的班 · handovers not done", allow_abbrev=False)
    add_common(due)
    due.set_defaults(run=say_due)
    for command in (showing, due):
        command.add_argument("--database", type=filled, metavar="PATH|URL")


def show(options: argparse.Namespace) -> int:
    """Show a shift's sheet, or write it to print."""
    config, now = load_config(config_path()), datetime.now(UTC)
    shift = _wanted(options, now)
    with open_log(options.database, options.language, create=False) as database:
        trust = load_library(database).trust
        age = trust.age(now) if trust is not None else None
        post = Post(database, config, _PLAN)
        found, head = handover(post, shift, trust_age=age), signed_head(post)
        names = {person.code: person.name for person in people.everyone(database)}
    pages = _print(found, config, names, head, options) if options.pdf else None
    if options.json:
        told = {"file": str(options.pdf), "pages": pages} if options.pdf else {}
        console.say_json(_as_json(found, options.language) | told)
    elif options.pdf:
        console.say(str(options.pdf))
    else:
        _say(found, config, names, options.language)
    return console.PASSED


def say_due(options: argparse.Namespace) -> int:
    """Show the shifts that have ended and are not handed over."""
    config, now, language = load_config(config_path()), datetime.now(UTC), options.language
    with open_log(options.database, language, create=False) as database:
        found = [one for one in _listed(database, config, now) if one.standing not in _NOT_DUE]
    late = any(one.standing in OVERDUE for one in found)
    if options.json:
        shifts = [_shift(one.shift) | {"standing": str(one.standing), "given": one.given} for one in found]
        console.say_json({"due": shifts})
    elif found:
        rows = [
            (handover_words.span(_PLAN, one.shift, language), handover_words.standing(one, language)) for one in found
        ]
        console.say(console.table(_HEADER[language], rows))
    else:
        console.say(pick(_NONE_DUE, language))
    return console.REFUSED if late else console.PASSED


# --- within ----------------------------------------------------------------------------------------------------------


def _listed(database: Database, config: Config, now: datetime) -> tuple[Listed, ...]:
    """Oldest first, as one reads downwards at a terminal."""
    return listed(Post(database, config, _PLAN), now)[::-1]


def _wanted(options: argparse.Namespace, now: datetime) -> DatedShift:
    if (options.date is None) != (options.shift is None):
        raise console.UsageError("handover_half_a_shift")
    shift = _PLAN.at(now) if options.date is None else DatedShift(options.date, options.shift)
    if _PLAN.shift(shift.code).span(shift.day)[0] > now:
        raise console.UsageError("handover_not_begun", shift=handover_words.span(_PLAN, shift, options.language))
    return shift


def _print(
    found: Handover, config: Config, names: dict[str, str], head: Head | None, options: argparse.Namespace
) -> int:
    from ui.handover_pdf import write_pdf  # noqa: PLC0415 -- brings Qt, which a terminal need not wait for

    return write_pdf(
        found,
        options.pdf,
        place=config.checkpoint_name,
        plan=_PLAN,
        names=names,
        head=head,
        language=options.language,
    )


def _say(found: Handover, config: Config, names: dict[str, str], language: Language) -> None:
    title = pick(texts_handover.TITLE, language)
    console.say(f"{title}  {config.checkpoint_name}  {handover_words.span(_PLAN, found.shift, language)}")
    for build in handover_words.TABLES:
        console.say()
        _say_table(build(found.sheet, language))
    console.say()
    for side, told in handover_words.confirmations(found, names, language):
        console.say(f"{side}  {told}")


def _say_table(table: Table) -> None:
    console.say(table.title)
    if table.head:
        flat = [tuple(" ".join(cell.split()) for cell in row) for row in table.rows]
        console.say(console.table(table.head, flat))
    else:
        for row in table.rows:
            console.say("  ".join(row))


def _as_json(found: Handover, language: Language) -> dict[str, object]:
    return {
        "checkpoint": found.checkpoint,
        **_shift(found.shift),
        "sheet": _sheet(found.sheet, language),
        "given": _confirmed(found.given),
        "taken": _confirmed(found.taken),
        "complete": found.complete,
    }


def _shift(shift: DatedShift) -> dict[str, object]:
    return {"date": shift.day.isoformat(), "shift": shift.code}


def _confirmed(word: Confirmation | None) -> dict[str, str] | None:
    return None if word is None else {"lead": word.lead, "at": word.at.isoformat()}


def _sheet(sheet: Sheet, language: Language) -> dict[str, object]:
    return {
        "verdicts": dict(sheet.verdicts),
        "attendance": [_presence(one) for one in sheet.attendance],
        "open_reviews": [_mention(one, language) for one in sheet.open_reviews],
        "refused": [_mention(one, language) for one in sheet.refused],
        "faults": dict(sheet.faults),
        "trust_age_hours": sheet.trust_age_hours,
        "supplies": [{"item": one.item, "count": one.count, "remark": one.remark} for one in sheet.supplies],
        "visits": [
            {"at": one.at.isoformat(), "by": one.by, "findings": one.findings, "mended": one.mended}
            for one in sheet.visits
        ],
        "notes": sheet.notes,
    }


def _presence(one: Presence) -> dict[str, object]:
    return {
        "person": one.person,
        "name": one.name,
        "duty": one.duty,
        "came": one.came and one.came.isoformat(),
        "left": one.left and one.left.isoformat(),
    }


def _mention(one: Mention, language: Language) -> dict[str, object]:
    return {
        "passage": one.passage,
        "at": one.at.isoformat(),
        "plate": one.plate,
        "code": one.why,
        "text": texts_handover.why(one.why, language),
        "called": one.called,
    }
