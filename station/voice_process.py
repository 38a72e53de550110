"""The voice's child process: pyttsx3 turns one phrase at a time into a WAV file.

A process of its own, since pyttsx3's loop hangs in threads and a stuck engine can only be killed. It is run as a
file and imports nothing of ours, so that it stands in 0.15 s; it ends with its standard input, so that it never
outlives the station. One JSON object a line, in and out:

    →  {"text": "放行", "language": "zh", "volume": 1.0, "path": "…/1.wav"}
    ←  {"ready": true} once, then for each request {"path": "…/1.wav"} or {"problem": "…"}
"""

import ctypes
import json
import os
import re
import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

RATE = 175
"""Words a minute, as espeak counts them."""

_WAV_HEADER = 44
_ESPEAK_VOICES = {"zh": "cmn-latn-pinyin", "en": "en"}
"""`cmn` reads pinyin as English in espeak-ng 1.51; this voice is Mandarin in 1.51 and 1.52."""
_SAPI_VOICES = {"zh": ("zh-CN", "Chinese"), "en": ("en-", "English")}

_CELL = r"[A-Z0-9]"
_SPELLED = (
    # Between single letters, as in a plate, espeak takes A for the article.
    (re.compile(rf"\bA(?= {_CELL}\b)|(?<=\b{_CELL} )A\b"), "eh"),
    # espeak-ng 1.52 has no syllable qiong, and reads a lone 藏 as cáng.
    (re.compile(r"琼(?= )"), "海南"),
    (re.compile(r"藏(?= )"), "葬"),
)


def spelled(text: str) -> str:
    """A phrase as the engine has to see it in order to say it right."""
    for pattern, replacement in _SPELLED:
        text = pattern.sub(replacement, text)
    return text


class Engine:
    """pyttsx3's engine: espeak-ng, or SAPI5 on Windows. One a process.

    Raises:
        Exception: Whatever pyttsx3 raises where there is no engine.
        RuntimeError: Its Mandarin is not Mandarin.
    """

    def __init__(self) -> None:
        if sys.platform != "win32":
            _load_espeak()
        import pyttsx3  # noqa: PLC0415 -- only now would it find espeak

        self._engine: Any = pyttsx3.init()
        self._espeak = self._engine.driver_name == "espeak"
        self._problems: list[str] = []
        self._engine.connect("error", lambda exception=None, **_: self._problems.append(repr(exception)))
        self._settle()
        self._engine.runAndWait()  # its very first run comes back before the work is done; later ones wait for it
        if self._espeak and "(en)" in self.phonemes("放行", "zh"):
            raise RuntimeError("this espeak-ng reads Chinese as English")

    def save(self, text: str, language: str, volume: float, path: Path) -> None:
        """Speak a phrase into a WAV file.

        Raises:
            RuntimeError: The engine gave none.
        """
        path.unlink(missing_ok=True)
        self._problems.clear()
        engine = self._engine
        engine.setProperty("voice", self._voice(language))
        engine.setProperty("rate", RATE)
        engine.setProperty("volume", volume)
        engine.save_to_file(spelled(text), str(path))
        self._settle()
        engine.runAndWait()
        if self._problems or not path.exists() or path.stat().st_size <= _WAV_HEADER:
            raise RuntimeError("; ".join(self._problems) or "the engine wrote nothing")

    def phonemes(self, text: str, language: str) -> str:
        """How espeak says a phrase, in its own notation: `(en)` marks English, 1–5 tones."""
        from pyttsx3.drivers import _espeak  # noqa: PLC0415 -- not there under SAPI5

        _espeak.SetVoiceByName(_ESPEAK_VOICES[language].encode())
        to_phonemes = _espeak.dll.espeak_TextToPhonemes
        to_phonemes.restype, to_phonemes.argtypes = ctypes.c_char_p, (ctypes.c_void_p, ctypes.c_int, ctypes.c_int)
        rest = ctypes.c_char_p(spelled(text).encode())
        clauses = []
        while rest.value:
            clauses.append(to_phonemes(ctypes.byref(rest), 1, 0).decode())
        return " ".join(clauses)

    def _settle(self) -> None:
        """Wait until espeak's thread has taken the settings over: `runAndWait` begins by cancelling what it is at.

        Without this, one phrase in some 500 came out empty or at another volume.
        """
        if self._espeak:
            from pyttsx3.drivers import _espeak  # noqa: PLC0415 -- not there under SAPI5

            while _espeak.IsPlaying():
                time.sleep(0.0005)

    def _voice(self, language: str) -> str:
        if self._espeak:
            return _ESPEAK_VOICES[language]
        tag, word = _SAPI_VOICES[language]
        for voice in self._engine.getProperty("voices"):
            if word in voice.name or any(str(spoken).startswith(tag) for spoken in voice.languages or ()):
                return str(voice.id)
        raise RuntimeError(f"no voice for {language}")


def _load_espeak() -> None:
    """The espeak-ng that is installed with us, data and all, for pyttsx3 to find by its name."""
    try:
        espeak = import_module("espeakng_loader")
    except ImportError:
        return  # the system's own may serve
    os.environ["ESPEAK_DATA_PATH"] = espeak.get_data_path()
    ctypes.CDLL(espeak.get_library_path(), ctypes.RTLD_GLOBAL)


def main() -> None:
    """Serve requests until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the station, which ends us by closing our input
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # pyttsx3 prints there

    def answer(**values: object) -> None:
        print(json.dumps(values), file=answers, flush=True)

    try:
        engine = Engine()
    except Exception as problem:  # noqa: BLE001 -- whatever it is, the station shows it
        answer(problem=f"{type(problem).__name__}: {problem}")
        return
    answer(ready=True)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        path = Path(request["path"])
        try:
            engine.save(request["text"], request["language"], request["volume"], path)
        except Exception as problem:  # noqa: BLE001 -- one phrase that cannot be said is not the end
            answer(problem=f"{type(problem).__name__}: {problem}")
        else:
            answer(path=str(path))


if __name__ == "__main__":
    main()
