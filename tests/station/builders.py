"""One driver in good order, and every way of changing one thing about them."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from db.records import new_id
from scanner.credentials import Credential, Family, Health, HealthState, Holder, Test, TestResult
from scanner.plates import Plate, PlateKind
from station.access import Action, Actor
from station.check import Check
from station.config import Config
from station.evidence import Evidence, Occupant, Reading, SeenCode, TrustState, WatchHit, WatchKind
from station.policy import Policy, decide, default_policy
from station.replay import ReplayMemory
from station.verdict import Outcome, Verdict
from station.watchlist import Watchlist

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)

WANG_ID = "350625199003071236"
WANG = Holder("王小明", 10, WANG_ID[-4:])
LIN = Holder("林晓岚", 10, "204X")
PLATE = Plate("闽E12345", PlateKind.ORDINARY)
FRESH = TrustState(HOUR, demo=False, sha256="ab" * 32)
CONFIG = Config("LS-1", "LS", "龙士", "zh")
HIT = WatchHit(WatchKind.EXACT, "居家隔离", "李警官 138")
EVERYTHING = Actor(None, frozenset(Action))
"""Somebody who may do whatever there is, for tests of other things."""

GREEN = Health(HealthState.GREEN)
NEGATIVE = Test(NOW - 10 * HOUR, TestResult.NEGATIVE)


@cache
def _default() -> Policy:
    return default_policy()


def policy(**changes: Any) -> Policy:
    """The default policy with a few other figures."""
    return replace(_default(), **changes)


def salted(holder: Holder, id_number: str, salt: bytes = b"0123456789abcdef") -> Holder:
    """The same holder, with the salted hash of a whole ID."""
    return replace(holder, id_hash=hashlib.sha256(salt + id_number.encode()).digest(), id_salt=salt)


def credential(holder: Holder = WANG, **changes: Any) -> Credential:
    """A verified code; with neither health nor tests given, both."""
    given: dict[str, Any] = {"issued": NOW - HOUR, "expires": NOW + 20 * HOUR, "code_id": f"code of {holder.name}"}
    if not changes.keys() & {"health", "tests", "proofs"}:
        given |= {"health": GREEN, "tests": (NEGATIVE,)}
    fixed: dict[str, Any] = {
        "family": Family.JKM1,
        "holder": holder,
        "issuer": "CN-FJ",
        "key_id": "00" * 8,
        "demo": False,
    }
    return Credential(**(fixed | given | changes))


def health_code(holder: Holder = WANG, state: HealthState = HealthState.GREEN, **changes: Any) -> Credential:
    given: dict[str, Any] = {"health": Health(state), "code_id": f"health of {holder}"}
    return credential(holder, **(given | changes))


def certificate(holder: Holder = WANG, *tests: Test, **changes: Any) -> Credential:
    given: dict[str, Any] = {"tests": tests or (NEGATIVE,), "code_id": f"test of {holder}"}
    return credential(holder, **(given | changes))


def seen(*credentials: Credential) -> tuple[SeenCode, ...]:
    return tuple(SeenCode(one, NOW) for one in credentials)


def a_test(age: timedelta, result: TestResult = TestResult.NEGATIVE, **changes: Any) -> Test:
    """A test whose sample was taken so long ago."""
    return replace(NEGATIVE, sampled=NOW - age, result=result, **changes)


def shown(*credentials: Credential, **changes: Any) -> Occupant:
    """Somebody in order but for the codes they showed."""
    return occupant(codes=seen(*credentials), **changes)


def with_health(state: HealthState, **changes: Any) -> Occupant:
    """Somebody in order but for their health code."""
    return shown(health_code(state=state, **changes), certificate())


def with_tests(*tests: Test) -> Occupant:
    """Somebody in order but for their tests."""
    return shown(health_code(), certificate(WANG, *tests))


def readings(*celsius: float, apart: timedelta = 6 * MINUTE) -> tuple[Reading, ...]:
    """Readings, the last one now."""
    count = len(celsius)
    return tuple(Reading(value, NOW - apart * (count - 1 - index)) for index, value in enumerate(celsius))


def occupant(**changes: Any) -> Occupant:
    """Somebody in order: green, negative, 36.5 °C."""
    given: dict[str, Any] = {"codes": seen(health_code(), certificate()), "readings": readings(36.5)}
    return Occupant(**(given | changes))


def evidence(*occupants: Occupant, **changes: Any) -> Evidence:
    """A vehicle in order, with these occupants or one in order."""
    people = occupants or (occupant(),)
    given: dict[str, Any] = {"trust": FRESH, "occupants": people, "people": len(people), "plate": PLATE}
    return Evidence(**(given | changes))


def trusting(age: timedelta | None, *, demo: bool = False) -> Evidence:
    """A vehicle in order, judged with a trust list so old."""
    return evidence(trust=TrustState(age, demo, "00" * 32))


def judge(what: Evidence | Occupant, given: Policy | None = None, now: datetime = NOW) -> Verdict:
    """The verdict on a vehicle, or on one with this occupant alone."""
    return decide(given or policy(), what if isinstance(what, Evidence) else evidence(what), now)


def codes(verdict: Verdict) -> set[str]:
    return {str(reason.code) for reason in verdict.reasons}


def against(verdict: Verdict) -> set[str]:
    """Codes of the reasons that are no pass."""
    return {str(reason.code) for reason in verdict.reasons if reason.outcome is not Outcome.PASS}


def check(**changes: Any) -> Check:
    """An open check with nothing in it."""
    given: dict[str, Any] = {
        "id": new_id(),
        "policy": policy(),
        "trust": FRESH,
        "watchlist": Watchlist(),
        "replay": ReplayMemory(10 * MINUTE),
        "started": NOW,
    }
    return Check(**(given | changes))


def complete_check(holder: Holder = WANG, plate: str = "闽E12345", **changes: Any) -> Check:
    """An open check of one person, all there and in order."""
    one = check(**changes)
    one.confirm_people(1)
    one.set_plate(plate)
    one.take_temperature(0, 36.5, NOW)
    one.offer_code(health_code(holder), NOW)
    one.offer_code(certificate(holder), NOW)
    return one


def offered(*credentials: Credential, people: int = 1, temperatures: int | None = None) -> Check:
    """A check of so many people: these codes, a normal temperature each, a plate."""
    one = check()
    for code in credentials:
        one.offer_code(code, NOW)
    one.confirm_people(people)
    one.set_plate("闽E12345")
    for index in range(people if temperatures is None else temperatures):
        one.take_temperature(index, 36.5, NOW)
    return one


def of(holder: Holder) -> tuple[Credential, Credential]:
    return health_code(holder), certificate(holder)
