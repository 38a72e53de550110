"""The voice: says a phrase at once, and the latest one only. Nothing here ever keeps the desk waiting."""

from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from station.spoken import spoken_verdict
from station.texts import Language
from station.voice_worker import Phrase, VoiceState, Worker

if TYPE_CHECKING:
    from station.gate import Concluded  # brings OpenCV and SQL, which a voice need not wait for

__all__ = ["Voice", "VoiceState"]


class Voice:
    """A voice that speaks in the background.

    Args:
        language: What `speak` speaks; may be changed at any time.
        on_state: Told each new state, on the voice's own thread; must not block.
        volume: 0 to 1, from the next phrase on.
        muted: Whether to keep quiet; muting cuts off what is being said.
    """

    def __init__(
        self,
        language: Language = "zh",
        on_state: Callable[[VoiceState], None] | None = None,
        *,
        volume: float = 1.0,
        muted: bool = False,
    ) -> None:
        self.language: Language = language
        self.volume = volume
        self._muted = muted
        self._worker = Worker(on_state)

    def __enter__(self) -> Self:
        """The voice itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    @property
    def state(self) -> VoiceState:
        """How it does; what is wrong goes before its being muted."""
        state = self._worker.state
        return VoiceState.MUTED if self._muted and not state.silent else state

    @property
    def volume(self) -> float:
        """From 0 to 1."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(max(volume, 0.0), 1.0)

    @property
    def muted(self) -> bool:
        """Whether it keeps quiet."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        if muted:
            self.hush()

    @property
    def pid(self) -> int | None:
        """The process that turns words into sound, if it stands."""
        return self._worker.pid

    def say(self, text: str, language: Language | None = None) -> None:
        """Say a phrase instead of whatever is being said. Returns at once."""
        if text.strip() and not self._muted:
            self._worker.say(Phrase(text, language or self.language, self._volume))

    def speak(self, concluded: "Concluded", *, released: bool = False) -> None:
        """Say a check's end; `released`: its review was released, and that is in the log. Returns at once."""
        self.say(spoken_verdict(concluded, self.language, released=released))

    def hush(self) -> None:
        """Cut off what is being said. Returns at once."""
        self._worker.hush()

    def close(self) -> None:
        """Stop; neither process nor thread is left. Safe to call twice."""
        self._worker.close()
