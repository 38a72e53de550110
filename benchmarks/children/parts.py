"""What the window's benchmarks share: finding their way in a station, and telling when it has painted."""

import argparse
import json
import os
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer

from ui import app
from ui.gate.page import GatePage
from ui.pages import GATE
from ui.window import MainWindow

CORES = 2
PATIENCE = 30.0
"""Seconds after which what was waited for does not come any more."""


class Painted(QObject):
    """Calls back with the time at which a window's next painting was done, each time it is asked to."""

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        self._waiting: list[Callable[[float], None]] = []
        window.installEventFilter(self)

    def once(self, then: Callable[[float], None]) -> None:
        self._waiting.append(then)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        if event.type() == QEvent.Type.UpdateRequest and self._waiting:
            # This event paints; who begins to wait while it does is told of a later one.
            QTimer.singleShot(0, partial(_tell, tuple(self._waiting)))
            self._waiting.clear()
        return super().eventFilter(watched, event)


def _tell(waiting: Iterable[Callable[[float], None]]) -> None:
    now = time.time()
    for then in waiting:
        then(now)


def main_window(station: app.Station) -> MainWindow:
    assert isinstance(station.window, MainWindow)
    return station.window


def gate_page(station: app.Station) -> GatePage:
    page = main_window(station).pages[GATE].widget
    assert isinstance(page, GatePage)
    return page


def options(source: str) -> argparse.Namespace:
    return argparse.Namespace(language="zh", source=source, database=None, kiosk=False, seed=1)


def print_job(job: Callable[[], object]) -> None:
    """Do a job on as many cores as the aims are meant for, and print what it tells as a line of JSON."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    Path(os.environ["STATION_HOME"]).mkdir(parents=True, exist_ok=True)
    print(json.dumps(job()))
