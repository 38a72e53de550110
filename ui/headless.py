"""The station without a screen: the same check, driven by a stand-in officer, told in a table.

Before a demo source the stand-in says what the demo's driver would have been asked; before photos or a video
nobody takes temperatures or plates, so each vehicle ends in a review that says so.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

from scanner.demo.model import DemoVehicle
from scanner.demo.source import DemoSource
from scanner.reader import LIVE
from scanner.source import Source
from station.check import Check, Phase
from station.evidence import Direction
from station.gate import Concluded, Gate

log = logging.getLogger(__name__)

CAMERA_FAILED = "camera_failed"
PATIENCE = 2.0
"""Seconds of frames without anything new before the officer gives up on a code."""
GAP = 1.0
"""Seconds of frames without a code after which the next vehicle is assumed to stand there."""


@dataclass(frozen=True, slots=True)
class Served:
    """One vehicle, served.

    Attributes:
        vehicle: The demo's vehicle, where it was one.
        concluded: Its verdict and row.
        milliseconds: From the last frame that was needed to the durable row.
    """

    vehicle: DemoVehicle | None
    concluded: Concluded
    milliseconds: float


def serve_demo(gate: Gate, source: DemoSource, fps: float) -> Iterator[Served]:
    """Serve the demo's vehicles one by one until they end."""
    while (vehicle := source.current) is not None:
        check = gate.begin()
        with _kept_if_interrupted(gate, check):
            _speak_for(check, vehicle, gate)
            last_frame = _watch(gate, check, source, vehicle, patience=int(PATIENCE * fps))
            concluded = gate.conclude(check)
        yield Served(vehicle, concluded, (perf_counter() - last_frame) * 1000)
        source.next_vehicle()


def serve_pictures(gate: Gate, source: Source, fps: float) -> Iterator[Served]:
    """Serve whatever codes come by in photos or a video; a pause between codes ends a vehicle.

    Raises:
        Exception: Whatever broke the source off, after the vehicle before it was reviewed for that fault.
    """
    ended = False
    while not ended:
        check, quiet, before = gate.begin(), 0, perf_counter()
        with _kept_if_interrupted(gate, check):
            while quiet < GAP * fps:
                try:
                    frame = source.read()
                except Exception:
                    check.note_fault(CAMERA_FAILED)
                    yield Served(None, gate.conclude(check), 0.0)
                    raise
                if ended := frame is None:
                    break
                before = perf_counter()
                if gate.look(check, frame.image, LIVE).symbols:
                    quiet = 0
                elif check.holds_anything:
                    quiet += 1
            concluded = gate.conclude(check) if check.holds_anything else None
        if concluded is not None:
            yield Served(None, concluded, (perf_counter() - before) * 1000)


@contextmanager
def _kept_if_interrupted(gate: Gate, check: Check) -> Iterator[None]:
    """What was seen of a vehicle is kept as an abandoned check when the station is stopped in the middle of it."""
    try:
        yield
    except (KeyboardInterrupt, GeneratorExit):
        if check.phase is Phase.OPEN and check.holds_anything:
            gate.conclude(check, abandon=True)
        raise


def _speak_for(check: Check, vehicle: DemoVehicle, gate: Gate) -> None:
    """What the officer would have entered for this vehicle."""
    check.confirm_people(len(vehicle.occupants))
    check.set_plate(vehicle.plate)
    check.set_direction(Direction(vehicle.direction))
    for index, occupant in enumerate(vehicle.occupants):
        for celsius in occupant.temperatures:
            check.take_temperature(index, celsius, gate.clock.now())
        if not occupant.has_test:
            check.declare_no_test(index)


def _watch(gate: Gate, check: Check, source: DemoSource, vehicle: DemoVehicle, *, patience: int) -> float:
    """Look until every thing shown was read, or patience ends; returns when the last frame came."""
    wanted = {item.text for item in vehicle.items}
    waited, came = 0, perf_counter()
    while wanted and waited < patience:
        try:
            frame = source.read()
        except Exception:  # a camera that fails costs this vehicle a review, not the desk
            log.exception("the camera failed")
            check.note_fault(CAMERA_FAILED)
            break
        came = perf_counter()
        if frame is None:
            break
        waited += 1
        for symbol in gate.look(check, frame.image, LIVE).symbols:
            if symbol.text in wanted:
                wanted.remove(symbol.text)
                source.taken(symbol.text)
                waited = 0
    if wanted and not check.evidence.faults:
        check.offer_unreadable()
    return came
