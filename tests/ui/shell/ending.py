"""A window with a trouble of its own, ended in one way or the other: `python -m tests.ui.shell.ending TROUBLE WAY`.

The last line on standard output names the threads that are left, as JSON.
"""

import argparse
import faulthandler
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack

from PySide6.QtCore import QObject, QTimer, Slot

from db import connection
from scanner.camera import CameraSource
from scanner.reader import QrReader
from station.home import home
from station.session import Session
from station.view import View
from station.voice import Voice, VoiceState
from tests.faults.desk import locked
from tests.scanner.cameras import Device
from tests.station.test_desk import Hanging
from ui import app
from ui.app import Station

PATIENCE = 90.0
"""Seconds for what takes a few; then every thread says where it stands, and the process ends."""

InForce = Callable[[], bool]
"""Whether the trouble is there by now."""


class Ending(QObject):
    """Brings the trouble about, and ends the window once it is there."""

    def __init__(self, station: Station, trouble: str, way: str) -> None:
        super().__init__()
        self.station, self._way = station, way
        self.views: list[View] = []
        self.stack = ExitStack()
        station.bridge.view_changed.connect(self._note)
        self._in_force: InForce = TROUBLES[trouble](self)
        self._timer = QTimer(self, interval=50)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot(object)
    def _note(self, view: View) -> None:
        self.views.append(view)

    @Slot()
    def _look(self) -> None:
        if not self._in_force():
            return
        self._timer.stop()
        if self._way == "close":
            assert self.station.window is not None
            self.station.window.close()
        elif self._way == "leave":
            assert self.station.window is not None
            self.station.window.leave.emit()  # type: ignore[attr-defined]  # MainWindow's
        else:
            os.kill(os.getpid(), signal.SIGTERM)


def none(ending: Ending) -> InForce:
    return lambda: any(view.verdict is not None for view in ending.views)


def speaking(ending: Ending) -> InForce:
    voice = ending.station.voice
    assert isinstance(voice, Voice)
    voice.say("一二三四五六七八九十" * 5)
    return lambda: voice.state is VoiceState.SPEAKING


def voice_dies(ending: Ending) -> InForce:
    voice = ending.station.voice
    assert isinstance(voice, Voice)

    def killed() -> bool:
        if voice.state is VoiceState.STARTING or voice.pid is None:
            return False
        os.kill(voice.pid, signal.SIGKILL)
        return True

    return killed


def camera_hangs(ending: Ending) -> InForce:
    camera = Device()
    camera.flowing.clear()
    assert ending.station.desk is not None
    ending.station.desk.look_through(lambda: CameraSource(camera.find, camera.open))
    return lambda: bool(camera.hands)


def source_hangs(ending: Ending) -> InForce:
    source = Hanging()
    assert ending.station.desk is not None
    ending.station.desk.look_through(lambda: source)
    return source.reads.is_set


def decoder_fails(ending: Ending) -> InForce:
    def crash(*_: object) -> object:
        raise RuntimeError("a bug")

    QrReader.look = crash  # type: ignore[assignment,method-assign]  # for as long as this process lives
    return lambda: any("decoder_failed" in view.faults for view in ending.views)


def log_held(ending: Ending) -> InForce:
    connection.BUSY_TIMEOUT = 0.1
    desk = ending.station.desk
    assert desk is not None
    ending.stack.enter_context(locked(home() / "demo.db"))
    desk.do(Session.set_plate, "闽E12345")
    desk.do(Session.finish)
    return lambda: any(view.verdict is not None and not view.committed for view in ending.views)


TROUBLES: dict[str, Callable[[Ending], InForce]] = {
    one.__name__: one for one in (none, speaking, voice_dies, camera_hangs, source_hangs, decoder_fails, log_held)
}


def main(trouble: str, way: str) -> int:
    """Lead a window's whole life."""
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    endings: list[Ending] = []

    class Troubled(Station):
        @Slot()
        def start(self) -> None:
            super().start()
            endings.append(Ending(self, trouble, way))

    setattr(app, "Station", Troubled)  # noqa: B010 -- mypy does not let a class be another
    options = argparse.Namespace(language="zh", source="demo", database=None, kiosk=False, seed=1)
    code = app.run_window(options, open_voice=Voice)
    endings[0].stack.close()
    left = sorted(thread.name for thread in threading.enumerate() if thread is not threading.main_thread())
    print(json.dumps(left), flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
