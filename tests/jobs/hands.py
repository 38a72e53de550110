"""Two hands that work the real window, and count what it costs them.

A tap is a press in the middle of a button that can be seen, is enabled and is covered by nothing; it goes to the
window, which finds the button as it does for any mouse. A key goes to the window too, which knows where the focus is.
"""

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from tests.jobs.checkpoint import LEAD, Checkpoint
from ui.gate.page import UNSEEN

K, P, M = 0.50, 1.10, 1.35
"""Card, Moran & Newell 1980, in seconds: a key of something that is no word (plates, readings, PINs), pointing at a
target, and making up one's mind, once before each thing that is entered. A tap on glass is pointing alone."""
APART = 0.045
"""Seconds between the keys of a hand: faster ones are a scanner's."""

ROLES = ("驾驶员", "乘客 1", "乘客 2", "乘客 3")


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What a certificate on paper and an ID card say: `letters` is the name in them, `day` a label of the page."""

    name: str
    letters: str
    id_number: str
    day: str
    hour: int


class Hand(ABC):
    """Works the window one thing after another, and counts.

    Attributes:
        taps, keys: what it did.
        thoughts: how often it began something else.
        machine: seconds it took in all, but for the time the hand itself took between two keys.
    """

    name: str

    def __init__(self, post: Checkpoint) -> None:
        self.post = post
        self.taps = self.keys = self.thoughts = 0
        self._begun, self._paused = time.perf_counter(), 0.0

    def start(self) -> None:
        """Count from here."""
        self.taps = self.keys = self.thoughts = 0
        self._begun, self._paused = time.perf_counter(), 0.0

    @property
    def machine(self) -> float:
        """Seconds since `start`, without the hand's own pauses."""
        return time.perf_counter() - self._begun - self._paused

    @property
    def human(self) -> float:
        """Seconds a practised person is estimated to take, by the keystroke-level model; good for some 20 %."""
        return self.taps * P + self.keys * K + self.thoughts * M

    # --- what an officer does ----------------------------------------------------------------------------------------

    @abstractmethod
    def sign_in(self, code: str, pin: str) -> None:
        """At the beginning of the shift."""

    @abstractmethod
    def vehicle(self, people: int, readings: Sequence[str], plate: str) -> None:
        """How many people, each one's temperature, and the plate, in the order that suits the hand."""

    @abstractmethod
    def paper(self, person: OnPaper) -> None:
        """The driver's certificate, entered by hand."""

    @abstractmethod
    def manual_check(self) -> None:
        """End the check with what is there."""

    @abstractmethod
    def release(self, reason: str, pin: str, lead_pin: str) -> None:
        """Why, then the officer signs, then the lead."""

    @abstractmethod
    def next_vehicle(self) -> None:
        """The verdict was read."""

    # --- how -------------------------------------------------------------------------------------------------------

    def think(self) -> None:
        self.thoughts += 1

    def read(self) -> None:
        """Read a verdict, which nobody does in no time: the page takes nothing for an answer before."""
        self.think()
        self._pause(UNSEEN / 1000)
        self.post.until(lambda: not self.post.page._unseen.isActive())

    def tap(self, *labels: str) -> None:
        """Touch buttons by what is written on them, or a field by its name."""
        for label in labels:
            self._tap(self._reach(label))

    def press(self, *keys: Qt.Key) -> None:
        """Keys that are no characters."""
        for key in keys:
            self._key(key)

    def type(self, text: str) -> None:
        """Characters; a line's end is Enter."""
        for character in text:
            self._key(Qt.Key.Key_Return if character == "\n" else character)

    def compose(self, text: str, keystrokes: str) -> None:
        """Characters by an input method, from these keystrokes."""
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit), field
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(field, event)
        self.keys += len(keystrokes)

    def sees(self, pattern: str) -> None:
        """Wait until a line of the screen is like this."""
        self.post.until(lambda: any(re.fullmatch(pattern, line) for line in self.post.screen().split("\n")))

    def _reach(self, label: str) -> QWidget:
        """Wait for a button that a finger can reach."""

        def reached() -> bool:
            found = self._find(label)
            return found is not None and found.window().childAt(_middle(found)) is found

        self.post.until(reached, f"a button “{label}” that nothing covers")
        found = self._find(label)
        assert found is not None
        return found

    def _tap(self, target: QWidget) -> None:
        window, middle = target.window(), _middle(target)
        QTest.mouseClick(_handle(window), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        self.taps += 1
        QTest.qWait(1)

    def _key(self, key: Qt.Key | str) -> None:
        QTest.keyClick(_handle(self.post.window), key)  # type: ignore[arg-type]  # the stub forgets characters
        self.keys += 1
        self._pause(APART)

    def _pause(self, seconds: float) -> None:
        begun = time.perf_counter()
        QTest.qWait(round(seconds * 1000))
        self._paused += time.perf_counter() - begun

    def _find(self, label: str) -> QWidget | None:
        window = self.post.window
        found: list[QAbstractButton | QLineEdit] = [*window.findChildren(QAbstractButton)]
        found += window.findChildren(QLineEdit)
        for one in found:
            if one.isVisible() and one.isEnabled() and label in _names(one):
                return one
        return None


def _names(one: QAbstractButton | QLineEdit) -> set[str]:
    """What it is called, and what is written on it."""
    return {one.accessibleName(), one.text()} if isinstance(one, QAbstractButton) else {one.accessibleName()}


def _middle(target: QWidget) -> QPoint:
    """Its middle, in its window."""
    return target.mapTo(target.window(), target.rect().center())


def _handle(window: QWidget) -> QWindow:
    handle = window.windowHandle()
    assert handle is not None
    return handle


class Touch(Hand):
    """A gloved finger and no keyboard."""

    name = "by touch"

    def sign_in(self, code: str, pin: str) -> None:
        self.think()
        self.tap("编号", *code, "PIN", *pin, "签到")

    def vehicle(self, people: int, readings: Sequence[str], plate: str) -> None:
        """The people with one touch, first or where a pad led on already; each pad leads to the next."""
        counted = self._find(f"{people} 人") is not None
        if counted:
            self.think()
            self.tap(f"{people} 人")
        for number, reading in enumerate(readings):
            self.think()
            self.sees(rf"{ROLES[number]}.* 体温")
            self.tap(*reading, "确定")
        self.think()
        self.tap(*plate.removeprefix("闽E"), "确定")
        if not counted:
            self.think()
            self.tap(f"{people} 人")

    def paper(self, person: OnPaper) -> None:
        """The name in letters: there is nothing to write Chinese with."""
        self.think()
        self.tap("健康码 待查", "人工录入")
        self.think()
        self.tap(*("空格" if letter == " " else letter for letter in person.letters), "下一步")
        self.think()
        self.tap(*person.id_number, "下一步")
        self.think()
        self.tap("阴性", "下一步")
        self.think()
        self.tap(person.day, f"{person.hour} 时")

    def manual_check(self) -> None:
        self.think()
        self.tap("人工核验")

    def release(self, reason: str, pin: str, lead_pin: str) -> None:
        self.read()
        self.tap("放行")
        self.think()
        self.tap(reason)
        self.think()
        self.sees(LEAD.code)  # the desk has said who is there
        self.tap(*pin, "下一步")
        self.think()
        self.tap(*lead_pin, "确定")

    def next_vehicle(self) -> None:
        self.read()
        self.tap("下一辆")


class Keyboard(Hand):
    """A keyboard and no finger on the screen."""

    name = "by keyboard"

    def sign_in(self, code: str, pin: str) -> None:
        self.think()
        self.type(f"{code}\n{pin}\n")

    def vehicle(self, people: int, readings: Sequence[str], plate: str) -> None:
        """Driver's temperature, plate, people, then whom the count has added: digits go where they are wanted."""
        driver, *others = readings
        self.think()
        self.type(f"{driver}\n")
        self.think()
        self.type(f"{plate.removeprefix('闽E').lower()}\n")
        self.think()
        self.type(f"{people}\n")
        for number, reading in enumerate(others, 1):
            self.think()
            self.sees(rf"{ROLES[number]}.* 体温")
            self.type(f"{reading}\n")

    def paper(self, person: OnPaper) -> None:
        """An arrow to the driver, Enter for by hand; arrows and Space choose."""
        self.think()
        self.press(Qt.Key.Key_Down)
        self.type("\n\n")
        self.think()
        self.compose(person.name, person.letters.replace(" ", "") + " ")
        self.type("\n")
        self.think()
        self.type(f"{person.id_number}\n")
        self.think()
        self.go_to("阴性")
        self.type(" \n")
        self.think()
        self.go_to(person.day)
        self.type(f" {person.hour}\n")

    def manual_check(self) -> None:
        self.think()
        self.go_to("人工核验")
        self.type("\n")

    def release(self, reason: str, pin: str, lead_pin: str) -> None:
        self.read()
        self.go_to("放行")
        self.type("\n")
        self.think()
        self.go_to(reason)
        self.type(" ")
        self.think()
        self.sees(LEAD.code)
        self.type(f"{pin}\n")
        self.think()
        self.type(f"{lead_pin}\n")

    def next_vehicle(self) -> None:
        self.read()
        self.type("\n")

    def go_to(self, label: str) -> None:
        """Arrows until what has the focus is called so."""
        self.post.until(lambda: self._find(label) is not None)
        for _ in range(30):
            focused = QApplication.focusWidget()
            if focused is not None and focused is self._find(label):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {label}")


HANDS: tuple[Callable[[Checkpoint], Hand], ...] = (Touch, Keyboard)
