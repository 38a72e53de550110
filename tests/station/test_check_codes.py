"""One vehicle's check, the codes: in any order, whose they are, failed, or seen before."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.credentials import BadSignature, Credential, HealthState, Holder, Test, TestResult, UnknownCode
from station.check import Kind
from station.evidence import Medium
from station.replay import ReplayMemory
from station.verdict import Code, Outcome
from tests.station.builders import (
    GREEN,
    HOUR,
    LIN,
    MINUTE,
    NOW,
    SECOND,
    WANG,
    WANG_ID,
    against,
    certificate,
    check,
    codes,
    complete_check,
    credential,
    health_code,
    of,
    offered,
    salted,
)

CHEN = Holder("陈静", 10, "5678")
OTHER_WANG = Holder("王小明", 10, "9876")
NAMELESS_TAIL = Holder("王小明")
ANNA = Holder("Anna Schmidt", birth_date="1990-01-01", latin_name="ANNA SCHMIDT")


# --- codes in any order ----------------------------------------------------------------------------------------------


def test_a_complete_check_of_one_passes() -> None:
    one = complete_check()
    assert one.missing() == ()
    assert one.conclude(NOW).outcome is Outcome.PASS
    assert one.kind is Kind.CHECKED


@settings(max_examples=60, deadline=None)
@given(st.permutations([*of(WANG), *of(LIN), *of(OTHER_WANG), credential(ANNA)]))
def test_the_order_of_codes_does_not_matter(order: list[Credential]) -> None:
    verdict = offered(*order, people=4).conclude(NOW)
    assert verdict.outcome is Outcome.PASS


@settings(max_examples=60, deadline=None)
@given(st.permutations([*of(WANG), health_code(LIN, HealthState.RED), certificate(LIN), health_code(CHEN)]))
def test_each_order_gives_each_person_their_own_reasons(order: list[Credential]) -> None:
    verdict = offered(*order, people=3).conclude(NOW)
    assert verdict.outcome is Outcome.REFUSE
    found = sorted(sorted(str(reason.code) for reason in one.reasons) for one in verdict.occupants)
    assert found == [
        ["health_green", "temperature_normal", "test_missing"],
        ["health_green", "temperature_normal", "test_negative"],
        ["health_red", "temperature_normal", "test_negative"],
    ]


@settings(max_examples=80, deadline=None)
@given(st.permutations([certificate(NAMELESS_TAIL), *of(WANG), *of(OTHER_WANG)]))
def test_a_code_that_could_be_either_namesake_s_is_a_review_in_any_order(order: list[Credential]) -> None:
    verdict = offered(*order, people=2).conclude(NOW)
    assert Code.HOLDER_AMBIGUOUS in codes(verdict)
    assert verdict.outcome is Outcome.REVIEW


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*of(WANG), *of(LIN), certificate(NAMELESS_TAIL), *of(OTHER_WANG)]), max_size=12))
def test_a_code_shown_again_changes_nothing(shown: list[Credential]) -> None:
    one = offered(*shown)
    before = one.evidence
    for code in shown:
        index = one.offer_code(code, NOW + SECOND)
        assert code in [seen.credential for seen in one.evidence.occupants[index].codes]
    assert one.evidence == before


def test_one_certificate_serves_one_person_however_often_the_camera_sees_it() -> None:
    one = offered(health_code(WANG), health_code(OTHER_WANG), *[certificate(NAMELESS_TAIL)] * 5, people=2)
    assert sum(occupant.has_test for occupant in one.evidence.occupants) == 1


def test_two_of_one_name_are_told_apart_by_their_tails() -> None:
    one = offered(*of(WANG), *of(OTHER_WANG), people=2)
    assert [occupant.holders[0].id_tail for occupant in one.evidence.occupants] == ["1236", "9876"]
    assert one.conclude(NOW).outcome is Outcome.PASS


def test_two_of_one_name_without_tails_are_one_person_and_the_other_is_missing() -> None:
    codes_of_two = [replace(code, code_id=str(n)) for n, code in enumerate([*of(NAMELESS_TAIL), *of(NAMELESS_TAIL)])]
    assert offered(*codes_of_two, people=2).conclude(NOW).outcome is Outcome.REVIEW


def test_health_code_and_certificate_of_two_people_do_not_make_one() -> None:
    one = offered(health_code(WANG), certificate(LIN))
    assert len(one.evidence.occupants) == 2
    assert against(one.conclude(NOW)) == {
        "more_holders_than_people",
        "health_missing",
        "test_missing",
        "temperature_missing",
    }


def test_a_code_fills_the_place_where_a_temperature_was_taken_first() -> None:
    one = check()
    one.take_temperature(0, 36.5, NOW)
    assert one.offer_code(credential(), NOW) == 0


def test_a_child_s_place_is_not_filled_by_a_code() -> None:
    one = check()
    one.mark_child(1)
    assert one.offer_code(credential(), NOW) == 0
    assert one.offer_code(credential(LIN), NOW) == 2


def test_a_code_finds_the_person_whose_id_was_typed() -> None:
    one = check()
    one.enter_id(0, WANG_ID)
    one.enter_id(1, "11010519491231002X")
    assert one.offer_code(credential(Holder("林晓岚", 10, "002X")), NOW) == 1
    assert one.offer_code(credential(WANG), NOW) == 0


def test_of_two_namesakes_the_one_whose_typed_id_fits_is_meant() -> None:
    """Their codes carry no tails, only hashes; the officer has typed both IDs."""
    mine, theirs = salted(NAMELESS_TAIL, WANG_ID), salted(NAMELESS_TAIL, "11010519491231002X")
    one = check()
    one.enter_by_hand(0, WANG, Medium.ID_CARD, health=GREEN)
    one.enter_by_hand(1, OTHER_WANG, Medium.ID_CARD, health=GREEN)
    one.enter_id(0, WANG_ID)
    one.enter_id(1, "11010519491231002X")
    assert one.offer_code(certificate(theirs, code_id="theirs"), NOW) == 1
    assert one.offer_code(certificate(mine, code_id="mine"), NOW) == 0


# --- failures --------------------------------------------------------------------------------------------------------


def test_a_failed_code_is_a_review_and_taken_once() -> None:
    one = complete_check()
    for _ in range(3):
        one.offer_failure(BadSignature(), b"JKM1:forged")
        one.offer_unreadable()
    assert len(one.evidence.failed) == 2
    assert against(one.conclude(NOW)) == {"signature_invalid", "code_unreadable"}


def test_a_failure_keeps_a_hash_and_not_the_payload() -> None:
    one = check()
    one.offer_failure(UnknownCode(content="text", length=2), "广告".encode())
    (failed,) = one.evidence.failed
    assert failed.payload_sha256 is not None
    assert len(failed.payload_sha256) == 64
    assert one.holds_anything


def test_dismissing_an_advertisement_leaves_the_forgery() -> None:
    one = complete_check()
    one.offer_failure(UnknownCode(content="text", length=2), b"1")
    one.offer_failure(BadSignature(), b"2")
    one.dismiss_failures({"code_unknown"})
    assert against(one.conclude(NOW)) == {"signature_invalid"}


def test_reading_too_long_is_a_failure_of_its_own() -> None:
    one = complete_check()
    one.offer_unreadable(Code.CODE_TIMED_OUT)
    assert against(one.conclude(NOW)) == {"code_timed_out"}


# --- replay ----------------------------------------------------------------------------------------------------------


def second_sight(*, later: timedelta, plate: str = "闽E54321", linked: bool = False) -> set[str]:
    """The same driver's codes once more, some time later."""
    first = complete_check(replay=ReplayMemory(10 * MINUTE))
    first.conclude(NOW)
    again = complete_check(plate=plate, replay=first.replay, recheck_of=(first.id,) if linked else ())
    return against(again.conclude(NOW + later))


