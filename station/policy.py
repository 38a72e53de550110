"""From evidence to a verdict: pure, total, with no clock of its own.

Every rule is one small function that yields reasons. A rule that finds nothing to say stays silent, so a pass
is what is left when each of health, test, temperature, plate and number of people has spoken for it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import ceil

from scanner.credentials import HealthState, Test, TestKind, TestResult
from scanner.credentials.times import TOLERANCE
from scanner.plates import Plate, PlateKind
from station.evidence import ClockState, Evidence, NoPlate, Occupant, Reading, WatchKind
from station.policy_file import Policy, default_policy, read_policy
from station.verdict import Code, OccupantVerdict, Outcome, Param, Reason, Verdict, worst_first

PASS, REVIEW, REFUSE = Outcome.PASS, Outcome.REVIEW, Outcome.REFUSE
MAX_PEOPLE = 99

__all__ = ["MAX_PEOPLE", "Policy", "decide", "default_policy", "read_policy"]


def decide(policy: Policy, evidence: Evidence, now: datetime) -> Verdict:
    """The verdict on a vehicle.

    Args:
        policy: The rules in force.
        evidence: All that was seen, measured and said.
        now: The time of the verdict, aware.
    """
    now = now.astimezone(UTC)  # two times of one zone are told apart by its wall clock, not by the hours between
    occupants = tuple(
        _occupant_verdict(policy, occupant, index, now) for index, occupant in enumerate(_everybody(evidence))
    )
    reasons = list(_vehicle(policy, evidence))
    if evidence.exemption is None:
        for occupant in occupants:
            reasons.extend(occupant.reasons)
        reasons.extend(_notes(policy, evidence))
    else:
        occupants = ()
    ordered = worst_first(reasons)
    return Verdict(max(reason.outcome for reason in ordered), ordered, occupants, policy.version)


def _everybody(evidence: Evidence) -> tuple[Occupant, ...]:
    """The occupants, with an empty one for each person confirmed of whom nothing is known yet."""
    unknown = min(evidence.people or 1, MAX_PEOPLE) - len(evidence.occupants)
    return (*evidence.occupants, *(Occupant() for _ in range(unknown)))


def _occupant_verdict(policy: Policy, occupant: Occupant, index: int, now: datetime) -> OccupantVerdict:
    child = occupant.child and policy.child_age > 0
    found = [*_watch(occupant), *_codes(policy, occupant, now)]
    if occupant.has_health or not child:  # a child is asked for neither, but what is shown counts
        found += _health(policy, occupant, now)
    if occupant.has_test or not child:
        found += _tests(policy, occupant, now)
    found += _temperature(policy, occupant.readings)
    if child:
        found.append(_reason(Code.CHILD, PASS, age=policy.child_age))
    reasons = worst_first([Reason(r.code, r.outcome, r.params, index) for r in found])
    return OccupantVerdict(max(reason.outcome for reason in reasons), reasons)


def _reason(code: str, outcome: Outcome, **params: Param) -> Reason:
    return Reason(code, outcome, params)


# --- the vehicle and the station -------------------------------------------------------------------------------------


def _vehicle(policy: Policy, evidence: Evidence) -> Iterator[Reason]:
    for fault in evidence.faults:
        yield _reason(Code.FAULT, REVIEW, fault=fault)
    if evidence.clock is ClockState.UNTRUSTED:
        yield _reason(Code.CLOCK_UNTRUSTED, REVIEW)
    if evidence.abandoned:
        yield _reason(Code.ABANDONED, REVIEW)
    for hit in evidence.vehicle_watch:
        yield _reason(Code.VEHICLE_WATCHLISTED, REFUSE, reason=hit.reason, contact=hit.contact)
    if (exemption := evidence.exemption) is not None:
        yield from _plate(evidence)
        if exemption.reason.strip():
            yield _reason(Code.EXEMPT, PASS, reason=exemption.reason)
        else:
            yield _reason(Code.EXEMPT_INCOMPLETE, REVIEW)
        return
    yield from _trust(policy, evidence)
    yield from _people(evidence)
    yield from _plate(evidence)
    for failed in evidence.failed:
        yield Reason(failed.code, REVIEW, failed.params)


def _trust(policy: Policy, evidence: Evidence) -> Iterator[Reason]:
    trust = evidence.trust
    if trust.demo and policy.production:
        yield _reason(Code.DEMO_KEY_REFUSED, REVIEW)
    if trust.age is None:
        yield _reason(Code.TRUST_LIST_UNDATED, REVIEW)
    elif trust.age > timedelta(days=policy.trust_expire_days):
        yield _reason(Code.TRUST_LIST_EXPIRED, REVIEW, days=trust.age.days)
    elif trust.age < -TOLERANCE:
        yield _reason(Code.CLOCK_UNTRUSTED, REVIEW)


def _notes(policy: Policy, evidence: Evidence) -> Iterator[Reason]:
    """What should be known, but decides nothing."""
    trust = evidence.trust
    if trust.demo:
        yield _reason(Code.DEMO, PASS)
    if trust.age is not None and trust.age > timedelta(hours=policy.trust_warn_hours):
        yield _reason(Code.TRUST_LIST_STALE, PASS, hours=int(trust.age / timedelta(hours=1)))


def _people(evidence: Evidence) -> Iterator[Reason]:
    if evidence.people is None or not 1 <= evidence.people <= MAX_PEOPLE:
        yield _reason(Code.PEOPLE_UNCONFIRMED, REVIEW)
    elif len(evidence.occupants) > evidence.people:
        yield _reason(Code.MORE_HOLDERS_THAN_PEOPLE, REVIEW, holders=len(evidence.occupants), people=evidence.people)


def _plate(evidence: Evidence) -> Iterator[Reason]:
    match evidence.plate:
        case None:
            yield _reason(Code.PLATE_MISSING, REVIEW)
        case NoPlate(reason):
            yield _reason(Code.NO_PLATE, REVIEW, reason=reason)
        case Plate(text, PlateKind.OTHER):
            yield _reason(Code.PLATE_IRREGULAR, REVIEW, plate=text)


# --- one occupant ----------------------------------------------------------------------------------------------------


def _watch(occupant: Occupant) -> Iterator[Reason]:
    for hit in occupant.watch:
        if hit.kind is WatchKind.EXACT:
            yield _reason(Code.WATCHLISTED, REFUSE, reason=hit.reason, contact=hit.contact)
        else:
            yield _reason(Code.WATCHLIST_NAMESAKE, REVIEW, reason=hit.reason, contact=hit.contact)


def _codes(policy: Policy, occupant: Occupant, now: datetime) -> Iterator[Reason]:
    """What concerns the codes themselves: whose they are, their age, and where they were seen before."""
    for failed in occupant.failed:
        yield Reason(failed.code, REVIEW, failed.params)
    holders = occupant.holders
    if any(not one.may_be(other) for one in holders for other in holders):
        yield _reason(Code.HOLDER_MISMATCH, REVIEW)
    if occupant.ambiguous:
        yield _reason(Code.HOLDER_AMBIGUOUS, REVIEW)
    if occupant.id_number is not None and any(holder.has_id(occupant.id_number) is False for holder in holders):
        yield _reason(Code.ID_MISMATCH, REVIEW)
    for seen in occupant.codes:
        if seen.credential.expires < now - TOLERANCE:
            yield _reason(Code.CODE_EXPIRED, REVIEW, expired=seen.credential.expires.isoformat())
        if seen.elsewhere is not None:
            minutes = max(0, int((now - seen.elsewhere) / timedelta(minutes=1)))
            yield _reason(Code.CODE_REPLAYED, REVIEW, minutes=minutes)
    for entry in occupant.manual:
        yield _reason(Code.MANUAL_ENTRY, PASS if policy.manual == "accept" else REVIEW, medium=str(entry.medium))


def _health(policy: Policy, occupant: Occupant, now: datetime) -> Iterator[Reason]:
    """Green passes, yellow is reviewed, red refuses; of several the worst counts, since one of them may be borrowed."""
    states = {seen.credential.health.state for seen in occupant.codes if seen.credential.health}
    states |= {entry.health.state for entry in occupant.manual if entry.health}
    if not states:
        yield _reason(Code.HEALTH_MISSING, REVIEW)
    if HealthState.RED in states:
        yield _reason(Code.HEALTH_RED, REFUSE)
    elif HealthState.YELLOW in states:
        yield _reason(Code.HEALTH_YELLOW, REVIEW)
    elif HealthState.GREEN in states:
        yield _reason(Code.HEALTH_GREEN, PASS)
    for seen in occupant.codes:
        issued = seen.credential.issued
        if seen.credential.health and (issued is None or now - issued > timedelta(hours=policy.health_max_age_hours)):
            yield _reason(Code.HEALTH_STALE, REVIEW, hours=policy.health_max_age_hours)


def _tests(policy: Policy, occupant: Occupant, now: datetime) -> Iterator[Reason]:
    """What was shown as a test, and what the nucleic-acid tests among it say."""
    shown = [test for seen in occupant.codes for test in seen.credential.tests]
    shown += [entry.test for entry in occupant.manual if entry.test]
    nucleic = [test for test in shown if test.kind is TestKind.NUCLEIC_ACID]
    if len(nucleic) < len(shown):
        yield from _antigen([test for test in shown if test.kind is TestKind.ANTIGEN])
    if any(seen.credential.proofs for seen in occupant.codes):
        yield _reason(Code.PROOF_IS_NO_TEST, PASS)
    if not nucleic:
        if occupant.no_test:
            yield _reason(Code.TEST_NONE, REFUSE if policy.test_none == "refuse" else REVIEW)
        else:
            yield _reason(Code.TEST_MISSING, REVIEW)
    else:
        yield from _nucleic(policy, nucleic, now)


def _nucleic(policy: Policy, tests: list[Test], now: datetime) -> Iterator[Reason]:
    """A positive within the window refuses; otherwise the newest decides. Where none is dated, each may be that."""
    dated = [(test.sampled, test) for test in tests if test.sampled is not None]
    if len(dated) < len(tests):
        yield _reason(Code.TEST_TIME_UNCLEAR, REVIEW)
    if not dated:
        if any(test.result is TestResult.POSITIVE for test in tests):
            yield _reason(Code.TEST_POSITIVE, REFUSE)
        return
    window, future = timedelta(hours=policy.test_window_hours), timedelta(minutes=policy.future_tolerance_minutes)
    newest = max(sampled for sampled, _ in dated)
    for sampled, test in dated:
        if sampled == newest:
            yield _newest_test(test, now - sampled, window, future)
        elif test.result is TestResult.POSITIVE and -future <= now - sampled <= window:
            yield _reason(Code.TEST_POSITIVE, REFUSE)


def _newest_test(test: Test, age: timedelta, window: timedelta, future: timedelta) -> Reason:
    hours = round(age / timedelta(hours=1), 1)
    limit = window / timedelta(hours=1)
    if age < -future:
        return _reason(Code.TEST_IN_FUTURE, REVIEW)
    if test.result is TestResult.POSITIVE:
        return _reason(Code.TEST_POSITIVE, REFUSE)
    if test.result is TestResult.INVALID:
        return _reason(Code.TEST_INVALID, REVIEW)
    if age > window:
        # Rounded up: 48 h and one second must not read as 48.
        return _reason(Code.TEST_TOO_OLD, REFUSE, hours=ceil(10 * (age / timedelta(hours=1))) / 10, window=limit)
    return _reason(Code.TEST_NEGATIVE, PASS, hours=max(hours, 0.0), window=limit)


def _antigen(tests: list[Test]) -> Iterator[Reason]:
    positive = any(test.result is TestResult.POSITIVE for test in tests)
    yield _reason(Code.TEST_NOT_NUCLEIC, REVIEW if positive else PASS)


def rest_ends(policy: Policy, readings: tuple[Reading, ...]) -> datetime | None:
    """When who has a fever may be measured again; None for who has none."""
    highest, rest = policy.plausible_max_celsius, timedelta(minutes=policy.rest_minutes)
    return next((one.at + rest for one in readings if policy.fever_celsius <= one.celsius <= highest), None)


def _temperature(policy: Policy, readings: tuple[Reading, ...]) -> Iterator[Reason]:
    """One reading in range passes; a fever is measured again after a rest, an implausible last one at once."""
    lowest, highest = policy.plausible_min_celsius, policy.plausible_max_celsius
    if not readings:
        yield _reason(Code.TEMPERATURE_MISSING, REVIEW)
        return
    plausible = [reading for reading in readings if lowest <= reading.celsius <= highest]
    implausible = len(readings) - len(plausible)
    if implausible >= 2 or readings[-1] not in plausible:
        yield _reason(Code.TEMPERATURE_IMPLAUSIBLE, REVIEW, lowest=lowest, highest=highest, times=implausible)
    if not plausible:
        return
    first = next((index for index, reading in enumerate(plausible) if reading.celsius >= policy.fever_celsius), None)
    if first is None:
        yield _reason(Code.TEMPERATURE_NORMAL, PASS, celsius=plausible[-1].celsius)
        return
    high, rest = plausible[first], timedelta(minutes=policy.rest_minutes)
    rested = [reading for reading in plausible[first + 1 :] if reading.at - high.at >= rest]
    if not rested:
        yield _reason(Code.TEMPERATURE_HIGH_ONCE, REVIEW, celsius=high.celsius, minutes=policy.rest_minutes)
    elif any(reading.celsius >= policy.fever_celsius for reading in rested):
        worst = max(reading.celsius for reading in rested)
        yield _reason(Code.TEMPERATURE_HIGH_TWICE, REFUSE, celsius=worst)
    else:
        yield _reason(Code.TEMPERATURE_NORMAL, PASS, celsius=rested[-1].celsius)
