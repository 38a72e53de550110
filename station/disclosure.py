"""Showing personal data: asked of the role, and written down before anything is shown."""

from datetime import datetime
from typing import Any

from db import events, sign_ins
from db.engine import Database
from db.filters import Filters
from db.passages import OPENED_DAYS
from db.records import EventRecord, new_id
from shifts.model import ShiftPlan
from station.access import Action, Actor, require
from station.passages import to_json


def unmask(
    database: Database, key: tuple[str, str], *, actor: Actor, station: str, now: datetime, plan: ShiftPlan
) -> tuple[str, str]:
    """One passage is about to be shown whole: by whom, and who was on duty; gives back the passage's key.

    Raises:
        AccessError: They may not.
        DatabaseError: It could not be written down.
    """
    require(database, actor, Action.UNMASK, station=station, now=now)
    shift = plan.at(now)
    present = sign_ins.on_duty(database, station, shift.day, shift.code)
    told = {"where": "log page", "station": key[0], "passage": key[1], "on_duty": present}
    _tell(database, "passage_unmasked", actor, told, station=station, now=now)
    return key


def unmask_list(database: Database, *, file: bool, actor: Actor, station: str, now: datetime) -> None:
    """A list of passages is about to be told with whole plates; `file`: as one to be taken away. Raises as `unmask`."""
    require(database, actor, Action.EXPORT_PERSONAL if file else Action.UNMASK, station=station, now=now)
    told = {"where": "station log", "file": file}
    _tell(database, "plates_unmasked", actor, told, station=station, now=now)


def search_opened(database: Database, filters: Filters, *, actor: Actor, station: str, now: datetime) -> None:
    """Passages are about to be decrypted to look for somebody or something: for what, and how long it is, not which.

    Raises as `unmask`.
    """
    require(database, actor, Action.SEARCH_FRAGMENT, station=station, now=now)
    what, text = ("id_number", filters.id_number) if filters.id_number else ("fragment", filters.fragment)
    told = {"sought": what, "characters": len(text or ""), "days": OPENED_DAYS}
    _tell(database, "passages_decrypted", actor, told, station=station, now=now)


def _tell(database: Database, kind: str, actor: Actor, told: dict[str, Any], *, station: str, now: datetime) -> None:
    record = EventRecord(station=station, id=new_id(), at=now, kind=kind, actor=actor.code, details=to_json(told))
    events.append(database, record)
