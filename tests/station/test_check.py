"""One vehicle's check: codes in any order, whose they are, what is missing, and what an end ends."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.credentials import BadSignature, Credential, HealthState, Holder, Test, TestResult, UnknownCode
from station.check import Check, CheckError, Item, Kind, Missing, Phase
from station.evidence import ClockState, Direction, Medium
from station.replay import ReplayMemory
from station.verdict import Code, Outcome
from station.watchlist import read_watchlist
from tests.station.builders import (
    GREEN,
    HOUR,
    LIN,
    MINUTE,
    NEGATIVE,
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
    policy,
    salted,
)

CHEN = Holder("陈静", 10, "5678")
OTHER_WANG = Holder("王小明", 10, "9876")
NAMELESS_TAIL = Holder("王小明")
ANNA = Holder("Anna Schmidt", birth_date="1990-01-01", latin_name="ANNA SCHMIDT")


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
    one.mark_child(0)
    assert one.offer_code(credential(), NOW) == 1


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
    one.offer_failure(UnknownCode(start="广告"), "广告".encode())
    (failed,) = one.evidence.failed
    assert failed.payload_sha256 is not None
    assert len(failed.payload_sha256) == 64
    assert one.holds_anything


def test_dismissing_an_advertisement_leaves_the_forgery() -> None:
    one = complete_check()
    one.offer_failure(UnknownCode(start="广告"), b"1")
    one.offer_failure(BadSignature(), b"2")
    one.dismiss_failures({"code_unknown"})
    assert against(one.conclude(NOW)) == {"signature_invalid"}


def test_reading_too_long_is_a_failure_of_its_own() -> None:
    one = complete_check()
    one.offer_unreadable(Code.CODE_TIMED_OUT)
    assert against(one.conclude(NOW)) == {"code_timed_out"}


# --- what the officer does -------------------------------------------------------------------------------------------


def test_what_is_missing_in_the_order_of_the_checklist() -> None:
    one = check()
    health, test, temperature = Item.HEALTH, Item.TEST, Item.TEMPERATURE
    assert one.missing() == (
        Missing(health, 0),
        Missing(test, 0),
        Missing(temperature, 0),
        Missing(Item.PLATE),
        Missing(Item.PEOPLE),
    )
    one.confirm_people(2)
    one.offer_code(health_code(), NOW)
    one.declare_no_test(1)
    assert one.missing() == (
        Missing(test, 0),
        Missing(temperature, 0),
        Missing(health, 1),
        Missing(temperature, 1),
        Missing(Item.PLATE),
    )
    one.mark_child(1)
    one.set_plate("闽E12345")
    assert one.missing() == (Missing(test, 0), Missing(temperature, 0), Missing(temperature, 1))
    one.mark_child(1, child=False)
    assert Missing(health, 1) in one.missing()


def test_a_refusal_shows_at_once_and_anything_else_when_nothing_is_missing() -> None:
    one = check()
    one.offer_code(health_code(), NOW)
    assert one.verdict(NOW) is None
    one.offer_code(health_code(LIN, HealthState.RED), NOW)
    shown = one.verdict(NOW)
    assert shown is not None
    assert shown.outcome is Outcome.REFUSE
    assert one.phase is Phase.OPEN


def test_a_pass_waits_for_the_count_of_people() -> None:
    one = check()
    for code in of(WANG):
        one.offer_code(code, NOW)
    one.take_temperature(0, 36.5, NOW)
    one.set_plate("闽E12345")
    assert one.verdict(NOW) is None
    one.confirm_people(1)
    shown = one.verdict(NOW)
    assert shown is not None
    assert shown.outcome is Outcome.PASS


@pytest.mark.parametrize(("rule", "outcome"), [("review", Outcome.REVIEW), ("accept", Outcome.PASS)])
def test_what_was_seen_by_eye_counts_as_the_policy_says(rule: str, outcome: Outcome) -> None:
    one = check(policy=policy(manual=rule))
    one.confirm_people(1)
    one.set_plate("闽E12345")
    one.take_temperature(0, 36.5, NOW)
    one.enter_by_hand(0, WANG, Medium.PAPER, test=NEGATIVE)
    one.enter_by_hand(0, WANG, Medium.SCREEN, health=GREEN)
    assert one.missing() == ()
    assert one.conclude(NOW).outcome is outcome
    assert [entry.medium for entry in one.evidence.occupants[0].manual] == [Medium.PAPER, Medium.SCREEN]


@pytest.mark.parametrize("typed", [WANG_ID, " 350625 19900307 1236 ", "３５０６２５１９９００３０７１２３６"])
def test_a_typed_id_is_kept_plain(typed: str) -> None:
    one = check()
    one.enter_id(0, typed)
    assert one.evidence.occupants[0].id_number == WANG_ID


@pytest.mark.parametrize("typed", ["350625199003071235", "35062519900307123", "", "张三", "350625199013071234"])
def test_a_mistyped_id_is_refused_and_changes_nothing(typed: str) -> None:
    one = check()
    with pytest.raises(CheckError) as caught:
        one.enter_id(0, typed)
    assert caught.value.code == "id_number_invalid"
    assert not one.holds_anything


def test_an_id_that_does_not_fit_the_code_is_a_review() -> None:
    one = complete_check()
    one.enter_id(0, "11010519491231002X")
    assert against(one.conclude(NOW)) == {"id_mismatch"}


def test_a_plate_typed_again_replaces_the_first() -> None:
    one = complete_check()
    one.set_plate("闽e·i2345")
    assert against(one.conclude(NOW)) == {"plate_irregular"}
    two = complete_check()
    two.declare_no_plate("新车")
    two.set_plate("闽E12345")
    assert two.conclude(NOW).outcome is Outcome.PASS


def test_a_test_shown_after_all_takes_the_place_of_none_declared() -> None:
    one = complete_check()
    one.declare_no_test(0)
    assert one.conclude(NOW).outcome is Outcome.PASS


def test_an_exempt_vehicle_needs_its_plate_alone() -> None:
    one = check()
    one.exempt(" 救护车 ")
    assert one.missing() == (Missing(Item.PLATE),)
    one.set_plate("闽E1234警")
    assert one.missing() == ()
    verdict = one.conclude(NOW)
    assert verdict.outcome is Outcome.PASS
    assert verdict.deciding.params == {"reason": "救护车"}
    assert one.kind is Kind.EXEMPT


def test_a_family_passes_with_a_child_measured_only() -> None:
    one = offered(*of(WANG), *of(LIN), people=3)
    one.mark_child(2)
    assert one.missing() == ()
    assert one.conclude(NOW).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (lambda one: one.confirm_people(0), "people_out_of_range"),
        (lambda one: one.confirm_people(100), "people_out_of_range"),
        (lambda one: one.take_temperature(-1, 36.5, NOW), "people_out_of_range"),
        (lambda one: one.take_temperature(99, 36.5, NOW), "people_out_of_range"),
        (lambda one: one.mark_child(-1), "people_out_of_range"),
        (lambda one: one.declare_no_test(-5), "people_out_of_range"),
        (lambda one: one.set_plate(" "), "plate_blank"),
        (lambda one: one.set_plate("·-"), "plate_blank"),
        (lambda one: one.declare_no_plate(" "), "reason_blank"),
        (lambda one: one.exempt(""), "reason_blank"),
        (lambda one: one.enter_by_hand(0, Holder(" "), Medium.PAPER, health=GREEN), "name_blank"),
        (lambda one: one.enter_by_hand(0, WANG, Medium.PAPER), "manual_entry_empty"),
        (lambda one: one.resume(), "check_not_parked"),
    ],
)
def test_a_step_that_does_not_fit_is_named_and_changes_nothing(step: Callable[[Check], object], code: str) -> None:
    for one in (check(), complete_check()):
        before = one.evidence
        with pytest.raises(CheckError) as caught:
            step(one)
        assert caught.value.code == code
        assert one.evidence == before


# --- phases ----------------------------------------------------------------------------------------------------------


def test_a_parked_vehicle_takes_nothing_until_it_is_taken_up_again() -> None:
    one = complete_check()
    one.take_temperature(0, 37.8, NOW)
    one.park()
    with pytest.raises(CheckError, match="check_not_open"):
        one.take_temperature(0, 36.5, NOW + 6 * MINUTE)
    one.resume()
    one.take_temperature(0, 36.5, NOW + 6 * MINUTE)
    assert one.conclude(NOW + 6 * MINUTE).outcome is Outcome.PASS


def test_two_vehicles_side_by_side_hold_nothing_of_each_other() -> None:
    """Re-arm: the next check begins empty, whatever the one before held."""
    first = complete_check()
    first.park()
    second = check(replay=first.replay)
    assert not second.holds_anything
    assert second.missing() == check().missing()
    second.offer_code(credential(LIN), NOW)
    first.resume()
    assert first.conclude(NOW).outcome is Outcome.PASS
    assert second.conclude(NOW).outcome is Outcome.REVIEW


def test_time_spent_parked_counts() -> None:
    one = complete_check()
    one.park()
    one.resume()
    assert against(one.conclude(NOW + 38 * HOUR + SECOND)) >= {"test_too_old", "code_expired"}


@pytest.mark.parametrize("parked", [False, True])
def test_an_abandoned_check_is_never_a_pass(parked: bool) -> None:
    one = complete_check()
    if parked:
        one.park()
    assert one.abandon(NOW).outcome is Outcome.REVIEW
    assert one.kind is Kind.ABANDONED


@pytest.mark.parametrize(
    ("step", "holds"),
    [
        (lambda _one: None, False),
        (lambda one: one.confirm_people(2), False),
        (lambda one: one.set_plate("闽E12345"), True),
        (lambda one: one.take_temperature(0, 36.5, NOW), True),
        (lambda one: one.offer_code(credential(), NOW), True),
        (lambda one: one.offer_unreadable(), True),
        (lambda one: one.exempt("救护车"), True),
    ],
)
def test_whether_an_abandoned_check_would_lose_anything(step: Callable[[Check], object], holds: bool) -> None:
    one = check()
    step(one)
    assert one.holds_anything is holds


STEPS: dict[str, Callable[[Check], object]] = {
    "offer_code": lambda one: one.offer_code(credential(LIN), NOW),
    "offer_failure": lambda one: one.offer_failure(BadSignature(), b"1"),
    "offer_unreadable": lambda one: one.offer_unreadable(),
    "dismiss_failures": lambda one: one.dismiss_failures(["code_unknown"]),
    "confirm_people": lambda one: one.confirm_people(2),
    "take_temperature": lambda one: one.take_temperature(0, 36.5, NOW),
    "set_plate": lambda one: one.set_plate("闽E54321"),
    "set_direction": lambda one: one.set_direction(Direction.IN),
    "declare_no_plate": lambda one: one.declare_no_plate("新车"),
    "declare_no_test": lambda one: one.declare_no_test(0),
    "mark_child": lambda one: one.mark_child(0),
    "enter_id": lambda one: one.enter_id(0, WANG_ID),
    "enter_by_hand": lambda one: one.enter_by_hand(0, WANG, Medium.PAPER, health=GREEN),
    "exempt": lambda one: one.exempt("救护车"),
    "park": lambda one: one.park(),
}
ENDS: dict[str, Callable[[Check], object]] = {
    "resume": lambda one: one.resume(),
    "conclude": lambda one: one.conclude(NOW),
    "abandon": lambda one: one.abandon(NOW),
}
ALWAYS = {"note_fault", "note_clock", "missing", "verdict", "sightings"}


def test_the_tables_name_every_step() -> None:
    methods = {name for name, value in vars(Check).items() if callable(value) and not name.startswith("_")}
    assert methods == STEPS.keys() | ENDS.keys() | ALWAYS


@pytest.mark.parametrize("name", [*STEPS, *ENDS])
def test_a_concluded_check_refuses_every_step_and_stays_as_it_was(name: str) -> None:
    one = complete_check()
    one.conclude(NOW)
    before = one.evidence, one.kind, len(one.replay.sightings)
    with pytest.raises(CheckError) as caught:
        (STEPS | ENDS)[name](one)
    assert caught.value.code in {"check_not_open", "check_not_parked", "check_concluded"}
    assert (one.evidence, one.kind, len(one.replay.sightings)) == before
    assert one.phase is Phase.CONCLUDED


@pytest.mark.parametrize("name", STEPS)
def test_a_parked_check_refuses_every_step(name: str) -> None:
    one = complete_check()
    one.park()
    before = one.evidence
    with pytest.raises(CheckError, match="check_not_open"):
        STEPS[name](one)
    assert one.evidence == before


# --- what the station notices ----------------------------------------------------------------------------------------


def test_a_fault_is_taken_in_any_phase_and_once() -> None:
    one = complete_check()
    one.note_fault("camera_failed")
    one.park()
    one.note_fault("camera_failed")
    one.conclude(NOW)
    one.note_fault("database_full")
    assert one.evidence.faults == ("camera_failed", "database_full")


def test_a_clock_once_untrusted_stays_so_for_this_check() -> None:
    one = complete_check()
    one.note_clock(ClockState.UNTRUSTED)
    one.note_clock(ClockState.TRUSTED)
    assert against(one.conclude(NOW)) == {"clock_untrusted"}


def test_a_watched_person_and_vehicle_are_found_when_it_counts() -> None:
    listed = f"name,id_number,plate,reason,contact\n王小明,{WANG_ID},,居家隔离,138\n,,闽E12345,逃检,110\n"
    watchlist = read_watchlist(listed.encode(), "watchlist.csv")
    one = complete_check(watchlist=watchlist)
    assert against(one.conclude(NOW)) == {"watchlist_namesake", "vehicle_watchlisted"}
    two = complete_check(plate="闽E54321", watchlist=watchlist)
    two.enter_id(0, WANG_ID)
    assert against(two.conclude(NOW)) == {"watchlisted"}


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
