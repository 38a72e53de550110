"""Every way a camera can be lost: noticed, said once, and healed without a restart."""

import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

from scanner.camera import CameraSource, CameraState
from scanner.camera_devices import CameraBusy, CameraError, CameraInfo, CameraMissing
from scanner.cv import cv2
from scanner.source import Image
from tests.scanner.cameras import C920, Device, dark, next_frame, noise, pitch_black, still, wait, watching

LIVE, MISSING, BUSY = CameraState.LIVE, CameraState.MISSING, CameraState.BUSY
FROZEN, BLACK, FAILED = CameraState.FROZEN, CameraState.BLACK, CameraState.FAILED


class TestUnplugged:
    def test_it_is_missing_then_lives_again(self) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
            device.info = None
            watched.until(MISSING)
            device.info = C920
            watched.until(LIVE)
            assert watched.said == [LIVE, MISSING, LIVE]
            next_frame(watched.source)

    def test_it_is_opened_where_it_is_found_again(self) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
            device.info = None
            watched.until(MISSING)
            device.info = CameraInfo("/dev/video2", C920.name)
            watched.until(LIVE)
            assert device.paths == ["/dev/video0", "/dev/video2"]

    def test_frames_go_on_counting(self) -> None:
        device = Device()
        with watching(device) as watched:
            before = next_frame(watched.source)
            device.info = None
            watched.until(MISSING)
            device.info = C920
            watched.until(LIVE)
            assert next_frame(watched.source).index > before.index

    def test_none_at_all_is_missing_and_nothing_is_opened(self) -> None:
        device = Device()
        device.info = None
        with watching(device) as watched:
            watched.until(MISSING)
            assert device.opened == 0
            assert watched.source.name == "camera"

    def test_it_is_noticed_though_the_driver_goes_on_giving_black(self) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
            device.shows = pitch_black
            watched.until(BLACK, passing=0.5)
            device.undead, device.info = True, None
            watched.until(MISSING)


class TestBusy:
    def test_it_is_said_and_healed_when_the_other_lets_go(self) -> None:
        device = Device()
        device.refusal = CameraBusy(path="/dev/video0", reason="busy")
        with watching(device) as watched:
            watched.until(BUSY)
            device.refusal = None
            watched.until(LIVE)
            assert watched.said == [BUSY, LIVE]


class TestFailed:
    @pytest.mark.parametrize(
        ("refusal", "state"), [(CameraError(reason="Permission denied"), FAILED), (CameraMissing(), MISSING)]
    )
    def test_what_opening_says_is_passed_on(self, refusal: CameraError, state: CameraState) -> None:
        device = Device()
        device.refusal = refusal
        with watching(device) as watched:
            watched.until(state)

    def test_one_that_opens_and_gives_nothing_has_failed(self) -> None:
        device = Device()
        device.shows = lambda _number: np.empty(0, np.uint8)
        with watching(device) as watched:
            watched.until(FAILED)
            device.shows = noise
            watched.until(LIVE)

    def test_a_read_that_raises_is_logged_and_healed(self, caplog: pytest.LogCaptureFixture) -> None:
        def torn(_number: int) -> Image:
            raise cv2.error("torn")

        device = Device()
        device.shows = torn
        with watching(device) as watched:
            watched.until(FAILED)
            device.shows = noise
            watched.until(LIVE)
        assert "torn" in caplog.text
        assert device.released == device.opened

    def test_a_listener_that_raises_costs_no_picture(self, caplog: pytest.LogCaptureFixture) -> None:
        def deaf(_state: CameraState) -> None:
            raise RuntimeError("deaf")

        device = Device()
        source = CameraSource(device.find, device.open, on_state=deaf)
        wait(lambda: "deaf" in caplog.text)
        next_frame(source)
        next_frame(source)
        source.close()


