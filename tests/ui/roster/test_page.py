"""The board by keyboard and by mouse: what a lead does there is what the draft, the rules and the versions say."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from benchmarks.roster_problems import Size, generate
from db.engine import open_database
from shifts.findings import Rule
from shifts.model import Assignment, Duty, RosterProblem
from shifts.problem_file import write_problem
from shifts.publishing import Change, Draft
from shifts.rule_pack import Severity
from station import rosters
from tests.ui.roster.conftest import LEAD, NOW, OFFICER, Stage
from ui.roster.publish import PublishPanel


@pytest.fixture
def nights(roster: frozenset[Assignment], problem: RosterProblem) -> list[Assignment]:
    """The third night's people, the lead first."""
    third = problem.period.days[2]
    found = [one for one in roster if one.shift.day == third and one.shift.code == "night"]
    return sorted(found, key=lambda one: (one.duty is not Duty.LEAD, one.person))


def press(stage: Stage, *keys: Qt.Key, control: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    for key in keys:
        QTest.keyClick(stage.page.grid, key, modifier)


# --- what is seen ----------------------------------------------------------------------------------------------------


def test_a_station_without_a_roster_says_what_to_do_first(
    opened: Callable[..., Stage], path: Path, tmp_path: Path, problem: RosterProblem
) -> None:
    stage = opened(tmp_path / "new.db", None)
    stage.until(stage.page.empty.isVisible)
    assert "F8" in stage.page.empty.text()


def test_a_lead_begins_from_a_file_of_people_and_demand(
    opened: Callable[..., Stage], path: Path, tmp_path: Path, problem: RosterProblem
) -> None:
    later = replace(problem, period=replace(problem.period, start=problem.period.days[-1]), demands=(), history=())
    later = replace(later, people=tuple(replace(one, wishes=(), leave=frozenset()) for one in later.people))
    file = tmp_path / "next.json"
    later = replace(later, period=replace(later.period, start=later.period.days[1]))
    file.write_text(write_problem(later), encoding="utf-8")
    stage = opened(path, LEAD[0])
    stage.ready()
    stage.page.exchange.begin_from(file)
    stage.until(lambda: stage.editor.problem.period == later.period)
    assert stage.page.state.text() == stage.look.word("roster_draft_first")


def test_an_officer_looks_and_does_not_edit(opened: Callable[..., Stage], path: Path, nights: list[Assignment]) -> None:
    stage = opened(path, OFFICER[0])
    stage.ready()
    stage.stand_on(nights[0])
    press(stage, Qt.Key.Key_Delete)
    assert nights[0] in stage.editor.assignments
    assert "F8" in stage.page.notice.text()


def test_a_gap_names_the_missing_duty_beside_have_and_need(stage: Stage, nights: list[Assignment]) -> None:
    stage.stand_on(nights[0])
    press(stage, Qt.Key.Key_Delete)
    model, place = stage.page.model, (nights[0].checkpoint, nights[0].shift)
    gap = model.find(place)
    assert gap.data() == "缺带班"
    heading = model.index(gap.row() - 1, gap.column())
    assert heading.data() == "2/3 缺带班"


def test_one_key_goes_to_the_nearest_problem(stage: Stage, nights: list[Assignment]) -> None:
    lead = nights[0]
    stage.editor.apply(Change(frozenset({lead})))
    press(stage, Qt.Key.Key_F7)
    cell = stage.page.hands.cell
    assert cell is not None
    assert (cell.place, cell.lacking) == ((lead.checkpoint, lead.shift), True)
    assert "带班组长" in stage.page.panels.problems.cell.said.rows[0].detail


# --- editing ---------------------------------------------------------------------------------------------------------


def test_enter_picks_up_and_puts_down_and_undo_takes_it_back(stage: Stage, nights: list[Assignment]) -> None:
    before, lead = stage.editor.assignments, nights[0]
    stage.stand_on(lead)
    press(stage, Qt.Key.Key_Return)
    held = stage.page.model.held
    assert held is not None
    assert held.assignment == lead
    press(stage, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert stage.page.model.held is None
    assert lead not in stage.editor.assignments
    stage.until(lambda: stage.editor.checked)
    press(stage, Qt.Key.Key_Z, control=True)
    assert stage.editor.assignments == before


def test_what_putting_down_would_break_is_said_before_it_is_done(
    stage: Stage, nights: list[Assignment], roster: frozenset[Assignment]
) -> None:
    tired = nights[0]
    morning = next(one for one in roster if one.shift.code == "early" and (one.shift.day - tired.shift.day).days == 1)
    stage.stand_on(tired)
    press(stage, Qt.Key.Key_Return)
    stage.stand_on(morning)
    said = [row.detail for row in stage.page.panels.problems.cell.said.rows]
    assert any("放在这里" in line for line in said)
    held, cell = stage.page.model.held, stage.page.hands.cell
    assert held is not None
    assert cell is not None
    assert len(said) == 1 + len(stage.editor.would_move(stage.page.model.standing, held, cell))


def test_escape_lets_go(stage: Stage, nights: list[Assignment]) -> None:
    stage.stand_on(nights[0])
    press(stage, Qt.Key.Key_Return, Qt.Key.Key_Escape)
    assert stage.page.model.held is None


def test_what_is_pinned_is_not_picked_up(stage: Stage, nights: list[Assignment]) -> None:
    stage.stand_on(nights[0])
    stage.page.hands.pin()
    press(stage, Qt.Key.Key_Return)
    assert stage.page.model.held is None
    assert nights[0] in stage.editor.problem.pins
    assert stage.page.notice.text() == stage.look.word("roster_pinned")


def test_dragging_does_what_picking_up_does(stage: Stage, nights: list[Assignment]) -> None:
    model, grid = stage.page.model, stage.page.grid
    one, other = nights[0], nights[1]
    origin = model.find((one.checkpoint, one.shift), one.person)
    target = model.find((other.checkpoint, other.shift), other.person)
    stage.stand_on(one)
    data, at = model.mimeData([origin]), QPoint(grid.visualRect(target).center())
    action, left, plain = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(grid.viewport(), QDragEnterEvent(at, action, data, left, plain))
    QApplication.sendEvent(grid.viewport(), QDropEvent(QPointF(at), action, data, left, plain))
    now = {each.person: each.duty for each in stage.editor.assignments if each.shift == one.shift}
    assert now[other.person] is Duty.LEAD
    assert now[one.person] is not Duty.LEAD


def test_a_letter_finds_people_and_enter_takes_the_first(stage: Stage, nights: list[Assignment]) -> None:
    lead = nights[0]
    stage.stand_on(lead)
    press(stage, Qt.Key.Key_Delete)
    stage.page.grid.go_to(stage.page.model.find((lead.checkpoint, lead.shift)))
    press(stage, Qt.Key.Key_P)
    chooser = stage.page.panels.chooser
    stage.until(lambda: chooser.choices)
    assert chooser.field.text().casefold() == "p"
    first = chooser.choices[0]
    assert not first.excluded
    assert any(one.excluded for one in chooser.choices)
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    now = {one.person: one.duty for one in stage.editor.assignments if one.shift == lead.shift}
    assert now[first.person.code] is Duty.LEAD


def test_whoever_cannot_is_listed_last_with_the_reason(stage: Stage, nights: list[Assignment]) -> None:
    stage.stand_on(nights[0])
    stage.page.hands.choose()
    chooser = stage.page.panels.chooser
    stage.until(lambda: chooser.choices)
    excluded = [one.excluded for one in chooser.choices]
    assert excluded == sorted(excluded)
    assert chooser.list.rows[-1].detail.startswith("不可：")


def test_the_draft_is_kept_and_found_again(
    stage: Stage, opened: Callable[..., Stage], path: Path, nights: list[Assignment]
) -> None:
    stage.stand_on(nights[0])
    press(stage, Qt.Key.Key_Delete)
    stage.page.close_down()
    again = opened(path, LEAD[0])
    again.ready()
    assert nights[0] not in again.editor.assignments
    again.page.hands.undo()
    assert nights[0] in again.editor.assignments


# --- publishing ------------------------------------------------------------------------------------------------------


def test_a_roster_in_order_is_published_with_a_pin(stage: Stage, path: Path, roster: frozenset[Assignment]) -> None:
    one = next(one for one in sorted(roster, key=repr) if one.duty is Duty.CODE_CHECKER)
    person = next(each for each in stage.editor.problem.people if each.code == one.person)
    duty = next(each for each in (Duty.TEMPERATURE, Duty.TRAFFIC) if each in person.duties)
    stage.editor.apply(Change(frozenset({one}), frozenset({replace(one, duty=duty)})))
    panel = publish(stage)
    assert not panel.reasons
    QTest.keyClicks(panel.pin, LEAD[1])
    QTest.keyClick(panel.pin, Qt.Key.Key_Return)
    stage.until(lambda: newest(path) == 2)


def test_a_hard_breach_is_published_only_with_a_reason(stage: Stage, path: Path, nights: list[Assignment]) -> None:
    stage.editor.apply(Change(frozenset({nights[0]})))
    panel = publish(stage)
    QTest.keyClicks(panel.pin, LEAD[1])
    assert not panel.publish.isEnabled()
    breach, field = panel.reasons[0]
    assert (breach.rule, breach.severity) == (Rule.COVERAGE, Severity.HARD)
    QTest.keyClicks(field, "tonight")
    panel.publish.click()
    stage.until(lambda: newest(path) == 2)
    with open_database(path) as database:
        kept = rosters.newest(database, stage.editor.problem.period.start)
    assert kept is not None
    assert [(one.by, one.why) for one in kept.approvals] == [(LEAD[0], "tonight")]


def test_a_wrong_pin_is_said_and_forgotten(stage: Stage, nights: list[Assignment]) -> None:
    stage.editor.apply(Change(frozenset({nights[0]})))
    panel = publish(stage)
    panel.reasons[0][1].setText("tonight")
    QTest.keyClicks(panel.pin, "0000")
    panel.publish.click()
    stage.until(panel.problem.text)
    assert panel.pin.text() == ""


def test_many_hard_breaches_are_mended_not_excused(stage: Stage, roster: frozenset[Assignment]) -> None:
    stage.editor.apply(Change(roster))
    stage.until(lambda: stage.editor.checked)
    panel = publish(stage)
    assert not panel.reasons
    QTest.keyClicks(panel.pin, LEAD[1])
    assert not panel.publish.isEnabled()


def test_a_draft_from_an_older_version_says_so(stage: Stage, path: Path, nights: list[Assignment]) -> None:
    stage.stand_on(nights[0])
    press(stage, Qt.Key.Key_Delete)
    stage.page.refresh()
    with open_database(path) as database:
        kept = rosters.newest(database, stage.editor.problem.period.start)
        assert kept is not None
        draft = stage.editor.draft.undo()
        pinned = replace(kept.problem, pins=kept.problem.pins ^ {nights[1]})
        rosters.publish(database, pinned, draft, station="LS-1", lead=LEAD, now=NOW)
    stage.page.refresh()
    stage.until(lambda: "第 2 版" in stage.page.problem.text() or not stage.page.problem.text())
    stage.until(lambda: newest(path) == 2)


def publish(stage: Stage) -> PublishPanel:
    """The panel, once it knows what publishing means."""
    stage.page.open_publish()
    panel = stage.page.panels.publish
    stage.until(lambda: panel.outlook is not None)
    assert panel.pin.echoMode() is QLineEdit.EchoMode.Password
    return panel


def newest(path: Path) -> int:
    with open_database(path) as database:
        (period,) = rosters.periods(database)
        kept = rosters.newest(database, period.start)
    return kept.roster.version if kept else 0


# --- generating, fairness, days --------------------------------------------------------------------------------------


def test_generating_fills_the_roster_as_one_edit(stage: Stage, roster: frozenset[Assignment]) -> None:
    stage.editor.apply(Change(frozenset(list(roster)[:40])))
    before = stage.editor.assignments
    stage.page.panels.open_generate()
    panel = stage.page.panels.generate
    panel.begin()
    stage.until(panel.under_way.phase.text)
    stage.until(lambda: panel.told is not None and panel.told.phase == "polish")
    panel.cancel()
    stage.until(lambda: not panel.search.running)
    stage.ready()
    assert stage.page.model.marks.count(Severity.HARD) == 0
    stage.page.hands.undo()
    assert stage.editor.assignments == before


def test_why_it_cannot_be_covered_is_listed(stage: Stage, problem: RosterProblem) -> None:
    away = tuple(replace(one, leave=frozenset(problem.period.days)) for one in problem.people)
    panel = stage.page.panels.generate
    wording = stage.page.model.wording
    assert wording is not None
    panel.open(wording, replace(problem, people=away), frozenset())
    panel.begin()
    stage.until(lambda: not panel.search.running)
    assert panel.problem.text()
    assert any("缺" in row.title for row in panel.list.rows)


def test_closing_the_page_stops_a_search(stage: Stage) -> None:
    stage.page.panels.open_generate()
    stage.page.panels.generate.begin()
    stage.page.close_down()


def test_the_fairness_table_tells_everybodys_burden(stage: Stage, roster: frozenset[Assignment]) -> None:
    stage.page.panels.open_fairness()
    model = stage.page.panels.fairness.model
    nights = {one.person.code: one.nights for one in model.shares}
    assert sum(nights.values()) == sum(one.shift.code == "night" for one in roster)
    assert list(nights.values()) == sorted(nights.values(), reverse=True)


def test_weeks_follow_each_other(stage: Stage) -> None:
    assert stage.page.bar.title.text() == "2026-09-28 – 10-04"
    stage.page.days.go_later()
    assert stage.page.bar.title.text() == "2026-10-05 – 10-11"
    stage.page.days.show_month()
    assert stage.page.bar.title.text() == "2026-09-28 – 10-11"


def test_both_languages_say_it_at_once(stage: Stage, nights: list[Assignment]) -> None:
    stage.editor.apply(Change(frozenset({nights[0]})))
    stage.look.speak("en")
    gap = stage.page.model.find((nights[0].checkpoint, nights[0].shift))
    assert gap.data() == "No Lead"
    assert stage.page.panels.problems.next.text() == "Next F7"


def test_the_bar_has_room_for_a_choice_of_checkpoints_in_english_at_1280(
    opened: Callable[..., Stage], path: Path
) -> None:
    two = generate(Size(2, 30, 7), seed=2)
    with open_database(path) as database:
        rosters.save_draft(database, two, Draft(1, frozenset()), station="LS-1", by=LEAD[0], now=NOW)
    stage = opened(path, LEAD[0])
    stage.ready()
    stage.look.speak("en")
    stage.page.bar.count_swaps(12)
    assert stage.page.bar.checkpoint.isVisible()
    assert stage.page.bar.minimumSizeHint().width() <= 1280 - 92 - 20
