"""The terminal as a face of the station: words in the user's language, tables that line up, errors as sentences."""

import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime

from shifts.model import SHANGHAI
from station import texts
from station.texts import Language
from station.texts_errors import ERRORS

PASSED, REFUSED, REVIEWED, MISUSE, INTERNAL, FORBIDDEN, INTERRUPTED = 0, 10, 20, 64, 70, 77, 130
"""Exit codes. 64, 70 and 77 are sysexits.h's EX_USAGE, EX_SOFTWARE and EX_NOPERM (not them, or not allowed to them);
130 is what a shell gives for Ctrl-C."""


class UsageError(Exception):
    """The command was given something it cannot use."""

    def __init__(self, code: str = "usage", **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def is_known(problem: BaseException) -> bool:
    """Whether an error is bad input with a sentence of its own, not a bug.

    Told by what every family of ours carries, its code and its figures, so that no family need be imported for it.
    """
    return isinstance(problem, OSError) or (hasattr(problem, "params") and getattr(problem, "code", None) in ERRORS)


def sentence(problem: BaseException, language: Language) -> str:
    """An error as people read it."""
    if isinstance(problem, OSError):
        named = {"file": str(problem.filename or "—"), "problem": problem.strerror or str(problem)}
        return texts.error("file_failed", named, language)
    if is_known(problem):
        return texts.error(problem.code, problem.params, language)  # type: ignore[attr-defined]  # `is_known` saw them
    return texts.error("internal", {"problem": f"{type(problem).__name__}: {problem}"}, language)


def say(text: str = "") -> None:
    """A line for the user."""
    print(text, flush=True)


def warn(text: str) -> None:
    """A line beside the answer."""
    print(text, file=sys.stderr, flush=True)


def say_json(value: object) -> None:
    """One JSON object on standard output."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose columns line up, Chinese characters counted as two."""
    widths = [max(map(width, column)) for column in zip(header, *rows, strict=True)]
    lines = [line(header, widths), "  ".join("─" * size for size in widths)]
    return "\n".join([*lines, *(line(row, widths) for row in rows)])


def line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """One line of a table."""
    padded = (cell + " " * (size - width(cell)) for cell, size in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def width(text: str) -> int:
    """Columns a text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def local_time(instant: datetime) -> str:
    """An instant as people at the checkpoint write it."""
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def choose(pairs: Mapping[str, tuple[str, str]], key: str, language: Language) -> str:
    """A word from one of the tables of texts; the key itself where it has none."""
    return texts.pick(pairs[key], language) if key in pairs else key
