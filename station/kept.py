"""From kept records back to values. What cannot be understood is left out: the row itself keeps it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from db.records import CORRECTION, DecisionRecord, PassageRecord
from station.masking import mask_plate
from station.verdict import Outcome, Reason, worst_first

_OUTCOMES = {outcome.word: outcome for outcome in Outcome}


def outcome_of(record: PassageRecord) -> Outcome:
    """The computed verdict."""
    return _OUTCOMES[record.verdict]


def plate_now(record: PassageRecord, decisions: Sequence[DecisionRecord]) -> str | None:
    """The plate after the corrections that were appended."""
    corrected = [to for decision in decisions if (to := correction_of(decision)[1])]
    return corrected[-1] if corrected else record.plate


def correction_of(decision: DecisionRecord) -> tuple[str | None, str | None]:
    """The plate before and after a correction; two Nones for anything else."""
    if decision.kind != CORRECTION:
        return None, None
    plate = field(parse(decision.details), "plate")
    return field(plate, "was"), field(plate, "is")


def reasons_of(record: PassageRecord) -> tuple[Reason, ...]:
    """The kept reasons, worst first. One that cannot be understood is left out: the row itself keeps it."""
    kept = parse(record.reasons)
    found = []
    for item in kept if isinstance(kept, list) else ():
        code, params, occupant = field(item, "code"), field(item, "params"), field(item, "occupant")
        if isinstance(code, str):
            outcome = _OUTCOMES.get(str(field(item, "outcome")), Outcome.REVIEW)
            given = params if isinstance(params, dict) else {}
            found.append(Reason(code, outcome, given, occupant if isinstance(occupant, int) else None))
    return worst_first(found)


def masked(reason: Reason) -> Reason:
    """The reason without what names somebody."""
    plate = reason.params.get("plate")
    return replace(reason, params={**reason.params, "plate": mask_plate(str(plate))}) if plate else reason


# --- kept JSON -------------------------------------------------------------------------------------------------------


def parse(text: str) -> Any:
    """Kept JSON; None where it is none."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def field(value: Any, name: str) -> Any:
    """A field of a JSON object; None where there is no such thing."""
    return value.get(name) if isinstance(value, dict) else None


def items(value: Any, name: str) -> list[Any]:
    """A list in a JSON object; empty where there is no such thing."""
    found = field(value, name)
    return found if isinstance(found, list) else []
