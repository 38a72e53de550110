"""The real window before a camera of 1280×720 at 30 fps, in a process of its own.

Prints as one line of JSON how often a picture is painted, and how long codes take to a verdict seen and heard.
"""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice, pairwise
from unittest.mock import patch

import numpy as np
from PySide6.QtCore import QEvent, QMetaObject, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from benchmarks.children.parts import PATIENCE, Painted, gate_page, main_window, options, print_job
from db.engine import open_database
from scanner.cv import cv2
from scanner.demo.drivers import vehicles
from scanner.demo.model import DemoVehicle, Scenario
from scanner.demo.photo import render, render_car
from scanner.source import Frame, Image, Pace
from station.access import Role
from station.config import load_config
from station.desk import Desk
from station.gate import Concluded
from station.home import config_path, demo_signer, home
from station.session import Session
from station.texts import Language
from station.verdict import Outcome
from station.view import Stage, View
from station.voice import Voice, VoiceState
from ui import app
from ui.first_run.founding import NewPerson, add_person

FPS = 30.0
WARM_UP, SECONDS = 3.0, 8.0
POSES = 6
"""Pictures of each code: a hand trembles."""
VEHICLES = 20
OFFICER = NewPerson("1001", "林晓岚", "", Role.OFFICER, "4821")


class Camera:
    """A stand-in camera that packs its pictures as webcams do: each frame costs the unpacking of a JPEG."""

    name = "camera"

    def __init__(self) -> None:
        self._pace = Pace(FPS, paced=True)
        self._empty = [_packed(render_car(1, rng=np.random.default_rng(seed))) for seed in range(POSES)]
        self._shown, self._handed = self._empty, 0.0

    def show(self, poses: list[Image] | None) -> None:
        """Hold something up, or nothing."""
        self._handed, self._shown = 0.0, poses or self._empty

    @property
    def handed(self) -> float:
        """When the first picture of what is held up was handed over."""
        return self._handed

    def read(self) -> Frame | None:
        index = self._pace.wait()
        if index is None:
            return None
        shown = self._shown
        picture = np.asarray(cv2.imdecode(shown[index % len(shown)], cv2.IMREAD_COLOR), np.uint8)
        if shown is not self._empty and not self._handed:
            self._handed = time.time()
        return Frame(picture, index, time.monotonic())

    def close(self) -> None:
        self._pace.stop()


class Paints(QObject):
    """When a picture that had not been painted was painted in the preview."""

    def __init__(self, desk: Desk, preview: QObject) -> None:
        super().__init__(preview)
        self.times: list[float] = []
        self._desk, self._last = desk, -1
        preview.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        if event.type() == QEvent.Type.Paint and (seen := self._desk.seen) and seen.frame.index != self._last:
            self._last = seen.frame.index
            self.times.append(time.time())
        return super().eventFilter(watched, event)


class Verdicts(QObject):
    """When a kept verdict was painted."""

    def __init__(self, station: app.Station) -> None:
        super().__init__()
        self.seen: queue.SimpleQueue[float] = queue.SimpleQueue()
        self._check = ""
        self._painted = Painted(main_window(station))
        station.bridge.view_changed.connect(self.hear)

    @Slot(object)
    def hear(self, view: View) -> None:
        if view.stage is Stage.VERDICT and view.check != self._check:
            assert view.shown is Outcome.PASS, view.verdict
            self._check = view.check
            self._painted.once(self.seen.put)


class TimedVoice(Voice):
    """A voice that remembers when it was given a verdict, and tells when the sound of it began."""

    def __init__(self, language: Language) -> None:
        self.given = 0.0
        self.states: queue.SimpleQueue[tuple[VoiceState, float]] = queue.SimpleQueue()
        super().__init__(language, lambda state: self.states.put((state, time.time())))

    def speak(self, concluded: Concluded, *, released: bool = False) -> None:
        self.given = time.time()
        super().speak(concluded, released=released)

    def began(self) -> float:
        while True:
            state, at = self.states.get(timeout=PATIENCE)
            if state is VoiceState.SPEAKING:
                return at


