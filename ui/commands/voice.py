"""`station voice`: say a text as the station says it, or write it to a WAV file."""

import argparse
import queue
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from station.texts import Language
from station.voice import Voice, VoiceState
from station.voice_child import save_speech
from ui import console
from ui.arguments import filled
from ui.parser import add_common

_SLOWEST_S = 60.0


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    parser.add_argument("text", type=filled, metavar="TEXT", help="要说的话 · what to say")
    parser.add_argument("--to", type=_wav, metavar="FILE.wav", help="写入文件，不播放 · into a file, unheard")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Say it, or write it."""
    language: Language = options.language
    if options.to is None:
        _say(options.text, language)
    else:
        _write(options.text, language, options.to)
    if options.json:
        console.say_json({"text": options.text, "file": str(options.to) if options.to else None})
    elif options.to:
        console.say(str(options.to))
    return 0


def _wav(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".wav":
        raise console.UsageError("voice_not_wav", file=text)
    return path


def _say(text: str, language: Language) -> None:
    """Through the voice the desk has, so that what is heard here is heard there."""
    states: queue.SimpleQueue[VoiceState] = queue.SimpleQueue()
    with Voice(language, states.put) as voice:
        spoken, state = False, VoiceState.STARTING
        while not (spoken and state is VoiceState.READY):
            try:
                state = states.get(timeout=_SLOWEST_S)
            except queue.Empty:
                state = VoiceState.NO_ENGINE
            if state.silent:
                raise console.UsageError(str(state))
            if state is VoiceState.READY and not spoken:
                voice.say(text)
            spoken = spoken or state is VoiceState.SPEAKING


def _write(text: str, language: Language, path: Path) -> None:
    with TemporaryDirectory(prefix="station-voice-") as folder:
        made = Path(folder) / "speech.wav"
        if problem := save_speech(text, language, made):
            raise console.UsageError("voice_failed", problem=problem)
        try:
            shutil.copyfile(made, path)
        except OSError as error:
            raise console.UsageError("file_unwritable", file=str(path), problem=error.strerror or "") from error
