"""The command line: `station COMMAND …`. Each command is a file in `ui/commands`; here they are put together."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from station.config import load_config
from station.home import config_path
from station.texts import Language
from ui import console
from ui.arguments import Parser
from ui.commands import check, decide, doctor, imports, issue, log, people, run

_COMMANDS = (run, check, issue, log, decide, people, imports, doctor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: what the command says, 64 for misuse, 70 for an internal error."""
    language: Language = "zh"
    logging.basicConfig(level=os.environ.get("STATION_LOG", "ERROR"), format="%(levelname)s %(name)s: %(message)s")
    try:
        options = _parser().parse_args(arguments)
        language = options.language or _configured_language()
        options.language = language
        code: int = options.run(options)
    except console.KNOWN as problem:
        console.warn(console.sentence(problem, language))
        return console.MISUSE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `station log | head` is no error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:
        logging.getLogger(__name__).debug("internal error", exc_info=True)
        console.warn(console.sentence(problem, language))
        return console.INTERNAL
    return code


def _parser() -> Parser:
    parser = Parser(prog="station", description="查验台 · Checkpoint Station", allow_abbrev=False)
    parser.set_defaults(language=None)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--language", choices=("zh", "en"), help="语言 · language of the answers")
    common.add_argument("--json", action="store_true", help="一个 JSON 对象 · answer with one JSON object")
    for command in _COMMANDS:
        command.add(commands, common)
    return parser


def _configured_language() -> Language:
    return "en" if load_config(config_path()).language == "en" else "zh"


if __name__ == "__main__":
    sys.exit(main())
