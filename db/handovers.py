"""Handovers between shifts, step by step: the sheet as it was written, given and taken."""

from datetime import date

from sqlalchemy import func, insert, select

from db.engine import Database
from db.errors import HandoverMoved
from db.records import HandoverStepRecord, values
from db.tables import handover_steps


def append(database: Database, record: HandoverStepRecord) -> None:
    """Keep a step.

    Raises:
        HandoverMoved: It is not the one after the newest: somebody took a step meanwhile.
        DatabaseError: Another named fault; nothing was kept.
    """
    of = handover_steps.c
    newest = select(func.max(of.number)).where(
        of.checkpoint == record.checkpoint, of.shift_date == record.shift_date, of.shift == record.shift
    )
    with database.write() as connection:
        if record.number != (connection.scalar(newest) or 0) + 1:
            raise HandoverMoved
        connection.execute(insert(handover_steps), values(record))


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


def taken(database: Database, checkpoint: str, since: date) -> frozenset[tuple[date, str]]:
    """Day and code of each shift from this day on whose handover is complete."""
    of = handover_steps.c
    query = select(of.shift_date, of.shift).where(
        of.checkpoint == checkpoint, of.shift_date >= since, of.kind == "taken"
    )
    with database.read() as connection:
        return frozenset((row.shift_date, row.shift) for row in connection.execute(query))
