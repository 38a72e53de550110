"""A job on a thread of its own: it tells how far it is, stops at a word, and leaves no thread."""

from itertools import count

import pytest
from pytestqt.qtbot import QtBot

from ui.background_job import BackgroundJob, Stopped, Tell


@pytest.fixture
def background(qtbot: QtBot) -> BackgroundJob:
    return BackgroundJob()


def until_stopped(tell: Tell) -> None:
    """Has nothing to give when it is stopped."""
    while tell("on it"):
        pass
    raise Stopped


def test_it_tells_how_far_it_is_and_gives_what_came(background: BackgroundJob, qtbot: QtBot) -> None:
    told: list[object] = []
    background.progressed.connect(told.append)

    def job(tell: Tell) -> list[str]:
        assert tell((1, 3))
        return ["all", "of it"]

    with qtbot.waitSignal(background.done) as came:
        background.start(job)
    assert (came.args, told, background.running) == ([["all", "of it"]], [(1, 3)], False)


def test_what_a_job_raises_is_told(background: BackgroundJob, qtbot: QtBot) -> None:
    def job(_tell: Tell) -> None:
        raise ValueError("no")

    with qtbot.waitSignal(background.failed) as came:
        background.start(job)
    assert str(came.args[0]) == "no"
    assert not background.running


def test_stopped_it_gives_what_it_has(background: BackgroundJob, qtbot: QtBot) -> None:
    def job(tell: Tell) -> int:
        return next(n for n in count(1) if not tell(n))

    background.progressed.connect(background.cancel)
    with qtbot.waitSignal(background.done) as came:
        background.start(job)
    assert came.args[0] >= 1


def test_stopped_without_anything_to_give_it_says_so(background: BackgroundJob, qtbot: QtBot) -> None:
    background.progressed.connect(background.cancel)
    with qtbot.waitSignal(background.failed) as came:
        background.start(until_stopped)
    assert isinstance(came.args[0], Stopped)


def test_one_job_runs_at_a_time(background: BackgroundJob, qtbot: QtBot) -> None:
    second: list[object] = []
    background.start(until_stopped)
    background.start(second.append)
    with qtbot.waitSignal(background.failed):
        background.cancel()
    assert second == []


def test_closed_down_it_joins_and_tells_nothing(background: BackgroundJob, qtbot: QtBot) -> None:
    came: list[object] = []
    for signal in (background.progressed, background.done, background.failed):
        signal.connect(came.append)
    background.start(until_stopped)
    background.close_down()
    background.close_down()
    qtbot.wait(20)
    assert (came, background.running) == ([], False)


def test_what_an_earlier_job_still_said_is_not_the_next_one_s(background: BackgroundJob, qtbot: QtBot) -> None:
    background.start(until_stopped)
    background.close_down()  # its last words wait to be delivered
    with qtbot.waitSignal(background.done) as came:
        background.start(lambda _tell: "mine")
    assert came.args == ["mine"]
