"""Who is there, on the sheet: how everybody stands, and coming and leaving by PIN and by badge."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from db import sign_ins
from shifts.model import Assignment, DatedShift, Duty
from shifts.publishing import Approval, Draft
from shifts.rules import check
from station import attendance, badges, rosters
from station.post import Post
from tests.shifts.rosters import person, problem
from tests.station.builders import EVERYTHING
from tests.ui.handover.conftest import EARLY, IN, MIDDLE, OFFICER, OUT, PIN, Stage, at
from ui.handover.attendance import AttendancePane


@pytest.fixture
def rostered(post: Post) -> Post:
    """The early shift's roster: a lead, and a recorder who has not come."""
    crew = frozenset({Assignment(OUT, "LS", Duty.LEAD, EARLY), Assignment(OFFICER, "LS", Duty.RECORDER, EARLY)})
    under = problem(person(OUT), person(OFFICER), person(IN))
    words = [Approval(one.rule, one.finding, "?", "试用") for one in check(under, crew)]
    at_noon = at(-24)
    rosters.publish(post.database, under, Draft(0, crew), station="LS-1", lead=(OUT, PIN), now=at_noon, approvals=words)
    return post


@pytest.fixture
def stage(opened: Callable[..., Stage], path: Path, rostered: Post) -> Stage:
    """The page in the middle of the early shift; its lead has come at eight minutes to eight."""
    attendance.check_in(rostered, OUT, PIN, now=at(7, 52))
    one = opened(path, now=at(10))
    one.until(lambda: one.handover.shift == EARLY and one.page.sheet.attendance.fields.isVisible())
    return one


def pane(stage: Stage) -> AttendancePane:
    return stage.page.sheet.attendance


def words(stage: Stage) -> list[str]:
    """What the pane's table says, row by row."""
    grid = pane(stage)._grid
    assert grid is not None
    return [label.text() for label in grid.findChildren(QLabel)]


def signs(stage: Stage, code: str = OFFICER, pin: str = PIN, *, leaves: bool = False) -> None:
    pane(stage).code.setText(code)
    pane(stage).pin.setText(pin)
    (pane(stage).go if leaves else pane(stage).come).click()


def badge_of(post: Post, code: str = OFFICER) -> str:
    text = badges.draw()
    badges.issue(post.database, [(code, text)], actor=EVERYTHING, station="LS-1", now=at(-24))
    return text


def there(post: Post) -> tuple[str, ...]:
    return sign_ins.on_duty(post.database, "LS-1", EARLY.day, EARLY.code)


def test_everybody_of_the_roster_is_named_with_how_they_stand(stage: Stage) -> None:
    assert pane(stage).title.text() == "出勤：应到 2，实到 1"
    told = words(stage)
    assert told[3:] == ["周志明", "带班组长", "已到 07:52", "李伟", "登记", "未到"]


def test_who_comes_by_code_and_pin_is_there_at_once(stage: Stage, rostered: Post) -> None:
    signs(stage)
    stage.until(lambda: pane(stage).title.text() == "出勤：应到 2，实到 2")
    assert pane(stage).well.text() == "李伟 已到岗 10:00"
    assert "已到 10:00" in words(stage)
    assert there(rostered) == (OUT, OFFICER)
    assert (pane(stage).code.text(), pane(stage).pin.text()) == ("", "")


def test_who_leaves_by_code_and_pin_has_left(stage: Stage, rostered: Post) -> None:
    stage.clock.now = at(15, 58)
    signs(stage, OUT, leaves=True)
    stage.until(lambda: "已离岗 15:58（07:52 到）" in words(stage))
    assert there(rostered) == ()


def test_who_helps_out_is_named_beside_the_roster(stage: Stage) -> None:
    signs(stage, IN)
    stage.until(lambda: pane(stage).title.text() == "出勤：应到 2，实到 1，另到 1")
    assert words(stage)[-3:] == ["陈志明", "不在班表", "已到 10:00"]


