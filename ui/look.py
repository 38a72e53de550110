"""How the window looks and speaks: language and theme, changed at run time, told to every page by a signal."""

from PySide6.QtCore import QObject, Signal

from station import texts
from station.texts import Language
from ui.theme import THEMES, Theme, ThemeName
from ui.words import WORDS


class Look(QObject):
    """One for the whole window.

    Pages connect `changed` to their `retranslate`, and take every word and colour from here.
    """

    changed = Signal()

    def __init__(self, language: Language = "zh", theme: ThemeName = ThemeName.DAY) -> None:
        super().__init__()
        self._language = language
        self._theme = theme

    @property
    def language(self) -> Language:
        """The language in force."""
        return self._language

    @property
    def theme_name(self) -> ThemeName:
        """The theme in force."""
        return self._theme

    @property
    def theme(self) -> Theme:
        """Its palette."""
        return THEMES[self._theme]

    def speak(self, language: Language) -> None:
        """Change the language."""
        if language != self._language:
            self._language = language
            self.changed.emit()

    def wear(self, theme: ThemeName) -> None:
        """Change the theme."""
        if theme is not self._theme:
            self._theme = theme
            self.changed.emit()

    def word(self, key: str, **figures: object) -> str:
        """A label of `ui.words` in the language in force."""
        return texts.pick(WORDS[key], self._language).format(**figures)
