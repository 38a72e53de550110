"""Handovers (交接班): a shift's sheet fills itself from the log; two leads confirm it; what is not done shows."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from db import events, handovers, ledger, passages, people
from db.engine import Database
from db.errors import HandoverMoved
from db.filters import SETTLING
from db.heads import Head
from db.records import DecisionRecord, EventRecord, HandoverStepRecord, PassageRecord, new_id
from shifts.handover import Confirmation, Due, Handover, Mention, Sheet, Supply, due
from shifts.model import SHANGHAI, DatedShift
from station import attendance
from station.access import Action, authorise, known, may, require
from station.decisions import Decision
from station.handover_json import sheet_from, sheet_to
from station.kept import outcome_of, plate_now, reasons_of
from station.masking import mask_plate
from station.passages import to_json
from station.post import Post
from station.verdict import Code, Outcome

LOOKED_BACK = timedelta(days=7)
"""How far back a handover that is missing still shows."""
COMPLETE_SHOWN = 6
"""How many handovers that are complete are listed."""
_WRITTEN, _GIVEN, _TAKEN = "written", "given", "taken"
_TURNED_BACK = str(Decision.TURN_BACK)
"""Why a vehicle was refused that had passed."""
_Decided = Mapping[tuple[str, str], list[DecisionRecord]]


class Standing(StrEnum):
    """How a shift's handover stands: the shift still runs, it has ended and is due, or both leads have confirmed."""

    RUNNING = "running"
    NOW = "now"
    LATE = "late"
    MISSING = "missing"
    COMPLETE = "complete"


OVERDUE = frozenset({Standing.LATE, Standing.MISSING})


@dataclass(frozen=True, slots=True)
class Listed:
    """A shift and how its handover stands; `given`: the outgoing lead has confirmed."""

    shift: DatedShift
    standing: Standing
    given: bool


def handover(post: Post, shift: DatedShift, *, trust_age: timedelta | None = None) -> Handover:
    """A shift's handover as it stands. Until the outgoing lead has given it, the sheet follows the log.

    A sheet on which nobody wrote yet lists the supplies of the handover before it.

    Args:
        post: Where.
        shift: Which.
        trust_age: How old the trust list is now; None where there is none.
    """
    found = _kept(post, shift)
    if found.given is not None:
        return found
    return replace(found, sheet=_filled(post, shift, found.sheet, trust_age))


def may_write(database: Database, code: str | None) -> bool:
    """Whether somebody may write on a sheet: a lead, at work."""
    person = people.get(database, code) if code is not None else None
    return person is not None and person.active and may(person.role, Action.HAND_OVER)


def write(post: Post, shift: DatedShift, sheet: Sheet, *, by: str, now: datetime, seen: int | None = None) -> Handover:
    """Keep what a lead added to the sheet: supplies, visits, notes.

    Args:
        post: Where.
        shift: Which.
        sheet: The whole sheet.
        by: Whose work it is.
        now: When.
        seen: How many steps they had seen when they wrote; None: all there are.

    Raises:
        AccessError: They are no lead.
        AlreadyConfirmed: It was given already.
        HandoverMoved: Somebody took a step meanwhile.
    """
    require(post.database, known(by), Action.HAND_OVER, station=post.config.station, now=now)
    return _step(post, shift, lambda found: found.write(sheet), kind=_WRITTEN, by=by, now=now, seen=seen)


def give(
    post: Post,
    shift: DatedShift,
    lead: tuple[str, str],
    *,
    now: datetime,
    trust_age: timedelta | None = None,
    seen: int | None = None,
) -> Handover:
    """The outgoing lead's word, with code and PIN; from now on the sheet stays as it is. `seen` as for `write`.

    Raises:
        AccessError: A wrong PIN, or no lead.
        AlreadyConfirmed: It was given already.
        HandoverMoved: Somebody took a step meanwhile.
    """
    code = authorise(post.database, *lead, Action.HAND_OVER, station=post.config.station, now=now).code

    def given(found: Handover) -> Handover:
        sheet = _filled(post, shift, found.sheet, trust_age)
        return (found if found.given else replace(found, sheet=sheet)).give(code, now)

    return _step(post, shift, given, kind=_GIVEN, by=code, now=now, seen=seen)


