from pathlib import Path

import pytest

from station.voice import VoiceState
from tests.station.sounds import alsa, loudness, needs_aplay, samples
from ui.commands import voice
from ui.console import UsageError
from ui.parser import Parser


def run(*arguments: object) -> int:
    parser = Parser(prog="station voice")
    voice.declare(parser)
    options = parser.parse_args([*map(str, arguments), "--language", "zh"])
    return voice.run(options)


def test_a_text_is_written_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "speech.wav"
    assert run("闽 E 1 2 3 4 5，放行", "--to", path) == 0
    assert capsys.readouterr().out == f"{path}\n"
    heard = samples(path)
    assert heard.size > 0.5 * 22050
    assert loudness(heard) > 500


def test_a_file_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        run("放行", "--to", tmp_path / "nowhere" / "speech.wav")
    assert refused.value.code == "file_unwritable"


@needs_aplay
def test_a_text_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(alsa(tmp_path, "type null")))
    assert run("放行") == 0


def test_a_machine_that_cannot_be_heard_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError) as refused:
        run("放行")
    assert refused.value.code == VoiceState.NO_PLAYER
