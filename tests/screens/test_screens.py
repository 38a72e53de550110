"""Every screen as eyes and hands meet it: in two languages, three themes and two sizes.

What takes room is the language's and the size's, what has colours is the theme's: four dresses have each language in
each size, and each theme. The proof has all of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, product

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from station.texts import LANGUAGES
from station.verdict import Outcome
from tests.screens import sight
from tests.screens.__main__ import LARGE, SMALL, Dress, dressed
from tests.screens.rosters import on_board
from tests.screens.scenes import SCENES
from tests.screens.stage import Stage, open_stage
from ui.theme import ThemeName
from ui.window import HANDOVER, LOG, ROSTER

Findings = dict[str, list[str]]

IN_EVERY_DRESS: dict[str, Callable[[QWidget], list[str]]] = {
    "clipped": sight.clipped,
    "outside": sight.outside,
    "overlapping": sight.overlapping,
}
ONCE: dict[str, Callable[[QWidget], list[str]]] = {
    "small": sight.small,
    "unnamed": sight.unnamed,
    "unreached": sight.unreached,
}
FLAWS = ("unsaid", "another size", "faint", *IN_EVERY_DRESS, *ONCE)
DRESSES: list[Dress] = [
    (SMALL, ThemeName.DAY, "zh"),
    (SMALL, ThemeName.NIGHT, "en"),
    (LARGE, ThemeName.CONTRAST, "zh"),
    (LARGE, ThemeName.DAY, "en"),
]
UNGLOVED = {LOG, ROSTER, HANDOVER}
"""The pages that are read at the desk."""


@pytest.fixture(scope="module")
def stage(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One window for all."""
    with open_stage(tmp_path_factory.mktemp("station")) as one:
        on_board(one)  # its threads live as long as the window's
        yield one


@pytest.fixture(scope="module")
def findings(stage: Stage) -> Callable[[str], Findings]:
    """What is wrong with a state; it is looked at once, in every dress."""
    known: dict[str, Findings] = {}

    def look_at(name: str) -> Findings:
        if name not in known:
            known[name] = _look_at(stage, name, DRESSES)
        return known[name]

    return look_at


def _look_at(stage: Stage, name: str, dresses: list[Dress]) -> Findings:
    one, found = SCENES[name], defaultdict[str, list[str]](list)
    looked_at: set[ThemeName] = set()
    for dress in dressed(stage, one, dresses):
        size, theme, language = dress
        window = stage.window

        def note(flaw: str, what: list[str], dress: object = dress) -> None:
            found[flaw] += [f"{dress}: {each}" for each in what]

        said = sight.words(window)
        note("unsaid", [wanted for wanted in one.says[language] if wanted not in said])
        note("another size", [] if (window.width(), window.height()) == size else [str(window.size())])
        for flaw, look_for in IN_EVERY_DRESS.items():
            note(flaw, look_for(window))
        if theme not in looked_at:
            note("faint", sight.faint(window))
        looked_at.add(theme)
        if dress == dresses[0]:
            for flaw, look_for in ONCE.items():
                note(flaw, [] if flaw == "small" and one.page in UNGLOVED else look_for(window))
    return found


@pytest.mark.parametrize("flaw", FLAWS)
@pytest.mark.parametrize("name", SCENES)
def test_nothing_is(findings: Callable[[str], Findings], name: str, flaw: str) -> None:
    assert findings(name)[flaw] == []


@pytest.mark.prove
@pytest.mark.parametrize("name", SCENES)
def test_nothing_is_in_any_dress(stage: Stage, name: str) -> None:
    found = _look_at(stage, name, list(product((SMALL, LARGE), ThemeName, LANGUAGES)))
    assert {flaw: what for flaw, what in found.items() if what} == {}


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
