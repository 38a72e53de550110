"""The rosters' service: one way to a published version, drafts that outlive the program, who is on duty."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from db import events
from db.engine import Database, open_database
from db.errors import RosterOverlaps
from shifts.errors import DuplicatePerson
from shifts.model import SHANGHAI, Assignment, DatedShift, Demand, Duty, Period, RosterProblem, Seat, Wish
from shifts.publishing import Approval, Draft, Outdated, Unpublishable, begin
from shifts.rules import check
from station import rosters
from station.access import AccessError
from station.rosters import Published, RosterRefused
from tests.shifts.rosters import LS, MAY, SD, may, person, problem, works
from tests.station.conftest import PIN

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
LEAD = ("L1", PIN)
EARLY = DatedShift(may(4), "early")
CREW = (person("O1"), person("O2"), person("L1"))
PROBLEM = problem(*CREW, demands=(Demand(LS, EARLY, 1, (Seat(Duty.CODE_CHECKER),)),))
MINE = works(4, "early", "O1")


def draft(*assignments: Assignment, base: int = 0) -> Draft:
    return Draft(base, frozenset(assignments))


def publish(database: Database, one: Draft, under: RosterProblem = PROBLEM, **changes: Any) -> Published:
    given: dict[str, Any] = {"station": "LS-1", "lead": LEAD, "now": NOW}
    return rosters.publish(database, under, one, **{**given, **changes})


def words(under: RosterProblem, *assignments: Assignment, why: str = "无人可替") -> list[Approval]:
    return [Approval(one.rule, one.finding, "?", why) for one in check(under, assignments)]


@pytest.fixture
def other(staffed: Database, path: Path) -> Iterator[Database]:
    """A second connection to the same database, as another program has."""
    with open_database(path) as opened:
        yield opened


# --- publishing ------------------------------------------------------------------------------------------------------


def test_what_a_lead_publishes_comes_back_as_it_was(staffed: Database) -> None:
    wish = Wish(may(4), "early", weight=3)
    under = replace(PROBLEM, people=(replace(CREW[0], wishes=(wish,)), *CREW[1:]))
    done = publish(staffed, draft(MINE), under)
    assert rosters.newest(staffed, MAY.start) == done
    assert (done.roster.version, done.roster.published, done.by, done.at) == (1, True, "L1", NOW)
    assert done.roster.assignments == {MINE}
    assert done.roster.refused == (("O1", wish),)
    assert done.problem == under


def test_each_publication_is_an_event(staffed: Database) -> None:
    publish(staffed, draft(MINE))
    (event,) = events.newest(staffed, kind="roster_published")
    assert (event.actor, event.station, event.at) == ("L1", "LS-1", NOW)
    assert event.details == '{"start":"2026-05-04","version":1}'


def test_a_change_is_a_new_version_and_the_old_one_stays(staffed: Database) -> None:
    first = publish(staffed, draft(MINE))
    second = publish(staffed, begin(first.roster).apply([MINE], [works(4, "early", "O2")]))
    assert rosters.versions(staffed, MAY.start) == (first, second)
    assert rosters.newest(staffed, MAY.start) == second


@pytest.mark.parametrize("code", ["O1", "A1", "M1"])
def test_only_a_lead_publishes(staffed: Database, code: str) -> None:
    with pytest.raises(AccessError) as caught:
        publish(staffed, draft(MINE), lead=(code, PIN))
    assert caught.value.code == "not_allowed"
    assert rosters.periods(staffed) == ()


def test_a_wrong_pin_publishes_nothing(staffed: Database) -> None:
    with pytest.raises(AccessError, match="pin_wrong"):
        publish(staffed, draft(MINE), lead=("L1", "000000"))
    assert rosters.periods(staffed) == ()
    assert events.newest(staffed, kind="roster_published") == []


def test_an_empty_roster_is_published_only_where_nobody_is_needed(staffed: Database) -> None:
    with pytest.raises(Unpublishable) as caught:
        publish(staffed, draft())
    assert caught.value.params == {"count": 1}
    assert publish(staffed, draft(), problem(*CREW)).roster.assignments == frozenset()


def test_a_roster_without_a_day_is_none(staffed: Database) -> None:
    with pytest.raises(RosterRefused, match="roster_no_days"):
        publish(staffed, draft(), problem(period=Period(MAY.start, 0)))


def test_two_people_of_one_code_are_refused(staffed: Database) -> None:
    with pytest.raises(DuplicatePerson):
        publish(staffed, draft(), problem(person("O1"), person("O1")))
    assert rosters.periods(staffed) == ()


def test_rosters_meet_at_a_month_s_edge_and_never_overlap(staffed: Database) -> None:
    leap = problem(*CREW, period=Period(date(2028, 2, 1), 29))
    march = problem(*CREW, period=Period(date(2028, 3, 1), 31))
    publish(staffed, draft(works(date(2028, 2, 29), "night", "O1")), leap)
    publish(staffed, draft(), march)
    with pytest.raises(RosterOverlaps):
        publish(staffed, draft(), problem(*CREW, period=Period(date(2028, 2, 29), 7)))
    assert rosters.periods(staffed) == (leap.period, march.period)


# --- words for what cannot be helped ---------------------------------------------------------------------------------


def test_a_lead_s_word_for_each_hard_breach_is_kept_beside_the_version(staffed: Database) -> None:
    done = publish(staffed, draft(), approvals=words(PROBLEM))
    assert [(one.by, one.why, one.rule) for one in done.approvals] == [("L1", "无人可替", "coverage")]
    assert rosters.newest(staffed, MAY.start) == done


def test_a_word_without_a_reason_is_none(staffed: Database) -> None:
    with pytest.raises(RosterRefused, match="reason_blank"):
        publish(staffed, draft(), approvals=words(PROBLEM, why=" "))


def test_a_word_holds_for_the_next_version_while_its_breach_stays_and_no_longer(staffed: Database) -> None:
    first = publish(staffed, draft(), approvals=words(PROBLEM))
    second = publish(staffed, draft(works(9, "early", "O1"), base=1))
    assert second.approvals == first.approvals
    third = publish(staffed, draft(MINE, base=2))
    assert third.approvals == ()
    with pytest.raises(Unpublishable):
        publish(staffed, draft(base=3))


# --- races -----------------------------------------------------------------------------------------------------------


def test_whoever_publishes_from_an_older_version_is_told_which_is_newest(staffed: Database, other: Database) -> None:
    publish(staffed, draft(MINE))
    with pytest.raises(Outdated) as caught:
        publish(other, draft(works(4, "early", "O2")))
    assert caught.value.params == {"base": 0, "newest": 1}


def test_a_race_lost_between_reading_and_writing_is_outdated_too(
    staffed: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other lead publishes while this one's roster is being checked."""
    honest = rosters.to_publish

    def overtaken(*arguments: Any, **named: Any) -> Any:
        monkeypatch.setattr(rosters, "to_publish", honest)
        publish(other, draft(works(4, "early", "O2")))
        return honest(*arguments, **named)

    monkeypatch.setattr(rosters, "to_publish", overtaken)
    with pytest.raises(Outdated) as caught:
        publish(staffed, draft(MINE))
    assert caught.value.params == {"base": 0, "newest": 1}
    (kept,) = rosters.versions(staffed)
    assert kept.roster.assignments == {works(4, "early", "O2")}
    assert len(events.newest(staffed, kind="roster_published")) == 1


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_a_draft_comes_back_after_a_restart_with_its_undo(staffed: Database, path: Path) -> None:
    one = draft().apply(added=[MINE]).apply([MINE], [works(4, "early", "O2")]).undo()
    rosters.save_draft(staffed, PROBLEM, one, station="LS-1", by="L1", now=NOW)
    staffed.close()
    with open_database(path) as reopened:
        (kept,) = rosters.drafts(reopened, by="L1")
    assert (kept.draft, kept.problem, kept.saved_at) == (one, PROBLEM, NOW)
    assert kept.draft.redo().assignments == {works(4, "early", "O2")}


