"""A station's window through many demo vehicles as fast as they come: `python -m tests.faults.endurance COUNT SEED`.

In a process of its own, so that its memory is its own. The last line on standard output is a `Course` as JSON.
"""

import argparse
import faulthandler
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from db import passages
from db.engine import open_database
from scanner.demo.model import DemoVehicle
from scanner.plates import Plate
from station.home import home
from station.kept import reasons_of
from station.masking import mask_name, mask_plate, mask_tail
from station.verdict import Outcome
from station.view import View
from station.voice import Voice
from ui import app, demo_officer
from ui.app import Station
from ui.gate.page import GatePage
from ui.pages import GATE
from ui.window import MainWindow

FPS, PATIENCE = 5.0, 30
"""Frames a second of the film, which nobody waits for; and how many show all codes of a driver twice."""

STUCK = 120.0
"""Seconds without another vehicle; then every thread says where it stands, and the process ends."""


@dataclass(slots=True)
class Course:
    """What came of it.

    Attributes:
        wanted: Plate and verdict of each vehicle that came.
        kept: Plate and verdict of each row, oldest first.
        why: The reasons of each row that are no pass, oldest first.
        memory: Resident memory in MB, vehicle by vehicle.
        stale: What was left on the page of a vehicle that had gone.
        seconds: How long it took.
    """

    wanted: list[list[str]] = field(default_factory=list)
    kept: list[list[str]] = field(default_factory=list)
    why: list[list[str]] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    seconds: float = 0.0


class Witness(QObject):
    """Looks at the gate page after each view, and at the memory after each vehicle."""

    def __init__(self, station: Station, course: Course) -> None:
        super().__init__()
        assert isinstance(station.window, MainWindow)
        assert isinstance(station.window.pages[GATE].widget, GatePage)
        assert station.stand_in is not None
        self._page, self._officer = station.window.pages[GATE].widget, station.stand_in
        self._course = course
        self._check = ""
        self._here: set[str] = set()
        self._timer = QTimer(self, interval=200)
        self._timer.timeout.connect(self._end)
        self._timer.start()
        station.bridge.view_changed.connect(self.look)  # after the page's own: it shows the view by now

    @Slot(object)
    def look(self, view: View) -> None:
        """Nothing of the vehicle before is left, but what this one has as well."""
        gone, self._here = self._here, set(_personal(view)) | (self._here if view.check == self._check else set())
        if view.check == self._check:
            return
        self._check = view.check
        faulthandler.dump_traceback_later(STUCK, exit=True)
        left = _written(self._page)
        self._course.stale += [text for text in gone - self._here if text in left]
        self._course.memory.append(_resident())
        if len(self._course.memory) % 100 == 0:
            print(
                len(self._course.memory), "vehicles,", round(self._course.memory[-1]), "MB", file=sys.stderr, flush=True
            )

    @Slot()
    def _end(self) -> None:
        if self._officer.done.is_set():
            QApplication.quit()


def _personal(view: View) -> Iterator[str]:
    """Names, tails and plates of this view, whole and masked."""
    if isinstance(view.plate, Plate):
        yield from (view.plate.text, str(view.plate), mask_plate(view.plate.text))
    for occupant in view.occupants:
        if occupant.name:
            yield from (occupant.name, mask_name(occupant.name))
        if occupant.id_tail:
            yield mask_tail(occupant.id_tail)


def _written(page: QWidget) -> str:
    """All that is written on a page, hidden or not, for eyes and for screen readers."""
    texts = [widget.accessibleName() for widget in page.findChildren(QWidget)]
    texts += [label.text() for label in page.findChildren(QLabel)]
    texts += [button.text() for button in page.findChildren(QAbstractButton)]
    texts += [line.text() for line in page.findChildren(QLineEdit)]
    return "\n".join(texts)


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def run(vehicles: int, seed: int) -> Course:
    """The whole of it; the log is the demo's, in the station's home."""
    faulthandler.dump_traceback_later(STUCK, exit=True)
    course = Course()
    drivers, sit_down = demo_officer.vehicles, app.demo_desk  # type: ignore[attr-defined]  # where they are looked up

    def noted(**given: Any) -> Iterator[DemoVehicle]:
        for vehicle in drivers(**given):
            course.wanted.append([vehicle.plate, vehicle.expected])
            yield vehicle

    def hurried(*parts: Any, **given: Any) -> Any:
        return sit_down(*parts, **given | {"beat": 0, "shows": 0, "patience": PATIENCE, "every": True})

    demo_officer.vehicles = noted  # type: ignore[attr-defined]
    app.traffic = partial(demo_officer.traffic, count=vehicles, fps=FPS, paced=False)  # type: ignore[attr-defined]
    app.demo_desk = hurried  # type: ignore[attr-defined]
    application = QApplication.instance() or QApplication([])
    station = Station(argparse.Namespace(language="zh", source="demo", database=None, kiosk=False, seed=seed), Voice)
    begun = time.monotonic()
    try:
        station.start()
        witness = Witness(station, course)
        application.exec()
        del witness
    finally:
        station.stop()
    course.seconds = time.monotonic() - begun
    with open_database(home() / "demo.db") as log:
        rows = sorted(passages.page(log, limit=10 * vehicles), key=lambda row: row.id)
    course.kept = [[row.plate or "", row.verdict] for row in rows]
    course.why = [[str(one.code) for one in reasons_of(row) if one.outcome is not Outcome.PASS] for row in rows]
    return course


if __name__ == "__main__":
    print(json.dumps(asdict(run(int(sys.argv[1]), int(sys.argv[2])))))
