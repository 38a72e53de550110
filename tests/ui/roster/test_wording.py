"""The board's words for a shift's hours: a night that stands under the day before says so."""

import pytest

from shifts.model import THREE_SHIFTS, TWO_SHIFTS, Shift
from tests.shifts.rosters import problem
from ui.look import Look
from ui.roster.wording import Wording


@pytest.mark.parametrize(
    ("shift", "short", "whole"),
    [
        (THREE_SHIFTS.shift("early"), "08–16", "08:00–16:00"),
        (THREE_SHIFTS.shift("middle"), "16–24", "16:00–24:00"),
        (THREE_SHIFTS.shift("night"), "次日 00–08", "次日 00:00–08:00"),
        (TWO_SHIFTS.shift("night"), "20–08", "20:00–次日 08:00"),
    ],
)
def test_hours_of_the_day_after_say_so(shift: Shift, short: str, whole: str) -> None:
    words = Wording(Look(), problem())
    assert (words.hours(shift), words.whole_hours(shift)) == (short, whole)
