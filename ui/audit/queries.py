"""What the page asks of the log: plain functions, run on the page's own thread, with its own connection."""

from dataclasses import dataclass
from datetime import datetime

from db import people
from db.engine import Database
from db.passages import Filters
from station.access import Actor
from station.figures import Figures, figures
from station.figures_words import Names


@dataclass(frozen=True, slots=True)
class Counted:
    """Figures, and the names in them."""

    figures: Figures
    names: Names


def count(database: Database, filters: Filters, *, actor: Actor, station: str, now: datetime) -> Counted:
    """The figures.

    Raises:
        AccessError: Not theirs to see, or not any more.
    """
    found = figures(database, filters, actor=actor, station=station, now=now)
    return Counted(found, {person.code: person.name for person in people.everyone(database)})
