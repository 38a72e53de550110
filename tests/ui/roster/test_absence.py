"""Somebody cannot come: at the board, from an hour until a day, one by one or all with the fewest changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.engine import open_database
from shifts.model import SHANGHAI, Assignment, RosterProblem
from shifts.publishing import Change, Draft, difference
from shifts.rule_pack import Severity
from shifts.stints import stint_of, touched_days
from station import rosters
from tests.ui.roster.conftest import LEAD, NOW, OFFICER, Stage
from ui.roster.absence_panel import AbsencePanel
from ui.roster.mending import Absence

HERE = NOW.astimezone(SHANGHAI)  # noon of the fourth day
TONIGHT = HERE.date()


@pytest.fixture
def ill(roster: frozenset[Assignment], problem: RosterProblem) -> Assignment:
    """Somebody of tonight's night shift, who works again before the week is over."""
    tonight = sorted((one for one in roster if one.shift.code == "night" and one.shift.day == TONIGHT), key=repr)
    return max(tonight, key=lambda one: len(later(roster, problem, one)))


def later(roster: frozenset[Assignment], problem: RosterProblem, one: Assignment) -> list[Assignment]:
    """All they have from this shift on."""
    return [each for each in roster if each.person == one.person and each.shift.day >= one.shift.day]


def asked(stage: Stage, one: Assignment) -> AbsencePanel:
    """The panel, opened by key over the cell in hand."""
    stage.stand_on(one)
    QTest.keyClick(stage.page.grid, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    panel = stage.page.panels.absence
    stage.until(panel.isVisible)
    return panel


def mended(stage: Stage, panel: AbsencePanel) -> frozenset[Assignment]:
    """Search, and give what the draft is then."""
    panel.solve.click()
    stage.until(lambda: not panel.under_way.running)
    stage.ready()
    return stage.editor.assignments


# --- asking ----------------------------------------------------------------------------------------------------------


def test_it_begins_with_the_one_shift_in_hand(stage: Stage, ill: Assignment, problem: RosterProblem) -> None:
    panel = asked(stage, ill)
    assert list(panel.vacated) == [ill]
    start, _ = problem.shift(ill).span(ill.shift.day)
    assert panel.away == Absence(ill.person, start, start.date())
    assert panel.list.rows[0].about == ill


def test_a_finger_does_what_the_key_does(stage: Stage, ill: Assignment) -> None:
    stage.stand_on(ill)
    stage.page.panels.problems.cell.absent_button.click()
    assert stage.page.panels.currentWidget() is stage.page.panels.absence


def test_until_a_later_day_more_is_left(
    stage: Stage, ill: Assignment, roster: frozenset[Assignment], problem: RosterProblem
) -> None:
    panel = asked(stage, ill)
    panel.to_end.click()
    assert set(panel.vacated) == set(later(roster, problem, ill))
    panel.shift.click()
    assert list(panel.vacated) == [ill]


def test_a_step_is_an_hour_or_a_day_over_midnight(stage: Stage, ill: Assignment) -> None:
    panel = asked(stage, ill)
    panel.since_steps.less.click()
    assert panel.since.moment == datetime(2026, 10, 1, 23, tzinfo=SHANGHAI)
    panel.until.show_day(date(2026, 10, 31))
    panel.until_steps.more.click()
    assert panel.until.day == date(2026, 11, 1)


def test_an_officer_only_looks(opened: Callable[..., Stage], path: Path, ill: Assignment) -> None:
    stage = opened(path, OFFICER[0])
    stage.ready()
    stage.stand_on(ill)
    stage.page.hands.miss()
    assert stage.page.panels.currentWidget() is stage.page.panels.problems
    assert "F8" in stage.page.notice.text()


def test_nobody_in_hand_is_said(stage: Stage, ill: Assignment) -> None:
    stage.editor.apply(Change(frozenset({ill})))
    stage.page.grid.go_to(stage.page.model.find((ill.checkpoint, ill.shift)))
    stage.page.hands.miss()
    assert stage.page.notice.text() == stage.look.word("roster_nobody_here")


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (timedelta(), timedelta(-1), ("早于", "before")),
        (timedelta(40), timedelta(41), ("到 2026-10-11 为止", "over on 2026-10-11")),
    ],
    ids=["backward", "over"],
)
def test_what_cannot_be_asked_has_its_sentence(
    stage: Stage, ill: Assignment, since: timedelta, until: timedelta, said: tuple[str, str]
) -> None:
    panel = asked(stage, ill)
    panel.since.show_moment(HERE + since)
    panel.until.show_day((HERE + until).date())
    assert said[0] in panel.said.text()
    assert not panel.solve.isEnabled()
    stage.look.speak("en")
    assert said[1] in panel.said.text()


def test_a_shift_that_has_begun_is_not_left_any_more(
    stage: Stage, roster: frozenset[Assignment], problem: RosterProblem
) -> None:
    begun = next(one for one in sorted(roster, key=repr) if one.shift.day == TONIGHT and one.shift.code == "early")
    panel = asked(stage, begun)
    assert panel.since.moment == HERE
    assert begun not in panel.vacated
    assert "已开始" in panel.said.text()


