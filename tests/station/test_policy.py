"""Every rule of a verdict, one line each: the rule's number, what was seen, what follows, and why."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from scanner import plates
from scanner.credentials import Health, HealthState, Holder, Proof, ProofKind, Test, TestKind, TestResult
from scanner.plates import Plate, PlateKind
from station.evidence import (
    ClockState,
    Evidence,
    Exemption,
    FailedCode,
    ManualEntry,
    Medium,
    NoPlate,
    Occupant,
    Reading,
    WatchKind,
)
from station.policy import Policy
from station.verdict import Outcome
from tests.station.builders import (
    GREEN,
    HIT,
    HOUR,
    LIN,
    MINUTE,
    NEGATIVE,
    NOW,
    SECOND,
    WANG,
    WANG_ID,
    a_test,
    against,
    certificate,
    credential,
    evidence,
    health_code,
    judge,
    occupant,
    policy,
    readings,
    salted,
    seen,
    shown,
    trusting,
    with_health,
    with_tests,
)

PASS, REVIEW, REFUSE = Outcome.PASS, Outcome.REVIEW, Outcome.REFUSE
YELLOW, RED = HealthState.YELLOW, HealthState.RED
POSITIVE, INVALID = TestResult.POSITIVE, TestResult.INVALID
DAY = timedelta(days=1)
NAMESAKE = replace(HIT, kind=WatchKind.NAMESAKE)
OTHER_PLATE = Plate("ABC", PlateKind.OTHER)
PAPER = ManualEntry(WANG, Medium.PAPER, GREEN, NEGATIVE)
ACCEPTING = policy(manual="accept")

Line = tuple[str, Evidence | Occupant, Outcome, set[str]]


UNDATED = Test(None, TestResult.NEGATIVE)
LINES: list[Line] = [
    # 1. One verdict per occupant; the vehicle's is the worst; a pass waits for the count.
    ("1-all-in-order", evidence(), PASS, set()),
    ("1-two-in-order", evidence(occupant(), shown(credential(LIN))), PASS, set()),
    (
        "1-worst-is-refuse",
        evidence(occupant(), with_health(RED), with_health(YELLOW)),
        REFUSE,
        {"health_red", "health_yellow"},
    ),
    ("1-worst-is-review", evidence(occupant(), with_health(YELLOW)), REVIEW, {"health_yellow"}),
    ("1-nobody-counted", evidence(people=None), REVIEW, {"people_unconfirmed"}),
    ("1-counted-zero", evidence(people=0), REVIEW, {"people_unconfirmed"}),
    ("1-one-not-shown", evidence(people=2), REVIEW, {"health_missing", "test_missing", "temperature_missing"}),
    (
        "1-more-than-counted",
        evidence(occupant(), shown(credential(LIN)), people=1),
        REVIEW,
        {"more_holders_than_people"},
    ),
    ("1-empty", evidence(occupants=(), people=1), REVIEW, {"health_missing", "test_missing", "temperature_missing"}),
    # 2. The health code.
    ("2-green", with_health(HealthState.GREEN), PASS, set()),
    ("2-yellow", with_health(YELLOW), REVIEW, {"health_yellow"}),
    ("2-red", with_health(RED), REFUSE, {"health_red"}),
    ("2-missing", shown(certificate()), REVIEW, {"health_missing"}),
    ("2-red-beside-green", shown(health_code(), health_code(state=RED), certificate()), REFUSE, {"health_red"}),
    (
        "2-yellow-beside-green",
        shown(health_code(), health_code(state=YELLOW), certificate()),
        REVIEW,
        {"health_yellow"},
    ),
    ("2-expired-since", shown(health_code(expires=NOW - 6 * MINUTE), certificate()), REVIEW, {"code_expired"}),
    ("2-expiry-tolerated", shown(health_code(expires=NOW - 5 * MINUTE), certificate()), PASS, set()),
    *(
        (f"2-{code}", evidence(failed=(FailedCode(code),)), REVIEW, {code})
        for code in ("code_unreadable", "code_timed_out", "signer_unknown", "signature_invalid", "code_needs_online")
    ),
    ("2-theirs-failed", occupant(failed=(FailedCode("code_expired"),)), REVIEW, {"code_expired"}),
    # 3. The test.
    ("3-47:59:59", with_tests(a_test(48 * HOUR - SECOND)), PASS, set()),
    ("3-48:00:00", with_tests(a_test(48 * HOUR)), PASS, set()),
    ("3-48:00:01", with_tests(a_test(48 * HOUR + SECOND)), REFUSE, {"test_too_old"}),
    ("3-a-microsecond-late", with_tests(a_test(48 * HOUR + timedelta(microseconds=1))), REFUSE, {"test_too_old"}),
    ("3-counts-from-sampling", with_tests(a_test(49 * HOUR, reported=NOW - HOUR)), REFUSE, {"test_too_old"}),
    ("3-positive", with_tests(a_test(HOUR, POSITIVE)), REFUSE, {"test_positive"}),
    ("3-positive-long-ago", with_tests(a_test(90 * DAY, POSITIVE)), REFUSE, {"test_positive"}),
    ("3-invalid", with_tests(a_test(HOUR, INVALID)), REVIEW, {"test_invalid"}),
    ("3-five-minutes-ahead", with_tests(a_test(-5 * MINUTE)), PASS, set()),
    ("3-more-than-five-ahead", with_tests(a_test(-5 * MINUTE - SECOND)), REVIEW, {"test_in_future"}),
    ("3-tomorrow", with_tests(a_test(-DAY)), REVIEW, {"test_in_future"}),
    ("3-positive-tomorrow", with_tests(a_test(-DAY, POSITIVE)), REVIEW, {"test_in_future"}),
    ("3-no-time-zone", with_tests(UNDATED), REVIEW, {"test_time_unclear"}),
    (
        "3-positive-no-time-zone",
        with_tests(replace(UNDATED, result=POSITIVE)),
        REFUSE,
        {"test_time_unclear", "test_positive"},
    ),
    ("3-declared-none", shown(health_code(), no_test=True), REFUSE, {"test_none"}),
    ("3-missing", shown(health_code()), REVIEW, {"test_missing"}),
    ("3-declared-none-then-shown", occupant(no_test=True), PASS, set()),
    ("3-newest-decides-for", with_tests(a_test(60 * HOUR), a_test(HOUR)), PASS, set()),
    ("3-newest-decides-against", with_tests(a_test(2 * HOUR), a_test(HOUR, INVALID)), REVIEW, {"test_invalid"}),
    ("3-positive-within-window", with_tests(a_test(48 * HOUR, POSITIVE), a_test(HOUR)), REFUSE, {"test_positive"}),
    ("3-positive-before-window", with_tests(a_test(49 * HOUR, POSITIVE), a_test(HOUR)), PASS, set()),
    (
        "3-positive-just-ahead-within-tolerance",
        with_tests(a_test(-5 * MINUTE, POSITIVE), a_test(-5 * MINUTE - SECOND)),
        REFUSE,
        {"test_positive", "test_in_future"},
    ),
    ("3-two-at-once-one-positive", with_tests(a_test(HOUR), a_test(HOUR, POSITIVE)), REFUSE, {"test_positive"}),
    ("3-antigen-alone", with_tests(a_test(HOUR, kind=TestKind.ANTIGEN)), REVIEW, {"test_missing"}),
    (
        "3-antigen-positive",
        with_tests(a_test(HOUR, POSITIVE, kind=TestKind.ANTIGEN), NEGATIVE),
        REVIEW,
        {"test_not_nucleic"},
    ),
    (
        "3-vaccination-is-no-test",
        shown(health_code(), credential(proofs=(Proof(ProofKind.VACCINATION, None),))),
        REVIEW,
        {"test_missing"},
    ),
    # 4. One holder.
    ("4-other-name", shown(health_code(), certificate(LIN)), REVIEW, {"holder_mismatch"}),
    ("4-other-tail", shown(health_code(), certificate(replace(WANG, id_tail="9999"))), REVIEW, {"holder_mismatch"}),
    ("4-one-without-tail", shown(health_code(), certificate(Holder("王小明"))), PASS, set()),
    ("4-name-normalised", shown(health_code(Holder("Li Ｍing")), certificate(Holder("LI·MING"))), PASS, set()),
    ("4-name-of-nothing", shown(credential(Holder("***"))), REVIEW, {"holder_mismatch"}),
    ("4-could-be-two", occupant(ambiguous=True), REVIEW, {"holder_ambiguous"}),
    ("4-hash-holds", shown(credential(salted(WANG, WANG_ID)), id_number=WANG_ID), PASS, set()),
    ("4-hash-fails", shown(credential(salted(WANG, "11010519491231002X")), id_number=WANG_ID), REVIEW, {"id_mismatch"}),
    ("4-hash-without-a-whole-id", shown(credential(salted(WANG, "11010519491231002X"))), PASS, set()),
    ("4-tail-fails", shown(credential(LIN), id_number=WANG_ID), REVIEW, {"id_mismatch"}),
    (
        "4-each-hash-by-its-own-salt",
        shown(
            health_code(salted(WANG, WANG_ID, b"a" * 16)),
            certificate(salted(WANG, WANG_ID, b"b" * 16)),
            id_number=WANG_ID,
        ),
        PASS,
        set(),
    ),
    # 5. Temperature.
    *((f"5-{good}", occupant(readings=readings(good)), PASS, set()) for good in (34.0, 36.5, 37.29)),
    *(
        (f"5-{bad}", occupant(readings=readings(bad)), REVIEW, {"temperature_implausible"})
        for bad in (33.99, 43.01, 99.9, 0.0, -40.0, float("nan"), float("inf"))
    ),
    ("5-implausible-then-good", occupant(readings=readings(99.9, 36.5)), PASS, set()),
    ("5-good-then-implausible", occupant(readings=readings(36.5, 99.9)), REVIEW, {"temperature_implausible"}),
    ("5-implausible-twice", occupant(readings=readings(99.9, 20.0, 36.5)), REVIEW, {"temperature_implausible"}),
    ("5-high-once", occupant(readings=readings(37.3)), REVIEW, {"temperature_high_once"}),
    ("5-high-43", occupant(readings=readings(43.0)), REVIEW, {"temperature_high_once"}),
    ("5-high-then-normal", occupant(readings=readings(37.9, 36.9)), PASS, set()),
    ("5-high-then-normal-at-five", occupant(readings=readings(37.9, 36.9, apart=5 * MINUTE)), PASS, set()),
    (
        "5-high-then-normal-too-soon",
        occupant(readings=readings(37.9, 36.9, apart=5 * MINUTE - SECOND)),
        REVIEW,
        {"temperature_high_once"},
    ),
    ("5-high-twice", occupant(readings=readings(37.9, 37.3)), REFUSE, {"temperature_high_twice"}),
    ("5-high-twice-too-soon", occupant(readings=readings(37.9, 38.1, apart=MINUTE)), REVIEW, {"temperature_high_once"}),
    ("5-high-high-normal", occupant(readings=readings(37.9, 37.8, 36.5)), REFUSE, {"temperature_high_twice"}),
    ("5-normal-then-high", occupant(readings=readings(36.5, 37.9)), REVIEW, {"temperature_high_once"}),
    ("5-no-thermometer", occupant(readings=()), REVIEW, {"temperature_missing"}),
    # 6. The plate.
    ("6-missing", evidence(plate=None), REVIEW, {"plate_missing"}),
    ("6-other", evidence(plate=OTHER_PLATE), REVIEW, {"plate_irregular"}),
    ("6-none", evidence(plate=NoPlate("新车")), REVIEW, {"no_plate"}),
    # 7. Watchlist, replay, age of the code.
    ("7-person", occupant(watch=(HIT,)), REFUSE, {"watchlisted"}),
    ("7-namesake", occupant(watch=(NAMESAKE,)), REVIEW, {"watchlist_namesake"}),
    ("7-vehicle", evidence(vehicle_watch=(HIT,)), REFUSE, {"vehicle_watchlisted"}),
    (
        "7-replay",
        occupant(codes=tuple(replace(one, elsewhere=NOW - 3 * MINUTE) for one in seen(credential()))),
        REVIEW,
        {"code_replayed"},
    ),
    ("7-iat-24h", shown(health_code(issued=NOW - 24 * HOUR), certificate()), PASS, set()),
    ("7-iat-over-24h", shown(health_code(issued=NOW - 24 * HOUR - SECOND), certificate()), REVIEW, {"health_stale"}),
    ("7-iat-unknown", shown(health_code(issued=None), certificate()), REVIEW, {"health_stale"}),
    ("7-a-test's-iat-does-not-matter", shown(health_code(), certificate(issued=NOW - 6 * DAY)), PASS, set()),
    # 8. By hand.
    ("8-paper", occupant(codes=(), manual=(PAPER,)), REVIEW, {"manual_entry"}),
    (
        "8-red-on-paper",
        occupant(codes=(), manual=(replace(PAPER, health=Health(RED)),)),
        REFUSE,
        {"manual_entry", "health_red"},
    ),
    # 10. Abandoned, exempt, children.
    ("10-abandoned", evidence(abandoned=True), REVIEW, {"abandoned"}),
    ("10-exempt", evidence(occupants=(), people=None, exemption=Exemption("救护车")), PASS, set()),
    ("10-exempt-no-plate", evidence(plate=None, exemption=Exemption("救护车")), REVIEW, {"plate_missing"}),
    (
        "10-exempt-plate-irregular",
        evidence(plate=plates.parse("闽I12345"), exemption=Exemption("救护车")),
        REVIEW,
        {"plate_irregular"},
    ),
    (
        "10-exempt-plate-denied",
        evidence(plate=NoPlate("新车"), exemption=Exemption("救护车")),
        REVIEW,
        {"no_plate"},
    ),
    ("10-exempt-no-reason", evidence(exemption=Exemption(" ")), REVIEW, {"exempt_incomplete"}),
    (
        "10-exempt-but-to-be-stopped",
        evidence(exemption=Exemption("救护车"), vehicle_watch=(HIT,)),
        REFUSE,
        {"vehicle_watchlisted"},
    ),
    ("10-child", evidence(occupant(), Occupant(child=True, readings=readings(36.6))), PASS, set()),
    ("10-child-with-fever", Occupant(child=True, readings=readings(38.0, 38.0)), REFUSE, {"temperature_high_twice"}),
    ("10-child-whose-code-is-red", replace(with_health(RED), child=True), REFUSE, {"health_red"}),
    ("10-child-not-measured", Occupant(child=True), REVIEW, {"temperature_missing"}),
    ("10-child-to-be-stopped", Occupant(child=True, readings=readings(36.6), watch=(HIT,)), REFUSE, {"watchlisted"}),
    # 11. Faults.
    ("11-fault", evidence(faults=("camera_failed",)), REVIEW, {"fault"}),
    ("11-fault-exempt", evidence(faults=("camera_failed",), exemption=Exemption("救护车")), REVIEW, {"fault"}),
    ("11-clock", evidence(clock=ClockState.UNTRUSTED), REVIEW, {"clock_untrusted"}),
    (
        "11-clock-exempt",
        evidence(clock=ClockState.UNTRUSTED, exemption=Exemption("救护车")),
        REVIEW,
        {"clock_untrusted"},
    ),
    ("11-clock-given", evidence(clock=ClockState.GIVEN), PASS, set()),
    (
        "11-fault-hides-no-refusal",
        evidence(with_health(RED), faults=("camera_failed",)),
        REFUSE,
        {"fault", "health_red"},
    ),
    # 12. The trust list's age.
    ("12-fresh", trusting(24 * HOUR), PASS, set()),
    ("12-warned-of", trusting(25 * HOUR), PASS, set()),
    ("12-seven-days", trusting(7 * DAY), PASS, set()),
    ("12-expired", trusting(7 * DAY + SECOND), REVIEW, {"trust_list_expired"}),
    ("12-undated", trusting(None), REVIEW, {"trust_list_undated"}),
    ("12-five-minutes-ahead", trusting(-5 * MINUTE), PASS, set()),
    ("12-from-the-future", trusting(-6 * MINUTE), REVIEW, {"clock_untrusted"}),
    # 13. Demonstration keys.
    ("13-demo", trusting(HOUR, demo=True), PASS, set()),
]


@pytest.mark.parametrize(("what", "outcome", "reasons"), [pytest.param(*line[1:], id=line[0]) for line in LINES])
def test_rule(what: Evidence | Occupant, outcome: Outcome, reasons: set[str]) -> None:
    verdict = judge(what)
    assert (verdict.outcome, against(verdict)) == (outcome, reasons)


@pytest.mark.parametrize(
    ("given", "what", "outcome"),
    [
        pytest.param(
            policy(test_none="review"), shown(health_code(), no_test=True), REVIEW, id="3-none-may-be-reviewed"
        ),
        pytest.param(policy(test_window_hours=24), with_tests(a_test(25 * HOUR)), REFUSE, id="3-another-window"),
        pytest.param(policy(test_window_hours=72), with_tests(a_test(72 * HOUR)), PASS, id="3-a-wider-window"),
        pytest.param(policy(fever_celsius=37.0), occupant(readings=readings(37.0)), REVIEW, id="5-another-fever"),
        pytest.param(policy(rest_minutes=0), occupant(readings=readings(38, 36.5, apart=SECOND)), PASS, id="5-no-rest"),
        pytest.param(
            policy(rest_minutes=0), occupant(readings=readings(38.0)), REVIEW, id="5-no-rest-yet-measured-again"
        ),
        pytest.param(policy(health_max_age_hours=0.1), occupant(), REVIEW, id="7-another-age"),
        pytest.param(ACCEPTING, occupant(codes=(), manual=(PAPER,)), PASS, id="8-paper-accepted"),
        pytest.param(
            ACCEPTING,
            occupant(codes=(), manual=(replace(PAPER, test=a_test(49 * HOUR)),)),
            REFUSE,
            id="8-paper-accepted-and-too-old",
        ),
        pytest.param(
            ACCEPTING,
            occupant(codes=seen(health_code()), manual=(ManualEntry(LIN, Medium.PAPER, None, NEGATIVE),)),
            REVIEW,
            id="8-paper-of-another",
        ),
        pytest.param(policy(trust_expire_days=1), trusting(25 * HOUR), REVIEW, id="12-another-expiry"),
        pytest.param(policy(production=True), trusting(HOUR, demo=True), REVIEW, id="13-production-refuses-demo"),
    ],
)
def test_rule_is_policy(given: Policy, what: Evidence | Occupant, outcome: Outcome) -> None:
    assert judge(what, given).outcome is outcome


def test_rule_5_one_reading_given_twice_is_two_readings() -> None:
    high = Reading(38.0, NOW)
    assert judge(occupant(readings=(high, high)), policy(rest_minutes=0)).outcome is REFUSE


def test_a_verdict_hangs_on_the_time_given_alone() -> None:
    what = evidence()
    later: datetime = NOW + 39 * HOUR
    assert judge(what).outcome is PASS
    assert judge(what, now=later).outcome is not PASS
    assert judge(what) == judge(what)


def test_nobody_is_a_child_where_the_age_is_nought() -> None:
    seen = evidence(occupant(), Occupant(child=True, readings=readings(36.6)))
    assert judge(seen, policy(child_age=0)).outcome is REVIEW
