"""The voice's volume, mute and trial."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from station.voice import Voice
from ui.look import Look
from ui.settings.voice import VoiceControls


@pytest.fixture
def voice() -> Iterator[Voice]:
    with Voice() as voice:
        yield voice


@pytest.fixture
def controls(qtbot: QtBot, look: Look, voice: Voice) -> VoiceControls:
    controls = VoiceControls(look, voice)
    qtbot.addWidget(controls)
    controls.show()
    return controls


def filled(controls: VoiceControls) -> list[bool]:
    return [step.isChecked() for step in controls.steps]


def test_five_steps_fill_up_to_the_volume(controls: VoiceControls, voice: Voice, qtbot: QtBot) -> None:
    assert filled(controls) == [True] * 5
    with qtbot.waitSignal(controls.chosen) as chosen:
        controls.steps[1].click()
    assert chosen.args == [{"volume": 2, "muted": False}]
    assert voice.volume == pytest.approx(0.4)
    assert filled(controls) == [True, True, False, False, False]
    assert controls.steps[1].accessibleName() == "音量 2，共 5 级"


def test_muting_keeps_quiet_and_a_volume_ends_it(controls: VoiceControls, voice: Voice, qtbot: QtBot) -> None:
    with qtbot.waitSignal(controls.chosen) as chosen:
        controls.mute.click()
    assert chosen.args == [{"muted": True}]
    assert (voice.muted, filled(controls), controls.try_it.isEnabled()) == (True, [False] * 5, False)
    assert "静音" in controls.state.text()
    controls.steps[4].click()
    assert (voice.muted, controls.mute.isChecked(), controls.try_it.isEnabled()) == (False, False, True)


def test_without_a_voice_nothing_is_offered(qtbot: QtBot, look: Look) -> None:
    controls = VoiceControls(look, None)
    qtbot.addWidget(controls)
    assert not any(button.isEnabled() for button in (controls.mute, controls.try_it, *controls.steps))
    assert controls.state.text() == "本次运行没有语音"
