"""The log, the handover and the figures, as eyes and hands meet them."""

from collections.abc import Callable

import pytest

from tests.screens.looking import AT_THE_DESK, FLAWS, Findings
from ui.pages import AUDIT, HANDOVER, LOG

BUILT = (LOG, HANDOVER, AUDIT)


@pytest.mark.parametrize("flaw", FLAWS)
@pytest.mark.parametrize("name", AT_THE_DESK)
def test_nothing_is(findings: Callable[[str], Findings], name: str, flaw: str) -> None:
    assert findings(name)[flaw] == []
