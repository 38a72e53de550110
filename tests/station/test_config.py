"""The station's own name and place."""

from pathlib import Path

import pytest

from station.config import Config, load_config
from station.toml_file import BadValue, FileUnreadable, UnknownKey


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "station.toml"


def test_a_station_without_a_file_has_the_defaults(path: Path) -> None:
    assert load_config(path) == Config("LS-1", "LS", "龙士", "zh")


def test_a_file_changes_what_it_names(path: Path) -> None:
    path.write_text('station = "SD-2"\ncheckpoint_name = "圣地亚哥"\n', "utf-8")
    assert load_config(path) == Config("SD-2", "LS", "圣地亚哥", "zh")


def test_whom_to_ask_may_be_nobody_in_particular(path: Path) -> None:
    path.write_text('contact = ""', "utf-8")
    assert load_config(path).contact == ""
    path.write_text('contact = "区防控办 0596-1234567"', "utf-8")
    assert load_config(path).contact == "区防控办 0596-1234567"


@pytest.mark.parametrize(
    ("content", "error", "line"),
    [('language = "fr"', BadValue, 1), ('\nstation = ""', BadValue, 2), ("\n\nname = 'x'", UnknownKey, 3)],
)
def test_a_wrong_value_is_named_with_its_line(path: Path, content: str, error: type[Exception], line: int) -> None:
    path.write_text(content, "utf-8")
    with pytest.raises(error) as caught:
        load_config(path)
    assert getattr(caught.value, "params")["line"] == line  # noqa: B009 -- of each error's own type


def test_a_folder_in_its_place_is_unreadable(path: Path) -> None:
    path.mkdir()
    with pytest.raises(FileUnreadable):
        load_config(path)