def test_publishing_ends_the_lead_s_own_draft(staffed: Database) -> None:
    rosters.save_draft(staffed, PROBLEM, draft(MINE), station="LS-1", by="L1", now=NOW)
    june = replace(PROBLEM, period=Period(date(2026, 6, 1), 30), demands=())
    rosters.save_draft(staffed, june, draft(), station="LS-1", by="L1", now=NOW)
    publish(staffed, draft(MINE))
    assert [kept.problem.period.start for kept in rosters.drafts(staffed, by="L1")] == [date(2026, 6, 1)]
    rosters.drop_draft(staffed, date(2026, 6, 1), station="LS-1", by="L1", now=NOW)
    assert rosters.drafts(staffed, by="L1") == ()


@pytest.mark.parametrize("code", ["O1", "A1", "M1", "G1", "nobody"])
def test_only_leads_who_still_work_here_have_drafts(staffed: Database, code: str) -> None:
    with pytest.raises(AccessError, match="not_allowed"):
        rosters.save_draft(staffed, PROBLEM, draft(), station="LS-1", by=code, now=NOW)
    with pytest.raises(AccessError, match="not_allowed"):
        rosters.drafts(staffed, by=code)


# --- who is on duty --------------------------------------------------------------------------------------------------


def at(day: int, hour: int, *, month: int = 5) -> datetime:
    """Beijing's clock."""
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def test_who_is_on_duty_is_told_by_the_newest_version_leads_first(staffed: Database) -> None:
    publish(staffed, draft(MINE))
    publish(staffed, draft(MINE, works(4, "early", "O2", at=SD), works(4, "early", "L1", duty=Duty.LEAD), base=1))
    assert rosters.on_duty(staffed, LS, at(4, 8)) == ("L1", "O1")
    assert rosters.on_duty(staffed, SD, at(4, 15)) == ("O2",)
    assert rosters.on_duty(staffed, LS, at(4, 16)) == ()


