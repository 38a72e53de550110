"""Exports: what a file says and to whom, that it is whole or not there, and what is kept of its making."""

import errno
import json
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from db import events, passages
from db.engine import Database
from db.exporting import COLUMNS, SEPARATOR
from db.filters import Filters
from station import access, export_files, retention
from station.access import AccessError
from station.export import EXPORTED, ExportError
from station.export_files import Kind, read, write
from tests.db.samples import NOON, a_decision
from tests.station.exports import LATER, STATION, actor, exported, fill

KINDS = ["csv", "xlsx"]
EVIDENCE = json.dumps(
    {
        "occupants": [
            {"codes": [{"credential": {"holder": {"name": "王小明", "id_tail": "204X"}}}], "id_number": None},
            {"manual": [{"holder": {"name": "李红", "id_tail": "1234"}}], "id_number": "350681199001011234"},
        ]
    },
    ensure_ascii=False,
)
ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=SEPARATOR), max_size=30
) | st.sampled_from(
    [
        "=1+1",
        "'=1",
        "''",
        "+86",
        "-",
        "@x",
        "\t=",
        "\r",
        "\r\n",
        'a"b',
        "a,b",
        "“引号”",
        "_x000D_",
        "_x005F_",
        "🚗",
        " ",
    ]
)


def table(path: Path) -> list[list[str]]:
    """Every row of a file, its header first."""
    return [row.cells for row in read(path, Kind(path.suffix[1:]))]


def rows(path: Path) -> list[dict[str, str]]:
    header, *found = table(path)
    return [dict(zip(header, cells, strict=True)) for cells in found]


@pytest.fixture(params=KINDS)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f"out.{request.param}"


# --- what it says ---------------------------------------------------------------------------------------------------


def test_masked_rows_tell_what_was_decided_and_of_nobody(staffed: Database, target: Path) -> None:
    first, *_ = fill(staffed, 2, verdict="review", evidence=EVIDENCE, reason_codes=("test_too_old", "health_yellow"))
    passages.append_decision(staffed, a_decision(first, reason="王小明 已核实"))
    exported(staffed, target)
    one, other = rows(target)
    assert one["passage"] == first.id
    assert (one["concluded at (Beijing)"], one["seconds taken"]) == ("2026-05-03 12:00:25", "25")
    assert (one["verdict"], one["reasons"]) == ("review", "test_too_old health_yellow")
    assert (one["decisions"], other["decisions"]) == ("release 2026-05-03 12:00:00 A01+L01", "")
    assert one["on duty"] == "A01 B02"
    assert one["vehicle (mark of the day)"] == other["vehicle (mark of the day)"] != ""
    whole = " ".join(map(str, table(target)))
    assert not [secret for secret in ("12345", "王小明", "李红", "204X", "已核实") if secret in whole]


@pytest.mark.parametrize(
    ("kept", "told"), [('["A01", "B02"]', "A01 B02"), ('["A01","B02"]', "A01 B02"), ('["A01"]', "A01"), ("[]", "")]
)
def test_codes_are_told_alike_with_blanks_between_them_or_none(kept: str, told: str) -> None:
    with closing(sqlite3.connect(":memory:")) as plain:
        query = f"SELECT {COLUMNS['on_duty']} FROM (SELECT ? AS on_duty)"
        assert plain.execute(query, (kept,)).fetchone() == (told,)


def test_personal_rows_tell_of_whom_as_long_as_that_can_be_read(staffed: Database, target: Path) -> None:
    first = fill(staffed, 1, evidence=EVIDENCE)[0]
    passages.append_decision(staffed, a_decision(first, reason="已核实"))
    exported(staffed, target, personal=True)
    told = rows(target)[0]
    assert (told["plate"], told["personal data"]) == ("闽E12345", "open")
    assert told["occupants"] == "王小明 204X; 李红 350681199001011234"
    assert told["why decided"] == "已核实"
    retention.run(staffed, 30, actor=access.STATION, station=STATION, now=NOON + timedelta(days=40))
    exported(staffed, target, personal=True)
    told = rows(target)[0]
    assert (told["plate"], told["occupants"], told["why decided"], told["personal data"]) == ("", "", "", "erased")


def test_only_what_fits_is_written_oldest_first(staffed: Database, target: Path) -> None:
    found = fill(staffed, 5)
    late = fill(staffed, 1, plate="闽E99999")[0]
    ids = [one.id for one in found]

    def got(**filters: object) -> list[str]:
        exported(staffed, target, Filters(**filters))  # type: ignore[arg-type]
        return [row["passage"] for row in rows(target)]

    since, until = NOON + timedelta(minutes=1), NOON + timedelta(minutes=3)
    assert got(since=since, until=until) == ids[1:3]
    assert got(plate="闽E99999") == [late.id]
    assert got(verdict="refuse") == []
    assert table(target)[0][0] == "station", "a file without rows has its header"


def test_a_moment_is_kept_whatever_is_appended_meanwhile(staffed: Database, target: Path) -> None:
    fill(staffed, 3)
    done = exported(staffed, target, cancelled=lambda: bool(fill(staffed, 1)) and False)
    assert (done.manifest.rows, len(rows(target))) == (3, 3)


@pytest.mark.parametrize(("language", "header"), [("zh", "核验结论"), ("en", "verdict")])
def test_the_header_is_in_the_language_asked_for(staffed: Database, target: Path, language: str, header: str) -> None:
    exported(staffed, target, language=language)
    assert header in table(target)[0]


