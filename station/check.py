"""One vehicle's check: a plain object that gathers evidence in any order and says what is still missing.

It knows no Qt, no SQL and no clock: every step is told the time. Once concluded it takes nothing more.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from scanner import id_number, plates
from scanner.credentials import Credential, CredentialError, Health, Holder, Test
from station.evidence import (
    ClockState,
    Direction,
    Evidence,
    Exemption,
    FailedCode,
    ManualEntry,
    Medium,
    NoPlate,
    Occupant,
    Reading,
    SeenCode,
    TrustState,
)
from station.policy import MAX_PEOPLE, Policy, decide
from station.replay import ReplayMemory, Sighting
from station.verdict import Code, Outcome, Verdict
from station.watchlist import Watchlist


class Phase(StrEnum):
    """Where a check stands."""

    OPEN = "open"
    PARKED = "parked"
    CONCLUDED = "concluded"


class Kind(StrEnum):
    """What a concluded check was."""

    CHECKED = "checked"
    EXEMPT = "exempt"
    ABANDONED = "abandoned"


class Item(StrEnum):
    """What can still be missing."""

    HEALTH = "health"
    TEST = "test"
    TEMPERATURE = "temperature"
    PLATE = "plate"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing still to ask for; `occupant` is None for what concerns the vehicle."""

    item: Item
    occupant: int | None = None


DRIVER = 0
"""The occupant who drives."""


