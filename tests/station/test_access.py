"""Who somebody is, and what they may do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from db import events
from db.engine import Database, open_database
from db.people import get
from db.pins import hash_pin, verify_pin
from db.records import PersonRecord
from station.access import AccessError, Action, Role, authorise, identify, may
from tests.station.builders import NOW
from tests.station.conftest import PIN

HERE: dict[str, Any] = {"station": "LS-1", "now": NOW}


TABLE = """
                         officer  lead  auditor  administrator
view_log                    x      x       x          x
verify                      x      x       x          x
check                       x      x       .          .
release                     .      x       .          .
swap                        x      x       .          .
plan                        .      x       .          .
publish                     .      x       .          .
approve                     .      x       .          .
hand_over                   .      x       .          .
search_fragment             x      x       x          .
unmask                      .      x       x          .
view_figures                .      x       x          .
export                      .      x       x          .
export_personal             .      .       x          .
keep_heads                  .      x       x          x
import_policy               .      .       .          x
import_trust                .      .       .          x
import_watchlist            .      x       .          .
import_sampling_points      .      x       .          x
keep_people                 .      .       .          x
set_pins                    .      .       .          x
print_badges                .      x       .          x
configure                   x      x       .          x
retention                   .      .       .          x
legal_hold                  .      .       .          x
backup                      .      .       .          x
restore                     .      .       .          x
recovery_key                .      .       .          x
"""
"""Written by hand, apart from the product's own."""
_ROLES, *_LINES = (line.split() for line in TABLE.strip().splitlines())
MAY = {
    (Role(role), Action(action)): mark == "x"
    for action, *marks in _LINES
    for role, mark in zip(_ROLES, marks, strict=True)
}


def test_every_role_may_do_what_the_table_says_and_nothing_else() -> None:
    assert {(role, action): may(role, action) for role in Role for action in Action} == MAY


def test_the_right_pin_tells_who_it_is(staffed: Database) -> None:
    person = identify(staffed, "O1", PIN, **HERE)
    assert isinstance(person, PersonRecord)
    assert person == get(staffed, "O1")


@pytest.mark.parametrize(
    ("code", "pin"),
    [
        ("O1", "246811"),
        ("O1", ""),
        ("O1", "２４６８１０"),
        ("o1", PIN),
        ("X9", PIN),
        ("X9", "0000"),
        ("N1", PIN),
        ("N1", "0000"),
        ("G1", "1357"),
    ],
)
def test_a_wrong_pin_and_an_unknown_code_are_not_told_apart(staffed: Database, code: str, pin: str) -> None:
    with pytest.raises(AccessError) as caught:
        identify(staffed, code, pin, **HERE)
    assert (caught.value.code, caught.value.params) == ("pin_wrong", {})


