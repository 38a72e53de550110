"""A roster on the stage's board: a week of one checkpoint, published; and the same with two things wrong in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial

from benchmarks.roster_problems import Size, generate
from db.engine import open_database
from shifts.errors import Conflict, Infeasible, Limit, Reason, Relief, Request, Shortage
from shifts.findings import Rule
from shifts.model import Assignment, DatedShift, Duty, Roster, RosterProblem, Seat
from shifts.publishing import Change, Draft
from shifts.solver import solve
from station import rosters
from tests.screens.stage import LEAD, Stage
from ui.pages import ROSTER
from ui.roster.editing import Editor
from ui.roster.fairness import shares
from ui.roster.keeping import Loaded
from ui.roster.sheet import Sheet

PROBLEM = generate(Size(1, 15, 14), seed=3)


def on_board(stage: Stage) -> Editor:
    """The lead's board with the roster as it was published."""
    page = stage.roster
    with open_database(stage.database) as database:
        if rosters.newest(database, PROBLEM.period.start) is None:
            draft, lead = Draft(0, solved().assignments), (LEAD.code, LEAD.pin)
            rosters.publish(database, PROBLEM, draft, station="LS-1", lead=lead, now=datetime.now(UTC))
    if page._shelf.officer != LEAD.code:  # the officer's station, the lead's board, from now on
        stage.station.bridge.health_changed.disconnect(page.show_health)
        page.set_officer(LEAD.code)
    stage.main.open(ROSTER)
    heard: list[object] = []
    page._shelf.dropped.connect(partial(heard.append, "dropped"))
    page._shelf.drop(PROBLEM.period.start)  # what a scene before left behind
    stage.until(lambda: heard)
    page._shelf.loaded.connect(heard.append)
    stage.until(lambda: heard[1:])
    stage.until(lambda: page.model.editable and page.editor is not None and page.editor.checked)
    assert page.editor is not None
    page.exchange.intake.close_intake()
    page.panels.close_panel()
    page.days.show_week()
    return page.editor


def broken(stage: Stage) -> None:
    """A night without its lead, and somebody who goes on into the morning."""
    editor = on_board(stage)
    lead, morning = faults(PROBLEM, solved().assignments)
    editor.apply(Change(frozenset({lead})))
    editor.apply(morning)
    stage.until(lambda: editor.checked)


@cache
def long_roster() -> Loaded:
    """A month of 31 days at three checkpoints, of which the last fortnight is covered thinly."""
    problem = generate(Size(3, 45, 31), seed=5)
    found = solve(problem, time_limit_s=0.5, seed=1, reproducible=True).assignments
    late = [one for one in sorted(found, key=repr) if one.shift.day >= problem.period.days[17]]
    draft = Draft(0, found - frozenset(late[::19]))
    sheet, burden = Sheet(problem, draft.assignments), shares(problem, draft.assignments)
    return Loaded(problem, draft, None, True, (problem.period.start,), sheet, burden)


def faults(problem: RosterProblem, assignments: frozenset[Assignment]) -> tuple[Assignment, Change]:
    """The lead of the fourth night, and whoever of the third takes somebody's place the morning after."""
    third, fourth = problem.period.days[2:4]
    nights = sorted((one for one in assignments if one.shift.code == "night"), key=lambda one: one.person)
    lead = next(one for one in nights if one.shift.day == fourth and one.duty is Duty.LEAD)
    tired = next(
        one for one in nights if one.shift.day == third and one.duty is Duty.LEAD and one.person != lead.person
    )
    early = (one for one in assignments if one.shift.day == fourth and one.shift.code == "early")
    fresh = next(one for one in sorted(early, key=lambda one: one.person) if one.duty is Duty.LEAD)
    return lead, Change(frozenset({fresh}), frozenset({replace(fresh, person=tired.person)}))


@cache
def solved() -> Roster:
    """A roster without a hard breach."""
    return solve(PROBLEM, time_limit_s=20, seed=1, reproducible=True)


def uncovered() -> Infeasible:
    """Two nights and an early without a lead: on leave, kept from nights by a doctor, or still resting."""
    leads = [one for one in PROBLEM.people if Duty.LEAD in one.duties][:4]
    days, seat = PROBLEM.period.days, Seat(Duty.LEAD)
    place = PROBLEM.people[0].home
    nights = tuple(Shortage(place, DatedShift(day, "night"), seat, 1) for day in days[4:6])
    early = Shortage(place, DatedShift(days[0], "early"), seat, 1)
    away = tuple(Conflict(Request.LEAVE, one.code, days[4:7]) for one in leads[:3])
    resting = Conflict(Request.HISTORY, leads[0].code, days[:1], place, DatedShift(days[0] - timedelta(1), "night"))
    reasons = (
        Reason((early,), (resting,), (Limit(Rule.REST, 11.0),)),
        Reason(nights, (*away, Conflict(Request.NO_NIGHT, leads[3].code))),
    )
    return Infeasible((early, *nights), reasons, (Relief(seat, 1),))
