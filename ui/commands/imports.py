"""`station trust|policy|watchlist|sampling-points import FILE` and `… show`: what is in force at this station."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from db import documents
from station.config import load_config
from station.home import config_path
from station.library import MOST, DocumentKind, import_document
from ui import console
from ui.arguments import add_actor, filled, read_file
from ui.opening import open_log
from ui.parser import add_common, add_language
from ui.pins import acting


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_language(parser)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=type(parser))
    importing = actions.add_parser("import", help="导入 · import")
    importing.add_argument("file", type=Path, metavar="FILE")
    add_actor(importing)
    showing = actions.add_parser("show", help="现行与历次 · in force, and before")
    for action in (importing, showing):
        add_common(action)
        action.add_argument("--database", type=filled, metavar="PATH|URL")
        action.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Import a document, or show what was imported."""
    kind, importing = DocumentKind(options.command.replace("-", "_")), options.action == "import"
    content = read_file(options.file, MOST[kind]) if importing else b""
    with open_log(options.database, options.language, create=importing) as database:
        if importing:
            import_document(
                database,
                kind,
                content,
                options.file.name,
                station=load_config(config_path()).station,
                now=datetime.now(UTC),
                actor=acting(options, database),
            )
        found = documents.history(database, kind)
    if importing:
        found = found[:1]
    if options.json:
        console.say_json(
            {
                "kind": str(kind),
                "documents": [
                    {
                        "sha256": document.sha256,
                        "imported_at": document.imported_at.isoformat(),
                        "imported_by": document.imported_by,
                        "issued_at": document.issued_at and document.issued_at.isoformat(),
                    }
                    for document in found
                ],
            }
        )
    else:
        rows = [
            (
                console.local_time(document.imported_at),
                document.imported_by or "",
                console.local_time(document.issued_at) if document.issued_at else "",
                document.sha256[:16],
            )
            for document in found
        ]
        header = ("导入", "导入人", "签发", "SHA-256")
        if options.language == "en":
            header = ("imported", "by", "issued", "SHA-256")
        console.say(console.table(header, rows))
    return 0
