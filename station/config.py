"""What this station is called and where it stands, from `station.toml` in its home."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from station import toml_file
from station.toml_file import Choice, Number, Rule, Text, Value


@dataclass(frozen=True, slots=True)
class Config:
    """The station's configuration.

    Attributes:
        station: Code of this station, unique in its district.
        checkpoint: Code of the checkpoint it stands at.
        checkpoint_name: The checkpoint's name, as people say it.
        language: `zh` or `en`.
        idle_minutes: After so many without a touch the desk is locked until its user gives the PIN.
        contact: Whom people ask about their data, a name or number; empty: the staff on site.
    """

    station: str
    checkpoint: str
    checkpoint_name: str
    language: str
    contact: str = ""
    idle_minutes: int = 10


_RULES: dict[str, Rule] = {
    "station": Text(),
    "checkpoint": Text(),
    "checkpoint_name": Text(),
    "language": Choice(("zh", "en")),
    "contact": Text(blank=True),
    "idle_minutes": Number(1, 120, whole=True),
}
_DEFAULTS: dict[str, Value] = {
    "station": "LS-1",
    "checkpoint": "LS",
    "checkpoint_name": "龙士",
    "language": "zh",
    "contact": "",
    "idle_minutes": 10,
}


def load_config(path: Path) -> Config:
    """The configuration in a file; the defaults where there is none.

    Raises:
        FileError: Unreadable, an unknown key or a wrong value, with the line.
    """
    values: dict[str, Any] = toml_file.load(path, _RULES, _DEFAULTS)
    return Config(**values)


def save_config(path: Path, config: Config) -> None:
    """Write a configuration so that `load_config` gives it back; the file appears whole or stays as it was.

    Raises:
        FileError: A value it could not be read back with, or the file cannot be written.
    """
    toml_file.save(path, asdict(config), _RULES)
