"""What is counted over passages: SQL adds up, nothing is decrypted, and the index by time is nearly all it reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, and_, func, literal, select, type_coerce

from db.engine import Database
from db.filters import SETTLING, Filters, conditions
from db.tables import decisions, passages

TENTH = 100_000
"""Microseconds: what durations are counted in."""
_HOUR = 3_600_000_000


class Hour(NamedTuple):
    """Passages of one verdict that were concluded in an hour; `hour` counts from 1970 UTC."""

    hour: int
    verdict: str
    passages: int


class Duty(NamedTuple):
    """Passages of one verdict that somebody checked in a shift."""

    day: date
    shift: str
    officer: str | None
    verdict: str
    passages: int


class Ground(NamedTuple):
    """Passages alike in kind, verdict, reasons (the first decided) and families of codes."""

    kind: str
    verdict: str
    reasons: tuple[str, ...]
    families: tuple[str, ...] | None
    passages: int


class Taken(NamedTuple):
    """Vehicles checked in so many tenths of a second."""

    tenths: int
    passages: int


class Ended(NamedTuple):
    """Reviews of a shift that somebody checked, by the last decision that settled them; None: they are open."""

    day: date
    shift: str
    officer: str | None
    decision: str | None
    passages: int


@dataclass(frozen=True, slots=True)
class Sums:
    """Everything that is counted, of one moment's view."""

    hours: Sequence[Hour]
    duties: Sequence[Duty]
    grounds: Sequence[Ground]
    taken: Sequence[Taken]
    ended: Sequence[Ended]


def count(database: Database, filters: Filters) -> Sums:
    """Count the passages that fit.

    Args:
        database: Where.
        filters: Which.

    Raises:
        ValueError: What is asked for only decrypting finds.
        DatabaseError: It cannot be read.
    """
    if filters.opens:
        raise ValueError("no figures of what only decrypting finds")
    which = conditions(database, filters)
    with database.read() as connection:
        return Sums(
            _hours(connection, which),
            _duties(connection, which),
            _grounds(connection, which),
            _taken(connection, which),
            _ended(connection, which),
        )


Which = list[ColumnElement[bool]]


def _hours(connection: Connection, which: Which) -> list[Hour]:
    hour = type_coerce(passages.c.concluded_at, BigInteger) // _HOUR
    query = select(hour, passages.c.verdict, func.count()).where(*which).group_by(hour, passages.c.verdict)
    return [Hour(*row) for row in connection.execute(query)]


def _duties(connection: Connection, which: Which) -> list[Duty]:
    of = passages.c
    by = of.shift_date, of.shift, of.officer, of.verdict
    return [Duty(*row) for row in connection.execute(select(*by, func.count()).where(*which).group_by(*by))]


def _grounds(connection: Connection, which: Which) -> list[Ground]:
    of = passages.c
    by = of.kind, of.verdict, of.reason_codes, of.code_families
    return [Ground(*row) for row in connection.execute(select(*by, func.count()).where(*which).group_by(*by))]


def _taken(connection: Connection, which: Which) -> list[Taken]:
    begun, concluded = (type_coerce(passages.c[name], BigInteger) for name in ("started_at", "concluded_at"))
    tenths = (concluded - begun) // TENTH
    checked = passages.c.kind == "checked", concluded >= begun  # a clock set back meanwhile says nothing
    query = select(tenths, func.count()).where(*which, *checked).group_by(tenths).order_by(tenths)
    return [Taken(*row) for row in connection.execute(query)]


def _ended(connection: Connection, which: Which) -> list[Ended]:
    of, to = passages.c, decisions.c
    last = (
        select(to.kind)
        .where(and_(to.station == of.station, to.passage == of.id, to.kind.in_(SETTLING)))
        .order_by(to.at.desc(), to.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    # Written out, not bound, so that the planner sees the index on reviews fits.
    review = of.verdict == literal("review", literal_execute=True)
    each = select(of.shift_date, of.shift, of.officer, last.label("ended")).where(*which, review).subquery()
    by = each.c.shift_date, each.c.shift, each.c.officer, each.c.ended
    return [Ended(*row) for row in connection.execute(select(*by, func.count()).group_by(*by))]
