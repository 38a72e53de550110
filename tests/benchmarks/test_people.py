"""Whom the benchmarks sign in, the product lets in."""

from benchmarks.children.gate import OFFICER
from station.pins import hash_chosen


def test_the_windows_officer_may_have_that_pin() -> None:
    assert hash_chosen(OFFICER.pin, OFFICER.code)
