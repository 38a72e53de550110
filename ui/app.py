"""The window's life: what is opened in which order, and closed in the other. Nothing outlives it."""

import argparse
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from db.engine import open_database
from scanner.camera import CameraInfo, list_cameras, open_camera
from scanner.source import Source, open_source
from station import texts
from station.access import Role
from station.desk import Desk
from station.gate import INTERNAL_FAULT, Concluded, Gate
from station.home import config_path, database_path, home, preferences_path
from station.pins import drawn
from station.policy import read_policy
from station.preferences import LOUDEST
from station.session import Session, Told
from station.texts import LANGUAGES, Language
from station.toml_file import FileError
from ui import console
from ui.beside import Beside
from ui.bridge import Bridge
from ui.cannot_start import CannotStart
from ui.commands.run import DEMO_POLICY
from ui.demo_officer import DemoOfficer, demo_desk, traffic
from ui.driver.display import DriverDisplay
from ui.first_run.founding import NewPerson, add_person, is_founded
from ui.first_run.window import FirstRun
from ui.garbage import collected_here
from ui.gate.page import GatePage
from ui.guard import Guard
from ui.look import Look
from ui.opening import open_gate, say_warnings, which_camera
from ui.pages import GATE, Page
from ui.settings.keeper import Keeper
from ui.shell import Shell
from ui.stripe import DemoPins
from ui.theme import ThemeName
from ui.window import MainWindow
from ui.window_words import WORDS

log = logging.getLogger(__name__)

DEMO, CAMERA = "demo", "camera"
BEAT, SHOWS = 6, 60
"""Frames between two things the demo's officer enters, and for which it leaves a verdict on the screen."""


class StationVoice(Protocol):
    """What the window needs of a voice."""

    language: Language
    muted: bool
    volume: float

    @property
    def state(self) -> str:
        """How it does."""

    def say(self, text: str, language: Language | None = None) -> None:
        """Say a phrase."""

    def speak(self, concluded: Concluded, *, released: bool) -> None:
        """Say a verdict."""

    def hush(self) -> None:
        """Stop saying it."""

    def close(self) -> None:
        """Stop it."""


OpenVoice = Callable[[Language], StationVoice]


def run_window(options: argparse.Namespace, *, open_voice: OpenVoice | None = None, camera: str | None = None) -> int:
    """Open the station's window and stay until it is closed.

    Args:
        options: Of `station run`: `language`; `source` (None: the camera; "demo"; a folder or video); `database`;
            `kiosk`; `seed`.
        open_voice: Makes the voice; None: it stays silent.
        camera: Which camera, see `scanner.camera_devices.choose`; None: the one chosen before, else the first.

    Returns:
        The exit code.
    """
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(["station"])
    application.setApplicationName("checkpoint-station")
    station = Station(options, open_voice, camera)
    with Guard(station.alarm, application.quit), _signals_quit(application), collected_here():
        try:
            station.start()
            application.exec()
            # Quitting closes the windows, and the last one asks to quit once more: no later loop must hear that.
            application.removePostedEvents(application, QEvent.Type.Quit.value)
        finally:
            station.stop()
    return 0


