"""The command line's grammar: what every command takes, and wrong usage told as a sentence instead of argparse's."""

import argparse
import re
from typing import NoReturn

from station.texts import LANGUAGES
from ui.console import UsageError

_COMPLAINTS = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("usage_missing", r"the following arguments are required: (?P<what>.+)"),
        ("usage_unknown", r"unrecognized arguments: (?P<what>.+)"),
        ("usage_choice", r"argument (?P<what>.+?): invalid choice: (?P<value>.+?) \(choose from (?P<choices>.+)\)"),
        ("usage_value_missing", r"argument (?P<what>.+?): expected one argument"),
    )
)
"""argparse's complaints that an officer can run into; any other is passed on in its own English."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are `UsageError`s, so that every wrong use ends the same way."""

    def error(self, message: str) -> NoReturn:
        """Complain."""
        for code, pattern in _COMPLAINTS:
            if found := pattern.fullmatch(message):
                raise UsageError(code, **found.groupdict(), help=f"{self.prog} --help")
        raise UsageError(problem=message, help=f"{self.prog} --help")


def add_common(parser: argparse.ArgumentParser) -> None:
    """The options that every command takes."""
    add_language(parser)
    parser.add_argument("--json", action="store_true", help="一个 JSON 对象 · answer with one JSON object")


def add_language(parser: argparse.ArgumentParser) -> None:
    """The language, which may stand anywhere on the line."""
    parser.add_argument("--language", choices=LANGUAGES, help="语言 · language of the answers")
