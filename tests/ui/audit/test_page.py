"""The audit page: who sees it, what is counted, and that nothing stays for the next one who has the desk."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db import passages
from db.connection import WAL, connect
from db.engine import open_database
from db.keyfile import key_path
from station.figures import Verdicts
from tests.db.samples import a_passage
from tests.screens import sight
from tests.ui.audit.conftest import AUDITOR, LEAD, NOW, OFFICER, Stage
from ui.audit.board import Listed
from ui.audit.verify import VerifyPanel
from ui.look import Look


@pytest.mark.parametrize("code", [OFFICER, None])
def test_who_may_not_see_figures_is_told_who_may(stage: Stage, code: str | None) -> None:
    if code is not None:
        stage.sign_in(code)
    assert "汇总给审计员和带班组长看" in sight.words(stage.window)
    stage.look.speak("en")
    assert "signs in with F8" in sight.words(stage.window)
    stage.page.refresh()
    assert not stage.page.is_counting


@pytest.mark.parametrize("code", [AUDITOR, LEAD])
def test_auditors_and_leads_see_today(stage: Stage, code: str) -> None:
    stage.sign_in(code)
    stage.counted()
    assert stage.figures.verdicts == Verdicts(passed=2, refused=1)
    assert stage.page.bar.range.hasFocus()


def test_a_week_is_counted_as_it_was(inside: Stage) -> None:
    inside.choose("近七天")
    assert inside.figures.verdicts == Verdicts(passed=2, review=2, refused=1)
    said = sight.words(inside.window)
    for words in ("2026-11-18 00:00 至 2026-11-25 00:00", "40.0 %", "6.0 秒", "核后放行 50.0 %", "郑美丽", "李伟"):
        assert words in said
    told = inside.page.board.grounds.chart.accessibleDescription()
    assert "须联网的省码 · 人工核验  1" in told, "who cannot see a chart is told it"


def test_every_choice_applies_at_once(inside: Stage) -> None:
    page = inside.page
    inside.choose("近三十天")
    offered = [page.bar.officer.itemText(line) for line in range(page.bar.officer.count())]
    assert offered == ["全部查验员", "李伟", "郑美丽", "陈志明"], "who checks vehicles, and nobody else"
    page.bar.officer.setCurrentIndex(page.bar.officer.findText("郑美丽"))
    page.bar.officer.activated.emit(1)
    inside.counted()
    assert inside.figures.verdicts == Verdicts(review=1, refused=1)
    page.bar.verdict.setCurrentIndex(page.bar.verdict.findText("劝返"))
    page.bar.verdict.activated.emit(3)
    inside.counted()
    assert inside.figures.verdicts == Verdicts(refused=1)
    QTest.keyClick(page.bar.range, Qt.Key.Key_Escape)
    inside.counted()
    assert inside.figures.verdicts.total == 6


def test_two_days_may_be_given_in_any_order(inside: Stage) -> None:
    page = inside.page
    inside.choose("自选日期")
    first, last = page.bar.first.date(), page.bar.last.date()
    assert (first.toString("yyyy-MM-dd"), last.toString("yyyy-MM-dd")) == ("2026-11-18", "2026-11-24")
    page.bar.first.setDate(last)
    page.bar.last.setDate(first.addDays(-20))
    inside.counted()
    assert inside.figures.verdicts.total == 6


def test_a_range_without_passages_says_what_to_do(inside: Stage) -> None:
    page = inside.page
    page.bar.shift.setCurrentIndex(page.bar.shift.findText("夜班"))
    page.bar.shift.activated.emit(3)
    inside.counted()
    said = sight.words(inside.window)
    assert "这段时间没有通行记录" in said
    assert "Esc" in said


def test_the_chart_and_the_table_turn_to_what_is_asked(inside: Stage) -> None:
    board = inside.page.board
    inside.choose("近七天")
    board.by_day.click()
    assert board.over_time.title.text() == "每日通行"
    assert "2026-11-20  0  1  0  1" in board.over_time.chart.accessibleDescription()
    board.choices[Listed.DAYS].click()
    assert "2026-11-24 中班" in sight.words(board.lines.window())


def test_when_somebody_else_takes_the_desk_nothing_stays(inside: Stage) -> None:
    inside.choose("近七天")
    inside.sign_in(OFFICER)
    assert (inside.page.counted, inside.page.bar.range.currentText()) == (None, "今天")
    assert "汇总给审计员和带班组长看" in sight.words(inside.window)


def test_figures_that_come_after_that_are_not_shown(inside: Stage) -> None:
    inside.page.refresh()
    inside.sign_in(OFFICER)
    QTest.qWait(200)
    assert inside.page.counted is None


def test_turned_to_again_it_counts_anew(inside: Stage, path: Path) -> None:
    inside.page.hide()
    with open_database(path) as database:
        passages.append_passage(database, a_passage(station="LS-1", concluded_at=NOW - timedelta(minutes=1)))
    inside.page.show()
    inside.until(lambda: inside.figures.verdicts.passed == 3)


def test_whoever_lost_their_role_meanwhile_is_told(inside: Stage, path: Path) -> None:
    raw = connect(path, key_path(path).read_text().strip(), WAL)
    raw.execute(f"UPDATE people SET role = 'officer' WHERE code = '{AUDITOR}'")
    raw.close()
    inside.page.refresh()
    inside.until(inside.page.problem.isVisible)
    assert "无权" in inside.page.problem.text()


def test_the_ledger_is_verified_beside_the_figures(inside: Stage) -> None:
    panel = inside.page.verify
    inside.page.verify_button.click()
    assert panel.begin.hasFocus()
    panel.begin.click()
    inside.until(lambda: not panel.work.running)
    assert panel.result.text().startswith("完好：")
    assert "LS-1" in panel.details.text()
    QTest.keyClick(panel.begin, Qt.Key.Key_Escape)
    assert inside.page.board.beside.isVisible()


def test_a_row_that_was_changed_is_named(inside: Stage, path: Path) -> None:
    raw = connect(path, key_path(path).read_text().strip(), WAL)
    raw.execute("DROP TRIGGER passages_no_update")
    raw.execute("UPDATE passages SET verdict = 'pass' WHERE verdict = 'refuse'")
    raw.close()
    inside.page.open_verify()
    inside.page.verify.start()
    inside.until(lambda: not inside.page.verify.work.running)
    assert inside.page.verify.result.text().startswith("有 1 处")
    assert "被修改：passages" in inside.page.verify.details.text()


def test_a_file_that_is_no_head_is_refused(inside: Stage, tmp_path: Path) -> None:
    path = tmp_path / "head.txt"
    path.write_text("no head")
    inside.page.open_verify()
    inside.page.verify.start_against(path)
    assert "不是链头文件" in inside.page.verify.result.text()


def test_everything_can_be_reached_by_keyboard_and_has_a_name(inside: Stage) -> None:
    inside.choose("自选日期")
    assert sight.unnamed(inside.window) == []
    assert sight.unreached(inside.window) == []


def test_words_follow_the_language(inside: Stage) -> None:
    inside.look.speak("en")
    assert "Time per vehicle" in sight.words(inside.window)


def test_a_log_that_does_not_open_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    panel = VerifyPanel(Look(), partial(open_database, tmp_path / "none.db", create=False))
    qtbot.addWidget(panel)
    with qtbot.waitSignal(panel.work.failed):
        panel.start()
    assert "none.db" in panel.result.text()
