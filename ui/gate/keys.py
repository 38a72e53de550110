"""Keys typed by a hand, told apart from those of a hand scanner that poses as a keyboard. No Qt: a plain state.

A character says who typed it only when the next one comes, or does not: each is held for `GAP` before it is given on.
Times are those of the keys themselves: a page that was busy gets what a hand typed in one burst.
"""

from dataclasses import dataclass

GAP = 0.030
"""Keys that follow one another faster than this, in seconds, come from a scanner."""
PAUSE = 0.150
"""A scanner that stumbles for less than this, in seconds, has not finished."""
ROLLED = 4
"""Fewer fast keys than this are a rolling hand for certain, and not waited for."""
SHORTEST = 8
"""Fewer characters than this are no code: a hand fell on the keys, or a PIN came in a burst."""
ENTER = "\n"


@dataclass(frozen=True, slots=True)
class Typed:
    """Characters of a hand; Enter is `ENTER`."""

    text: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """A whole code's text from a hand scanner."""

    text: str


class ScannerOrHand:
    """Give it every character with its time; take what it has made out."""

    def __init__(self) -> None:
        self._held = ""
        self._last = 0.0

    @property
    def holds(self) -> bool:
        """Whether a character waits for the next, so that `settle` should be called again soon."""
        return bool(self._held)

    def press(self, character: str, at: float) -> list[Typed | Scanned]:
        """A key went down at `at`, in seconds of one clock."""
        made_out = self.settle(at)
        self._held, self._last = self._held + character, at
        return [*made_out, *self._give()] if character == ENTER else made_out

    def settle(self, at: float) -> list[Typed | Scanned]:
        """What is certain now that nothing came until `at`. A scanner that sends no Enter ends by falling silent."""
        pause = PAUSE if len(self._held) >= ROLLED else GAP
        silent = at - self._last
        return [] if not self._held or 0 <= silent < pause else self._give()

    def _give(self) -> list[Typed | Scanned]:
        held, self._held = self._held, ""
        text = held.removesuffix(ENTER)
        return [Scanned(text) if len(text) >= SHORTEST else Typed(held)]
