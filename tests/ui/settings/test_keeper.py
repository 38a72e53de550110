"""What is chosen is kept, and what cannot be kept or read is said and stops nobody."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station.preferences import Preferences, load_preferences
from station.toml_file import BadValue, FileUnwritable
from tests.ui.settings.conftest import PATIENCE_MS
from ui.settings.keeper import Keeper


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "preferences.toml"


def test_what_was_chosen_is_found_at_the_next_start(path: Path) -> None:
    keeper = Keeper(path)
    keeper.change(theme="night")
    keeper.change(volume=2, muted=True)
    keeper.close_down()
    keeper.close_down()
    assert Keeper(path).preferences == Preferences(theme="night", volume=2, muted=True)


def test_it_goes_on_after_it_was_closed(path: Path) -> None:
    keeper = Keeper(path)
    for theme in ("night", "contrast"):
        keeper.change(theme=theme)
        keeper.close_down()
    assert load_preferences(path).theme == "contrast"


def test_a_broken_file_gives_the_defaults_and_the_next_choice_a_whole_one(path: Path, qtbot: QtBot) -> None:
    path.parent.mkdir()
    path.write_text('theme = "pink"\n', "utf-8")
    keeper = Keeper(path)
    assert keeper.preferences == Preferences()
    assert isinstance(keeper.problem, BadValue)
    with qtbot.waitSignal(keeper.kept, timeout=PATIENCE_MS) as kept:
        keeper.change(muted=True)
    assert kept.args == [None]
    keeper.close_down()
    assert load_preferences(path) == Preferences(muted=True)


def test_a_place_that_cannot_be_written_is_said_and_the_choice_counts(path: Path, qtbot: QtBot) -> None:
    keeper = Keeper(path)
    path.parent.write_text("a file where the folder should be")
    with qtbot.waitSignal(keeper.kept, timeout=PATIENCE_MS) as kept:
        keeper.change(theme="night")
    keeper.close_down()
    assert kept.args is not None
    assert isinstance(kept.args[0], FileUnwritable)
    assert keeper.preferences.theme == "night"
