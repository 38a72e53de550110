"""`station run --camera`: which camera, for this run."""

import os
import signal
from collections.abc import Iterator
from typing import IO

import pytest

from station.home import preferences_path
from station.preferences import Preferences, load_preferences, save_preferences
from tests.ui.conftest import Station
from tests.ui.test_run import child


def until(stream: IO[str] | None, word: str) -> bool:
    """Read until a line says this."""
    lines: Iterator[str] = iter(stream or ())
    return any(word in line for line in lines)


def test_it_is_for_a_cameras_pictures_only(station: Station) -> None:
    answer = station("run", "--headless", "--source", "demo", "--camera", "C920")
    assert (answer.code, "请去掉 --source demo" in answer.err) == (64, True)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_camera_that_was_asked_for_is_waited_for_and_not_remembered() -> None:
    kept = Preferences(camera="/dev/video97", camera_name="Webcam C270")
    save_preferences(preferences_path(), kept)
    with child("run", "--headless", "--camera", "no camera is called this") as process:
        assert until(process.stderr, "未找到摄像头")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert load_preferences(preferences_path()) == kept


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_preferences_that_cannot_be_read_do_not_stop_the_terminal() -> None:
    preferences_path().parent.mkdir(parents=True)
    preferences_path().write_text("volume = 9\n", "utf-8")
    with child("run", "--headless", "--source", "camera") as process:
        assert until(process.stderr, "volume = 9 不可用")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 130
