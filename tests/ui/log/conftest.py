"""A station's log with real passages in it, and the page that shows it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db import passages, people
from db.appending import append
from db.engine import Database, open_database
from db.pins import hash_pin
from db.records import PassageRecord, new_id
from shifts.model import THREE_SHIFTS
from station.access import Role, actor_of
from station.check import Check
from station.passages import record_of
from tests.db.samples import a_person
from tests.station import builders as b
from tests.ui.logs import copy_log
from ui.log.page import LogPage
from ui.log.pane import DetailPane
from ui.look import Look
from ui.theme import stylesheet

OFFICER, LEAD = ("A01", "1234"), ("L01", "5678")
LEADING, CHECKING, AUDITING, KEEPING = (
    actor_of(a_person(code=code, role=role))
    for code, role in (("L01", Role.LEAD), ("A01", Role.OFFICER), ("U01", Role.AUDITOR), ("M01", Role.ADMINISTRATOR))
)
NOW = b.NOW


def passage_of(check: Check, at: datetime = NOW, **changes: Any) -> PassageRecord:
    """The record of a check that ends now; with `changes` to the row itself."""
    record = record_of(
        check,
        check.conclude(at),
        config=b.CONFIG,
        concluded=at,
        shift=THREE_SHIFTS.at(at),
        officer=OFFICER[0],
        on_duty=(OFFICER[0], LEAD[0]),
    )
    return replace(record, **changes)


def plain_passage(age: timedelta = timedelta(), **changes: Any) -> PassageRecord:
    """A vehicle in order, concluded some time ago."""
    check = b.complete_check(**{key: changes.pop(key) for key in ("plate", "holder") if key in changes})
    return passage_of(check, **({"concluded_at": NOW - age} | changes))


def a_review(age: timedelta = timedelta(), plate: str = "闽E54321") -> PassageRecord:
    """A vehicle whose driver showed no test."""
    check = b.check()
    check.confirm_people(1)
    check.set_plate(plate)
    check.take_temperature(0, 36.6, NOW)
    check.offer_code(b.health_code(b.WANG), NOW)
    return passage_of(check, concluded_at=NOW - age)


def a_refusal(age: timedelta = timedelta(), plate: str = "粤B2D678") -> PassageRecord:
    """A vehicle whose driver declares to have no test."""
    check = b.check()
    check.confirm_people(1)
    check.set_plate(plate)
    check.take_temperature(0, 36.4, NOW)
    check.offer_code(b.health_code(b.LIN), NOW)
    check.declare_no_test(0)
    return passage_of(check, concluded_at=NOW - age)


def fill(database: Database, *records: PassageRecord) -> None:
    """Keep passages."""
    for record in records:
        passages.append_passage(database, record)


def fill_many(database: Database, count: int, newest: datetime = NOW) -> list[str]:
    """Keep many, a second apart, in one transaction; ids, newest first."""
    model = plain_passage()
    ids = [new_id() for _ in range(count)]
    with database.write() as connection:
        for number, id_ in enumerate(ids):
            append(database, connection, replace(model, id=id_, concluded_at=newest - timedelta(seconds=number // 2)))
    # Two a second: of those, the greater id comes first.
    return [id_ for second in range(0, count, 2) for id_ in sorted(ids[second : second + 2], reverse=True)]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log to copy: migrating and hashing PINs once is enough."""
    path = tmp_path_factory.mktemp("log") / "station.db"
    with open_database(path) as opened:
        for (code, pin), name, role in ((OFFICER, "陈静", "officer"), (LEAD, "周志明", "lead")):
            person = a_person(code=code, name=name, role=role, pin_hash=hash_pin(pin))
            people.add(opened, person, station="LS-1", by=None)
    return path


@pytest.fixture
def path(tmp_path: Path, prepared: Path) -> Path:
    """Where the log is; an officer and a lead may sign in."""
    return copy_log(prepared, tmp_path)


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """The log, as the desk has it open."""
    with open_database(path) as opened:
        yield opened


@pytest.fixture
def look() -> Look:
    """Chinese, by day."""
    return Look()


@dataclass(frozen=True, slots=True)
class Stage:
    """The page inside a window that wears the application's style, as the shell does."""

    window: QWidget
    page: LogPage
    look: Look

    def dress(self, width: int, height: int) -> None:
        """Size and style."""
        self.window.resize(width, height)
        self.window.setStyleSheet(stylesheet(self.look.theme, height))


@pytest.fixture
def stage(qtbot: QtBot, database: Database, path: Path, look: Look) -> Iterator[Stage]:
    """The page, not shown yet, with a connection of its own."""
    window = QWidget()
    page = LogPage(look, lambda: open_database(path), "LS-1", now=lambda: NOW)
    QVBoxLayout(window).addWidget(page)
    qtbot.addWidget(window)
    page.set_user(LEADING)
    made = Stage(window, page, look)
    made.dress(1280, 720)
    yield made
    page.close_down()


Shown = Callable[..., LogPage]


@pytest.fixture
def shown(stage: Stage, qtbot: QtBot, database: Database) -> Shown:
    """`shown(record, …)`: the page, turned to, with these passages in its list."""

    def show(*records: PassageRecord) -> LogPage:
        fill(database, *records)
        stage.window.show()
        qtbot.waitUntil(lambda: stage.page.model.rowCount() == len(records))
        return stage.page

    return show


@pytest.fixture
def select(qtbot: QtBot, stage: Stage) -> Callable[[int], DetailPane]:
    """`select(0)`: the pane, with the passage of that line in it."""

    def at(line: int) -> DetailPane:
        page = stage.page
        page.table.selectRow(line)
        wanted = page.model.rows[line].key
        qtbot.waitUntil(lambda: page.pane.passage is not None and page.pane.passage.key == wanted)
        return page.pane

    return at
