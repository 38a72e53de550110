import os
import queue
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from station import voice_worker
from station.voice import Voice, VoiceState
from station.voice_child import save_speech
from tests.station.sounds import PATIENCE_S, Ears, States, alsa, children, ends_like, loudness, needs_aplay, samples

PLATE_PASSES = "闽 E 1 2 3 4 5，放行"
TURN_BACK = "请劝返，核酸超过四十八小时"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ALSA, signals and /proc")


@pytest.fixture(autouse=True)
def no_process_left() -> Iterator[None]:
    """Whatever a test does, its voice leaves no process behind."""
    before = children()
    yield
    assert children() <= before


@pytest.fixture
def null_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(alsa(tmp_path, "type null")))


@pytest.fixture
def ears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ears]:
    ears = Ears(tmp_path)
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(ears.config))
    yield ears
    ears.close()


@pytest.fixture
def states() -> States:
    return States()


def spoken(text: str, folder: Path, volume: float = 1.0) -> NDArray[np.int16]:
    path = folder / "expected.wav"
    assert save_speech(text, "zh", path, volume) is None
    return samples(path)


# --- into a file -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "language"), [(PLATE_PASSES, "zh"), ("Fujian E 1 2 3 4 5, pass", "en")])
def test_speech_is_a_wav_file_that_is_heard(text: str, language: str, tmp_path: Path) -> None:
    path = tmp_path / "speech.wav"
    assert save_speech(text, language, path) is None
    heard = samples(path)
    assert heard.size > 0.5 * 22050
    assert loudness(heard) > 500


def test_half_the_volume_is_softer(tmp_path: Path) -> None:
    loud, soft = spoken(PLATE_PASSES, tmp_path, 1.0), spoken(PLATE_PASSES, tmp_path, 0.5)
    assert 0.3 * loudness(loud) < loudness(soft) < 0.7 * loudness(loud)


@pytest.mark.parametrize("text", ["\ud800", "放行\x00"])
def test_a_text_nobody_can_say_is_said_so_or_said(text: str, tmp_path: Path) -> None:
    path = tmp_path / "speech.wav"
    problem = save_speech(text, "zh", path)
    assert (problem is None) == path.exists()


# --- through a device ------------------------------------------------------------------------------------------------


@needs_aplay
@pytest.mark.usefixtures("null_device")
def test_a_voice_becomes_ready_speaks_and_is_ready_again(states: States) -> None:
    with Voice(on_state=states) as voice:
        states.until(VoiceState.READY)
        voice.say(PLATE_PASSES)
        states.until(VoiceState.SPEAKING)
        states.until(VoiceState.READY)
    assert states.seen == [VoiceState.READY, VoiceState.SPEAKING, VoiceState.READY]


@needs_aplay
def test_what_is_said_is_heard(ears: Ears, states: States, tmp_path: Path) -> None:
    with Voice(on_state=states) as voice:
        states.until(VoiceState.READY)
        voice.say("放行")
        states.until(VoiceState.SPEAKING)
        states.until(VoiceState.READY)
    assert ends_like(ears.listen(), spoken("放行", tmp_path))


@needs_aplay
@pytest.mark.usefixtures("null_device")
def test_a_phrase_said_before_the_voice_stands_is_said_when_it_does(states: States) -> None:
    with Voice(on_state=states) as voice:
        voice.say(PLATE_PASSES)
        states.until(VoiceState.SPEAKING)


@needs_aplay
def test_a_new_phrase_cuts_the_running_one_off(ears: Ears, states: States, tmp_path: Path) -> None:
    with Voice(on_state=states) as voice:
        states.until(VoiceState.READY)
        voice.say(TURN_BACK)  # its four seconds do not fit the device, so it is still being said
        states.until(VoiceState.SPEAKING)
        voice.say("放行")
        states.until(VoiceState.READY)
        heard = ears.listen()
        states.until(VoiceState.SPEAKING)
        states.until(VoiceState.READY)
        heard = np.concatenate([heard, ears.listen()])
    wanted, cut = spoken("放行", tmp_path), spoken(TURN_BACK, tmp_path)
    assert ends_like(heard, wanted)
    assert heard.size < cut.size


@needs_aplay
def test_of_fifty_rapid_phrases_the_last_is_heard(ears: Ears, states: States, tmp_path: Path) -> None:
    wanted = spoken("放行", tmp_path)
    heard, most = np.zeros(0, np.int16), 0
    with Voice(on_state=states) as voice:
        states.until(VoiceState.READY)
        before = children()
        for number in range(50):
            voice.say(f"请劝返，第 {number} 辆")
            most = max(most, len(children() - before))
        voice.say("放行")
        deadline = time.monotonic() + PATIENCE_S
        while not ends_like(heard, wanted) and time.monotonic() < deadline:
            heard = np.concatenate([heard, ears.listen()])
            time.sleep(0.02)
    assert ends_like(heard, wanted)
    assert most <= 1, "more than one player at a time"


