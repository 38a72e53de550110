"""What is typed to look for a plate: a whole one has a blind index, a part is looked for by decrypting."""

import pytest

from station.plate_search import sought


@pytest.mark.parametrize("typed", ["闽E12345", "闽e·12345", " 闽E 12345 ", "闽ED12345", "使012345"])
def test_a_whole_plate(typed: str) -> None:
    found = sought(typed)
    assert found["plate_part"] is None
    assert found["plate"] in {"闽E12345", "闽ED12345", "使012345"}


@pytest.mark.parametrize(("typed", "part"), [("闽E1", "闽E1"), ("闽", "闽"), ("abc", "ABC"), ("", None), ("  ", None)])
def test_a_part(typed: str, part: str | None) -> None:
    assert sought(typed) == {"plate": None, "plate_part": part}
