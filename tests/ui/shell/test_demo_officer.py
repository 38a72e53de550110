"""The stand-in officer: every demo vehicle gets the verdict it was made for, through a real desk."""

import threading

import pytest

from db import passages
from db.engine import Database
from scanner.demo.source import DemoSource
from scanner.source import Frame
from station.gate import Gate
from station.session import Event, Session
from station.view import Stage, View
from ui.demo_officer import demo_desk, traffic

PATIENCE = 90
"""Both codes of a driver, held up twice."""
WAIT = 60.0


def test_each_vehicle_gets_the_verdict_it_was_made_for(gate: Gate, database: Database) -> None:
    expected: dict[str, str] = {}
    got: dict[str, str] = {}

    def post(event: Event) -> None:
        if isinstance(event, View) and event.verdict and officer.vehicle:
            expected[event.check] = officer.vehicle.expected
            got[event.check] = event.verdict.outcome.word

    desk, officer = demo_desk(gate, traffic(count=9, paced=False), post, patience=PATIENCE)
    desk.start()
    assert officer.done.wait(WAIT)
    desk.stop()
    assert got == expected
    assert (officer.served, len(got), len(passages.page(database, limit=99))) == (9, 9, 9)


def test_a_person_who_takes_over_is_not_interfered_with(gate: Gate) -> None:
    read = threading.Event()

    def post(event: Event) -> None:
        if isinstance(event, View) and event.stage is Stage.CHECKING and event.occupants[0].name:
            read.set()

    desk, officer = demo_desk(gate, traffic(count=3, paced=False), post, patience=PATIENCE)
    officer.auto = False
    desk.start()
    assert read.wait(WAIT)
    views: list[View] = []
    desk.do(lambda session: views.append(session._current()))
    desk.stop()
    assert views[0].people is None
    assert views[0].plate is None
    assert officer.served == 0


def test_a_vehicle_set_aside_makes_room_for_the_next(gate: Gate) -> None:
    parked = threading.Event()
    numbers: list[int] = []

    def post(event: Event) -> None:
        if not isinstance(event, View) or officer.vehicle is None:
            return
        numbers.append(officer.vehicle.number)
        if event.parked:
            parked.set()
        elif event.occupants[0].name:
            desk.do(Session.park)

    desk, officer = demo_desk(gate, traffic(count=3, paced=False), post, patience=PATIENCE)
    officer.auto = False
    desk.start()
    assert parked.wait(WAIT)
    desk.stop()
    assert numbers[0] == 1


class _Breaking(DemoSource):
    """A lane whose camera breaks once, in the middle of a vehicle."""

    broken = False

    def read(self) -> Frame | None:
        frame = super().read()
        if not _Breaking.broken and frame is not None and frame.index == 20:
            _Breaking.broken = True
            raise OSError("unplugged")
        return frame


def test_a_camera_that_breaks_costs_the_vehicle_in_hand_a_review(
    gate: Gate, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station.eyes.RETRY", 0.0)
    monkeypatch.setattr("ui.demo_officer.DemoSource", _Breaking)
    desk, officer = demo_desk(gate, traffic(count=3, paced=False), lambda _: None, patience=PATIENCE)
    desk.start()
    assert officer.done.wait(WAIT)
    desk.stop()
    faulty = [row for row in passages.page(database, limit=99) if "camera_failed" in row.evidence]
    assert [row.verdict for row in faulty] == ["review"]
