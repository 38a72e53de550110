"""Passages taken out of the log as a file, masked unless asked otherwise, with a manifest that proves it (交出).

A file appears whole, with its manifest, or not at all; that it was made, by whom and why, is in the ledger before it is
there. Masked rows are not even decrypted: they tell which vehicles of a day are the same, and no plate.
"""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

from db import events, exporting
from db.engine import Database
from db.exporting import COLUMNS, SEPARATOR, Disclosed, Snapshot
from db.filters import Filters
from db.heads import Head
from db.records import EventRecord, new_id
from shifts.model import SHANGHAI
from station import export_files, texts_export
from station.access import Action, Actor, require
from station.export_files import LONGEST, Kind
from station.export_manifest import Manifest, manifest_path, marks_of, signed
from station.kept import field as part
from station.kept import items, parse
from station.masking import mask_filters
from station.passages import to_json
from station.texts import Language

EXPORTED = "exported"
PERSONAL = ("plate", "occupants", "done_why", "personal")
"""The columns that tell of whom, and whether they could be read."""
NUMBERS = frozenset({"seconds", "people"})
_AT = list(COLUMNS).index("concluded_at")

Tell = Callable[[int, int], None]
"""Told how many rows of how many are written."""


class ExportError(Exception):
    """No file was made; `code` says why."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was made, its manifest's path, and what that says."""

    path: Path
    beside: Path
    manifest: Manifest


@dataclass(slots=True)
class Content:
    """What is known of a file's content: its columns, the rows that went by, where the ledger stood.

    Attributes:
        first: When the oldest passage was concluded, as its row says it, and `last` the newest.
    """

    columns: list[str] = field(default_factory=list)
    marks: bytearray = field(default_factory=bytearray)
    rows: int = 0
    first: str = ""
    last: str = ""
    head: Head | None = None

    def add(self, rows: Sequence[str]) -> None:
        self.marks += marks_of(rows)
        self.rows += len(rows)
        self.first = self.first or rows[0].split(SEPARATOR)[_AT]
        self.last = rows[-1].split(SEPARATOR)[_AT]