@pytest.mark.parametrize(
    ("code", "pin", "leaves", "sentence"),
    [
        (OFFICER, "0000", False, "编号或 PIN 不对"),
        ("X9", PIN, False, "编号或 PIN 不对"),
        (OFFICER, PIN, True, "李伟 没有到岗记录，不用登记离岗"),
    ],
)
def test_what_is_wrong_is_said_and_the_code_stays(
    stage: Stage, code: str, pin: str, leaves: bool, sentence: str
) -> None:
    signs(stage, code, pin, leaves=leaves)
    stage.until(pane(stage).problem.isVisible)
    assert pane(stage).problem.text() == sentence
    assert (pane(stage).code.text(), pane(stage).pin.text()) == (code, "")
    assert pane(stage).come.isEnabled()


def test_a_scanned_badge_comes_in_and_its_owner_may_leave_by_it(stage: Stage, rostered: Post) -> None:
    pane(stage).take_badge(badge_of(rostered))
    stage.until(pane(stage).badge_go.isVisible)
    assert pane(stage).well.text() == "李伟 已到岗 10:00"
    assert pane(stage).badge_go.text() == "李伟 离岗"
    stage.until(lambda: there(rostered) == (OUT, OFFICER))
    stage.clock.now = at(10) + timedelta(minutes=5)
    pane(stage).badge_go.click()
    stage.until(lambda: there(rostered) == (OUT,))
    stage.until(lambda: "已离岗 10:05（10:00 到）" in words(stage))
    assert not pane(stage).badge_go.isVisible()


def test_a_stranger_s_badge_is_said_and_opens_nothing(stage: Stage, rostered: Post) -> None:
    pane(stage).take_badge(badges.draw())
    stage.until(pane(stage).problem.isVisible)
    assert "不是本站发的胸牌" in pane(stage).problem.text()
    assert not pane(stage).badge_go.isVisible()


def test_a_badge_is_not_in_hand_for_ever(stage: Stage, rostered: Post) -> None:
    pane(stage)._holds.setInterval(50)
    pane(stage).take_badge(badge_of(rostered))
    stage.until(lambda: pane(stage).well.text() and not pane(stage).badge_go.isVisible())
    assert pane(stage)._badge is None


def test_return_goes_from_the_code_to_the_pin_and_comes(stage: Stage, rostered: Post) -> None:
    field = pane(stage)
    field.code.setFocus()
    QTest.keyClicks(field.code, OFFICER)
    QTest.keyClick(field.code, Qt.Key.Key_Return)
    QTest.keyClicks(field.pin, PIN)
    QTest.keyClick(field.pin, Qt.Key.Key_Return)
    stage.until(lambda: there(rostered) == (OUT, OFFICER))


def test_whatever_sheet_is_shown_people_come_to_the_shift_it_is_time_for(stage: Stage, rostered: Post) -> None:
    night = DatedShift(EARLY.day - timedelta(days=1), "night")
    stage.page.choose(night)
    stage.until(lambda: stage.handover.shift == night)
    signs(stage)
    stage.until(lambda: pane(stage).well.text() == "李伟 已到岗 10:00")
    assert there(rostered) == (OUT, OFFICER)


def test_no_pin_stays_typed_and_no_badge_in_hand(stage: Stage, rostered: Post) -> None:
    pane(stage).take_badge(badge_of(rostered))
    stage.until(pane(stage).badge_go.isVisible)
    pane(stage).pin.setText("56")
    stage.page.hide()
    stage.page.show()
    assert pane(stage).pin.text() == ""
    assert not pane(stage).badge_go.isVisible()


def test_who_comes_after_four_is_of_the_middle_shift(stage: Stage, rostered: Post) -> None:
    stage.clock.now = at(16, 1)
    signs(stage)
    stage.until(pane(stage).well.isVisible)
    assert sign_ins.on_duty(rostered.database, "LS-1", MIDDLE.day, MIDDLE.code) == (OFFICER,)


def test_it_speaks_the_language_in_force(stage: Stage) -> None:
    stage.look.speak("en")
    assert pane(stage).title.text() == "Attendance: 1 of 2 came"
    assert "not here" in words(stage)
    assert pane(stage).come.text() == "Check in"
