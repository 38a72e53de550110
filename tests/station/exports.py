"""Logs to export, and exports of them."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from db import passages
from db.engine import Database
from db.filters import ALL, Filters
from db.records import PassageRecord
from station.access import Actor, sign_in
from station.export import Exported, export
from station.export_files import Kind
from tests.db.samples import NOON, a_passage
from tests.station.conftest import PIN

STATION = "LS-1"
LATER = NOON + timedelta(days=1)


def actor(database: Database, code: str = "A1", now: datetime = LATER) -> Actor:
    return sign_in(database, code, PIN, station=STATION, now=now)


def fill(database: Database, count: int = 8, **changes: Any) -> list[PassageRecord]:
    """Passages a minute apart, oldest first."""
    found = []
    for number in range(count):
        at = NOON + timedelta(minutes=number)
        record = a_passage(station=STATION, started_at=at, concluded_at=at + timedelta(seconds=25), **changes)
        passages.append_passage(database, record)
        found.append(record)
    return found


def exported(database: Database, target: Path, filters: Filters = ALL, **changes: Any) -> Exported:
    """What auditor A1 exports."""
    given: dict[str, Any] = {
        "kind": Kind(target.suffix[1:]),
        "why": "月度抽查",
        "station": STATION,
        "now": LATER,
        "language": "en",
    }
    given |= changes
    given.setdefault("actor", actor(database))
    return export(database, filters, target, **given)