@pytest.mark.parametrize(
    ("later", "reasons"),
    [
        (timedelta(), {"code_replayed"}),
        (10 * MINUTE, {"code_replayed"}),
        (10 * MINUTE + SECOND, set()),
        (-MINUTE, {"code_replayed"}),
    ],
)
def test_a_code_at_another_vehicle_within_ten_minutes_is_a_review(later: timedelta, reasons: set[str]) -> None:
    assert second_sight(later=later) == reasons


def test_the_same_vehicle_coming_again_is_no_replay() -> None:
    assert second_sight(later=MINUTE, plate="闽E12345") == set()


def test_a_recheck_linked_to_the_first_is_no_replay_even_with_its_plate_corrected() -> None:
    assert second_sight(later=MINUTE, linked=True) == set()


def test_an_abandoned_check_s_codes_are_remembered_too() -> None:
    first = complete_check()
    first.abandon(NOW)
    again = complete_check(plate="闽E54321", replay=first.replay)
    assert against(again.conclude(NOW + MINUTE)) == {"code_replayed"}


def test_a_code_shown_at_two_vehicles_before_either_ends_is_told_at_the_second_end() -> None:
    memory = ReplayMemory(10 * MINUTE)
    first, second = complete_check(replay=memory), complete_check(plate="闽E54321", replay=memory)
    assert first.conclude(NOW).outcome is Outcome.PASS
    assert against(second.conclude(NOW + SECOND)) == {"code_replayed"}


def test_a_positive_test_refuses_whoever_s_temperature_is_normal() -> None:
    one = complete_check()
    one.offer_code(certificate(WANG, Test(NOW - HOUR, TestResult.POSITIVE), code_id="second"), NOW)
    assert against(one.conclude(NOW)) == {"test_positive"}