# --- all at once -----------------------------------------------------------------------------------------------------


def test_the_fewest_changes_leave_alone_what_has_begun_and_are_shown(
    stage: Stage, ill: Assignment, roster: frozenset[Assignment], problem: RosterProblem
) -> None:
    panel = asked(stage, ill)
    panel.to_end.click()
    left, away = set(panel.vacated), panel.away
    after = mended(stage, panel)
    assert away is not None
    touched = [one for one in after if one.person == ill.person and one not in roster]
    assert not [one for one in touched if away.first <= max(touched_days(stint_of(problem, one)))]
    assert not left & after
    begun = {one for one in roster if problem.shift(one).span(one.shift.day)[0] < HERE}
    assert begun <= after
    assert len(after - roster) <= 2 * len(left)
    assert stage.page.model.marks.count(Severity.HARD) == 0
    told = "\n".join(row.detail for row in panel.list.rows)
    assert told.count("＋") + told.count("＝") == len(after - roster)
    assert told.count("－") + told.count("＝") == len(roster - after)
    assert f"空出 {len(left)} 个班" in panel.said.text()
    new = len(difference(roster, after).newly_placed)
    assert f"新排 {new} 人次，" in panel.said.text()


def test_it_is_one_edit_that_is_undone_at_once(stage: Stage, ill: Assignment, roster: frozenset[Assignment]) -> None:
    panel = asked(stage, ill)
    assert mended(stage, panel) != roster
    panel.undo.click()
    assert stage.editor.assignments == roster
    assert list(panel.vacated) == [ill]


def test_it_is_published_like_any_draft(stage: Stage, ill: Assignment, path: Path) -> None:
    panel = asked(stage, ill)
    after = mended(stage, panel)
    panel.publish.click()
    publish = stage.page.panels.publish
    stage.until(lambda: publish.outlook)
    assert not publish.reasons
    QTest.keyClicks(publish.pin, LEAD[1])
    publish.publish.click()
    stage.until(lambda: "第 2 版" in stage.page.state.text())
    with open_database(path) as database:
        newest = rosters.newest(database, stage.editor.problem.period.start)
    assert newest is not None
    assert newest.roster.assignments == after


def test_leaving_while_it_searches_gives_it_up(stage: Stage, ill: Assignment, roster: frozenset[Assignment]) -> None:
    panel = asked(stage, ill)
    panel.solve.click()
    assert panel.under_way.stop.isVisible()
    QTest.keyClick(panel.back, Qt.Key.Key_Escape)
    stage.until(lambda: not panel.under_way.running)
    assert stage.editor.assignments == roster


def test_an_edit_meanwhile_is_not_overwritten(stage: Stage, ill: Assignment, roster: frozenset[Assignment]) -> None:
    panel = asked(stage, ill)
    other = next(one for one in sorted(roster, key=repr) if one.person != ill.person and one.shift.day > TONIGHT)
    panel.solve.click()
    stage.editor.apply(Change(frozenset({other})))
    panel.under_way.cancel()
    stage.until(lambda: not panel.under_way.running)
    assert stage.editor.assignments == roster - {other}


def test_nobody_who_can_stand_in_is_said_with_the_reasons(
    opened: Callable[..., Stage], path: Path, ill: Assignment, problem: RosterProblem
) -> None:
    days = frozenset(problem.period.days[3:6])
    alone = replace(problem, people=tuple(replace(one, leave=one.leave | days) for one in problem.people))
    with open_database(path) as database:
        kept = rosters.newest(database, problem.period.start)
        assert kept is not None
        rosters.save_draft(database, alone, Draft(1, kept.roster.assignments), station="LS-1", by=LEAD[0], now=NOW)
    stage = opened(path, LEAD[0])
    stage.ready()
    before = stage.editor.assignments
    panel = asked(stage, ill)
    assert mended(stage, panel) == before
    assert "没有人能顶" in panel.said.text()
    stage.look.speak("en")
    assert "Nobody can stand in" in panel.said.text()
    assert len(panel.list.rows) > len(panel.vacated)


# --- one by one ------------------------------------------------------------------------------------------------------


def test_shift_by_shift_whoever_is_away_is_asked_nowhere(
    stage: Stage, ill: Assignment, roster: frozenset[Assignment], problem: RosterProblem
) -> None:
    panel, chooser = asked(stage, ill), stage.page.panels.chooser
    panel.to_end.click()
    for one in list(panel.vacated):
        assert stage.page.panels.currentWidget() is panel
        panel.list.mark(0)
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
        stage.until(lambda: chooser.choices)
        assert stage.page.hands.cell is not None
        assert stage.page.hands.cell.assignment == one
        assert ill.person not in {each.person.code for each in chooser.choices if not each.excluded}
        QTest.keyClick(chooser.field, Qt.Key.Key_Return)
        assert one not in stage.editor.assignments
    assert stage.page.panels.currentWidget() is stage.page.panels.problems
    assert stage.page.notice.text() == stage.look.word("roster_absent_done")
