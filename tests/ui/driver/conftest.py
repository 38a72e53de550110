"""The driver's window before a real desk, with everything that could be read on it written down."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from scanner.camera import CameraState
from station.session import Session
from station.view import Health, View
from tests.ui.gate.bench import PIN, Bench
from ui.driver.message import Scene
from ui.driver.window import DriverWindow


def texts(window: DriverWindow) -> tuple[str, ...]:
    """All that eyes or a screen reader find on it, from top to bottom."""
    seen: list[QWidget] = [window, *(one for one in window.findChildren(QWidget) if one.isVisible())]
    said = [text for one in seen for text in (one.windowTitle(), one.accessibleName(), one.toolTip())]
    said += [one.text() for one in seen if isinstance(one, QLabel)]
    return tuple(text for text in said if text)


class Lane(QObject):
    """A vehicle at the gate, and what its driver reads."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.window = DriverWindow(bench.look, bench.gate.policy, bench.gate.config)
        bench.qtbot.addWidget(self.window)
        self.window.resize(1280, 720)
        self.window.show()
        self.health: Health | None = None
        self.read: list[tuple[Scene, tuple[str, ...], View]] = []
        bench.bridge.view_changed.connect(self.window.show_view)
        bench.bridge.view_changed.connect(self._write_down)
        bench.bridge.health_changed.connect(self.window.show_health)
        bench.bridge.health_changed.connect(self._note_health)
        self.window.show_view(bench.view)
        bench.desk.do(Session.sign_in, "1001", PIN)  # the station's health is told only as it changes
        bench.until(lambda: self.health is not None and self.health.camera == CameraState.LIVE.value)

    @Slot(object)
    def _write_down(self, view: View) -> None:
        self.read.append((self.window.message.scene, texts(self.window), view))

    @Slot(object)
    def _note_health(self, health: Health) -> None:
        self.health = health

    @property
    def scene(self) -> Scene:
        return self.window.message.scene

    def until(self, scene: Scene) -> None:
        self.bench.until(lambda: self.scene is scene)

    @property
    def texts(self) -> tuple[str, ...]:
        return texts(self.window)


@pytest.fixture
def lane(qtbot: QtBot, tmp_path: Path) -> Iterator[Lane]:
    bench = Bench(qtbot, tmp_path)
    yield Lane(bench)
    bench.close()
