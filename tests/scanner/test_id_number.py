"""GB 11643-1999: 17 digits and their check character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.id_number import check_character, parse

VALID = ["11010519491231002X", "350625199003071236", "350625198802292049", "350625195512310014"]
_digits = "0123456789"


@pytest.mark.parametrize("number", VALID)
def test_a_true_number_is_taken(number: str) -> None:
    assert parse(number) == number
    assert check_character(number[:17]) == number[17]


@pytest.mark.parametrize(
    "typed",
    ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ", "110105\t19491231\n002X"],
)
def test_how_it_is_typed_is_forgiven(typed: str) -> None:
    assert parse(typed) == "11010519491231002X"


@pytest.mark.parametrize(
    "number",
    [
        "",
        "X",
        "110105491231002",  # the old 15 digits
        "1101051949123100",
        "11010519491231002",
        "11010519491231002XX",
        "010105194912310027",  # no region begins with 0
        "1101051949123100X2",
        "11010519491231002Ⅹ０",
        "一一〇一〇五一九四九一二三一〇〇二",
    ],
)
def test_what_has_not_the_shape_is_refused(number: str) -> None:
    assert parse(number) is None


@pytest.mark.parametrize("birth", ["19490230", "19490001", "19491301", "19491200", "00000101", "19000229", "20210229"])
def test_a_birth_date_that_is_no_date_is_refused_though_the_check_holds(birth: str) -> None:
    first = f"350625{birth}001"
    assert parse(first + check_character(first)) is None


@given(st.sampled_from(VALID), st.integers(0, 17), st.sampled_from(_digits))
def test_one_wrong_character_is_always_seen(number: str, place: int, digit: str) -> None:
    wrong = number[:place] + digit + number[place + 1 :]
    assert (parse(wrong) == wrong) == (wrong == number)


@given(st.sampled_from(VALID), st.integers(0, 16))
def test_two_neighbours_exchanged_are_always_seen(number: str, place: int) -> None:
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert (parse(wrong) is not None) == (wrong == number)


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    assert parse(text) is None or len(text) >= 18
