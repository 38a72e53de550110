"""The period after the one on the board, and what is brought into the one there: nothing is lost at the edge."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import people
from db.engine import open_database
from shifts.findings import Rule
from shifts.model import Assignment, DatedShift, Duty, RosterProblem
from shifts.publishing import Draft
from shifts.rules import check, is_allowed
from station import rosters
from tests.db.samples import a_person
from tests.station.tables import csv_of
from tests.ui.roster.conftest import LEAD, NOW, OFFICER, Stage
from tests.ui.roster.incoming import HEADING, begin, bring, click, file, intake, listed, publish
from ui.roster.intake import HISTORY, PEOPLE
from ui.roster.more import Deed

# --- the period after ------------------------------------------------------------------------------------------------


def test_the_period_after_keeps_people_heads_and_rules_and_counts_across_the_edge(
    stage: Stage, roster: frozenset[Assignment]
) -> None:
    before = stage.editor.problem
    stage.page.exchange.do(Deed.NEXT)
    form = intake(stage).form
    stage.until(form.isVisible)
    assert not form.plan.isVisible()
    assert form.confirm.isEnabled()
    click(form.confirm)
    stage.until(lambda: stage.editor.problem.period.start == before.period.days[-1] + timedelta(days=1))
    stage.ready()
    made = stage.editor.problem
    assert (made.plans, made.rules) == (before.plans, before.rules)
    assert [one.code for one in made.people] == [one.code for one in before.people]
    assert len(made.demands) == len(before.demands)
    assert roster <= set(made.history)
    stage.page.panels.open_generate()
    click(stage.page.panels.generate.start)
    stage.until(lambda: stage.editor.assignments and not stage.page.panels.generate.search.running)
    stage.until(lambda: stage.editor.checked)
    assert is_allowed(check(made, stage.editor.assignments))
    publish(stage)


def test_days_that_a_roster_has_already_are_refused_where_they_were_typed(stage: Stage) -> None:
    begin(stage)
    form = intake(stage).form
    stage.until(form.isVisible)
    form.first.setDate(form.first.date().addDays(-3))
    click(form.confirm)
    stage.until(form.problem.text)
    assert "已有班表" in form.problem.text()
    assert form.isVisible()


def test_what_is_being_filled_in_is_there_still_after_a_look_at_another_page(stage: Stage) -> None:
    stage.page.exchange.do(Deed.NEXT)
    form = intake(stage).form
    form.days.setValue(5)
    stage.page.hide()
    stage.page.show()
    loaded: list[object] = []
    stage.page._shelf.loaded.connect(loaded.append)
    stage.page.refresh()
    stage.until(lambda: loaded)
    assert form.isVisible()
    assert form.days.value() == 5
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert stage.page.grid.isVisible()


def test_a_change_published_before_the_edge_reaches_the_draft_after_it(
    stage: Stage, opened: Callable[..., Stage], path: Path, problem: RosterProblem, roster: frozenset[Assignment]
) -> None:
    """The next period is begun, then last night's roster changes: the draft counts from what stands now."""
    stage.page.exchange.do(Deed.NEXT)
    click(intake(stage).form.confirm)
    stage.until(lambda: stage.editor.problem.period != problem.period)
    start = stage.editor.problem.period.start
    gone = next(one for one in sorted(roster, key=lambda one: one.person) if one.shift.day == problem.period.days[-1])
    less = replace(
        problem,
        demands=tuple(one for one in problem.demands if (one.checkpoint, one.shift) != (gone.checkpoint, gone.shift)),
    )
    with open_database(path) as database:
        rosters.publish(database, less, Draft(1, roster - {gone}), station="LS-1", lead=LEAD, now=NOW)
    loaded: list[object] = []
    stage.page._shelf.loaded.connect(loaded.append)
    stage.page._shelf.load(start)
    stage.until(lambda: loaded)
    assert gone not in stage.editor.problem.history
    assert roster - {gone} <= set(stage.editor.problem.history)


