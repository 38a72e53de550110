"""Heads of the ledger that are taken away, to hold the log against later."""

from datetime import datetime

from db import ledger
from db.engine import Database
from db.heads import Head
from station.access import Action, Actor, require


def take(database: Database, *, actor: Actor, station: str, now: datetime) -> Head | None:
    """Sign where the ledger stands; None where it is empty.

    Raises:
        AccessError: `actor` may not.
        DatabaseError: A named fault.
    """
    require(database, actor, Action.KEEP_HEADS, station=station, now=now)
    with database.write() as connection:
        return ledger.sign_head(connection, station, database.signer)
