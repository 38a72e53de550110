"""Playing a WAV file so that it can be cut off at any moment: `aplay` on Linux, winsound on Windows."""

import shutil
import subprocess
import sys
import time
import wave
from pathlib import Path
from typing import Protocol

GRACE_S = 3.0
"""How much longer than its length a sound may take before its device counts as stuck."""


class PlayerMissing(Exception):
    """There is no program to play sound with."""


class Sound(Protocol):
    """A sound on its way to the ears."""

    problem: str
    """Why it was not heard, in the player's words; empty where it was."""

    def ended(self) -> bool:
        """Whether it is over, well or not."""

    def stop(self) -> None:
        """Cut it off, if it is not over."""


class _Aplay:
    def __init__(self, path: Path) -> None:
        player = shutil.which("aplay")
        if player is None:
            raise PlayerMissing
        self.problem = ""
        self._until = time.monotonic() + duration(path) + GRACE_S
        self._process = subprocess.Popen(  # noqa: S603 -- aplay by its whole path, and a file of ours
            [player, "-q", str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )

    def ended(self) -> bool:
        if self._process.poll() is None:
            if time.monotonic() < self._until:
                return False
            self.stop()
            self.problem = "the sound device does not answer"
        elif self._process.stderr is not None and not self._process.stderr.closed:
            said = self._process.communicate()[1].decode(errors="replace").strip().splitlines()
            if self._process.returncode != 0:
                self.problem = said[-1] if said else f"aplay ended with {self._process.returncode}"
        return True

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()


class _Winsound:
    def __init__(self, path: Path) -> None:
        self.problem = ""
        self._until = time.monotonic() + duration(path)
        if sys.platform == "win32":
            import winsound  # noqa: PLC0415 -- Windows only

            try:
                winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
            except RuntimeError as error:
                self.problem = str(error)

    def ended(self) -> bool:
        return bool(self.problem) or time.monotonic() >= self._until

    def stop(self) -> None:
        if sys.platform == "win32":
            import winsound  # noqa: PLC0415 -- Windows only

            winsound.PlaySound(None, winsound.SND_PURGE)


def play(path: Path) -> Sound:
    """Begin to play a WAV file.

    Raises:
        PlayerMissing: Nothing to play it with.
        OSError: It cannot be read, or the player not started.
    """
    return _Winsound(path) if sys.platform == "win32" else _Aplay(path)


def duration(path: Path) -> float:
    """Length of a WAV file, in seconds."""
    with wave.open(str(path), "rb") as sound:
        return sound.getnframes() / sound.getframerate()


def write_silence(path: Path, seconds: float = 0.05) -> None:
    """A WAV file in which nothing is heard, to try a device with."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(22050)
        sound.writeframes(bytes(2 * int(22050 * seconds)))
