"""`station log`: the passages, newest first. Plates are masked unless `--whole` asks, as somebody who may.

That, and looking for what only decrypting finds, is an event in the log.
"""

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from db.engine import Database
from db.filters import Filters
from db.passages import place
from db.records import PassageRecord
from station import disclosure, search, texts
from station.config import load_config
from station.csv_file import as_cell
from station.home import config_path
from station.kept import reasons_of
from station.masking import mask_plate
from station.texts import Language
from station.verdict import Outcome
from ui import console
from ui.arguments import add_actor, filled, number
from ui.filtering import add_filters, filters_of
from ui.opening import open_log
from ui.parser import add_common
from ui.pins import acting

_PAGE = 500
COLUMNS = (
    *("station", "id", "concluded_at", "kind", "verdict", "plate", "people", "officer", "shift_date", "shift"),
    *("policy_version", "trust_age_s", "clock", "demo", "reasons"),
)


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    parser.add_argument("--csv", action="store_true", help="全部记录，CSV · every row as CSV")
    parser.add_argument("--limit", type=number, metavar="N", help="最多几条，缺省 20 · at most so many rows")
    add_filters(parser, parts=True)
    parser.add_argument("--whole", action="store_true", help="显示完整车牌（记入日志） · unmasked, a logged act")
    add_actor(parser)
    parser.add_argument("--database", type=filled, metavar="PATH|URL")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the passages asked for."""
    filters = filters_of(options)
    limit = options.limit if options.limit is not None else (None if options.csv else 20)
    with open_log(options.database, options.language, create=False) as database:
        if options.whole or filters.opens:
            _ask_leave(database, filters, options)
        rows = _all(database, filters, limit)
        if options.csv:
            writer = csv.DictWriter(sys.stdout, COLUMNS)
            writer.writeheader()
            for record in rows:  # a plate of kind `other` is typed freely
                cells = _row(record, whole=options.whole).items()
                writer.writerow({name: as_cell(value) for name, value in cells})
        elif options.json:
            console.say_json({"passages": [_as_json(record, options.language, whole=options.whole) for record in rows]})
        else:
            console.say(_table(rows, options.language, whole=options.whole))
            if far := search.how_far(filters, options.language):
                console.say(far)
    return 0


def _all(database: Database, filters: Filters, limit: int | None) -> Iterator[PassageRecord]:
    left, before = limit, None
    while left is None or left > 0:
        page = search.page(database, before=before, limit=_PAGE if left is None else min(left, _PAGE), filters=filters)
        yield from page
        if not page:
            return
        before = place(page[-1])
        left = None if left is None else left - len(page)


def _row(record: PassageRecord, *, whole: bool) -> dict[str, Any]:
    row = {name: getattr(record, name) for name in COLUMNS}
    return row | {
        "concluded_at": record.concluded_at.isoformat(),
        "shift_date": record.shift_date.isoformat(),
        "plate": _plate(record, whole=whole),
        "reasons": " ".join(record.reason_codes),
    }


def _as_json(record: PassageRecord, language: Language, *, whole: bool) -> dict[str, Any]:
    reasons = [{"code": reason.code, "text": texts.reason(reason, language)} for reason in reasons_of(record)]
    return _row(record, whole=whole) | {"reasons": reasons}


def _plate(record: PassageRecord, *, whole: bool) -> str:
    if record.plate is None:
        return ""
    return record.plate if whole else mask_plate(record.plate)


def _table(rows: Iterable[PassageRecord], language: Language, *, whole: bool) -> str:
    header = {
        "zh": ("时间", "结论", "车牌", "人数", "查验员", "班次", "编号", "理由"),
        "en": ("time", "verdict", "plate", "people", "officer", "shift", "id", "reason"),
    }[language]
    words = {outcome.word: texts.outcome(outcome, language) for outcome in Outcome}
    return console.table(
        header,
        [
            (
                console.local_time(record.concluded_at),
                words[record.verdict],
                _plate(record, whole=whole),
                str(record.people or ""),
                record.officer or "",
                f"{record.shift_date} {console.choose(texts.SHIFTS, record.shift, language)}",
                record.id,
                next((texts.reason(reason, language) for reason in reasons_of(record)), ""),
            )
            for record in rows
        ],
    )


def _ask_leave(database: Database, filters: Filters, options: argparse.Namespace) -> None:
    """What shows or decrypts personal data: who may, and that they did."""
    actor = acting(options, database)
    here: dict[str, Any] = {"actor": actor, "station": load_config(config_path()).station, "now": datetime.now(UTC)}
    if options.whole:
        disclosure.unmask_list(database, file=options.csv, **here)
    if filters.opens:
        disclosure.search_opened(database, filters, **here)
