"""A checkpoint's log with an early shift in it, and the page that hands it over: real SQLite, real PINs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db import passages, people
from db.engine import Database, open_database
from db.pins import hash_pin
from shifts.handover import Handover
from shifts.model import SHANGHAI, THREE_SHIFTS, DatedShift
from station import handover as service
from station.config import Config
from station.passages import to_json
from station.post import Post
from tests.db.samples import a_passage, a_person
from tests.ui.logs import copy_log
from ui.handover.page import HandoverPage
from ui.look import Look
from ui.theme import stylesheet

DAY = date(2026, 5, 4)
EARLY, MIDDLE = DatedShift(DAY, "early"), DatedShift(DAY, "middle")
CONFIG = Config("LS-1", "LS", "龙士", "zh")
PIN = "5678"
OUT, IN, OFFICER = "L01", "L02", "A01"
PATIENCE = 20_000
"""Milliseconds a slow machine may take."""


def at(hour: int, minute: int = 0) -> datetime:
    """A time of that day, at the checkpoint."""
    return datetime(2026, 5, 4, tzinfo=SHANGHAI) + timedelta(hours=hour, minutes=minute)


def pass_by(database: Database, when: datetime, verdict: str, reason: str) -> None:
    """A vehicle."""
    params = {"fault": "camera_failed"} if reason == "fault" else {}
    kept = to_json([{"code": reason, "outcome": verdict, "params": params, "occupant": None}])
    shift = THREE_SHIFTS.at(when)
    row = a_passage(verdict=verdict, reasons=kept, concluded_at=when, shift_date=shift.day, shift=shift.code)
    passages.append_passage(database, row)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log with two leads, an officer, and four vehicles of the early shift."""
    path = tmp_path_factory.mktemp("handover") / "station.db"
    with open_database(path, create=True) as opened:
        pin_hash = hash_pin(PIN)
        for code, name, role in ((OUT, "周志明", "lead"), (IN, "陈志明", "lead"), (OFFICER, "李伟", "officer")):
            people.add(opened, a_person(code=code, name=name, role=role, pin_hash=pin_hash), station="LS-1", by=None)
        for number, (verdict, reason) in enumerate(
            (("pass", "health_green"), ("review", "fault"), ("refuse", "test_too_old"), ("pass", "health_green"))
        ):
            pass_by(opened, at(9 + number), verdict, reason)
    return path


@pytest.fixture
def path(tmp_path: Path, prepared: Path) -> Path:
    """A log of this test's own."""
    return copy_log(prepared, tmp_path)


@pytest.fixture
def post(path: Path) -> Iterator[Post]:
    """Another station of the same checkpoint, on the same log."""
    with open_database(path) as opened:
        yield Post(opened, CONFIG, THREE_SHIFTS)


@dataclass
class Clock:
    """A time that tests move."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Stage:
    """The page in a window, and what tests ask of it."""

    window: QWidget
    page: HandoverPage
    look: Look
    clock: Clock
    qtbot: QtBot
    overdue: list[int] = field(default_factory=list)

    def until(self, true: Callable[[], object]) -> None:
        """Let everything go on until this is so."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=PATIENCE)

    @property
    def handover(self) -> Handover:
        """The sheet in hand, as it is kept."""
        assert self.page._base is not None
        return self.page._base

    def ready(self) -> None:
        """Wait until a sheet is shown."""
        self.until(lambda: self.page._loaded is not None)

    def kept(self) -> None:
        """Have what was typed kept, and wait for it."""
        before = self.handover.steps
        self.page._shelf.save()
        self.until(lambda: self.handover.steps > before)

    def write(self, notes: str) -> None:
        """Type notes."""
        self.page.sheet.notes.notes.setPlainText(notes)

    def give(self, code: str = OUT, pin: str = PIN) -> None:
        """The outgoing lead's code and PIN, and the button."""
        card = self.page.gives
        card.code.setText(code)
        card.pin.setText(pin)
        card.confirm.click()

    def take(self, code: str = IN, pin: str = PIN) -> None:
        """The incoming lead's."""
        card = self.page.takes
        card.code.setText(code)
        card.pin.setText(pin)
        card.confirm.click()

    def handed_over(self) -> None:
        """Both, to the end."""
        self.give()
        self.until(lambda: self.handover.given)
        self.take()
        self.until(lambda: self.handover.complete)


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Callable[..., Stage]]:
    """`opened(path, OUT)`: the page over a log at five past four, with somebody at the desk."""
    stages: list[Stage] = []

    def show(path: Path, officer: str | None = OUT, now: datetime = at(16, 5)) -> Stage:  # noqa: B008 -- a constant
        look, window, clock = Look(), QWidget(), Clock(now)
        page = HandoverPage(look, partial(open_database, path), CONFIG, now=clock)
        QVBoxLayout(window).addWidget(page)
        qtbot.addWidget(window)
        stages.append(Stage(window, page, look, clock, qtbot))
        page.overdue.connect(stages[-1].overdue.append)
        page._shelf._timer.setInterval(600_000)  # however slow a machine is, a test says when a pause is over
        page.set_officer(officer)
        window.setStyleSheet(stylesheet(look.theme, 720))
        window.resize(1180, 660)
        window.show()
        stages[-1].ready()
        return stages[-1]

    yield show
    for one in stages:
        one.page.close_down()


@pytest.fixture
def stage(opened: Callable[..., Stage], path: Path) -> Stage:
    """The outgoing lead's page, at five past four."""
    return opened(path)


def on_record(post: Post, shift: DatedShift = EARLY) -> Handover:
    """The handover as the log has it."""
    return service.handover(post, shift)
