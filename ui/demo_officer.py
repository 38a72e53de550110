"""A stand-in officer for the demo: says what the driver would have told, and waves each vehicle on.

It counts in frames, not in seconds, so that it works as well before a source that is not paced.
"""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain, islice

from scanner.demo.drivers import vehicles
from scanner.demo.model import DemoVehicle
from scanner.demo.source import DemoSource
from scanner.reader import QrReader, Sight
from scanner.source import Source
from station.desk import Desk
from station.evidence import Direction
from station.gate import Gate
from station.home import demo_signer
from station.session import Event, Post, Session, Speaker
from station.verdict import Outcome
from station.view import View
from ui.overheard import Overheard

OpenDemo = Callable[[DemoVehicle | None], DemoSource]


def traffic(*, seed: int = 1, count: int | None = None, fps: float = 15.0, paced: bool = True) -> OpenDemo:
    """Opens a lane of `count` demo vehicles (None: no end), before them the one that stands there already, if any."""
    stream = islice(vehicles(seed=seed, now=datetime.now(UTC), signer=demo_signer()), count)

    def open_demo(waiting: DemoVehicle | None) -> DemoSource:
        return DemoSource(stream if waiting is None else chain((waiting,), stream), fps=fps, paced=paced, seed=seed)

    return open_demo


def demo_desk(
    gate: Gate,
    open_demo: OpenDemo,
    post: Post,
    *,
    voice: Speaker | None = None,
    shown: dict[Outcome, float] | None = None,
    patience: int = 30,
    shows: int = 0,
    beat: int = 0,
    every: bool = False,
) -> tuple[Desk, "DemoOfficer"]:
    """A desk before the demo's lane, and who works at it; the rest is as for `Desk` and `DemoOfficer`."""
    officer = DemoOfficer(open_demo, patience=patience, shows=shows, beat=beat)
    gate.reader = officer.reader

    def told(event: Event) -> None:
        post(event)
        if not shows and isinstance(event, View) and event.verdict is not None:
            desk.do(officer.wave_on)  # at once, not when the next frame comes

    desk = Desk(gate, officer.open_source, told, voice=voice, shown=shown, every=every)
    officer.sit_down(desk)
    return desk, officer


class DemoOfficer:
    """Works at a desk before a demo source.

    Args:
        open_demo: Opens the lane; see `traffic`.
        patience: Frames without anything new after which a code is called unreadable and the check is ended.
        shows: Frames for which a verdict is left on the screen.
        beat: Frames between two things the officer enters; 0: all at once.

    Attributes:
        reader: What the desk's gate must read with.
        auto: Whether it works; a person who takes over turns it off, and the drivers go on showing their codes.
        done: Set when the last vehicle has gone.
        served: How many vehicles were waved on.
        began: When the newest frame attended to was taken up, `time.monotonic()` seconds.
    """

    def __init__(self, open_demo: OpenDemo, *, patience: int = 30, shows: int = 0, beat: int = 0) -> None:
        self.reader: QrReader = Overheard(self._look_up)
        self.auto = True
        self.done = threading.Event()
        self.served = 0
        self.began = 0.0
        self._open_demo = open_demo
        self._patience, self._shows, self._beat = patience, shows, beat
        self._lock = threading.Lock()  # the traffic is asked for by the camera's thread and the desk's
        self._desk: Desk | None = None
        self._source: DemoSource | None = None
        self._check: str | None = None
        self._held: set[str] = set()
        self._wanted: set[str] = set()
        self._saying: Iterator[None] = iter(())
        self._said_all = False
        self._quiet = self._since = self._shown = 0

    @property
    def vehicle(self) -> DemoVehicle | None:
        """The vehicle in the lane."""
        source = self._source
        return source.current if source else None

    def sit_down(self, desk: Desk) -> None:
        """Take the desk, before it starts."""
        self._desk = desk

    def open_source(self) -> Source:
        """For the desk; opened again after a failure, the same vehicle stands in the lane."""
        with self._lock:
            self._source = self._open_demo(self.vehicle)
            return self._source

    def _look_up(self, sight: Sight, began: float) -> None:
        if self._desk is not None:
            self._desk.do(self._attend, sight, began)

    # --- on the desk's thread, once a frame --------------------------------------------------------------------------

    def _attend(self, session: Session, sight: Sight, began: float) -> None:
        source, self.began = self._source, began
        if source is None or source.current is None:
            self.done.set()
            return
        if session.check.id != self._check:
            self._next(session)
        # The desk sees this sight right after this step. What a frame on its way still shows of a vehicle that is
        # gone, or was judged before it had shown all, was put away.
        sight.symbols[:] = [symbol for symbol in sight.symbols if symbol.text in self._held]
        if session.concluded is None:
            self._serve(source, session, {symbol.text for symbol in sight.symbols})
            return
        sight.symbols.clear()
        self._shown += 1
        if self._shown > self._shows:
            self.wave_on(session)

    def wave_on(self, session: Session) -> None:
        """The verdict was seen: on the desk's thread, the next vehicle."""
        if self.auto and session.concluded is not None:
            session.next_vehicle()
            self._next(session)

    def _next(self, session: Session) -> None:
        """The desk began another check: the next vehicle, unless it is the same one's again."""
        vehicle = self.vehicle
        if self._source is not None and self._check is not None and self._check not in session.check.recheck_of:
            self.served += 1
            with self._lock:
                vehicle = self._source.next_vehicle()
        if vehicle is None:
            self.done.set()
        else:
            self._greet(vehicle, session)

    def _greet(self, vehicle: DemoVehicle, session: Session) -> None:
        self._check = session.check.id
        self._held = {item.text for item in vehicle.items}
        self._wanted = set(self._held)
        self._saying, self._said_all = _say(session, vehicle), False
        self._quiet = self._since = self._shown = 0

    def _serve(self, source: DemoSource, session: Session, heard: set[str]) -> None:
        fresh = self._wanted & heard
        for text in fresh:
            self._wanted.discard(text)
            source.taken(text)
        self._quiet = 0 if fresh else self._quiet + 1
        self._since += 1
        if not self.auto:
            return
        if not self._beat or self._since % self._beat == 0:
            self._say_on()
        # What was heard is offered after this step: the check is ended at the next look, not at this one.
        if self._said_all and self._quiet > (self._patience if self._wanted else 0):
            if self._wanted:
                session.unreadable()
            session.finish()

    def _say_on(self) -> None:
        """One more thing, or all of them."""
        for _ in self._saying:
            if self._beat:
                return
        self._said_all = True


def _say(session: Session, vehicle: DemoVehicle) -> Iterator[None]:
    """What the officer would enter for this vehicle, one thing after another."""
    session.set_plate(vehicle.plate)  # first, since it is seen first, and a refusal waits for nothing
    session.check.set_direction(Direction(vehicle.direction))
    yield
    session.confirm_people(vehicle.people)
    yield
    for index, occupant in enumerate(vehicle.occupants):
        for celsius in occupant.temperatures:
            session.take_temperature(index, celsius)
            yield
        if not occupant.has_test:
            session.declare_no_test(index)
            yield
