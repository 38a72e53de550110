"""What holds of every verdict: it is never a pass with anything wrong, it is always given, and it never improves."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station import texts
from station.evidence import Evidence, FailedCode
from station.policy import MAX_PEOPLE
from station.texts import LANGUAGES
from station.verdict import Outcome
from tests.station.builders import against, judge, policy
from tests.station.evidences import (
    SPOIL_ONE,
    SPOIL_VEHICLE,
    anything,
    good_vehicles,
    instants,
    spoil_occupant,
)

few = settings(max_examples=6, deadline=None)
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
POLICIES = st.sampled_from(
    [
        policy(),
        policy(manual="accept", test_none="review", rest_minutes=0, trust_expire_days=0),
        policy(production=True),
    ]
)


@settings(max_examples=60, deadline=None)
@given(good_vehicles())
def test_a_vehicle_in_perfect_order_passes(vehicle: Evidence) -> None:
    verdict = judge(vehicle)
    assert not against(verdict)
    assert verdict.outcome is Outcome.PASS


@pytest.mark.parametrize("name", SPOIL_ONE)
@few
@given(vehicle=good_vehicles(), index=st.integers(0, 4))
def test_one_thing_wrong_with_one_person_is_never_a_pass(name: str, vehicle: Evidence, index: int) -> None:
    spoilt = spoil_occupant(vehicle, index, SPOIL_ONE[name])
    assert judge(spoilt).outcome > Outcome.PASS


@pytest.mark.parametrize("name", SPOIL_VEHICLE)
@few
@given(vehicle=good_vehicles())
def test_one_thing_wrong_with_the_vehicle_or_the_station_is_never_a_pass(name: str, vehicle: Evidence) -> None:
    assert judge(SPOIL_VEHICLE[name](vehicle)).outcome > Outcome.PASS


@settings(max_examples=50, deadline=None)
@given(
    vehicle=good_vehicles(),
    index=st.integers(0, 4),
    # Somebody not looked at and one fewer counted is a whole vehicle again.
    wrong=st.lists(st.sampled_from(sorted(SPOIL_VEHICLE.keys() - {"one not looked at"})), min_size=1, max_size=4),
)
def test_several_things_wrong_do_not_make_it_right(vehicle: Evidence, index: int, wrong: list[str]) -> None:
    for name in wrong:
        vehicle = SPOIL_VEHICLE[name](vehicle)
    assert judge(vehicle).outcome > Outcome.PASS


@many
@given(evidence=anything, now=instants, rules=POLICIES)
def test_there_is_always_a_verdict_and_it_is_the_worst_of_its_reasons(
    evidence: Evidence, now: datetime, rules: object
) -> None:
    verdict = judge(evidence, rules, now)  # type: ignore[arg-type]  # a Policy, sampled
    assert verdict.outcome == max(reason.outcome for reason in verdict.reasons) == verdict.deciding.outcome
    assert list(verdict.reasons) == sorted(verdict.reasons, key=lambda reason: -reason.outcome)
    assert len(verdict.occupants) <= max(MAX_PEOPLE, len(evidence.occupants))
    for index, occupant in enumerate(verdict.occupants):
        assert occupant.outcome == max(reason.outcome for reason in occupant.reasons) <= verdict.outcome
        assert {reason.occupant for reason in occupant.reasons} == {index}


@many
@given(evidence=anything, now=instants)
def test_every_reason_of_every_verdict_has_its_sentence_in_both_languages(evidence: Evidence, now: datetime) -> None:
    for reason in judge(evidence, now=now).reasons:
        for language in LANGUAGES:
            assert texts.reason(reason, language).strip()


@many
@given(evidence=anything, now=instants, fault=st.text(max_size=5))
def test_a_fault_never_improves_a_verdict_and_never_leaves_a_pass(
    evidence: Evidence, now: datetime, fault: str
) -> None:
    before = judge(evidence, now=now).outcome
    after = judge(replace(evidence, faults=(*evidence.faults, fault)), now=now).outcome
    assert after == max(before, Outcome.REVIEW)


@many
@given(evidence=anything, now=instants)
def test_a_failed_code_never_improves_a_verdict(evidence: Evidence, now: datetime) -> None:
    failed = (*evidence.failed, FailedCode("signature_invalid"))
    assert judge(replace(evidence, failed=failed), now=now).outcome >= judge(evidence, now=now).outcome


@settings(max_examples=100, deadline=None)
@given(
    vehicle=good_vehicles(),
    wrong=st.lists(st.sampled_from(sorted(SPOIL_ONE)), max_size=1),
    amiss=st.lists(st.sampled_from(sorted(SPOIL_VEHICLE)), max_size=1),
)
def test_a_pass_has_everything(vehicle: Evidence, wrong: list[str], amiss: list[str]) -> None:
    """Said once more, from the other side."""
    for name in wrong:
        vehicle = spoil_occupant(vehicle, 0, SPOIL_ONE[name])
    for name in amiss:
        vehicle = SPOIL_VEHICLE[name](vehicle)
    verdict = judge(vehicle)
    complete = (
        vehicle.people == len(vehicle.occupants) > 0
        and vehicle.plate is not None
        and not (vehicle.faults or vehicle.failed or vehicle.abandoned)
        and all(one.has_health and one.has_test and one.readings for one in vehicle.occupants)
    )
    assert (verdict.outcome is Outcome.PASS) == (not wrong and not amiss)
    assert complete or verdict.outcome > Outcome.PASS
