"""Settings: language, theme, full screen, voice; everything that is wrong now; and the way out."""

from typing import Protocol

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from station.texts import Language
from station.view import Health
from ui.look import Look
from ui.small_widgets import label, touchable
from ui.status import troubles
from ui.theme import ThemeName

_LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "English"}
_SURE_MS = 5000


class Audible(Protocol):
    """What the page needs of a voice."""

    muted: bool

    def say(self, text: str, language: Language | None = None) -> None:
        """Say a phrase."""


class SettingsPage(QWidget):
    """A small page of large buttons. `leave` is emitted when the station is to be quit."""

    full_screen = Signal()
    leave = Signal()

    def __init__(self, look: Look, voice: Audible | None = None) -> None:
        super().__init__()
        self._look, self._voice = look, voice
        self._health: Health | None = None
        self._sure = False
        self.languages = {code: _choice(name) for code, name in _LANGUAGES.items()}
        self.themes = {name: _choice() for name in ThemeName}
        self.full = touchable(QPushButton())
        self.mute, self.try_voice = _choice(), touchable(QPushButton())
        self.quit = touchable(QPushButton())
        self.wrong = label("plain", wrap=True)
        self._labels: dict[str, QLabel] = {}
        self._lay_out()
        self._connect()
        self._calm = QTimer(self, singleShot=True, interval=_SURE_MS)
        self._calm.timeout.connect(self._not_sure)
        look.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(24, 20, 24, 20)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        rows: list[tuple[str, list[QPushButton]]] = [
            ("settings_language", list(self.languages.values())),
            ("settings_theme", list(self.themes.values())),
            ("settings_screen", [self.full]),
        ]
        if self._voice is not None:
            rows.append(("settings_voice", [self.mute, self.try_voice]))
        for row, (key, buttons) in enumerate(rows):
            self._labels[key] = QLabel()
            grid.addWidget(self._labels[key], row, 0)
            line = QHBoxLayout()
            line.setSpacing(8)
            for button in buttons:
                line.addWidget(button)
            line.addStretch()
            grid.addLayout(line, row, 1)
        self._labels["settings_troubles"] = QLabel()
        grid.addWidget(self._labels["settings_troubles"], len(rows), 0)
        grid.addWidget(self.wrong, len(rows), 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(rows) + 1, 1)
        end = QHBoxLayout()
        end.addStretch()
        end.addWidget(self.quit)
        around = QVBoxLayout(self)
        around.setContentsMargins(12, 12, 12, 12)
        around.addWidget(card, 1)
        around.addLayout(end)

    def _connect(self) -> None:
        for button in self.languages.values():
            button.clicked.connect(self._choose_language)
        for button in self.themes.values():
            button.clicked.connect(self._choose_theme)
        self.full.clicked.connect(self.full_screen)
        self.mute.clicked.connect(self._set_mute)
        self.try_voice.clicked.connect(self._try_voice)
        self.quit.clicked.connect(self._quit)

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """What is wrong now."""
        self._health = health
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        word = self._look.word
        for key, shown in self._labels.items():
            shown.setText(word(key))
        for name, button in self.themes.items():
            button.setText(word(f"theme_{name}"))
            button.setChecked(name is self._look.theme_name)
            button.setAccessibleName(word(f"theme_{name}"))
        for code, button in self.languages.items():
            button.setChecked(code == self._look.language)
            button.setAccessibleName(button.text())
        for button, key in (
            (self.full, "settings_full"),
            (self.mute, "settings_mute"),
            (self.try_voice, "settings_try_voice"),
            (self.quit, "settings_quit_sure" if self._sure else "settings_quit"),
        ):
            button.setText(word(key))
            button.setAccessibleName(word(key))
        if self._voice is not None:
            self.mute.setChecked(self._voice.muted)
        found = troubles(self._health, self._look) if self._health else ()
        self.wrong.setText("\n".join(found) or word("settings_all_well"))

    @Slot()
    def _choose_language(self) -> None:
        sender = self.sender()
        self._look.speak(next(code for code, button in self.languages.items() if button is sender))
        self.retranslate()

    @Slot()
    def _choose_theme(self) -> None:
        sender = self.sender()
        self._look.wear(next(name for name, button in self.themes.items() if button is sender))
        self.retranslate()

    @Slot()
    def _set_mute(self) -> None:
        if self._voice is not None:
            self._voice.muted = self.mute.isChecked()

    @Slot()
    def _try_voice(self) -> None:
        if self._voice is not None:
            self._voice.say(self._look.word("settings_try_phrase"), self._look.language)

    @Slot()
    def _quit(self) -> None:
        if self._sure:
            self.leave.emit()
        else:
            self._sure = True
            self._calm.start()
            self.retranslate()

    @Slot()
    def _not_sure(self) -> None:
        self._sure = False
        self.retranslate()


def _choice(text: str = "") -> QPushButton:
    button = touchable(QPushButton(text))
    button.setCheckable(True)
    return button
