"""`station verify`: is each row as it was written; with `--checkpoint`, also against heads kept elsewhere.

Anybody may ask; a head to keep (`--keep`) is taken by somebody named with `--as`.
"""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from db.heads import Head, HeadError, read_head
from db.stretches import Finding
from db.verifying import Report, verify
from station import heads, texts_ledger
from station.config import load_config
from station.home import config_path
from station.texts import Language
from ui import console
from ui.arguments import add_actor, filled, read_file
from ui.console import UsageError
from ui.opening import open_log
from ui.parser import add_common
from ui.pins import acting

BROKEN = console.REFUSED
_FIRST = 20
"""Findings told; the rest are counted."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    text = "在别处保存的链头，可多次给出 · a head kept elsewhere; may be given again"
    parser.add_argument("--checkpoint", type=Path, action="append", default=[], metavar="FILE", help=text)
    text = "核对完好后签一个链头，写入此文件 · sign where the ledger stands, once found whole, into this file"
    parser.add_argument("--keep", type=Path, metavar="FILE", help=text)
    add_actor(parser)
    parser.add_argument("--database", type=filled, metavar="PATH|URL")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Verify; exit 10 where something is not as it was written."""
    outside = [_head(path) for path in options.checkpoint]
    with open_log(options.database, options.language, create=False) as database:
        actor = acting(options, database) if options.keep else None
        report = verify(database, outside)
        head = None
        if actor is not None and not report.broken:
            head = heads.take(database, actor=actor, station=load_config(config_path()).station, now=datetime.now(UTC))
    if head is not None:
        options.keep.write_text(head.note, "utf-8")
    if options.json:
        console.say_json(_as_json(report, outside))
    else:
        _say(report, outside, options.language)
        if head is not None:
            console.say(texts_ledger.kept(str(options.keep), options.language))
    return BROKEN if report.broken else console.PASSED


def _head(path: Path) -> Head:
    try:
        return read_head(read_file(path).decode())
    except (HeadError, UnicodeDecodeError) as error:
        raise UsageError("head_malformed", file=str(path)) from error


def _say(report: Report, outside: Sequence[Head], language: Language) -> None:
    console.say(texts_ledger.result(report, language))
    told = sorted(report.findings, key=lambda one: one not in report.broken)
    for one in told[:_FIRST]:
        console.say("  " + texts_ledger.finding(one, language))
    if len(told) > _FIRST:
        console.say(f"  … {len(told)}")
    for line in texts_ledger.heads(report, language):
        console.say(line)
    if not outside:
        console.warn(texts_ledger.alone(language))


def _as_json(report: Report, outside: Sequence[Head]) -> dict[str, object]:
    return {
        "whole": not report.broken,
        "entries": report.entries,
        "findings": [_finding(one) for one in report.findings],
        "heads": {station: {"seq": seq, "chain": chain} for station, (seq, chain) in report.heads.items()},
        "held_against": [{"station": head.station, "seq": head.seq, "chain": head.chain} for head in outside],
    }


def _finding(one: Finding) -> dict[str, object]:
    return {"kind": str(one.kind), "station": one.station, "seq": one.seq, "table": one.table, "row": one.row}
