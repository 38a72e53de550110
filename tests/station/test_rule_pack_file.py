"""Rule packs: the three that ship, and a checkpoint's own."""

import pytest

from shifts.rule_pack import LABOUR_LAW, Severity
from station.rule_pack_file import SHIPPED, read_rule_pack, shipped_pack
from station.toml_file import BadValue, MissingKey, UnknownKey


def test_the_labour_law_ships_as_it_stands_in_code() -> None:
    assert shipped_pack("labour_law") == LABOUR_LAW


@pytest.mark.parametrize("name", SHIPPED)
def test_every_pack_that_ships_is_read_and_named(name: str) -> None:
    assert shipped_pack(name).name == name


def test_twelve_hours_need_another_pack_than_the_labour_law() -> None:
    assert {name for name in SHIPPED if shipped_pack(name).shift_hours >= 12} == {"comprehensive", "emergency"}


def test_a_pack_of_ones_own_changes_what_it_names() -> None:
    own = read_rule_pack(b'name = "ours"\nseverity_rest = "warning"\npattern = "early off"', "ours.toml")
    assert own.severities == {"rest": Severity.WARNING}
    assert own.pattern == ("early", "off")
    assert own.rest_hours == LABOUR_LAW.rest_hours


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("rest_hours = 8", MissingKey),
        ('name = "x"\nrest = 8', UnknownKey),
        ('name = "x"\nseverity_rest = "loud"', BadValue),
        ('name = "x"\nshift_hours = 25', BadValue),
        ('name = "x"\npattern = "off off"', BadValue),
    ],
)
def test_a_pack_that_means_nothing_is_refused_by_name(content: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_rule_pack(content.encode(), "ours.toml")
