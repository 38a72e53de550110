"""Which PINs nobody may choose, and that those chosen before go on to work."""

import pytest

from db import people
from db.engine import Database
from db.errors import PinMalformed
from db.pins import hash_pin, verify_pin
from station import staff
from station.access import identify, known
from station.pins import PinCommon, drawn, hash_chosen, is_common
from tests.station.builders import NOW
from tests.station.conftest import PIN


@pytest.mark.parametrize(
    "pin",
    [
        *("0000", "77777777", "1212", "1122", "1221", "1222"),
        *("1234", "4321", "7890", "0987", "2468", "9630", "123456789"),
        *("123123", "168168", "48214821"),
        *("1990", "2008", "0229", "1231"),
        *("900315", "080808", "199005", "19900315", "20000229"),
        *("2580", "147258", "123321", "1314", "5201314"),
    ],
)
def test_what_others_would_try_first_is_no_pin_to_choose(pin: str) -> None:
    with pytest.raises(PinCommon):
        hash_chosen(pin, "O1")


@pytest.mark.parametrize("pin", ["4821", "9034", "1892", "2100", "0230", "1332", "199013", "19900231", PIN, "86420317"])
def test_another_is(pin: str) -> None:
    assert verify_pin(hash_chosen(pin, "O1"), pin)


@pytest.mark.parametrize(("code", "pin"), [("4821", "4821"), ("350681", "0681"), ("A90347", "90347")])
def test_no_more_is_a_part_of_ones_own_code(code: str, pin: str) -> None:
    assert is_common(pin, code)
    assert not is_common(pin, "O1")


def test_an_eighth_of_all_pins_of_four_digits_are_refused() -> None:
    assert sum(is_common(f"{number:04d}", "O1") for number in range(10_000)) == 1243


@pytest.mark.parametrize("pin", ["", "111", "12a4", "１２３４"])
def test_what_is_no_pin_at_all_is_told_as_that(pin: str) -> None:
    with pytest.raises(PinMalformed):
        hash_chosen(pin, "O1")


def test_nobody_gets_a_common_pin_and_the_one_before_stays(staffed: Database) -> None:
    with pytest.raises(PinCommon):
        staff.set_pin(staffed, "O1", "1234", actor=known("O1"), station="LS-1", now=NOW)
    assert identify(staffed, "O1", PIN, station="LS-1", now=NOW).code == "O1"


def test_a_common_pin_of_before_goes_on_to_work(staffed: Database) -> None:
    people.set_pin_hash(staffed, "O1", hash_pin("1234"), station="LS-1", by=None, at=NOW)
    assert identify(staffed, "O1", "1234", station="LS-1", now=NOW).code == "O1"


def test_the_demonstrations_are_none_of_them() -> None:
    assert not any(is_common(drawn("1001"), "1001") for _ in range(200))