def test_publishing_counts_what_was_published_across_the_edge_since_the_draft_was_read(
    stage: Stage, path: Path, problem: RosterProblem, roster: frozenset[Assignment]
) -> None:
    """Somebody on the first morning is put into the last night before it, while the draft is in hand."""
    stage.page.exchange.do(Deed.NEXT)
    click(intake(stage).form.confirm)
    stage.until(lambda: stage.editor.problem.period != problem.period)
    stage.ready()
    made, last = stage.editor.problem, problem.period.days[-1]
    stage.page.panels.open_generate()
    click(stage.page.panels.generate.start)
    stage.until(lambda: stage.editor.assignments and not stage.page.panels.generate.search.running)
    stage.until(lambda: stage.editor.checked)
    first = [one for one in stage.editor.assignments if one.shift == DatedShift(made.period.start, "early")]
    barred = {one.code for one in made.people if one.no_night or made.period.start in one.leave}
    morning = min((one for one in first if one.person not in barred), key=lambda one: one.person)
    night = Assignment(morning.person, morning.checkpoint, Duty.CODE_CHECKER, DatedShift(last, "night"))
    rest = frozenset(one for one in roster if one.person != morning.person)
    with open_database(path) as database:
        rosters.publish(
            database, replace(problem, demands=()), Draft(1, rest | {night}), station="LS-1", lead=LEAD, now=NOW
        )
    panel = stage.page.panels.publish
    stage.page.open_publish()
    stage.until(lambda: panel.outlook is not None)
    panel.pin.setText(LEAD[1])
    click(panel.publish)
    stage.until(panel.problem.isVisible)
    assert "不能发布" in panel.problem.text()
    stage.until(lambda: night in stage.editor.problem.history and stage.editor.checked)
    assert Rule.REST in {one.rule for one in stage.page.model.marks.breaches}
    assert panel.isVisible()


# --- into the roster on the board ------------------------------------------------------------------------------------


def test_leave_comes_in_by_a_list_and_whoever_is_not_in_it_stays(stage: Stage, tmp_path: Path) -> None:
    known = stage.editor.problem.people
    first, day = known[0], stage.editor.problem.period.days[3]
    rows = [(*listed(replace(stage.editor.problem, people=(first,)))[0], day.isoformat())]
    bring(stage, PEOPLE, file(tmp_path, "leave.csv", csv_of((*HEADING, "请假"), *rows, encoding="gbk")))
    preview = intake(stage).preview
    assert "文件里没有的 14 人" in preview.news.text()
    before = stage.editor
    click(preview.take)
    stage.until(lambda: stage.page.editor is not before)
    stage.ready()
    assert len(stage.editor.problem.people) == 15
    assert stage.editor.problem.people[0].leave == {day}
    assert stage.page.notice.text() == "已导入 1 人"


def test_a_list_that_names_everybody_takes_the_others_out_with_their_shifts_and_undo_brings_those_back(
    stage: Stage, tmp_path: Path
) -> None:
    standing, known = stage.editor.assignments, stage.editor.problem.people
    rows = listed(replace(stage.editor.problem, people=known[1:]))
    bring(stage, PEOPLE, file(tmp_path, "people.csv", csv_of(HEADING, *rows)))
    preview, before = intake(stage).preview, stage.editor
    click(preview.whole)
    click(preview.take)
    stage.until(lambda: stage.page.editor is not before)
    stage.ready()
    assert {one.person for one in standing - stage.editor.assignments} == {known[0].code}
    stage.page.hands.undo()
    assert stage.editor.assignments == standing


def test_last_month_s_roster_joins_the_history_of_the_one_on_the_board(stage: Stage, tmp_path: Path) -> None:
    problem = stage.editor.problem
    day, name = problem.period.start - timedelta(days=20), problem.people[2].name
    bring(stage, HISTORY, file(tmp_path, "last.csv", csv_of(("姓名", day.isoformat()), (name, "夜"), encoding="gbk")))
    before = stage.editor
    click(intake(stage).preview.take)
    stage.until(lambda: stage.page.editor is not before)
    news = set(stage.editor.problem.history) - set(problem.history)
    assert {(one.person, one.shift) for one in news} == {(problem.people[2].code, DatedShift(day, "night"))}


def test_an_officer_is_offered_nothing_that_changes_a_roster(opened: Callable[..., Stage], path: Path) -> None:
    stage = opened(path, OFFICER[0])
    stage.ready()
    stage.page.panels.open_more()
    buttons = stage.page.panels.more.buttons
    assert {deed for deed, button in buttons.items() if button.isVisible()} == {
        *(Deed.MINE, Deed.FAIRNESS, Deed.XLSX, Deed.CSV, Deed.PDF_A4, Deed.PDF_A3)
    }
    stage.page.exchange.do(Deed.NEXT)
    assert not intake(stage).busy
    assert "F8" in stage.page.problem.text()


def test_an_officer_learns_before_the_form_that_a_lead_begins_rosters(
    opened: Callable[..., Stage], path: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new.db"
    with open_database(new) as database:
        people.add(database, a_person(code=OFFICER[0], name="A01", role="officer"), station="LS-1", by=None)
    stage = opened(new, OFFICER[0])
    stage.until(stage.page.empty.isVisible)
    click(stage.page.empty.begin)
    stage.until(stage.page.problem.isVisible)
    assert "带班组长签到" in stage.page.problem.text()
    assert not intake(stage).busy
