"""The grid as values: who sits where, what lacks, and what an edit takes out and puts in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from shifts.model import Assignment, DatedShift, Demand, Duty, Period, RosterProblem, Seat
from shifts.publishing import Change
from tests.shifts.rosters import LS, MAY, may, person, problem, works
from ui.roster import board
from ui.roster.board import Cell, Demands, EditRefused, Kind, Place
from ui.roster.sheet import Sheet

UNIT = Seat(unit="交通检疫组")
LEADING = Seat(duty=Duty.LEAD)
EARLY: Place = (LS, DatedShift(may(4), "early"))
PEOPLE = (
    person("A"),
    person("B"),
    person("C", units=frozenset({"交通检疫组"})),
    person("D", duties=frozenset({Duty.TRAFFIC})),
)
PROBLEM = problem(*PEOPLE, demands=(Demand(*EARLY, 3, (UNIT, LEADING)),))


def seats(*present: Assignment) -> list[tuple[Seat | None, str | None, bool]]:
    cells = board.seated(Demands(PROBLEM), EARLY, present)
    return [(one.seat, one.assignment.person if one.assignment else None, one.lacking) for one in cells]


def test_a_shift_nobody_stands_in_lacks_each_seat_and_each_other_head() -> None:
    assert seats() == [(LEADING, None, True), (UNIT, None, True), (None, None, True)]


def test_seats_go_to_those_who_bring_what_they_ask_and_the_rest_to_everybody_else() -> None:
    told = seats(works(4, "early", "C"), works(4, "early", "B"), works(4, "early", "A", duty=Duty.LEAD))
    assert told == [(LEADING, "A", False), (UNIT, "C", False), (None, "B", False)]


def test_a_full_shift_without_its_lead_still_lacks_the_lead() -> None:
    present = [works(4, "early", who) for who in "ABD"]
    told = board.tally(Demands(PROBLEM), EARLY, board.seated(Demands(PROBLEM), EARLY, present))
    assert (told.have, told.need, told.empty, told.short) == (3, 3, (LEADING, UNIT), True)


def test_heads_above_the_demand_have_lines_of_their_own() -> None:
    present = [works(4, "early", "A", duty=Duty.LEAD), *(works(4, "early", who) for who in "BCD")]
    lines = Sheet(PROBLEM, present).lines([LS])
    assert sum(line.kind is Kind.HEAD and line.code == "early" for line in lines) == 4


def test_a_day_that_asks_for_no_seat_offers_none() -> None:
    cells = board.seated(Demands(PROBLEM), (LS, DatedShift(may(5), "early")), ())
    assert not any(one.lacking or one.seat for one in cells)


# --- edits -----------------------------------------------------------------------------------------------------------


def cell(seat: Seat | None = None, one: Assignment | None = None, day: int = 4) -> Cell:
    return Cell((LS, DatedShift(may(day), "early")), seat, one)


def test_whoever_takes_a_seat_does_its_duty() -> None:
    assert board.put(PROBLEM, (), cell(LEADING), PEOPLE[0]) == Change(
        added=frozenset({works(4, "early", "A", duty=Duty.LEAD)})
    )


def test_a_head_without_a_seat_does_what_is_lacking_and_they_can() -> None:
    present = (works(4, "early", "A"),)  # checks codes
    (added,) = board.put(PROBLEM, present, cell(), PEOPLE[1]).added
    assert added.duty is Duty.TEMPERATURE
    (added,) = board.put(PROBLEM, present, cell(), PEOPLE[3]).added
    assert added.duty is Duty.TRAFFIC


def test_nobody_stands_in_one_shift_twice() -> None:
    with pytest.raises(EditRefused) as refused:
        board.put(PROBLEM, (works(4, "early", "A"),), cell(), PEOPLE[0])
    assert refused.value.code == "roster_already_there"


def test_two_people_change_places_and_the_seats_duties_stay_with_the_seats() -> None:
    lead, other = works(4, "early", "A", duty=Duty.LEAD), works(5, "early", "B", duty=Duty.TRAFFIC)
    standing = board.by_place((lead, other))
    change = board.move(PROBLEM, standing, cell(LEADING, lead), cell(None, other, day=5))
    assert change.removed == {lead, other}
    assert replace(lead, person="B") in change.added
    assert {one.person for one in change.added if one.shift.day == may(5)} == {"A"}


def test_who_is_pinned_stays_where_they_are() -> None:
    one = works(4, "early", "A")
    pinned = replace(PROBLEM, pins=frozenset({one}))
    here, other = cell(None, one), cell(None, works(5, "early", "B"), day=5)
    edits: tuple[Callable[[], Change], ...] = (
        lambda: board.take_out(pinned, here),
        lambda: board.put(pinned, (one,), here, PEOPLE[1]),
        lambda: board.move(pinned, {}, here, cell(day=5)),
        lambda: board.move(pinned, {}, other, here),
    )
    for edit in edits:
        with pytest.raises(EditRefused, match="roster_pinned"):
            edit()


def test_putting_somebody_down_where_they_stand_changes_nothing() -> None:
    one = works(4, "early", "A")
    assert not board.move(PROBLEM, board.by_place((one,)), cell(None, one), cell(None, one))


# --- weeks -----------------------------------------------------------------------------------------------------------


def test_weeks_begin_on_mondays_and_end_with_the_period() -> None:
    period = Period(date(2026, 10, 1), 12)  # a Thursday
    assert board.week_starts(period) == [0, 4, 11]
    assert board.week_of(period, date(2026, 10, 3)) == (0, 4)
    assert board.week_of(period, date(2026, 10, 12)) == (11, 1)


def test_an_empty_roster_has_a_line_for_every_head() -> None:
    empty: RosterProblem = problem(demands=(Demand(*EARLY, 2),))
    lines = Sheet(empty, ()).lines([LS])
    assert [line.kind for line in lines] == [Kind.CHECKPOINT, Kind.SHIFT, Kind.HEAD, Kind.HEAD, Kind.SHIFT, Kind.SHIFT]
    assert empty.period == MAY
