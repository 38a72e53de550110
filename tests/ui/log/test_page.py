"""The page at work: a passage selected, decided about, unmasked; never a question on the window's own thread."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from db import passages
from db.engine import Database, open_database
from db.errors import DatabaseBusy
from station.decisions import Decision
from tests.ui.log.conftest import (
    CHECKING,
    LEAD,
    LEADING,
    NOW,
    OFFICER,
    Shown,
    Stage,
    a_refusal,
    a_review,
    fill,
    fill_many,
    plain_passage,
)
from ui.log.model import STATE, VERDICT
from ui.log.page import LogPage
from ui.log.pane import DetailPane
from ui.look import Look
from ui.theme import TOUCH_MM, ThemeName, millimetres

Select = Callable[[int], DetailPane]
MINUTE = timedelta(minutes=1)


def write(
    pane: DetailPane,
    kind: Decision,
    text: str = "",
    officer: tuple[str, str] = OFFICER,
    lead: tuple[str, str] = LEAD,
) -> None:
    """Fill in the form of a decision and send it."""
    form = pane.form
    form.choices[kind].click()
    form.officer.setText(officer[0])
    form.officer_pin.setText(officer[1])
    form.lead.setText(lead[0])
    form.lead_pin.setText(lead[1])
    form.text.setText(text)
    form.confirm.click()


def kinds(database: Database, station: str, passage: str) -> list[str]:
    return [decision.kind for decision in passages.decisions_of(database, station, passage)]


# --- decisions -------------------------------------------------------------------------------------------------------


def test_a_review_is_released_with_both_pins_and_the_list_says_so(
    shown: Shown, select: Select, database: Database, qtbot: QtBot
) -> None:
    review = a_review()
    page = shown(review)
    pane = select(0)
    write(pane, Decision.RELEASE, "纸质证明已核对")
    qtbot.waitUntil(lambda: page.model.index(0, STATE).data() == "已放行")
    (kept,) = passages.decisions_of(database, review.station, review.id)
    assert (kept.kind, kept.officer, kept.lead, kept.reason, kept.at) == (
        "release",
        "A01",
        "L01",
        "纸质证明已核对",
        NOW,
    )
    assert "陈静，带班 周志明：纸质证明已核对" in pane.text()
    assert not pane.form.is_open
    assert pane.notice.text() == "已记下：放行"
    assert not pane.form.choices[Decision.RELEASE].isEnabled()
    assert page.model.index(0, VERDICT).data() == "人工核验"


@pytest.mark.parametrize("kind", [Decision.TURN_BACK, Decision.SENT_TO_TEST, Decision.CALLED])
def test_any_other_decision_takes_the_officers_pin_alone(
    shown: Shown, select: Select, database: Database, qtbot: QtBot, kind: Decision
) -> None:
    record = a_refusal()
    shown(record)
    pane = select(0)
    write(pane, kind, lead=("", ""))
    assert not pane.form.lead.isVisible()
    qtbot.waitUntil(lambda: kinds(database, record.station, record.id) == [str(kind)])


def test_a_plate_is_corrected_by_an_appended_correction(
    shown: Shown, select: Select, database: Database, qtbot: QtBot
) -> None:
    record = plain_passage(plate="闽E12345")
    page = shown(record)
    write(select(0), Decision.CORRECTION, "闽e·54321")
    qtbot.waitUntil(lambda: page.model.rows[0].plate == "闽E·5***1")
    kept = passages.get(database, record.station, record.id)
    assert kept is not None
    assert kept.plate == "闽E12345"


@pytest.mark.parametrize(
    ("officer", "lead", "text", "sentence"),
    [
        ((OFFICER[0], "9999"), LEAD, "看过", "编号或 PIN 不对"),
        (OFFICER, (LEAD[0], "0000"), "看过", "编号或 PIN 不对"),
        (OFFICER, OFFICER, "看过", "A01 无权进行此项操作"),
        (OFFICER, LEAD, "  ", "请填写事由"),
    ],
)
def test_what_the_rules_forbid_is_a_sentence_in_the_form_and_nothing_is_kept(
    *,
    shown: Shown,
    select: Select,
    database: Database,
    qtbot: QtBot,
    officer: tuple[str, str],
    lead: tuple[str, str],
    text: str,
    sentence: str,
) -> None:
    review = a_review()
    shown(review)
    pane = select(0)
    write(pane, Decision.RELEASE, text, officer, lead)
    qtbot.waitUntil(lambda: pane.form.problem.text() == sentence)
    assert pane.form.is_open
    assert pane.form.confirm.isEnabled()
    assert (pane.form.officer_pin.text(), pane.form.lead_pin.text()) == ("", "")
    assert kinds(database, review.station, review.id) == []


def test_enter_leads_through_the_form_and_sends_it(
    shown: Shown, select: Select, database: Database, qtbot: QtBot
) -> None:
    review = a_review()
    page = shown(review)
    page.set_user(CHECKING)
    pane = select(0)
    pane.form.choices[Decision.RELEASE].click()
    for edit, typed in (
        (pane.form.officer_pin, OFFICER[1]),
        (pane.form.lead, LEAD[0]),
        (pane.form.lead_pin, LEAD[1]),
        (pane.form.text, "seen"),
    ):
        assert edit.hasFocus()
        QTest.keyClicks(edit, typed)
        QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kinds(database, review.station, review.id) == ["release"])


def test_a_form_left_forgets_its_pins(shown: Shown, select: Select, qtbot: QtBot) -> None:
    shown(a_review(), a_review(MINUTE))
    pane = select(0)
    pane.form.choices[Decision.RELEASE].click()
    pane.form.officer_pin.setText("1234")
    QTest.keyClick(pane.form.officer_pin, Qt.Key.Key_Escape)
    assert (pane.form.is_open, pane.form.officer_pin.text()) == (False, "")
    pane.form.choices[Decision.RELEASE].click()
    pane.form.officer_pin.setText("1234")
    select(1)
    assert (pane.form.is_open, pane.form.officer_pin.text()) == (False, "")


# --- refreshing ------------------------------------------------------------------------------------------------------


def test_f5_shows_new_rows_at_the_top_and_keeps_the_selection(
    shown: Shown, select: Select, database: Database, qtbot: QtBot
) -> None:
    records = [plain_passage(number * MINUTE) for number in range(1, 6)]
    page = shown(*records)
    pane = select(2)
    newer = a_refusal()
    fill(database, newer)
    QTest.keyClick(page.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.model.rows[0].id == newer.id)
    assert [line.row() for line in page.table.selectionModel().selectedRows()] == [3]
    assert pane.passage is not None
    assert pane.passage.record.id == records[2].id
    assert pane.isVisible()


def test_a_refresh_does_not_disturb_what_is_being_written(
    shown: Shown, select: Select, database: Database, qtbot: QtBot
) -> None:
    page = shown(a_review(MINUTE))
    pane = select(0)
    pane.form.choices[Decision.RELEASE].click()
    pane.form.officer_pin.setText("1234")
    fill(database, a_refusal())
    page.refresh()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    qtbot.wait(50)
    assert pane.form.is_open
    assert pane.form.officer_pin.text() == "1234"


def test_scrolling_fetches_the_rest(stage: Stage, database: Database, qtbot: QtBot) -> None:
    ids = fill_many(database, 1000)
    stage.window.show()
    qtbot.waitUntil(lambda: stage.page.model.rowCount() > 0)

    def at_the_end() -> bool:
        stage.page.table.scrollToBottom()
        return stage.page.model.complete

    qtbot.waitUntil(at_the_end)
    assert [row.id for row in stage.page.model.rows] == ids
    assert stage.page.count.text() == "共 1000 条"


# --- threads and faults ----------------------------------------------------------------------------------------------


def test_no_question_is_asked_on_the_windows_thread(qtbot: QtBot, database: Database, path: Path, look: Look) -> None:
    review = a_review()
    fill(database, review)
    askers: set[threading.Thread] = set()

    def watched() -> Database:
        opened = open_database(path)
        event.listen(opened._reader, "before_cursor_execute", lambda *_: askers.add(threading.current_thread()))
        askers.add(threading.current_thread())
        return opened

    page = LogPage(look, watched, "LS-1")
    page.set_user(LEADING)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.table.selectRow(0)
    qtbot.waitUntil(lambda: page.pane.passage is not None)
    write(page.pane, Decision.RELEASE, "seen")
    qtbot.waitUntil(lambda: page.model.index(0, STATE).data() == "已放行")
    page.pane.form.whole.click()
    qtbot.waitUntil(lambda: page.pane.whole)
    page.close_down()
    assert [thread.name for thread in askers] == ["clerk"]
    assert threading.current_thread() not in askers


def test_the_windows_thread_goes_on_while_the_database_is_slow(qtbot: QtBot, path: Path, look: Look) -> None:
    go = threading.Event()

    def slow() -> Database:
        go.wait(30)
        return open_database(path)

    page = LogPage(look, slow, "LS-1")
    page.set_user(LEADING)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    page.bar.sought.insert("E1")
    page.apply()
    assert page.isVisible()  # all of it returned though nothing was answered
    go.set()
    qtbot.waitUntil(lambda: "没有符合条件" in page.empty.text())
    page.close_down()


def test_closing_down_twice_or_before_the_first_question_is_harmless(qtbot: QtBot, path: Path, look: Look) -> None:
    page = LogPage(look, lambda: open_database(path), "LS-1")
    qtbot.addWidget(page)
    page.close_down()
    page.close_down()
    page.refresh()
    assert [thread.name for thread in threading.enumerate() if thread.name == "clerk"] == []


def test_a_database_that_does_not_open_is_a_sentence_and_f5_tries_again(
    qtbot: QtBot, database: Database, path: Path, look: Look
) -> None:
    fill(database, plain_passage())
    tries: Iterator[Exception | None] = iter([DatabaseBusy(path="station.db"), None])

    def opening() -> Database:
        if (fault := next(tries)) is not None:
            raise fault
        return open_database(path)

    page = LogPage(look, opening, "LS-1")
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.problem.isVisible)
    assert page.problem.text() == "数据库被其他程序占用：station.db\n按 Ctrl+R 重试。"
    QTest.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert not page.problem.isVisible()
    page.close_down()


# --- words, hands and themes -----------------------------------------------------------------------------------------


def test_the_language_changes_at_once_everywhere(shown: Shown, select: Select, stage: Stage) -> None:
    page = shown(a_review())
    pane = select(0)
    stage.look.speak("en")
    assert page.model.index(0, VERDICT).data() == "Manual check"
    assert "Waits for a decision" in pane.text()
    assert pane.form.choices[Decision.RELEASE].text() == "Release"
    assert page.bar.open_only.text() == "Open only"
    stage.look.wear(ThemeName.NIGHT)
    assert stage.look.theme.accent in page.styleSheet()


def test_decisions_are_large_enough_for_a_glove(shown: Shown, select: Select) -> None:
    shown(a_review())
    form = select(0).form
    wanted = millimetres(form, TOUCH_MM)
    buttons = [*form.choices.values(), form.whole]
    assert [button.text() for button in buttons if min(button.width(), button.height()) < wanted] == []


def test_every_control_has_a_name_to_be_read_aloud(shown: Shown, select: Select, stage: Stage) -> None:
    shown(a_review())
    select(0).form.choices[Decision.RELEASE].click()
    nameless = [
        type(widget).__name__
        for widget in stage.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and widget.objectName() != "qt_spinbox_lineedit"
    ]
    assert nameless == []


def test_the_keyboard_reaches_list_detail_and_decision(shown: Shown, qtbot: QtBot) -> None:
    page = shown(a_review(), a_review(MINUTE))
    qtbot.waitUntil(page.table.hasFocus)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.waitUntil(page.pane.isVisible)
    seen: list[object] = []
    for _ in range(12):
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
        seen.append(page.window().focusWidget())
    wanted = (*page.pane.form.choices.values(), page.pane.form.whole, page.pane.close_button, page.bar.sought)
    assert [widget.accessibleName() for widget in wanted if widget not in seen] == []


def test_an_empty_log_says_what_to_do_first(stage: Stage, qtbot: QtBot) -> None:
    stage.window.show()
    qtbot.wait(50)
    assert "查验第一辆车" in stage.page.empty.text()
    assert stage.page.empty.isVisible()


def test_an_answer_that_comes_once_the_page_is_turned_away_from_takes_no_focus(
    stage: Stage, database: Database, qtbot: QtBot
) -> None:
    fill(database, plain_passage())
    other = QLineEdit(stage.window)
    stage.window.show()
    stage.window.activateWindow()
    stage.page.hide()
    other.setFocus()
    qtbot.waitUntil(lambda: stage.page.model.rowCount() == 1)
    assert stage.window.focusWidget() is other
