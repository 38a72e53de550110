"""Everything seen, measured and said at one vehicle: immutable values that a verdict is taken on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from scanner.credentials import Credential, Health, Holder, Test
from scanner.plates import Plate

Param = str | int


class Medium(StrEnum):
    """How something entered by hand was seen."""

    PAPER = "paper"
    SCREEN = "screen"
    ID_CARD = "id_card"


class Direction(StrEnum):
    """Which way the vehicle goes, where the post asks for it."""

    IN = "in"
    OUT = "out"


class WatchKind(StrEnum):
    """How sure a match with the watchlist is."""

    EXACT = "exact"  # whole ID number, its hash, or the plate
    NAMESAKE = "namesake"  # name and last four only


class ClockState(StrEnum):
    """Whether the station's clock can be believed; `GIVEN`: the time was given on the command line."""

    TRUSTED = "trusted"
    GIVEN = "given"
    UNTRUSTED = "untrusted"


@dataclass(frozen=True, slots=True)
class SeenCode:
    """A verified code. `elsewhere`: when the same code was last seen at another vehicle, if it was."""

    credential: Credential
    at: datetime
    elsewhere: datetime | None = None


@dataclass(frozen=True, slots=True)
class FailedCode:
    """Something was shown that gave no credential: its error's code and figures, and a hash to recognise it by."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)
    payload_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class ManualEntry:
    """Seen by eye and typed by the officer (人工录入): a health state, a test, or both."""

    holder: Holder
    medium: Medium
    health: Health | None = None
    test: Test | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A body temperature in °C, as the thermometer gave it; no correction is ever added."""

    celsius: float
    at: datetime


@dataclass(frozen=True, slots=True)
class WatchHit:
    """A match with the watchlist, and whom to call."""

    kind: WatchKind
    reason: str
    contact: str


@dataclass(frozen=True, slots=True)
class Occupant:
    """One person in the vehicle.

    Attributes:
        codes: Verified codes, oldest first.
        failed: Codes that failed, known to be theirs.
        manual: What the officer typed from paper or screen.
        no_test: The officer declares that there is no test.
        readings: Temperatures, oldest first.
        child: The officer confirms a child under the policy's age.
        id_number: The whole ID number, where it was typed or read from a card.
        watch: Matches with the watchlist.
        ambiguous: A code could have been another occupant's as well.
    """

    codes: tuple[SeenCode, ...] = ()
    failed: tuple[FailedCode, ...] = ()
    manual: tuple[ManualEntry, ...] = ()
    no_test: bool = False
    readings: tuple[Reading, ...] = ()
    child: bool = False
    id_number: str | None = None
    watch: tuple[WatchHit, ...] = ()
    ambiguous: bool = False

    @property
    def holders(self) -> tuple[Holder, ...]:
        """Everybody their codes and papers name; one person, if all is well."""
        return (*(seen.credential.holder for seen in self.codes), *(entry.holder for entry in self.manual))

    @property
    def has_health(self) -> bool:
        """Whether a health state is there, read or typed."""
        return any(seen.credential.health for seen in self.codes) or any(entry.health for entry in self.manual)

    @property
    def has_test(self) -> bool:
        """Whether a test is there, read or typed."""
        return any(seen.credential.tests for seen in self.codes) or any(entry.test for entry in self.manual)


@dataclass(frozen=True, slots=True)
class NoPlate:
    """The officer declares that the vehicle carries no plate, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """Ambulance, fire, police on duty: let through with plate and reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class TrustState:
    """The trust list a check was made with.

    Attributes:
        age: Since it was issued or taken over by hand; None where nobody said.
        demo: It holds a demonstration key.
        sha256: Which list it was, in hex.
    """

    age: timedelta | None
    demo: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One vehicle. What nobody confirmed is None, and costs a review.

    Attributes:
        trust: The trust list in force.
        clock: The clock's state.
        occupants: In the order they were checked.
        people: How many there are, as the officer confirmed.
        failed: Codes that failed and belong to nobody known.
        faults: Codes of whatever broke on the way (camera, decoder, database …).
        abandoned: The check was broken off.
    """

    trust: TrustState
    clock: ClockState = ClockState.TRUSTED
    occupants: tuple[Occupant, ...] = ()
    people: int | None = None
    plate: Plate | NoPlate | None = None
    direction: Direction | None = None
    vehicle_watch: tuple[WatchHit, ...] = ()
    failed: tuple[FailedCode, ...] = ()
    faults: tuple[str, ...] = ()
    exemption: Exemption | None = None
    abandoned: bool = False
