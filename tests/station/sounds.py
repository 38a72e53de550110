"""Ears for the voice: ALSA devices that need no hardware, and what was heard through them."""

import os
import queue
import shutil
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from station.voice import VoiceState

needs_aplay = pytest.mark.skipif(shutil.which("aplay") is None, reason="no aplay: tools/setup.sh brings alsa-utils")
PATIENCE_S = 30.0


class Ears:
    """A device that plays into a pipe: it takes a second and a half at once, and the rest as it is listened to."""

    def __init__(self, folder: Path) -> None:
        pipe = folder / "heard"
        os.mkfifo(pipe)
        self._pipe = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
        self.config = alsa(folder, f'type file slave.pcm {{ type null }} file "{pipe}" format raw')

    def listen(self) -> NDArray[np.int16]:
        """All samples heard since the last time."""
        heard = b""
        while True:
            try:
                heard += os.read(self._pipe, 1 << 16)
            except BlockingIOError:
                return np.frombuffer(heard, np.int16)

    def close(self) -> None:
        os.close(self._pipe)


class States:
    """The states a voice went through, waited for rather than slept for."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[VoiceState] = queue.SimpleQueue()
        self.seen: list[VoiceState] = []

    def __call__(self, state: VoiceState) -> None:
        self._queue.put(state)

    def until(self, wanted: VoiceState) -> None:
        """Wait for a state that has not been waited for yet."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            state = self._queue.get(timeout=max(deadline - time.monotonic(), 0.01))
            self.seen.append(state)
            if state is wanted:
                return

    @property
    def rest(self) -> Iterator[VoiceState]:
        """Those not waited for."""
        while not self._queue.empty():
            yield self._queue.get()


def alsa(folder: Path, device: str) -> Path:
    """An ALSA configuration with this one device."""
    config = folder / "asound.conf"
    config.write_text(f"pcm.!default {{ {device} }}\n")
    return config


def samples(path: Path) -> NDArray[np.int16]:
    """A mono WAV file of 16 bits."""
    with wave.open(str(path), "rb") as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 22050)
        return np.frombuffer(sound.readframes(sound.getnframes()), np.int16)


def loudness(heard: NDArray[np.int16]) -> float:
    """Root mean square, of 32767."""
    return float(np.sqrt(np.mean(heard.astype(float) ** 2))) if heard.size else 0.0


def ends_like(heard: NDArray[np.int16], phrase: NDArray[np.int16]) -> bool:
    """Whether a phrase is what was heard last. By its loudness over time: espeak says nothing twice quite alike.

    Nor does it end at quite the same sample, so the phrase is laid over the end a little earlier and later as well.
    """
    phrase, slack = np.trim_zeros(phrase), phrase.size // 5
    end = np.concatenate([np.zeros(slack, np.int16), np.trim_zeros(heard), np.zeros(slack, np.int16)])
    if np.trim_zeros(heard).size < phrase.size - slack:
        return False
    wanted = _envelope(phrase)
    starts = range(max(0, end.size - phrase.size - 2 * slack), end.size - phrase.size + 1, 100)
    return max(float(np.corrcoef(wanted, _envelope(end[at : at + phrase.size]))[0, 1]) for at in starts) > 0.9


def _envelope(heard: NDArray[np.int16]) -> NDArray[np.float64]:
    windows = heard[: heard.size // 441 * 441].astype(float).reshape(-1, 441)
    level: NDArray[np.float64] = np.sqrt(np.mean(windows**2, axis=1))
    return level


def children() -> set[int]:
    """Processes of this one, by /proc."""
    me = os.getpid()
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has just ended
        if parent == me:
            found.add(int(stat.parent.name))
    return found
