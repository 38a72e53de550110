"""The screens that officers and drivers meet, as eyes and hands meet them."""

from collections.abc import Callable

import pytest

from tests.screens.looking import BY_THE_ROAD, FLAWS, Findings

BUILT: tuple[str, ...] = ()


@pytest.mark.parametrize("flaw", FLAWS)
@pytest.mark.parametrize("name", BY_THE_ROAD)
def test_nothing_is(findings: Callable[[str], Findings], name: str, flaw: str) -> None:
    assert findings(name)[flaw] == []