class Station(QObject):
    """What is open: the database, the desk, the voice, and the window in front of them."""

    def __init__(
        self, options: argparse.Namespace, open_voice: OpenVoice | None = None, camera: str | None = None
    ) -> None:
        super().__init__()
        self._options, self._open_voice, self._camera = options, open_voice, camera
        self.keeper = Keeper(preferences_path(), self)
        self.look = Look(options.language, ThemeName(self.keeper.preferences.theme))
        self.bridge = Bridge()
        self.desk: Desk | None = None
        self.stand_in: DemoOfficer | None = None
        self.voice: StationVoice | None = None
        self.window: Shell | None = None
        self.driver: DriverDisplay | None = None
        self._first_run: tuple[FirstRun, Path] | None = None
        self._open = ExitStack()  # what is to be closed, the last opened first
        self.look.changed.connect(self._change_language)
        self.keeper.kept.connect(self._tell_kept)

    # --- opening -----------------------------------------------------------------------------------------------------

    @Slot()
    def start(self) -> None:
        """Open what the options ask for; on a machine that is nobody's yet, ask what it is to be."""
        if not _reads_chinese():
            self.look.speak("en")
            for language in range(len(LANGUAGES)):
                console.warn(WORDS["trouble_font"][language])
        self._attempt(self._open_wanted)

    def _attempt(self, opening: Callable[[], None]) -> None:
        """A station that does not open says why, and can be tried again."""
        try:
            opening()
        except Exception as problem:
            log.exception("the station does not open")
            self._close_all()
            self._show(CannotStart(self.look, problem, self.start, kiosk=self._options.kiosk))

    def _open_wanted(self) -> None:
        source, where = self._options.source, self._options.database
        if source == DEMO:
            self._open_demo(where or home() / "demo.db")
            return
        with open_database(where or database_path()) as database:
            founded, path = is_founded(database), database.path
        if founded or source is not None:
            self._open_station(path)
        else:
            self._ask_first(path)

    def _ask_first(self, path: Path) -> None:
        opens, camera, kiosk = partial(open_database, path), bool(list_cameras()), self._options.kiosk
        asking = FirstRun(self.look, opens, config_path(), camera=camera, kiosk=kiosk)
        asking.demo_chosen.connect(self._demo_chosen)
        asking.founded.connect(self._founded)
        self._open.callback(asking.close_down)
        self._first_run = asking, path
        self._show(asking)

    @Slot()
    def _demo_chosen(self) -> None:
        if self._first_run is not None:
            asking, path = self._first_run
            asking.close_down()
            self._attempt(partial(self._open_demo, path.with_name("demo.db")))

    @Slot()
    def _founded(self) -> None:
        if self._first_run is not None:
            asking, path = self._first_run
            asking.close_down()
            self._attempt(partial(self._open_station, path))

    def _open_station(self, path: Path) -> None:
        gate = self._open_gate(path)
        self._open_desk(gate, Desk(gate, self._opens_source(), self.bridge.post, voice=self._start_voice()), path)

    def _opens_source(self) -> Callable[[], Source]:
        if self._options.source not in {None, CAMERA}:
            return partial(open_source, self._options.source)
        which, known = which_camera(self._camera, self.keeper.preferences)
        return partial(open_camera, which, known=known)

    def _open_demo(self, where: str | Path) -> None:
        """The demo has a log of its own, and people whose PINs are made anew each time and shown on the screen."""
        gate = self._open_gate(where, demo=True)
        lane, word = traffic(seed=self._options.seed), self.look.word
        desk, self.stand_in = demo_desk(gate, lane, self.bridge.post, voice=self._start_voice(), beat=BEAT, shows=SHOWS)
        pins = DemoPins("1001", drawn("1001"), "2001", drawn("2001"))
        officer = NewPerson(pins.officer, word("demo_officer_name"), word("demo_unit"), Role.OFFICER, pins.officer_pin)
        lead = NewPerson(pins.lead, word("demo_lead_name"), word("demo_unit"), Role.LEAD, pins.lead_pin)
        desk.do(_enrol, officer, lead)
        self._open_desk(gate, desk, where, pins)

    def _open_gate(self, where: str | Path, *, demo: bool = False) -> Gate:
        database = self._open.enter_context(open_database(where))
        say_warnings(database, self.look.language)
        return open_gate(database, policy=read_policy(DEMO_POLICY.encode(), "demo policy") if demo else None)

    def _start_voice(self) -> StationVoice | None:
        if self._open_voice is not None:
            kept = self.keeper.preferences
            self.voice = self._open_voice(self.look.language)
            self.voice.volume, self.voice.muted = kept.volume / LOUDEST, kept.muted
            self._open.callback(self.voice.close)
        return self.voice

    def _open_desk(self, gate: Gate, desk: Desk, where: str | Path, pins: DemoPins | None = None) -> None:
        self.desk = desk
        gate_page = GatePage(self.look, desk)
        beside = Beside(self.look, self.bridge, partial(open_database, where), gate)
        window = MainWindow(
            self.look,
            desk,
            self.bridge,
            (Page(GATE, lambda: gate_page), *beside.pages),
            voice=self.voice,
            cameras=list_cameras if self._options.source in {None, CAMERA} and pins is None else None,
            camera=which_camera(self._camera, self.keeper.preferences)[1],
            stand_in=self.stand_in,
            pins=pins,
            kiosk=self._options.kiosk,
            idle_minutes=None if pins is not None else gate.config.idle_minutes,
        )
        self.bridge.view_changed.connect(gate_page.show_view)
        self.bridge.told.connect(gate_page.show_told)
        beside.overdue.connect(window.show_overdue)
        window.leave.connect(QApplication.quit)
        driver = self.driver = DriverDisplay(self.look, gate.policy, gate.config, window)
        self.bridge.view_changed.connect(driver.show_view)
        self.bridge.health_changed.connect(driver.show_health)
        window.settings.screen_line.insertWidget(1, driver.button)
        window.settings.chosen.connect(self._keep)
        window.settings.camera.chosen.connect(self._look_through)
        window.settings.show_problem(self.keeper.problem)
        self._open.callback(self._say_unsaved, gate)
        self._open.callback(desk.stop)
        self._open.callback(beside.close_down)
        self._open.callback(window.close_down)
        self._open.callback(driver.close)
        self._show(window)
        desk.start()  # its threads would only have kept the window waiting
        driver.settle()
        if self.keeper.problem is not None:
            window.status.show_told(Told(self.keeper.problem.code, dict(self.keeper.problem.params)))

    def _say_unsaved(self, gate: Gate) -> None:
        """The last word on rows that could not be written to the end: somebody has to enter them again."""
        if gate.unsaved:
            console.warn(texts.error("rows_unsaved", {"count": len(gate.unsaved)}, self.look.language))

    def _show(self, window: Shell) -> None:
        before, self.window = self.window, window
        window.present()
        if before is not None:
            before.close()
            before.deleteLater()

    @Slot()
    def _change_language(self) -> None:
        if self.voice is not None:
            self.voice.language = self.look.language

    @Slot(object)
    def _keep(self, choices: dict[str, object]) -> None:
        self.keeper.change(**choices)

    @Slot(object)
    def _tell_kept(self, problem: FileError | None) -> None:
        if isinstance(self.window, MainWindow):
            self.window.settings.show_problem(problem)

    @Slot(object)
    def _look_through(self, camera: CameraInfo) -> None:
        """Another camera, from now on and at the next start."""
        self.keeper.change(camera=camera.path, camera_name=camera.name)
        if self.desk is not None:
            self.desk.look_through(partial(open_camera, camera.path, known=camera))

    # --- trouble, and the end ----------------------------------------------------------------------------------------

    def alarm(self, problem: str) -> None:
        """Nobody caught this: the vehicle in hand cannot pass, and the officer reads a sentence. From any thread."""
        if self.desk is not None:
            self.desk.do(Session.fault, INTERNAL_FAULT)
        else:
            self.bridge.post(Told("internal", {"problem": problem}))

    def stop(self) -> None:
        """Close everything in order: pages, desk, voice, database; then the window. Safe to call twice."""
        if self.window is not None:
            self.window.hide()
        self._close_all()
        self.keeper.close_down()
        if self.window is not None:
            _delete_now(self.window)
            self.window = None

    def _close_all(self) -> None:
        self._open.close()
        self.desk = self.voice = self.stand_in = self.driver = None


