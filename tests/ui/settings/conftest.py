"""A desk that looks through cameras on the bench, and the list of those plugged in, as the system keeps it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.engine import Database, open_database
from scanner.camera import CameraInfo, CameraSource
from scanner.source import Source
from station.desk import Desk
from station.gate import Gate
from tests.scanner.cameras import Device
from ui.bridge import Bridge
from ui.look import Look
from ui.opening import open_gate

C920 = CameraInfo("/dev/video0", "HD Pro Webcam C920")
C270 = CameraInfo("/dev/video2", "Webcam C270")


PATIENCE_MS = 30_000


def until(qtbot: QtBot, reached: Callable[[], bool]) -> None:
    """Wait for what comes in a moment, also on a slow machine."""
    qtbot.waitUntil(reached, timeout=PATIENCE_MS)


class Bench:
    """What is plugged in: a tree as in /sys/class/video4linux, and a device behind each entry."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.devices: dict[CameraInfo, Device] = {}
        root.mkdir()

    def plug(self, camera: CameraInfo) -> None:
        node = self.root / Path(camera.path).name
        node.mkdir()
        (node / "name").write_text(f"{camera.name}\n", "utf-8")
        (node / "index").write_text("0\n")
        self.devices.setdefault(camera, Device(camera)).info = camera

    def unplug(self, camera: CameraInfo) -> None:
        node = self.root / Path(camera.path).name
        for file in node.iterdir():
            file.unlink()
        node.rmdir()
        self.devices[camera].info = None

    def open(self, camera: CameraInfo) -> Callable[[], Source]:
        device = self.devices[camera]
        return lambda: CameraSource(device.find, device.open, name=camera.name)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path / "video4linux")
    bench.plug(C920)
    bench.plug(C270)
    return bench


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "station.db") as database:
        yield database


@pytest.fixture
def gate(database: Database) -> Gate:
    return open_gate(database)


@pytest.fixture
def look() -> Look:
    return Look()


@pytest.fixture
def bridge() -> Bridge:
    return Bridge()


@pytest.fixture
def desk(bench: Bench, gate: Gate, bridge: Bridge) -> Iterator[Desk]:
    """A desk at work that looks through the C920."""
    desk = Desk(gate, bench.open(C920), bridge.post)
    desk.start()
    yield desk
    desk.stop()
