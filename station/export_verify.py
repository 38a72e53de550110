"""Whether an exported file is as the station wrote it, by its manifest alone: no log is needed.

The station's signature proves the manifest, the manifest its file; the marks tell which rows were touched. Who holds
the station's key can sign anything, and an older file with its own manifest is as true as it was: the log's event of
an export, and the head the manifest is bound to, tell which one is meant.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import file_digest, sha256
from pathlib import Path

from db.exporting import COLUMNS, SEPARATOR
from station.export_files import Kind, Unreadable, Written, read
from station.export_manifest import MARK, PDF, Manifest, mark

_PASSAGE = list(COLUMNS).index("passage")


class Wrong(StrEnum):
    """What is not as it was written."""

    SIGNATURE = "signature"
    KEY = "key"
    HEAD = "head"
    MARKS = "marks"
    HEADER = "header"
    EDITED = "edited"
    MISSING = "missing"
    INSERTED = "inserted"
    MOVED = "moved"
    TRUNCATED = "truncated"
    REWRITTEN = "rewritten"
    CHANGED = "changed"
    UNREADABLE = "unreadable"


_GONE = frozenset({Wrong.MISSING, Wrong.TRUNCATED})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        row: Of the data, counted from 1: where it stands in the file; of one that is not there, where it stood.
        sheet: The sheet it is in; blank in CSV, or where the row is not there.
        line: The row as a spreadsheet counts it, headers too; 0 where it is not there.
        passage: The id that stands in the row.
        stood: Of a row that was moved, where it stood.
    """

    wrong: Wrong
    row: int = 0
    sheet: str = ""
    line: int = 0
    passage: str = ""
    stood: int = 0


def verify(file: Path, manifest: Manifest, *, key: str | None = None) -> list[Finding]:
    """What is not as it was written, the manifest's own faults first; nothing where all is.

    Args:
        file: The exported file.
        manifest: What came with it.
        key: The station's public key (base64), learnt elsewhere; the manifest's own word for it, if not given.

    Raises:
        OSError: The file cannot be read.
    """
    found = list(_of_manifest(manifest, key))
    with file.open("rb") as opened:
        same = file_digest(opened, "sha256").hexdigest() == manifest.sha256
    if manifest.kind == PDF:
        return found if same else [*found, Finding(Wrong.CHANGED)]
    if found or not same:  # a manifest that was changed may say of a changed file what it likes, but for the marks
        found += _of_rows(file, manifest)
    return found if found or same else [Finding(Wrong.REWRITTEN)]


def _of_manifest(manifest: Manifest, key: str | None) -> Iterator[Finding]:
    if not manifest.is_signed():
        yield Finding(Wrong.SIGNATURE)
    elif key is not None and manifest.key != key:
        yield Finding(Wrong.KEY)
    head = manifest.bound_to
    if head is not None and (not head.is_signed() or head.key != manifest.key or head.station != manifest.station):
        yield Finding(Wrong.HEAD)
    if (
        sha256(manifest.marks_raw).hexdigest() != manifest.marks_sha256
        or len(manifest.marks_raw) != manifest.rows * MARK
    ):
        yield Finding(Wrong.MARKS)


def _of_rows(file: Path, manifest: Manifest) -> list[Finding]:
    """Which rows make the file another than the one that was written."""
    raw = manifest.marks_raw
    written = [raw[at : at + MARK] for at in range(0, len(raw), MARK)]
    found: list[bytes] = []
    headers = []
    try:
        for row, header in _parted(file, manifest):
            if not header:
                found.append(_mark(row.cells))
            elif row.cells != manifest.columns:
                headers.append(Finding(Wrong.HEADER, sheet=row.sheet, line=row.number))
        differ = list(compare(written, found))
        there = {one.row for one in differ if one.wrong not in _GONE}
        rows = (row for row, header in _parted(file, manifest) if not header) if there else iter(())
        stand = {number: row for number, row in enumerate(rows, 1) if number in there}
    except Unreadable:
        return [Finding(Wrong.UNREADABLE)]
    return [*headers, *(_placed(one, stand.get(one.row)) for one in differ)]


def _mark(cells: Sequence[str]) -> bytes:
    """The row's mark; none where a cell holds what only parts cells."""
    return b"" if any(SEPARATOR in cell for cell in cells) else mark(SEPARATOR.join(cells))


def _placed(finding: Finding, row: Written | None) -> Finding:
    """The finding with its row, where that is there."""
    if row is None or finding.wrong in _GONE:
        return finding
    passage = "".join(row.cells[_PASSAGE : _PASSAGE + 1])
    return replace(finding, sheet=row.sheet, line=row.number, passage=passage)


def _parted(file: Path, manifest: Manifest) -> Iterator[tuple[Written, bool]]:
    """Each row, and whether it is a header: the first one of a sheet."""
    sheet, width = None, len(manifest.columns)
    for row in read(file, Kind(manifest.kind)):
        cells = row.cells[:width] + [""] * (width - len(row.cells)) if not any(row.cells[width:]) else row.cells
        yield replace(row, cells=cells), row.sheet != sheet
        sheet = row.sheet


def compare(written: Sequence[bytes], found: Sequence[bytes]) -> Iterator[Finding]:
    """How one list of marks came out of another: the fewest rows that were moved, the rest edited, gone or new."""
    begin = next((at for at, (one, other) in enumerate(zip(written, found, strict=False)) if one != other), None)
    begin = min(len(written), len(found)) if begin is None else begin
    end = 0
    while end < min(len(written), len(found)) - begin and written[-1 - end] == found[-1 - end]:
        end += 1
    places = {one: at for at, one in enumerate(written[begin : len(written) - end], begin)}
    stood = [places.pop(one, None) for one in found[begin : len(found) - end]]
    kept = _rising([one for one in stood if one is not None])
    # What is new where one is gone was edited; else within a gap between rows in their order, as far as there is both.
    edited = {row for row, place in enumerate(stood, begin) if place is None} & set(places.values())
    yield from (Finding(Wrong.EDITED, row + 1) for row in sorted(edited))
    gone = deque(sorted(set(places.values()) - edited))
    new: list[int] = []
    for row, place in [*enumerate(stood, begin), (len(found) - end, len(written) - end)]:
        if row in edited:
            continue
        if place is None:
            new.append(row)
        elif place in kept or place == len(written) - end:
            here = []
            while gone and gone[0] < place:
                here.append(gone.popleft())
            yield from (Finding(Wrong.EDITED, one + 1) for one in new[: len(here)])
            yield from (Finding(Wrong.INSERTED, one + 1) for one in new[len(here) :])
            cut_off = place == len(written) and row == len(found)
            yield from (Finding(Wrong.TRUNCATED if cut_off else Wrong.MISSING, one + 1) for one in here[len(new) :])
            new = []
        else:
            yield Finding(Wrong.MOVED, row + 1, stood=place + 1)


def _rising(places: Sequence[int]) -> set[int]:
    """The most of these, all different, that stand in rising order."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tails, place)
        before[place] = tails[at - 1] if at else None
        tails[at : at + 1] = [place]
    kept, last = set(), tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept
