"""The roster, as eyes and hands meet it."""

from collections.abc import Callable

import pytest

from tests.screens.looking import AT_THE_BOARD, FLAWS, Findings
from ui.pages import ROSTER

BUILT = (ROSTER,)


@pytest.mark.parametrize("flaw", FLAWS)
@pytest.mark.parametrize("name", AT_THE_BOARD)
def test_nothing_is(findings: Callable[[str], Findings], name: str, flaw: str) -> None:
    assert findings(name)[flaw] == []
