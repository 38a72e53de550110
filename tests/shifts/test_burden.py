"""What somebody bears is counted by the clock and by the shift's day."""

from shifts.burden import Burden, burden, is_weekend
from shifts.model import TWO_SHIFTS
from shifts.stints import stint_of
from tests.shifts.rosters import LS, may, problem, works


def test_nights_weekends_and_hours_are_those_of_the_shifts() -> None:
    """4 May is a Monday; a night of Sunday's counts for the weekend, though it runs on Monday."""
    roster = problem()
    told = burden(stint_of(roster, works(day, code)) for day, code in ((4, "early"), (9, "middle"), (10, "night")))
    assert told == Burden(shifts=3, nights=1, weekends=2, minutes=24 * 60)
    assert told.hours == 24


def test_twelve_hours_are_twelve() -> None:
    long = problem(plans={LS: TWO_SHIFTS})
    assert burden([stint_of(long, works(4, "night"))]) == Burden(1, 1, 0, 12 * 60)


def test_nothing_is_nothing() -> None:
    assert burden(()) == Burden()


def test_saturday_and_sunday_are_the_weekend() -> None:
    assert [is_weekend(may(day)) for day in range(4, 12)] == [False] * 5 + [True] * 2 + [False]
