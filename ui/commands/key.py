"""`station key`: the station's key on paper, for the day its disk dies; read back typed or by its QR."""

import argparse
import sys
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from db import recovery
from db.errors import RecoveryWrong
from scanner.camera import CameraState, open_camera
from scanner.reader import LIVE, STILL, Budget, Image, QrReader
from scanner.source import load_image
from station import backup, texts, texts_recovery
from station.backup import RecoveryCopy
from station.config import Config, load_config
from station.home import config_path, database_path
from station.texts import Language, Pair, pick
from ui import console
from ui.arguments import add_actor, filled, read_file
from ui.console import UsageError
from ui.opening import open_log
from ui.parser import add_common
from ui.pins import acting
from ui.recovery_pdf import pdf_of
from ui.saving import new_secret

_SECRET: Pair = (
    "已写入 {file}，只有本用户可读：请打印或取走，并从本机删去",
    "Written to {file}, which nobody else can read: print it or take it away, and delete it here",
)
_DONE: Pair = (
    "密钥已就位：{file}\n指纹：{key}（与恢复副本上的核对）",
    "The key is in place: {file}\nFingerprint: {key} (compare it with the recovery copy's)",
)
_HOLD_UP: Pair = ("请把二维码拿到摄像头前", "Hold the QR up to the camera")
_ASK: Pair = ("第 {number} 组：", "Group {number}: ")
_PAGE, _PLAIN = ".pdf", ".txt"


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=type(parser))
    text = "写出恢复副本 · write the recovery copy"
    copy = actions.add_parser("recovery-copy", help=text, description=text, allow_abbrev=False)
    add_common(copy)
    add_actor(copy)
    out = "打印用 .pdf，存 U 盘可用 .txt；缺省显示在屏幕上 · .pdf to print, .txt for a stick; else it is shown"
    copy.add_argument("--out", type=Path, metavar="FILE", help=out)
    copy.add_argument("--database", type=filled, metavar="PATH|URL")
    copy.set_defaults(run=_copy)
    text = "读回恢复副本 · read the recovery copy back"
    restore = actions.add_parser("restore", help=text, description=text, allow_abbrev=False)
    add_common(restore)
    source = restore.add_mutually_exclusive_group()
    source.add_argument("file", type=Path, nargs="?", metavar="FILE.txt", help="缺省逐组输入 · else it is asked for")
    source.add_argument("--photo", type=Path, metavar="FILE", help="拍下的二维码 · a picture of its QR")
    camera = "拿到摄像头前，不留照片 · hold its QR up to the camera, which keeps no picture"
    source.add_argument("--camera", nargs="?", const="", metavar="NAME", help=camera)
    restore.add_argument("--database", type=Path, metavar="PATH")
    restore.set_defaults(run=_restore)


def _copy(options: argparse.Namespace) -> int:
    out, config, now = options.out, load_config(config_path()), datetime.now(UTC)
    if out is not None and out.suffix.lower() not in {_PAGE, _PLAIN}:
        raise UsageError("recovery_file")
    with open_log(options.database, options.language, create=False) as database:
        actor = acting(options, database)
        make = partial(backup.recovery_copy, database, actor=actor, station=config.station, now=now)
        if out is None:
            copy = make()
        else:
            with new_secret(out) as file:  # before it is on record: where nothing can be written no copy was made
                copy = make()
                text = _text(copy, config, now, options.language)
                file.write(pdf_of(copy, config, now) if out.suffix.lower() == _PAGE else text.encode())
    if options.json:
        shown = {"groups": copy.groups} if out is None else {"file": str(out)}
        console.say_json({**shown, "public_key": copy.public_key})
    elif out is None:
        console.say(_text(copy, config, now, options.language))
    else:
        console.say(pick(_SECRET, options.language).format(file=out))
    return console.PASSED


def _text(copy: RecoveryCopy, config: Config, now: datetime, language: Language) -> str:
    """The copy without its QR."""
    said = texts_recovery
    groups = [f"    {number}  {group}" for number, group in enumerate(copy.groups, 1)]
    parts = [f"{pick(heading, language)}\n{pick(sentence, language)}\n" for heading, sentence in said.PARTS]
    head = [f"{pick(said.TITLE, language)}  {said.whose(config, now)}", pick(said.CARE, language)]
    return "\n".join([*head, "", *groups, "", f"{pick(said.PUBLIC_KEY, language)}\n{copy.public_key}\n", *parts])


def _restore(options: argparse.Namespace) -> int:
    path = options.database or database_path()
    if options.photo is not None:
        groups = _photographed(options.photo)
    elif options.camera is not None:
        groups = _held_up(options.camera or None, options.language)
    elif options.file is not None:
        groups = _written(options.file)
    else:
        groups = _ask(options.language)
    told = {"file": f"{path}.key", "key": backup.restore_key(path, recovery.key_of(groups))}
    if options.json:
        console.say_json({"key": told["file"], "public_key": told["key"]})
    else:
        console.say(pick(_DONE, options.language).format(**told))
    return console.PASSED


def _written(file: Path) -> list[str]:
    try:
        return recovery.groups_in(read_file(file).decode())
    except UnicodeDecodeError as error:
        raise UsageError("recovery_incomplete", need=recovery.GROUPS, given=0) from error


def _photographed(picture: Path) -> list[str]:
    if groups := _seen(load_image(picture), STILL):
        return groups
    raise UsageError("recovery_unseen", file=str(picture))


def _held_up(which: str | None, language: Language) -> list[str]:
    """Whatever copy comes before the camera; Ctrl-C ends the waiting."""

    def tell(state: CameraState) -> None:
        if state not in {CameraState.STARTING, CameraState.LIVE}:
            console.warn(texts.error(state.value, {}, language))

    console.warn(pick(_HOLD_UP, language))
    with closing(open_camera(which, on_state=tell)) as source:
        while (frame := source.read()) is not None:
            if groups := _seen(frame.image, LIVE):
                return groups
    raise UsageError("recovery_unseen", file=source.name)


def _seen(picture: Image, budget: Budget) -> list[str]:
    """The groups in a picture's QR, whatever other codes it shows; none where there is none."""
    said = (symbol.text for symbol in QrReader().read(picture, budget))
    return next((recovery.groups_in(text) for text in said if recovery.is_code(text)), [])


def _ask(language: Language) -> list[str]:
    """Group by group, or all at once from a hand scanner; at a terminal a mistyped group is asked again at once."""
    at_terminal = sys.stdin is not None and sys.stdin.isatty()
    typed: list[str] = []
    while len(typed) < recovery.GROUPS:
        number = len(typed) + 1
        if at_terminal:
            print(pick(_ASK, language).format(number=number), end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if not line:
            break
        if recovery.is_code(line):
            return recovery.groups_in(line)
        try:
            recovery.read_group(number, line)
        except RecoveryWrong as wrong:
            if not at_terminal:
                raise
            console.warn(texts.error(wrong.code, wrong.params, language))
        else:
            typed.append(line)
    return typed
