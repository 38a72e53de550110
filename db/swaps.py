"""Swaps, step by step: what was asked of whom, and everything that came of it."""

from datetime import date

from sqlalchemy import Connection, Select, func, select

from db import appending
from db.engine import Database
from db.errors import SwapMoved
from db.records import SwapStepRecord
from db.tables import swap_steps


def append_within(database: Database, connection: Connection, record: SwapStepRecord) -> None:
    """Keep a step in the transaction of what it settles.

    Raises:
        SwapMoved: Somebody took a step of this swap meanwhile.
        RecordRefused: A value is not of its kind, or only one of first step and proposal is there.
    """
    query = select(func.max(swap_steps.c.number)).where(swap_steps.c.swap == record.swap)
    if record.number != (connection.scalar(query) or 0) + 1:
        raise SwapMoved(swap=record.swap)
    appending.append(database, connection, record)


def steps(database: Database, swap: str) -> list[SwapStepRecord]:
    """A swap's steps, in order."""
    return _fetch(database, select(swap_steps).where(swap_steps.c.swap == swap).order_by(swap_steps.c.number))


def of_roster(database: Database, district: str, start: date) -> list[SwapStepRecord]:
    """The steps of every swap about a roster: swap by swap in the order they were begun, each in order."""
    of = swap_steps.c
    return _fetch(
        database, select(swap_steps).where(of.district == district, of.start == start).order_by(of.swap, of.number)
    )


def _fetch(database: Database, query: Select[tuple[object, ...]]) -> list[SwapStepRecord]:
    with database.read() as connection:
        return [SwapStepRecord(**row) for row in connection.execute(query).mappings()]
