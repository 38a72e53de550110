"""Handover (交接班): what one lead leaves to the next, who confirmed it, and which are late or missing."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from shifts.model import DatedShift, Duty, ShiftPlan

GRACE = timedelta(minutes=30)
"""From a shift's end until its handover counts as late."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage the next lead should know of.

    Attributes:
        plate: Masked.
        why: The code of the reason that decided.
        called: Whom somebody called about it, in their words.
    """

    passage: str
    at: datetime
    plate: str | None
    why: str
    called: str = ""


@dataclass(frozen=True, slots=True)
class Supply:
    """A line of the equipment and supplies list: so many are there, and what is wrong with them."""

    item: str
    count: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A supervision group's visit (督查): who came, what they found, and what was mended."""

    at: datetime
    by: str
    findings: str
    mended: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody of a shift, and from when to when they were there.

    Attributes:
        duty: By the roster; None: they came beside it, or no roster was published.
        came: None: they did not come.
        left: None: they stayed, or never said that they left.
    """

    person: str
    name: str
    duty: Duty | None = None
    came: datetime | None = None
    left: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What happened in a shift. The desk fills it from the log; a lead adds supplies, visits and notes.

    Attributes:
        verdicts: How many passages of each verdict, by its word.
        open_reviews: Reviews that nobody decided.
        refused: Vehicles turned back.
        faults: Device faults and how often each cost a review, by code.
        trust_age_hours: How old the trust list is; None where there is none.
        attendance: Whom the roster had, in its order, then who else came.
    """

    verdicts: tuple[tuple[str, int], ...] = ()
    open_reviews: tuple[Mention, ...] = ()
    refused: tuple[Mention, ...] = ()
    faults: tuple[tuple[str, int], ...] = ()
    trust_age_hours: float | None = None
    supplies: tuple[Supply, ...] = ()
    visits: tuple[Visit, ...] = ()
    notes: str = ""
    attendance: tuple[Presence, ...] = ()


class HandoverError(Exception):
    """A confirmation that does not fit; `code` names why."""

    code = "handover_wrong"

    def __init__(self) -> None:
        super().__init__(self.code)
        self.params: dict[str, str] = {}


class SameLead(HandoverError):
    """Nobody hands over to themselves: two pairs of eyes look at the sheet."""

    code = "handover_same_lead"


class AlreadyConfirmed(HandoverError):
    """This side has confirmed already; a sheet confirmed by both never changes."""

    code = "handover_confirmed"


class NotGivenYet(HandoverError):
    """The outgoing lead confirms first."""

    code = "handover_not_given"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A lead's word, given with a PIN."""

    lead: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Handover:
    """A shift's handover at one checkpoint: the sheet, then the outgoing lead's word, then the incoming one's.

    Attributes:
        steps: How often it was written, given or taken: whoever looked at it with fewer has not seen all of it.
    """

    checkpoint: str
    shift: DatedShift
    sheet: Sheet
    given: Confirmation | None = None
    taken: Confirmation | None = None
    steps: int = 0

    @property
    def complete(self) -> bool:
        """Whether both have confirmed."""
        return self.given is not None and self.taken is not None

    def write(self, sheet: Sheet) -> "Handover":
        """The sheet as it is now.

        Raises:
            AlreadyConfirmed: The outgoing lead has given it already.
        """
        if self.given is not None:
            raise AlreadyConfirmed
        return replace(self, sheet=sheet)

    def give(self, lead: str, at: datetime) -> "Handover":
        """The outgoing lead's word for the sheet.

        Raises:
            AlreadyConfirmed: It was given already.
        """
        if self.given is not None:
            raise AlreadyConfirmed
        return replace(self, given=Confirmation(lead, at))

    def take(self, lead: str, at: datetime) -> "Handover":
        """The incoming lead's.

        Raises:
            NotGivenYet: The outgoing lead has not confirmed.
            SameLead: It is the outgoing lead again.
            AlreadyConfirmed: It was taken already.
        """
        if self.given is None:
            raise NotGivenYet
        if self.taken is not None:
            raise AlreadyConfirmed
        if self.given.lead == lead:
            raise SameLead
        return replace(self, taken=Confirmation(lead, at))


class Due(StrEnum):
    """How a handover stands that is not complete."""

    NOW = "now"
    LATE = "late"
    MISSING = "missing"


def due(
    plan: ShiftPlan, complete: Collection[DatedShift], since: date, now: datetime
) -> tuple[tuple[DatedShift, Due], ...]:
    """Shifts since a day that have ended and are not handed over, oldest first.

    One is `NOW` for `GRACE` after its end, `LATE` until the shift after it ends too, and `MISSING` from then on.

    Args:
        plan: How the checkpoint divides its day.
        complete: The shifts handed over.
        since: The first day looked at.
        now: Aware.
    """
    days = [since + timedelta(days=number) for number in range(max(0, (now.date() - since).days) + 2)]
    ended = sorted(
        (end, DatedShift(day, shift.code))
        for day in days
        for shift in plan.shifts
        if (end := shift.span(day)[1]) <= now
    )
    found = []
    for number, (end, shift) in enumerate(ended):
        if shift in complete:
            continue
        if number + 1 < len(ended):
            found.append((shift, Due.MISSING))
        else:
            found.append((shift, Due.NOW if now - end <= GRACE else Due.LATE))
    return tuple(found)
