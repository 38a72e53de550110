"""A stand-in officer for the demo: says what the driver would have told, and waves each vehicle on.

It counts in frames, not in seconds, so that it works as well before a source that is not paced.
"""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice

from scanner.demo.drivers import vehicles
from scanner.demo.model import DemoVehicle
from scanner.demo.source import DemoSource
from scanner.reader import STILL, Budget, QrReader, Sight
from scanner.source import Image, Source
from station.desk import Desk
from station.gate import Gate
from station.home import demo_signer
from station.session import Post, Session, Speaker
from station.verdict import Outcome

OpenDemo = Callable[[], DemoSource]

_TICK = 4
"""Frames between two looks at clock and status: the desk has no idle moment of its own before a lane."""


def traffic(*, seed: int = 1, count: int | None = None, fps: float = 15.0, paced: bool = True) -> OpenDemo:
    """Opens a lane of `count` demo vehicles (None: no end); opened again, it goes on with the next vehicle."""
    stream = islice(vehicles(seed=seed, now=datetime.now(UTC), signer=demo_signer()), count)
    return lambda: DemoSource(stream, fps=fps, paced=paced, seed=seed)


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
) -> tuple[Desk, "DemoOfficer"]:
    """A desk before the demo's lane, and who works at it; the rest is as for `Desk` and `DemoOfficer`."""
    officer = DemoOfficer(open_demo, patience=patience, shows=shows, beat=beat)
    gate.reader = officer.reader
    desk = Desk(gate, officer.open_source, post, voice=voice, shown=shown)
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
    """

    def __init__(self, open_demo: OpenDemo, *, patience: int = 30, shows: int = 0, beat: int = 0) -> None:
        self.reader: QrReader = _Overheard(self._look_up)
        self.auto = True
        self.done = threading.Event()
        self.served = 0
        self._open_demo = open_demo
        self._patience, self._shows, self._beat = patience, shows, beat
        self._lock = threading.Lock()  # the traffic is asked for by the camera's thread and the desk's
        self._desk: Desk | None = None
        self._source: DemoSource | None = None
        self._reopened = False
        self._check: str | None = None
        self._held: set[str] = set()
        self._wanted: set[str] = set()
        self._saying: Iterator[None] = iter(())
        self._said_all = False
        self._quiet = self._since = self._looks = 0

    @property
    def vehicle(self) -> DemoVehicle | None:
        """The vehicle in the lane."""
        source = self._source
        return source.current if source else None

    def sit_down(self, desk: Desk) -> None:
        """Take the desk, before it starts."""
        self._desk = desk

    def open_source(self) -> Source:
        """For the desk; opened again after a failure, the lane goes on with the next vehicle."""
        with self._lock:
            self._reopened = self._source is not None
            self._source = self._open_demo()
            return self._source

    def _look_up(self, sight: Sight) -> None:
        if self._desk is not None:
            self._desk.do(self._attend, sight)

    # --- on the desk's thread, once a frame --------------------------------------------------------------------------

    def _attend(self, session: Session, sight: Sight) -> None:
        source = self._source
        if source is None or source.current is None:
            self.done.set()
            return
        self._looks += 1
        if self._looks % _TICK == 0:
            session.tick()
        if self._reopened:
            self._reopened = False
            if session.concluded is None and session.check.holds_anything:
                session.finish()  # its driver is gone: the fault costs a review, not the row
            else:
                self._greet(source.current, session)
        elif session.check.id != self._check:
            self._next(source, session)
        # The desk sees this sight right after this step. What a frame on its way still shows of a vehicle that is
        # gone, or was judged before it had shown all, was put away.
        sight.symbols[:] = [symbol for symbol in sight.symbols if symbol.text in self._held]
        if session.concluded is None:
            self._serve(source, session, {symbol.text for symbol in sight.symbols})
        else:
            sight.symbols.clear()
            self._since += 1
            if self.auto and self._since > self._shows:
                session.next_vehicle()
                self._next(source, session)

    def _next(self, source: DemoSource, session: Session) -> None:
        """The desk began another check: the next vehicle, unless it is the same one's again."""
        vehicle = source.current
        if self._check is not None and self._check not in session.check.recheck_of:
            self.served += 1
            with self._lock:
                vehicle = source.next_vehicle()
        if vehicle is None:
            self.done.set()
        else:
            self._greet(vehicle, session)

    def _greet(self, vehicle: DemoVehicle, session: Session) -> None:
        self._check = session.check.id
        self._held = {item.text for item in vehicle.items}
        self._wanted = set(self._held)
        self._saying, self._said_all = _say(session, vehicle), False
        self._quiet = self._since = 0

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
    session.confirm_people(vehicle.people)
    yield
    session.set_plate(vehicle.plate)
    yield
    for index, occupant in enumerate(vehicle.occupants):
        for celsius in occupant.temperatures:
            session.take_temperature(index, celsius)
            yield
        if not occupant.has_test:
            session.declare_no_test(index)
            yield


class _Overheard(QrReader):
    """A reader that also tells, frame by frame, what it saw; nothing where it failed."""

    def __init__(self, tell: Callable[[Sight], None]) -> None:
        super().__init__()
        self._tell = tell

    def look(self, frame: Image, budget: Budget = STILL) -> Sight:
        sight = Sight([], [])
        try:
            sight = super().look(frame, budget)
        finally:
            self._tell(sight)
        return sight
