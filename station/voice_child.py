"""A running `voice_process`, as the voice's thread holds it."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from station import voice_process

PATIENCE_S = 10.0
"""How long a child may take over a phrase, or over its start."""
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class Child:
    """A child process, and a thread that passes on what it says.

    Args:
        tell: Told each answer, and None when the process has ended; on the reading thread.

    Raises:
        OSError: It cannot be started.
    """

    def __init__(self, tell: Callable[["Child", dict[str, Any] | None], None]) -> None:
        self._tell = tell
        # By its path, with nothing of ours to import: it needs nothing, and starts faster.
        self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and file
            [sys.executable, "-P", voice_process.__file__],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            creationflags=_NO_WINDOW,
        )
        self._requests = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)
        self.pid = self._process.pid
        self._reader = threading.Thread(target=self._read, name="voice answers", daemon=True)
        self._reader.start()

    def ask(self, text: str, language: str, volume: float, path: Path) -> None:
        """Ask for a phrase as a WAV file; one at a time, so that the pipe never fills."""
        request = {"text": text, "language": language, "volume": volume, "path": str(path)}
        with suppress(OSError):  # it has died, which its reader is about to say
            self._requests.write(json.dumps(request).encode() + b"\n")

    def kill(self) -> None:
        """End it as it stands; its reader will say so."""
        self._process.kill()

    def close(self) -> None:
        """Leave nothing of it."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        self._requests.close()
        self._answers.close()

    def _read(self) -> None:
        for line in self._answers:
            try:
                answer = json.loads(line)
            except ValueError:
                break  # torn by its death
            self._tell(self, answer)
        self._tell(self, None)


def save_speech(text: str, language: str, path: Path, volume: float = 1.0) -> str | None:
    """Speak into a WAV file, in a child of its own; what went wrong, or None. Takes as long as it takes."""
    answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
    child = Child(lambda _, answer: answers.put(answer))
    try:
        answer = answers.get(timeout=PATIENCE_S)
        if answer is not None and "ready" in answer:
            child.ask(text, language, volume, path)
            answer = answers.get(timeout=PATIENCE_S)
    except queue.Empty:
        return "the voice process does not answer"
    finally:
        child.close()
    if answer is None:
        return "the voice process has ended"
    return str(answer["problem"]) if "problem" in answer else None
