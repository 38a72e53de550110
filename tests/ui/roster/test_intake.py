"""A lead with two spreadsheets, who has never seen a JSON file: from nothing to a published roster, and to the next."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import people
from db.engine import open_database
from shifts.findings import Rule
from shifts.model import Assignment, DatedShift, Duty, Period, RosterProblem
from shifts.publishing import Draft
from shifts.rules import check, is_allowed
from station import rosters
from station.texts_roster import DUTIES
from tests.db.samples import a_person
from tests.station.tables import csv_of, xlsx_of
from tests.ui.roster.conftest import LEAD, NOW, OFFICER, Stage
from ui.roster.intake import HISTORY, PEOPLE, Intake
from ui.roster.more import Deed

HEADING = ("姓名", "工号", "单位", "岗位")


def listed(problem: RosterProblem) -> list[tuple[str, ...]]:
    """Everybody as a lead's list has them."""
    return [
        (one.name, one.code, "、".join(sorted(one.units)), "、".join(DUTIES[duty][0] for duty in sorted(one.duties)))
        for one in problem.people
    ]


def file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def intake(stage: Stage) -> Intake:
    return stage.page.exchange.intake


def read(stage: Stage, kind: str, path: Path) -> None:
    """Read a table for the form, and wait until it is shown."""
    intake(stage).read(kind, path)
    shown(stage)


def begin(stage: Stage) -> None:
    """Open the form of a new roster."""
    stage.page.exchange.begin_anew()
    stage.until(intake(stage).form.isVisible)


def shown(stage: Stage) -> None:
    preview = intake(stage).preview
    stage.until(
        lambda: preview.isVisible() and (preview.model.rows or preview.faults.rows or preview.problem.isVisible())
    )


def bring(stage: Stage, kind: str, path: Path) -> None:
    """Read a table for the roster on the board."""
    intake(stage).read(kind, path, (stage.editor.problem, stage.editor.assignments))
    shown(stage)


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


@pytest.fixture
def bare(opened: Callable[..., Stage], path: Path, tmp_path: Path) -> Stage:
    """A lead's board over a database with people and no roster."""
    with open_database(path) as known:
        record = people.get(known, LEAD[0])
    assert record is not None
    new = tmp_path / "new.db"
    with open_database(new) as database:
        person = a_person(code=LEAD[0], name="L01", role="lead", pin_hash=record.pin_hash)
        people.add(database, person, station="LS-1", by=None)
    stage = opened(new, LEAD[0])
    stage.until(stage.page.empty.isVisible)
    return stage


# --- from nothing ----------------------------------------------------------------------------------------------------


def test_from_two_spreadsheets_to_a_published_roster(bare: Stage, tmp_path: Path, problem: RosterProblem) -> None:
    """The list in a GBK file, last month's roster in a workbook, fourteen days, generated and published."""
    click(bare.page.empty.begin)
    form = intake(bare).form
    bare.until(form.isVisible)
    assert not form.confirm.isEnabled()
    read(bare, PEOPLE, file(tmp_path, "people.csv", csv_of(HEADING, *listed(problem), encoding="gbk")))
    click(intake(bare).preview.take)
    bare.until(form.isVisible)
    assert form.people.text() == "15 人：龙士 15 人"
    assert form.unit.currentText() == "交通检疫组"
    form.days.setValue(14)
    start = form.period.start
    nights = [start - timedelta(days=number) for number in (3, 2, 1)]
    tired = problem.people[0]
    table = xlsx_of(("姓名", *(day.isoformat() for day in nights)), (tired.name, "夜", "夜", "夜"))
    read(bare, HISTORY, file(tmp_path, "last.xlsx", table))
    click(intake(bare).preview.take)
    assert "3 个班" in form.history.text()
    click(form.confirm)
    bare.ready()
    assert bare.page.bar.isVisible()
    made = bare.editor.problem
    assert (made.period, len(made.demands), len(made.history)) == (Period(start, 14), 42, 3)
    assert {(one.shift.code, one.heads, len(one.seats)) for one in made.demands} == {
        ("early", 4, 3),
        ("middle", 3, 3),
        ("night", 3, 3),
    }
    generate = bare.page.panels.generate
    bare.page.panels.open_generate()
    click(generate.start)
    bare.until(lambda: bare.editor.assignments and not generate.search.running)
    bare.until(lambda: bare.editor.checked)
    assert is_allowed(check(made, bare.editor.assignments))
    next_morning = Assignment(tired.code, "LS", Duty.CODE_CHECKER, DatedShift(start, "early"))
    assert Rule.REST in {one.rule for one in check(made, [next_morning])}
    publish(bare)


def publish(stage: Stage) -> None:
    panel = stage.page.panels.publish
    stage.page.open_publish()
    stage.until(lambda: panel.outlook is not None)
    panel.pin.setText(LEAD[1])
    click(panel.publish)
    stage.until(lambda: "已发布" in stage.page.state.text())


