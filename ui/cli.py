"""The command line: `station COMMAND …`. Each command is a file in `ui/commands`, imported when it is asked for."""

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from station.config import Config, load_config
from station.preferences import load_preferences
from station.texts import LANGUAGES, Language
from station.toml_file import FileError
from ui import console
from ui.parser import Parser, add_language

_COMMANDS = {
    "run": ("run", "启动查验台 · start the station"),
    "check": ("check", "核验一辆车的照片 · check one vehicle's pictures"),
    "issue": ("issue", "签发演示码 · issue a signed code"),
    "log": ("log", "通行记录 · the passage log"),
    "verify": ("verify", "核对防篡改链 · is the log as it was written"),
    "export": ("export", "导出通行记录，附签名清单 · passages into a file, with a signed manifest"),
    "verify-export": ("verify_export", "核对导出的文件 · is an exported file as it was written"),
    "backup": ("backup", "备份记录库 · a verified copy of the log"),
    "restore": ("restore", "从备份恢复 · a backup becomes the log"),
    "key": ("key", "密钥的恢复副本 · the station's key on paper, and back"),
    "figures": ("figures", "汇总数字 · passages, verdicts, reasons and reviews, counted"),
    "retention": ("retention", "个人信息的保留与清除 · how long personal data is kept"),
    "decide": ("decide", "处置一条记录 · decide on a passage"),
    "people": ("people", "人员与签到 · people and sign-in"),
    "badge": ("badge", "胸牌，打印剪下 · badges, to print and cut out (PDF)"),
    "roster": ("roster", "排班 · rosters: generate, check, publish, export, repair"),
    "handover": ("handover", "交接班 · handovers: a shift's sheet, what is not done"),
    "swap": ("swap", "换班 · the swaps of a roster"),
    "trust": ("imports", "信任列表 · trust list (PEM, DER, JSON)"),
    "policy": ("imports", "查验政策 · policy (TOML)"),
    "watchlist": ("imports", "重点关注名单 · watchlist (CSV)"),
    "sampling-points": ("imports", "采样点 · sampling points (CSV)"),
    "voice": ("voice", "说一句话 · say a text, or write it to a WAV file"),
    "notice": ("notice", "个人信息告知，打印张贴 · the privacy notice, to print (PDF)"),
    "doctor": ("doctor", "体检 · is this machine fit"),
}
"""Each command's module and what it is for: `station --help` waits for neither OpenCV nor SQL."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: what the command says, or one of those in `console`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _never_fail_to_print()
    logging.basicConfig(level=os.environ.get("STATION_LOG", "CRITICAL"), format="%(levelname)s %(name)s: %(message)s")
    try:
        options = _parser(given).parse_args(given)
        options.language = _language(given)
        if options.command != "doctor":  # a station that is configured wrongly serves nobody else
            _configuration()
        code: int = options.run(options)
        sys.stdout.flush()  # a reader that went away is noticed here, not by the interpreter on its way out
    except KeyboardInterrupt:
        return console.INTERRUPTED
    except BrokenPipeError:  # `station log | head` is no error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:
        logging.getLogger(__name__).debug("the command ended", exc_info=True)
        text = console.sentence(problem, _language(given))
        console.warn(text)
        if "--json" in given:
            told = {"code": getattr(problem, "code", "internal"), "text": text}
            console.say_json({"error": told | getattr(problem, "details", {})})
        return _exit_code(problem)
    return code


def _exit_code(problem: Exception) -> int:
    from station.access import AccessError  # noqa: PLC0415 -- brings SQL, which help need not wait for

    if isinstance(problem, AccessError):
        return console.FORBIDDEN
    return console.MISUSE if console.is_known(problem) else console.INTERNAL


def _parser(given: Sequence[str]) -> Parser:
    parser = Parser(prog="station", description="查验台 · Checkpoint Station", allow_abbrev=False)
    add_language(parser)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    wanted = next((word for word in given if word in _COMMANDS), None)
    for name, (module_name, text) in _COMMANDS.items():
        command = commands.add_parser(name, help=text, allow_abbrev=False)
        if name == wanted:
            module = import_module(f"ui.commands.{module_name}")
            command.description = module.__doc__
            module.declare(command)
    return parser


def _language(given: Sequence[str]) -> Language:
    """The language asked for, chosen at the desk, or configured; found out without complaint: complaints need it."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--language", nargs="?")
    asked = parser.parse_known_args(given)[0].language
    wanted = asked if asked in LANGUAGES else None
    for language in (_chosen_language, lambda: _configuration().language):
        with suppress(FileError):
            wanted = wanted or language()
    return "en" if wanted == "en" else "zh"


def _chosen_language() -> Language | None:
    from station.home import preferences_path  # noqa: PLC0415 -- as below

    return load_preferences(preferences_path()).language


def _configuration() -> Config:
    from station.home import config_path  # noqa: PLC0415 -- brings cryptography, which help need not wait for

    return load_config(config_path())


def _never_fail_to_print() -> None:
    """A terminal without ✓ or Chinese shows a question mark, and the verdict stands."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
