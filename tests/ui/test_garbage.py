"""Garbage in cycles, made on any thread, is collected on the window's."""

import gc
import threading

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import garbage
from ui.garbage import collected_here


class Cycle:
    """Told to `collected_on` which thread collected it."""

    def __init__(self, collected_on: list[int]) -> None:
        self.itself, self.collected_on = self, collected_on

    def __del__(self) -> None:
        self.collected_on.append(threading.get_ident())


def make_cycles(collected_on: list[int]) -> None:
    for _ in range(20 * gc.get_threshold()[0]):
        Cycle(collected_on)


def test_what_another_thread_leaves_is_collected_on_the_windows(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "INTERVAL_MS", 10)
    collected_on: list[int] = []
    with collected_here():
        worker = threading.Thread(target=make_cycles, args=(collected_on,))
        worker.start()
        worker.join()
        assert not collected_on
        qtbot.waitUntil(lambda: len(collected_on) >= 20 * gc.get_threshold()[0])
    assert set(collected_on) == {threading.get_ident()}


def test_afterwards_python_collects_by_itself_again(qapp: QApplication) -> None:
    gc.enable()  # as it is in a program, and not in tests with widgets
    with collected_here():
        assert not gc.isenabled()
    assert gc.isenabled()
