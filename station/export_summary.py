"""Figures taken out of the log as a file, with the manifest that every export has; how they are drawn, others know."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from db import ledger
from db.engine import Database
from db.filters import Filters
from db.heads import Head
from station.access import Actor
from station.export import Content, Exported, deliver
from station.export_manifest import PDF
from station.figures import Figures, figures

Write = Callable[[Path, Figures, Head | None], object]
"""Writes figures into a PDF at a path, and where the ledger stood."""


def export_summary(
    database: Database,
    filters: Filters,
    target: Path,
    write: Write,
    *,
    actor: Actor,
    why: str,
    station: str,
    now: datetime,
) -> Exported:
    """Write the figures of the passages that fit into a PDF; a file that was there is replaced.

    Args:
        database: The log.
        filters: Which passages; not by a part of a plate.
        target: The file.
        write: Draws it.
        actor: Who exports.
        why: Their reason.
        station: This station.
        now: The time.

    Raises:
        AccessError: They may not.
        ExportError: No reason, or a part of a plate.
        DatabaseError: The log cannot be read, or the event not be kept.
        OSError: The file cannot be written; and whatever `write` raises.
    """

    def make(draft: Path) -> Content:
        found = figures(database, filters, actor=actor, station=station, now=now)
        with database.read() as connection:  # after they were counted: whatever was is under this head
            head = ledger.head_now(connection, station, database.signer)
        write(draft, found, head)
        return Content(head=head)

    return deliver(database, filters, target, make, kind=PDF, actor=actor, why=why, station=station, now=now)
