"""The live camera: its newest picture, its owner, and its end.

There is no camera here: the devices are scripted, or real OpenCV captures of a file.
"""

import logging
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from scanner.camera import CameraSource, CameraState, open_camera
from scanner.camera_devices import CameraInfo, Capture
from scanner.cv import cv2
from scanner.source import Frame
from tests.scanner.cameras import C920, Device, next_frame, noise, wait, watching

LIVE, MISSING = CameraState.LIVE, CameraState.MISSING


class TestPictures:
    def test_they_come_as_frames_with_their_size(self) -> None:
        with watching(Device()) as watched:
            frame = next_frame(watched.source)
            assert frame.image.shape == (48, 64, 3)
            assert not frame.image.flags.writeable
            assert frame.at == watched.clock.now
            assert watched.source.size == (64, 48)

    def test_the_newest_wins_and_the_older_are_dropped(self) -> None:
        device = Device()
        with watching(device) as watched:
            first = next_frame(watched.source)
            seen = device.taken
            wait(lambda: device.taken > seen + 20)
            late = next_frame(watched.source)
            assert late.index > first.index + 10
            assert next_frame(watched.source).index > late.index

    def test_one_thread_owns_the_device_and_another_speaks(self) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
        assert device.hands == {"capture"}
        assert watched.voices == {"camera"}

    def test_grey_ones_become_colour(self) -> None:
        device = Device()
        device.shows = lambda number: noise(number)[..., 0]
        with watching(device) as watched:
            assert next_frame(watched.source).image.shape == (48, 64, 3)

    def test_the_source_is_called_as_the_camera(self) -> None:
        device = Device()
        with watching(device) as watched:
            next_frame(watched.source)
            assert watched.source.name == "HD Pro Webcam C920"
            assert watched.source.camera == C920

    def test_a_torn_one_is_passed_over(self) -> None:
        device = Device()
        device.shows = lambda number: np.empty(0, np.uint8) if number % 5 == 4 else noise(number)
        with watching(device) as watched:
            for _ in range(20):
                next_frame(watched.source)
            assert device.opened == 1
            assert watched.said == [LIVE]


class TestClosing:
    def test_it_wakes_a_waiting_read(self) -> None:
        device = Device()
        device.info = None
        with watching(device) as watched:
            answers: list[Frame | None] = []
            reader = threading.Thread(target=lambda: answers.append(watched.source.read()))
            reader.start()
            watched.until(MISSING)
            watched.source.close()
            reader.join()
            assert answers == [None]

    def test_read_afterwards_is_none_and_closing_twice_is_nothing(self) -> None:
        with watching(Device()) as watched:
            watched.until(LIVE)
            watched.source.close()
            watched.source.close()
            assert watched.source.read() is None

    def test_the_device_is_released(self) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
        assert (device.opened, device.released) == (1, 1)

    def test_a_hanging_read_does_not_hold_it_up(self, caplog: pytest.LogCaptureFixture) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
            device.flowing.clear()
            watched.source.close()  # would never return
            assert device.released == 0
            assert "left behind" in caplog.text
            assert [thread.daemon for thread in threading.enumerate() if thread.name == "capture"] == [True]
        wait(lambda: device.released == 1)

    def test_it_may_be_closed_from_its_own_callback(self) -> None:
        device = Device()
        source: list[CameraSource] = []
        ready = threading.Event()

        def on_state(_state: CameraState) -> None:
            ready.wait()
            source[0].close()

        source.append(CameraSource(device.find, device.open, on_state=on_state))
        ready.set()
        wait(lambda: device.released == 1)
        assert source[0].read() is None

    def test_nothing_is_said_any_more(self) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
            watched.source.close()
            device.info = None
        assert watched.said == [LIVE]


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A motion JPEG of thirty pictures, as a camera's stream is."""
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30.0, (64, 48))
    for number in range(30):
        writer.write(noise(number))
    writer.release()
    return path


class TestOpenCV:
    """The same over a real VideoCapture, of a file."""

    def test_its_pictures_come_through(self, film: Path) -> None:
        class Looped:
            def __init__(self) -> None:
                self.file = cv2.VideoCapture(str(film))

            def read(self) -> tuple[bool, cv2.typing.MatLike]:
                time.sleep(1 / 300)
                given, image = self.file.read()
                if not given:
                    self.file.set(cv2.CAP_PROP_POS_FRAMES, 0)
                return given, image

            def release(self) -> None:
                self.file.release()

        said: list[CameraState] = []
        source = CameraSource(lambda: C920, lambda _path: Looped(), on_state=said.append)
        pictures = [next_frame(source) for _ in range(60)]
        source.close()
        assert {frame.image.shape for frame in pictures} == {(48, 64, 3)}
        assert said == [LIVE]

    def test_where_it_ends_it_is_opened_again(self, film: Path) -> None:
        opened: list[str] = []

        def open_file(path: str) -> Capture:
            opened.append(path)
            return cv2.VideoCapture(path)

        source = CameraSource(lambda: CameraInfo(str(film), "film"), open_file)
        while len(opened) < 3:
            next_frame(source)
        source.close()


class TestOpenCamera:
    def test_no_such_camera_is_missing_not_an_exception(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO)
        said: list[CameraState] = []
        source = open_camera("no camera is called this", on_state=said.append)
        wait(lambda: said == [MISSING])
        source.close()
        assert source.name == "no camera is called this"
        assert "MISSING" in caplog.text

    def test_a_camera_that_was_chosen_is_called_by_its_name_until_it_is_found(self) -> None:
        source = open_camera("/dev/video99", known=CameraInfo("/dev/video99", "Webcam C270"))
        source.close()
        assert source.name == "Webcam C270"
