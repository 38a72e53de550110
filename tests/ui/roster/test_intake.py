"""A lead with two spreadsheets, who has never seen a JSON file: from nothing to a published roster, and to the next."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import people
from db.engine import open_database
from shifts.findings import Rule
from shifts.model import Assignment, DatedShift, Duty, Period, RosterProblem
from shifts.rules import check, is_allowed
from tests.db.samples import a_person
from tests.station.tables import csv_of, xlsx_of
from tests.ui.roster.conftest import LEAD, Stage
from tests.ui.roster.incoming import HEADING, begin, click, file, intake, listed, publish, read
from ui.roster.intake import HISTORY, PEOPLE


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


@pytest.mark.parametrize("today", [date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 31)])
def test_the_first_roster_is_proposed_for_the_month_to_come(bare: Stage, today: date) -> None:
    intake(bare).begin(None, today, follows=False)
    start = intake(bare).form.period.start
    assert (start.day, start > today, (start - today).days <= 31) == (1, True, True)
