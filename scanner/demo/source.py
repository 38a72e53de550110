"""The demo's camera: one vehicle after another, each showing its things in turn until it is waved on."""

import threading
import time
from collections.abc import Iterator
from itertools import islice

import numpy as np

from scanner.demo.model import DemoVehicle, Item
from scanner.demo.photo import SIZE, Layer, render, render_car, render_lane
from scanner.source import Frame, Pace

_LANE, _CAR, _SHOWN, _GAP = 0.25, 0.15, 0.6, 0.15  # seconds: empty lane, car arrives, thing held up, and lowered


class DemoSource:
    """Frames of demo vehicles: empty lane, the car, each of its things for 0.6 s, and again from the first.

    A stand-in officer drives it: `taken` for a code that was read, `next_vehicle` to wave the car on. Both may be
    called from another thread than `read`'s.
    """

    name = "demo"

    def __init__(
        self,
        vehicles: Iterator[DemoVehicle],
        *,
        count: int | None = None,
        fps: float = 15.0,
        paced: bool = True,
        size: tuple[int, int] = SIZE,
        seed: int = 0,
    ) -> None:
        """Show `count` vehicles (None: no end) at `fps`; `seed` moves the hands and the grain."""
        self._vehicles = islice(vehicles, count)
        self._fps = fps
        self._size = size
        self._rng = np.random.default_rng(seed)
        self._pace = Pace(fps, paced=paced)
        self._lock = threading.Lock()
        self._index = 0
        self._arrived = 0
        self._in_hand: tuple[Item, ...] = ()
        self._current: DemoVehicle | None = None
        self.next_vehicle()

    @property
    def current(self) -> DemoVehicle | None:
        """The vehicle in the lane; None once the last has gone."""
        with self._lock:
            return self._current

    def next_vehicle(self) -> DemoVehicle | None:
        """Wave the vehicle on; returns the one that comes, None if it was the last."""
        with self._lock:
            self._current = next(self._vehicles, None)
            self._in_hand = self._current.items if self._current else ()
            self._arrived = self._index
            return self._current

    def taken(self, text: str) -> None:
        """The code with this payload was read: its holder puts it away."""
        with self._lock:
            self._in_hand = tuple(item for item in self._in_hand if item.text != text)

    def read(self) -> Frame | None:
        """The frame due now; None once the last vehicle has gone, or after `close`."""
        index = self._pace.wait()
        with self._lock:
            vehicle, in_hand = self._current, self._in_hand
            if index is None or vehicle is None:
                return None
            self._index = index
            seconds = (index - self._arrived) / self._fps
        return Frame(self._picture(vehicle, in_hand, seconds), index, time.monotonic())

    def close(self) -> None:
        """Stop; a waiting `read` returns None."""
        self._pace.stop()

    def _picture(self, vehicle: DemoVehicle, in_hand: tuple[Item, ...], seconds: float) -> Layer:
        if seconds < _LANE:
            return render_lane(size=self._size, rng=self._rng)
        turn, held = divmod(seconds - _LANE - _CAR, _SHOWN + _GAP)
        if turn < 0 or held >= _SHOWN or not in_hand:
            return render_car(vehicle.backdrop, size=self._size, rng=self._rng)
        return render(in_hand[int(turn) % len(in_hand)], size=self._size, rng=self._rng)
