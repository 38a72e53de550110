"""A stand-in officer before photos, a film or a live camera that nobody attends to.

It enters nothing: a vehicle's check is ended when no code has been in sight for a while, and what nobody measured or
typed costs a review.
"""

import time
from collections.abc import Callable
from typing import Protocol

from scanner.reader import QrReader, Sight
from scanner.source import Frame, Pace, Source
from station.desk import Desk
from station.gate import Gate
from station.session import Post, Session
from ui.overheard import Overheard

GAP = 1.0
"""Seconds of pictures without a code after which the next vehicle is assumed to stand there."""
LIVE_GAP = 5.0
"""The same before a live camera, where one phone is put away before the next is held up."""


class Film(Source, Protocol):
    """A source that is no camera."""

    fps: float


class Reel:
    """Photos or a film, of which every picture is handed on: late rather than never.

    Attributes:
        fps: Its pictures a second.
        problem: What broke it off, if anything did.
    """

    def __init__(self, source: Film, *, paced: bool) -> None:
        """`source` is one that is not paced; `paced`: no faster than real time."""
        self.name = source.name
        self.fps = source.fps
        self.problem: Exception | None = None
        self._source = source
        self._beat = Pace(source.fps, paced=paced)

    def read(self) -> Frame | None:
        """The next picture; None at the end."""
        if self._beat.wait() is None:
            return None
        try:
            return self._source.read()
        except Exception as problem:
            self.problem = problem
            raise

    def close(self) -> None:
        """Stop; it stays at its end when it is opened again."""
        self._beat.stop()
        self._source.close()


def picture_desk(
    gate: Gate, open_source: Callable[[], Source], post: Post, *, fps: float | None = None
) -> tuple[Desk, "PictureOfficer"]:
    """A desk before pictures, and who works at it.

    Args:
        gate: What it judges with.
        open_source: As for `Desk`.
        post: As for `Desk`.
        fps: Of a reel, whose every picture is read and whose time is the film's; None: of a live camera.
    """
    officer = PictureOfficer(pause=LIVE_GAP if fps is None else GAP, fps=fps)
    gate.reader = officer.reader
    desk = Desk(gate, open_source, post, every=fps is not None, monotonic=officer.now)
    officer.sit_down(desk)
    return desk, officer


class PictureOfficer:
    """Parts the vehicles that come by.

    Args:
        pause: Seconds without a code after which a vehicle has gone.
        fps: Pictures a second, where time is the film's; None: it is the clock's.

    Attributes:
        reader: What the desk's gate must read with.
        vehicle: None; nobody says what to expect.
        began: When the newest frame attended to was taken up, `time.monotonic()` seconds.
    """

    def __init__(self, *, pause: float, fps: float | None = None) -> None:
        self.reader: QrReader = Overheard(self._look_up)
        self.vehicle = None
        self.began = 0.0
        self._pause, self._fps = pause, fps
        self._frames = 0
        self._last_code = 0.0
        self._gone = False
        self._desk: Desk | None = None

    def sit_down(self, desk: Desk) -> None:
        """Take the desk, before it starts."""
        self._desk = desk

    def now(self) -> float:
        """Seconds, of the film or of the clock."""
        return time.monotonic() if self._fps is None else self._frames / self._fps

    def _look_up(self, sight: Sight, began: float) -> None:
        if self._desk is not None:
            self._desk.do(self._attend, sight, began)

    def _attend(self, session: Session, sight: Sight, began: float) -> None:
        """On the desk's thread, once a frame, before the desk sees what is in it."""
        self.began = began
        self._frames += 1
        if self._gone and session.concluded is not None:
            session.next_vehicle()
        self._gone = False
        if sight.symbols:
            self._last_code = self.now()
            if session.concluded is not None:
                sight.symbols.clear()  # refused at its first code, it still shows others
        elif self.now() - self._last_code >= self._pause:
            if session.concluded is None and session.check.holds_anything:
                session.finish()
            self._gone = session.concluded is not None
