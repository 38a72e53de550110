"""Looking passages up by plate: a whole one by its blind index; a part by decrypting, which is an event of its own."""

from datetime import datetime
from typing import TypedDict

from db import events
from db.engine import Database
from db.passages import FRAGMENT_DAYS
from db.records import EventRecord, new_id
from scanner import plates
from scanner.plates import PlateKind
from station.passages import to_json


class Sought(TypedDict):
    """The two filters about plates; at most one is there."""

    plate: str | None
    plate_part: str | None


def sought(text: str) -> Sought:
    """What is looked for when somebody types this: by the grammar a whole plate, else how one begins."""
    plate = plates.parse(text)
    whole = plate.kind is not PlateKind.OTHER
    return {"plate": plate.text if whole else None, "plate_part": None if whole else plate.text or None}


def tell(database: Database, part: str, *, station: str, by: str | None, now: datetime) -> None:
    """Write down that passages are about to be decrypted to look for a part of a plate; how long, and not which.

    Raises:
        DatabaseError: It could not be written down.
    """
    details = to_json({"characters": len(part), "days": FRAGMENT_DAYS})
    record = EventRecord(station=station, id=new_id(), at=now, kind="passages_decrypted", actor=by, details=details)
    events.append(database, record)