class TestFrozen:
    def test_the_same_picture_over_and_over_is_said_and_not_given(self) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
            device.shows = still
            watched.until(FROZEN, passing=0.5)
            last = next_frame(watched.source)
            device.shows = noise
            assert next_frame(watched.source).index > last.index + 1
            watched.until(LIVE)
            assert watched.said == [LIVE, FROZEN, LIVE]

    def test_opening_it_anew_is_tried(self) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
            device.shows = still
            watched.until(FROZEN, passing=0.5)
            wait(lambda: device.opened == 2)
            assert device.released == 1
            assert watched.source.state is FROZEN

    def test_a_short_stillness_is_nothing(self) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
            device.shows = still
            seen = device.taken
            watched.clock.now += 1.0
            wait(lambda: device.taken > seen + 20)
            assert watched.said == [LIVE]

    @pytest.mark.parametrize(("shows", "state"), [(still, FROZEN), (pitch_black, BLACK), (None, FROZEN)])
    def test_still_black_and_hanging_pictures_are_noticed_within_two_seconds(
        self, shows: Callable[[int], Image] | None, state: CameraState
    ) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
            if shows is None:
                device.flowing.clear()
            else:
                device.shows = shows
            seen = device.taken
            wait(lambda: device.hangs if shows is None else device.taken > seen + 20)
            watched.clock.now += 1.7  # the camera itself looks every 0.1 s, and the desk at it every 0.2 s
            watched.until(state)
            device.flowing.set()

    def test_a_hanging_read_is_said_and_healed_by_itself(self) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
            device.flowing.clear()
            watched.until(FROZEN, passing=0.5)
            device.flowing.set()
            watched.until(LIVE)
            assert device.opened == 1

    def test_unplugged_while_its_read_hangs_it_is_missing_and_lives_after_the_replug(self) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
            stuck = device.flowing
            stuck.clear()
            watched.until(FROZEN, passing=0.5)
            device.info = None
            watched.until(MISSING)
            device.flowing = threading.Event()
            device.flowing.set()
            device.info = CameraInfo("/dev/video1", C920.name)
            watched.until(LIVE)
            assert (device.opened, device.released) == (2, 0)
            device.info = None  # what the hanging read returns to
            stuck.set()
            wait(lambda: device.released == 2)

    def test_one_that_was_live_is_given_no_time_to_open_again(self) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
            device.opening.clear()
            device.shows = lambda _number: np.empty(0, np.uint8)
            wait(lambda: device.opened == 2)
            watched.clock.now += 2.0
            watched.until(FROZEN)

    def test_a_camera_slow_to_open_is_given_time(self) -> None:
        device = Device()
        device.opening.clear()
        with watching(device) as watched:
            wait(lambda: device.opened == 1)
            watched.clock.now += 3.0
            time.sleep(0.3)  # several looks
            assert watched.said == []
            watched.until(FROZEN, passing=0.5)
            device.opening.set()
            watched.until(LIVE)


class TestBlack:
    @pytest.mark.parametrize("night", [dark, pitch_black])
    def test_a_covered_lens_is_said_and_healed(self, night: Callable[[int], Image]) -> None:
        device = Device()
        with watching(device) as watched:
            watched.until(LIVE)
            device.shows = night
            watched.until(BLACK, passing=0.5)
            device.shows = noise
            watched.until(LIVE)
            assert watched.said == [LIVE, BLACK, LIVE]
            assert device.opened == 1

    def test_a_phone_shining_in_the_night_is_a_picture(self) -> None:
        def phone(number: int) -> Image:
            image = dark(number).copy()
            image[20:30, 20:30] = 255
            return image

        device = Device()
        device.shows = phone
        with watching(device) as watched:
            watched.until(LIVE)
            seen = device.taken
            watched.clock.now += 1.0
            wait(lambda: device.taken > seen + 20)
            assert watched.said == [LIVE]

    def test_covered_from_the_start_it_never_counts_as_live(self) -> None:
        device = Device()
        device.shows = pitch_black
        with watching(device) as watched:
            watched.until(BLACK, passing=0.5)
            assert watched.said == [BLACK]

    def test_black_then_silent_is_frozen(self) -> None:
        device = Device()
        device.shows = pitch_black
        with watching(device) as watched:
            watched.until(BLACK, passing=0.5)
            device.flowing.clear()
            watched.until(FROZEN, passing=0.5)
