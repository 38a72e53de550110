"""What a face of the station shows: immutable pictures of a check and of the station's health. No words, no colours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from scanner.plates import Plate
from shifts.model import DatedShift
from station.access import NOBODY, Actor
from station.check import Check, Missing
from station.evidence import ClockState, FailedCode, NoPlate, Occupant
from station.policy import decide
from station.sampling_points import SamplingPoint
from station.verdict import Code, OccupantVerdict, Outcome, Verdict


class CellState(StrEnum):
    """One place of the checklist."""

    WAITING = "waiting"
    GOOD = "good"
    DOUBT = "doubt"
    BAD = "bad"
    NOT_NEEDED = "not_needed"


class Stage(StrEnum):
    """What the gate page is for at the moment."""

    CHECKING = "checking"
    VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class OccupantView:
    """One line of the checklist. `name` and `id_tail` are whole; faces mask them."""

    name: str | None
    id_tail: str | None
    health: CellState
    test: CellState
    temperature: CellState
    celsius: float | None
    child: bool


@dataclass(frozen=True, slots=True)
class ParkedView:
    """A vehicle that was set aside, and when it may be measured again."""

    check: str
    plate: str | None
    ready_at: datetime | None


@dataclass(frozen=True, slots=True)
class View:
    """The gate page.

    Attributes:
        check: The check's id.
        failed: What was shown and is no credential, newest last.
        asked_again: A temperature is to be taken again, after a rest or at once.
        verdict: Once concluded.
        committed: Its row is durable; only then may a pass be shown.
        released: A review that a shift lead released.
        stale_code: A code is held up that was there before this vehicle: it does not count until it was out of sight.
        turned_back: The officer turned the vehicle back after the verdict.
        sampling_points: Where to send somebody, when a test is what is lacking.
    """

    check: str
    stage: Stage
    occupants: tuple[OccupantView, ...]
    people: int | None
    plate: Plate | NoPlate | None
    exempt: bool
    missing: tuple[Missing, ...]
    failed: tuple[FailedCode, ...]
    faults: tuple[str, ...]
    asked_again: bool
    parked: tuple[ParkedView, ...]
    verdict: Verdict | None = None
    committed: bool = False
    released: bool = False
    turned_back: bool = False
    stale_code: bool = False
    sampling_points: tuple[SamplingPoint, ...] = ()

    @property
    def shown(self) -> Outcome | None:
        """The outcome a face may show."""
        if self.verdict is None:
            return None
        return outcome_shown(
            self.verdict, committed=self.committed, released=self.released, turned_back=self.turned_back
        )


def outcome_shown(verdict: Verdict, *, committed: bool, released: bool, turned_back: bool) -> Outcome:
    """The outcome a face may show: a pass that is not durable is a review, a released review is a pass."""
    if turned_back:
        return Outcome.REFUSE
    if released:
        return Outcome.PASS
    if verdict.outcome is Outcome.PASS and not committed:
        return Outcome.REVIEW
    return verdict.outcome


@dataclass(frozen=True, slots=True)
class Health:
    """The status line.

    Attributes:
        on_duty: Codes of those who came to the shift and have not left.
        rostered: Codes of those who are to come to it; None where no roster says.
        disk_left: MB that may still be written, where that is little; None where it is enough.
        reserve_spent: What is written now takes the last room there is.
        officer: Whose checks these are.
        user: Who has the desk: the officer, or an auditor or administrator, who check nothing.
        locked: Nobody touched it for long: its user has to say again who they are.
    """

    station: str
    checkpoint: str
    shift: DatedShift
    on_duty: tuple[str, ...]
    officer: str | None
    clock: ClockState
    camera: str
    database: str | None
    unsaved: int
    trust_age: timedelta | None
    trust_stale: bool
    voice: str
    demo: bool
    rostered: tuple[str, ...] | None = None
    disk_left: int | None = None
    reserve_spent: bool = False
    user: Actor = NOBODY
    locked: bool = False


NEEDS_AGAIN = frozenset({Code.TEMPERATURE_HIGH_ONCE, Code.TEMPERATURE_IMPLAUSIBLE})
"""Temperatures that another reading may settle: the check waits for it, or for the officer to end it."""

_SEND_TO_TEST = frozenset({Code.TEST_NONE, Code.TEST_TOO_OLD})
_HEALTH = frozenset({Code.HEALTH_GREEN, Code.HEALTH_YELLOW, Code.HEALTH_RED, Code.HEALTH_MISSING, Code.HEALTH_STALE})
_TEST = frozenset(
    {
        *(Code.TEST_NEGATIVE, Code.TEST_POSITIVE, Code.TEST_TOO_OLD, Code.TEST_INVALID, Code.TEST_IN_FUTURE),
        *(Code.TEST_TIME_UNCLEAR, Code.TEST_NONE, Code.TEST_MISSING),
    }
)
_TEMPERATURE = frozenset(
    {
        *(Code.TEMPERATURE_NORMAL, Code.TEMPERATURE_MISSING, Code.TEMPERATURE_IMPLAUSIBLE),
        *(Code.TEMPERATURE_HIGH_ONCE, Code.TEMPERATURE_HIGH_TWICE),
    }
)
_ABSENT = frozenset({Code.HEALTH_MISSING, Code.TEST_MISSING, Code.TEMPERATURE_MISSING})
_CELLS = {Outcome.PASS: CellState.GOOD, Outcome.REVIEW: CellState.DOUBT, Outcome.REFUSE: CellState.BAD}


def view_of(check: Check, now: datetime, *, parked: tuple[ParkedView, ...] = ()) -> View:
    """A check that is still going on."""
    verdict = decide(check.policy, check.evidence, now)
    evidence = check.evidence
    known = (*evidence.occupants, *(Occupant() for _ in range(len(verdict.occupants) - len(evidence.occupants))))
    return View(
        check=check.id,
        stage=Stage.CHECKING,
        occupants=tuple(map(_occupant, known, verdict.occupants)),
        people=evidence.people,
        plate=evidence.plate,
        exempt=evidence.exemption is not None,
        missing=check.missing(),
        failed=evidence.failed,
        faults=evidence.faults,
        asked_again=any(reason.code in NEEDS_AGAIN for reason in verdict.reasons),
        parked=parked,
    )


def wants_sampling_point(verdict: Verdict) -> bool:
    """Whether what is lacking is a valid test."""
    return any(reason.code in _SEND_TO_TEST for reason in verdict.reasons)


def _occupant(occupant: Occupant, verdict: OccupantVerdict) -> OccupantView:
    holder = next(iter(occupant.holders), None)
    return OccupantView(
        name=holder.name if holder else None,
        id_tail=holder.id_tail if holder else None,
        health=CellState.NOT_NEEDED if occupant.child else _cell(verdict, _HEALTH),
        test=CellState.NOT_NEEDED if occupant.child else _cell(verdict, _TEST),
        temperature=_cell(verdict, _TEMPERATURE),
        celsius=occupant.readings[-1].celsius if occupant.readings else None,
        child=occupant.child,
    )


def _cell(verdict: OccupantVerdict, codes: frozenset[Code]) -> CellState:
    found = [reason for reason in verdict.reasons if reason.code in codes]
    if not found or all(reason.code in _ABSENT for reason in found):
        return CellState.WAITING
    return _CELLS[max(reason.outcome for reason in found)]
