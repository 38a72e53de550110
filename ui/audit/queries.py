"""What the page asks of the log: plain functions, run on the page's own thread, with its own connection."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from db import people
from db.engine import Database
from db.passages import Filters
from station import access
from station.access import Action, Actor
from station.figures import Figures, figures


@dataclass(frozen=True, slots=True)
class Entered:
    """Who is at the page, and whose names there are."""

    actor: Actor
    name: str
    names: Mapping[str, str]


def enter(database: Database, code: str, pin: str, *, station: str, now: datetime) -> Entered:
    """Let somebody in.

    Raises:
        AccessError: A wrong PIN, or somebody who may not see figures.
    """
    actor = access.sign_in(database, code, pin, station=station, now=now)
    access.require(database, actor, Action.VIEW_FIGURES, station=station, now=now)
    names = {person.code: person.name for person in people.everyone(database)}
    return Entered(actor, names[code], names)


def count(database: Database, filters: Filters, *, by: Actor, station: str, now: datetime) -> Figures:
    """The figures.

    Raises:
        AccessError: Not theirs to see any more.
    """
    return figures(database, filters, by=by, station=station, now=now)
