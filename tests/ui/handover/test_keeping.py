"""What two stations wrote comes together: nothing of either is lost."""

from hypothesis import given
from hypothesis import strategies as st

from shifts.handover import Sheet, Supply, Visit
from tests.ui.handover.conftest import at
from ui.handover.keeping import Own, merged, own_of, with_own
from ui.handover.writing import instant_of

MASKS, GLOVES, GUNS = Supply("口罩", 40), Supply("手套", 100), Supply("体温枪", 2)
BASE = Own((MASKS, GLOVES), (), "水已送到")


def test_what_only_one_of_them_changed_is_as_they_left_it() -> None:
    mine = Own((GLOVES, MASKS), (), "")
    assert merged(BASE, mine, BASE) == mine
    assert merged(BASE, BASE, mine) == mine


def test_lines_both_added_are_all_there_and_what_one_took_off_is_gone() -> None:
    mine, theirs = Own((MASKS,), (), "水已送到"), Own((MASKS, GLOVES, GUNS), (), "水已送到")
    assert merged(BASE, mine, theirs).supplies == (MASKS, GUNS)


def test_a_line_both_changed_is_there_twice() -> None:
    mine, theirs = Own((Supply("口罩", 30),)), Own((Supply("口罩", 35),))
    assert merged(Own((MASKS,)), mine, theirs).supplies == (Supply("口罩", 35), Supply("口罩", 30))


def test_notes_come_together_line_by_line() -> None:
    mine, theirs = Own(notes="水已送到\n一号枪坏了"), Own(notes="水已送到\n路灯不亮")
    assert merged(Own(notes="水已送到"), mine, theirs).notes == "水已送到\n路灯不亮\n一号枪坏了"


lines = st.lists(st.sampled_from("甲乙丙丁"), unique=True, max_size=4).map("\n".join)


@given(lines, lines, lines)
def test_no_line_that_somebody_added_is_lost(base: str, mine: str, theirs: str) -> None:
    together = merged(Own(notes=base), Own(notes=mine), Own(notes=theirs)).notes.splitlines()
    added = {*mine.splitlines(), *theirs.splitlines()} - set(base.splitlines())
    assert added <= set(together)
    assert len(together) == len(set(together))


def test_a_leads_part_goes_onto_the_sheet_and_off_it_again() -> None:
    own = Own((MASKS,), (Visit(at(9), "督查组", "无"),), "记事")
    sheet = Sheet(verdicts=(("pass", 3),))
    assert own_of(with_own(sheet, own)) == own
    assert with_own(sheet, own).verdicts == sheet.verdicts


def test_a_clock_time_means_the_one_within_the_shift() -> None:
    assert instant_of(at(24), 1, 30) == at(25, 30)
    assert instant_of(at(8), 15, 59) == at(15, 59)
    assert instant_of(at(16), 15, 50) == at(15, 50)
    assert instant_of(at(16), 0, 5) == at(24, 5)
