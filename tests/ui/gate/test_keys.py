"""Hand or scanner: told by how fast the keys come."""

import pytest

from ui.gate.keys import ENTER, Scanned, ScannerOrHand, Typed

FAST, SLOW = 0.005, 0.100


def type_all(keys: ScannerOrHand, text: str, apart: float) -> list[Typed | Scanned]:
    made_out: list[Typed | Scanned] = []
    for number, character in enumerate(text):
        made_out += keys.press(character, number * apart)
    return made_out


def test_a_hand_is_heard_key_by_key() -> None:
    keys = ScannerOrHand()
    assert type_all(keys, "365" + ENTER, SLOW) == [Typed("3"), Typed("6"), Typed("5"), Typed(ENTER)]


def test_a_lone_key_is_given_on_after_the_gap_and_not_before() -> None:
    keys = ScannerOrHand()
    assert keys.press("3", 0.0) == []
    assert keys.settle(0.029) == []
    assert keys.settle(0.031) == [Typed("3")]
    assert not keys.holds


def test_fast_keys_up_to_enter_are_one_code() -> None:
    assert type_all(ScannerOrHand(), "JKM1:A B$" + ENTER, FAST) == [Scanned("JKM1:A B$")]


def test_a_scanner_without_enter_ends_by_falling_silent() -> None:
    keys = ScannerOrHand()
    assert type_all(keys, "JKM1:ABC", FAST) == []
    assert keys.settle(1.0) == [Scanned("JKM1:ABC")]


def test_a_scanner_that_stumbles_goes_on() -> None:
    keys = ScannerOrHand()
    type_all(keys, "JKM1:AB", FAST)
    assert keys.press("C", 0.1) == []
    assert keys.press(ENTER, 0.11) == [Scanned("JKM1:ABC")]


@pytest.mark.parametrize("rolled", ["3", "36", "36" + ENTER, "asdfgh", "246810" + ENTER])
def test_a_hand_that_rolls_or_falls_on_the_keys_is_a_hand(rolled: str) -> None:
    keys = ScannerOrHand()
    made_out = type_all(keys, rolled, FAST) + keys.settle(1.0)
    assert made_out == [Typed(rolled)]


def test_a_clock_that_goes_back_ends_what_was_held() -> None:
    keys = ScannerOrHand()
    assert keys.press("3", 100.0) == []
    assert keys.press("6", 1.0) == [Typed("3")]
