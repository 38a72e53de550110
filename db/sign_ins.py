"""Who came on duty and who left, shift by shift."""

from datetime import date, datetime

from sqlalchemy import insert, select

from db.engine import Database
from db.records import SignInRecord, new_id, values
from db.tables import sign_ins


def sign_in(
    database: Database, *, station: str, person: str, at: datetime, shift_date: date, shift: str
) -> SignInRecord:
    """Somebody comes on duty.

    Raises:
        RecordRefused: Nobody has this code.
        DatabaseError: Another named fault; nothing was kept.
    """
    return _append(
        database,
        SignInRecord(station=station, id=new_id(), person=person, at=at, shift_date=shift_date, shift=shift, kind="in"),
    )


def sign_out(
    database: Database, *, station: str, person: str, at: datetime, shift_date: date, shift: str
) -> SignInRecord:
    """Somebody leaves; raises as `sign_in` does."""
    return _append(
        database,
        SignInRecord(
            station=station, id=new_id(), person=person, at=at, shift_date=shift_date, shift=shift, kind="out"
        ),
    )


def on_duty(database: Database, station: str, shift_date: date, shift: str) -> tuple[str, ...]:
    """Codes of those signed in to a shift and not out again, in the order they came."""
    query = (
        select(sign_ins.c.person, sign_ins.c.kind)
        .where(sign_ins.c.station == station, sign_ins.c.shift_date == shift_date, sign_ins.c.shift == shift)
        .order_by(sign_ins.c.at, sign_ins.c.id)
    )
    present: dict[str, None] = {}
    with database.read() as connection:
        for person, kind in connection.execute(query):
            if kind == "in":
                present.setdefault(person)
            else:
                present.pop(person, None)
    return tuple(present)


def _append(database: Database, record: SignInRecord) -> SignInRecord:
    with database.write() as connection:
        connection.execute(insert(sign_ins), values(record))
    return record
