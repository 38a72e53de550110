"""What a check concludes: an outcome, and the reasons for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

Param = str | int | float


class Outcome(IntEnum):
    """Ordered from best to worst, so that the worst of several is their `max`."""

    PASS = 0
    REVIEW = 1
    REFUSE = 2

    @property
    def word(self) -> str:
        """The word in files and on the command line."""
        return self.name.lower()


class Code(StrEnum):
    """Reasons of our own. A code that failed to verify gives its `CredentialError.code` as a reason instead."""

    # the health code
    HEALTH_GREEN = "health_green"
    HEALTH_YELLOW = "health_yellow"
    HEALTH_RED = "health_red"
    HEALTH_MISSING = "health_missing"
    HEALTH_STALE = "health_stale"
    # the test certificate
    TEST_NEGATIVE = "test_negative"
    TEST_POSITIVE = "test_positive"
    TEST_TOO_OLD = "test_too_old"
    TEST_INVALID = "test_invalid"
    TEST_IN_FUTURE = "test_in_future"
    TEST_TIME_UNCLEAR = "test_time_unclear"
    TEST_NONE = "test_none"
    TEST_MISSING = "test_missing"
    TEST_NOT_NUCLEIC = "test_not_nucleic"
    PROOF_IS_NO_TEST = "proof_is_no_test"
    # whose
    HOLDER_MISMATCH = "holder_mismatch"
    HOLDER_AMBIGUOUS = "holder_ambiguous"
    ID_MISMATCH = "id_mismatch"
    MANUAL_ENTRY = "manual_entry"
    CODE_EXPIRED = "code_expired"
    CODE_REPLAYED = "code_replayed"
    CODE_UNREADABLE = "code_unreadable"
    CODE_TIMED_OUT = "code_timed_out"
    WATCHLISTED = "watchlisted"
    WATCHLIST_NAMESAKE = "watchlist_namesake"
    CHILD = "child"
    # temperature
    TEMPERATURE_NORMAL = "temperature_normal"
    TEMPERATURE_MISSING = "temperature_missing"
    TEMPERATURE_IMPLAUSIBLE = "temperature_implausible"
    TEMPERATURE_HIGH_ONCE = "temperature_high_once"
    TEMPERATURE_HIGH_TWICE = "temperature_high_twice"
    # the vehicle
    PEOPLE_UNCONFIRMED = "people_unconfirmed"
    MORE_HOLDERS_THAN_PEOPLE = "more_holders_than_people"
    PLATE_MISSING = "plate_missing"
    PLATE_IRREGULAR = "plate_irregular"
    NO_PLATE = "no_plate"
    VEHICLE_WATCHLISTED = "vehicle_watchlisted"
    EXEMPT = "exempt"
    EXEMPT_INCOMPLETE = "exempt_incomplete"
    ABANDONED = "abandoned"
    # the station itself
    CLOCK_UNTRUSTED = "clock_untrusted"
    TRUST_LIST_EXPIRED = "trust_list_expired"
    TRUST_LIST_UNDATED = "trust_list_undated"
    TRUST_LIST_STALE = "trust_list_stale"
    DEMO_KEY_REFUSED = "demo_key_refused"
    DEMO = "demo"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: what it leads to by itself, and the figures its sentence needs."""

    code: str
    outcome: Outcome
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)
    occupant: int | None = None


@dataclass(frozen=True, slots=True)
class OccupantVerdict:
    """The verdict on one occupant, with the reasons that concern them, worst first."""

    outcome: Outcome
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on a vehicle: the worst of its occupants and of the vehicle's own reasons.

    Attributes:
        outcome: What to do.
        reasons: All of them, worst first; the first decided.
        occupants: One each, in the order they were checked.
        policy: Version of the policy it was taken under.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    occupants: tuple[OccupantVerdict, ...]
    policy: str

    @property
    def deciding(self) -> Reason:
        """The reason that decided."""
        return self.reasons[0]


def worst_first(reasons: list[Reason]) -> tuple[Reason, ...]:
    """Reasons in the order they are shown; equals keep the order of the check."""
    return tuple(sorted(reasons, key=lambda reason: -reason.outcome))
