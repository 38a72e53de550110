"""A camera on the bench: what it shows, refuses and hangs at is in the test's hand, and so is the clock."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from scanner.camera import CameraSource, CameraState
from scanner.camera_devices import CameraError, CameraInfo, Capture
from scanner.source import Frame, Image, Source

C920 = CameraInfo("/dev/video0", "HD Pro Webcam C920")
PATIENCE = 20.0  # s a test waits for what comes in a moment


class Clock:
    """Time as the camera sees it: it passes when a test says so, and stands between."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Device:
    """A camera on the bench, and the cable in our hand."""

    def __init__(self, info: CameraInfo = C920) -> None:
        self.info: CameraInfo | None = info  # None: unplugged
        self.refusal: CameraError | None = None
        self.undead = False  # a driver that does not notice the unplug
        self.shows: Callable[[int], Image] = noise
        self.flowing = threading.Event()  # cleared: a read hangs
        self.flowing.set()
        self.hangs = False  # a read does
        self.opening = threading.Event()  # cleared: opening hangs
        self.opening.set()
        self.opened = self.released = self.taken = 0
        self.paths: list[str] = []
        self.hands: set[str] = set()  # the threads that touched it

    def find(self) -> CameraInfo | None:
        return self.info

    def open(self, path: str) -> Capture:
        self.opened += 1
        self.paths.append(path)
        self.opening.wait()
        if self.refusal:
            raise self.refusal
        return Opened(self)


class Opened:
    """A capture of a Device; it dies with the unplug, and does not rise with the replug."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._alive = True

    def read(self) -> tuple[bool, Image]:
        device = self._device
        device.hands.add(threading.current_thread().name)
        time.sleep(0.002)
        device.hangs = not device.flowing.is_set()
        device.flowing.wait()
        self._alive = self._alive and (device.info is not None or device.undead)
        if not self._alive:
            return False, np.empty(0, np.uint8)
        device.taken += 1
        return True, device.shows(device.taken)

    def release(self) -> None:
        self._device.hands.add(threading.current_thread().name)
        self._device.released += 1


class Easel:
    """A source that shows one picture until another is put on it: at once, then ever more rarely, to twice a second.

    Each showing is read anew, and that of an unchanged picture was a third of the time of the tests with a window.
    """

    name = "easel"

    def __init__(self, picture: Image) -> None:
        self._picture = picture
        self._plugged, self._closed = True, False
        self._stirred = threading.Event()
        self._index = self._shown = 0

    @property
    def picture(self) -> Image:
        return self._picture

    @picture.setter
    def picture(self, picture: Image) -> None:
        self._picture, self._shown = picture, 0
        self._stirred.set()

    @property
    def plugged(self) -> bool:
        """Unplugged, it fails to read and to open."""
        return self._plugged

    @plugged.setter
    def plugged(self, plugged: bool) -> None:
        self._plugged = plugged
        self._stirred.set()

    def open(self, *_: object, **__: object) -> "Easel":
        """The same again, as after a fault; whichever is asked for."""
        if not self._plugged:
            raise OSError("unplugged")
        self._closed, self._shown = False, 0
        return self

    def read(self) -> Frame | None:
        self._stirred.wait(min(0.02 * self._shown, 0.5))
        self._stirred.clear()
        if self._closed:
            return None
        if not self._plugged:
            raise OSError("unplugged")
        self._shown += 1
        self._index += 1
        return Frame(self._picture, self._index, time.monotonic())

    def close(self) -> None:
        self._closed = True
        self._stirred.set()


def noise(number: int) -> Image:
    return np.random.default_rng(number).integers(0, 255, (48, 64, 3), np.uint8)


def still(_number: int) -> Image:
    return noise(0)


def dark(number: int) -> Image:
    return noise(number) // 64


def pitch_black(_number: int) -> Image:
    return np.zeros((48, 64, 3), np.uint8)


class Watched:
    """A camera source, what it said, and the clock it goes by."""

    def __init__(self, device: Device) -> None:
        self.clock = Clock()
        self.said: list[CameraState] = []
        self.voices: set[str] = set()
        self.source = CameraSource(device.find, device.open, on_state=self._hear, clock=self.clock)

    def _hear(self, state: CameraState) -> None:
        self.said.append(state)
        self.voices.add(threading.current_thread().name)

    def until(self, state: CameraState, passing: float = 0.0) -> None:
        """Wait for this state, while the clock passes in steps."""

        def reached() -> bool:
            if self.source.state is state:
                return True
            self.clock.now += passing
            return False

        wait(reached)


def wait(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline, "nothing came of it"
        time.sleep(0.02)


def next_frame(source: Source) -> Frame:
    frame = source.read()
    assert frame is not None
    return frame


@contextmanager
def watching(device: Device) -> Iterator[Watched]:
    watched = Watched(device)
    try:
        yield watched
    finally:
        device.flowing.set()
        device.opening.set()
        watched.source.close()
