"""Rule packs: the three that ship, and a checkpoint's own."""

from datetime import date

import pytest

from shifts.findings import Rule as RosterRule
from shifts.model import TWO_SHIFTS, Period
from shifts.rule_pack import LABOUR_LAW, Severity
from shifts.rules import check
from station.rule_pack_file import SHIPPED, read_rule_pack, shipped_pack
from station.toml_file import BadValue, MissingKey, UnknownKey
from tests.shifts.rosters import LS, problem, works


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


def test_comprehensive_hours_average_the_statutory_forty_a_week_and_tell_of_the_first_hour_over() -> None:
    """A month of 30 days: 40 h for every seven of them are 171.4 h, which 15 shifts of twelve hours are above."""
    pack, june = shipped_pack("comprehensive"), Period(date(2026, 6, 1), 30)
    asked = problem(period=june, plans={LS: TWO_SHIFTS}, rules=pack)
    worked = [works(date(2026, 6, day), "day") for day in range(1, 31, 2)]
    [told] = [one for one in check(asked, worked) if one.rule is RosterRule.MONTH_HOURS]
    assert (told.severity, told.finding.figures) == (Severity.WARNING, {"hours": 180.0, "most": 171.43})
    assert not [one for one in check(asked, worked[1:]) if one.rule is RosterRule.MONTH_HOURS]
