"""Strict JSON: values are read at a named place, one by one, and what nobody asks for is an error."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from shifts.errors import MissingKey, NotJson, RepeatedKey, UnknownKey, WrongValue

T = TypeVar("T")
Read = Callable[[Any, str], T]
"""Reads a JSON value found at a place, e.g. `people[3].leave[0]`; raises `WrongValue` if it is none of its kind."""


def parse(text: str) -> object:
    """A document's value.

    Raises:
        NotJson: It is none, or nested too deeply.
        RepeatedKey: An object has a key twice.
        WrongValue: NaN or infinity.
    """
    try:
        found: object = json.loads(
            text.removeprefix("\ufeff"), object_pairs_hook=_no_repeats, parse_constant=_no_constant
        )
    except json.JSONDecodeError as error:
        raise NotJson(line=error.lineno, column=error.colno, what=error.msg) from error
    except RecursionError as error:
        raise NotJson(line=1, column=1, what="too deep") from error
    except ValueError as error:  # a number of thousands of digits
        raise NotJson(line=1, column=1, what="too long") from error
    return found


_NEEDED = object()


class JsonObject:
    """A JSON object whose keys are taken one by one; what is left at the end is unknown."""

    def __init__(self, value: object, where: str) -> None:
        """Of a value found at a place."""
        if not isinstance(value, dict):
            raise WrongValue(where=where or ".", need="object")
        self._left, self._where = dict(value), where

    def take(self, key: str, read: Read[T], default: Any = _NEEDED) -> T:
        """A key's value; without a default it has to be there."""
        if key in self._left:
            return read(self._left.pop(key), f"{self._where}.{key}" if self._where else key)
        if default is _NEEDED:
            raise MissingKey(where=self._where or ".", key=key)
        found: T = default
        return found

    def end(self) -> None:
        """Refuse what nobody took."""
        for key in self._left:
            raise UnknownKey(where=self._where or ".", key=key)


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise RepeatedKey(key=key)
        found[key] = value
    return found


def _no_constant(text: str) -> Any:
    raise WrongValue(where=text, need="number")


def text_value(value: Any, where: str) -> str:
    """A text of something."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise WrongValue(where=where, need="text")
    return value


def whole(least: int, most: int) -> Read[int]:
    """A whole number in a range."""

    def read(value: Any, where: str) -> int:
        if type(value) is not int or not least <= value <= most:
            raise WrongValue(where=where, need=f"{least}–{most}")
        return value

    return read


def number(least: float, most: float) -> Read[float]:
    """A number in a range."""

    def read(value: Any, where: str) -> float:
        if type(value) not in {int, float} or not least <= value <= most:
            raise WrongValue(where=where, need=f"{least:g}–{most:g}")
        return float(value)

    return read


def flag(value: Any, where: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise WrongValue(where=where, need="true or false")
    return value


def one_of(*choices: str) -> Read[str]:
    """One of these texts."""

    def read(value: Any, where: str) -> str:
        if not isinstance(value, str) or value not in choices:
            raise WrongValue(where=where, need=", ".join(choices))
        return value

    return read


def day_value(value: Any, where: str) -> date:
    """A day, as in 2026-10-01."""
    try:
        found = date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise WrongValue(where=where, need="day, e.g. 2026-10-01") from error
    if found.isoformat() != value:
        raise WrongValue(where=where, need="day, e.g. 2026-10-01")
    return found


def list_of(read: Read[T]) -> Read[tuple[T, ...]]:
    """A list of values of a kind."""

    def read_all(value: Any, where: str) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise WrongValue(where=where, need="list")
        return tuple(read(one, f"{where}[{number}]") for number, one in enumerate(value))

    return read_all


def map_of(read: Read[T]) -> Read[dict[str, T]]:
    """An object whose keys are names, of values of a kind."""

    def read_all(value: Any, where: str) -> dict[str, T]:
        if not isinstance(value, dict):
            raise WrongValue(where=where, need="object")
        return {text_value(key, where): read(one, f"{where}.{key}") for key, one in value.items()}

    return read_all
