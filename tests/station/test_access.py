"""Who somebody is, and what they may do."""

import pytest

from db import sign_ins
from db.engine import Database
from db.people import get
from db.pins import hash_pin, verify_pin
from db.records import PersonRecord
from shifts.model import THREE_SHIFTS
from station.access import AccessError, Action, Role, authorise, identify, may, sign_in, sign_out
from tests.station.builders import NOW
from tests.station.conftest import PIN


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        (Role.OFFICER, {Action.CHECK, Action.SWAP}),
        (Role.LEAD, set(Action)),
        (Role.AUDITOR, set()),
        (Role.ADMINISTRATOR, set()),
    ],
)
def test_what_a_role_may_do(role: Role, actions: set[Action]) -> None:
    assert {action for action in Action if may(role, action)} == actions


def test_the_right_pin_tells_who_it_is(staffed: Database) -> None:
    person = identify(staffed, "O1", PIN)
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
        identify(staffed, code, pin)
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
        identify(staffed, "X9", "999999")  # the first of a process makes the hash that strangers are held against
    monkeypatch.setattr("station.access.hash_pin", hashed)
    monkeypatch.setattr("station.access.verify_pin", verified)
    for code in ("O1", "X9", "N1"):
        with pytest.raises(AccessError):
            identify(staffed, code, "999999")
    assert done == ["m=65536,t=3,p=2"] * 3


def test_somebody_who_left_is_told_so_by_their_own_pin_alone(staffed: Database) -> None:
    with pytest.raises(AccessError, match="person_inactive"):
        identify(staffed, "G1", PIN)


@pytest.mark.parametrize(
    ("code", "action"), [("O1", Action.RELEASE), ("A1", Action.CHECK), ("M1", Action.CHECK), ("M1", Action.RELEASE)]
)
def test_a_role_that_may_not_is_refused(staffed: Database, code: str, action: Action) -> None:
    with pytest.raises(AccessError, match="not_allowed"):
        authorise(staffed, code, PIN, action)


def test_signing_in_puts_on_duty_for_the_shift_that_runs(staffed: Database) -> None:
    shift = THREE_SHIFTS.at(NOW)
    record = sign_in(staffed, station="LS-1", code="O1", pin=PIN, now=NOW, plan=THREE_SHIFTS)
    assert (record.shift_date, record.shift) == (shift.day, shift.code)
    sign_in(staffed, station="LS-1", code="L1", pin=PIN, now=NOW, plan=THREE_SHIFTS)
    assert sign_ins.on_duty(staffed, "LS-1", shift.day, shift.code) == ("O1", "L1")
    sign_out(staffed, station="LS-1", code="O1", now=NOW, plan=THREE_SHIFTS)
    assert sign_ins.on_duty(staffed, "LS-1", shift.day, shift.code) == ("L1",)


@pytest.mark.parametrize(("code", "pin"), [("A1", PIN), ("O1", "999999"), ("G1", PIN)])
def test_who_may_not_check_does_not_come_on_duty(staffed: Database, code: str, pin: str) -> None:
    with pytest.raises(AccessError):
        sign_in(staffed, station="LS-1", code=code, pin=pin, now=NOW, plan=THREE_SHIFTS)
    shift = THREE_SHIFTS.at(NOW)
    assert sign_ins.on_duty(staffed, "LS-1", shift.day, shift.code) == ()
