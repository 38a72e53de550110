"""The voice: from `say` to the sound's beginning, on ALSA's null device."""

import os
import queue
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.harness import Row
from station.voice import Voice, VoiceState

ROUNDS = 30
PHRASES = ("闽 E 1 2 3 4 5，放行", "请劝返，核酸超过 48 小时", "请人工核验，系统故障")
PATIENCE_S = 30.0


def run() -> list[Row]:
    """Median milliseconds: the call itself, the sound's beginning, and the same after the voice process was killed."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "asound.conf"
        config.write_text("pcm.!default { type null }\n")
        before = os.environ.get("ALSA_CONFIG_PATH")
        os.environ["ALSA_CONFIG_PATH"] = str(config)
        try:
            return _measure()
        finally:
            del os.environ["ALSA_CONFIG_PATH"]
            if before is not None:
                os.environ["ALSA_CONFIG_PATH"] = before


def _measure() -> list[Row]:
    states: queue.SimpleQueue[tuple[VoiceState, float]] = queue.SimpleQueue()
    with Voice(on_state=lambda state: states.put((state, time.perf_counter()))) as voice:

        def until(wanted: VoiceState) -> float:
            while True:
                state, at = states.get(timeout=PATIENCE_S)
                if state is wanted:
                    return at

        def say(phrase: str) -> tuple[float, float]:
            begun = time.perf_counter()
            voice.say(phrase)
            called = time.perf_counter()
            started = until(VoiceState.SPEAKING)
            until(VoiceState.READY)
            return called - begun, started - begun

        while (state := states.get(timeout=PATIENCE_S)[0]) is not VoiceState.READY:
            if state.silent:  # no player or no engine: nothing to measure
                print(f"no voice here: {state}", file=sys.stderr)
                return []
        calls, starts = zip(*(say(PHRASES[number % len(PHRASES)]) for number in range(ROUNDS)), strict=True)
        killed = [_after_a_kill(voice, until, say) for _ in range(3)]
    call, start, after = (1000 * median(taken) for taken in (calls, starts, killed))
    return [
        Row("say() returns", call, "ms", bound="< 1 ms", ok=call < 1),
        Row("say() → aplay started", start, "ms", bound="≤ 150 ms", ok=start <= 150),
        Row("voice process killed → aplay started", after, "ms"),
    ]


def _after_a_kill(
    voice: Voice, until: Callable[[VoiceState], float], say: Callable[[str], tuple[float, float]]
) -> float:
    if voice.pid is None:
        raise RuntimeError("the voice has no process")
    os.kill(voice.pid, signal.SIGKILL)
    until(VoiceState.DIED)
    begun = time.perf_counter()
    voice.say(PHRASES[0])
    started = until(VoiceState.SPEAKING)
    until(VoiceState.READY)
    say(PHRASES[0])  # a phrase well said ends the waiting that grows with each death
    return started - begun
