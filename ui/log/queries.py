"""What the page asks of the database: plain functions, run on the page's own thread, with its own connection."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from db import passages, people
from db.engine import Database
from db.filters import Filters
from db.passages import Place
from db.records import PassageRecord
from station import decisions, disclosure, search
from station.access import Actor
from station.decisions import Decision
from ui.log.detail import Passage
from ui.log.records import Row, row_of

PAGE = 200
"""Rows fetched at a time."""
_CATCH_UP = 10
"""Pages read to meet the rows already shown; beyond that the list begins anew."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, newest first; `last`: there are none beyond them."""

    rows: tuple[Row, ...]
    last: bool


@dataclass(frozen=True, slots=True)
class Order:
    """A decision to take: the kind, who takes it with their PIN, and the reason or the right plate as `text`."""

    kind: Decision
    officer: tuple[str, str]
    lead: tuple[str, str]
    text: str


def earlier(database: Database, filters: Filters, before: Place | None) -> Page:
    """The page of rows before a place; the first page without one."""
    found = search.page(database, before=before, limit=PAGE, filters=filters)
    return Page(_rows(database, found), len(found) < PAGE)


def first(database: Database, filters: Filters, *, station: str, user: Actor, now: datetime) -> Page:
    """The first page of rows; that passages are decrypted to find them is written down before.

    Raises:
        AccessError: They may not look so.
    """
    if filters.opens:
        disclosure.search_opened(database, filters, actor=user, station=station, now=now)
    return earlier(database, filters, None)


def newest(database: Database, filters: Filters, down_to: Place | None) -> Page:
    """The newest rows, far enough down to meet the row at a place; the first page without one.

    The last page that was read is given whole, so that it also tells what was decided in the meantime.
    """
    page = earlier(database, filters, None)
    rows = page.rows
    for _ in range(_CATCH_UP):
        if down_to is None or page.last or _not_after(rows[-1].place, down_to):
            break
        page = earlier(database, filters, rows[-1].place)
        rows += page.rows
    return Page(rows, page.last)


def passage(database: Database, key: tuple[str, str]) -> Passage:
    """A passage with all that belongs to it.

    Raises:
        DecisionError: There is none.
    """
    record = decisions.find(database, *key)
    return Passage(record, tuple(passages.decisions_of(database, *key)), _names(database))


def decide(database: Database, key: tuple[str, str], order: Order, now: Callable[[], datetime]) -> Passage:
    """Append a decision, and give the passage as it reads then.

    Raises:
        DecisionError: The rules forbid it.
        AccessError: A wrong PIN, or somebody who may not.
    """
    station, id_ = key
    if order.kind is Decision.RELEASE:
        decisions.release(
            database,
            station=station,
            passage=id_,
            officer=order.officer,
            lead=order.lead,
            reason=order.text,
            now=now(),
        )
    elif order.kind is Decision.CORRECTION:
        decisions.correct_plate(
            database, station=station, passage=id_, officer=order.officer, plate=order.text, now=now()
        )
    else:
        decisions.note(
            database,
            station=station,
            passage=id_,
            kind=order.kind,
            officer=order.officer,
            reason=order.text,
            now=now(),
        )
    return passage(database, key)


def row(shown: Passage) -> Row:
    """The list's line for a passage."""
    return row_of(shown.record, shown.decisions, shown.names)


def _rows(database: Database, found: Sequence[PassageRecord]) -> tuple[Row, ...]:
    names = _names(database)
    decided = passages.decisions_on(database, [(record.station, record.id) for record in found])
    return tuple(row_of(record, decided.get((record.station, record.id), ()), names) for record in found)


def _names(database: Database) -> dict[str, str]:
    return {person.code: person.name for person in people.everyone(database)}


def _not_after(one: Place, other: Place) -> bool:
    return (one.concluded_at, one.id) <= (other.concluded_at, other.id)
