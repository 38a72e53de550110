"""Personal data: masked until somebody asks, whole only after that was written down, gone with the selection."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db import events
from db.engine import Database
from station.access import NOBODY, Action, Actor
from station.decisions import Decision
from tests.station.builders import LIN
from tests.ui.log.conftest import AUDITING, CHECKING, KEEPING, LEADING, NOW, Shown, a_review, plain_passage
from ui.log.pane import DetailPane

Select = Callable[[int], DetailPane]
MINUTE = timedelta(minutes=1)


def test_unmasking_is_written_down_before_it_is_shown_and_ends_with_the_selection(
    shown: Shown, select: Select, database: Database, qtbot: QtBot
) -> None:
    record = plain_passage(plate="闽E12345")
    shown(record, plain_passage(MINUTE, plate="闽E67890"))
    pane = select(0)
    assert "闽E·1***5" in pane.text()
    assert "王小明" not in pane.text()
    pane.form.whole.click()
    qtbot.waitUntil(lambda: "闽E·12345" in pane.text() and "王小明" in pane.text())
    (told,) = events.newest(database, kind="passage_unmasked")
    assert (told.station, told.actor, told.at) == ("LS-1", "L01", NOW)
    assert json.loads(told.details)["passage"] == record.id
    assert "王小明" not in select(1).text()
    assert "闽E·12345" not in select(0).text()
    assert len(events.newest(database, kind="passage_unmasked")) == 1


def test_a_page_turned_away_from_is_masked_and_forgets_its_pins(shown: Shown, select: Select, qtbot: QtBot) -> None:
    page = shown(a_review())
    pane = select(0)
    pane.form.whole.click()
    qtbot.waitUntil(lambda: pane.whole)
    pane.form.choices[Decision.RELEASE].click()
    pane.form.officer_pin.setText("1234")
    page.hide()
    assert "王小明" not in pane.text()
    assert (pane.form.is_open, pane.form.officer_pin.text()) == (False, "")


def test_masking_again_needs_no_event(shown: Shown, select: Select, database: Database, qtbot: QtBot) -> None:
    shown(plain_passage())
    pane = select(0)
    pane.form.whole.click()
    qtbot.waitUntil(lambda: pane.whole)
    pane.form.whole.click()
    assert "王小明" not in pane.text()
    assert len(events.newest(database, kind="passage_unmasked")) == 1


def test_what_cannot_be_written_down_is_not_shown(
    shown: Shown, select: Select, database: Database, qtbot: QtBot
) -> None:
    shown(plain_passage())
    pane = select(0)
    with database.write() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER no_events BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    pane.form.whole.click()
    qtbot.waitUntil(lambda: "数据库拒绝了这条记录" in pane.notice.text())
    assert "王小明" not in pane.text()


def test_a_detail_closed_leaves_nothing_of_it(shown: Shown, select: Select, qtbot: QtBot) -> None:
    page = shown(plain_passage())
    pane = select(0)
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert not pane.isVisible()
    assert pane.passage is None
    assert "王" not in pane.text()


@pytest.mark.parametrize("user", [CHECKING, LEADING, AUDITING, KEEPING, NOBODY], ids=lambda one: str(one.code))
def test_the_page_offers_what_a_role_may(shown: Shown, select: Select, user: Actor) -> None:
    shown(a_review()).set_user(user)
    form = select(0).form
    assert {button.isEnabled() for button in form.choices.values()} == {user.may(Action.CHECK)}
    assert form.whole.isEnabled() == user.may(Action.UNMASK)


def test_what_one_was_shown_the_next_is_not(shown: Shown, select: Select, qtbot: QtBot) -> None:
    page = shown(plain_passage())
    pane = select(0)
    pane.form.whole.click()
    qtbot.waitUntil(lambda: pane.whole)
    page.set_user(CHECKING)
    assert "王小明" not in pane.text()


def test_a_part_of_a_plate_is_looked_for_by_whom_it_is_allowed(shown: Shown, database: Database, qtbot: QtBot) -> None:
    page = shown(plain_passage(plate="闽E12345"))
    page.set_user(KEEPING)
    page.bar.sought.insert("闽E1")
    page.apply()
    qtbot.waitUntil(lambda: "签到" in page.problem.text() or "无权" in page.problem.text())
    assert events.newest(database, kind="passages_decrypted") == []
    page.set_user(AUDITING)
    page.apply()
    qtbot.waitUntil(lambda: bool(events.newest(database, kind="passages_decrypted")))
    (told,) = events.newest(database, kind="passages_decrypted")
    assert told.actor == "U01"


def test_who_is_found_by_name_is_masked_and_the_event_tells_no_name(
    shown: Shown, database: Database, qtbot: QtBot
) -> None:
    page = shown(plain_passage(), plain_passage(MINUTE, holder=LIN))
    page.set_user(AUDITING)
    page.bar.sought.insert("晓岚")
    page.apply()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert "31 天" in page.count.text()
    assert "晓岚" not in repr(page.model.rows)
    (told,) = events.newest(database, kind="passages_decrypted")
    assert json.loads(told.details) == {"sought": "fragment", "characters": 2, "days": 31}
