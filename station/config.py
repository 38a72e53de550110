"""What this station is called and where it stands, from `station.toml` in its home."""

import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from station.toml_file import Choice, FileError, FileUnreadable, Rule, Text, Value, parse


class FileUnwritable(FileError):
    """A configuration file that cannot be written."""

    code = "file_unwritable"


@dataclass(frozen=True, slots=True)
class Config:
    """The station's configuration.

    Attributes:
        station: Code of this station, unique in its district.
        checkpoint: Code of the checkpoint it stands at.
        checkpoint_name: The checkpoint's name, as people say it.
        language: `zh` or `en`.
        contact: Whom people ask about their data, a name or number; empty: the staff on site.
    """

    station: str
    checkpoint: str
    checkpoint_name: str
    language: str
    contact: str = ""


_RULES: dict[str, Rule] = {
    "station": Text(),
    "checkpoint": Text(),
    "checkpoint_name": Text(),
    "language": Choice(("zh", "en")),
    "contact": Text(blank=True),
}
_DEFAULTS: dict[str, Value] = {
    "station": "LS-1",
    "checkpoint": "LS",
    "checkpoint_name": "龙士",
    "language": "zh",
    "contact": "",
}


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


def save_config(path: Path, config: Config) -> None:
    """Write a configuration so that `load_config` gives it back; the file appears whole or stays as it was.

    Raises:
        FileError: A value it could not be read back with, or the file cannot be written.
    """
    lines = (f"{key} = {_quoted(str(value))}\n" for key, value in asdict(config).items())
    content = "".join(lines).encode(errors="surrogatepass")
    parse(content, path.name, _RULES, _DEFAULTS)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise FileUnwritable(file=str(path), problem=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            draft.unlink()


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but TOML wants DEL escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