def _delete_now(window: QWidget) -> None:
    """On this thread, and not when Python collects it on any: a timer of the window's would outlive it."""
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def _enrol(session: Session, officer: NewPerson, lead: NewPerson) -> None:
    """The demo's people, the officer signed in: the desk's first step, on its thread, since a PIN takes 80 ms."""
    if session.gate.database is not None:
        for person in (officer, lead):
            station = session.gate.config.station
            add_person(session.gate.database, person, station=station, now=datetime.now(UTC))
        session.sign_in(officer.code, officer.pin)


def _reads_chinese() -> bool:
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))


@contextmanager
def _signals_quit(application: QApplication) -> Iterator[None]:
    """Ctrl-C and a service's stop end the window as its closing does.

    Python runs a signal's handler only between two of its own steps, which an idle window does not take: a byte
    through a socket wakes it. The handler itself does nothing: it may run amid an event, an event filter's say, and
    quitting from there has Qt wait for itself.
    """
    ours, theirs = socket.socketpair()
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read)

    def quit_now() -> None:
        ours.recv(64)
        application.quit()

    notifier.activated.connect(quit_now)
    theirs.setblocking(False)
    woken = signal.set_wakeup_fd(theirs.fileno())
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(woken)
        notifier.setEnabled(False)
        ours.close()
        theirs.close()
