"""The station's eyes: a thread that owns the camera, and one that reads what it sees. Newest frame wins."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from scanner.camera import CameraInfo, CameraSource, CameraState
from scanner.reader import LIVE, Corners, QrReader, Sight
from scanner.source import Frame, Source

log = logging.getLogger(__name__)

RETRY = 1.0
"""Seconds before a camera that failed is opened again."""
BREATH = 0.1
"""Seconds a decoder that failed is left alone: a broken one must not take the whole machine."""
PATIENCE = 3.0
"""Seconds a device may take to let go; one that hangs is left behind, and ends with the program."""

CAMERA_FAILED = CameraState.FAILED.value
CAMERA_ENDED = "camera_ended"
DECODER_FAILED = "decoder_failed"


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest frame that was read, and where codes are in it."""

    frame: Frame
    read: tuple[Corners, ...]
    unread: tuple[Corners, ...]


class Eyes:
    """Camera and reader threads.

    Args:
        open_source: Opens the camera, or what stands in for it; called again after a failure.
        reader: Reads the frames.
        on_sight: Told, on the reader's thread, of each frame with a code in it, and what was in it. Must not block.
        on_fault: Told, on a device's thread, which device failed. Must not block.
        every: Each frame is read before the next is asked for, as pictures on a disk can wait.
    """

    def __init__(
        self,
        open_source: Callable[[], Source],
        reader: QrReader,
        on_sight: Callable[[Frame, Sight], None],
        on_fault: Callable[[str], None],
        *,
        every: bool = False,
    ) -> None:
        self._open_source = open_source
        self._reader = reader
        self._on_sight = on_sight
        self._on_fault = on_fault
        self._every = every
        self._stopping = threading.Event()
        self._fresh = threading.Condition()
        self._source: Source | None = None
        self._newest: Frame | None = None
        self._done: Frame | None = None
        self._threads = [
            threading.Thread(target=target, name=name, daemon=True)  # a read that hangs holds nobody up
            for name, target in (("camera", self._watch), ("reader", self._read))
        ]
        self._state = CameraState.STARTING.value
        self.seen: Seen | None = None
        """For the preview, which looks as often as it paints."""

    @property
    def camera(self) -> str:
        """How the camera does: a code of `station.texts`. A live camera knows itself; a file or a demo just runs."""
        source = self._source
        if isinstance(source, CameraSource) and self._state == CameraState.LIVE.value:
            return source.state.value
        return self._state

    @property
    def camera_in_use(self) -> CameraInfo | None:
        """The camera looked through, if it is one and was found."""
        source = self._source
        return source.camera if isinstance(source, CameraSource) else None

    def look_through(self, open_source: Callable[[], Source]) -> None:
        """Take another camera from now on. Back when the one before is let go of, or hangs in that."""
        with self._fresh:
            self._open_source, before = open_source, self._source
            self._state, self.seen = CameraState.STARTING.value, None
            self._fresh.notify_all()
        _let_go(before)

    def open(self) -> None:
        """Start both threads."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop both, the camera first. Safe to call twice."""
        with self._fresh:
            self._stopping.set()
            self._fresh.notify_all()
        _let_go(self._source)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(PATIENCE)
                if thread.is_alive():
                    log.warning("the %s hangs and is left behind", thread.name)

    def _watch(self) -> None:
        while not self._stopping.is_set():
            try:
                self._watch_one()
            except Exception:  # whatever a camera does must cost a review, not the desk
                if self._state != CAMERA_FAILED:
                    log.exception("the camera failed")
                    self._state = CAMERA_FAILED
                    self._on_fault(CAMERA_FAILED)
                self._stopping.wait(RETRY)
            with self._fresh:  # what has ended stays so, until another camera is chosen
                self._fresh.wait_for(lambda: self._state != CAMERA_ENDED or self._stopping.is_set())

    def _watch_one(self) -> None:
        open_source = self._open_source
        source = open_source()
        with self._fresh:
            self._source = source
            wanted = self._open_source is open_source
        if isinstance(source, CameraSource):
            self._state = CameraState.LIVE.value
        try:
            while wanted and not self._stopping.is_set():
                frame = source.read()
                with self._fresh:
                    if self._open_source is not open_source:
                        return
                    if frame is None:
                        self._state = CAMERA_ENDED
                        return
                    self._state = CameraState.LIVE.value
                    self._newest = frame
                    self._fresh.notify_all()
                    if self._every:
                        self._fresh.wait_for(lambda: self._done is self._newest or self._stopping.is_set())
        finally:
            source.close()

    def _read(self) -> None:
        done: Frame | None = None
        failing = False
        while (frame := self._next_frame(done)) is not None:
            done = frame
            try:
                sight = self._reader.look(frame.image, LIVE)
            except Exception:  # whatever a decoder does must cost a review, not the desk
                if not failing:
                    log.exception("the decoder failed")
                failing = True
                self._on_fault(DECODER_FAILED)
                self._stopping.wait(BREATH)
                continue
            failing = False
            self.seen = Seen(frame, tuple(symbol.corners for symbol in sight.symbols), tuple(sight.unread))
            if sight.symbols:
                self._on_sight(frame, sight)

    def _next_frame(self, done: Frame | None) -> Frame | None:
        """The newest frame, once it is another one; None when it is time to stop."""
        with self._fresh:
            self._done = done
            self._fresh.notify_all()
            self._fresh.wait_for(lambda: self._newest is not done or self._stopping.is_set())
            return None if self._stopping.is_set() else self._newest


def _let_go(source: Source | None) -> None:
    """Close a source; one that hangs in its read, or in this, is left to itself."""
    if source is not None:
        closing = threading.Thread(target=_close, args=(source,), name="closing", daemon=True)
        closing.start()
        closing.join(PATIENCE)


def _close(source: Source) -> None:
    try:
        source.close()
    except Exception:  # it is not looked through any more
        log.exception("the camera does not let go")
