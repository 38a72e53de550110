"""The station's eyes: a thread that owns the camera, and one that reads what it sees. Newest frame wins, always."""

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
        on_sight: Told, on the reader's thread, of each frame with a code in it. Must not block.
        on_fault: Told, on a device's thread, which device failed. Must not block.
    """

    def __init__(
        self,
        open_source: Callable[[], Source],
        reader: QrReader,
        on_sight: Callable[[Sight], None],
        on_fault: Callable[[str], None],
    ) -> None:
        self._open_source = open_source
        self._reader = reader
        self._on_sight = on_sight
        self._on_fault = on_fault
        self._stopping = threading.Event()
        self._fresh = threading.Condition()
        self._source: Source | None = None
        self._newest: Frame | None = None
        self._threads = [
            threading.Thread(target=target, name=name)
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
        """Take another camera from now on. Back when the one before is let go of, 2 s at most where it hangs."""
        with self._fresh:
            self._open_source, before = open_source, self._source
            self._state, self.seen = CameraState.STARTING.value, None
        if before is not None:
            before.close()

    def open(self) -> None:
        """Start both threads."""
        for thread in self._threads:
            thread.start()

    def close(self, timeout: float = 5.0) -> None:
        """Stop both, the camera first. Safe to call twice."""
        with self._fresh:
            self._stopping.set()
            self._fresh.notify_all()
            if self._source is not None:
                self._source.close()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout)

    def _watch(self) -> None:
        while not self._stopping.is_set() and self._state != CAMERA_ENDED:
            try:
                self._watch_one()
            except Exception:  # whatever a camera does must cost a review, not the desk
                log.exception("the camera failed")
                self._state = CAMERA_FAILED
                self._on_fault(CAMERA_FAILED)
                self._stopping.wait(RETRY)

    def _watch_one(self) -> None:
        open_source = self._open_source
        source = open_source()
        with self._fresh:
            self._source = source
            if self._stopping.is_set() or self._open_source is not open_source:
                source.close()
        if isinstance(source, CameraSource):
            self._state = CameraState.LIVE.value
        try:
            while not self._stopping.is_set():
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
        finally:
            source.close()

    def _read(self) -> None:
        done: Frame | None = None
        while (frame := self._next_frame(done)) is not None:
            done = frame
            try:
                sight = self._reader.look(frame.image, LIVE)
            except Exception:  # whatever a decoder does must cost a review, not the desk
                log.exception("the decoder failed")
                self._on_fault(DECODER_FAILED)
                continue
            self.seen = Seen(frame, tuple(symbol.corners for symbol in sight.symbols), tuple(sight.unread))
            if sight.symbols:
                self._on_sight(sight)

    def _next_frame(self, done: Frame | None) -> Frame | None:
        """The newest frame, once it is another one; None when it is time to stop."""
        with self._fresh:
            self._fresh.wait_for(lambda: self._newest is not done or self._stopping.is_set())
            return None if self._stopping.is_set() else self._newest
