"""The desk's threads: what they bring together, and that they end."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import numpy as np
import pytest

from db.engine import Database
from scanner.camera import CameraInfo, CameraSource
from scanner.credentials import Health as HealthCode
from scanner.credentials import HealthState
from scanner.credentials.jkm1 import issue
from scanner.demo.drivers import vehicles
from scanner.demo.model import Scenario
from scanner.demo.source import DemoSource
from scanner.reader import STILL, Budget, QrReader, Sight
from scanner.source import Frame, Image, Source, SourceError
from scanner.trust import TrustList
from station.desk import Desk
from station.session import Event, Session, Told
from station.verdict import Outcome
from station.view import Health, Stage, View
from tests.scanner.cameras import Device, wait
from tests.scanner.codes import qr
from tests.station.builders import WANG
from tests.station.test_gate import SIGNER, a_gate

PATIENCE = 30.0


class Post:
    """What the desk told, waited for."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._came = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._came:
            self.events.append(event)
            self._came.notify_all()

    def wait_for(self, wanted: Callable[[Event], bool]) -> Event:
        with self._came:
            assert self._came.wait_for(lambda: any(map(wanted, self.events)), PATIENCE)
            return next(filter(wanted, self.events))


class Broken:
    """A camera that fails at its first picture."""

    name = "broken"

    def read(self) -> Frame | None:
        raise SourceError

    def close(self) -> None:
        pass


@contextmanager
def working(database: Database, open_source: Callable[[], Source], **changes: object) -> Iterator[tuple[Desk, Post]]:
    from station.clock import SystemClock  # noqa: PLC0415 -- the demo's codes are of this hour

    now, post = datetime.now(UTC), Post()
    trust = TrustList((SIGNER.trusted_key(demo=True),), issued=now)
    desk = Desk(a_gate(database, trust=trust, clock=SystemClock(), **changes), open_source, post)
    desk.start()
    try:
        yield desk, post
    finally:
        desk.stop()


def a_driver(scenario: Scenario) -> DemoSource:
    stream = vehicles(seed=1, now=datetime.now(UTC), signer=SIGNER)
    return DemoSource((vehicle for vehicle in stream if vehicle.scenario is scenario), count=1, paced=False)


def test_a_code_before_the_camera_becomes_a_verdict_on_the_desks_own_thread(database: Database) -> None:
    source = a_driver(Scenario.VALID)
    vehicle = source.current
    assert vehicle is not None
    with working(database, lambda: source) as (desk, post):
        desk.do(Session.confirm_people, 1)
        desk.do(Session.set_plate, vehicle.plate)
        desk.do(Session.take_temperature, 0, 36.5)
        view = post.wait_for(lambda event: isinstance(event, View) and event.stage is Stage.VERDICT)
        assert isinstance(view, View)
        assert view.shown is Outcome.PASS
        assert desk.seen is not None


def alive(picture: Image, number: int) -> Image:
    """A picture as a camera has it, no two alike."""
    picture = picture.copy()
    picture[0, :, 0] = number % 251
    return picture


class Slow(QrReader):
    """A reader that is held over the first code it sees."""

    def __init__(self) -> None:
        super().__init__()
        self.holds, self.goes_on, self.went_on = threading.Event(), threading.Event(), threading.Event()

    def look(self, frame: Image, budget: Budget = STILL) -> Sight:
        if self.holds.is_set():
            self.went_on.set()  # what it saw before has been told
        sight = super().look(frame, budget)
        if sight.symbols and not self.holds.is_set():
            self.holds.set()
            self.goes_on.wait(PATIENCE)
        return sight


def test_a_code_being_read_while_its_vehicle_goes_is_not_the_next_ones(database: Database) -> None:
    health = HealthCode(HealthState.GREEN)
    pictures = [qr(issue(SIGNER, WANG, health=health, issued=datetime.now(UTC)))]
    device, reader = Device(), Slow()
    device.shows = lambda number: alive(pictures[-1], number)
    with working(database, lambda: CameraSource(device.find, device.open), reader=reader) as (desk, post):
        assert reader.holds.wait(PATIENCE)
        pictures.append(np.full((480, 640, 3), 255, np.uint8))  # it is taken away
        desk.do(Session.set_plate, "闽E12345")
        desk.do(Session.finish)
        desk.do(Session.next_vehicle)
        reader.goes_on.set()
        assert reader.went_on.wait(PATIENCE)
        desk.do(Session.take_temperature, 0, 36.5)
        view = post.wait_for(lambda event: isinstance(event, View) and event.occupants[0].celsius is not None)
    assert isinstance(view, View)
    assert view.occupants[0].name is None


def test_a_camera_that_fails_is_told_and_opened_again(database: Database) -> None:
    opened: list[Source] = [Broken(), a_driver(Scenario.VALID)]
    with working(database, lambda: opened.pop(0) if len(opened) > 1 else opened[0]) as (_, post):
        post.wait_for(lambda event: isinstance(event, Health) and event.camera == "camera_failed")
        post.wait_for(lambda event: isinstance(event, Health) and event.camera == "camera_live")


