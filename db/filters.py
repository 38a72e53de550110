"""Which passages: what a search asks for, and the same as SQL."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, exists, func, literal, or_, select, tuple_

from db import personal
from db.day_keys import DayKey
from db.engine import Database
from db.records import CORRECTION
from db.tables import decisions, passages

SETTLING = ("release", "turn_back", "sent_to_test", "called")
"""Decisions that close a review; a correction or a note does not."""

IS_CORRECTION = decisions.c.kind == literal(CORRECTION, literal_execute=True)
"""Written out, not bound, so that the planner sees the index on corrections fits."""
_SETTLED = exists().where(
    decisions.c.station == passages.c.station,
    decisions.c.passage == passages.c.id,
    decisions.c.kind.in_(SETTLING),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which passages; what is None or False asks for nothing.

    Attributes:
        since: Concluded at or after.
        until: Concluded before.
        plate: A whole plate, registered or corrected to, found by its blind index on the days that can still be read.
        id_number: A whole ID number, found by its blind index where it was given whole.
        fragment: A part of a plate, a name or an ID number, which no index finds: `passages.page_opened` does.
        verdict: pass, review or refuse.
        shift: A shift's code.
        officer: Who checked.
        open_reviews: Only reviews that no settling decision closes.
    """

    since: datetime | None = None
    until: datetime | None = None
    plate: str | None = None
    id_number: str | None = None
    fragment: str | None = None
    verdict: str | None = None
    shift: str | None = None
    officer: str | None = None
    open_reviews: bool = False

    @property
    def opens(self) -> bool:
        """Whether passages are decrypted to find those that fit."""
        return bool(self.fragment or self.id_number)


ALL = Filters()


def conditions(database: Database, filters: Filters) -> list[ColumnElement[bool]]:
    """What SQL asks of passages to fit; a fragment is not for SQL to see."""
    time, verdict = passages.c.concluded_at, passages.c.verdict
    found: list[ColumnElement[bool]] = []
    if filters.since is not None:
        found.append(time >= filters.since)
    if filters.until is not None:
        found.append(time < filters.until)
    if filters.plate:
        found.append(_has_plate(database, filters.plate))
    if filters.id_number:
        found += _told_id_number(database.day_keys.current(), filters.id_number)
    if filters.verdict is not None:
        found.append(verdict == filters.verdict)
    if filters.shift is not None:
        found.append(passages.c.shift == filters.shift)
    if filters.officer is not None:
        found.append(passages.c.officer == filters.officer)
    if filters.open_reviews:
        # Written out, not bound, so that the planner sees the index on reviews fits.
        found += [verdict == literal("review", literal_execute=True), ~_SETTLED]
    return found


def _has_plate(database: Database, plate: str) -> ColumnElement[bool]:
    """Those that were registered with a plate, or were given it by a correction."""
    of, made = passages.c, decisions.c
    indexes = list(personal.plate_indexes(database.day_keys.current(), plate))
    registered = tuple_(of.personal_day, of.plate_index).in_(indexes)
    corrected = tuple_(made.personal_day, made.plate_index).in_(indexes)
    with database.read() as connection:
        given = connection.execute(select(made.station, made.passage).where(IS_CORRECTION, corrected)).all()
    if not given:  # as it mostly is: one index tells all
        return registered
    return or_(registered, tuple_(of.station, of.id).in_([(one.station, one.passage) for one in given]))


def _told_id_number(keys: Mapping[date, DayKey], number: str) -> Iterator[ColumnElement[bool]]:
    """Those whose index says that they tell a whole ID number; on older days it says nothing any more."""
    of = passages.c
    given = func.json_each(of.id_indexes).table_valued("value")
    yield of.id_indexes.is_not(None)
    yield of.concluded_at >= datetime.combine(min(keys, default=date.max), datetime.min.time(), UTC)
    yield exists().where(given.c.value.in_(list(personal.id_indexes_of(keys, number))))
