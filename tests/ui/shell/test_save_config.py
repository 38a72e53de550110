"""What the first run writes to `station.toml` is what the station reads."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.config import Config, load_config, save_config
from station.toml_file import FileError, FileUnwritable

NAMES = st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip)
CONFIG = Config("SD-2", "SD", "圣地亚哥", "en")


@given(station=NAMES, checkpoint=NAMES, name=NAMES)
def test_any_name_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, station: str, checkpoint: str, name: str
) -> None:
    path = tmp_path_factory.mktemp("config") / "station.toml"
    config = Config(station, checkpoint, name, "zh")
    save_config(path, config)
    assert load_config(path) == config


def test_the_folder_is_made_and_no_draft_is_left(tmp_path: Path) -> None:
    save_config(tmp_path / "new" / "station.toml", CONFIG)
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["station.toml"]


@pytest.mark.parametrize("wrong", [Config(" ", "SD", "圣地亚哥", "zh"), Config("SD-2", "SD", "\ud800", "zh")])
def test_what_could_not_be_read_back_is_refused_and_the_old_file_stays(tmp_path: Path, wrong: Config) -> None:
    path = tmp_path / "station.toml"
    save_config(path, CONFIG)
    with pytest.raises(FileError):
        save_config(path, wrong)
    assert load_config(path) == CONFIG


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileUnwritable) as caught:
        save_config(tmp_path / "file" / "station.toml", CONFIG)
    assert str(tmp_path) in str(caught.value.params["file"])
