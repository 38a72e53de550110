"""A list of people taken over into a roster: who is new, what changes, and what a list does not speak of stays."""

from dataclasses import replace

from shifts.model import Person, RosterProblem, Wish
from station.imported import Imported
from station.people_import import read_people
from station.roster_crew import news, taken_over
from tests.shifts.rosters import LS, MAY, may, person, problem, works
from tests.station.tables import csv_of

HEADING = ("姓名", "工号", "单位", "岗位")
CHEN = ("陈志强", "P1", "区建设局", "带班组长")
LIN = ("林晓岚", "P9", "志愿者", "查码")


def known() -> RosterProblem:
    chen = person("P1", name="陈志强", no_night=True, leave=frozenset({may(6)}), birth_year=1975)
    return problem(
        replace(chen, wishes=(Wish(may(7)), Wish(may(8), off=False))),
        person("P2", name="黄伟"),
        pins=frozenset({works(4, "early", "P1"), works(4, "early", "P2")}),
    )


def listed(*rows: tuple[str, ...], heading: tuple[str, ...] = HEADING) -> Imported:
    content = csv_of(heading, *rows, encoding="gbk")
    found = read_people(content, MAY, checkpoints={"LS": "龙士", "SD": "圣地亚哥"}, home=LS)
    assert not found.problems
    return found


def by_code(made: RosterProblem) -> dict[str, Person]:
    return {one.code: one for one in made.people}


def test_what_a_list_has_no_column_for_stays_as_it_was() -> None:
    made, _ = taken_over(known(), frozenset(), listed(CHEN))
    chen = by_code(made)["P1"]
    assert (chen.no_night, chen.leave, chen.birth_year) == (True, frozenset({may(6)}), 1975)
    assert {str(duty) for duty in chen.duties} == {"lead"}


def test_leave_and_wishes_become_what_the_list_says_and_wishes_to_be_on_stay() -> None:
    heading = (*HEADING, "请假", "希望休息")
    made, _ = taken_over(known(), frozenset(), listed((*CHEN, "", "5月20日"), heading=heading))
    chen = by_code(made)["P1"]
    assert chen.leave == frozenset()
    assert chen.wishes == (Wish(may(20)), Wish(may(8), off=False))


def test_whoever_is_not_in_the_list_stays_unless_it_names_everybody() -> None:
    standing = frozenset({works(4, "early", "P1"), works(4, "early", "P2")})
    made, left = taken_over(known(), standing, listed(CHEN, LIN))
    assert (set(by_code(made)), left) == ({"P1", "P2", "P9"}, standing)
    made, left = taken_over(known(), standing, listed(CHEN, LIN), whole=True)
    assert (set(by_code(made)), left, made.pins) == ({"P1", "P9"}, frozenset({works(4, "early", "P1")}), left)


def test_what_a_list_would_change_is_told_before() -> None:
    told = news(known().people, listed(CHEN, LIN))
    assert [[one.code for one in some] for some in (told.added, told.changed, told.missing)] == [["P9"], ["P1"], ["P2"]]
    again, _ = taken_over(known(), frozenset(), listed(CHEN, LIN))
    assert not news(again.people, listed(CHEN, LIN)).changed


def test_a_list_without_checkpoints_is_at_home_where_there_is_only_one() -> None:
    assert {one.home for one in listed(CHEN, LIN).people} == {LS}
