"""Passages and the decisions appended to them. Every append has returned only after its commit."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select, tuple_

from db import personal
from db.appending import append, append_bare
from db.day_keys import DayKey
from db.engine import Database
from db.filters import ALL, IS_CORRECTION, Filters, conditions
from db.records import DecisionRecord, PassageRecord
from db.tables import decisions, passages

OPENED_DAYS = 31
"""The days back in which passages are decrypted, each of them, to find what no index does."""
_CHUNK = 500
"""Passages decrypted at a time then."""

_Query = Select[Any]
_SELECT = select(passages)
_ENCLOSED = select(*(passages.c[name] for name in ("station", "id", "concluded_at", "personal_day", "personal")))


@dataclass(frozen=True, slots=True)
class Place:
    """A passage's place in the order of pages: newest first, then by id."""

    concluded_at: datetime
    id: str


def append_passage(database: Database, record: PassageRecord) -> None:
    """Keep a passage for good.

    Raises:
        RecordRefused: It is there already, or a value is not of its kind.
        DatabaseError: Another named fault; nothing was kept.
    """
    with database.write_bare() as bare:
        append_bare(database, bare, record)


def append_decision(
    database: Database, record: DecisionRecord, *, unless: Callable[[DecisionRecord], bool] | None = None
) -> bool:
    """Keep a decision on a passage, unless such a one was made of it before; nobody decides between look and row.

    Returns:
        Whether it was kept.

    Raises:
        RecordRefused: The passage is unknown, the decision is there already, or a value is not of its kind.
        DatabaseError: Another named fault; nothing was kept.
    """
    with database.write() as connection:
        if unless and any(map(unless, _decisions_of(database, connection, record.station, record.passage))):
            return False
        append(database, connection, record)
    return True


def get(database: Database, station: str, id_: str) -> PassageRecord | None:
    """One passage, or None."""
    found = _fetch(database, _SELECT.where(passages.c.station == station, passages.c.id == id_))
    return found[0] if found else None


def page(
    database: Database, *, before: Place | None = None, limit: int = 50, filters: Filters = ALL
) -> list[PassageRecord]:
    """A page of passages, newest first.

    Pages begun from the last row's `place` are complete and stable, whatever is appended meanwhile, and the
    thousandth costs what the first did.

    Args:
        database: Where.
        before: The last row of the page before.
        limit: The most rows.
        filters: Which; a fragment asks for nothing here.
    """
    return _fetch(database, _newest_first(_SELECT, conditions(database, filters), before, limit))


def _newest_first(query: _Query, fit: Iterable[ColumnElement[bool]], before: Place | None, limit: int) -> _Query:
    time, id_ = passages.c.concluded_at, passages.c.id
    ordered = query.where(*fit).order_by(time.desc(), id_.desc()).limit(limit)
    if before is None:
        return ordered
    # The first term alone is what an index can seek to.
    return ordered.where(
        time <= before.concluded_at,
        or_(time < before.concluded_at, and_(time == before.concluded_at, id_ < before.id)),
    )


def page_opened(
    database: Database,
    fits: Callable[[Mapping[str, Any]], bool],
    *,
    before: Place | None = None,
    limit: int = 50,
    filters: Filters = ALL,
) -> list[PassageRecord]:
    """As `page`, of passages that are each asked once they are decrypted, `OPENED_DAYS` back at most.

    Args:
        database: Where.
        fits: Asked of `plates` (as registered, then as corrected) and `evidence` of each.
        before: The last row of the page before.
        limit: The most rows.
        filters: What else they are to fit.
    """
    found: list[PassageRecord] = []
    since = opened_since(database, filters)
    fit = conditions(database, replace(filters, since=since))
    keys = database.day_keys.current()
    corrected = _corrected_since(database, since) if since else {}
    while len(found) < limit:
        with database.read() as connection:
            chunk = connection.execute(_newest_first(_ENCLOSED, fit, before, _CHUNK)).mappings().all()
        if not chunk:
            break
        ids = []
        for row in chunk:
            key, told = (row["station"], row["id"]), personal.disclose(keys, "passages", dict(row))
            plates = [plate for plate in (told["plate"], *corrected.get(key, ())) if plate]
            if fits({"plates": plates, "evidence": told["evidence"]}):
                ids.append(key)
        wanted = tuple_(passages.c.station, passages.c.id).in_(ids)
        found += _fetch(database, _newest_first(_SELECT, [wanted], None, limit - len(found))) if ids else []
        before = Place(chunk[-1]["concluded_at"], chunk[-1]["id"])
    return found


