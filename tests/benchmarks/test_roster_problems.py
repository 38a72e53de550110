"""Sizes of made problems: what is too small is said."""

import pytest

from benchmarks import rosters


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--generate", "3x5x4"), "3x5x4 has 5 people: 3 checkpoints need 45"),
        (("--generate", "0x5x4"), "0x5x4 has no checkpoint, or no day"),
        (("--generate", "many"), "'many' is not CHECKPOINTSxPEOPLExDAYS, such as 10x150x28"),
        (("--generate", "1x15x7", "--seed", "9" * 20), "is no whole number of at most nine digits"),
    ],
)
def test_what_cannot_be_made_is_told_why(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str) -> None:
    with pytest.raises(SystemExit):
        rosters.main([*words])
    assert said in capsys.readouterr().err
