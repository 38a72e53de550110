"""The voice's thread: owns the child process that turns words into sound, and the player of that sound.

A new phrase cuts the running one off by stopping its player; the child stays warm, so the next begins some 30 ms
later. A child that dies or hangs is replaced, and the phrase it was asked for is tried once more.
"""

import logging
import queue
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from station import sound
from station.sound import Sound
from station.texts import Language
from station.voice_child import PATIENCE_S, Child

log = logging.getLogger(__name__)

LONGEST = 200
"""Characters of a phrase that are spoken; nobody at a barrier listens longer."""
STALE_S = 3.0
"""After this long a phrase is not begun any more: its vehicle may be gone."""
SLOWEST_RESTART_S = 60.0
_TICK_S = 0.02


class VoiceState(StrEnum):
    """How the voice does. What is wrong with it is a code of `station.texts`, which says what to do."""

    STARTING = "starting"
    READY = "ready"
    SPEAKING = "speaking"
    MUTED = "muted"
    NO_PLAYER = "voice_no_player"
    NO_DEVICE = "voice_no_device"
    NO_ENGINE = "voice_no_engine"
    DIED = "voice_died"

    @property
    def silent(self) -> bool:
        """Whether nobody would hear it now."""
        return self not in {VoiceState.STARTING, VoiceState.READY, VoiceState.SPEAKING}


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """Something to say, and when it was wanted."""

    text: str
    language: Language
    volume: float
    at: float = field(default_factory=time.monotonic)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a child said; None when it has ended."""

    child: Child
    values: dict[str, Any] | None


class _Hush:
    """Cut off what is being said."""


class _Close:
    """Be gone."""


class Worker:
    """The thread. All but `say`, `hush`, `close`, `state` and `pid` is its own."""

    def __init__(self, on_state: Callable[[VoiceState], None] | None) -> None:
        self.state = VoiceState.STARTING
        self._on_state = on_state
        self._events: queue.SimpleQueue[Phrase | _Answer | _Hush | _Close] = queue.SimpleQueue()
        self._folder = Path(tempfile.gettempdir())
        self._child: Child | None = None
        self._ready = False
        self._waiting_since: float | None = None
        self._restart_at: float | None = None
        self._deaths = 0
        self._wanted: Phrase | None = None
        self._asked: Phrase | None = None
        self._retried: Phrase | None = None
        self._sound: Sound | None = None
        self._trying = False
        self._engine_fault: VoiceState | None = None
        self._sound_fault: VoiceState | None = None
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """The child's process."""
        child = self._child
        return child.pid if child is not None else None

    def say(self, phrase: Phrase) -> None:
        """Say this next."""
        self._events.put(phrase)

    def hush(self) -> None:
        """Say nothing more for now."""
        self._events.put(_Hush())

    def close(self) -> None:
        """Stop, and wait for it."""
        self._events.put(_Close())
        if self._thread is not threading.current_thread():
            self._thread.join()

    # --- the thread --------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            with tempfile.TemporaryDirectory(prefix="station-voice-", ignore_cleanup_errors=True) as folder:
                self._folder = Path(folder)
                try:
                    self._start()
                    self._try_device()
                    while self._step():
                        pass
                finally:
                    self._silence()
                    if self._child is not None:
                        self._child.close()
                        self._child = None
        except Exception:  # the desk goes on without a voice, and shows it
            log.exception("the voice has ended")
            self._engine_fault = VoiceState.NO_ENGINE
            self._tell()

    def _step(self) -> bool:
        """Take one event, or look after a tick; whether to go on."""
        busy = self._sound is not None or self._waiting_since is not None or self._restart_at is not None
        try:
            event = self._events.get(timeout=_TICK_S if busy else None)
        except queue.Empty:
            event = None
        match event:
            case _Close():
                return False
            case Phrase():
                self._silence()
                self._wanted = event
                self._ask()
            case _Hush():
                self._wanted = None
                if not self._trying:
                    self._silence()
            case _Answer(child, values) if child is self._child:
                if values is None:
                    self._bury(child)
                else:
                    self._hear(values)
        self._tell()  # that a sound began, however soon it ends
        self._look()
        self._tell()
        return True

    def _look(self) -> None:
        """What time brings: a sound over, a child overdue, a child to start again."""
        now = time.monotonic()
        if self._sound is not None and self._sound.ended():
            problem = self._sound.problem
            if problem:
                log.warning("nothing was heard: %s", problem)
            self._sound_fault = VoiceState.NO_DEVICE if problem else None
            self._sound = None
        if self._child is not None and self._waiting_since is not None and now - self._waiting_since > PATIENCE_S:
            log.warning("the voice process does not answer")
            self._waiting_since = None
            self._child.kill()
        if self._restart_at is not None and now >= self._restart_at:
            self._start()

    def _tell(self) -> None:
        state = self._engine_fault or self._sound_fault or self._mood()
        if state is not self.state:
            self.state = state
            if self._on_state is not None:
                try:
                    self._on_state(state)
                except Exception:  # a listener's fault is not the voice's
                    log.exception("a listener to the voice failed")

    def _mood(self) -> VoiceState:
        if self._sound is not None and not self._trying:
            return VoiceState.SPEAKING
        return VoiceState.READY if self._ready and self._sound is None else VoiceState.STARTING

    # --- the child ---------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        self._restart_at = None
        try:
            self._child = Child(lambda child, values: self._events.put(_Answer(child, values)))
        except OSError:
            log.exception("the voice process cannot be started")
            self._expect_another(VoiceState.NO_ENGINE)
        else:
            self._waiting_since = time.monotonic()

    def _ask(self) -> None:
        """Have the newest phrase turned into sound, once the child has done with the one before."""
        phrase = self._wanted
        if phrase is not None and self._child is not None and self._ready and self._asked is None:
            self._asked, self._waiting_since = phrase, time.monotonic()
            self._child.ask(phrase.text[:LONGEST], phrase.language, phrase.volume, self._folder / "phrase.wav")

    def _hear(self, answer: dict[str, Any]) -> None:
        """The child stands, has a phrase ready, or could not."""
        self._waiting_since = None
        phrase, self._asked = self._asked, None
        if "problem" in answer:
            log.warning("the voice process: %s", answer["problem"])
            self._engine_fault = VoiceState.NO_ENGINE
        else:
            self._engine_fault = None
            self._ready = True
        if phrase is not None and phrase is self._wanted:
            self._wanted = None
            if "path" in answer:
                self._deaths = 0
                self._play(phrase)
        self._ask()

    def _bury(self, child: Child) -> None:
        """The child has ended. What it was asked for is asked once more, of the next."""
        child.close()
        self._child, self._ready, self._waiting_since = None, False, None
        if self._asked is not None and self._asked is self._retried:
            self._wanted = None
        self._retried, self._asked = self._asked, None
        self._expect_another(self._engine_fault or VoiceState.DIED)

    def _expect_another(self, fault: VoiceState) -> None:
        """At once after a first death, then ever slower."""
        self._engine_fault = fault
        self._deaths += 1
        wait = 0.0 if self._deaths == 1 else min(0.25 * 2**self._deaths, SLOWEST_RESTART_S)
        self._restart_at = time.monotonic() + wait

    # --- the player --------------------------------------------------------------------------------------------------

    def _try_device(self) -> None:
        """Play nothing, to learn whether it would be heard: pyttsx3 itself fails in silence."""
        silence = self._folder / "silence.wav"
        sound.write_silence(silence)
        self._trying = True
        self._begin(silence)

    def _play(self, phrase: Phrase) -> None:
        if time.monotonic() - phrase.at > STALE_S:
            log.warning("too late to be said")
            return
        self._trying = False
        self._silence()
        self._begin(self._folder / "phrase.wav")

    def _begin(self, path: Path) -> None:
        try:
            self._sound = sound.play(path)
        except sound.PlayerMissing:
            self._sound_fault = VoiceState.NO_PLAYER
        except (OSError, EOFError, ValueError):
            log.exception("the sound cannot be played")
            self._sound_fault = VoiceState.NO_DEVICE

    def _silence(self) -> None:
        if self._sound is not None:
            self._sound.stop()
            self._sound = None
