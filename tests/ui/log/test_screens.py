"""The page as it looks: pictures for eyes, and what eyes would not forgive asserted."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.exceptions import TimeoutError as NotYet
from pytestqt.qtbot import QtBot

from db import passages
from db.engine import Database
from station.decisions import Decision
from station.texts import LANGUAGES, Language
from tests.db.samples import a_decision
from tests.ui.log.conftest import Stage, a_refusal, a_review, fill, plain_passage
from ui.log.pane import DetailPane
from ui.theme import ThemeName

SIZES = ((1280, 720), (1920, 1080))
MINUTE = timedelta(minutes=1)


def lacks_room(widget: QWidget) -> bool:
    """Whether a widget's words have no room."""
    if isinstance(widget, QLabel):
        wanted = widget.sizeHint()
        if widget.wordWrap():
            return widget.height() < widget.heightForWidth(widget.width())
        return widget.width() < wanted.width() or widget.height() < wanted.height()
    if isinstance(widget, QAbstractButton):
        least = widget.minimumSizeHint()
        return widget.width() < least.width() or widget.height() < least.height()
    if isinstance(widget, QLineEdit):
        return widget.width() < widget.fontMetrics().horizontalAdvance(widget.placeholderText()) + 12
    return False


def clipped(window: QWidget) -> list[str]:
    """Words that can be seen in part only."""
    seen = [widget for widget in window.findChildren(QWidget) if widget.isVisible() and lacks_room(widget)]
    return [widget.accessibleName() or str(widget.property("text")) for widget in seen]


def outside(window: QWidget) -> list[str]:
    """Controls that reach over the edge of what holds them."""
    controls = [*window.findChildren(QAbstractButton), *window.findChildren(QLineEdit), *window.findChildren(QComboBox)]
    return [
        control.accessibleName()
        for control in controls
        if control.isVisible() and (holder := control.parentWidget()) and not holder.rect().contains(control.geometry())
    ]


def picture(window: QWidget, name: str) -> None:
    """Keep a picture where STATION_SCREENS asks for it."""
    if folder := os.environ.get("STATION_SCREENS"):
        assert window.grab().save(str(Path(folder) / f"log-{name}.png"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_clipped(
    stage: Stage, select: Callable[[int], DetailPane], database: Database, qtbot: QtBot, language: Language
) -> None:
    refusal, review, released = a_refusal(), a_review(MINUTE), a_review(2 * MINUTE, "闽D8A236")
    fill(database, released)
    passages.append_decision(database, a_decision(released, at=released.concluded_at + MINUTE))
    page = stage.page
    fill(database, *(plain_passage(number * MINUTE) for number in range(3, 40)))
    fill(database, refusal, review)
    stage.window.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 40)
    stage.look.speak(language)
    for (width, height), theme in product(SIZES, (ThemeName.DAY, ThemeName.NIGHT)):
        stage.look.wear(theme)
        stage.dress(width, height)
        page.table.clearSelection()
        name = f"{language}-{theme}-{width}"
        for state in ("list", "detail", "form", "between", "problem"):
            if state == "detail":
                select(1)
            elif state == "form":
                page.pane.form.choices[Decision.RELEASE].click()
                page.pane.form.fail("编号或 PIN 不对" if language == "zh" else "Wrong code or PIN")
            elif state == "between":
                page.pane.form.leave()
                page.bar.range.setCurrentIndex(4)
                page.bar._choose_range()
            elif state == "problem":
                page.bar.until.setDateTime(page.bar.since.dateTime())
                page.apply()
            with suppress(NotYet):  # what is still amiss then is told below
                qtbot.waitUntil(lambda: not clipped(stage.window) + outside(stage.window), timeout=1000)
            picture(stage.window, f"{name}-{state}")
            assert (name, state, clipped(stage.window), outside(stage.window)) == (name, state, [], [])
        page.bar.offer_range(refusal.concluded_at)
        page.bar.forget()
        qtbot.waitUntil(lambda: page.model.rowCount() == 40)


def test_an_empty_log_says_what_to_do_first(stage: Stage, qtbot: QtBot) -> None:
    stage.window.show()
    qtbot.wait(50)
    picture(stage.window, "empty")
    assert "查验第一辆车" in stage.page.empty.text()
    assert stage.page.empty.isVisible()
