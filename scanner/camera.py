"""The live camera: the newest picture of a USB camera, and what is wrong when there is none.

Two threads a camera. The capture thread alone touches the device: it opens, reads, and lets go. The camera thread
watches it: it passes new pictures on, says what it sees amiss, and opens again what was lost. So a read that never
returns (some drivers, after an unplug) stops neither the saying nor the program.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Generic, TypeVar

import numpy as np

from scanner.camera_devices import CameraError, CameraInfo, Capture, choose, list_cameras, open_device
from scanner.cv import cv2
from scanner.source import Frame, Image

__all__ = ["CameraInfo", "CameraSource", "CameraState", "Capture", "list_cameras", "open_camera"]

log = logging.getLogger(__name__)

T = TypeVar("T")

LIMIT = 1.5  # s without a new picture, or in the dark, until it is said: with what else takes time, within 2 s
OPENING = 5.0  # s a camera may take from opening to its first picture
TICK = 0.1  # s between two looks at a silent camera
SOON, LATER = 0.5, 2.0  # s until the next try: at first, and at most
GRACE = 1.0  # s a capture thread is given to let go at the end
MISSES = 3  # reads without a picture before the camera counts as lost: a torn JPEG is only one


class CameraState(Enum):
    """How the camera is. The value is the code of the officer's sentence."""

    STARTING = "camera_starting"
    LIVE = "camera_live"
    MISSING = "camera_missing"
    BUSY = "camera_busy"
    FROZEN = "camera_frozen"
    BLACK = "camera_black"
    FAILED = "camera_failed"


def open_camera(
    which: str | None = None,
    *,
    known: CameraInfo | None = None,
    size: tuple[int, int] = (1280, 720),
    fps: float = 30.0,
    on_state: Callable[[CameraState], None] | None = None,
) -> "CameraSource":
    """Start the live camera. Never fails: what is wrong with it is its state, and heals when it can.

    Args:
        which: see `choose`. Where cameras cannot be listed, the device's number ("0").
        known: the camera it was when it was chosen, see `choose`.
        size: wanted width and height in pixels; `CameraSource.size` is what came of it.
        fps: wanted pictures a second.
        on_state: see `CameraSource`.
    """
    name = known.name if known else which or "camera"

    def find() -> CameraInfo | None:
        nonlocal known
        if sys.platform != "linux":
            return CameraInfo(which or "0", which or "0")
        found = choose(list_cameras(), which, known)
        known = known or found
        return found

    return CameraSource(find, partial(open_device, size=size, fps=fps), name=name, on_state=on_state)


class _Newest(Generic[T]):
    """A slot for one thing: a newer one takes the place of the older."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._item: T | None = None
        self._closed = False

    def put(self, item: T) -> None:
        with self._changed:
            self._item = None if self._closed else item
            self._changed.notify_all()

    def take(self, timeout: float | None = None) -> T | None:
        """Wait for the next; None once time is up, or the slot closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._item is not None or self._closed, timeout)
            item, self._item = self._item, None
            return item

    def close(self, *, drop: bool = False) -> None:
        with self._changed:
            self._closed = True
            self._item = None if drop else self._item
            self._changed.notify_all()


class _Grip:
    """One opening of a camera, and the thread that owns it from opening to releasing.

    A daemon: one whose read hangs is left behind, and must not hold up the program's end. It gives the device
    back by itself, should the read ever return.
    """

    def __init__(self, open_capture: Callable[[], Capture], first: int, clock: Callable[[], float]) -> None:
        self.frames = _Newest[Frame]()
        self.next = first  # index of the next picture
        self.fault: CameraState | None = None
        self._open = open_capture
        self._clock = clock
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
        self._thread.start()

    @property
    def ended(self) -> bool:
        return not self._thread.is_alive()

    def stop(self) -> None:
        self._stopped.set()

    def join(self, timeout: float) -> None:
        self._thread.join(timeout)

    def _run(self) -> None:
        first = self.next
        try:
            capture = self._open()
            try:
                self._pump(capture)
            finally:
                capture.release()
            if self.next == first and not self._stopped.is_set():
                self.fault = CameraState.FAILED  # it opens, yet gives nothing
        except CameraError as error:
            log.warning("camera did not open: %s %s", error.code, error.params)
            self.fault = CameraState(error.code)
        except Exception:
            log.exception("camera failed")
            self.fault = CameraState.FAILED
        finally:
            self.frames.close()

    def _pump(self, capture: Capture) -> None:
        misses = 0
        while not self._stopped.is_set() and misses < MISSES:
            given, image = capture.read()
            if given and image is not None and image.size:
                misses = 0
                self.frames.put(Frame(_bgr(image), self.next, self._clock()))
                self.next += 1
            else:
                misses += 1
                self._stopped.wait(0.05)


class _Sight:
    """What can be told from the pictures, and from their staying away."""

    def __init__(self) -> None:
        self._last: Image | None = None
        self._dark_since: float | None = None
        self._due = 0.0  # the moment by which something new has to come
        self._good = False

    def expect(self, now: float) -> None:
        """A camera is being opened: it may take its time."""
        self._due = now + OPENING

    def see(self, image: Image, now: float) -> bool:
        """Take in a picture; True if it is a new one.

        No two pictures of a sensor are alike to the bit: one that is alike shows what was, not what is.
        In the dark they may be, since noise is cut off there.
        """
        new = self._last is None or not _alike(image, self._last)
        dark = _dark(image)
        self._last = image
        self._good = new and not dark
        if new or dark:
            self._due = now + LIMIT
        if not dark:
            self._dark_since = None
        elif self._dark_since is None:
            self._dark_since = now
        return new

    def state(self, now: float) -> CameraState | None:
        """What is known by now; None where it is too early to tell."""
        if now > self._due:
            return CameraState.FROZEN
        if self._dark_since is not None:
            return CameraState.BLACK if now - self._dark_since > LIMIT else None
        return CameraState.LIVE if self._good else None

    def lose(self) -> None:
        """The pictures end here: what was seen says nothing of what comes. The last is kept, to be compared."""
        self._dark_since = None
        self._good = False


