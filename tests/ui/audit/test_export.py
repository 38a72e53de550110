"""Taken away from the page: rows or figures, with a manifest; by whom, why, and with whose data."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from db.engine import open_database
from db.events import newest
from station import export as service
from station.export_manifest import PDF, Manifest, manifest_path, read_manifest
from station.export_verify import Finding, Wrong, verify
from tests.ui.audit.conftest import LEAD, OFFICER, Stage
from ui.audit import export as module
from ui.audit.panel import Tell


def export(stage: Stage, path: Path, *, why: str = "月度抽查") -> str:
    """Export through the panel; gives what it says then."""
    panel = stage.page.export
    if not panel.isVisible():
        stage.page.open_export()
    panel.kinds[path.suffix[1:]].click()
    panel.why.insert(why)
    panel.export_to(path)
    stage.until(lambda: not panel.work.running)
    return panel.result.text()


def manifest_of(path: Path) -> Manifest:
    return read_manifest(manifest_path(path).read_text("utf-8"))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_rows_that_are_counted_are_written_with_their_manifest(inside: Stage, tmp_path: Path, kind: str) -> None:
    inside.choose("近七天")
    path = tmp_path / f"week.{kind}"
    assert f"已导出 5 行到 {path}" in export(inside, path)
    manifest = manifest_of(path)
    assert (manifest.rows, manifest.by, manifest.why, manifest.personal) == (5, "3001", "月度抽查", False)
    assert verify(path, manifest) == []


def test_the_figures_are_written_as_they_stand_under_a_signed_head(inside: Stage, tmp_path: Path) -> None:
    path = tmp_path / "week.pdf"
    assert f"汇总已导出到 {path}" in export(inside, path)
    manifest = manifest_of(path)
    assert path.read_bytes().startswith(b"%PDF-")
    assert (manifest.kind, manifest.rows, manifest.columns) == (PDF, 0, [])
    assert manifest.bound_to is not None
    assert verify(path, manifest) == []
    path.write_bytes(path.read_bytes() + b"\n")
    assert verify(path, manifest) == [Finding(Wrong.CHANGED)]


def test_personal_data_is_asked_for_by_an_auditor(inside: Stage, tmp_path: Path) -> None:
    panel = inside.page.export
    inside.page.open_export()
    panel.personal.click()
    assert "含个人信息" in panel.what.text()
    path = tmp_path / "today.csv"
    export(inside, path)
    assert manifest_of(path).personal
    assert "闽E12345" in path.read_text("utf-8-sig")


def test_a_lead_is_offered_none(stage: Stage, tmp_path: Path) -> None:
    stage.sign_in(LEAD)
    stage.counted()
    stage.page.open_export()
    assert not stage.page.export.personal.isVisible()
    path = tmp_path / "today.csv"
    export(stage, path)
    assert "闽E12345" not in path.read_text("utf-8-sig")


def test_a_summary_has_no_personal_data_to_ask_for(inside: Stage) -> None:
    panel = inside.page.export
    inside.page.open_export()
    panel.personal.click()
    panel.kinds[PDF].click()
    assert not panel.personal.isEnabled()
    assert "含图表" in panel.what.text()


def test_without_a_reason_nothing_is_exported(inside: Stage) -> None:
    inside.page.open_export()
    panel = inside.page.export
    assert not panel.begin.isEnabled()
    QTest.keyClicks(panel.why, "  ")
    assert not panel.begin.isEnabled()
    QTest.keyClick(panel.why, Qt.Key.Key_Return)
    assert not panel.work.running


def test_where_to_is_asked_and_the_ending_added(inside: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(_parent: object, _title: str, offered: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(offered).name)
        return str(tmp_path / "mine"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    inside.choose("近七天")
    inside.page.open_export()
    inside.page.export.why.setText("抽查")
    QTest.keyClick(inside.page.export.why, Qt.Key.Key_Return)
    inside.until(lambda: not inside.page.export.work.running)
    assert asked == ["通行记录 LS 2026-11-18 2026-11-24.xlsx"]
    assert (tmp_path / "mine.xlsx").exists()


def test_stopped_it_leaves_no_file_and_no_word_in_the_ledger(
    inside: Stage, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def slow(*given: Any, tell: Tell, **named: Any) -> object:
        def stop_first(done: int, total: int) -> None:
            inside.page.export.work.cancel()
            tell(done, total)

        return service.export(*given, tell=stop_first, **named)

    monkeypatch.setattr(module, "export", slow)
    assert export(inside, tmp_path / "out" / "today.csv") != ""
    (tmp_path / "out").mkdir()
    assert export(inside, tmp_path / "out" / "today.csv") == "已停止：没有写出文件"
    assert list((tmp_path / "out").iterdir()) == []
    with open_database(path) as database:
        assert "exported" not in [event.kind for event in newest(database)]


def test_a_folder_that_is_gone_is_said(inside: Stage, tmp_path: Path) -> None:
    assert "gone" in export(inside, tmp_path / "gone" / "today.pdf")
    assert "gone" in export(inside, tmp_path / "gone" / "today.xlsx", why="")


def test_when_somebody_else_takes_the_desk_the_form_is_blank_and_what_runs_goes_on(
    inside: Stage, tmp_path: Path
) -> None:
    panel = inside.page.export
    inside.page.open_export()
    panel.why.setText("抽查")
    panel.personal.click()
    path = tmp_path / "today.csv"
    panel.kinds["csv"].click()
    panel.export_to(path)
    inside.sign_in(OFFICER)
    inside.until(lambda: not panel.work.running)
    assert verify(path, manifest_of(path)) == []
    assert (panel.why.text(), panel.personal.isChecked(), panel.begin.isEnabled()) == ("", False, False)
