"""The station without a screen: the same desk, worked by a stand-in officer, told vehicle by vehicle."""

import queue
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from scanner.camera import CameraState, open_camera
from scanner.demo.model import DemoVehicle
from scanner.plates import Plate
from scanner.source import Source
from station.attendance import Noted
from station.desk import Desk
from station.eyes import CAMERA_ENDED
from station.gate import Gate
from station.session import Event, Session, Told
from station.verdict import Verdict
from station.view import Health
from ui.demo_officer import OpenDemo, demo_desk
from ui.picture_officer import Reel, picture_desk

WELL = frozenset({CameraState.STARTING.value, CameraState.LIVE.value, CAMERA_ENDED})
WAIT = 0.5
"""Seconds between two looks for Ctrl-C, which Windows does not hear in the midst of a wait."""


@dataclass(frozen=True, slots=True)
class Served:
    """One vehicle, served.

    Attributes:
        vehicle: The demo's vehicle, where it was one.
        plate: As it is stored, if somebody gave it.
        verdict: The computed verdict.
        passage: Its row's id; None where it could not be written yet.
        milliseconds: From the frame that ended the check, taken up to be read, to the durable row.
    """

    vehicle: DemoVehicle | None
    plate: str | None
    verdict: Verdict
    passage: str | None
    milliseconds: float


class StandIn(Protocol):
    """What is asked of the officer at the desk."""

    began: float

    @property
    def vehicle(self) -> DemoVehicle | None:
        """The vehicle in the lane, where it is known."""


def serve_demo(gate: Gate, open_demo: OpenDemo) -> Generator[Served | Told]:
    """Serve a lane of demo vehicles; see `traffic`."""
    face = _Face()
    return face.work(*demo_desk(gate, open_demo, face.post, every=True))


def serve_camera(gate: Gate, open_source: Callable[[], Source] = open_camera) -> Generator[Served | Told]:
    """Serve whoever holds a code up to the live camera, without an end."""
    face = _Face()
    return face.work(*picture_desk(gate, open_source, face.post))


def serve_pictures(gate: Gate, reel: Reel) -> Generator[Served | Told]:
    """Serve whatever codes come by in photos or a video.

    Raises:
        Exception: Whatever broke the pictures off, after the vehicle in hand was reviewed for that fault.
    """
    face = _Face()
    yield from face.work(*picture_desk(gate, lambda: reel, face.post, fps=reel.fps))
    if reel.problem is not None:
        raise reel.problem


class _Face:
    """The terminal's side of a desk: what is posted there is told here, in its order."""

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[Served | Told | None] = queue.SimpleQueue()
        self._desk: Desk
        self._officer: StandIn
        self._check = ""
        self._camera = CameraState.STARTING.value
        self._told: Told | None = None

    def work(self, desk: Desk, officer: StandIn) -> Generator[Served | Told]:
        """Start the desk, tell what it does until the pictures end, and stop it, whatever ends it."""
        self._desk, self._officer = desk, officer
        try:
            desk.start()
            while (event := self._next()) is not None:
                yield event
        finally:
            desk.stop()

    def post(self, event: Event) -> None:
        """For the desk, on its thread."""
        if isinstance(event, Told):
            self._tell(event)
        elif isinstance(event, Noted):
            self._tell(Told(event.code, event.params))
        elif isinstance(event, Health):
            self._look_at_camera(event.camera)
        elif event.verdict is not None and event.check != self._check:
            self._check = event.check
            self._events.put(
                Served(
                    vehicle=self._officer.vehicle,
                    plate=event.plate.text if isinstance(event.plate, Plate) else None,
                    verdict=event.verdict,
                    passage=event.check if event.committed else None,
                    milliseconds=(time.monotonic() - self._officer.began) * 1000,
                )
            )

    def _tell(self, told: Told) -> None:
        """What is said already is not said again."""
        if told != self._told:
            self._told = told
            self._events.put(told)

    def _next(self) -> Served | Told | None:
        while True:
            with suppress(queue.Empty):
                return self._events.get(timeout=WAIT)

    def _look_at_camera(self, camera: str) -> None:
        before, self._camera = self._camera, camera
        if camera == CAMERA_ENDED:
            self._desk.do(self._end)
            self._desk.do(lambda _: self._events.put(None))
        elif camera != before and not {camera, before} <= WELL:
            self._tell(Told(camera, {}))

    def _end(self, session: Session) -> None:
        """No picture comes any more: the vehicle in hand is ended with what it showed."""
        self._officer.began = time.monotonic()
        if session.concluded is None and session.check.holds_anything:
            session.finish()
