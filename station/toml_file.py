"""Strict TOML: every key is known, every value in its range, and what is wrong is said with its line."""

import json
import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

Value = str | int | float | bool


class FileError(Exception):
    """A configuration file that cannot be used; `params` says where and why."""

    code: ClassVar[str] = "file_invalid"

    def __init__(self, **params: str | float) -> None:
        super().__init__(self.code, params)
        self.params = params


class FileUnreadable(FileError):
    """Missing, not text, or not TOML."""

    code = "file_unreadable"


class FileNotUtf8(FileUnreadable):
    """Text of another encoding, as older Windows editors write it."""

    code = "file_not_utf8"


class FileUnwritable(FileError):
    """A configuration file that cannot be written."""

    code = "file_unwritable"


class UnknownKey(FileError):
    """A key that means nothing: a misspelt rule must not be silently without effect."""

    code = "key_unknown"


class MissingKey(FileError):
    """A key that has no default."""

    code = "key_missing"


class BadValue(FileError):
    """A value of the wrong kind or outside its range."""

    code = "value_invalid"


@dataclass(frozen=True, slots=True)
class Text:
    """Any text; one that is blank only where that means something."""

    blank: bool = False

    def accepts(self, value: object) -> bool:
        """Whether the value fits."""
        return isinstance(value, str) and (self.blank or bool(value.strip()))

    def __str__(self) -> str:
        """What is expected, for the sentence."""
        return '"…"'


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def accepts(self, value: object) -> bool:
        """Whether the value fits."""
        return value in self.words

    def __str__(self) -> str:
        """What is expected, for the sentence."""
        return " | ".join(f'"{word}"' for word in self.words)


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def accepts(self, value: object) -> bool:
        """Whether the value fits."""
        return isinstance(value, bool)

    def __str__(self) -> str:
        """What is expected, for the sentence."""
        return "true | false"


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `low` to `high`."""

    low: float
    high: float
    whole: bool = False

    def accepts(self, value: object) -> bool:
        """Whether the value fits."""
        if isinstance(value, bool) or not isinstance(value, int if self.whole else int | float):
            return False
        return self.low <= value <= self.high  # a NaN is between no two numbers

    def __str__(self) -> str:
        """What is expected, for the sentence."""
        return f"{self.low:g} … {self.high:g}"


Rule = Text | Choice | Flag | Number


def parse(
    content: bytes, name: str, rules: Mapping[str, Rule], defaults: Mapping[str, Value] | None = None
) -> dict[str, Value]:
    """The values in a TOML document of flat keys; keys left out take their default.

    Raises:
        FileError: With the file's name and the line.
    """
    try:
        text = content.decode("utf-8-sig")  # Windows' editors begin with a mark
        values = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise FileNotUtf8(file=name) from error
    except (ValueError, RecursionError) as error:  # not text, not TOML, a number or a nesting beyond measure
        raise FileUnreadable(file=name, problem=str(error)) from error
    for key, value in values.items():
        if key not in rules:
            raise UnknownKey(file=name, line=_line(text, key), key=key)
        if not rules[key].accepts(value):
            raise BadValue(file=name, line=_line(text, key), key=key, value=_shown(value), expected=str(rules[key]))
    complete = {**(defaults or {}), **values}
    for key in rules:
        if key not in complete:
            raise MissingKey(file=name, key=key)
    return complete


def load(path: Path, rules: Mapping[str, Rule], defaults: Mapping[str, Value]) -> dict[str, Value]:
    """The values in a file; the defaults where there is none.

    Raises:
        FileError: Unreadable, an unknown key or a wrong value, with the line.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        content = b""
    except OSError as error:
        raise FileUnreadable(file=str(path), problem=error.strerror or str(error)) from error
    return parse(content, path.name, rules, defaults)


def save(path: Path, values: Mapping[str, Value], rules: Mapping[str, Rule]) -> None:
    """Write values so that `load` gives them back; the file appears whole or stays as it was.

    Raises:
        FileError: A value it could not be read back with, or the file cannot be written.
    """
    content = "".join(f"{key} = {_written(value)}\n" for key, value in values.items()).encode(errors="surrogatepass")
    parse(content, path.name, rules)
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


def _written(value: Value) -> str:
    """A TOML value: JSON's are TOML's, but TOML wants DEL escaped too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _shown(value: object) -> str:
    """A value as it stands in the file, so that "48" is not taken for 48."""
    return (json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value))[:40]


def _line(text: str, key: str) -> int:
    found = re.search(rf"""^[ \t]*\[?["']?{re.escape(key)}\b""", text, re.MULTILINE)
    return 1 if found is None else text.count("\n", 0, found.start()) + 1