def test_faults_are_named_by_row_and_column_and_nothing_is_taken_until_they_are_mended(
    bare: Stage, tmp_path: Path, problem: RosterProblem
) -> None:
    begin(bare)
    rows = listed(problem)
    faulty = [(rows[0][0], "", *rows[0][2:]), (*rows[1][:3], "查马"), *rows[2:]]
    path = file(tmp_path, "人员.xlsx", xlsx_of(HEADING, *faulty))
    read(bare, PEOPLE, path)
    preview = intake(bare).preview
    said = [row.detail for row in preview.faults.rows]
    assert [line.split("：")[0] for line in said] == ["“Sheet1” 第 2 行 B 列", "“Sheet1” 第 3 行 D 列"]
    assert preview.summary.text().startswith("看懂了 13 人；2 处要改")
    assert len(preview.model.rows) == 13
    assert not preview.take.isEnabled()
    file(tmp_path, "人员.xlsx", xlsx_of(HEADING, *rows))
    click(preview.read_again)
    bare.until(preview.take.isEnabled)
    assert len(preview.model.rows) == 15


def test_a_file_that_is_gone_is_a_sentence_and_the_form_is_not_lost(bare: Stage, tmp_path: Path) -> None:
    begin(bare)
    intake(bare).form.days.setValue(9)
    read(bare, PEOPLE, tmp_path / "gone.xlsx")
    assert "gone.xlsx" in intake(bare).preview.problem.text()
    QTest.keyClick(intake(bare).preview, Qt.Key.Key_Escape)
    bare.until(intake(bare).form.isVisible)
    assert intake(bare).form.days.value() == 9


def test_whoever_has_left_is_passed_over_only_once_the_lead_says_so(
    bare: Stage, tmp_path: Path, problem: RosterProblem
) -> None:
    begin(bare)
    read(bare, PEOPLE, file(tmp_path, "people.csv", csv_of(HEADING, *listed(problem))))
    click(intake(bare).preview.take)
    preview, day = intake(bare).preview, intake(bare).form.period.start - timedelta(days=1)
    rows = ((problem.people[0].name, "早"), ("刘已调走", "中"))
    read(bare, HISTORY, file(tmp_path, "last.csv", csv_of(("姓名", day.isoformat()), *rows)))
    assert not preview.take.isEnabled()
    click(preview.leavers)
    bare.until(preview.take.isEnabled)
    click(preview.take)
    assert "1 个班" in intake(bare).form.history.text()


def test_a_form_that_cannot_hold_says_why(bare: Stage, tmp_path: Path, problem: RosterProblem) -> None:
    begin(bare)
    form = intake(bare).form
    nobody_leads = [(*row[:3], "查码") for row in listed(problem)]
    read(bare, PEOPLE, file(tmp_path, "people.csv", csv_of(HEADING, *nobody_leads)))
    click(intake(bare).preview.take)
    assert "带班组长" in form.hint.text()
    assert not form.confirm.isEnabled()


def test_twelve_hours_come_with_rules_that_know_them(bare: Stage, tmp_path: Path, problem: RosterProblem) -> None:
    begin(bare)
    form = intake(bare).form
    read(bare, PEOPLE, file(tmp_path, "people.csv", csv_of(HEADING, *listed(problem))))
    click(intake(bare).preview.take)
    form.plan.setCurrentIndex(1)
    form.plan.activated.emit(1)
    assert form.terms.rules.name == "comprehensive"
    assert list(form.lines) == ["day", "night"]
    assert form.confirm.isEnabled()
    form.rules.setCurrentIndex(0)
    form.rules.activated.emit(0)
    assert "12 小时" in form.hint.text()
    assert not form.confirm.isEnabled()


def test_too_few_people_are_seen_before_anything_is_tried(bare: Stage, tmp_path: Path, problem: RosterProblem) -> None:
    begin(bare)
    form = intake(bare).form
    for count, enough in ((15, True), (9, False)):
        rows = listed(problem)[:count]
        read(bare, PEOPLE, file(tmp_path, f"{count}.csv", csv_of(HEADING, *rows)))
        bare.until(intake(bare).preview.take.isEnabled)
        click(intake(bare).preview.take)
        assert ("人手不够" in form.load.text()) is not enough
    assert form.lines["night"].seats["lead"].text() == "✓ 带班"


def test_a_shift_needs_no_fewer_heads_than_it_has_seats(bare: Stage) -> None:
    begin(bare)
    line = intake(bare).form.lines["night"]
    line.heads.setValue(0)
    assert line.heads.value() == 2  # no quarantine unit is known yet
    click(line.seats["recorder"])
    line.heads.setValue(0)
    assert line.heads.value() == 1


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
    morning = min(first, key=lambda one: one.person)
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


@pytest.mark.parametrize("today", [date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 31)])
def test_the_first_roster_is_proposed_for_the_month_to_come(bare: Stage, today: date) -> None:
    intake(bare).begin(None, today, follows=False)
    start = intake(bare).form.period.start
    assert (start.day, start > today, (start - today).days <= 31) == (1, True, True)
