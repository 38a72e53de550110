"""An auditor's job: comes to a desk at work, looks at a week, takes it away, and proves it elsewhere.

By keyboard alone, through the real window; proven by a process of its own, in a folder with the file and its manifest.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from db import events, passages
from db.engine import open_database
from shifts.model import SHANGHAI, THREE_SHIFTS
from station.access import Role
from station.figures import Verdicts
from tests.db.samples import a_decision, a_passage
from tests.jobs.checkpoint import OFFICER, Checkpoint, checkpoint
from tests.jobs.hands import Keyboard
from tests.screens.sight import words
from ui.audit.page import AuditPage
from ui.first_run.founding import NewPerson, add_person
from ui.pages import AUDIT, LOG, SIGN_IN

AUDITOR = NewPerson("3001", "周敏", "区纪委", Role.AUDITOR, "6620")
ROOT = Path(__file__).parents[2]
PLATE = "闽E12345"
WEEK = Verdicts(passed=14, review=7, refused=7)


@pytest.fixture
def post(qapp: QApplication, tmp_path: Path) -> Iterator[Checkpoint]:
    """The checkpoint, with four vehicles on each of the last eight days; of its reviews every other was released."""
    path = tmp_path / "station.db"
    with open_database(path) as database:
        add_person(database, AUDITOR, station="LS-1", now=datetime.now(UTC))
        today = datetime.now(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
        for number in range(8 * 4):
            at = today - timedelta(days=number // 4) + timedelta(minutes=number % 4)
            shift, verdict = THREE_SHIFTS.at(at), ("pass", "pass", "review", "refuse")[number % 4]
            row = a_passage(
                station="LS-1",
                concluded_at=at,
                started_at=at - timedelta(seconds=7),
                verdict=verdict,
                reason_codes=({"review": "code_needs_online", "refuse": "test_too_old"}.get(verdict, "health_green"),),
                officer=OFFICER.code,
                plate=PLATE,
                shift=shift.code,
                shift_date=shift.day,
            )
            passages.append_passage(database, row)
            if verdict == "review" and number % 8 == 2:
                passages.append_decision(database, a_decision(row, at=at))
    with checkpoint(tmp_path) as post:
        yield post


def test_an_auditors_week_is_looked_at_taken_away_and_proven_elsewhere(
    post: Checkpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, file = Keyboard(post), tmp_path / "一周.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    post.until(lambda: post.window.page == SIGN_IN)

    hand.sign_in(AUDITOR.code, AUDITOR.pin)
    post.until(lambda: post.window.page == LOG, "the log, as an auditor has no gate")
    hand.press(Qt.Key.Key_F5)
    page = post.window.pages[AUDIT].widget
    assert isinstance(page, AuditPage)
    post.until(lambda: page.counted is not None and page.bar.range.hasFocus(), "today's figures")

    hand.press(Qt.Key.Key_Down)  # to the last seven days
    post.until(lambda: page.counted is not None and page.counted.figures.verdicts == WEEK, "the week's figures")
    seen = words(post.window)
    assert [word for word in ("近七天", "28", "50.0 %", "7.0 秒", OFFICER.name) if word not in seen] == []
    assert "须联网的省码 · 人工核验  7  50.0 %" in page.board.grounds.chart.accessibleDescription()
    assert PLATE not in seen

    hand.go_to("核对防篡改链")
    hand.type("  ")
    post.until(page.verify.result.isVisible, "what the verification came to")
    assert page.verify.result.text().startswith("完好：")
    hand.press(Qt.Key.Key_Escape)

    hand.go_to("导出…")
    hand.type(" ")
    hand.compose("月度抽查", "yueduchoucha")
    hand.type("\n")
    post.until(page.export.result.isVisible, "the export")
    assert "已导出 28 行" in page.export.result.text()

    with open_database(tmp_path / "station.db") as database:
        assert [event.actor for event in events.newest(database) if event.kind == "exported"] == [AUDITOR.code]
        key = database.signer.key
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in (file.name, f"{file.name}.manifest.json"):
        shutil.move(tmp_path / name, elsewhere / name)
    assert "完好：28 行" in verified(elsewhere, file.name, key)
    book = load_workbook(elsewhere / file.name)
    assert PLATE not in {cell for row in book.active.iter_rows(values_only=True) for cell in row}


def verified(folder: Path, file: str, key: str) -> str:
    """What `station verify-export` says in this folder, to somebody who has nothing else."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "STATION_HOME": str(folder / "home")}
    command = [sys.executable, "-m", "ui.cli", "verify-export", file, "--key", key]
    answer = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer
    return answer.stdout