def take(post: Post, shift: DatedShift, lead: tuple[str, str], *, now: datetime) -> Handover:
    """The incoming lead's word, with code and PIN.

    Raises:
        AccessError: A wrong PIN, or no lead.
        HandoverError: Not given yet, taken already, or the same lead.
        HandoverMoved: Somebody took a step meanwhile.
    """
    code = authorise(post.database, *lead, Action.HAND_OVER, station=post.config.station, now=now).code
    return _step(post, shift, lambda found: found.take(code, now), kind=_TAKEN, by=code, now=now)


def signed_head(post: Post) -> Head | None:
    """Where the ledger stood when it was signed last: it is printed beneath a sheet."""
    with post.database.read() as connection:
        return ledger.newest_head(connection, post.config.station)


def overdue(post: Post, now: datetime) -> tuple[tuple[DatedShift, Due], ...]:
    """Shifts that have ended and are not handed over, oldest first; none from before the station was used."""
    used = passages.first(post.database)
    if used is None:
        return ()
    since = _since(now)
    found = due(post.plan, _reached(post, _TAKEN, now), since, now)
    return tuple((shift, how) for shift, how in found if _span(post, shift)[1] > used)


def listed(post: Post, now: datetime) -> tuple[Listed, ...]:
    """The shift that runs, those that have ended and are not handed over, and the last ones that are; newest first."""
    given, taken = _reached(post, _GIVEN, now), _reached(post, _TAKEN, now)
    running = post.plan.at(now)
    found = [Listed(running, Standing.COMPLETE if running in taken else Standing.RUNNING, running in given)]
    found += [Listed(shift, Standing(how), shift in given) for shift, how in reversed(overdue(post, now))]
    done = sorted(taken - {running}, key=lambda shift: _span(post, shift), reverse=True)
    return (*found, *(Listed(shift, Standing.COMPLETE, given=True) for shift in done[:COMPLETE_SHOWN]))


# --- within ----------------------------------------------------------------------------------------------------------


def _step(
    post: Post,
    shift: DatedShift,
    act: Callable[[Handover], Handover],
    *,
    kind: str,
    by: str,
    now: datetime,
    seen: int | None = None,
) -> Handover:
    before = _kept(post, shift)
    if seen not in {None, before.steps}:
        raise HandoverMoved
    after = replace(act(before), steps=before.steps + 1)
    record = HandoverStepRecord(
        station=post.config.station,
        id=new_id(),
        checkpoint=post.config.checkpoint,
        shift_date=shift.day,
        shift=shift.code,
        number=after.steps,
        kind=kind,
        person=by,
        at=now,
        sheet=sheet_to(after.sheet),
    )
    told = to_json({"shift_date": shift.day, "shift": shift.code})
    event = EventRecord(
        station=post.config.station, id=new_id(), at=now, kind=f"handover_{kind}", actor=by, details=told
    )
    with post.database.write() as connection:
        handovers.append_within(post.database, connection, record)
        if kind != _WRITTEN:
            events.append_within(post.database, connection, event)
        if kind == _TAKEN:  # what is printed with the sheet proves later what stood then
            ledger.sign_head(connection, post.config.station, post.database.signer)
    return after