def test_sheets_are_parted_at_what_one_holds(
    staffed: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_files, "SHEET_ROWS", 3)
    ids = [one.id for one in fill(staffed, 7)]
    exported(staffed, tmp_path / "out.xlsx")
    found = list(read(tmp_path / "out.xlsx", Kind.XLSX))
    assert [(one.sheet, one.number) for one in found[:5]] == [("passages 1", n) for n in range(1, 5)] + [
        ("passages 2", 1)
    ]
    assert [one.cells[1] for one in found if one.number > 1] == ids


def test_a_workbook_keeps_numbers_as_numbers_and_all_else_as_text(staffed: Database, tmp_path: Path) -> None:
    fill(staffed, 1, plate="=1+1")
    exported(staffed, tmp_path / "out.xlsx", personal=True)
    header, row = load_workbook(tmp_path / "out.xlsx").active.iter_rows()
    types = {name.value: cell.data_type for name, cell in zip(header, row, strict=True) if cell.value is not None}
    assert {name for name, kind in types.items() if kind == "n"} == {"seconds taken", "people"}
    assert {kind for name, kind in types.items() if name not in {"seconds taken", "people"}} == {"s"}


def test_no_cell_of_a_csv_is_a_formula_and_its_text_is_marked_as_utf_8(staffed: Database, tmp_path: Path) -> None:
    fill(staffed, 1, plate="=cmd|' /C calc'!A0")
    exported(staffed, tmp_path / "out.csv", personal=True)
    content = (tmp_path / "out.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b",'=cmd|' /C calc'!A0," in content


@pytest.mark.parametrize("kind", list(Kind))
@settings(max_examples=25)
@given(cells=st.lists(st.tuples(ANY_TEXT, ANY_TEXT), min_size=1, max_size=4))
def test_any_text_comes_back_as_it_was(
    kind: Kind, cells: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("texts") / "out"
    wanted = [["id", "a", "b"], *([f"{number}", *pair] for number, pair in enumerate(cells))]
    chunks = [[SEPARATOR.join(row)] for row in wanted[1:]]
    write(path, kind, wanted[0], chunks, total=len(cells), title="t", numbers=frozenset())
    assert [[*row.cells, "", ""][:3] for row in read(path, kind)] == wanted


# --- to whom --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "personal", "may"),
    [("A1", True, True), ("L1", False, True), ("L1", True, False), ("O1", False, False), ("M1", False, False)],
)
def test_who_may(staffed: Database, target: Path, code: str, personal: bool, may: bool) -> None:
    by = actor(staffed, code)
    if may:
        exported(staffed, target, actor=by, personal=personal)
    else:
        with pytest.raises(AccessError):
            exported(staffed, target, actor=by, personal=personal)
    assert target.exists() is may


def test_without_a_reason_there_is_none(staffed: Database, target: Path) -> None:
    with pytest.raises(ExportError) as refused:
        exported(staffed, target, why="  ")
    assert (refused.value.code, target.exists()) == ("reason_blank", False)


def test_a_part_of_a_plate_is_not_exported_by(staffed: Database, target: Path) -> None:
    with pytest.raises(ExportError) as refused:
        exported(staffed, target, Filters(fragment="闽E1"))
    assert refused.value.code == "export_opens"


# --- whole or not at all --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("there", [True, False])
def test_cancelled_leaves_everything_as_it_was(staffed: Database, target: Path, there: bool) -> None:
    fill(staffed, 2)
    if there:
        target.write_text("before")
    with pytest.raises(ExportError) as ended:
        exported(staffed, target, cancelled=lambda: True)
    assert ended.value.code == "export_cancelled"
    left = {path.name for path in target.parent.iterdir() if not path.name.startswith("station")}
    assert left == ({target.name} if there else set())
    assert not events.newest(staffed, kind=EXPORTED)


def test_a_disk_that_is_full_is_said_and_leaves_nothing(
    staffed: Database, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(staffed, 2)
    monkeypatch.setattr(Path, "touch", lambda self, _: self.symlink_to("/dev/full"))
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        exported(staffed, target)
    assert [path for path in target.parent.iterdir() if not path.name.startswith("station")] == []


def test_no_folder_is_said(staffed: Database, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        exported(staffed, tmp_path / "none" / "out.csv")


def test_progress_is_told(staffed: Database, target: Path) -> None:
    told: list[tuple[int, int]] = []
    fill(staffed, 3)
    exported(staffed, target, tell=lambda done, total: told.append((done, total)))
    assert told == [(3, 3)]


# --- what is kept of it ---------------------------------------------------------------------------------------------


def test_an_export_is_an_event_that_names_the_file_and_no_plate(staffed: Database, target: Path) -> None:
    fill(staffed, 2)
    manifest = exported(staffed, target, Filters(plate="闽E12345", since=NOON), personal=True).manifest
    (event,) = events.newest(staffed, kind=EXPORTED)
    told = json.loads(event.details)
    assert (event.id, event.actor, event.at) == (manifest.event, "A1", LATER)
    assert told == {
        "kind": target.suffix[1:],
        "personal": True,
        "filters": {"since": "2026-05-03T12:00:00+08:00", "plate": "闽E·1***5"},
        "rows": 2,
        "sha256": manifest.sha256,
        "why": "月度抽查",
    }
