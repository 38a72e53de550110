"""The running desk's own log: `logs/station.log` in its folder, a JSON object a line, and nothing of anybody in it.

What may be written is a closed set: the words of the program's own log calls, which stand in its source, numbers,
codes that it has sentences for, ids of rows, and of an error its type, its code and where it was raised. No other text
gets in, whatever a call or an error holds: neither a plate nor a name, not what somebody typed, nor a file's path.
"""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from station.texts_errors import ERRORS

SIZE, FILES = 1 << 20, 6
"""Bytes of a file, and how many there are: weeks of a desk that is well, days of one that is not."""
_OURS = ("db", "scanner", "shifts", "station", "ui")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FRAMES = 12


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """Write what is logged meanwhile into a folder. Where that cannot be, nothing else is the worse for it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _File(folder / "station.log", maxBytes=SIZE, backupCount=FILES - 1, encoding="utf-8")
    except OSError:
        yield
        return
    root = logging.getLogger()
    before, others = root.level, [(other, other.level) for other in root.handlers]
    for other, level in others:  # the terminal hears no more of it than it did
        other.setLevel(max(level, before))
    root.setLevel(min(before, logging.INFO))
    handler.setFormatter(_Json())
    handler.addFilter(_is_to_be_kept)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        for other, level in others:
            other.setLevel(level)
        handler.close()


class _File(RotatingFileHandler):
    """A disk that is full costs a line of the log, and nobody a message about that."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Nothing."""


class _Json(logging.Formatter):
    """A record as a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
        }
        if _is_ours(record):
            line["event"] = record.msg
            if record.args:
                values = record.args if isinstance(record.args, tuple) else tuple(record.args.values())
                line["values"] = [_harmless(value) for value in values]
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = [_told_of(error) for error in _chain(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=False)


def _is_to_be_kept(record: logging.LogRecord) -> bool:
    """What libraries say while nothing is amiss is not."""
    return _is_ours(record) or record.levelno >= logging.WARNING


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in _OURS


def _harmless(value: object) -> object:
    """The value, if nobody can be known by it; else nothing."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, str):
        return value if value in ERRORS or _ID.fullmatch(value) else None
    if isinstance(value, int):
        return value if abs(value) < 1_000_000 else None  # an ID or a telephone number is longer
    return value if isinstance(value, float) else None


def _chain(error: BaseException) -> list[BaseException]:
    """The error, then what it came of."""
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found:
        found.append(following)
        following = following.__cause__ or following.__context__
    return found


def _told_of(error: BaseException) -> dict[str, Any]:
    """Type, code and places; never its message."""
    told: dict[str, Any] = {"type": f"{type(error).__module__}.{type(error).__qualname__}"}
    if isinstance(code := getattr(error, "code", None), str) and code in ERRORS:
        told["code"] = code
    if isinstance(result := getattr(error, "sqlite_errorcode", None), int):
        told["sqlite"] = result
    told["places"] = list(_places(error.__traceback__))[-_FRAMES:]
    return told


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next
