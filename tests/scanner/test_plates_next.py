"""What may follow the beginning of a plate, for a pad that disables its illegal keys."""

import random

import pytest

from scanner.plates import PROVINCES, PlateKind, next_characters, parse

WHOLE = (
    *("闽E12345", "闽EAB123", "闽E1A2B3", "闽ED12345", "闽EDA1234", "闽E12345D", "闽E1234警", "粤Z1234港", "闽EA234学"),
    *("闽E1234挂", "沪A1234领", "使123456", "民航A1234", "WJ闽12345", "WJ01234", "WJ0123A", "EA12345", "粤Z1234澳"),
)


@pytest.mark.parametrize("plate", WHOLE)
def test_every_character_of_a_plate_may_follow_those_before_it(plate: str) -> None:
    assert parse(plate).kind is not PlateKind.OTHER or plate == "WJ01234"
    for index, character in enumerate(plate[:7]):
        assert character in next_characters(plate[:index]), plate[:index]


def test_whoever_types_only_what_may_follow_ends_with_a_plate() -> None:
    dice = random.Random(7)  # noqa: S311 -- plates, not secrets
    for _ in range(300):
        typed = ""
        while following := next_characters(typed):
            typed += dice.choice(sorted(following))
        assert parse(typed).kind is not PlateKind.OTHER, typed


def test_a_plate_begins_with_a_province_or_one_of_the_few_others() -> None:
    assert set(PROVINCES) | {"使", "民", "W"} <= next_characters("")
    assert not next_characters("") & set("0123456789IO警港")


@pytest.mark.parametrize(
    ("typed", "legal", "illegal"),
    [
        ("闽", "AEZ", "IO1警"),
        ("闽E", "A1Z9", "IO警"),
        ("闽EA", "AB1", "IO"),
        ("闽EZAB1", "警学挂领港澳", "123AB"),  # three letters only before a suffix: Z is no new-energy letter
        ("闽E1234", "5AD警学挂领港澳", "IO闽"),
        ("闽E12345", "ADFK", "1IL警"),
    ],
)
def test_illegal_keys_are_out_of_reach(typed: str, legal: str, illegal: str) -> None:
    following = next_characters(typed)
    assert set(legal) <= following
    assert not following & set(illegal)


@pytest.mark.parametrize("typed", ["闽E1234警", "闽ED12345", "闽EZABCD", "123", "闽E123456"])
def test_nothing_follows_what_is_whole_or_can_be_no_plate(typed: str) -> None:
    assert next_characters(typed) == frozenset()
