"""What is chosen on the settings page, through a whole station: at once, at the next start, and nothing is lost."""

import argparse
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db import passages
from db.engine import open_database
from scanner.camera import CameraInfo
from station.access import Role
from station.desk import Desk
from station.home import preferences_path
from station.preferences import Preferences, load_preferences, save_preferences
from station.session import Session
from station.voice import Voice
from tests.station.sounds import alsa, needs_aplay
from tests.ui.settings.conftest import until
from ui.app import Station
from ui.cli import main
from ui.first_run.founding import NewPerson, add_person
from ui.log.page import LogPage
from ui.pages import LOG, SETTINGS
from ui.settings.page import SettingsPage
from ui.theme import ThemeName
from ui.window import MainWindow

LIN = NewPerson("1001", "林晓岚", "区建设局", Role.OFFICER, "4821")
Open = Callable[..., Station]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "station.db"
    with open_database(path) as database:
        add_person(database, LIN, station="LS-1", now=datetime.now(UTC))
    return path


@pytest.fixture
def start(qtbot: QtBot, path: Path) -> Iterator[Open]:
    """`start()` is a station at work; it is stopped in the end."""
    opened: list[Station] = []

    def start(source: str | None = None, *, camera: str | None = None) -> Station:
        options = argparse.Namespace(language="zh", source=source, database=path, kiosk=False, seed=1)
        opened.append(Station(options, Voice, camera))
        opened[-1].start()
        return opened[-1]

    yield start
    for station in opened:
        station.stop()


def main_window(station: Station) -> MainWindow:
    assert isinstance(station.window, MainWindow)
    return station.window


def settings(station: Station) -> SettingsPage:
    main_window(station).open(SETTINGS)
    return main_window(station).settings


def desk(station: Station) -> Desk:
    assert station.desk is not None
    return station.desk


def voice(station: Station) -> Voice:
    assert isinstance(station.voice, Voice)
    return station.voice


def test_choices_count_at_once_and_at_the_next_start(start: Open) -> None:
    station = start()
    page = settings(station)
    page.themes[ThemeName.NIGHT].click()
    page.languages["en"].click()
    page.voice.steps[2].click()
    page.voice.mute.click()
    assert (station.look.theme_name, station.look.language) == (ThemeName.NIGHT, "en")
    station.stop()
    assert load_preferences(preferences_path()) == Preferences("en", "night", 3, muted=True)
    again = start()
    page = settings(again)
    assert page.themes[ThemeName.NIGHT].isChecked()
    assert page.voice.mute.isChecked()
    assert (voice(again).muted, round(voice(again).volume, 1)) == (True, 0.6)


@pytest.mark.parametrize(
    ("given", "said"), [((), "There is no database nowhere.db"), (("--language", "zh"), "没有数据库 nowhere.db")]
)
def test_the_language_chosen_is_every_commands_unless_another_is_asked_for(
    capsys: pytest.CaptureFixture[str], given: tuple[str, ...], said: str
) -> None:
    save_preferences(preferences_path(), Preferences(language="en"))
    main(["log", "--database", "nowhere.db", *given])
    assert said in capsys.readouterr().err


def test_the_camera_chosen_is_the_one_at_the_next_start_unless_another_is_asked_for(start: Open, qtbot: QtBot) -> None:
    kept = CameraInfo("/dev/video97", "Webcam C270")
    station = start()
    settings(station).camera.chosen.emit(kept)
    source = desk(station)._eyes
    until(qtbot, lambda: source._source is not None and source._source.name == kept.name)
    station.stop()
    again = start()
    assert settings(again).camera.marked == kept
    again.stop()
    other = start(camera="/dev/video98")
    source = desk(other)._eyes
    until(qtbot, lambda: source._source is not None and source._source.name == "/dev/video98")
    other.stop()
    assert load_preferences(preferences_path()).camera == kept.path


def test_the_demos_pictures_are_not_a_cameras(start: Open) -> None:
    assert "不是摄像头的" in settings(start("demo")).camera.state.text()


def test_preferences_that_cannot_be_read_are_said_and_the_station_starts(
    start: Open, qtbot: QtBot, own_home: Path
) -> None:
    own_home.mkdir(exist_ok=True)
    preferences_path().write_text('theme = "pink"\n', "utf-8")
    station = start()
    assert main_window(station).status.trouble.text().startswith("preferences.toml 第 1 行")
    page = settings(station)
    assert station.look.theme_name is ThemeName.DAY
    assert "上次的选择读不出，已改用默认值：preferences.toml 第 1 行" in page.wrong.text()
    page.themes[ThemeName.NIGHT].click()
    until(qtbot, lambda: "读不出" not in page.wrong.text())
    station.stop()
    assert load_preferences(preferences_path()).theme == "night"


def test_preferences_that_cannot_be_written_are_said_and_count_until_the_end(start: Open, qtbot: QtBot) -> None:
    preferences_path().mkdir(parents=True)
    station = start()
    page = settings(station)
    page.themes[ThemeName.NIGHT].click()
    until(qtbot, lambda: "没有存下" in page.wrong.text())
    assert station.look.theme_name is ThemeName.NIGHT


# --- nothing is lost -------------------------------------------------------------------------------------------------


def test_another_language_in_the_middle_of_a_check_keeps_the_check(start: Open, qtbot: QtBot) -> None:
    station = start()
    checks: list[tuple[str, int | None]] = []

    def note(session: Session) -> None:
        checks.append((session.check.id, session.check.evidence.people))

    desk(station).do(Session.confirm_people, 2)
    desk(station).do(note)
    for language in ("en", "zh"):
        settings(station).languages[language].click()
    desk(station).do(note)
    until(qtbot, lambda: len(checks) == 2)
    assert checks[0] == checks[1] == (checks[0][0], 2)


def test_quitting_keeps_the_check_in_hand_as_abandoned(start: Open, path: Path) -> None:
    station = start()
    desk(station).do(Session.set_plate, "闽E12345")
    station.stop()
    with open_database(path) as database:
        rows = passages.page(database, limit=9)
    assert [(row.plate, row.kind) for row in rows] == [("闽E12345", "abandoned")]


# --- what the window brings together ---------------------------------------------------------------------------------


def test_the_voice_speaks_the_windows_language(start: Open) -> None:
    station = start()
    settings(station).languages["en"].click()
    assert voice(station).language == "en"


@needs_aplay
def test_a_muted_voice_shows_on_every_page(
    start: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(alsa(tmp_path, "type null")))
    station = start()
    page = settings(station)
    mark, words = main_window(station).status.marks["voice"]
    until(qtbot, lambda: page.voice.state.text() == "语音正常")
    page.voice.mute.click()
    until(qtbot, lambda: (words.text(), mark.well) == ("语音已静音", True))
    assert page.voice.state.text() == "已静音：结论只显示，不播报"


def test_the_log_page_knows_who_is_at_the_desk(start: Open, qtbot: QtBot) -> None:
    station = start()
    page: QWidget = main_window(station).pages[LOG].widget
    assert isinstance(page, LogPage)
    desk(station).do(Session.sign_in, LIN.code, LIN.pin)
    until(qtbot, lambda: page._user.code == LIN.code)
    desk(station).do(Session.sign_out)
    until(qtbot, lambda: page._user.code is None)
