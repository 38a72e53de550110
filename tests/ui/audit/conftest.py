"""A log with a week in November, and the page that counts it: real SQLite, real PINs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db import passages, people
from db.engine import open_database
from db.pins import hash_pin
from shifts.model import SHANGHAI, THREE_SHIFTS
from station import access
from station.config import Config
from station.figures import Figures
from tests.db.samples import a_decision, a_passage, a_person
from tests.ui.logs import copy_log
from ui.audit.page import AuditPage
from ui.look import Look
from ui.theme import stylesheet

NOW = datetime(2026, 11, 24, 20, 40, tzinfo=SHANGHAI)
CONFIG = Config("LS-1", "LS", "龙士", "zh")
PIN = "5678"
AUDITOR, LEAD, OFFICER = "3001", "2001", "1001"
PATIENCE = 20_000
"""Milliseconds a slow machine may take."""
WEEK = (
    ("pass", "health_green", 1, "1001"),
    ("pass", "health_green", 3, "1001"),
    ("refuse", "test_too_old", 4, "1002"),
    ("review", "code_needs_online", 30, "1002"),
    ("review", "manual_entry", 100, "1001"),
    ("pass", "health_green", 24 * 20, "1001"),
)
"""Verdict, reason, hours ago, and who checked; the first of two reviews was released."""


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The log."""
    path = tmp_path_factory.mktemp("audit") / "station.db"
    with open_database(path) as opened:
        pin_hash = hash_pin(PIN)
        staff = ((AUDITOR, "周敏", "auditor"), (LEAD, "陈志明", "lead"), (OFFICER, "李伟", "officer"))
        for code, name, role in (*staff, ("1002", "郑美丽", "officer")):
            people.add(opened, a_person(code=code, name=name, role=role, pin_hash=pin_hash), station="LS-1", by=None)
        for verdict, reason, hours, officer in WEEK:
            at = NOW - timedelta(hours=hours)
            shift = THREE_SHIFTS.at(at)
            row = a_passage(
                station="LS-1",
                concluded_at=at,
                started_at=at - timedelta(seconds=6),
                verdict=verdict,
                reason_codes=(reason,),
                code_families=("jkm1",),
                officer=officer,
                shift=shift.code,
                shift_date=shift.day,
            )
            passages.append_passage(opened, row)
            if reason == "code_needs_online":
                passages.append_decision(opened, a_decision(row))
    return path


@pytest.fixture
def path(tmp_path: Path, prepared: Path) -> Path:
    """A log of this test's own."""
    return copy_log(prepared, tmp_path)


@dataclass
class Stage:
    """The page in a window, and what tests ask of it."""

    window: QWidget
    page: AuditPage
    look: Look
    qtbot: QtBot
    path: Path

    def until(self, true: Callable[[], object]) -> None:
        """Let everything go on until this is so."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=PATIENCE)

    @property
    def figures(self) -> Figures:
        """Those on the page."""
        assert self.page.counted is not None
        return self.page.counted.figures

    def sign_in(self, code: str) -> None:
        """Somebody takes the desk."""
        with open_database(self.path) as database:
            self.page.set_user(access.sign_in(database, code, PIN, station="LS-1", now=NOW))

    def counted(self) -> None:
        """Wait for the figures asked for last."""
        self.until(lambda: self.page.counted is not None and not self.page.is_counting)

    def choose(self, chosen: str) -> None:
        """Choose a range."""
        box = self.page.bar.range
        box.setCurrentIndex(box.findText(chosen))
        box.activated.emit(box.currentIndex())
        self.counted()


@pytest.fixture
def stage(qtbot: QtBot, path: Path) -> Iterator[Stage]:
    """The page; nobody has the desk."""
    look, window = Look(), QWidget()
    page = AuditPage(look, partial(open_database, path), CONFIG, now=lambda: NOW)
    QVBoxLayout(window).addWidget(page)
    window.setStyleSheet(stylesheet(look.theme, 720))
    window.resize(1170, 660)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    yield Stage(window, page, look, qtbot, path)
    page.close_down()


@pytest.fixture
def inside(stage: Stage) -> Stage:
    """An auditor has the desk, and today's figures are there."""
    stage.sign_in(AUDITOR)
    stage.counted()
    return stage
