"""Arguments of the command line: what is typed, turned into values, or a sentence that says what is wrong."""

import argparse
import re
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

from shifts.model import SHANGHAI
from station.policy import MAX_PEOPLE
from ui.console import UsageError

MOST_SEED = 2**31 - 1
MOST_BYTES = 20_000_000
"""Bytes of a file that is read whole, where its kind has no fewer (`station.library.MOST`)."""
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]+)?", re.ASCII)
_SECONDS = re.compile(r"[0-9]{1,5}(\.[0-9]+)?", re.ASCII)
_MINUTE = "%Y-%m-%dT%H:%M"
_TAIL = re.compile(r"[0-9]{3}[0-9X]", re.ASCII)


def plain(text: str) -> str:
    """A typed text with full-width characters made ordinary."""
    return unicodedata.normalize("NFKC", text).strip()


def celsius(text: str) -> float:
    """A temperature in °C, written with a point."""
    typed = plain(text)
    if not _NUMBER.fullmatch(typed):
        raise UsageError("temperature_malformed", value=text)
    if len(typed.partition(".")[2]) > 1:
        raise UsageError("temperature_too_fine", celsius=typed)
    return float(typed)


def people(text: str) -> int:
    """How many people are in the vehicle."""
    typed = plain(text)
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= MAX_PEOPLE):
        raise UsageError("people_malformed", value=text)
    return int(typed)


def number(text: str) -> int:
    """How many: a whole number from 1."""
    typed = plain(text)
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 9 and int(typed)):
        raise UsageError("number_malformed", value=text)
    return int(typed)


def seed(text: str) -> int:
    """What a search begins from: a whole number of at most 31 bits."""
    typed = plain(text)
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 10 and int(typed) <= MOST_SEED):
        raise UsageError("seed_malformed", value=text, most=MOST_SEED)
    return int(typed)


def filled(text: str) -> str:
    """A text that is not blank: an unset variable of a script must not pass for an option that was left out."""
    if not text.strip():
        raise UsageError("argument_blank")
    return text


def moment(text: str) -> datetime:
    """An ISO 8601 instant, UTC; without a time zone it means Asia/Shanghai."""
    try:
        instant = datetime.fromisoformat(plain(text))
        return (instant if instant.tzinfo else instant.replace(tzinfo=SHANGHAI)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError("time_malformed", value=text) from error


def day(text: str) -> date:
    """A day as YYYY-MM-DD."""
    typed = plain(text)
    try:
        found = date.fromisoformat(typed)
    except ValueError as error:
        raise UsageError("day_malformed", value=text) from error
    if found.isoformat() != typed:
        raise UsageError("day_malformed", value=text)
    return found


def since(text: str) -> tuple[date, datetime | None]:
    """From when: a day as YYYY-MM-DD, or a minute of Beijing's clock as YYYY-MM-DDTHH:MM."""
    typed = plain(text).replace(" ", "T")
    if "T" not in typed:
        return day(text), None
    try:
        found = datetime.strptime(typed, _MINUTE).replace(tzinfo=SHANGHAI)
    except ValueError as error:
        raise UsageError("minute_malformed", value=text) from error
    if found.strftime(_MINUTE) != typed:
        raise UsageError("minute_malformed", value=text)
    return found.date(), found


def seconds(text: str) -> float:
    """A time to spend, more than none, at most a day."""
    typed = plain(text)
    if not _SECONDS.fullmatch(typed) or not 0 < float(typed) <= 86_400:
        raise UsageError("seconds_malformed", value=text)
    return float(typed)


def id_tail(text: str) -> str:
    """The last four characters of an ID number."""
    typed = plain(text).upper()
    if not _TAIL.fullmatch(typed):
        raise UsageError("id_tail_malformed", value=text)
    return typed


def read_file(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file that somebody named; of one that is too large, none is kept.

    Raises:
        UsageError: It cannot be read, or has more than `most` bytes.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise UsageError("file_unreadable", file=str(path), problem=error.strerror or str(error)) from error
    if len(content) > most:
        told = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1_000} KB"
        raise UsageError("file_too_large", file=str(path), most=told)
    return content


def add_actor(parser: argparse.ArgumentParser) -> None:
    """The option `--as`, of every command that changes something, or shows what not everybody may see."""
    text = "谁来做：工号，PIN 另问 · who does it: their code; the PIN is asked"
    parser.add_argument("--as", dest="actor", type=filled, metavar="CODE", help=text)