def test_an_unknown_code_costs_one_verification_as_a_wrong_pin_does(
    staffed: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def hashed(pin: str) -> str:
        done.append("hash")
        return hash_pin(pin)

    def verified(pin_hash: str, pin: str) -> bool:
        done.append(pin_hash.split("$")[3])
        return verify_pin(pin_hash, pin)

    with pytest.raises(AccessError):
        identify(
            staffed, "X9", "999999", **HERE
        )  # the first of a process makes the hash that strangers are held against
    monkeypatch.setattr("station.access.hash_pin", hashed)
    monkeypatch.setattr("station.access.verify_pin", verified)
    for code in ("O1", "X9", "N1"):
        with pytest.raises(AccessError):
            identify(staffed, code, "999999", **HERE)
    assert done == [hash_pin(PIN).split("$")[3]] * 3, "each as costly as any other"


def try_(database: Database, code: str, pin: str, now: datetime = NOW) -> tuple[str, int]:
    """What is answered, and the seconds to wait."""
    try:
        identify(database, code, pin, station="LS-1", now=now)
    except AccessError as error:
        return error.code, int(error.params.get("seconds", 0))
    return "", 0


def wrong(database: Database, times: int, code: str = "L1", now: datetime = NOW) -> None:
    for _ in range(times):
        assert try_(database, code, "000000", now) == ("pin_wrong", 0)


def test_each_wrong_pin_is_an_event_that_holds_no_pin(staffed: Database) -> None:
    wrong(staffed, 1)
    wrong(staffed, 1, code="975310")  # a PIN in the field of the code
    kept = events.newest(staffed, kind="pin_wrong")
    assert [event.details for event in kept if "L1" in event.details] == ['{"person": "L1"}']
    assert len(kept) == 2
    assert not any("0000" in event.details or "975310" in event.details for event in kept)


@pytest.mark.parametrize("code", ["L1", "X9"])
def test_after_five_wrong_pins_in_a_row_nobody_tries_for_a_while_that_grows(staffed: Database, code: str) -> None:
    wrong(staffed, 5, code)
    assert try_(staffed, code, PIN) == ("pin_waits", 30)
    assert try_(staffed, code, PIN, NOW + timedelta(seconds=29.5)) == ("pin_waits", 1)
    later = NOW + timedelta(seconds=30)
    wrong(staffed, 1, code, later)
    assert try_(staffed, code, PIN, later) == ("pin_waits", 60)
    assert try_(staffed, "O1", PIN, later) == ("", 0)


def test_of_wrong_pins_at_the_same_instant_no_more_are_answered_than_of_any(
    staffed: Database, path: Path, at_once: Callable[..., list[Any]]
) -> None:
    wrong(staffed, 4)
    with open_database(path) as other:
        raised = at_once(*(partial(identify, one, "L1", "000000", **HERE) for one in (staffed, other)))
    assert sorted(error.code for error in raised) == ["pin_waits", "pin_wrong"]
    assert len(events.newest(staffed, kind="pin_wrong")) == 5


def test_each_right_pin_is_an_event(staffed: Database) -> None:
    for code in ("O1", "L1", "O1"):
        identify(staffed, code, PIN, **HERE)
    told = [event.details for event in events.newest(staffed, kind="pin_right")]
    assert sorted(told) == ['{"person": "L1"}', '{"person": "O1"}', '{"person": "O1"}']


def test_the_wait_ends_at_a_quarter_of_an_hour(staffed: Database) -> None:
    now = NOW
    for _ in range(12):
        wrong(staffed, 1, now=now)
        now += timedelta(minutes=15)
    assert try_(staffed, "L1", PIN, now - timedelta(minutes=15)) == ("pin_waits", 900)
    assert try_(staffed, "L1", PIN, now) == ("", 0)


def test_the_right_pin_begins_the_count_anew(staffed: Database) -> None:
    wrong(staffed, 4)
    assert try_(staffed, "L1", PIN) == ("", 0)
    wrong(staffed, 4)
    assert try_(staffed, "L1", PIN) == ("", 0)


def test_a_restart_shortens_no_wait(staffed: Database, path: Path) -> None:
    wrong(staffed, 5)
    with open_database(path) as again:
        assert try_(again, "L1", PIN) == ("pin_waits", 30)


def test_a_clock_set_back_lengthens_no_wait(staffed: Database) -> None:
    wrong(staffed, 5)
    assert try_(staffed, "L1", PIN, NOW - timedelta(hours=5)) == ("pin_waits", 30)


def test_somebody_who_left_is_told_so_by_their_own_pin_alone(staffed: Database) -> None:
    with pytest.raises(AccessError, match="person_inactive"):
        identify(staffed, "G1", PIN, **HERE)


@pytest.mark.parametrize(
    ("code", "action"), [("O1", Action.RELEASE), ("A1", Action.CHECK), ("M1", Action.CHECK), ("M1", Action.RELEASE)]
)
def test_a_role_that_may_not_is_refused(staffed: Database, code: str, action: Action) -> None:
    with pytest.raises(AccessError, match="not_allowed"):
        authorise(staffed, code, PIN, action, **HERE)
