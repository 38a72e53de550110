"""The bold stripe that says 演示 across the top, whatever page is open; and the demo's own button."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from scanner import plates
from station.view import Health
from ui.demo_officer import DemoOfficer
from ui.look import Look
from ui.small_widgets import Elided, label, say


@dataclass(frozen=True, slots=True)
class DemoPins:
    """The demo's people: their codes, and PINs made anew at each start."""

    officer: str
    officer_pin: str
    lead: str
    lead_pin: str


class DemoStripe(QFrame):
    """Hidden unless a demonstration key is trusted.

    Args:
        look: Words and colours.
        stand_in: Who works the demo's lane, if the pictures are the demo's.
        pins: What a person needs to sign in and release in the demo.
    """

    def __init__(self, look: Look, stand_in: DemoOfficer | None = None, pins: DemoPins | None = None) -> None:
        super().__init__()
        self._look, self._stand_in, self._pins = look, stand_in, pins
        self.setProperty("role", "stripe")
        self.name, self.text = label("demo"), Elided()
        self.button = QPushButton()
        self.button.setVisible(stand_in is not None)
        self.button.clicked.connect(self._change_hands)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 4, 8, 4)
        line.setSpacing(16)
        line.addWidget(self.name)
        line.addWidget(self.text, 1)
        line.addWidget(self.button)
        self.setVisible(stand_in is not None or pins is not None)
        self._look_up = QTimer(self, interval=500)
        self._look_up.timeout.connect(self._show_text)
        if stand_in is not None:
            self._look_up.start()
        look.changed.connect(self.retranslate)
        self.retranslate()

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """Show or hide it."""
        self.setVisible(health.demo)

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        word = self._look.word
        self.name.setText(word("demo"))
        if self._stand_in is not None:
            say(self.button, word("demo_by_hand" if self._stand_in.auto else "demo_by_itself"))
        self._show_text()

    @Slot()
    def _show_text(self) -> None:
        word, stand_in, pins = self._look.word, self._stand_in, self._pins
        parts = [word("demo_key" if stand_in is None and pins is None else "demo_stand_in")]
        vehicle = stand_in.vehicle if stand_in is not None and not stand_in.auto else None
        if vehicle is not None:
            heat = "/".join(f"{celsius:.1f}" for who in vehicle.occupants for celsius in who.temperatures)
            plate = plates.parse(vehicle.plate)
            parts = [word("demo_vehicle", plate=plate, people=vehicle.people, celsius=heat)]
        if pins is not None:
            parts.append(
                word(
                    "demo_pins",
                    officer=pins.officer,
                    officer_pin=pins.officer_pin,
                    lead=pins.lead,
                    lead_pin=pins.lead_pin,
                )
            )
        self.text.show_text(" · ".join(parts))

    @Slot()
    def _change_hands(self) -> None:
        if self._stand_in is not None:
            self._stand_in.auto = not self._stand_in.auto
            self.retranslate()
