"""Long work on the log: it tells how far it is, stops at a word, and leaves no thread."""

from functools import partial
from pathlib import Path

from pytestqt.qtbot import QtBot

from db.engine import Database, open_database
from ui.audit.work import Stopped, Tell, Work


def test_it_tells_how_far_it_is_and_gives_what_came(qtbot: QtBot, path: Path) -> None:
    work = Work(partial(open_database, path))
    told: list[tuple[int, int]] = []
    work.progressed.connect(lambda done, total: told.append((done, total)))

    def job(_database: Database, tell: Tell) -> str:
        tell(1, 3)
        return "done"

    with qtbot.waitSignal(work.done) as came:
        work.start(job)
    assert (came.args, told, work.running) == (["done"], [(1, 3)], False)


def test_stopped_it_ends_at_the_next_step(qtbot: QtBot, path: Path) -> None:
    work = Work(partial(open_database, path))

    def job(_database: Database, tell: Tell) -> None:
        while True:
            tell(1, 2)

    with qtbot.waitSignal(work.failed) as came:
        work.start(job)
        qtbot.waitSignal(work.progressed)
        work.cancel()
    assert isinstance(came.args[0], Stopped)


def test_closed_down_it_joins_and_tells_nothing(path: Path, qtbot: QtBot) -> None:
    work = Work(partial(open_database, path))
    came: list[object] = []
    work.done.connect(came.append)
    work.failed.connect(came.append)

    def job(_database: Database, tell: Tell) -> None:
        while True:
            tell(1, 2)

    work.start(job)
    work.close_down()
    work.close_down()
    qtbot.wait(20)
    assert came == []


def test_a_log_that_does_not_open_is_what_came(qtbot: QtBot, tmp_path: Path) -> None:
    work = Work(partial(open_database, tmp_path / "none.db", create=False))
    with qtbot.waitSignal(work.failed) as came:
        work.start(lambda _database, _tell: None)
    assert "none.db" in str(came.args[0].params)
