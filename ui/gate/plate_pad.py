"""The plate in two stages: 31 provinces, the own first; then letters and digits, with what cannot follow disabled."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from scanner.plates import PROVINCES, Plate, PlateKind, next_characters, parse
from station.check import Item, Missing
from station.desk import Desk
from station.session import Session
from ui.gate.panel import Panel, Tool
from ui.gate.widgets import GAP, Touch, show_only
from ui.look import Look

HOME = "闽E"
"""What most plates here begin with; it is there already."""
KEYS = "1234567890QWERTYUP港澳ASDFGHJKL学ZXCVBNM领警挂"
"""Four rows of ten, where fingers know them: GA 36 has neither I nor O."""
_CELLS = 8
_LONGEST_FREE = 10
_BLUE, _GREEN, _WHITE = "#0b3d8c", "#00624d", "#ffffff"


class PlateCells(QWidget):
    """The plate as typed, a box a character; the eighth is for new energy."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.setMinimumHeight(56)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        """Show it."""
        self.text = text
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's name, and all is painted
        """Paint the boxes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = max(_CELLS, len(self.text))
        side = min(self.height() - 4.0, (self.width() - 2.0) / count - GAP)
        font = QFont(self.font())
        font.setBold(True)
        font.setPixelSize(max(12, round(side * 0.66)))
        painter.setFont(font)
        ink = self.palette().color(self.foregroundRole())
        for place in range(count):
            box = QRectF(2 + place * (side + GAP), (self.height() - side) / 2, side, side)
            filled = place < len(self.text)
            style = Qt.PenStyle.DashLine if place >= _CELLS - 1 and not filled else Qt.PenStyle.SolidLine
            painter.setPen(QPen(ink, 3 if place == len(self.text) else 1, style))
            ground = _GREEN if len(self.text) == _CELLS else _BLUE
            painter.setBrush(QColor(ground) if filled else QColor(0, 0, 0, 0))
            painter.drawRoundedRect(box, 5, 5)
            if filled:
                painter.setPen(QColor(_WHITE))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text[place])


class PlatePad(Panel):
    """Type a plate; Enter takes it when the grammar is satisfied, any text once “other plate” was chosen."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(look, desk)
        self.text = HOME
        self._free = False
        self._choosing = False
        self.cells = PlateCells()
        self.title = self.heading(self.cells)
        self.title.setMaximumWidth(110)
        ordered = (HOME[0], *(province for province in PROVINCES if province != HOME[0]))
        self.provinces = {text: Touch(look, role="key", text=text).tap(self.typed, text) for text in ordered}
        self.keys = {text: Touch(look, role="key", text=text).tap(self.typed, text) for text in KEYS}
        self._stages = [QWidget(), QWidget()]
        for stage, keys, columns in zip(self._stages, (self.provinces, self.keys), (8, 10), strict=True):
            _fill(stage, list(keys.values()), columns)
            self.body.addWidget(stage, 1)
        self.province = Touch(look, "provinces").tap(self._choose_province)
        self.free = Touch(look, "free_plate").tap(self._toggle_free)
        self.free.setCheckable(True)
        self.none = Touch(look, "no_plate").tap(self.opens.emit, Tool.NO_PLATE, 0)
        self.delete = Touch(look, "delete").tap(self.erase)
        self.ok = Touch(look, "ok", role="main").tap(self.confirm)
        last = QHBoxLayout()
        last.setSpacing(GAP)
        for button in (self.province, self.free, self.none, self.delete, self.ok):
            last.addWidget(button, 1)
        self.body.addLayout(last)
        self.refresh()

    def reset(self) -> None:
        """Forget the plate; the own province is there already."""
        self.text, self._free, self._choosing = HOME, False, False
        self.refresh()

    def open_for(self, occupant: int) -> None:
        """Begin with the plate that was typed before, if one was."""
        super().open_for(occupant)
        if self.view is not None and isinstance(self.view.plate, Plate):
            self.text = self.view.plate.text
            self._free = self.view.plate.kind is PlateKind.OTHER
            self.refresh()

    def refresh(self) -> None:
        """The plate so far, and which keys may follow."""
        self.cells.say(self.text)
        self.title.say(self.look.word("plate_title"))
        at_province = self._choosing or (not self.text and not self._free)
        show_only(self._stages[0 if at_province else 1], self._stages)
        legal = None if self._free else next_characters(self.text)
        for character, key in self.keys.items():
            key.setEnabled(legal is None or character in legal)
        self.free.setChecked(self._free)
        self.delete.setEnabled(bool(self.text))
        self.ok.setEnabled(self.complete)

    @property
    def complete(self) -> bool:
        """Whether it can be taken as it is."""
        return bool(self.text) if self._free else parse(self.text).kind is not PlateKind.OTHER

    def typed(self, character: str) -> bool:
        """A province, letter, digit or suffix; what cannot follow is not taken."""
        character = character.upper()
        if self._choosing and character in self.provinces:
            self.text = character + self.text[1:] if self.text[:1] in self.provinces else character
            self._choosing = False
        elif self._may_follow(character):
            self.text += character
        else:
            return character.isalnum()
        self.refused.emit("")
        self.refresh()
        return True

    def _may_follow(self, character: str) -> bool:
        if self._free:
            return len(self.text) < _LONGEST_FREE and character.isalnum()
        return character in next_characters(self.text)

    def erase(self) -> None:
        """Take the last character back."""
        self.text, self._choosing = self.text[:-1], False
        self.refused.emit("")
        self.refresh()

    def confirm(self) -> None:
        """Take the plate; Enter comes here also while it is none yet."""
        if not self.complete:
            self.refused.emit("plate_incomplete")
            return
        self.desk.do(Session.set_plate, self.text)
        self.entered.emit({Missing(Item.PLATE)}, set())

    def _choose_province(self) -> None:
        self._choosing = not self._choosing
        self.refresh()

    def _toggle_free(self) -> None:
        self._free = not self._free
        if not self._free and parse(self.text).kind is PlateKind.OTHER and not next_characters(self.text):
            self.text = HOME
        self.refresh()


def _fill(stage: QWidget, keys: list[Touch], columns: int) -> None:
    grid = QGridLayout(stage)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(GAP)
    for number, key in enumerate(keys):
        grid.addWidget(key, number // columns, number % columns)
