"""The real window in a process of its own: does one job and prints what it measured as one line of JSON.

`start`: `station run --source demo` from its command line on, until its gate page can be used.
`demo`: the demo left to itself; how late a 10 ms timer of the GUI thread comes.
"""

# The command line reads its modules before Qt, whose import hook looks into each that comes later.
# isort: off
import ui.commands.run  # noqa: F401

# isort: on
import os
import sys
import time
from functools import partial
from typing import Any, ClassVar
from unittest.mock import patch

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from benchmarks.children.parts import PATIENCE, Painted, gate_page, main_window, options, print_job
from station.view import View
from station.voice import Voice
from ui import app, cli

WARM_UP, SECONDS = 3.0, 12.0


class Starting(app.Station):
    """Ends once the gate page was painted with a first view, and then with a first picture."""

    told: ClassVar[dict[str, float]] = {}

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.bridge.view_changed.connect(self.first_view)
        self._looks = QTimer(self, interval=5)
        self._looks.timeout.connect(self.look_up)
        QTimer.singleShot(round(1000 * PATIENCE), QApplication.quit)

    @Slot(object)
    def first_view(self, _view: View) -> None:
        if "usable" not in self.told and not self._looks.isActive():
            assert gate_page(self).isVisible()
            self.painted = Painted(main_window(self))
            self.painted.once(partial(self.told.__setitem__, "usable"))
            self._looks.start()

    @Slot()
    def look_up(self) -> None:
        if "usable" in self.told and gate_page(self).checking.preview.live:
            self._looks.stop()
            self.painted.once(self.seen)

    def seen(self, at: float) -> None:
        self.told["picture"] = at
        QApplication.quit()


def start() -> dict[str, float]:
    os.environ.setdefault("DISPLAY", "offscreen")  # or `station run` would stay in the terminal
    with patch.object(app, "Station", Starting):
        code = cli.main(["run", "--source", "demo"])
    assert code == 0
    assert "picture" in Starting.told, Starting.told
    return Starting.told


class Ticks(QObject):
    """How late, in seconds, a timer of 10 ms is served."""

    EVERY = 0.01

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._before = time.perf_counter()
        self._timer = QTimer(self, interval=round(1000 * self.EVERY), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    @Slot()
    def tick(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, now - self._before - self.EVERY))
        self._before = now


def demo() -> dict[str, list[float]]:
    application = QApplication([])
    station = app.Station(options(source="demo"), Voice)
    station.start()
    ticks = Ticks()
    QTimer.singleShot(round(1000 * WARM_UP), ticks.late.clear)
    QTimer.singleShot(round(1000 * (WARM_UP + SECONDS)), application.quit)
    application.exec()
    station.stop()
    return {"late": ticks.late}


if __name__ == "__main__":
    print_job({"start": start, "demo": demo}[sys.argv[1]])
