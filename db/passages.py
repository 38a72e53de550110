"""Passages and the decisions appended to them. Every append has returned only after its commit."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select

from db.engine import Database
from db.prepared import prepared_insert
from db.records import DecisionRecord, PassageRecord
from db.tables import decisions, passages

SETTLING = ("release", "turn_back", "sent_to_test", "called")
"""Decisions that close a review; a correction or a note does not."""

_TELLING = 6
"""From so many characters on, a plate's beginning fits few enough to look up by plate."""

_insert_passage = prepared_insert(passages)
_insert_decision = prepared_insert(decisions)
_SELECT = select(passages)
_SETTLED = exists().where(
    decisions.c.station == passages.c.station,
    decisions.c.passage == passages.c.id,
    decisions.c.kind.in_(SETTLING),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A passage's place in the order of pages: newest first, then by id."""

    concluded_at: datetime
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which passages; what is None or False asks for nothing.

    Attributes:
        since: Concluded at or after.
        until: Concluded before.
        plate: How the plate begins.
        verdict: pass, review or refuse.
        open_reviews: Only reviews that no settling decision closes.
    """

    since: datetime | None = None
    until: datetime | None = None
    plate: str | None = None
    verdict: str | None = None
    open_reviews: bool = False


ALL = Filters()


def append_passage(database: Database, record: PassageRecord) -> None:
    """Keep a passage for good.

    Raises:
        RecordRefused: It is there already, or a value is not of its kind.
        DatabaseError: Another named fault; nothing was kept.
    """
    with database.write() as connection:
        _insert_passage(connection, record)


def append_decision(database: Database, record: DecisionRecord) -> None:
    """Keep a decision on a passage.

    Raises:
        RecordRefused: The passage is unknown, the decision is there already, or a value is not of its kind.
        DatabaseError: Another named fault; nothing was kept.
    """
    with database.write() as connection:
        _insert_decision(connection, record)


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
        filters: Which.
    """
    time, id_ = passages.c.concluded_at, passages.c.id
    query = _SELECT.where(*_conditions(filters)).order_by(time.desc(), id_.desc()).limit(limit)
    if before is not None:
        # The first term alone is what an index can seek to.
        query = query.where(
            time <= before.concluded_at,
            or_(time < before.concluded_at, and_(time == before.concluded_at, id_ < before.id)),
        )
    return _fetch(database, query)


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
        for row in connection.execute(query).mappings():
            one = DecisionRecord(**row)
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
    """How many passages there are."""
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(passages).where(*_conditions(filters))).scalar_one()


def decisions_of(database: Database, station: str, passage: str) -> list[DecisionRecord]:
    """What was decided about a passage, oldest first."""
    query = (
        select(decisions)
        .where(decisions.c.station == station, decisions.c.passage == passage)
        .order_by(decisions.c.at, decisions.c.id)
    )
    with database.read() as connection:
        return [DecisionRecord(**row) for row in connection.execute(query).mappings()]


def _fetch(database: Database, query: Select[Any]) -> list[PassageRecord]:
    with database.read() as connection:
        return [PassageRecord(**row) for row in connection.execute(query).mappings()]


def _of_shift(checkpoint: str, day: date, shift: str, begun: datetime) -> tuple[ColumnElement[bool], ...]:
    of = passages.c
    return of.concluded_at >= begun, of.checkpoint == checkpoint, of.shift_date == day, of.shift == shift


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    time, plate, verdict = passages.c.concluded_at, passages.c.plate, passages.c.verdict
    found: list[ColumnElement[bool]] = []
    if filters.since is not None:
        found.append(time >= filters.since)
    if filters.until is not None:
        found.append(time < filters.until)
    if filters.plate:
        # A beginning that most plates share would have the plate index sort half the table: `|| ''` keeps to time's.
        sought = plate if len(filters.plate) >= _TELLING else plate + ""
        found.append(sought.between(filters.plate, filters.plate + "\U0010ffff"))
    if filters.verdict is not None:
        found.append(verdict == filters.verdict)
    if filters.open_reviews:
        # Written out, not bound, so that the planner sees the index on reviews fits.
        found += [verdict == literal("review", literal_execute=True), ~_SETTLED]
    return found