@needs_aplay
@pytest.mark.usefixtures("null_device")
def test_a_muted_voice_says_nothing_and_can_be_heard_again(states: States) -> None:
    with Voice(on_state=states, muted=True) as voice:
        states.until(VoiceState.READY)
        voice.say(PLATE_PASSES)
        assert voice.state is VoiceState.MUTED
        voice.muted = False
        voice.say("放行")
        states.until(VoiceState.SPEAKING)
        states.until(VoiceState.READY)
        assert list(states.rest) == []


@needs_aplay
def test_muting_cuts_off_what_is_being_said(ears: Ears, states: States) -> None:
    with Voice(on_state=states) as voice:
        states.until(VoiceState.READY)
        voice.say(TURN_BACK)
        states.until(VoiceState.SPEAKING)
        voice.muted = True
        states.until(VoiceState.READY)
        assert ears.listen().size < 4 * 22050


def test_volume_stays_within_its_bounds() -> None:
    with Voice(volume=7) as voice:
        assert voice.volume == 1
        voice.volume = -1
        assert voice.volume == 0


# --- what goes wrong -------------------------------------------------------------------------------------------------


@needs_aplay
@pytest.mark.usefixtures("null_device")
def test_a_killed_child_is_noticed_and_replaced(states: States) -> None:
    with Voice(on_state=states) as voice:
        states.until(VoiceState.READY)
        first = voice.pid
        assert first
        os.kill(first, signal.SIGKILL)
        states.until(VoiceState.DIED)
        states.until(VoiceState.READY)
        assert voice.pid != first
        voice.say(PLATE_PASSES)
        states.until(VoiceState.SPEAKING)


@needs_aplay
@pytest.mark.usefixtures("null_device")
def test_a_phrase_whose_child_was_killed_is_said_by_the_next(states: States) -> None:
    with Voice(on_state=states) as voice:
        states.until(VoiceState.READY)
        assert voice.pid
        os.kill(voice.pid, signal.SIGSTOP)  # so that the phrase is in its hands when it dies
        voice.say(PLATE_PASSES)
        os.kill(voice.pid, signal.SIGKILL)
        states.until(VoiceState.DIED)
        states.until(VoiceState.SPEAKING)


@needs_aplay
@pytest.mark.usefixtures("null_device")
def test_a_child_that_hangs_is_replaced(states: States, monkeypatch: pytest.MonkeyPatch) -> None:
    with Voice(on_state=states) as voice:
        states.until(VoiceState.READY)
        monkeypatch.setattr(voice_worker, "PATIENCE_S", 0.2)
        assert voice.pid
        os.kill(voice.pid, signal.SIGSTOP)
        voice.say(PLATE_PASSES)
        states.until(VoiceState.DIED)
        monkeypatch.undo()


@needs_aplay
@pytest.mark.usefixtures("null_device")
def test_a_phrase_that_comes_too_late_is_not_begun(
    states: States, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(voice_worker, "STALE_S", -1.0)
    with Voice(on_state=states) as voice:
        states.until(VoiceState.READY)
        voice.say(PLATE_PASSES)
        deadline = time.monotonic() + PATIENCE_S
        while "too late" not in caplog.text and time.monotonic() < deadline:
            time.sleep(0.02)
    assert "too late" in caplog.text
    assert VoiceState.SPEAKING not in states.rest


@needs_aplay
def test_a_machine_without_a_sound_device_says_so_at_start(
    states: States, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(alsa(tmp_path, "type hw card 31")))
    with Voice(on_state=states) as voice:
        states.until(VoiceState.NO_DEVICE)
        assert voice.state.silent


@needs_aplay
def test_a_device_that_is_plugged_in_later_is_heard(
    states: States, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(alsa(tmp_path, "type hw card 31")))
    with Voice(on_state=states) as voice:
        states.until(VoiceState.NO_DEVICE)
        alsa(tmp_path, "type null")
        voice.say(PLATE_PASSES)
        states.until(VoiceState.READY)


def test_a_machine_without_a_player_says_so_at_start(
    states: States, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with Voice(on_state=states):
        states.until(VoiceState.NO_PLAYER)


def test_a_machine_without_an_engine_says_so_at_start(
    states: States, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyttsx3.py").write_text("raise RuntimeError('no espeak here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Voice(on_state=states) as voice:
        states.until(VoiceState.NO_ENGINE)
        voice.say(PLATE_PASSES)
    assert VoiceState.SPEAKING not in {*states.seen, *states.rest}


def test_a_listener_that_fails_does_not_silence_the_voice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    told = queue.SimpleQueue[VoiceState]()

    def listener(state: VoiceState) -> None:
        told.put(state)
        raise ValueError(state)

    with Voice(on_state=listener) as voice:
        assert told.get(timeout=PATIENCE_S) is VoiceState.NO_PLAYER
        assert voice.state is VoiceState.NO_PLAYER


# --- the end ---------------------------------------------------------------------------------------------------------


@needs_aplay
def test_closing_in_the_middle_of_a_phrase_leaves_nothing(ears: Ears, states: States) -> None:
    voice = Voice(on_state=states)
    states.until(VoiceState.READY)
    voice.say(TURN_BACK)
    states.until(VoiceState.SPEAKING)
    voice.close()
    voice.close()
    voice.say("放行")
    assert ears.listen().size < 4 * 22050


def test_closing_before_it_stands_leaves_nothing() -> None:
    Voice().close()
