"""The log, the roster and the handover, as eyes and hands meet them."""

from collections.abc import Callable

import pytest

from tests.screens.looking import AT_THE_DESK, FLAWS, Findings


@pytest.mark.parametrize("flaw", FLAWS)
@pytest.mark.parametrize("name", AT_THE_DESK)
def test_nothing_is(findings: Callable[[str], Findings], name: str, flaw: str) -> None:
    assert findings(name)[flaw] == []
