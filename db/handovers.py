"""Handovers between shifts, step by step: the sheet as it was written, given and taken."""

from datetime import date

from sqlalchemy import Connection, func, or_, select

from db import appending
from db.engine import Database
from db.errors import HandoverMoved
from db.records import HandoverStepRecord
from db.tables import handover_steps


def append(database: Database, record: HandoverStepRecord) -> None:
    """Keep a step.

    Raises:
        HandoverMoved: It is not the one after the newest: somebody took a step meanwhile.
        DatabaseError: Another named fault; nothing was kept.
    """
    with database.write() as connection:
        append_within(database, connection, record)


def append_within(database: Database, connection: Connection, record: HandoverStepRecord) -> None:
    """As `append`, within a transaction that is open already."""
    of = handover_steps.c
    newest = select(func.max(of.number)).where(
        of.checkpoint == record.checkpoint, of.shift_date == record.shift_date, of.shift == record.shift
    )
    if record.number != (connection.scalar(newest) or 0) + 1:
        raise HandoverMoved
    appending.append(database, connection, record)


def steps(database: Database, checkpoint: str, day: date, shift: str) -> list[HandoverStepRecord]:
    """The steps of one shift's handover, in order."""
    of = handover_steps.c
    query = (
        select(handover_steps)
        .where(of.checkpoint == checkpoint, of.shift_date == day, of.shift == shift)
        .order_by(of.number)
    )
    with database.read() as connection:
        return [HandoverStepRecord(**row) for row in connection.execute(query).mappings()]


def before(database: Database, checkpoint: str, day: date) -> list[HandoverStepRecord]:
    """The newest step of each shift of a day, and of the last day before it that has any, oldest shift's day first."""
    of, newer = handover_steps.c, handover_steps.alias().c
    last = select(func.max(of.shift_date)).where(of.checkpoint == checkpoint, of.shift_date < day).scalar_subquery()
    newest = select(func.max(newer.number)).where(
        newer.checkpoint == of.checkpoint, newer.shift_date == of.shift_date, newer.shift == of.shift
    )
    query = select(handover_steps).where(
        of.checkpoint == checkpoint,
        or_(of.shift_date == day, of.shift_date == last),
        of.number == newest.correlate(handover_steps).scalar_subquery(),
    )
    with database.read() as connection:
        found = connection.execute(query.order_by(of.shift_date, of.shift)).mappings()
        return [HandoverStepRecord(**row) for row in found]


def reached(database: Database, checkpoint: str, since: date, kind: str) -> frozenset[tuple[date, str]]:
    """Day and code of each shift from this day on that has a step of this kind: given, or taken, so complete."""
    of = handover_steps.c
    query = select(of.shift_date, of.shift).where(of.checkpoint == checkpoint, of.shift_date >= since, of.kind == kind)
    with database.read() as connection:
        return frozenset((row.shift_date, row.shift) for row in connection.execute(query))