class CameraSource:
    """A camera as a `Source`. See `open_camera`.

    `read` gives only pictures that are new: none while the camera is missing, busy, frozen or failed, so that a
    code which is no longer there is not read again. What is wrong is said by `on_state`, once a change (STARTING,
    where it begins, is not said), in the camera's own thread: it should hand on and return.

    Args:
        find: the camera meant, where it is now; None while it is not there.
        open_capture: opens it by its path, raising the CameraError that says why not. Called in the capture thread.
        name: what it is called until one is found.
        on_state: told each change of state.
        clock: monotonic seconds; frames are stamped with it, and silence is measured by it.
    """

    def __init__(
        self,
        find: Callable[[], CameraInfo | None],
        open_capture: Callable[[str], Capture],
        *,
        name: str = "camera",
        on_state: Callable[[CameraState], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._find = find
        self._open = open_capture
        self._called = name
        self._on_state = on_state
        self._clock = clock
        self._camera: CameraInfo | None = None
        self._state = CameraState.STARTING
        self._size: tuple[int, int] | None = None
        self._next = 0
        self._sight = _Sight()
        self._frames = _Newest[Frame]()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    @property
    def name(self) -> str:
        """The camera's own name; what was asked for until it is found."""
        return self._camera.name if self._camera else self._called

    @property
    def camera(self) -> CameraInfo | None:
        """The camera last opened, or tried."""
        return self._camera

    @property
    def state(self) -> CameraState:
        """How it is now."""
        return self._state

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height of its pictures in pixels; None before the first."""
        return self._size

    def read(self) -> Frame | None:
        """The newest picture not yet read, once there is one; None only when closed. Frames' index gaps: dropped."""
        return self._frames.take()

    def close(self) -> None:
        """Let go of the camera and wake a waiting `read`; back within 2 s even where the device hangs.

        Only then its capture thread is left behind, see `_Grip`.
        """
        self._stopped.set()
        self._frames.close(drop=True)
        if threading.current_thread() is not self._thread:
            self._thread.join(GRACE + 5 * TICK)

    def _run(self) -> None:
        pause = SOON
        while not self._stopped.is_set():
            try:
                fault = self._attempt()
            except Exception:
                log.exception("camera thread")
                fault = CameraState.FAILED
            if fault:
                self._say(fault)
            pause = min(2 * pause, LATER) if fault in {CameraState.BUSY, CameraState.FAILED} else SOON
            self._stopped.wait(pause)

    def _attempt(self) -> CameraState | None:
        """Find it and serve it until it is lost; the fault, if one was named."""
        camera = self._find()
        if camera is None:
            return CameraState.MISSING
        self._camera = camera
        if self._state is not CameraState.LIVE:  # lost a moment ago, it has no more time than any live one
            self._sight.expect(self._clock())
        grip = _Grip(partial(self._open, camera.path), self._next, self._clock)
        try:
            return self._serve(grip, camera)
        finally:
            grip.stop()
            self._sight.lose()
            self._next = grip.next

    def _serve(self, grip: _Grip, camera: CameraInfo) -> CameraState | None:
        while not self._stopped.is_set():
            frame = grip.frames.take(TICK)
            if frame is None and grip.ended:
                return grip.fault
            now = self._clock()
            if frame is not None and self._sight.see(frame.image, now):
                self._publish(frame)
            state = self._sight.state(now)
            if state:
                self._say(state)
            if state is CameraState.FROZEN and frame is not None:
                grip.stop()  # always the same picture: opening it anew may help
            if state in {CameraState.FROZEN, CameraState.BLACK} and self._find() != camera:
                return None  # pulled out, though its read hangs or goes on: the thread is left to it
        grip.stop()
        grip.join(GRACE)
        if not grip.ended:
            log.warning("camera %s hangs; its capture thread is left behind", camera.path)
        return None

    def _publish(self, frame: Frame) -> None:
        height, width = frame.image.shape[:2]
        if self._size != (width, height):
            self._size = width, height
            log.info("camera %s gives %d×%d", self.name, width, height)
        self._frames.put(frame)

    def _say(self, state: CameraState) -> None:
        if state is self._state or self._stopped.is_set():
            return
        log.info("camera %s: %s", self.name, state)
        self._state = state
        if self._on_state:
            try:
                self._on_state(state)
            except Exception:
                log.exception("on_state")  # a listener's fault must not cost the picture


def _bgr(image: cv2.typing.MatLike) -> Image:
    if image.ndim == 2:  # infrared cameras
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
    return np.asarray(image, np.uint8)


def _alike(one: Image, other: Image) -> bool:
    """Equal to the bit; the sample decides all but the equal ones at little cost."""
    return (
        one.shape == other.shape and np.array_equal(one[::16, ::16], other[::16, ::16]) and np.array_equal(one, other)
    )


def _dark(image: Image) -> bool:
    """Nothing to be seen: the lens is covered, or there is no light at all."""
    sample = image[::8, ::8]
    return bool(sample.mean() < 12 and sample.std() < 6)
