"""The whole way of a vehicle: from pictures of a driver's phone to a verdict and a durable row."""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from benchmarks.harness import Row
from db.engine import open_database
from scanner.demo.drivers import vehicles
from scanner.demo.model import DemoVehicle, Scenario
from scanner.demo.photo import render
from scanner.reader import LIVE, STILL, Budget, QrReader
from scanner.signer import Signer
from scanner.trust import TrustList
from station.clock import SystemClock
from station.config import load_config
from station.gate import Gate
from station.policy import default_policy
from station.verdict import Outcome

VEHICLES = 40


def run() -> list[Row]:
    """Median milliseconds from the first picture to the committed verdict, one person and one picture each."""
    signer, now = Signer.generate(), datetime.now(UTC)
    served = list(islice(_one_code(vehicles(seed=3, now=now, signer=signer)), VEHICLES))
    rng = np.random.default_rng(3)
    pictures = [render(vehicle.items[0], rng=rng) for vehicle in served]
    trust = TrustList((signer.trusted_key(demo=True),), issued=now)
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".check-") as name:
        folder = Path(name)
        with open_database(folder / "station.db") as database:
            gate = Gate(load_config(folder / "none"), default_policy(), trust, SystemClock(), database=database)
            live = _committed(gate, served, pictures, LIVE)
            still = _committed(gate, served, pictures, STILL)
    reading = 1000 * median(map(_read, pictures))
    return [
        Row("picture → committed verdict, live", live, "ms", "its reading alone", reading, "≤ 150 ms", live <= 150),
        Row("picture → committed verdict, still", still, "ms"),
    ]


def _one_code(stream: Iterator[DemoVehicle]) -> Iterator[DemoVehicle]:
    return (vehicle for vehicle in stream if vehicle.scenario is Scenario.VALID)


def _committed(gate: Gate, served: list[DemoVehicle], pictures: list[NDArray[np.uint8]], budget: Budget) -> float:
    taken = []
    for vehicle, picture in zip(served, pictures, strict=True):
        check = gate.begin()
        check.confirm_people(1)
        check.set_plate(vehicle.plate)
        check.take_temperature(0, vehicle.occupants[0].temperatures[0], gate.clock.now())
        begun = time.perf_counter()
        gate.look(check, picture, budget)
        concluded = gate.conclude(check)
        taken.append(time.perf_counter() - begun)
        gate.replay.sightings.clear()  # the second round shows the same codes again
        if concluded.verdict.outcome is not Outcome.PASS or not concluded.committed:
            raise RuntimeError(f"a valid vehicle got {concluded.verdict.deciding}")
    return 1000 * median(taken)


def _read(picture: NDArray[np.uint8]) -> float:
    begun = time.perf_counter()
    QrReader().read(picture, LIVE)
    return time.perf_counter() - begun
