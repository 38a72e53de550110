"""Whose a code is that is held up to the camera: this vehicle's, or one's before it that was not taken away yet."""

from collections.abc import Iterable

SETTLE = 2.0
"""Seconds a code of the vehicle before must be out of sight before it counts again."""


class HeldUp:
    """The codes before the camera, by their bytes. Times are seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._last_seen: dict[bytes, float] = {}
        self._spent: set[bytes] = set()
        self._taken: set[bytes] = set()
        self._stale_at = -SETTLE

    def fresh(self, payloads: Iterable[bytes], now: float, *, over: bool) -> set[bytes]:
        """Those of a frame that are not of a vehicle before.

        Args:
            payloads: What the frame shows.
            now: When.
            over: Whether the verdict of the vehicle in hand is shown already; then nothing spent comes back.
        """
        shown = set(payloads)
        found = {one for one in shown if not self._is_spent(one, now, over=over)}
        self._last_seen.update(dict.fromkeys(shown, now))
        if shown and not found and not over:
            self._stale_at = now
        return found

    def put_away(self, payloads: Iterable[bytes], now: float) -> None:
        """These were seen in a picture from before the check in hand."""
        shown = set(payloads)
        self._last_seen.update(dict.fromkeys(shown, now))
        self._spent |= shown - self._taken

    def spend(self, payloads: Iterable[bytes]) -> None:
        """These are of a vehicle whose verdict is out."""
        self._spent.update(payloads)

    def spend_all(self) -> None:
        """A verdict came: all that was seen is of that vehicle."""
        self._spent |= self._last_seen.keys()

    def take(self, payloads: Iterable[bytes]) -> None:
        """These were offered to the check in hand."""
        self._spent.difference_update(payloads)
        self._taken.update(payloads)

    def begin(self, now: float, *, same_vehicle: bool = False) -> None:
        """Another check begins: what is in sight is not its own, but for what the same vehicle showed before."""
        self._last_seen = {payload: at for payload, at in self._last_seen.items() if now - at < SETTLE}
        self._spent = set(self._last_seen) - (self._taken if same_vehicle else set())
        self._taken = set()

    def is_stale(self, now: float) -> bool:
        """Whether what is held up just now is nothing but codes of a vehicle before."""
        return now - self._stale_at < SETTLE / 2

    def _is_spent(self, payload: bytes, now: float, *, over: bool) -> bool:
        return payload in self._spent and (over or now - self._last_seen[payload] < SETTLE)
