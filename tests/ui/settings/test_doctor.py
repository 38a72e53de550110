"""The doctor tells which camera the window would open, and what is wrong with what was chosen."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from scanner.camera import CameraInfo, list_cameras
from station.home import preferences_path
from station.preferences import Preferences, save_preferences
from tests.ui.conftest import Station
from tests.ui.settings.conftest import C270, C920, Bench


def finding(station: Station, key: str) -> Any:
    return next(one for one in station("doctor", "--json").json["findings"] if one["key"] == key)


@pytest.fixture
def plugged(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """This machine's cameras are those on the bench."""
    monkeypatch.setattr("ui.commands.doctor.list_cameras", partial(list_cameras, bench.root))
    return bench


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (CameraInfo("", ""), "HD Pro Webcam C920 /dev/video0"),
        (C270, "Webcam C270 /dev/video2"),
        (CameraInfo("/dev/video8", C270.name), "Webcam C270 /dev/video2"),
        (CameraInfo("/dev/video8", "Brio"), "没有接上 Brio"),
    ],
)
def test_the_camera_is_the_one_chosen_wherever_it_is_now(
    station: Station, plugged: Bench, chosen: CameraInfo, words: str
) -> None:
    save_preferences(preferences_path(), Preferences(camera=chosen.path, camera_name=chosen.name))
    assert finding(station, "camera")["words"] == words


def test_without_a_camera_it_says_what_to_do(station: Station, plugged: Bench) -> None:
    for camera in (C920, C270):
        plugged.unplug(camera)
    found = finding(station, "camera")
    assert (found["well"], found["words"]) == (False, "没有")
    assert "插好 USB 线" in found["mend"]


def test_preferences_that_cannot_be_read_are_named(station: Station, own_home: Path) -> None:
    own_home.mkdir()
    preferences_path().write_text("volume = 9\n", "utf-8")
    assert "volume = 9 不可用" in finding(station, "preferences")["mend"]
