"""The running desk: plain threads, one per device, results through `post`. The window and the terminal both sit on it.

camera thread   owns the camera; the newest frame wins
reader thread   frame → what is in it
desk thread     owns the session, its gate and its database; every step comes here, one after another
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Concatenate, ParamSpec

from db.errors import DatabaseError
from scanner.camera import CameraInfo, CameraState
from scanner.source import Source
from station.access import AccessError
from station.check import CheckError
from station.decisions import DecisionError
from station.eyes import Eyes, Seen
from station.gate import INTERNAL_FAULT, Gate
from station.session import Post, Session, Speaker, Told
from station.verdict import Outcome

log = logging.getLogger(__name__)
P = ParamSpec("P")

TICK = 0.2
"""Seconds between two looks at clock, shift and devices."""
CAMERA_LOST = frozenset(
    state.value for state in (CameraState.MISSING, CameraState.BUSY, CameraState.FROZEN, CameraState.FAILED)
)
"""A camera that shows nothing any more. One that sees black is well: often a phone is held too close."""


class Desk:
    """One station at work.

    Args:
        gate: What it judges with; from `start` on it belongs to the desk's thread.
        open_source: Opens the camera, or what stands in for it; called again after a failure.
        post: Where views and sentences go, on the desk's thread; must not block.
        voice: Who speaks, if anybody.
        shown: How long each outcome stays on the screen, in seconds.
        every: Whether each frame is read before the next is asked for; else the newest wins.
        monotonic: A clock that never goes back, in seconds; of a film, its own.
    """

    def __init__(
        self,
        gate: Gate,
        open_source: Callable[[], Source],
        post: Post,
        *,
        voice: Speaker | None = None,
        shown: dict[Outcome, float] | None = None,
        every: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._post = post
        self._session = Session(gate, post, voice=voice, shown=shown, monotonic=monotonic)
        self._steps: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._eyes = Eyes(
            open_source,
            gate.reader,
            # Of pictures that wait to be read, none is of a vehicle before; their time is the film's.
            on_sight=lambda frame, sight: self.do(Session.see, sight, taken=None if every else frame.at),
            on_fault=lambda code: self.do(Session.fault, code),
            every=every,
        )
        self._thread = threading.Thread(target=self._work, name="desk")

    def start(self) -> None:
        """Start the threads."""
        self._thread.start()
        self._eyes.open()

    def stop(self) -> None:
        """Stop in order: camera, reader, desk. What an open check holds is kept as abandoned. Safe to call twice."""
        try:
            self._eyes.close()
        finally:
            self._steps.put(None)  # also where Ctrl-C came amid a start or a stop: no thread may outlive it
        if self._thread.is_alive():
            self._thread.join()

    def do(self, step: Callable[Concatenate[Session, P], None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Have the desk's thread take a step of its session: `desk.do(Session.confirm_people, 2)`. From any thread."""
        self._steps.put(partial(step, self._session, *args, **kwargs))

    def look_through(self, open_source: Callable[[], Source]) -> None:
        """Take another camera from now on; the check in hand stays. From any thread, returns at once."""
        self._steps.put(partial(self._eyes.look_through, open_source))

    @property
    def camera_in_use(self) -> CameraInfo | None:
        """The camera looked through; None where it is no camera, or none was found yet."""
        return self._eyes.camera_in_use

    @property
    def seen(self) -> Seen | None:
        """What the camera saw last; for the preview, which looks as often as it paints."""
        return self._eyes.seen

    def _work(self) -> None:
        session, due = self._session, time.monotonic()
        self._guarded(session.settle)  # the page stands before the first step, which may be slow: a PIN takes 80 ms
        while (step := self._next_step(due)) is not None:
            self._guarded(self._look_at_camera)
            self._guarded(step)
            if time.monotonic() >= due:  # also when steps never cease, as with a code held up to the camera
                self._guarded(session.tick)
                due = time.monotonic() + TICK
            self._guarded(session.settle)
        self._guarded(session.close)

    def _next_step(self, due: float) -> Callable[[], None] | None:
        """The next step, or an empty one when it is time to tick; None at the end."""
        try:
            return self._steps.get(timeout=max(0.0, due - time.monotonic()))
        except queue.Empty:
            return _nothing

    def _look_at_camera(self) -> None:
        """A camera lost in the middle of a check costs that check a review; who comes later shows codes otherwise."""
        before, self._session.camera = self._session.camera, self._eyes.camera
        if self._session.camera in CAMERA_LOST and before not in CAMERA_LOST:
            self._session.fault(self._session.camera)

    def _guarded(self, step: Callable[[], None]) -> None:
        try:
            step()
        except (AccessError, CheckError, DatabaseError, DecisionError) as error:
            self._post(Told(error.code, dict(error.params)))
        except Exception:  # a bug must cost a review, not the desk
            log.exception("a step of the desk failed")
            self._session.fault(INTERNAL_FAULT)


def _nothing() -> None:
    """A step that changes nothing."""
