"""Cyclic garbage is collected on the window's thread alone.

Python collects on whichever thread makes one object too many. A widget in a cycle that is collected on another thread,
Qt destroys there, amid what the window's thread does with it.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer

INTERVAL_MS = 1000


@contextmanager
def collected_here() -> Iterator[None]:
    """Collect on this thread's event loop, where Python itself would have collected by its thresholds.

    What is there at the beginning, the modules above all, is never looked at again: a full collection took a tenth of
    a second.
    """
    timer = QTimer(interval=INTERVAL_MS)
    timer.timeout.connect(_collect)
    was_enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        if was_enabled:
            gc.enable()


def _collect() -> None:
    """The oldest generation that is due, and with it the younger ones."""
    pairs = enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
    if due := [generation for generation, (count, limit) in pairs if count > limit > 0]:
        gc.collect(due[-1])
