"""The station's key on paper: what a person types wrong is named by its group."""

import pytest

from db.errors import RecoveryIncomplete, RecoveryMixed, RecoveryWrong
from db.recovery import GROUPS, code_of, groups_in, groups_of, is_code, key_of

KEY, OTHER = bytes(range(100, 132)), bytes(range(32))
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_a_key_comes_back_from_its_groups() -> None:
    groups = groups_of(KEY)
    assert len(groups) == GROUPS
    assert key_of(groups) == KEY


def test_small_letters_blanks_and_letters_that_look_alike_are_the_same() -> None:
    typed = [group.lower().replace("-", " ").replace("0", "o").replace("1", "l") for group in groups_of(KEY)]
    assert key_of(typed) == KEY


def test_a_mistyped_letter_never_makes_a_key_and_its_group_is_named() -> None:
    groups, named, tried = groups_of(KEY), 0, 0
    for at, group in enumerate(groups):
        for place in (0, 3, 5, 8):
            for letter in set(LETTERS) - {group[place]}:
                typed = [*groups]
                typed[at] = group[:place] + letter + group[place + 1 :]
                with pytest.raises((RecoveryWrong, RecoveryMixed)) as wrong:
                    key_of(typed)
                named += wrong.value.params == {"number": at + 1}
                tried += at < GROUPS - 1
    assert named > 0.98 * tried  # one byte checks a group; what that lets through, the whole does not


@pytest.mark.parametrize("typed", ["", "K7QM", "K7QM-2XP!", "K7QM-2XPA-K7QM", "U7QM-2XPA", "查验台密钥一二三"])
def test_what_is_no_group_is_named(typed: str) -> None:
    with pytest.raises(RecoveryWrong) as wrong:
        key_of([groups_of(KEY)[0], typed, *groups_of(KEY)[2:]])
    assert wrong.value.params == {"number": 2}


def test_groups_in_another_order_are_named() -> None:
    one, two, *rest = groups_of(KEY)
    with pytest.raises(RecoveryWrong) as wrong:
        key_of([two, one, *rest])
    assert wrong.value.params == {"number": 1}


def test_groups_of_two_copies_make_no_key() -> None:
    with pytest.raises(RecoveryMixed):
        key_of([*groups_of(KEY)[:4], *groups_of(OTHER)[4:]])


def test_a_copy_kept_as_a_file_is_read_whatever_stands_around_its_groups() -> None:
    lines = "\n".join(f"    {number}  {group}" for number, group in enumerate(groups_of(KEY), 1))
    assert key_of(groups_in(f"LS-1 2026-11-30 04:00:00\n\n{lines}\n\n恢复：…\n")) == KEY
    with pytest.raises(RecoveryIncomplete):
        key_of(groups_in(lines[:60]))


def test_a_qr_says_the_same_in_letters_that_it_holds_most_of() -> None:
    code = code_of(groups_of(KEY))
    assert set(code) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")  # ISO/IEC 18004's alphanumeric mode
    assert key_of(groups_in(code)) == KEY


def test_a_scanner_s_small_letters_and_line_end_are_the_same() -> None:
    typed = f" {code_of(groups_of(KEY)).lower()}\r\n"
    assert is_code(typed)
    assert key_of(groups_in(typed)) == KEY


@pytest.mark.parametrize("length", [4, 5, 6, 13, 40, 76])
def test_a_code_that_was_cut_off_makes_no_key(length: int) -> None:
    with pytest.raises((RecoveryIncomplete, RecoveryWrong, RecoveryMixed)):
        key_of(groups_in(code_of(groups_of(KEY))[:length]))
