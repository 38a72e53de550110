"""Badges: who was handed which, kept as a digest of what it says. A newer one voids those before it."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from db import events
from db.appending import append
from db.engine import Database
from db.errors import PersonUnknown
from db.records import BadgeRecord, EventRecord, new_id
from db.tables import badges, people


def issue(
    database: Database, given: Mapping[str, str | None], *, station: str, by: str | None, at: datetime
) -> tuple[BadgeRecord, ...]:
    """Hand badges out, all of them or none; events `badge_issued`, and `badge_taken` for one that is only taken back.

    Args:
        database: Where.
        given: By person's code, the SHA-256 of what their badge says from now on; None: they have none any more.
        station: Where it is done.
        by: Code of who does it; None on the machine's own behalf.
        at: When.

    Raises:
        PersonUnknown: Nobody has one of the codes.
        DatabaseError: Another named fault; nothing was kept.
    """
    made = []
    with database.write() as connection:
        for person, sha256 in given.items():
            if connection.scalar(select(people.c.code).where(people.c.code == person)) is None:
                raise PersonUnknown(person=person)
            newest = connection.scalar(select(func.max(badges.c.number)).where(badges.c.person == person)) or 0
            record = BadgeRecord(station=station, id=new_id(), person=person, number=newest + 1, at=at, sha256=sha256)
            append(database, connection, record)
            kind = "badge_issued" if sha256 else "badge_taken"
            told = json.dumps({"person": person, "number": record.number}, ensure_ascii=False)
            event = EventRecord(station=station, id=new_id(), at=at, kind=kind, actor=by, details=told)
            events.append_within(database, connection, event)
            made.append(record)
    return tuple(made)


def find(database: Database, sha256: str) -> tuple[str, bool] | None:
    """Whose badge says this, and whether it is the one that counts; None where it was never handed out here."""
    newer = badges.alias()
    newest = select(func.max(newer.c.number)).where(newer.c.person == badges.c.person).scalar_subquery()
    query = select(badges.c.person, (badges.c.number == newest).label("counts")).where(badges.c.sha256 == sha256)
    with database.read() as connection:
        row = connection.execute(query).first()
    return None if row is None else (row.person, bool(row.counts))
