"""What is asked for, and that nothing else is listed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db import passages
from db.engine import Database
from db.records import PassageRecord
from shifts.model import THREE_SHIFTS
from tests.db.samples import a_decision
from tests.ui.log.conftest import NOW, Shown, a_refusal, a_review, plain_passage
from ui.log.filters import ANY, BETWEEN, RANGES, SHIFT, TODAY, WEEK, span
from ui.log.page import LogPage

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("chosen", "since"),
    [
        (ANY, None),
        (TODAY, datetime(2026, 11, 19, 16, tzinfo=UTC)),
        (SHIFT, datetime(2026, 11, 20, 0, tzinfo=UTC)),
        (WEEK, datetime(2026, 11, 13, 16, tzinfo=UTC)),
    ],
)
def test_a_named_range_begins_at_the_checkpoints_own_midnight_or_shift(chosen: str, since: datetime | None) -> None:
    assert span(chosen, NOW, THREE_SHIFTS) == (since, None)


def test_the_night_shift_began_at_midnight() -> None:
    night = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
    assert span(SHIFT, night, THREE_SHIFTS)[0] == datetime(2026, 11, 20, 16, tzinfo=UTC)


@pytest.fixture
def day(shown: Shown, database: Database) -> tuple[LogPage, dict[str, PassageRecord]]:
    """Four vehicles, an hour to a week apart, one review settled."""
    kept = {
        "refusal": a_refusal(HOUR, "粤B2D678"),
        "open": a_review(2 * HOUR, "闽E54321"),
        "settled": a_review(30 * HOUR, "闽D8A236"),
        "old": plain_passage(200 * HOUR, plate="闽E12345"),
    }
    page = shown(*kept.values())
    passages.append_decision(database, a_decision(kept["settled"]))
    return page, kept


Day = tuple[LogPage, dict[str, PassageRecord]]


def choose(page: LogPage, chosen: str) -> None:
    page.bar.range.setCurrentIndex(RANGES.index(chosen))
    page.bar.range.activated.emit(RANGES.index(chosen))


def by_verdict(page: LogPage) -> None:
    page.bar.verdict.setCurrentIndex(2)
    page.bar.verdict.activated.emit(2)


@pytest.mark.parametrize(
    ("ask", "found"),
    [
        (lambda page: choose(page, TODAY), ["refusal", "open"]),
        (lambda page: choose(page, WEEK), ["refusal", "open", "settled"]),
        (by_verdict, ["open", "settled"]),
        (lambda page: page.bar.open_only.click(), ["open"]),
    ],
)
def test_a_choice_applies_at_once(day: Day, qtbot: QtBot, ask: Callable[[LogPage], None], found: list[str]) -> None:
    page, kept = day
    ask(page)
    qtbot.waitUntil(lambda: [row.id for row in page.model.rows] == [kept[name].id for name in found])


def test_today_goes_on_with_the_day(day: Day, qtbot: QtBot) -> None:
    page, _ = day
    choose(page, TODAY)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    page._now = lambda: NOW + 24 * HOUR
    page.refresh()
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)


@pytest.mark.parametrize("typed", ["闽E", "闽e", "闽E·", " 闽Ｅ"])
def test_a_plates_beginning_applies_on_enter_however_it_is_typed(day: Day, qtbot: QtBot, typed: str) -> None:
    page, kept = day
    page.bar.sought.insert(typed)  # as an input method does; QTest types ASCII only
    assert page.model.rowCount() == 4
    QTest.keyClick(page.bar.sought, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [row.id for row in page.model.rows] == [kept["open"].id, kept["old"].id])


def test_from_and_to_are_the_checkpoints_time(day: Day, qtbot: QtBot) -> None:
    page, kept = day
    choose(page, BETWEEN)
    for edit, hour in ((page.bar.since, 9), (page.bar.until, 11)):
        edit.setDateTime(QDateTime(QDate(2026, 11, 20), QTime(hour, 0), QTimeZone.utc()))
    QTest.keyClick(page.bar.until.lineEdit(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [row.id for row in page.model.rows] == [kept["open"].id])


def test_an_end_before_its_beginning_is_told_where_the_eye_is_and_lists_nothing_new(day: Day, qtbot: QtBot) -> None:
    page, _ = day
    choose(page, BETWEEN)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    page.bar.until.setDateTime(page.bar.since.dateTime())
    page.bar.search.click()
    assert page.problem.isVisible()
    assert page.problem.text() == "结束时间须晚于开始时间"
    assert page.model.rowCount() == 2
    page._look.speak("en")
    assert page.problem.text() == "The end must be later than the beginning"


def test_what_fits_nothing_says_how_to_see_all_and_esc_does_it(day: Day, qtbot: QtBot) -> None:
    page, _ = day
    page.bar.sought.insert("京A")
    QTest.keyClick(page.bar.sought, Qt.Key.Key_Return)
    qtbot.waitUntil(page.empty.isVisible)
    assert "Esc" in page.empty.text()
    QTest.keyClick(page.bar.sought, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    assert page.bar.is_clear
    assert page.table.isVisible()


@pytest.mark.parametrize("where", ["range", "verdict", "since", "open_only"])
def test_esc_clears_wherever_the_focus_is(day: Day, qtbot: QtBot, where: str) -> None:
    page, _ = day
    choose(page, BETWEEN)
    QTest.keyClick(getattr(page.bar, where), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.bar.is_clear and page.model.rowCount() == 4)