def test_a_night_is_the_day_before_s_even_after_the_roster_s_last_day(staffed: Database) -> None:
    publish(staffed, draft(works(31, "night", "O1")), problem(*CREW))
    june = problem(*CREW, period=Period(date(2026, 6, 1), 30))
    publish(staffed, draft(works(date(2026, 6, 1), "early", "O2")), june)
    assert rosters.on_duty(staffed, LS, at(1, 7, month=6)) == ("O1",)
    assert rosters.on_duty(staffed, LS, at(1, 8, month=6)) == ("O2",)


def test_where_no_roster_says_nobody_knows(staffed: Database) -> None:
    assert rosters.on_duty(staffed, LS, NOW) is None
    publish(staffed, draft(MINE))
    assert rosters.on_duty(staffed, "XX", at(4, 9)) is None
    assert rosters.on_duty(staffed, LS, at(3, 9)) is None
    assert rosters.on_duty(staffed, LS, at(1, 8, month=6)) is None
    assert rosters.on_duty(staffed, LS, at(4, 7)) is None  # the night of the 3rd, which no roster has


# --- which roster ----------------------------------------------------------------------------------------------------


def test_the_current_roster_is_today_s_else_the_next_else_the_last(staffed: Database) -> None:
    june = problem(*CREW, period=Period(date(2026, 6, 8), 7))
    assert rosters.current(staffed, may(4)) is None
    for under in (problem(*CREW), june):
        publish(staffed, draft(), under)
    days = {may(1): MAY, may(31): MAY, date(2026, 6, 1): june.period, date(2027, 1, 1): june.period}
    found = {day: rosters.current(staffed, day) for day in days}
    assert {day: one.roster.period for day, one in found.items() if one} == days
