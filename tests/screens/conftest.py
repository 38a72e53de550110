"""One window for all scenes of a file, with the pages it names as `BUILT`, or all; each scene is looked at once."""

from collections.abc import Callable, Iterator

import pytest

from tests.screens.looking import Findings, dresses, look_at
from tests.screens.rosters import on_board
from tests.screens.stage import BESIDE, Stage, open_stage
from ui.pages import ROSTER


@pytest.fixture(scope="module")
def stage(qapp: object, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """One window for all."""
    built: tuple[str, ...] = getattr(request.module, "BUILT", BESIDE)
    with open_stage(tmp_path_factory.mktemp("station"), built) as one:
        if ROSTER in built:
            on_board(one)  # its threads live as long as the window's
        yield one


@pytest.fixture(scope="module")
def findings(stage: Stage) -> Callable[[str], Findings]:
    """What is wrong with a scene; it is looked at once."""
    known: dict[str, Findings] = {}

    def found(name: str) -> Findings:
        if name not in known:
            known[name] = look_at(stage, name, dresses(name))
        return known[name]

    return found