def _since(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date() - LOOKED_BACK


def _span(post: Post, shift: DatedShift) -> tuple[datetime, datetime]:
    return post.plan.shift(shift.code).span(shift.day)


def _reached(post: Post, kind: str, now: datetime) -> frozenset[DatedShift]:
    """The shifts lately given or taken; of a plan that is no longer in force, none."""
    found = handovers.reached(post.database, post.config.checkpoint, _since(now), kind)
    return frozenset(DatedShift(day, code) for day, code in found if code in post.plan.codes)


def _steps(post: Post, shift: DatedShift) -> list[HandoverStepRecord]:
    return handovers.steps(post.database, post.config.checkpoint, shift.day, shift.code)


def _kept(post: Post, shift: DatedShift) -> Handover:
    """What was written down of it."""
    steps = _steps(post, shift)
    found = Handover(post.config.checkpoint, shift, Sheet(supplies=() if steps else _supplies(post, shift)))
    for step in steps:
        word = Confirmation(step.person, step.at)
        found = replace(
            found,
            sheet=sheet_from(step.sheet),
            given=word if step.kind == _GIVEN else found.given,
            taken=word if step.kind == _TAKEN else found.taken,
            steps=step.number,
        )
    return found


def _supplies(post: Post, shift: DatedShift) -> tuple[Supply, ...]:
    """What the sheet before this one lists."""
    begun, _ = _span(post, shift)
    steps = handovers.before(post.database, post.config.checkpoint, shift.day)
    begins = {_span(post, one)[0]: step for step in steps if (one := _shift_of(step)).code in post.plan.codes}
    last = max((at for at in begins if at < begun), default=None)
    return () if last is None else sheet_from(begins[last].sheet).supplies


def _shift_of(step: HandoverStepRecord) -> DatedShift:
    return DatedShift(step.shift_date, step.shift)


def _filled(post: Post, shift: DatedShift, sheet: Sheet, trust_age: timedelta | None) -> Sheet:
    """The sheet with what the log knows by now; what a lead wrote stays."""
    begun, _ = _span(post, shift)
    which = post.config.checkpoint, shift.day, shift.code
    counts = passages.verdicts_of_shift(post.database, *which, begun=begun)
    rows = passages.told_of_shift(post.database, *which, begun=begun)
    decided = passages.decisions_of_shift(post.database, *which, begun=begun)
    return replace(
        sheet,
        verdicts=tuple((outcome.word, counts.get(outcome.word, 0)) for outcome in Outcome),
        open_reviews=tuple(_mention(row, decided) for row in rows if _is_open(row, decided)),
        refused=tuple(_mention(row, decided) for row in rows if _was_refused(row, decided)),
        faults=tuple(sorted(Counter(fault for row in rows for fault in _faults(row)).items())),
        trust_age_hours=None if trust_age is None else round(trust_age / timedelta(hours=1), 1),
        attendance=attendance.register(post, shift),
    )


def _about(row: PassageRecord, decided: _Decided) -> list[DecisionRecord]:
    return decided.get((row.station, row.id), [])


def _is_open(row: PassageRecord, decided: _Decided) -> bool:
    settled = any(one.kind in SETTLING for one in _about(row, decided))
    return outcome_of(row) is Outcome.REVIEW and not settled


def _was_refused(row: PassageRecord, decided: _Decided) -> bool:
    """By its verdict, or by an officer afterwards."""
    return outcome_of(row) is Outcome.REFUSE or any(one.kind == Decision.TURN_BACK for one in _about(row, decided))


def _mention(row: PassageRecord, decided: _Decided) -> Mention:
    reasons, decisions = reasons_of(row), _about(row, decided)
    called = [one.reason or "" for one in decisions if one.kind == Decision.CALLED]
    plate = plate_now(row, decisions)
    return Mention(
        passage=row.id,
        at=row.concluded_at,
        plate=mask_plate(plate) if plate else None,
        why=_TURNED_BACK if outcome_of(row) is Outcome.PASS else str(reasons[0].code) if reasons else "",
        called="；".join(called),
    )


def _faults(row: PassageRecord) -> set[str]:
    """The devices that failed at this vehicle, each once."""
    return {str(reason.params.get("fault", "")) for reason in reasons_of(row) if reason.code == Code.FAULT}
