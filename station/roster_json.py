"""Rosters' values as the JSON texts that the database keeps, and back; each value has one text only."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from shifts.findings import Finding, Rule
from shifts.model import Assignment, DatedShift, Duty, Wish
from shifts.publishing import Approval, Change, Draft
from shifts.swaps import Kind, Swap


def assignments_to(assignments: Iterable[Assignment]) -> str:
    """A list of [day, shift, checkpoint, duty, person], sorted."""
    return _text(_rows(assignments))


def assignments_from(text: str) -> frozenset[Assignment]:
    """What `assignments_to` wrote."""
    return _from_rows(json.loads(text))


def assignments_at(text: str, checkpoint: str) -> frozenset[Assignment]:
    """Those at one checkpoint, of what `assignments_to` wrote: a district's whole takes a while to make."""
    return _from_rows([row for row in json.loads(text) if row[2] == checkpoint])


def approvals_to(approvals: Iterable[Approval]) -> str:
    """A list of objects, in the order the words were given."""
    return _text(
        [
            {
                "rule": one.rule,
                "person": one.finding.person,
                "checkpoint": one.finding.checkpoint,
                "shifts": [[shift.day.isoformat(), shift.code] for shift in one.finding.shifts],
                "figures": dict(one.finding.figures),
                "about": _rows(one.finding.about),
                "by": one.by,
                "why": one.why,
            }
            for one in approvals
        ]
    )


def approvals_from(text: str) -> tuple[Approval, ...]:
    """What `approvals_to` wrote."""
    return tuple(
        Approval(
            Rule(one["rule"]),
            Finding(
                one["figures"],
                one["person"],
                one["checkpoint"],
                tuple(_shift(*each) for each in one["shifts"]),
                about=tuple(map(_assignment, one.get("about", ()))),
            ),
            one["by"],
            one["why"],
        )
        for one in json.loads(text)
    )


def wishes_to(refused: Iterable[tuple[str, Wish]]) -> str:
    """A list of [person, day, shift or null, off, weight]."""
    return _text([[who, wish.day.isoformat(), wish.shift, wish.off, wish.weight] for who, wish in refused])


def wishes_from(text: str) -> tuple[tuple[str, Wish], ...]:
    """What `wishes_to` wrote."""
    return tuple(
        (who, Wish(date.fromisoformat(day), shift, off, weight)) for who, day, shift, off, weight in json.loads(text)
    )


def draft_to(draft: Draft) -> str:
    """An object; undo and redo are kept with it."""
    return _text(
        {
            "base": draft.base,
            "assignments": _rows(draft.assignments),
            "done": [_change(one) for one in draft.done],
            "undone": [_change(one) for one in draft.undone],
        }
    )


def draft_from(text: str) -> Draft:
    """What `draft_to` wrote."""
    said = json.loads(text)
    done, undone = (tuple(_change_from(one) for one in said[key]) for key in ("done", "undone"))
    return Draft(said["base"], _from_rows(said["assignments"]), done, undone)


def proposal_to(swap: Swap) -> str:
    """What a swap is about, without its history."""
    return _text(
        {
            "kind": swap.kind,
            "cell": row_of(swap.cell),
            "other": None if swap.other is None else row_of(swap.other),
            "asker": swap.asker,
            "partner": swap.partner,
            "until": swap.until.isoformat(),
        }
    )


def proposal_from(swap: str, text: str) -> Swap:
    """The swap of this id, as it was thought of."""
    said = json.loads(text)
    return Swap(
        swap,
        Kind(said["kind"]),
        _assignment(said["cell"]),
        _assignment(said["other"]) if said["other"] else None,
        said["asker"],
        said["partner"],
        datetime.fromisoformat(said["until"]),
    )


def row_of(one: Assignment) -> list[str]:
    """Day, shift, checkpoint, duty, person."""
    return [one.shift.day.isoformat(), one.shift.code, one.checkpoint, one.duty, one.person]


# --- within ----------------------------------------------------------------------------------------------------------


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _rows(assignments: Iterable[Assignment]) -> list[list[str]]:
    return sorted(map(row_of, assignments))


def _from_rows(rows: Iterable[list[str]]) -> frozenset[Assignment]:
    return frozenset(map(_assignment, rows))


def _assignment(row: list[str]) -> Assignment:
    day, shift, checkpoint, duty, person = row
    return Assignment(person, checkpoint, Duty(duty), _shift(day, shift))


def _shift(day: str, code: str) -> DatedShift:
    return DatedShift(date.fromisoformat(day), code)


def _change(change: Change) -> dict[str, Any]:
    return {"removed": _rows(change.removed), "added": _rows(change.added)}


def _change_from(said: dict[str, Any]) -> Change:
    return Change(_from_rows(said["removed"]), _from_rows(said["added"]))
