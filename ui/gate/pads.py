"""Number pads: body temperature, and how many people are in the vehicle."""

import re
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from station.check import Item, Missing
from station.desk import Desk
from station.policy import MAX_PEOPLE
from station.session import Session
from ui.gate import wording
from ui.gate.panel import Panel, Tool
from ui.gate.widgets import GAP, FittedLabel, Touch
from ui.look import Look

_DIGITS = "789456123"
_READING = re.compile(r"[0-9]{1,3}|[0-9]{1,2}\.[0-9]?")
"""What may be typed of a reading: a thermometer gives one decimal."""
_TOOLS = {Item.TEMPERATURE: Tool.TEMPERATURE, Item.PLATE: Tool.PLATE, Item.PEOPLE: Tool.PEOPLE}
_ORDER = tuple(_TOOLS)
"""What the hand enters, in this order; codes come by themselves."""


class DigitPad(QWidget):
    """Ten digits, one key more (`.` or `X`), and delete; every touch goes to `panel.typed` and `panel.erase`."""

    def __init__(self, panel: Panel, extra: str = "") -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        self.keys: dict[str, Touch] = {}
        for number, digit in enumerate([*_DIGITS, extra, "0"]):
            if digit:
                key = Touch(panel.look, role="key", text=digit).tap(panel.typed, digit)
                self.keys[digit] = key
                grid.addWidget(key, number // 3, number % 3)
        self.delete = Touch(panel.look, "delete").tap(panel.erase)
        grid.addWidget(self.delete, 3, 2)


class TemperaturePad(Panel):
    """A reading in °C, for the next person who lacks one; three digits are enough: 365 is 36.5."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(look, desk)
        self._text = ""
        self.title = self.heading()
        self.display = FittedLabel(56, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
        self.display.setMinimumHeight(64)
        self.backwards = Touch(look, "switch_back").tap(self._switch, -1)
        self.onwards = Touch(look, "switch_on").tap(self._switch, 1)
        row = QHBoxLayout()
        row.addWidget(self.backwards, 2)
        row.addWidget(self.display, 3)
        row.addWidget(self.onwards, 2)
        self.body.addLayout(row)
        self.pad = DigitPad(self, ".")
        self.ok = Touch(look, "ok", role="main").tap(self.confirm)
        lower = QHBoxLayout()
        lower.setSpacing(GAP)
        lower.addWidget(self.pad, 3)
        lower.addWidget(self.ok, 1)
        self.body.addLayout(lower, 1)

    @property
    def celsius(self) -> float | None:
        """What the typed text means; None while it is no reading yet."""
        return celsius(self._text)

    def reset(self) -> None:
        """Forget what was typed."""
        self._text = ""
        self.occupant = 0

    def refresh(self) -> None:
        """Whose reading, and what is typed."""
        count = len(self.view.occupants) if self.view else 1
        who = wording.whose(self.look, self.view, self.occupant) if self.view else ""
        self.title.say(self.look.word("temperature_title", who=who))
        self.display.say(f"{_shown(self._text)}°C" if self._text else "–°C")
        self.ok.setEnabled(self.celsius is not None)
        for button in (self.backwards, self.onwards):
            button.setVisible(count > 1)

    def typed(self, character: str) -> bool:
        """A digit or the point."""
        if character not in ".0123456789":
            return False
        taken = bool(_READING.fullmatch(self._text + character))
        if taken:
            self._text += character
            self.refresh()
        self.refused.emit("" if taken else "temperature_digits")
        return True

    def erase(self) -> None:
        """Take the last digit back."""
        self._text = self._text[:-1]
        self.refused.emit("")
        self.refresh()

    def confirm(self) -> None:
        """Take the reading."""
        reading = self.celsius
        if reading is None:
            return
        self.desk.do(Session.take_temperature, self.occupant, reading)
        self.entered.emit({Missing(Item.TEMPERATURE, self.occupant)}, set())

    def _switch(self, step: int) -> None:
        if self.view is not None:
            self.occupant = (self.occupant + step) % len(self.view.occupants)
            self._text = ""
            self.refresh()


class PeoplePad(Panel):
    """How many people: six at a touch, more by turning the page, any number from the keyboard."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(look, desk)
        self._first = 1
        self._text = ""
        self.title = self.heading()
        self.keys = [Touch(look, role="key") for _ in range(6)]
        for offset, key in enumerate(self.keys):
            key.tap(partial(self._choose, offset))
        self.rows(3, *self.keys)
        self.more = Touch(look, "more").tap(self._turn)
        self.body.addWidget(self.more)

    def reset(self) -> None:
        """From one again."""
        self._first, self._text = 1, ""
        self.refresh()

    def refresh(self) -> None:
        """The six numbers of this page."""
        self.title.say(f"{self.look.word('people_title')} {self._text}".rstrip())
        for offset, key in enumerate(self.keys):
            people = self._first + offset
            key.say(str(people), self.look.word("people_count", people=people))
            key.setEnabled(people <= MAX_PEOPLE)

    def typed(self, character: str) -> bool:
        """A digit of the number, which Enter confirms."""
        if not character.isdecimal():
            return False
        self._text = (self._text + character)[-2:]
        self.refresh()
        return True

    def erase(self) -> None:
        """Take the last digit back."""
        self._text = self._text[:-1]
        self.refresh()

    def confirm(self) -> None:
        """Take the typed number."""
        if self._text:
            self._take(int(self._text))

    def _choose(self, offset: int) -> None:
        self._take(self._first + offset)

    def _take(self, people: int) -> None:
        take_people(self, people)

    def _turn(self) -> None:
        self._first = 1 if self._first + len(self.keys) > MAX_PEOPLE else self._first + len(self.keys)
        self.refresh()


def take_people(panel: Panel, people: int) -> None:
    """So many people are there, the officer says."""
    panel.desk.do(Session.confirm_people, people)
    known = len(panel.view.occupants) if panel.view else 0
    passengers = {Missing(Item.TEMPERATURE, index) for index in range(known, people)}
    panel.entered.emit({Missing(Item.PEOPLE)}, passengers)


def wanted(missing: Iterable[Missing]) -> tuple[Tool, int]:
    """The pad for what is missing, and for whom; the checklist, if the hand can enter nothing more."""
    first = min((one for one in missing if one.item in _ORDER), key=_place, default=None)
    return (_TOOLS[first.item], first.occupant or 0) if first else (Tool.CHECKLIST, 0)


def _place(missing: Missing) -> tuple[int, int]:
    return _ORDER.index(missing.item), missing.occupant or 0


def celsius(text: str) -> float | None:
    """A reading as typed: 365 and 36.5 are 36.5 °C, 36 is 36 °C; None while it is none yet."""
    whole = _shown(text)
    return float(whole) if len(whole.split(".")[0]) >= 2 else None


def _shown(text: str) -> str:
    """The typed digits with the point where it belongs."""
    if "." in text or len(text) < 3:
        return text
    return f"{text[:2]}.{text[2:]}"
