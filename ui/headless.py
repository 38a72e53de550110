"""The station without a screen: the same check, driven by a stand-in officer, told in a table.

Before a demo source the stand-in says what the demo's driver would have been asked; before photos or a video
nobody takes temperatures or plates, so each vehicle ends in a review that says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

from scanner.demo.model import DemoVehicle
from scanner.demo.source import DemoSource
from scanner.reader import LIVE
from scanner.source import Source
from station.check import Check
from station.gate import Concluded, Gate

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
        _speak_for(check, vehicle, gate)
        last_frame = _watch(gate, check, source, vehicle, patience=int(PATIENCE * fps))
        concluded = gate.conclude(check)
        yield Served(vehicle, concluded, (perf_counter() - last_frame) * 1000)
        source.next_vehicle()


def serve_pictures(gate: Gate, source: Source, fps: float) -> Iterator[Served]:
    """Serve whatever codes come by in photos or a video; a pause between codes ends a vehicle."""
    check, quiet = gate.begin(), 0
    while (frame := source.read()) is not None:
        before = perf_counter()
        if gate.look(check, frame.image, LIVE).symbols:
            quiet = 0
        elif check.holds_anything and (quiet := quiet + 1) >= GAP * fps:
            yield Served(None, gate.conclude(check), (perf_counter() - before) * 1000)
            check, quiet = gate.begin(), 0
    if check.holds_anything:
        before = perf_counter()
        yield Served(None, gate.conclude(check), (perf_counter() - before) * 1000)


def _speak_for(check: Check, vehicle: DemoVehicle, gate: Gate) -> None:
    """What the officer would have entered for this vehicle."""
    check.confirm_people(len(vehicle.occupants))
    check.set_plate(vehicle.plate)
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
        frame = source.read()
        came = perf_counter()
        if frame is None:
            break
        waited += 1
        for symbol in gate.look(check, frame.image, LIVE).symbols:
            if symbol.text in wanted:
                wanted.remove(symbol.text)
                source.taken(symbol.text)
                waited = 0
    if wanted:
        check.offer_unreadable()
    return came
