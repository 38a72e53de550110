"""Exported files held against their manifests: whatever is done to either is found, and the right row named."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from shutil import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from db import passages, people
from db.engine import Database, open_database
from db.heads import Signer
from station.export_manifest import Manifest, ManifestError, manifest_path, read_manifest, signed
from station.export_verify import Finding, Wrong, compare, verify
from tests.db.samples import NOON, a_passage, a_person
from tests.station.exports import STATION, exported, fill

Rows = list[list[str]]
ROWS = 8
_ID, _AT, _VERDICT = 1, 2, 5


@dataclass(frozen=True, slots=True)
class Case:
    """An exported file, what its manifest says, the ids in its rows, and the station's key."""

    file: Path
    manifest: Manifest
    ids: list[str]
    key: str

    def change(self, how: Callable[[Rows], object]) -> None:
        """Do something to the file's rows (the header is row 0), as a spreadsheet or an editor would."""
        if self.file.suffix == ".csv":
            with self.file.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.reader(file))
            how(rows)
            with self.file.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)
        else:
            rows = [list(row) for row in load_workbook(self.file).active.iter_rows(values_only=True)]
            how(rows)
            book = Workbook()
            for row in rows:
                book.active.append(row)
            book.save(self.file)

    def edit_manifest(self, **changes: object) -> None:
        path = manifest_path(self.file)
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")

    def findings(self, *, with_key: bool = False) -> list[Finding]:
        manifest = read_manifest(manifest_path(self.file).read_text("utf-8"))
        return verify(self.file, manifest, key=self.key if with_key else None)

    def told(self, *, with_key: bool = False) -> list[tuple[Wrong, int, str]]:
        return [(one.wrong, one.row, one.passage) for one in self.findings(with_key=with_key)]


