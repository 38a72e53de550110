"""What the page asks of the log: plain functions, run on the page's own thread, with its own connection."""

from dataclasses import dataclass
from datetime import datetime

from db import people
from db.engine import Database
from db.filters import Filters
from db.records import PersonRecord
from station.access import Action, Actor, may
from station.figures import Figures, figures
from station.figures_words import Names


@dataclass(frozen=True, slots=True)
class Counted:
    """Figures, the names in them, and those of whoever may check vehicles."""

    figures: Figures
    names: Names
    officers: Names


def count(database: Database, filters: Filters, *, actor: Actor, station: str, now: datetime) -> Counted:
    """The figures.

    Raises:
        AccessError: Not theirs to see, or not any more.
    """
    found = figures(database, filters, actor=actor, station=station, now=now)
    known = people.everyone(database)
    names, officers = ({one.code: one.name for one in some} for some in (known, filter(_checks, known)))
    return Counted(found, names, officers)


def _checks(person: PersonRecord) -> bool:
    return may(person.role, Action.CHECK)