def gate() -> dict[str, list[float]]:
    """Seconds: between paintings; from a code's first picture to its verdict's painting; from verdict to sound."""
    with open_database(home() / "station.db") as database:
        add_person(database, OFFICER, station=load_config(config_path()).station, now=datetime.now(UTC))
    served = [(vehicle, [_packed(pose) for pose in _poses(vehicle)]) for vehicle in _one_code()]
    application, camera = QApplication([]), Camera()
    told: dict[str, list[float]] = {}
    with patch.object(app, "open_source", lambda _name: camera):
        station = app.Station(options(source="stand-in"), TimedVoice)
        station.start()
        assert station.desk is not None
        assert isinstance(station.voice, TimedVoice)
        paints, verdicts = Paints(station.desk, gate_page(station).checking.preview), Verdicts(station)
        scene = Scene(station.desk, station.voice, camera, paints, verdicts)
        quits = partial(QMetaObject.invokeMethod, application, "quit", Qt.ConnectionType.QueuedConnection)
        officer = threading.Thread(target=_work, args=(scene, served, told, quits))
        officer.start()
        QTimer.singleShot(1000, main_window(station).open_first)  # it had asked who is there
        application.exec()
        officer.join()
        station.stop()
    assert told, "the officer did not get through"  # the thread said why
    return told


@dataclass(frozen=True, slots=True)
class Scene:
    """What is there when work begins."""

    desk: Desk
    voice: TimedVoice
    camera: Camera
    paints: Paints
    verdicts: Verdicts


def _work(
    scene: Scene, served: list[tuple[DemoVehicle, list[Image]]], told: dict[str, list[float]], done: Callable[[], None]
) -> None:
    """What the officer does and the drivers, on a thread of their own, so that the window is alone on its."""
    desk, voice, camera = scene.desk, scene.voice, scene.camera
    try:
        desk.do(Session.sign_in, OFFICER.code, OFFICER.pin)
        time.sleep(WARM_UP)
        gaps = _look(camera, served[0][1], scene.paints)
        desk.do(Session.next_vehicle)
        shown, spoken = [], []
        audible = voice.state is VoiceState.READY
        for vehicle, poses in served[1:]:
            desk.do(Session.confirm_people, 1)
            desk.do(Session.set_plate, vehicle.plate)
            desk.do(Session.take_temperature, 0, vehicle.occupants[0].temperatures[0])
            time.sleep(0.5)
            camera.show(poses)
            shown.append(scene.verdicts.seen.get(timeout=PATIENCE) - camera.handed)
            if audible:
                spoken.append(voice.began() - voice.given)
            camera.show(None)
            time.sleep(0.3)
            desk.do(Session.next_vehicle)
        told |= {"gaps": gaps, "shown": shown, "spoken": spoken}
    finally:
        done()


def _look(camera: Camera, poses: list[Image], paints: Paints) -> list[float]:
    """Hold a code up for a while; the seconds between two paintings of the preview."""
    camera.show(poses)
    begun = time.time()
    time.sleep(SECONDS)
    painted = [at for at in paints.times if at > begun]
    camera.show(None)
    return [later - sooner for sooner, later in pairwise(painted)]


def _one_code() -> list[DemoVehicle]:
    stream = vehicles(seed=3, now=datetime.now(UTC), signer=demo_signer())
    return list(islice((vehicle for vehicle in stream if vehicle.scenario is Scenario.VALID), VEHICLES + 1))


def _poses(vehicle: DemoVehicle) -> list[Image]:
    return [render(vehicle.items[0], rng=np.random.default_rng(seed)) for seed in range(POSES)]


def _packed(picture: Image) -> Image:
    return np.asarray(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 90])[1], np.uint8)


if __name__ == "__main__":
    print_job(gate)
