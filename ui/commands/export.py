"""`station export`: passages into a CSV or XLSX file with a signed manifest beside it; masked, unless `--personal`."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from station import texts_export
from station.config import load_config
from station.export import export
from station.export_files import Kind
from station.home import config_path
from ui import console
from ui.arguments import add_actor, filled
from ui.console import UsageError
from ui.filtering import add_filters, filters_of
from ui.opening import open_log
from ui.parser import add_common
from ui.pins import acting


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    add_actor(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--why", type=filled, required=True, metavar="TEXT", help="事由 · the reason, kept with it")
    parser.add_argument(
        "--format", choices=[str(kind) for kind in Kind], help="缺省看文件名 · else the file's name tells"
    )
    add_filters(parser)
    parser.add_argument("--personal", action="store_true", help="含车牌、姓名、证件号 · with plates, names and IDs")
    parser.add_argument("--database", type=filled, metavar="PATH|URL")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Export."""
    kind = _kind(options.format, options.out)
    filters = filters_of(options)
    with open_log(options.database, options.language, create=False) as database:
        done = export(
            database,
            filters,
            options.out,
            kind=kind,
            actor=acting(options, database),
            why=options.why,
            station=load_config(config_path()).station,
            now=datetime.now(UTC),
            personal=options.personal,
            language=options.language,
            tell=_tell if sys.stderr.isatty() else None,
        )
    if options.json:
        told = {name: getattr(done.manifest, name) for name in ("rows", "sha256", "event", "personal")}
        console.say_json({"file": str(done.path), "manifest": str(done.beside), **told})
    else:
        console.say(texts_export.made(done.manifest, str(done.path), done.beside.name, options.language))
    return console.PASSED


def _kind(asked: str | None, out: Path) -> Kind:
    try:
        return Kind(asked or out.suffix.lower().removeprefix("."))
    except ValueError as error:
        raise UsageError("export_format") from error


def _tell(done: int, total: int) -> None:
    print(f"\r{done:,} / {total:,}", end="\n" if done == total else "", file=sys.stderr, flush=True)
