"""How long personal data is kept: a day over the policy's limit loses its key, and nobody can read it any more.

The rows stay, encrypted, and the ledger over them still verifies. No copy of the database holds day keys: it is gone
from them too.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from db import appending
from db.engine import Database
from db.records import EventRecord, new_id
from station.passages import to_json

ERASED = "personal_data_erased"


@dataclass(frozen=True, slots=True)
class Standing:
    """Which days can be read, oldest first: `due` are over the limit."""

    kept: tuple[date, ...]
    due: tuple[date, ...]


def standing(database: Database, keep_days: int, now: datetime) -> Standing:
    """How it stands. A day is UTC's, and over the limit once all of it was longer ago than that."""
    days = sorted(database.day_keys.current())
    due = tuple(day for day in days if is_over(day, keep_days, now))
    return Standing(tuple(day for day in days if day not in due), due)


def run(database: Database, keep_days: int, *, station: str, by: str | None, now: datetime) -> tuple[date, ...]:
    """Erase what is over the limit, and write that down.

    Returns:
        The days erased.

    Raises:
        DatabaseError: A named one; those days can still be read.
    """
    due = standing(database, keep_days, now).due
    if due:
        details = to_json({"days": due, "keep_days": keep_days})
        record = EventRecord(station=station, id=new_id(), at=now, kind=ERASED, actor=by, details=details)
        with database.write() as connection:
            appending.append(database, connection, record)
            database.day_keys.forget(due)
    return due


def is_over(day: date, keep_days: int, now: datetime) -> bool:
    """Whether all of a day was longer ago than that."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) <= now - timedelta(days=keep_days)
