"""What anybody at the desk may choose, and finds again at the next start: `preferences.toml` in the station's home.

What the station is and where it stands is an administrator's, and in `station.toml` (`station.config`).
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from station import toml_file
from station.texts import LANGUAGES, Language
from station.toml_file import Choice, Flag, Number, Rule, Text, Value

LOUDEST = 5
"""The voice's volume has this many steps."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """The desk as its officers like it.

    Attributes:
        language: None: as `station.toml` says.
        theme: Name of the window's theme.
        volume: Of the voice, 1 to `LOUDEST`.
        muted: Whether the voice keeps quiet.
        camera: Path of the camera to look through when it was chosen; empty: the first there is.
        camera_name: What its maker calls it, to find it again under another path.
    """

    language: Language | None = None
    theme: str = "day"
    volume: int = LOUDEST
    muted: bool = False
    camera: str = ""
    camera_name: str = ""


_RULES: dict[str, Rule] = {
    "language": Choice(("", *LANGUAGES)),
    "theme": Choice(("day", "night", "contrast")),
    "volume": Number(1, LOUDEST, whole=True),
    "muted": Flag(),
    "camera": Text(blank=True),
    "camera_name": Text(blank=True),
}


def load_preferences(path: Path) -> Preferences:
    """The preferences in a file; the defaults where there is none.

    Raises:
        FileError: Unreadable, an unknown key or a wrong value, with the line.
    """
    values: dict[str, Any] = toml_file.load(path, _RULES, _values(Preferences()))
    return Preferences(**{**values, "language": values["language"] or None})


def save_preferences(path: Path, preferences: Preferences) -> None:
    """Write preferences so that `load_preferences` gives them back; the file appears whole or stays as it was.

    Raises:
        FileError: A value it could not be read back with, or the file cannot be written.
    """
    toml_file.save(path, _values(preferences), _RULES)


def _values(preferences: Preferences) -> dict[str, Value]:
    return {**asdict(preferences), "language": preferences.language or ""}
