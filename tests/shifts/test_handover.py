"""A handover is written, given and taken, in this order, by two; and one that is not done shows."""

from datetime import datetime, timedelta

import pytest

from shifts.handover import (
    AlreadyConfirmed,
    Due,
    Handover,
    NotGivenYet,
    SameLead,
    Sheet,
    Supply,
    due,
)
from shifts.model import SHANGHAI, THREE_SHIFTS, DatedShift
from tests.shifts.rosters import LS, may

EARLY = DatedShift(may(4), "early")
FOUR = datetime(2026, 5, 4, 16, tzinfo=SHANGHAI)
MINUTE = timedelta(minutes=1)
SHEET = Sheet(notes="2 号体温枪送修", supplies=(Supply("口罩", 40),))


def written() -> Handover:
    return Handover(LS, EARLY, Sheet()).write(SHEET)


def test_two_leads_confirm_one_after_the_other() -> None:
    done = written().give("L1", FOUR).take("L2", FOUR + MINUTE)
    assert done.complete
    assert done.sheet == SHEET
    assert done.taken is not None
    assert (done.taken.lead, done.taken.at) == ("L2", FOUR + MINUTE)


def test_nobody_takes_what_was_not_given() -> None:
    with pytest.raises(NotGivenYet):
        written().take("L2", FOUR)


def test_nobody_hands_over_to_themselves() -> None:
    with pytest.raises(SameLead):
        written().give("L1", FOUR).take("L1", FOUR)


def test_a_sheet_that_was_given_never_changes() -> None:
    given = written().give("L1", FOUR)
    with pytest.raises(AlreadyConfirmed):
        given.write(Sheet())
    with pytest.raises(AlreadyConfirmed):
        given.give("L3", FOUR)
    with pytest.raises(AlreadyConfirmed):
        given.take("L2", FOUR).take("L3", FOUR)


@pytest.mark.parametrize(
    ("minutes", "state"),
    [(-1, None), (0, Due.NOW), (30, Due.NOW), (31, Due.LATE), (479, Due.LATE), (480, Due.MISSING)],
)
def test_a_handover_is_due_then_late_then_missing(minutes: int, state: Due | None) -> None:
    night_before = {DatedShift(may(3), "night"), *(DatedShift(may(3), code) for code in ("early", "middle"))}
    found = dict(due(THREE_SHIFTS, night_before, may(3), FOUR + minutes * MINUTE))
    assert found.get(EARLY) is state


def test_a_night_ends_on_the_morning_after() -> None:
    eight = datetime(2026, 5, 5, 8, tzinfo=SHANGHAI)
    night = DatedShift(may(4), "night")
    assert (night, Due.NOW) in due(THREE_SHIFTS, (), may(4), eight)
    assert night not in dict(due(THREE_SHIFTS, (), may(4), eight - MINUTE))


def test_what_was_handed_over_is_due_no_more() -> None:
    assert due(THREE_SHIFTS, {EARLY}, may(4), FOUR) == ()
