"""Who came on duty and who left, shift by shift."""

from datetime import date, datetime

from sqlalchemy import select

from db.appending import append
from db.engine import Database
from db.records import SignInRecord, new_id
from db.tables import sign_ins


def sign_in(
    database: Database, *, station: str, person: str, at: datetime, shift_date: date, shift: str, how: str = "pin"
) -> SignInRecord:
    """Somebody comes on duty.

    Raises:
        RecordRefused: Nobody has this code.
        DatabaseError: Another named fault; nothing was kept.
    """
    record = SignInRecord(
        station=station, id=new_id(), person=person, at=at, shift_date=shift_date, shift=shift, kind="in", how=how
    )
    return _append(database, record)


def sign_out(
    database: Database, *, station: str, person: str, at: datetime, shift_date: date, shift: str, how: str = "pin"
) -> SignInRecord:
    """Somebody leaves; raises as `sign_in` does."""
    record = SignInRecord(
        station=station, id=new_id(), person=person, at=at, shift_date=shift_date, shift=shift, kind="out", how=how
    )
    return _append(database, record)


def of_shift(database: Database, station: str, shift_date: date, shift: str) -> list[SignInRecord]:
    """Every coming and leaving of a shift, in order."""
    query = (
        select(sign_ins)
        .where(sign_ins.c.station == station, sign_ins.c.shift_date == shift_date, sign_ins.c.shift == shift)
        .order_by(sign_ins.c.at, sign_ins.c.id)
    )
    with database.read() as connection:
        return [SignInRecord(**row) for row in connection.execute(query).mappings()]


def on_duty(database: Database, station: str, shift_date: date, shift: str) -> tuple[str, ...]:
    """Codes of those signed in to a shift and not out again, in the order they came."""
    present: dict[str, None] = {}
    for one in of_shift(database, station, shift_date, shift):
        if one.kind == "in":
            present.setdefault(one.person)
        else:
            present.pop(one.person, None)
    return tuple(present)


def _append(database: Database, record: SignInRecord) -> SignInRecord:
    with database.write() as connection:
        append(database, connection, record)
    return record
