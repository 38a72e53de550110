"""The window around the pages, before a real desk and the demo's lane."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.desk import Desk
from station.gate import Gate
from station.session import Session
from station.texts import LANGUAGES, Language
from station.verdict import Outcome
from station.view import Health
from tests.screens import sight
from tests.ui.shell.conftest import SIZES
from ui import pages
from ui.bridge import Bridge
from ui.demo_officer import demo_desk, traffic
from ui.look import Look
from ui.pages import GATE, LOG, SETTINGS, SIGN_IN, Page
from ui.theme import VERDICTS, ThemeName
from ui.window import MainWindow

# --- pages -----------------------------------------------------------------------------------------------------------


def test_it_asks_first_who_is_at_the_desk(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.page == SIGN_IN)
    assert "F8" in window.status.trouble.text()


KEYS = {LOG: Qt.Key.Key_F2, SETTINGS: Qt.Key.Key_F6, SIGN_IN: Qt.Key.Key_F8, GATE: Qt.Key.Key_F1}


def test_each_page_has_a_key_and_a_button(window: MainWindow) -> None:
    for page, key in KEYS.items():
        QTest.keyClick(window, key)
        assert window.page == page
        assert [name for name, button in window.buttons.items() if button.isChecked()] == [page]
    for page, button in window.buttons.items():
        button.click()
        assert window.page == page


def test_a_page_is_built_once_when_it_is_first_opened(qtbot: QtBot, gate: Gate, look: Look) -> None:
    built: list[QWidget] = []

    def build() -> QWidget:
        built.append(QWidget())
        return built[-1]

    bridge = Bridge()
    desk, _ = demo_desk(gate, traffic(), bridge.post)
    window = MainWindow(look, desk, bridge, (Page(GATE, QWidget), Page(LOG, build)))
    qtbot.addWidget(window)
    assert built == []
    for key in (LOG, GATE, LOG):
        window.open(key)
    assert built == [window.stack.currentWidget()]


def test_pages_nobody_opened_are_got_ready_and_not_once_the_window_closes(
    qtbot: QtBot, gate: Gate, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "SOON", 0)
    bridge = Bridge()
    desk, _ = demo_desk(gate, traffic(), bridge.post)
    windows = [MainWindow(look, desk, bridge, (Page(GATE, QWidget), Page(LOG, QWidget, "colorsys"))) for _ in range(2)]
    for window in windows:
        qtbot.addWidget(window)
        window.show()
    windows[0].close_down()
    qtbot.waitUntil(lambda: windows[1].pages[LOG].is_built)
    windows[1].close_down()
    assert not windows[0].pages[LOG].is_built
    assert windows[1].page == GATE


# --- a verdict while another page is open ---------------------------------------------------------------------------


def concludes(desk: Desk) -> None:
    """A vehicle whose papers are complete but for its codes: a review."""
    desk.do(Session.set_plate, "闽E12345")
    desk.do(Session.finish)


@pytest.mark.parametrize("page", [LOG, SETTINGS, SIGN_IN])
def test_a_verdict_given_beside_another_page_is_told_there_until_the_desk_re_arms(
    window: MainWindow, qtbot: QtBot, page: str
) -> None:
    desk, line, button = window.sign_in._desk, window.status.verdict, window.gate_button
    window.open(page)
    concludes(desk)
    qtbot.waitUntil(line.isVisible)
    assert line.text().startswith("人工核验 · ")
    assert (button.outcome, button.accessibleName()) == (Outcome.REVIEW, "查验 F1 人工核验")
    assert button.grab().toImage().pixelColor(6, button.height() - 8).name() == VERDICTS[Outcome.REVIEW].ground
    desk.do(Session.next_vehicle)
    qtbot.waitUntil(lambda: not line.isVisible())
    assert (button.outcome, button.text()) == (None, "查验\nF1")


def test_at_the_gate_the_verdict_is_told_by_the_gate_alone(window: MainWindow, qtbot: QtBot) -> None:
    window.open(SETTINGS)
    concludes(window.sign_in._desk)
    qtbot.waitUntil(window.status.verdict.isVisible)
    window.open(GATE)
    assert not window.status.verdict.isVisible()
    assert window.gate_button.outcome is None


def test_beside_another_page_a_pass_is_told_only_once_it_is_kept(window: MainWindow, qtbot: QtBot, look: Look) -> None:
    desk = window.sign_in._desk
    window.open(LOG)
    desk.do(Session.set_plate, "闽E12345")
    desk.do(Session.exempt, "消防出警")
    qtbot.waitUntil(lambda: window.gate_button.outcome is Outcome.PASS)
    look.speak("en")
    assert window.status.verdict.text().startswith("Pass · ")
    assert window.gate_button.accessibleName() == "Gate F1 Pass"
    assert window._view is not None
    window.show_view(replace(window._view, committed=False))
    assert window.gate_button.accessibleName() == "Gate F1 Manual check"
    assert window.status.verdict.text().startswith("Manual check · ")


# --- the demo's stripe -----------------------------------------------------------------------------------------------


def test_a_demonstration_says_so_across_the_top(window: MainWindow, well: Health) -> None:
    assert window.stripe.isVisible()
    assert window.stripe.width() == window.width()
    assert window.stripe.name.text() == "演示"
    window.stripe.show_health(well)
    assert not window.stripe.isVisible()


def test_a_person_may_play_the_officer_and_is_told_what_the_driver_says(window: MainWindow, qtbot: QtBot) -> None:
    stand_in = window.stripe._stand_in
    assert stand_in is not None
    qtbot.waitUntil(lambda: stand_in.vehicle is not None)
    window.stripe.retranslate()
    assert window.stripe.button.text() == "自动演示"
    assert "车牌" in window.stripe.text.text()
    window.stripe.button.click()
    assert stand_in.auto
    assert window.stripe.button.text() == "我来试"


# --- settings --------------------------------------------------------------------------------------------------------


def test_language_and_theme_change_at_once(window: MainWindow, look: Look) -> None:
    window.open(SETTINGS)
    window.settings.languages["en"].click()
    assert window.buttons[GATE].text() == "Gate\nF1"
    window.settings.themes[ThemeName.NIGHT].click()
    assert look.theme.ground in window.styleSheet()


def test_it_is_quit_by_pressing_twice(window: MainWindow, qtbot: QtBot) -> None:
    window.open(SETTINGS)
    window.settings.quit.click()
    assert window.settings.quit.text() == "确定退出？再按一次"
    with qtbot.waitSignal(window.leave):
        window.settings.quit.click()


# --- what the eye and the hand meet ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_stripe_leaves_room_for_what_is_below(
    window: MainWindow, look: Look, qtbot: QtBot, size: tuple[int, int], language: Language
) -> None:
    look.speak(language)
    window.resize(*size)
    for page in (SIGN_IN, SETTINGS):
        window.open(page)
        qtbot.waitUntil(lambda: not sight.clipped(window) + sight.outside(window) + sight.overlapping(window))
        assert (window.width(), window.height()) == size


def test_text_grows_with_the_window_up_to_4k(window: MainWindow) -> None:
    heights = []
    for size in ((1280, 720), (1920, 1080), (3840, 2160)):
        window.resize(*size)
        heights.append(window.buttons[GATE].fontMetrics().height())
    assert heights == sorted(set(heights))
