"""One vehicle's check: what the officer does, what is missing, and what an end ends."""

from collections.abc import Callable

import pytest

from scanner.credentials import BadSignature, HealthState, Holder
from station.check import Check, CheckError, Item, Kind, Missing, Phase
from station.evidence import ClockState, Direction, Medium
from station.verdict import Outcome
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
    check,
    complete_check,
    credential,
    health_code,
    of,
    offered,
    policy,
)

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


def test_neither_the_driver_nor_who_has_shown_a_code_becomes_a_child_by_one_touch() -> None:
    one = check()
    one.offer_code(credential(WANG), NOW)
    one.offer_code(credential(LIN), NOW)
    one.enter_by_hand(2, Holder("陈静", 10, "5678"), Medium.PAPER, health=GREEN)
    for occupant in range(3):
        with pytest.raises(CheckError) as refused:
            one.mark_child(occupant)
        assert refused.value.code == "child_not_possible"
    one.mark_child(3)
    one.mark_child(0, child=False)


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
    "mark_child": lambda one: one.mark_child(1),
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
