"""A checkpoint for each job, and the hands that do it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.jobs.checkpoint import OFFICER, Checkpoint, checkpoint
from tests.jobs.hands import HANDS, Hand
from ui.pages import GATE


@pytest.fixture
def post(qapp: QApplication, tmp_path: Path) -> Iterator[Checkpoint]:
    with checkpoint(tmp_path) as post:
        yield post


@pytest.fixture(params=HANDS, ids=lambda hand: hand.name)
def hand(request: pytest.FixtureRequest, post: Checkpoint) -> Hand:
    """An officer's hand, signed in for the shift; it counts from here."""
    make: Callable[[Checkpoint], Hand] = request.param
    hand = make(post)
    hand.sign_in(OFFICER.code, OFFICER.pin)
    post.until(lambda: post.window.page == GATE)
    hand.start()
    return hand