def _corrected_since(database: Database, since: datetime) -> dict[tuple[str, str], list[str]]:
    """The plates that corrections put right, from an instant's day on, by station and id of the passage."""
    query = select(decisions).where(IS_CORRECTION, decisions.c.personal_day >= personal.day_of(since))
    with database.read() as connection:
        rows = connection.execute(query).mappings().all()
    found: dict[tuple[str, str], list[str]] = {}
    for one in _decisions(database, rows):
        if right := personal.corrected(one.details):
            found.setdefault((one.station, one.passage), []).append(right)
    return found


def opened_since(database: Database, filters: Filters) -> datetime | None:
    """How far back passages are decrypted: `OPENED_DAYS` from the newest asked for, or what is asked for if later."""
    newest = filters.until or _newest(database)
    if newest is None:
        return filters.since
    earliest = newest - timedelta(days=OPENED_DAYS)
    return max(filters.since or earliest, earliest)


def _newest(database: Database) -> datetime | None:
    with database.read() as connection:
        newest = connection.scalar(select(func.max(passages.c.concluded_at)))
    return None if newest is None else newest + timedelta(seconds=1)


def place(record: PassageRecord) -> Place:
    """Where a passage stands in the order of pages."""
    return Place(record.concluded_at, record.id)


def since(database: Database, instant: datetime) -> list[PassageRecord]:
    """Passages concluded at or after an instant, oldest first: what replay memory starts from."""
    time = passages.c.concluded_at
    return _fetch(database, _SELECT.where(time >= instant).order_by(time, passages.c.id))


def verdicts_of_shift(database: Database, checkpoint: str, day: date, shift: str, *, begun: datetime) -> dict[str, int]:
    """How many passages of each verdict one shift of a checkpoint has; `begun`: nothing earlier is looked at."""
    query = select(passages.c.verdict, func.count()).where(*_of_shift(checkpoint, day, shift, begun))
    with database.read() as connection:
        return {row[0]: row[1] for row in connection.execute(query.group_by(passages.c.verdict))}


def told_of_shift(
    database: Database, checkpoint: str, day: date, shift: str, *, begun: datetime
) -> list[PassageRecord]:
    """The passages of one shift that the next should hear of, oldest first: all that did not simply pass.

    Args:
        database: Where.
        checkpoint: Its code.
        day: The shift's day.
        shift: Its code.
        begun: When the shift began: nothing earlier is looked at.
    """
    of, back = passages.c, decisions.c
    turned_back = exists().where(back.station == of.station, back.passage == of.id, back.kind == "turn_back")
    query = _SELECT.where(*_of_shift(checkpoint, day, shift, begun), or_(of.verdict != "pass", turned_back))
    return _fetch(database, query.order_by(of.concluded_at, of.id))


def decisions_of_shift(
    database: Database, checkpoint: str, day: date, shift: str, *, begun: datetime
) -> dict[tuple[str, str], list[DecisionRecord]]:
    """What was decided about the passages of one shift, oldest first, by station and id of the passage."""
    of = passages.c
    query = (
        select(decisions)
        .join(passages, and_(of.station == decisions.c.station, of.id == decisions.c.passage))
        .where(*_of_shift(checkpoint, day, shift, begun))
        .order_by(decisions.c.at, decisions.c.id)
    )
    found: dict[tuple[str, str], list[DecisionRecord]] = {}
    with database.read() as connection:
        rows = connection.execute(query).mappings().all()
    for one in _decisions(database, rows):
        found.setdefault((one.station, one.passage), []).append(one)
    return found