def export(
    database: Database,
    filters: Filters,
    target: Path,
    *,
    kind: Kind,
    actor: Actor,
    why: str,
    station: str,
    now: datetime,
    personal: bool = False,
    language: Language = "zh",
    tell: Tell | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exported:
    """Write the passages that fit, and the decisions on them, into a file; a file that was there is replaced.

    Args:
        database: The log.
        filters: Which passages; not by what only decrypting finds.
        target: The file.
        kind: How it is written.
        actor: Who exports.
        why: Their reason.
        station: This station.
        now: The time.
        personal: With plates, names, IDs and reasons, of days that can still be read.
        language: Of the header.
        tell: Told of progress, about every thousand rows.
        cancelled: Asked as often.

    Raises:
        AccessError: They may not.
        ExportError: No reason, what only decrypting finds, or cancelled.
        DatabaseError: The log cannot be read, or the event not be kept.
        OSError: The file cannot be written.
    """
    header = [texts_export.column(name, language) for name in (*COLUMNS, *(PERSONAL if personal else ()))]
    numbers = frozenset(texts_export.column(name, language) for name in NUMBERS)

    def make(draft: Path) -> Content:
        with exporting.snapshot(database, filters, station=station, of_whom=_of_whom if personal else None) as snapshot:
            content = Content(header, head=snapshot.head)
            chunks = _seen(snapshot, content, tell, cancelled)
            title = texts_export.title(language)
            export_files.write(draft, kind, header, chunks, total=snapshot.total, title=title, numbers=numbers)
        return content

    told: dict[str, Any] = {"actor": actor, "why": why, "station": station, "now": now}
    return deliver(database, filters, target, make, kind=str(kind), personal=personal, **told)


def deliver(
    database: Database,
    filters: Filters,
    target: Path,
    make: Callable[[Path], Content],
    *,
    kind: str,
    actor: Actor,
    why: str,
    station: str,
    now: datetime,
    personal: bool = False,
) -> Exported:
    """Make a file, and its manifest beside it; both appear whole, once the ledger tells of it, or not at all.

    Args:
        database: The log.
        filters: What the file is about; not what only decrypting finds.
        target: The file.
        make: Writes it at the path it is given, and tells what is in it.
        kind: How it is written.
        actor: Who exports.
        why: Their reason.
        station: This station.
        now: The time.
        personal: Whether it tells of whom.

    Raises:
        AccessError, ExportError, DatabaseError, OSError: As `export`; and whatever `make` raises.
    """
    require(database, actor, Action.EXPORT_PERSONAL if personal else Action.EXPORT, station=station, now=now)
    if not why.strip():
        raise ExportError("reason_blank")
    if filters.opens:
        raise ExportError("export_opens")
    with _drafts(target) as (draft, beside):
        content = make(draft)
        event = new_id()
        manifest = signed(
            database.signer,
            content.marks,
            file=target.name,
            kind=kind,
            station=station,
            at=now.astimezone(SHANGHAI).isoformat(timespec="seconds"),
            by=actor.code or station,
            why=why.strip(),
            personal=personal,
            filters=mask_filters(filters),
            columns=content.columns,
            rows=content.rows,
            first=content.first,
            last=content.last,
            sha256=_sha256(draft),
            head=content.head.note if content.head else "",
            event=event,
        )
        beside.write_text(manifest.text, "utf-8")
        told = {name: getattr(manifest, name) for name in ("kind", "personal", "filters", "rows", "sha256", "why")}
        record = EventRecord(station=station, id=event, at=now, kind=EXPORTED, actor=actor.code, details=to_json(told))
        _onto_disk(draft, beside)
        events.append(database, record)
        draft.replace(target)  # a spreadsheet that holds it open on Windows forbids this: nothing was done then
        beside.replace(manifest_path(target))
    return Exported(target, manifest_path(target), manifest)


def _seen(
    snapshot: Snapshot, content: Content, tell: Tell | None, cancelled: Callable[[], bool]
) -> Iterator[list[str]]:
    for chunk in snapshot.chunks:
        if cancelled():
            raise ExportError("export_cancelled")
        content.add(chunk)
        yield chunk
        if tell is not None:
            tell(content.rows, snapshot.total)


def _of_whom(disclosed: Disclosed) -> tuple[str, ...]:
    """The cells of `PERSONAL`."""
    passage = disclosed.passage
    occupants = filter(None, map(_occupant, items(parse(passage["evidence"]), "occupants")))
    reasons = filter(None, map(_why, disclosed.decisions))
    cells = (passage["plate"] or "", "; ".join(occupants), "; ".join(reasons), passage["personal"])
    return tuple(cell[:LONGEST].encode(errors="replace").decode() for cell in cells)


def _occupant(occupant: Any) -> str:
    """王小明 204X, with the whole ID number where it is known."""
    holders = [part(part(code, "credential"), "holder") for code in items(occupant, "codes")]
    holders += [part(entry, "holder") for entry in items(occupant, "manual")]
    number = part(occupant, "id_number")
    named = [f"{name} {number or part(one, 'id_tail') or ''}".strip() for one in holders if (name := part(one, "name"))]
    return " / ".join(dict.fromkeys(named)) or str(number or "")


def _why(decision: dict[str, Any]) -> str:
    """The reason of a decision; of a correction, the plates."""
    plate = part(parse(decision["details"]), "plate")
    return f"{part(plate, 'was')} → {part(plate, 'is')}" if plate else decision["reason"] or ""


# --- files -----------------------------------------------------------------------------------------------------------


@contextmanager
def _drafts(target: Path) -> Iterator[tuple[Path, Path]]:
    """Two files beside the target, for it and its manifest, for nobody else to read; whatever is left of them goes."""
    token = secrets.token_hex(4)
    drafts = [path.with_name(f".{path.name}.{token}") for path in (target, manifest_path(target))]
    try:
        for draft in drafts:
            draft.touch(0o600)
        yield drafts[0], drafts[1]
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)


def _onto_disk(*paths: Path) -> None:
    for path in paths:
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
