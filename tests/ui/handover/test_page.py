"""The page by hand: what the sheet shows, what a lead writes, and both leads' words for it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from db import passages
from shifts.handover import Sheet, Supply, Visit
from station import handover as service
from station.decisions import Decision, note
from station.handover import Standing
from station.post import Post
from tests.screens import sight
from tests.ui.handover.conftest import EARLY, IN, MIDDLE, OFFICER, OUT, PIN, Stage, at, on_record, pass_by
from ui.handover.writing import SupplyLine, VisitLine


def said(stage: Stage) -> str:
    return "\n".join(one.text() for one in stage.page.findChildren(QLabel) if one.isVisible())


def supply(stage: Stage, number: int = 0) -> SupplyLine:
    line = stage.page.sheet.supplies.lines[number]
    assert isinstance(line, SupplyLine)
    return line


def visit(stage: Stage, number: int = 0) -> VisitLine:
    line = stage.page.sheet.visits.lines[number]
    assert isinstance(line, VisitLine)
    return line


# --- what is seen ----------------------------------------------------------------------------------------------------


def test_the_shift_that_has_just_ended_is_in_hand_and_the_running_one_beside_it(stage: Stage) -> None:
    assert stage.handover.shift == EARLY
    assert stage.page.title.text() == "2026-05-04 早班 08:00–16:00 · 该交班了"
    assert [row.title for row in stage.page.list.rows] == ["05-04 中班", "05-04 早班"]


def test_the_sheet_says_what_passed_what_waits_what_was_turned_back_and_what_failed(stage: Stage) -> None:
    words = said(stage)
    for one in ("放行 2", "人工核验 1", "劝返 1", "合计 4", "未处置的人工核验：1", "劝返车辆：1", "核酸超时"):
        assert one in words
    assert "摄像头故障" in words


def test_no_plate_is_shown_whole(stage: Stage) -> None:
    assert "闽E·1***5" in said(stage)
    assert "闽E12345" not in said(stage)


def test_whom_somebody_called_about_a_refused_vehicle_stands_beside_it(stage: Stage, post: Post) -> None:
    (refused,) = on_record(post).sheet.refused
    row = passages.get(post.database, "LS1", refused.passage)
    assert row is not None
    note(
        post.database,
        station=row.station,
        passage=row.id,
        kind=Decision.CALLED,
        officer=(OFFICER, PIN),
        reason="角美疾控",
        now=at(11),
    )
    stage.page.refresh()
    stage.until(lambda: "角美疾控" in said(stage))


def test_late_and_missing_handovers_are_worded_and_counted(opened: Callable[..., Stage], path: Path) -> None:
    stage = opened(path, now=at(25))
    stage.page._shelf.look()
    stage.until(lambda: stage.overdue)
    rows = {row.title: row.detail for row in stage.page.list.rows}
    assert rows == {"05-04 夜班": "正在值班", "05-04 中班": "已逾期", "05-04 早班": "缺交接"}
    assert stage.overdue[-1] == 2


def test_a_shift_chosen_by_the_keys_is_shown(stage: Stage) -> None:
    stage.page.list.setFocus()
    QTest.keyClick(stage.page.list, Qt.Key.Key_Up)
    stage.until(lambda: stage.handover.shift == MIDDLE)
    assert "放行 0" in said(stage)


def test_a_long_list_shows_its_beginning_until_all_is_asked_for(stage: Stage, post: Post) -> None:
    for minute in range(20):
        pass_by(post.database, at(13, minute), "refuse", "health_red")
    stage.page.refresh()
    stage.until(lambda: "劝返车辆：21" in said(stage))
    section = stage.page.sheet.sections[3]
    assert said(stage).count("红码") < 20
    (more,) = section.controls()
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert said(stage).count("红码") == 20


# --- what a lead writes ----------------------------------------------------------------------------------------------


def test_what_a_lead_writes_is_kept_once_the_page_is_turned_away_from(stage: Stage, post: Post) -> None:
    sheet = stage.page.sheet
    sheet.supplies.add.click()
    QTest.keyClicks(supply(stage).item, "N95")
    supply(stage).count.setValue(40)
    QTest.keyClicks(supply(stage).remark, "low")
    sheet.visits.add.click()
    visit(stage).by.setText("区督查组")
    visit(stage).findings.setPlainText("未公示采样点")
    visit(stage).mended.setPlainText("已张贴")
    stage.write("2 号体温枪送修")
    assert on_record(post).steps == 0
    stage.window.hide()
    stage.until(lambda: on_record(post).steps)
    kept = on_record(post)
    assert kept.sheet.supplies == (Supply("N95", 40, "low"),)
    assert kept.sheet.visits == (Visit(at(8), "区督查组", "未公示采样点", "已张贴"),)
    assert (kept.sheet.notes, kept.steps) == ("2 号体温枪送修", 1)


def test_a_pause_keeps_it_too_and_the_page_says_so(stage: Stage, post: Post) -> None:
    stage.write("水已送到")
    assert stage.page.state.text() == stage.look.word("handover_unkept")
    stage.page._shelf._timer.start(0)
    stage.until(lambda: stage.page.state.text() == stage.look.word("handover_kept"))
    assert on_record(post).sheet.notes == "水已送到"


def test_what_was_typed_outlives_a_close_and_is_there_again(
    stage: Stage, opened: Callable[..., Stage], path: Path
) -> None:
    stage.write("写到一半")
    stage.page.close_down()
    again = opened(path)
    assert again.page.sheet.notes.notes.toPlainText() == "写到一半"


def test_typing_goes_on_while_what_was_typed_before_is_kept(stage: Stage, post: Post) -> None:
    stage.write("一")
    stage.page._shelf.save()
    stage.write("一二")
    stage.page._shelf.save()
    stage.write("一二三")
    stage.kept()
    stage.until(lambda: on_record(post).sheet.notes == "一二三")
    assert stage.page.sheet.notes.notes.toPlainText() == "一二三"
    assert not stage.page.problem.isVisible()


def test_a_sheet_begins_with_the_supplies_of_the_one_before_and_a_line_is_taken_off(stage: Stage, post: Post) -> None:
    service.write(post, EARLY, Sheet(supplies=(Supply("口罩", 40), Supply("体温枪", 2))), by=OUT, now=at(15))
    stage.page.choose(MIDDLE)
    stage.until(lambda: stage.handover.shift == MIDDLE)
    assert [supply(stage, number).item.text() for number in range(2)] == ["口罩", "体温枪"]
    supply(stage).remove.click()
    stage.kept()
    assert on_record(post, MIDDLE).sheet.supplies == (Supply("体温枪", 2),)
    assert on_record(post).sheet.supplies[0] == Supply("口罩", 40)


def test_a_visit_at_night_is_of_the_day_its_shift_runs_into(opened: Callable[..., Stage], path: Path) -> None:
    stage = opened(path, now=at(26))
    stage.page.choose(replace(EARLY, code="night"))
    stage.until(lambda: stage.handover.shift.code == "night")
    stage.page.sheet.visits.add.click()
    visit(stage).by.setText("市督查组")
    visit(stage).time.setTime(visit(stage).time.time().addSecs(90 * 60))
    assert stage.page.sheet.own().visits[0].at == at(25, 30)


def test_scrolling_the_sheet_changes_no_count_and_no_time(stage: Stage) -> None:
    stage.page.sheet.supplies.add.click()
    stage.page.sheet.visits.add.click()
    for field in (supply(stage).count, visit(stage).time):
        before = field.text()
        at_field, down = QPointF(5, 5), QPoint(0, -120)
        event = QWheelEvent(
            at_field,
            QPointF(field.mapToGlobal(QPoint(5, 5))),
            QPoint(),
            down,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, event)
        assert field.text() == before


def test_full_width_digits_count(stage: Stage) -> None:
    stage.page.sheet.supplies.add.click()
    count = supply(stage).count
    count.selectAll()
    typed = QInputMethodEvent()
    typed.setCommitString("４０")
    QApplication.sendEvent(count.lineEdit(), typed)
    assert count.value() == 40


def test_what_the_log_adds_leaves_what_is_typed_alone(stage: Stage, post: Post) -> None:
    stage.page.sheet.supplies.add.click()
    field = supply(stage).item
    field.setFocus()
    QTest.keyClicks(field, "gloves")
    pass_by(post.database, at(15), "pass", "health_green")
    stage.kept()
    stage.page.refresh()
    stage.until(lambda: "放行 3" in said(stage))
    assert supply(stage).item is field
    assert field.text() == "gloves"


# --- two who write ---------------------------------------------------------------------------------------------------


def test_what_another_station_wrote_meanwhile_and_what_is_typed_here_are_both_kept(stage: Stage, post: Post) -> None:
    stage.write("这一台写的")
    service.write(post, EARLY, Sheet(notes="那一台写的", supplies=(Supply("口罩", 3),)), by=IN, now=at(16, 6), seen=0)
    stage.page._shelf.save()
    stage.until(stage.page.problem.isVisible)
    assert stage.page.problem.text() == stage.look.word("handover_meanwhile")
    assert stage.page.sheet.notes.notes.toPlainText() == "那一台写的\n这一台写的"
    stage.until(lambda: on_record(post).sheet.notes == "那一台写的\n这一台写的")
    assert on_record(post).sheet.supplies == (Supply("口罩", 3),)


def test_what_was_typed_as_another_station_gave_the_sheet_stays_on_the_screen(stage: Stage, post: Post) -> None:
    stage.write("还没写完的")
    service.give(post, EARLY, (OUT, PIN), now=at(16, 6))
    stage.page._shelf.save()
    stage.until(stage.page.leftover.isVisible)
    stage.page.refresh()
    stage.until(lambda: not stage.page._shelf.waits)
    assert "还没写完的" in stage.page.leftover.told.text()
    assert stage.handover.given is not None
    assert not stage.page.sheet.notes.notes.isVisible()
    stage.page.leftover.done.click()
    assert not stage.page.leftover.isVisible()


def test_a_sheet_that_went_on_elsewhere_is_not_given_unseen(stage: Stage, post: Post) -> None:
    stage.write("这一台写的")
    service.write(post, EARLY, Sheet(notes="那一台写的"), by=IN, now=at(16, 6), seen=0)
    stage.give()
    stage.until(stage.page.problem.isVisible)
    assert stage.handover.given is None
    assert stage.page.gives.pin.text() == ""
    stage.give()
    stage.until(lambda: stage.handover.given)
    assert on_record(post).sheet.notes == "那一台写的\n这一台写的"


# --- confirming ------------------------------------------------------------------------------------------------------


def test_two_leads_confirm_with_code_and_pin_and_then_nothing_can_be_written(stage: Stage, post: Post) -> None:
    stage.write("2 号体温枪送修")
    assert not stage.page.takes.confirm.isVisible()
    stage.give()
    stage.until(lambda: stage.handover.given)
    assert not stage.page.sheet.notes.notes.isVisible()
    assert "2 号体温枪送修" in said(stage)
    stage.take()
    stage.until(lambda: stage.handover.complete)
    assert on_record(post).complete
    assert "周志明（L01） 05-04 16:05" in stage.page.gives.told.text()
    assert "陈志明（L02） 05-04 16:05" in stage.page.takes.told.text()
    assert stage.page.state.text() == "周志明 交给 陈志明"
    stage.until(lambda: "已交接" in [row.detail for row in stage.page.list.rows])


def test_a_sheet_taken_is_overdue_no_more(opened: Callable[..., Stage], path: Path) -> None:
    stage = opened(path, now=at(17))
    stage.handed_over()
    stage.until(lambda: stage.overdue[-1:] == [0])


@pytest.mark.parametrize(
    ("code", "pin", "sentence"),
    [(OUT, "0000", "编号或 PIN 不对"), (OFFICER, PIN, "A01 无权进行此项操作")],
)
def test_nobody_but_a_lead_with_the_right_pin_gives(stage: Stage, code: str, pin: str, sentence: str) -> None:
    stage.write("不能丢的")
    stage.give(code, pin)
    stage.until(stage.page.gives.problem.isVisible)
    assert stage.page.gives.problem.text() == sentence
    assert stage.page.gives.pin.text() == ""
    assert stage.page.sheet.notes.notes.toPlainText() == "不能丢的"
    assert stage.handover.given is None


def test_nobody_takes_over_from_themselves(stage: Stage) -> None:
    stage.give()
    stage.until(lambda: stage.handover.given)
    stage.take(OUT)
    stage.until(stage.page.takes.problem.isVisible)
    assert stage.page.takes.problem.text() == "交班和接班须是两个人"


def test_no_pin_stays_typed_when_the_page_is_turned_away_from(stage: Stage) -> None:
    stage.page.gives.pin.setText(PIN)
    stage.window.hide()
    assert stage.page.gives.pin.text() == ""
    assert stage.page.gives.code.text() == OUT


def test_an_officer_looks_and_writes_nothing(opened: Callable[..., Stage], path: Path) -> None:
    stage = opened(path, OFFICER)
    assert stage.page.state.text() == stage.look.word("handover_read_only")
    assert not stage.page.sheet.notes.notes.isVisible()
    assert not stage.page.sheet.supplies.add.isVisible()


def test_two_leads_confirm_at_an_officers_desk(opened: Callable[..., Stage], path: Path) -> None:
    stage = opened(path, OFFICER)
    stage.handed_over()
    assert stage.page.state.text() == "周志明 交给 陈志明"


def test_a_shift_that_goes_on_for_hours_is_handed_over_only_when_asked_twice(
    opened: Callable[..., Stage], path: Path
) -> None:
    stage = opened(path, now=at(12))
    stage.give()
    assert "16:00" in stage.page.gives.problem.text()
    assert stage.handover.given is None
    stage.page.gives.confirm.click()
    stage.until(lambda: stage.handover.given)


def test_a_supply_without_a_name_is_named_before_the_sheet_is_given(stage: Stage) -> None:
    stage.page.sheet.supplies.add.click()
    supply(stage).remark.setText("不足")
    stage.give()
    assert stage.page.gives.problem.text() == stage.look.word("handover_unnamed", number=1)
    assert stage.handover.given is None


def test_a_sheet_given_and_not_taken_stays_due(opened: Callable[..., Stage], path: Path) -> None:
    stage = opened(path, now=at(17))
    stage.give()
    stage.until(lambda: stage.page.list.rows[1].detail == "已逾期 · 已交，待接")
    loaded = stage.page._loaded
    assert loaded is not None
    assert loaded.listed[1].standing is Standing.LATE


# --- keys, words and print -------------------------------------------------------------------------------------------


def test_everything_is_reached_by_tab_and_named(stage: Stage) -> None:
    stage.page.sheet.supplies.add.click()
    stage.page.sheet.visits.add.click()
    stage.page.sheet.visits.lines[0].controls()[1].setFocus()
    assert sight.unnamed(stage.window) == []
    assert sight.unreached(stage.window) == []


def test_the_page_speaks_the_language_in_force(stage: Stage) -> None:
    stage.look.speak("en")
    assert stage.page.title.text() == "2026-05-04 early 08:00–16:00 · Due now"
    assert "Vehicles turned back: 1" in said(stage)
    assert [row.detail for row in stage.page.list.rows] == ["On duty", "Due now"]


def test_the_sheet_is_printed_as_it_is_on_the_screen(stage: Stage, tmp_path: Path) -> None:
    stage.write("写着")
    file = tmp_path / "sheet.pdf"
    stage.page.export_to(file)
    stage.until(lambda: str(file) in stage.page.state.text())
    assert file.read_bytes().startswith(b"%PDF")


def test_a_file_that_cannot_be_written_is_said(stage: Stage, tmp_path: Path) -> None:
    stage.page.export_to(tmp_path / "nowhere" / "sheet.pdf")
    stage.until(stage.page.problem.isVisible)
    assert "nowhere" in stage.page.problem.text()
