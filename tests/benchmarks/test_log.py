"""The long logs that benchmarks read: as the program would have written them, row by row."""

from pathlib import Path

import pytest

from benchmarks import filled_log
from benchmarks.harness import table
from benchmarks.log import figures
from db import passages
from db.engine import open_database
from db.passages import Place
from db.records import PassageRecord
from db.verifying import verify

ROWS = 700


def pages(log: Path) -> list[PassageRecord]:
    """All passages, page after page."""
    found: list[PassageRecord] = []
    with open_database(log) as database:
        before: Place | None = None
        while page := passages.page(database, before=before, limit=90):
            found += page
            before = Place(page[-1].concluded_at, page[-1].id)
    return found


def test_a_log_made_in_bulk_verifies_opens_and_turns_page_by_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filled_log, "FOLDER", tmp_path)
    monkeypatch.setattr(filled_log, "_PART", 100)
    monkeypatch.setattr(filled_log, "_AT_A_TIME", 256)
    log = filled_log.filled_log(ROWS)
    with open_database(log) as database:
        report = verify(database)
    assert report.findings == []
    assert report.entries >= ROWS
    read = pages(log)
    assert len({record.id for record in read}) == ROWS
    assert [record.concluded_at for record in read] == sorted((one.concluded_at for one in read), reverse=True)
    assert {record.personal for record in read} == {"open"}


@pytest.mark.prove
def test_ten_million_rows_are_read_and_verified(capsys: pytest.CaptureFixture[str]) -> None:
    told = table({"log": figures(filled_log.filled_log(10_000_000), 10_000_000)})
    with capsys.disabled():
        print(f"\n{told}")
