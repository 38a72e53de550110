"""What this station is called and where it stands, from `station.toml` in its home."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station.toml_file import Choice, FileUnreadable, Rule, Text, Value, parse


@dataclass(frozen=True, slots=True)
class Config:
    """The station's configuration.

    Attributes:
        station: Code of this station, unique in its district.
        checkpoint: Code of the checkpoint it stands at.
        checkpoint_name: The checkpoint's name, as people say it.
        language: `zh` or `en`.
    """

    station: str
    checkpoint: str
    checkpoint_name: str
    language: str


_RULES: dict[str, Rule] = {
    "station": Text(),
    "checkpoint": Text(),
    "checkpoint_name": Text(),
    "language": Choice(("zh", "en")),
}
_DEFAULTS: dict[str, Value] = {"station": "LS-1", "checkpoint": "LS", "checkpoint_name": "龙士", "language": "zh"}


def load_config(path: Path) -> Config:
    """The configuration in a file; the defaults where there is none.

    Raises:
        FileError: Unreadable, an unknown key or a wrong value, with the line.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        content = b""
    except OSError as error:
        raise FileUnreadable(file=str(path), problem=error.strerror or str(error)) from error
    values: dict[str, Any] = parse(content, path.name, _RULES, _DEFAULTS)
    return Config(**values)
