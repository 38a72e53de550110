"""The gate page with a real desk behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.gate.bench import Bench


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    """A window 1280 by 720, the desk started, nothing at the gate."""
    one = Bench(qtbot, tmp_path)
    yield one
    one.close()
