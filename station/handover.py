"""Handovers (交接班): a shift's sheet fills itself from the log; two leads confirm it; what is not done shows."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from db import events, handovers, passages
from db.engine import Database
from db.records import DecisionRecord, EventRecord, HandoverStepRecord, PassageRecord, new_id
from shifts.handover import Confirmation, Due, Handover, Mention, Sheet, due
from shifts.model import DatedShift, ShiftPlan
from station.access import Action, authorise
from station.config import Config
from station.decisions import Decision
from station.handover_json import sheet_from, sheet_to
from station.kept import outcome_of, reasons_of
from station.masking import mask_plate
from station.passages import to_json
from station.verdict import Code, Outcome

LOOKED_BACK = timedelta(days=7)
"""How far back a handover that is missing still shows."""
_WRITTEN, _GIVEN, _TAKEN = "written", "given", "taken"


@dataclass(frozen=True, slots=True)
class Post:
    """Where handovers are made: a station's log, and how its checkpoint divides the day."""

    database: Database
    config: Config
    plan: ShiftPlan


def handover(post: Post, shift: DatedShift, *, trust_age: timedelta | None = None) -> Handover:
    """A shift's handover as it stands. Until the outgoing lead has given it, the sheet follows the log.

    Args:
        post: Where.
        shift: Which.
        trust_age: How old the trust list is now; None where there is none.
    """
    found = _kept(post, shift)
    if found.given is not None:
        return found
    return replace(found, sheet=_filled(post, shift, found.sheet, trust_age))


def write(post: Post, shift: DatedShift, sheet: Sheet, *, by: str, now: datetime) -> Handover:
    """Keep what a lead added to the sheet: supplies, visits, notes.

    Raises:
        AlreadyConfirmed: It was given already.
        HandoverMoved: Somebody took a step meanwhile.
    """
    return _step(post, shift, lambda found: found.write(sheet), kind=_WRITTEN, by=by, now=now)


def give(
    post: Post, shift: DatedShift, lead: tuple[str, str], *, now: datetime, trust_age: timedelta | None = None
) -> Handover:
    """The outgoing lead's word, with code and PIN; from now on the sheet stays as it is.

    Raises:
        AccessError: A wrong PIN, or no lead.
        AlreadyConfirmed: It was given already.
        HandoverMoved: Somebody took a step meanwhile.
    """
    code = authorise(post.database, *lead, Action.HAND_OVER, station=post.config.station, now=now).code

    def given(found: Handover) -> Handover:
        sheet = _filled(post, shift, found.sheet, trust_age)
        return (found if found.given else replace(found, sheet=sheet)).give(code, now)

    return _step(post, shift, given, kind=_GIVEN, by=code, now=now)


def take(post: Post, shift: DatedShift, lead: tuple[str, str], *, now: datetime) -> Handover:
    """The incoming lead's word, with code and PIN.

    Raises:
        AccessError: A wrong PIN, or no lead.
        HandoverError: Not given yet, taken already, or the same lead.
        HandoverMoved: Somebody took a step meanwhile.
    """
    code = authorise(post.database, *lead, Action.HAND_OVER, station=post.config.station, now=now).code
    return _step(post, shift, lambda found: found.take(code, now), kind=_TAKEN, by=code, now=now)


def overdue(post: Post, now: datetime) -> tuple[tuple[DatedShift, Due], ...]:
    """Shifts that have ended and are not handed over, oldest first; none from before the station was used."""
    used = passages.first_day(post.database)
    if used is None:
        return ()
    since = max(used, now.date() - LOOKED_BACK)
    done = {DatedShift(day, code) for day, code in handovers.taken(post.database, post.config.checkpoint, since)}
    return due(post.plan, done, since, now)


# --- within ----------------------------------------------------------------------------------------------------------


def _step(
    post: Post, shift: DatedShift, act: Callable[[Handover], Handover], *, kind: str, by: str, now: datetime
) -> Handover:
    number = len(_steps(post, shift))
    after = act(_kept(post, shift))
    record = HandoverStepRecord(
        station=post.config.station,
        id=new_id(),
        checkpoint=post.config.checkpoint,
        shift_date=shift.day,
        shift=shift.code,
        number=number + 1,
        kind=kind,
        person=by,
        at=now,
        sheet=sheet_to(after.sheet),
    )
    handovers.append(post.database, record)
    if kind != _WRITTEN:
        told = to_json({"shift_date": shift.day, "shift": shift.code})
        event = EventRecord(
            station=post.config.station, id=new_id(), at=now, kind=f"handover_{kind}", actor=by, details=told
        )
        events.append(post.database, event)
    return after


def _steps(post: Post, shift: DatedShift) -> list[HandoverStepRecord]:
    return handovers.steps(post.database, post.config.checkpoint, shift.day, shift.code)


def _kept(post: Post, shift: DatedShift) -> Handover:
    """What was written down of it."""
    found = Handover(post.config.checkpoint, shift, Sheet())
    for step in _steps(post, shift):
        word = Confirmation(step.person, step.at)
        found = replace(
            found,
            sheet=sheet_from(step.sheet),
            given=word if step.kind == _GIVEN else found.given,
            taken=word if step.kind == _TAKEN else found.taken,
        )
    return found


def _filled(post: Post, shift: DatedShift, sheet: Sheet, trust_age: timedelta | None) -> Sheet:
    """The sheet with what the log knows by now; what a lead wrote stays."""
    begun, _ = post.plan.shift(shift.code).span(shift.day)
    rows = passages.of_shift(post.database, post.config.checkpoint, shift.day, shift.code, begun=begun)
    decided = {row.id: passages.decisions_of(post.database, row.station, row.id) for row in rows if _asks(row)}
    return replace(
        sheet,
        verdicts=tuple((outcome.word, sum(row.verdict == outcome.word for row in rows)) for outcome in Outcome),
        open_reviews=tuple(_mention(row, decided[row.id]) for row in rows if _is_open(row, decided.get(row.id, []))),
        refused=tuple(_mention(row, decided[row.id]) for row in rows if outcome_of(row) is Outcome.REFUSE),
        faults=tuple(sorted(Counter(fault for row in rows for fault in _faults(row)).items())),
        trust_age_hours=None if trust_age is None else round(trust_age / timedelta(hours=1), 1),
    )


def _asks(row: PassageRecord) -> bool:
    return outcome_of(row) is not Outcome.PASS


def _is_open(row: PassageRecord, decisions: list[DecisionRecord]) -> bool:
    settled = any(one.kind in passages.SETTLING for one in decisions)
    return outcome_of(row) is Outcome.REVIEW and not settled


def _mention(row: PassageRecord, decisions: list[DecisionRecord]) -> Mention:
    reasons = reasons_of(row)
    called = [one.reason or "" for one in decisions if one.kind == Decision.CALLED]
    return Mention(
        passage=row.id,
        at=row.concluded_at,
        plate=mask_plate(row.plate) if row.plate else None,
        why=str(reasons[0].code) if reasons else "",
        called="；".join(called),
    )


def _faults(row: PassageRecord) -> set[str]:
    """The devices that failed at this vehicle, each once."""
    return {str(reason.params.get("fault", "")) for reason in reasons_of(row) if reason.code == Code.FAULT}
