"""A handover sheet as the JSON text the database keeps, and back."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from shifts.handover import Mention, Presence, Sheet, Supply, Visit
from shifts.model import Duty
from station.passages import to_json


def sheet_to(sheet: Sheet) -> str:
    """A JSON object of the sheet's fields; instants in ISO 8601."""
    return to_json(asdict(sheet))


def sheet_from(text: str) -> Sheet:
    """What `sheet_to` wrote."""
    kept: dict[str, Any] = json.loads(text)
    return Sheet(
        verdicts=_counts(kept["verdicts"]),
        open_reviews=tuple(map(_mention, kept["open_reviews"])),
        refused=tuple(map(_mention, kept["refused"])),
        faults=_counts(kept["faults"]),
        trust_age_hours=kept["trust_age_hours"],
        supplies=tuple(Supply(**one) for one in kept["supplies"]),
        visits=tuple(Visit(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in kept["visits"]),
        notes=kept["notes"],
        attendance=tuple(map(_presence, kept.get("attendance", ()))),  # sheets of before have none
    )


def _counts(kept: list[list[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((str(what), int(count)) for what, count in kept)


def _mention(kept: dict[str, Any]) -> Mention:
    return Mention(**{**kept, "at": datetime.fromisoformat(kept["at"])})


def _presence(kept: dict[str, Any]) -> Presence:
    came, left = (None if kept[key] is None else datetime.fromisoformat(kept[key]) for key in ("came", "left"))
    return Presence(kept["person"], kept["name"], kept["duty"] and Duty(kept["duty"]), came, left)