def first(database: Database) -> datetime | None:
    """When the oldest passage was concluded; None where there is none."""
    query = select(passages.c.concluded_at).order_by(passages.c.concluded_at, passages.c.id).limit(1)
    with database.read() as connection:
        return connection.scalar(query)


def newest_by_clock(database: Database) -> datetime | None:
    """When the newest passage was concluded by the machine's own clock while it was trusted; None where there is none.

    What a clock said that had leapt ahead must not outlive its being set right.
    """
    time = passages.c.concluded_at
    query = select(time).where(passages.c.clock == "trusted").order_by(time.desc()).limit(1)
    with database.read() as connection:
        return connection.scalar(query)


def count(database: Database, filters: Filters = ALL) -> int:
    """How many passages there are; a fragment asks for nothing here."""
    with database.read() as connection:
        query = select(func.count()).select_from(passages).where(*conditions(database, filters))
        return connection.execute(query).scalar_one()


def days(database: Database, filters: Filters = ALL) -> set[date]:
    """The days whose keys open the passages that fit, and the decisions on them; not by a fragment.

    A day is UTC's. A decision has that of its own moment, which may be a later one.
    """
    fitting, made = conditions(database, filters), decisions.alias()
    of_passages = select(passages.c.personal_day).where(*fitting)
    on_them = and_(made.c.station == passages.c.station, made.c.passage == passages.c.id)
    of_decisions = select(made.c.personal_day).join(passages, on_them).where(*fitting)
    with database.read() as connection:
        return set(connection.scalars(of_passages.union(of_decisions)))


def decisions_of(database: Database, station: str, passage: str) -> list[DecisionRecord]:
    """What was decided about a passage, oldest first."""
    with database.read() as connection:
        return _decisions_of(database, connection, station, passage)


def decisions_on(database: Database, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[DecisionRecord]]:
    """What was decided about several passages, oldest first, by station and id of each: one question for a page."""
    of = decisions.c
    query = select(decisions).where(tuple_(of.station, of.passage).in_(list(keys))).order_by(of.at, of.id)
    with database.read() as connection:
        rows = connection.execute(query).mappings().all()
    found: dict[tuple[str, str], list[DecisionRecord]] = {}
    for one in _decisions(database, rows):
        found.setdefault((one.station, one.passage), []).append(one)
    return found


def _fetch(database: Database, query: Select[Any]) -> list[PassageRecord]:
    with database.read() as connection:
        rows = connection.execute(query).mappings().all()
    keys = database.day_keys.current()
    return [PassageRecord(**_opened(keys, "passages", row)) for row in rows]


def _decisions_of(database: Database, connection: Connection, station: str, passage: str) -> list[DecisionRecord]:
    query = (
        select(decisions)
        .where(decisions.c.station == station, decisions.c.passage == passage)
        .order_by(decisions.c.at, decisions.c.id)
    )
    return list(_decisions(database, connection.execute(query).mappings().all()))


def _decisions(database: Database, rows: Iterable[Mapping[Any, Any]]) -> Iterator[DecisionRecord]:
    keys = database.day_keys.current()
    for row in rows:
        yield DecisionRecord(**_opened(keys, "decisions", row))


def _opened(keys: Mapping[date, DayKey], table: str, row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row as its record wants it."""
    fields = {**row, **personal.disclose(keys, table, row)}
    for kept in ("personal_day", "plate_index", "id_indexes"):
        fields.pop(kept, None)
    return fields


def _of_shift(checkpoint: str, day: date, shift: str, begun: datetime) -> tuple[ColumnElement[bool], ...]:
    of = passages.c
    return of.concluded_at >= begun, of.checkpoint == checkpoint, of.shift_date == day, of.shift == shift
