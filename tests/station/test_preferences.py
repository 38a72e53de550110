"""What officers choose is found again; a file that cannot be used is named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.preferences import LOUDEST, Preferences, load_preferences, save_preferences
from station.texts import LANGUAGES
from station.toml_file import BadValue, FileError, FileUnreadable, FileUnwritable, UnknownKey
from ui.theme import ThemeName

NAMES = st.text(st.characters(exclude_categories=["Cs"]))
PREFERENCES = st.builds(
    Preferences,
    st.sampled_from((None, *LANGUAGES)),
    st.sampled_from([theme.value for theme in ThemeName]),
    st.integers(1, LOUDEST),
    st.booleans(),
    NAMES,
    NAMES,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "preferences.toml"


@given(preferences=PREFERENCES)
def test_what_was_chosen_comes_back(tmp_path_factory: pytest.TempPathFactory, preferences: Preferences) -> None:
    path = tmp_path_factory.mktemp("home") / "preferences.toml"
    save_preferences(path, preferences)
    assert load_preferences(path) == preferences


def test_a_desk_where_nobody_chose_has_the_defaults(path: Path) -> None:
    assert load_preferences(path) == Preferences()


def test_a_file_may_name_but_one_thing(path: Path) -> None:
    path.write_text('theme = "night"\n', "utf-8")
    assert load_preferences(path) == Preferences(theme="night")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b'theme = "pink"', BadValue),
        (b"volume = 0", BadValue),
        (b"volume = 2.5", BadValue),
        (b'muted = "no"', BadValue),
        (b'colour = "red"', UnknownKey),
        (b"theme = ", FileUnreadable),
        (b"\x00\xff\xfe", FileUnreadable),
    ],
)
def test_what_is_wrong_is_named(path: Path, content: bytes, error: type[FileError]) -> None:
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        load_preferences(path)
    assert caught.value.params["file"] == path.name


def test_a_folder_in_its_place_is_unreadable_and_not_replaced(path: Path) -> None:
    path.mkdir()
    with pytest.raises(FileUnreadable):
        load_preferences(path)
    with pytest.raises(FileUnwritable):
        save_preferences(path, Preferences())
    assert [file.name for file in path.parent.iterdir()] == [path.name]
