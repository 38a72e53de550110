"""Every state an officer meets, by name: how the station gets there, and the words that must then be on the screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.screens import scenes_gate, scenes_handover, scenes_roster  # noqa: F401 -- for what they put into `SCENES`
from tests.screens.scene import SCENES, Scene, keep, scene, words
from tests.screens.stage import Stage, first_start
from ui.window import SETTINGS, SIGN_IN

__all__ = ["SCENES", "Scene"]


@scene(zh="编号|PIN|签到", en="Code|PIN|Sign in", page=SIGN_IN)
def sign_in(stage: Stage) -> None:
    stage.main.open(SIGN_IN)
    stage.main.sign_in.code.setText("1001")
    stage.main.sign_in.pin.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClicks(stage.main.sign_in.pin, "246")


@scene(zh="语言|夜间", en="Language|Night", page=SETTINGS)
def settings(stage: Stage) -> None:
    stage.main.open(SETTINGS)


@contextmanager
def _first_run(stage: Stage) -> Iterator[None]:
    with TemporaryDirectory() as folder, first_start(stage, Path(folder) / "new"):
        yield


keep(Scene("first_run", _first_run, words("演示|English", "demo|中文"), "first_run"))