class CheckError(Exception):
    """A step that does not fit; `code` names it, `params` fill its sentence. Nothing was changed."""

    def __init__(self, code: str, **params: str | float) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class Check:
    """One vehicle's check.

    Args:
        id: The passage's id to be (UUIDv7).
        policy: The rules in force.
        trust: The trust list's state.
        watchlist: Whom to stop.
        replay: Codes seen lately at other vehicles.
        started: When the check began, aware.
        clock: The clock's state.
        recheck_of: Ids of the passages this check looks at again, newest first.
    """

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 -- its one name everywhere
        policy: Policy,
        trust: TrustState,
        watchlist: Watchlist,
        replay: ReplayMemory,
        started: datetime,
        clock: ClockState = ClockState.TRUSTED,
        recheck_of: tuple[str, ...] = (),
    ) -> None:
        self.id = id
        self.policy = policy
        self.watchlist = watchlist
        self.replay = replay
        self.started = started
        self.recheck_of = recheck_of
        self.phase = Phase.OPEN
        self.evidence = Evidence(trust, clock)

    # --- codes -------------------------------------------------------------------------------------------------------

    def offer_code(self, credential: Credential, now: datetime) -> int:
        """Take a verified code; returns the occupant it was given to, by name and ID.

        Raises:
            CheckError: The check is not open.
        """
        self._must_be_open()
        for index, occupant in enumerate(self.evidence.occupants):
            if any(seen.credential == credential for seen in occupant.codes):
                return index  # the camera sees the same code many times
        index = self._whose(credential)
        occupant = self._occupant(index)
        self._put(index, replace(occupant, codes=(*occupant.codes, SeenCode(credential, now))))
        return index

    def offer_failure(self, error: CredentialError, payload: bytes = b"") -> None:
        """Take what was shown but is no credential. The same one twice is taken once."""
        self._must_be_open()
        digest = hashlib.sha256(payload).hexdigest() if payload else None
        failed = FailedCode(error.code, error.params, digest)
        if failed not in self.evidence.failed:
            self._change(failed=(*self.evidence.failed, failed))

    def offer_unreadable(self, code: Code = Code.CODE_UNREADABLE) -> None:
        """Something was shown, and nothing could be decoded, or in time."""
        self._must_be_open()
        failed = FailedCode(code)
        if failed not in self.evidence.failed:
            self._change(failed=(*self.evidence.failed, failed))

    def dismiss_failures(self, codes: Iterable[str]) -> None:
        """The officer saw a wrong or blurred code and then the right one: forget failures of these kinds."""
        self._must_be_open()
        gone = set(codes)
        self._change(failed=tuple(failed for failed in self.evidence.failed if failed.code not in gone))

    # --- what the officer does ---------------------------------------------------------------------------------------

    def confirm_people(self, people: int) -> None:
        """The officer counted the people in the vehicle."""
        self._must_be_open()
        if not 1 <= people <= MAX_PEOPLE:
            raise CheckError("people_out_of_range", people=people, most=MAX_PEOPLE)
        self._change(people=people)

    def take_temperature(self, occupant: int, celsius: float, now: datetime) -> None:
        """A reading in °C, plausible or not; the policy judges it."""
        self._must_be_open()
        person = self._occupant(occupant)
        self._put(occupant, replace(person, readings=(*person.readings, Reading(celsius, now))))

    def set_plate(self, text: str) -> None:
        """The plate as typed or read; typed again, it replaces the first."""
        self._must_be_open()
        plate = plates.parse(text)
        if not plate.text:
            raise CheckError("plate_blank")
        self._change(plate=plate)

    def set_direction(self, direction: Direction) -> None:
        """Which way the vehicle goes."""
        self._must_be_open()
        self._change(direction=direction)

    def declare_no_plate(self, reason: str) -> None:
        """The vehicle carries no plate."""
        self._must_be_open()
        if not reason.strip():
            raise CheckError("reason_blank")
        self._change(plate=NoPlate(reason.strip()))

    def declare_no_test(self, occupant: int) -> None:
        """The occupant has no test certificate."""
        self._must_be_open()
        self._put(occupant, replace(self._occupant(occupant), no_test=True))

    def mark_child(self, occupant: int, *, child: bool = True) -> None:
        """The officer confirms a child under the policy's age: temperature only.

        Raises:
            CheckError: It is the driver, or somebody who has shown a code or a paper: one touch must not undo those.
        """
        self._must_be_open()
        person = self._occupant(occupant)
        if child and (occupant == DRIVER or person.holders):
            raise CheckError("child_not_possible")
        self._put(occupant, replace(person, child=child))

    def enter_id(self, occupant: int, text: str) -> None:
        """The whole ID number, typed or read from a card."""
        self._must_be_open()
        number = id_number.parse(text)
        if number is None:
            raise CheckError("id_number_invalid")
        self._put(occupant, replace(self._occupant(occupant), id_number=number))

    def enter_by_hand(
        self, occupant: int, holder: Holder, medium: Medium, *, health: Health | None = None, test: Test | None = None
    ) -> None:
        """A certificate or a code seen by eye (人工录入)."""
        self._must_be_open()
        if not holder.name.strip():
            raise CheckError("name_blank")
        if health is None and test is None:
            raise CheckError("manual_entry_empty")
        person = self._occupant(occupant)
        entry = ManualEntry(holder, medium, health, test)
        self._put(occupant, replace(person, manual=(*person.manual, entry)))

    def exempt(self, reason: str) -> None:
        """Ambulance, fire, police on duty: nothing else is asked but the plate."""
        self._must_be_open()
        if not reason.strip():
            raise CheckError("reason_blank")
        self._change(exemption=Exemption(reason.strip()))

    # --- what the station notices ------------------------------------------------------------------------------------

    def note_fault(self, fault: str) -> None:
        """Something broke on the way; the verdict can no longer be a pass. Taken in any phase."""
        if fault not in self.evidence.faults:
            self._change(faults=(*self.evidence.faults, fault))

    def note_clock(self, clock: ClockState) -> None:
        """The clock's state as it is now; once untrusted it stays so for this check."""
        if self.evidence.clock is not ClockState.UNTRUSTED:
            self._change(clock=clock)

    # --- phases ------------------------------------------------------------------------------------------------------

    def park(self) -> None:
        """Set the vehicle aside (a second temperature after the rest) and serve the next."""
        self._must_be_open()
        self.phase = Phase.PARKED

    def resume(self) -> None:
        """Take a parked vehicle up again."""
        if self.phase is not Phase.PARKED:
            raise CheckError("check_not_parked")
        self.phase = Phase.OPEN

    @property
    def holds_anything(self) -> bool:
        """Whether breaking off now would lose something."""
        evidence = self.evidence
        return bool(
            evidence.failed or evidence.plate or evidence.exemption or any(o != Occupant() for o in evidence.occupants)
        )

    def missing(self) -> tuple[Missing, ...]:
        """What is still to be asked for, in the order of the checklist."""
        evidence = self.evidence
        vehicle = () if evidence.plate else (Missing(Item.PLATE),)
        if evidence.exemption is not None:
            return vehicle
        wanted: list[Missing] = []
        count = max(evidence.people or 1, len(evidence.occupants))
        for index in range(count):
            person = self._occupant(index)
            if not person.child and not person.has_health:
                wanted.append(Missing(Item.HEALTH, index))
            if not person.child and not person.has_test and not person.no_test:
                wanted.append(Missing(Item.TEST, index))
            if not person.readings:
                wanted.append(Missing(Item.TEMPERATURE, index))
        people = () if evidence.people else (Missing(Item.PEOPLE),)
        return (*wanted, *vehicle, *people)

    def verdict(self, now: datetime) -> Verdict | None:
        """The verdict as far as it can be said: a refusal at once, anything else when nothing is missing."""
        verdict = decide(self.policy, self._looked_up(now), now)
        return verdict if verdict.outcome is Outcome.REFUSE or not self.missing() else None

    def conclude(self, now: datetime) -> Verdict:
        """End the check with the verdict on what is there; whatever is missing costs a review.

        Raises:
            CheckError: It was concluded before.
        """
        if self.phase is Phase.CONCLUDED:
            raise CheckError("check_concluded")
        self.evidence = self._looked_up(now)
        verdict = decide(self.policy, self.evidence, now)
        self.phase = Phase.CONCLUDED
        self.replay.remember(self.sightings(now))
        return verdict

    def abandon(self, now: datetime) -> Verdict:
        """Break the check off. What it holds is kept as an abandoned passage, if `holds_anything`."""
        if self.phase is not Phase.CONCLUDED:
            self._change(abandoned=True)
        return self.conclude(now)

    @property
    def kind(self) -> Kind:
        """What this check was."""
        if self.evidence.abandoned:
            return Kind.ABANDONED
        return Kind.EXEMPT if self.evidence.exemption else Kind.CHECKED

    @property
    def plate(self) -> str | None:
        """The plate as it is stored, if there is one."""
        return self.evidence.plate.text if isinstance(self.evidence.plate, plates.Plate) else None

    def sightings(self, now: datetime) -> tuple[Sighting, ...]:
        """The codes seen at this vehicle, for the replay memory."""
        return tuple(
            Sighting(seen.credential.code_id, self.id, self.plate, now)
            for occupant in self.evidence.occupants
            for seen in occupant.codes
        )

    # --- within ------------------------------------------------------------------------------------------------------

    def _must_be_open(self) -> None:
        if self.phase is not Phase.OPEN:
            raise CheckError("check_not_open", phase=str(self.phase))

    def _change(self, **fields: object) -> None:
        self.evidence = replace(self.evidence, **fields)  # type: ignore[arg-type]  # field names are checked at run time

    def _occupant(self, index: int) -> Occupant:
        occupants = self.evidence.occupants
        return occupants[index] if 0 <= index < len(occupants) else Occupant()

    def _put(self, index: int, occupant: Occupant) -> None:
        if not 0 <= index < MAX_PEOPLE:
            raise CheckError("people_out_of_range", people=index + 1, most=MAX_PEOPLE)
        occupants = list(self.evidence.occupants)
        occupants += [Occupant()] * (index + 1 - len(occupants))
        occupants[index] = occupant
        self._change(occupants=tuple(occupants))

    def _whose(self, credential: Credential) -> int:
        """The occupant a code belongs to: the one it names, who lacks it; else one not named yet; else a new one."""
        occupants = self.evidence.occupants

        def contradicted(index: int) -> bool:
            number = occupants[index].id_number
            return number is not None and credential.holder.has_id(number) is False

        def supplied(index: int) -> bool:
            occupant = occupants[index]
            return (not credential.health or occupant.has_health) and (not credential.tests or occupant.has_test)

        everybody = range(len(occupants))
        if fitting := [index for index in everybody if _fits(credential.holder, occupants[index])]:
            return min(fitting, key=lambda index: (contradicted(index), supplied(index)))
        unnamed = [index for index in everybody if not occupants[index].holders and not occupants[index].child]
        return min(unnamed, key=contradicted, default=len(occupants))

    def _ambiguous(self, index: int) -> bool:
        """Whether one of an occupant's codes could be another's as well."""
        occupants = self.evidence.occupants
        others = (*occupants[:index], *occupants[index + 1 :])
        return any(_fits(seen.credential.holder, other) for seen in occupants[index].codes for other in others)

    def _looked_up(self, now: datetime) -> Evidence:
        """The evidence with what the watchlist and the replay memory know of it."""
        same = (self.id, *self.recheck_of)
        occupants = tuple(
            replace(
                occupant,
                ambiguous=self._ambiguous(index),
                watch=self.watchlist.find_person(occupant.holders, occupant.id_number),
                codes=tuple(
                    replace(
                        seen,
                        elsewhere=self.replay.elsewhere(seen.credential.code_id, plate=self.plate, same=same, now=now),
                    )
                    for seen in occupant.codes
                ),
            )
            for index, occupant in enumerate(self.evidence.occupants)
        )
        vehicle = self.watchlist.find_vehicle(self.plate) if self.plate else ()
        return replace(self.evidence, occupants=occupants, vehicle_watch=vehicle)


def _fits(holder: Holder, occupant: Occupant) -> bool:
    """Whether a code of this holder can belong to this occupant, who is named already."""
    return bool(occupant.holders) and all(holder.may_be(other) for other in occupant.holders)
