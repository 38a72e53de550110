"""What rows say of people packs small, and what was packed at any time unpacks."""

import zlib
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.packing import DICTIONARY, pack, unpack


@given(st.binary(max_size=5000))
def test_any_text_comes_back(text: bytes) -> None:
    assert unpack(pack(text)) == text


def test_the_dictionary_is_never_changed() -> None:
    assert sha256(DICTIONARY).hexdigest() == "4f65047a9152bd178abd0b632cf9e0db34d2ccd2ff0d0c96f56bf1b351401fe0"


def test_a_text_packed_without_it_unpacks() -> None:
    packer = zlib.compressobj(1, wbits=12, memLevel=5)
    assert unpack(packer.compress(b"[null]" * 99) + packer.flush()) == b"[null]" * 99


@pytest.mark.parametrize("packed", [b"", b"no", pack(b"text" * 9)[:-1], pack(b"a")[:3]])
def test_what_is_none_or_cut_off_is_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match="no packed text"):
        unpack(packed)
