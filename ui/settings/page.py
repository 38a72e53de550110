"""Settings: language, theme, screen, voice, camera; everything that is wrong now; and the way out."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from scanner.camera import CameraInfo
from station.access import Action
from station.desk import Desk
from station.texts import Language
from station.toml_file import FileError, FileUnwritable
from station.view import Health
from ui import console
from ui.look import Look
from ui.settings.camera import CameraCard, ListCameras
from ui.settings.voice import Audible, VoiceControls
from ui.small_widgets import choice, label, say, touchable
from ui.status import troubles
from ui.theme import ThemeName

_LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "English"}
_SURE_MS = 5000


class SettingsPage(QWidget):
    """A page of large buttons; each choice counts at once.

    Args:
        look: Words and colours.
        desk: Who looks through the camera.
        voice: The voice, if there is one.
        cameras: Lists the cameras plugged in; None: the pictures are not a camera's.
        camera: The one chosen before.
    """

    full_screen = Signal()
    chosen = Signal(object)
    """What was chosen, as fields of `station.preferences.Preferences`."""
    leave = Signal()
    """The station is to be quit."""

    def __init__(
        self,
        look: Look,
        desk: Desk,
        voice: Audible | None = None,
        *,
        cameras: ListCameras | None = None,
        camera: CameraInfo | None = None,
    ) -> None:
        super().__init__()
        self._look = look
        self._health: Health | None = None
        self._problem: FileError | None = None
        self._sure = False
        self.languages = {code: choice(name) for code, name in _LANGUAGES.items()}
        self.themes = {name: choice() for name in ThemeName}
        self.full, self.quit = touchable(QPushButton()), touchable(QPushButton())
        self.voice = VoiceControls(look, voice)
        self.camera = CameraCard(look, desk, cameras, camera)
        self.wrong = label("plain", wrap=True)
        self.screen_line = QHBoxLayout()
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
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        self.screen_line.addWidget(self.full)
        rows: tuple[tuple[str, QHBoxLayout | VoiceControls], ...] = (
            ("settings_language", _line(*self.languages.values())),
            ("settings_theme", _line(*self.themes.values())),
            ("settings_screen", self.screen_line),
            ("settings_voice", self.voice),
        )
        for row, (key, content) in enumerate(rows):
            self._labels[key] = QLabel()
            grid.addWidget(self._labels[key], row, 0)
            if isinstance(content, VoiceControls):
                grid.addWidget(content, row, 1)
            else:
                content.addStretch()
                content.setSpacing(8)
                grid.addLayout(content, row, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(rows), 1)
        self._labels["settings_troubles"] = QLabel()
        end = QHBoxLayout()
        end.setSpacing(16)
        end.addSpacing(16)
        end.addWidget(self._labels["settings_troubles"])
        end.addWidget(self.wrong, 1)
        end.addWidget(self.quit)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        cards.addWidget(card, 5)
        cards.addWidget(self.camera, 4)
        around = QVBoxLayout(self)
        around.setContentsMargins(12, 12, 12, 12)
        around.setSpacing(12)
        around.addLayout(cards, 1)
        around.addLayout(end)

    def _connect(self) -> None:
        for button in self.languages.values():
            button.clicked.connect(self._choose_language)
        for button in self.themes.values():
            button.clicked.connect(self._choose_theme)
        self.full.clicked.connect(self.full_screen)
        self.voice.chosen.connect(self.chosen)
        self.quit.clicked.connect(self._quit)

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """What is wrong now."""
        self._health = health
        for card in (self.voice, self.camera):
            card.setEnabled(health.user.may(Action.CONFIGURE))
        self.voice.show_health(health)
        self.camera.show_health(health)
        self.retranslate()

    @Slot(object)
    def show_problem(self, problem: FileError | None) -> None:
        """Why what is chosen is not found again at the next start; None: it is."""
        self._problem = problem
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
            (self.quit, "settings_quit_sure" if self._sure else "settings_quit"),
        ):
            say(button, word(key))
        found = [*(troubles(self._health, self._look) if self._health else ()), *self._own_troubles()]
        self.wrong.setText("\n".join(found) or word("settings_all_well"))

    def _own_troubles(self) -> tuple[str, ...]:
        if self._problem is None:
            return ()
        key = "settings_not_kept" if isinstance(self._problem, FileUnwritable) else "settings_not_read"
        return (self._look.word(key, problem=console.sentence(self._problem, self._look.language)),)

    @Slot()
    def _choose_language(self) -> None:
        sender = self.sender()
        language = next(code for code, button in self.languages.items() if button is sender)
        self._look.speak(language)
        self.chosen.emit({"language": language})
        self.retranslate()

    @Slot()
    def _choose_theme(self) -> None:
        sender = self.sender()
        theme = next(name for name, button in self.themes.items() if button is sender)
        self._look.wear(theme)
        self.chosen.emit({"theme": theme.value})
        self.retranslate()

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


def _line(*buttons: QPushButton) -> QHBoxLayout:
    line = QHBoxLayout()
    for button in buttons:
        line.addWidget(button)
    return line
