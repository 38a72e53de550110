"""The voice: how loud, whether at all, how it sounds, and why nobody would hear it."""

from typing import Protocol

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from station import texts
from station.preferences import LOUDEST
from station.texts import Language
from station.view import Health
from ui.look import Look
from ui.small_widgets import choice, label, say, touchable

_WELL = {"none": "settings_voice_none", "starting": "settings_voice_starting"}


class Audible(Protocol):
    """What the page needs of a voice."""

    muted: bool
    volume: float

    def say(self, text: str, language: Language | None = None) -> None:
        """Say a phrase."""


class VoiceControls(QWidget):
    """Mute and five steps of volume; below them a try, and how the voice does."""

    chosen = Signal(object)
    """What was chosen, as fields of `station.preferences.Preferences`."""

    def __init__(self, look: Look, voice: Audible | None) -> None:
        super().__init__()
        self._look, self._voice = look, voice
        self._state = "none" if voice is None else "starting"
        self.mute, self.try_it = choice(), touchable(QPushButton())
        self.steps = [choice(str(step)) for step in range(1, LOUDEST + 1)]
        self.state = label("plain", wrap=True)
        above, below = QHBoxLayout(), QHBoxLayout()
        for button in (self.mute, *self.steps):
            above.addWidget(button)
        above.addStretch()
        below.addWidget(self.try_it)
        below.addWidget(self.state, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for line in (column, above, below):
            line.setSpacing(8)
        column.addLayout(above)
        column.addLayout(below)
        self.mute.clicked.connect(self._set_mute)
        for button in self.steps:
            button.clicked.connect(self._set_volume)
        self.try_it.clicked.connect(self._say_something)
        look.changed.connect(self.retranslate)
        for button in (self.mute, *self.steps):
            button.setEnabled(voice is not None)
        self.retranslate()

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """How the voice does."""
        self._state = health.voice
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        word = self._look.word
        for button, key in ((self.mute, "settings_mute"), (self.try_it, "settings_try_voice")):
            say(button, word(key))
        muted = self._voice is not None and self._voice.muted
        volume = round(self._voice.volume * LOUDEST) if self._voice is not None else 0
        self.mute.setChecked(muted)
        for step, button in enumerate(self.steps, 1):
            button.setChecked(step <= volume and not muted)
            button.setAccessibleName(word("settings_volume_step", step=step, of=LOUDEST))
        self.try_it.setEnabled(self._voice is not None and not muted)
        self.state.setText(self._how_it_does(muted=muted))

    def _how_it_does(self, *, muted: bool) -> str:
        if self._state.startswith("voice_"):
            return texts.error(self._state, {}, self._look.language)
        return self._look.word("settings_muted" if muted else _WELL.get(self._state, "settings_voice_well"))

    @Slot()
    def _set_mute(self) -> None:
        if self._voice is not None:
            self._voice.muted = self.mute.isChecked()
            self.chosen.emit({"muted": self._voice.muted})
            self.retranslate()

    @Slot()
    def _set_volume(self) -> None:
        """As loud as the step that was touched, which is heard at once."""
        if self._voice is not None:
            sender = self.sender()
            step = next(step for step, button in enumerate(self.steps, 1) if button is sender)
            self._voice.volume, self._voice.muted = step / LOUDEST, False
            self.chosen.emit({"volume": step, "muted": False})
            self.retranslate()
            self._say_something()

    @Slot()
    def _say_something(self) -> None:
        if self._voice is not None:
            self._voice.say(self._look.word("settings_try_phrase"), self._look.language)
