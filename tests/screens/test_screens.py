"""Every screen in every dress, and verdicts for eyes that miss a colour."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from station.verdict import Outcome
from tests.screens import sight
from tests.screens.looking import ALL, look_at
from tests.screens.scenes import SCENES
from tests.screens.stage import Stage


@pytest.mark.prove
@pytest.mark.parametrize("name", SCENES)
def test_nothing_is_wrong_in_any_dress(stage: Stage, name: str) -> None:
    assert {flaw: what for flaw, what in look_at(stage, name, ALL).items() if what} == {}


# --- eyes that miss a colour -----------------------------------------------------------------------------------------

EYES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB."""
VERDICT_SCENES = {Outcome.PASS: "passed", Outcome.REFUSE: "refuse", Outcome.REVIEW: "review"}
Answers = dict[Outcome, tuple[sight.Pixels, sight.Pixels]]


@pytest.fixture(scope="module")
def answers(stage: Stage) -> Answers:
    """Of each verdict the whole picture, and its shape alone."""
    seen: Answers = {}
    for outcome, name in VERDICT_SCENES.items():
        with SCENES[name].on(stage):
            whole, shape = stage.verdict.answer.grab().toImage(), stage.verdict.shape.grab().toImage()
            seen[outcome] = sight.pixels_of(whole), sight.pixels_of(shape)
    return seen


@pytest.mark.parametrize("eyes", EYES)
def test_verdicts_differ_in_colour_for_eyes_that_miss_one(answers: Answers, eyes: str) -> None:
    grounds = {outcome: sight.linear(whole[4, 4]) for outcome, (whole, _) in answers.items()}
    light = {outcome: np.clip(ground @ np.array(EYES[eyes]).T, 0, 1) for outcome, ground in grounds.items()}
    bright = {outcome: float(sight.luminance(seen)) + 0.05 for outcome, seen in light.items()}
    for outcome in (Outcome.PASS, Outcome.REFUSE):
        assert bright[Outcome.REVIEW] / bright[outcome] > 3
    apart = np.cbrt(light[Outcome.PASS]) - np.cbrt(light[Outcome.REFUSE])
    assert np.abs(apart).max() > 0.2


@pytest.mark.parametrize(("one", "other"), list(combinations(VERDICT_SCENES, 2)))
def test_verdicts_differ_in_shape_alone(answers: Answers, one: Outcome, other: Outcome) -> None:
    drawn, beside = (_ink(answers[outcome][1]) for outcome in (one, other))
    assert _alike(drawn, beside) < 0.7
    height, width = drawn.shape
    middle = slice(height // 3, 2 * height // 3), slice(width // 3, 2 * width // 3)
    assert _alike(drawn[middle], beside[middle]) < 0.4


def _alike(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """Pixels drawn in both, of those drawn in either."""
    return float((one & other).sum() / (one | other).sum())


def _ink(shape: sight.Pixels) -> NDArray[np.bool_]:
    """Where a shape is drawn, whatever its colour: all that is not as its corner."""
    bright = sight.luminance(sight.linear(shape))
    return np.asarray(np.abs(bright - bright[0, 0]) > 0.3)
