"""Personal data as it is shown unless somebody asks: enough to talk about, not enough to know."""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime

from db.filters import Filters
from shifts.model import SHANGHAI


def mask_name(name: str) -> str:
    """王小明 → 王**; a name in Latin letters keeps the first letter of its first word."""
    return name[:1] + "*" * min(len(name) - 1, 2) if name else ""


def mask_plate(plate: str) -> str:
    """闽E12345 → 闽E·1***5; what is shorter than a plate shows its ends only."""
    if len(plate) < 6:
        return plate[:1] + "***"
    return f"{plate[:2]}·{plate[2]}***{plate[-1]}"


def mask_tail(id_tail: str | None) -> str:
    """The last four as they are said: ***1234."""
    return f"***{id_tail}" if id_tail else ""


_OF_WHOM: dict[str, Callable[[str], str]] = {
    "plate": mask_plate,
    "id_number": lambda number: mask_tail(number[-4:]),
    "fragment": mask_name,
}
"""By filter."""


def mask_filters(filters: Filters) -> dict[str, str | bool]:
    """What was asked for, as far as it was, for a row that is kept for long: masked, in the times of Beijing."""
    told: dict[str, str | bool] = {}
    for one in fields(filters):
        value = getattr(filters, one.name)
        if isinstance(value, datetime):
            told[one.name] = value.astimezone(SHANGHAI).isoformat()
        elif value:
            told[one.name] = _OF_WHOM[one.name](value) if one.name in _OF_WHOM else value
    return told