@pytest.fixture(scope="module", params=["csv", "xlsx"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, pin_hash: str) -> Case:
    """Made once: only its copies are touched."""
    folder = tmp_path_factory.mktemp("made")
    with open_database(folder / "station.db") as database:
        people.add(database, a_person(code="A1", role="auditor", pin_hash=pin_hash), station=STATION, by=None)
        ids = [one.id for one in fill(database, ROWS)]
        done = exported(database, folder / f"out.{request.param}")
        return Case(done.path, done.manifest, ids, database.signer.key)


@pytest.fixture
def case(made: Case, tmp_path: Path) -> Case:
    file = tmp_path / made.file.name
    copy(made.file, file)
    copy(manifest_path(made.file), manifest_path(file))
    return replace(made, file=file)


def test_as_it_was_written(case: Case) -> None:
    assert case.findings(with_key=True) == []


# --- the rows -------------------------------------------------------------------------------------------------------


def edit(rows: Rows, row: int, column: int, text: str) -> None:
    rows[row][column] = text


def swap(rows: Rows, one: int, other: int) -> None:
    rows[one], rows[other] = rows[other], rows[one]


@pytest.mark.parametrize(
    ("how", "told"),
    [
        (lambda rows: edit(rows, 3, _VERDICT, "refuse"), [(Wrong.EDITED, 3, 3)]),
        (lambda rows: edit(rows, 5, _AT, "2026-05-03 11:00:00"), [(Wrong.EDITED, 5, 5)]),
        (lambda rows: rows.pop(4), [(Wrong.MISSING, 4, None)]),
        (
            lambda rows: rows.insert(2, [*rows[1][:_VERDICT], "review", *rows[1][_VERDICT + 1 :]]),
            [(Wrong.INSERTED, 2, 1)],
        ),
        (lambda rows: rows.insert(6, rows[2]), [(Wrong.INSERTED, 6, 2)]),
        (lambda rows: swap(rows, 2, 7), [(Wrong.MOVED, 2, 7), (Wrong.MOVED, 7, 2)]),
        (lambda rows: rows.__delitem__(slice(7, None)), [(Wrong.TRUNCATED, 7, None), (Wrong.TRUNCATED, 8, None)]),
        (lambda rows: rows.__delitem__(slice(1, None)), [(Wrong.TRUNCATED, row, None) for row in range(1, ROWS + 1)]),
    ],
    ids=["edit", "timestamp", "delete", "insert", "copy", "swap", "truncate", "empty"],
)
def test_a_row_that_was_touched_is_named(
    case: Case, how: Callable[[Rows], object], told: list[tuple[Wrong, int, int | None]]
) -> None:
    case.change(how)
    assert case.told() == [(wrong, row, case.ids[number - 1] if number else "") for wrong, row, number in told]


def test_a_row_is_named_as_the_spreadsheet_counts_it_too(case: Case) -> None:
    case.change(lambda rows: edit(rows, 3, _VERDICT, "refuse"))
    (found,) = case.findings()
    assert (found.line, found.sheet) == (4, "" if case.file.suffix == ".csv" else "Sheet")


def test_several_things_done_at_once_are_each_named(case: Case) -> None:
    def how(rows: Rows) -> None:
        edit(rows, 2, _VERDICT, "refuse")
        rows.pop(5)
        rows.pop()

    case.change(how)
    assert [one[:2] for one in case.told()] == [(Wrong.EDITED, 2), (Wrong.MISSING, 5), (Wrong.TRUNCATED, 8)]


def test_a_row_edited_between_two_that_changed_places_is_still_an_edited_one(case: Case) -> None:
    def how(rows: Rows) -> None:
        edit(rows, 4, _VERDICT, "refuse")
        swap(rows, 3, 5)

    case.change(how)
    assert (Wrong.EDITED, 4, case.ids[3]) in case.told()
    assert {one[0] for one in case.told()} == {Wrong.EDITED, Wrong.MOVED}


def test_a_header_that_was_changed(case: Case) -> None:
    case.change(lambda rows: edit(rows, 0, _VERDICT, "outcome"))
    assert case.told() == [(Wrong.HEADER, 0, "")]


def test_saved_again_by_a_spreadsheet_is_told_from_changed(case: Case) -> None:
    case.change(lambda rows: rows)
    assert case.told() == [(Wrong.REWRITTEN, 0, "")]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no more", b"\xff\xfe\x00"])
def test_a_damaged_file_is_found(case: Case, content: bytes) -> None:
    case.file.write_bytes(content)
    assert case.findings() != []


def test_an_older_file_beside_a_newer_manifest(staffed: Database, tmp_path: Path) -> None:
    target, old = tmp_path / "out.csv", tmp_path / "old.csv"
    fill(staffed, 2)
    exported(staffed, target)
    copy(target, old)
    passages.append_passage(staffed, a_passage(station=STATION, concluded_at=NOON + timedelta(hours=1)))
    newer = exported(staffed, target).manifest
    assert verify(old, newer) == [Finding(Wrong.TRUNCATED, 3)]


# --- the manifest ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"at": "2026-05-05T00:00:00+08:00"},
        {"by": "B01"},
        {"why": ""},
        {"rows": ROWS - 1},
        {"filters": {"verdict": "pass"}},
        {"personal": True},
        {"station": "LS-2"},
        {"sha256": "0" * 64},
        {"event": "another"},
        {"file": "other.csv"},
        {"columns": []},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_field_that_was_changed(case: Case, changes: dict[str, object]) -> None:
    case.edit_manifest(**changes)
    assert (Wrong.SIGNATURE, 0, "") in case.told()


def test_a_file_and_its_hash_changed_together_still_name_the_row(case: Case) -> None:
    case.change(lambda rows: edit(rows, 3, _VERDICT, "refuse"))
    case.edit_manifest(sha256=sha256(case.file.read_bytes()).hexdigest())
    assert case.told() == [(Wrong.SIGNATURE, 0, ""), (Wrong.EDITED, 3, case.ids[2])]


def test_a_changed_signature_or_key(case: Case) -> None:
    other = Signer(b"x" * 32)
    case.edit_manifest(signature=other.signature(case.manifest.body))
    assert case.told() == [(Wrong.SIGNATURE, 0, "")]
    case.edit_manifest(signature=case.manifest.signature, key=other.key)
    assert [one[0] for one in case.told()] == [Wrong.SIGNATURE, Wrong.HEAD]


def test_signed_by_another_key_needs_the_stations_own_to_be_found(case: Case) -> None:
    other = Signer(b"x" * 32)
    head = case.manifest.bound_to
    assert head
    told = {name: getattr(case.manifest, name) for name in Manifest.__dataclass_fields__}
    for name in ("marks", "marks_sha256", "signature", "key", "format"):
        told.pop(name)
    told["head"] = other.sign(head.station, head.seq, head.chain, head.at).note
    forged = signed(other, case.manifest.marks_raw, **told)
    manifest_path(case.file).write_text(forged.text, "utf-8")
    assert case.told() == []
    assert case.told(with_key=True) == [(Wrong.KEY, 0, "")]


def test_marks_that_were_changed(case: Case) -> None:
    case.edit_manifest(marks=case.manifest.marks[:-8] + "AAAAAAA=")
    assert case.told()[0] == (Wrong.MARKS, 0, "")


def test_a_head_of_another_ledger(case: Case) -> None:
    head = case.manifest.bound_to
    assert head
    assert head.is_signed()
    case.edit_manifest(head=replace(head, seq=head.seq + 1).note)
    assert Wrong.HEAD in {one[0] for one in case.told()}


def test_what_is_no_manifest_is_refused(case: Case) -> None:
    good = json.loads(case.manifest.text)
    for bad in ("", "[]", "{}", "null", json.dumps(good | {"rows": "8"}), json.dumps(good | {"format": "other/2"})):
        with pytest.raises(ManifestError):
            read_manifest(bad)
    for name in good:
        with pytest.raises(ManifestError):
            read_manifest(json.dumps({key: value for key, value in good.items() if key != name}))


# --- naming rows ----------------------------------------------------------------------------------------------------


@st.composite
def changed(draw: st.DrawFn) -> tuple[list[bytes], list[bytes]]:
    written = [b"%d" % number for number in range(draw(st.integers(0, 12)))]
    found = list(written)
    for step in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(found)))
        what = draw(st.sampled_from(["edit", "delete", "insert", "move"]))
        if what == "insert":
            found.insert(at, b"new %d" % step)
        elif at < len(found):
            row = found.pop(at)
            if what == "edit":
                found.insert(at, b"edited %d" % step)
            elif what == "move":
                found.insert(draw(st.integers(0, len(found))), row)
    return written, found


@given(changed())
def test_what_is_named_accounts_for_every_row(lists: tuple[list[bytes], list[bytes]]) -> None:
    written, found = lists
    named = list(compare(written, found))
    assert bool(named) is (written != found)
    of: dict[Wrong, list[int]] = {wrong: [one.row for one in named if one.wrong is wrong] for wrong in Wrong}
    new = {number for number, row in enumerate(found, 1) if row not in written}
    gone = {number for number, row in enumerate(written, 1) if row not in found}
    assert {*of[Wrong.EDITED], *of[Wrong.INSERTED]} == new
    assert len(of[Wrong.MISSING]) + len(of[Wrong.TRUNCATED]) + len(of[Wrong.EDITED]) == len(gone)
    assert {*of[Wrong.MISSING], *of[Wrong.TRUNCATED]} <= gone
    moved = {one.row for one in named if one.wrong is Wrong.MOVED}
    kept = [written.index(row) for number, row in enumerate(found, 1) if number not in new | moved]
    assert kept == sorted(kept)
