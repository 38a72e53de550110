"""Touches and keys as they reach the window, and a review about to be signed for."""

import threading

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from station.session import Session
from tests.ui.gate.bench import Bench
from ui.gate.decide import DecidePanel
from ui.gate.keys import ENTER


def key(bench: Bench, character: str, *, at: int = 0, repeat: bool = False) -> None:
    """One key; `at` is its own time in ms, where it has one."""
    code_of = {ENTER: Qt.Key.Key_Return, "\x1b": Qt.Key.Key_Escape}.get(character, Qt.Key.Key_unknown)
    event = QKeyEvent(QEvent.Type.KeyPress, code_of, Qt.KeyboardModifier.NoModifier, character, repeat)
    event.setTimestamp(at)
    QApplication.sendEvent(bench.page, event)


def burst(bench: Bench, text: str) -> None:
    """All at once, as from a scanner; the page has made out what it is when this returns."""
    for character in text:
        key(bench, character)
    bench.until(lambda: not bench.page._keys.holds)


def seen(bench: Bench) -> None:
    """Somebody has taken in the verdict."""
    bench.until(lambda: not bench.page._unseen.isActive())


def signing(bench: Bench, *entries: str) -> DecidePanel:
    """A review about to be released; so much of it is typed."""
    bench.reviewed()
    bench.page.verdict.release.click()
    decide = bench.page.verdict.decide
    decide.reasons["release_id_checked"].click()
    bench.until(lambda: decide.values.get("lead_code") == "2001")
    decide._move_to("officer_code")
    for number, entry in enumerate(entries):
        if number:
            decide.confirm()
        for character in entry:
            decide.typed(character)
    return decide


def touch(bench: Bench, place: QPoint) -> None:
    """On the glass: the window finds what is there."""
    QTest.mouseClick(bench.window.windowHandle(), Qt.MouseButton.LeftButton, pos=place)


def idle(bench: Bench) -> None:
    """Whatever the desk was given until now is done, and shown."""
    done = threading.Event()

    def note(_: Session) -> None:
        done.set()

    bench.desk.do(note)
    bench.until(done.is_set)


def ground_of(widget: QWidget) -> str:
    """The colour a widget is seen in, by its pixels."""
    return widget.grab().toImage().pixelColor(widget.width() // 2, 8).name()
