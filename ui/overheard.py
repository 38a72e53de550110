"""How a stand-in officer follows what the desk's reader sees."""

import time
from collections.abc import Callable

from scanner.reader import STILL, Budget, QrReader, Sight
from scanner.source import Image


class Overheard(QrReader):
    """A reader that also tells of each frame what it saw, nothing where it failed, and when it took it up.

    Args:
        tell: Told on the reader's thread, before the desk is: a sight, and `time.monotonic()` seconds.
    """

    def __init__(self, tell: Callable[[Sight, float], None]) -> None:
        super().__init__()
        self._tell = tell

    def look(self, frame: Image, budget: Budget = STILL) -> Sight:
        """As any reader's."""
        sight, began = Sight([], []), time.monotonic()
        try:
            sight = super().look(frame, budget)
        finally:
            self._tell(sight, began)
        return sight
