"""What a verdict says beside its outcome: which reason decides, of whom, with which figures."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scanner.credentials import HealthState, TestKind
from station.evidence import Exemption
from station.verdict import Code, Outcome
from tests.station.builders import (
    FRESH,
    HIT,
    HOUR,
    MINUTE,
    NEGATIVE,
    NOW,
    SECOND,
    a_test,
    codes,
    credential,
    evidence,
    judge,
    occupant,
    policy,
    readings,
    seen,
    trusting,
    with_health,
    with_tests,
)


def test_rule_1_the_first_reason_decides_and_each_occupant_has_their_own() -> None:
    verdict = judge(evidence(occupant(), with_health(HealthState.RED)))
    assert verdict.deciding.code == Code.HEALTH_RED
    assert verdict.deciding.occupant == 1
    assert [one.outcome for one in verdict.occupants] == [Outcome.PASS, Outcome.REFUSE]
    assert {reason.occupant for reason in verdict.occupants[1].reasons} == {1}


def test_rule_5_nothing_is_added_to_a_reading() -> None:
    verdict = judge(occupant(readings=readings(36.4)))
    (reason,) = (reason for reason in verdict.reasons if reason.code == Code.TEMPERATURE_NORMAL)
    assert reason.params == {"celsius": 36.4}


def test_rule_7_a_hit_says_whom_to_call() -> None:
    assert judge(occupant(watch=(HIT,))).deciding.params == {"reason": "居家隔离", "contact": "李警官 138"}


def test_rule_7_a_replay_says_how_long_ago() -> None:
    replayed = tuple(replace(one, elsewhere=NOW - 3 * MINUTE) for one in seen(credential()))
    assert judge(occupant(codes=replayed)).deciding.params == {"minutes": 3}


def test_rule_3_only_an_antigen_test_is_told_to_be_one() -> None:
    assert "test_not_nucleic" not in codes(judge(evidence()))
    assert "test_not_nucleic" in codes(judge(with_tests(NEGATIVE, a_test(HOUR, kind=TestKind.ANTIGEN))))


def test_rule_10_an_exempt_vehicle_is_asked_nothing_else() -> None:
    verdict = judge(evidence(with_health(HealthState.RED), people=None, exemption=Exemption("救护车")))
    assert codes(verdict) == {"exempt"}
    assert verdict.occupants == ()


def test_rule_12_a_verdict_names_its_policy() -> None:
    assert judge(evidence(), policy(version="2026-11")).policy == "2026-11"


@pytest.mark.parametrize(("age", "told"), [(24 * HOUR, False), (24 * HOUR + SECOND, True)])
def test_rule_12_a_stale_trust_list_is_told(age: timedelta, told: bool) -> None:
    assert ("trust_list_stale" in codes(judge(trusting(age)))) is told


@pytest.mark.parametrize("demo", [True, False])
def test_rule_13_a_demo_key_is_told_on_every_verdict(demo: bool) -> None:
    assert ("demo" in codes(judge(evidence(trust=replace(FRESH, demo=demo))))) is demo
