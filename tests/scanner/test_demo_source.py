"""The demo's camera: a vehicle stays, showing its things in turn, until it is waved on."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import pytest
import zxingcpp

from scanner.demo import DemoSource, DemoVehicle, Scenario, vehicles
from scanner.signer import Signer

NOW = datetime(2026, 11, 23, 11, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer.generate()


def traffic(signer: Signer) -> Iterator[DemoVehicle]:
    return vehicles(seed=5, now=NOW, signer=signer)


def seen(source: DemoSource, frames: int) -> list[str]:
    """What a reader reads in so many frames, each code once, in order."""
    texts: dict[str, None] = {}
    for _ in range(frames):
        frame = source.read()
        assert frame is not None
        for code in zxingcpp.read_barcodes(frame.image):
            texts[code.text] = None
    return list(texts)


def at(source: DemoSource, scenario: Scenario) -> DemoVehicle:
    """Wave on until a vehicle of this scenario stands there."""
    while source.current is not None and source.current.scenario is not scenario:
        source.next_vehicle()
    assert source.current is not None
    return source.current


def test_first_an_empty_lane_then_each_thing_in_turn(signer: Signer) -> None:
    source = DemoSource(traffic(signer), fps=5, paced=False)
    vehicle = at(source, Scenario.VALID_FAMILY)
    assert seen(source, 2) == []
    assert seen(source, 14) == [item.text for item in vehicle.items]
    source.close()


def test_it_shows_them_again_until_they_are_taken(signer: Signer) -> None:
    source = DemoSource(traffic(signer), fps=5, paced=False)
    health, test = at(source, Scenario.RED).items
    assert set(seen(source, 12)) == {health.text, test.text}
    source.taken(health.text)
    assert seen(source, 8) == [test.text]
    source.taken(test.text)
    assert seen(source, 8) == []
    assert source.current is not None
    source.close()


def test_the_next_vehicle_comes_when_waved_on(signer: Signer) -> None:
    source, expected = DemoSource(traffic(signer), fps=5, paced=False), traffic(signer)
    first, second = source.current, source.next_vehicle()
    assert first is not None
    assert second is not None
    assert [first.plate, second.plate] == [next(expected).plate, next(expected).plate]
    assert source.current == second
    source.close()


def test_it_ends_after_the_last_vehicle(signer: Signer) -> None:
    source = DemoSource(traffic(signer), count=2, paced=False)
    assert source.next_vehicle() is not None
    assert source.read() is not None
    assert source.next_vehicle() is None
    assert source.current is None
    assert source.read() is None
    source.close()


def test_one_seed_gives_one_film(signer: Signer) -> None:
    vehicle = next(traffic(signer))
    one, two = (DemoSource(iter([vehicle]), fps=5, paced=False, seed=9) for _ in range(2))
    for _ in range(6):
        a, b = one.read(), two.read()
        assert a is not None
        assert b is not None
        assert np.array_equal(a.image, b.image)


def test_an_officer_may_wave_on_from_another_thread(signer: Signer) -> None:
    source = DemoSource(traffic(signer), count=12, fps=200, size=(320, 180))

    def officer() -> None:
        while source.next_vehicle() is not None:
            pass

    thread = threading.Thread(target=officer)
    thread.start()
    while source.read() is not None:
        pass
    thread.join(10)
    assert source.current is None
    source.close()


def test_close_ends_it(signer: Signer) -> None:
    source = DemoSource(traffic(signer))
    source.close()
    assert source.read() is None