@pytest.mark.parametrize("trouble", ["none", "unplugged", "hangs"])
def test_another_camera_is_looked_through_at_once_and_the_check_in_hand_stays(database: Database, trouble: str) -> None:
    one, other = Device(), Device(CameraInfo("/dev/video2", "Webcam C270"))
    if trouble == "unplugged":
        one.info = None
    elif trouble == "hangs":
        one.flowing.clear()
    with working(database, lambda: CameraSource(one.find, one.open)) as (desk, post):
        wait(lambda: {"none": one.taken > 0, "unplugged": True, "hangs": one.opened > 0}[trouble])
        desk.do(Session.confirm_people, 3)
        desk.look_through(lambda: CameraSource(other.find, other.open))
        wait(lambda: desk.camera_in_use == other.info and desk.seen is not None)
        desk.do(Session.set_plate, "闽E12345")
        view = post.wait_for(lambda event: isinstance(event, View) and event.plate is not None)
        assert isinstance(view, View)
        assert view.people == 3
        one.flowing.set()
        wait(lambda: one.released == one.opened)


def test_a_decoder_that_crashes_costs_a_review_and_the_desk_goes_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = a_driver(Scenario.VALID)
    with working(database, lambda: source) as (desk, post):
        post.wait_for(lambda event: isinstance(event, View) and event.occupants[0].name is not None)

        def crash(*_: object) -> object:
            raise RuntimeError("the decoder crashed")

        monkeypatch.setattr(type(a_gate().reader), "look", crash)
        post.wait_for(lambda event: event == Told("decoder_failed", {}))
        desk.do(Session.finish)
        view = post.wait_for(lambda event: isinstance(event, View) and event.stage is Stage.VERDICT)
        assert isinstance(view, View)
        assert view.shown is Outcome.REVIEW


def test_a_step_that_does_not_fit_is_a_sentence(database: Database) -> None:
    with working(database, lambda: a_driver(Scenario.VALID)) as (desk, post):
        desk.do(Session.confirm_people, 0)
        post.wait_for(lambda event: isinstance(event, Told) and event.code == "people_out_of_range")


def test_the_status_line_lives_although_a_code_is_held_up_all_the_time(database: Database) -> None:
    with working(database, lambda: a_driver(Scenario.VALID)) as (desk, post):
        stop = threading.Event()

        def hurry() -> None:
            while not stop.wait(0.001):
                desk.do(lambda _session: None)

        restless = threading.Thread(target=hurry)
        restless.start()
        post.wait_for(lambda event: isinstance(event, Health) and event.camera == "camera_live")
        stop.set()
        restless.join()


def test_a_camera_that_is_lost_costs_the_check_in_hand_a_review_and_the_next_none(database: Database) -> None:
    camera = Device()
    with working(database, lambda: CameraSource(camera.find, camera.open)) as (desk, post):
        post.wait_for(lambda event: isinstance(event, Health) and event.camera == "camera_live")
        desk.do(Session.set_plate, "闽E12345")
        camera.info = None
        post.wait_for(lambda event: isinstance(event, View) and "camera_missing" in event.faults)
        desk.do(Session.next_vehicle)
        desk.do(Session.set_plate, "闽E54321")
        post.wait_for(lambda event: isinstance(event, View) and str(event.plate) == "闽E·54321" and not event.faults)


def test_after_the_last_picture_another_camera_can_be_chosen(database: Database) -> None:
    camera = Device()
    with working(database, lambda: DemoSource(iter(()))) as (desk, post):
        post.wait_for(lambda event: isinstance(event, Health) and event.camera == "camera_ended")
        desk.look_through(lambda: CameraSource(camera.find, camera.open))
        post.wait_for(lambda event: isinstance(event, Health) and event.camera == "camera_live")


class Hanging:
    """A source whose read does not return, and which cannot be closed before it does, as a film on a dead disk."""

    name = "hanging"

    def __init__(self) -> None:
        self.flows = threading.Event()
        self.reads = threading.Event()

    def read(self) -> Frame | None:
        self.reads.set()
        self.flows.wait()
        return None

    def close(self) -> None:
        self.flows.wait()


def test_a_camera_that_never_comes_back_does_not_hold_up_the_end(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station.eyes.PATIENCE", 0.1)
    hanging = Hanging()
    with working(database, lambda: hanging):
        hanging.reads.wait(PATIENCE)
    left = {thread.name for thread in threading.enumerate()} & {"desk", "reader"}
    daemons = [thread.daemon for thread in threading.enumerate() if thread.name in {"camera", "closing"}]
    hanging.flows.set()
    assert (left, daemons) == (set(), [True, True])


def test_a_camera_that_fails_to_let_go_is_let_go(database: Database) -> None:
    class Clinging(Hanging):
        def close(self) -> None:
            self.flows.set()
            raise OSError("no such device")

    with working(database, Clinging) as (desk, _):
        pass
    assert not desk._thread.is_alive()


def test_stopping_twice_ends_every_thread_once(database: Database) -> None:
    frame = Frame(np.zeros((48, 64, 3), np.uint8), 0, 0.0)

    class Still:
        name = "still"

        def read(self) -> Frame | None:
            return frame

        def close(self) -> None:
            pass

    before = threading.active_count()
    desk = Desk(a_gate(database), Still, Post())
    desk.start()
    desk.stop()
    desk.stop()
    assert threading.active_count() == before
