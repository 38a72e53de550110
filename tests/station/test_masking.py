"""What is shown of somebody unless it is asked for."""

import pytest

from db.filters import Filters
from station.masking import mask_filters, mask_name, mask_plate, mask_tail


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王小明", "王**"), ("王明", "王*"), ("欧阳修之", "欧**"), ("王", "王"), ("", ""), ("Anna B", "A**")],
)
def test_a_name(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("plate", "shown"),
    [("闽E12345", "闽E·1***5"), ("闽ED12345", "闽E·D***5"), ("闽E123", "闽***"), ("", "***")],
)
def test_a_plate(plate: str, shown: str) -> None:
    assert mask_plate(plate) == shown


@pytest.mark.parametrize(("tail", "shown"), [("123X", "***123X"), (None, ""), ("", "")])
def test_a_tail(tail: str | None, shown: str) -> None:
    assert mask_tail(tail) == shown


def test_filters_that_are_kept_for_long_name_nobody() -> None:
    asked = Filters(plate="闽E12345", id_number="11010519491231002X", fragment="王小明", verdict="review")
    assert mask_filters(asked) == {
        "plate": "闽E·1***5",
        "id_number": "***002X",
        "fragment": "王**",
        "verdict": "review",
    }
