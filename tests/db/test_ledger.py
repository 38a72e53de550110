"""The ledger: every row is chained, and whatever is done to the file behind the program's back is found and named."""

import os
import signal
import sqlite3
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copy

import pytest

from db import documents, events, ledger, passages, verifying
from db.canonical import COLUMNS, VERSION
from db.engine import Database, open_database
from db.heads import Head, HeadError, Signer, read_head
from db.keyfile import key_path
from db.ledger import Moment
from db.records import EventRecord, new_id
from db.stretches import Finding, Followed, Kind, Stretch
from db.verifying import verify
from tests.db.samples import NOON, a_decision, a_passage
from tests.db.tampering import findings, rewrite, tamper

ROWS = 12


@pytest.fixture
def kept(path: Path) -> tuple[list[str], Head]:
    """A log of some vehicles and a decision, closed; the passages' ids in order, and a head signed then."""
    with open_database(path) as database:
        records = [a_passage(concluded_at=NOON + timedelta(minutes=number)) for number in range(ROWS)]
        for record in records:
            passages.append_passage(database, record)
        passages.append_decision(database, a_decision(records[3]))
        with database.write() as connection:
            head = ledger.sign_head(connection, "LS1", database.signer)
    assert head is not None
    return [record.id for record in records], head


# --- a whole one ----------------------------------------------------------------------------------------------------


def test_a_log_as_it_was_written_is_whole(kept: tuple[list[str], Head], path: Path) -> None:
    _, head = kept
    with open_database(path) as database:
        report = verify(database, [head])
    assert report.findings == []
    assert report.entries == ROWS + 1
    assert report.heads == {"LS1": (ROWS + 1, head.chain)}


def test_rows_appended_later_do_not_contradict_an_older_head(kept: tuple[list[str], Head], path: Path) -> None:
    with open_database(path) as database:
        passages.append_passage(database, a_passage())
    assert findings(path, kept[1]) == []


TAMPERED = {
    "whole": (),
    "a row": ("UPDATE passages SET verdict = 'refuse' WHERE rowid = 5",),
    "a row and its entry": (
        "UPDATE passages SET people = 9 WHERE rowid = 3",
        "UPDATE ledger SET row_sha256 = '00' WHERE seq = 3",
    ),
    "entries missing": ("DELETE FROM ledger WHERE seq IN (4, 6, 7)",),
    "the last entry": (f"DELETE FROM ledger WHERE seq = {ROWS + 1}",),
    "entries exchanged": tuple(
        f"UPDATE ledger SET seq = {to} WHERE seq = {of}" for of, to in ((6, 99), (7, 6), (99, 7))
    ),
    "a number out of all reason": (f"UPDATE ledger SET seq = {1 << 60} WHERE seq = 9",),
}


@pytest.mark.parametrize("tampered", TAMPERED)
def test_it_does_not_matter_in_how_many_stretches_a_chain_is_followed(
    kept: tuple[list[str], Head], path: Path, tampered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tamper(path, *TAMPERED[tampered])
    in_one = findings(path, kept[1])
    assert bool(in_one) == (tampered != "whole")
    for length in (1, 2, 3, 6):
        monkeypatch.setattr(verifying, "STRETCH", length)
        assert findings(path, kept[1]) == in_one


def test_nor_does_it_matter_how_many_processes_share_the_work(
    kept: tuple[list[str], Head], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tamper(path, *TAMPERED["a row and its entry"])
    alone = findings(path, kept[1])
    monkeypatch.setattr(verifying, "STRETCH", 4)
    monkeypatch.setattr(verifying, "TOGETHER", 1)
    assert findings(path, kept[1]) == alone != []


def killed(stretch: Stretch) -> Followed:
    """A process that is ended from outside half way."""
    if stretch.after >= 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return verifying._follow(stretch)


def test_the_rest_is_verified_alone_where_a_process_is_ended(
    kept: tuple[list[str], Head], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tamper(path, *TAMPERED["a row and its entry"])
    alone = findings(path, kept[1])
    monkeypatch.setattr(verifying, "STRETCH", 4)
    monkeypatch.setattr(verifying, "TOGETHER", 1)
    monkeypatch.setattr(verifying, "_follow", killed)
    assert findings(path, kept[1]) == alone != []


def test_a_process_that_cannot_open_the_log_is_no_traceback(
    kept: tuple[list[str], Head], path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verifying, "STRETCH", 4)
    monkeypatch.setattr(verifying, "TOGETHER", 1)
    with open_database(path) as database:
        key_path(path).rename(path.with_suffix(".away"))
        assert verify(database, [kept[1]]).findings == []
    assert capfd.readouterr().err == ""


def test_an_empty_log_is_whole_and_has_no_head(database: Database) -> None:
    with database.write() as connection:
        assert ledger.sign_head(connection, "LS1", database.signer) is None
    assert verify(database).findings == []


def test_each_station_has_a_chain_of_its_own(database: Database) -> None:
    for station in ("LS1", "LS2", "LS1"):
        passages.append_passage(database, a_passage(station=station))
    report = verify(database)
    assert report.findings == []
    assert {station: seq for station, (seq, _) in report.heads.items()} == {"LS1": 2, "LS2": 1}


def test_what_is_undone_leaves_no_entry(database: Database) -> None:
    def fail_half_way() -> None:
        with database.write() as connection:
            event = EventRecord(station="LS1", id=new_id(), at=NOON, kind="opened")
            events.append_within(database, connection, event)
            raise ValueError("after the row")

    with pytest.raises(ValueError, match="after the row"):
        fail_half_way()
    passages.append_passage(database, a_passage())
    report = verify(database)
    assert (report.entries, report.findings) == (1, [])


def test_a_head_is_signed_every_so_many_entries(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "EVERY", 4)
    for _ in range(9):
        passages.append_passage(database, a_passage())
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT seq FROM ledger_heads").scalars().all() == [4, 8]
    assert verify(database).findings == []


# --- tampering, found with nothing kept outside ----------------------------------------------------------------------

FOURTH = "(SELECT row_id FROM ledger WHERE seq = 4)"
TAMPERINGS: dict[str, tuple[tuple[str, ...], Finding]] = {
    "a row is edited": (
        (f"UPDATE passages SET verdict = 'refuse' WHERE id = {FOURTH}",),
        Finding(Kind.EDITED, "LS1", 4, "passages"),
    ),
    "what it says of people is edited": (
        (f"UPDATE passages SET personal = 'AAAA' || substr(personal, 5) WHERE id = {FOURTH}",),
        Finding(Kind.EDITED, "LS1", 4, "passages"),
    ),
    "its time is edited": (
        (f"UPDATE passages SET concluded_at = concluded_at + 1 WHERE id = {FOURTH}",),
        Finding(Kind.EDITED, "LS1", 4, "passages"),
    ),
    "a row is deleted": ((f"DELETE FROM passages WHERE id = {FOURTH}",), Finding(Kind.MISSING, "LS1", 4, "passages")),
    "a row is deleted with its entry": (
        (f"DELETE FROM passages WHERE id = {FOURTH}", "DELETE FROM ledger WHERE seq = 4"),
        Finding(Kind.ENTRY_MISSING, "LS1", 4),
    ),
    "two rows trade what they say": (
        (
            (
                "UPDATE passages SET verdict = 'refuse', personal = (SELECT p.personal FROM passages p WHERE p.id ="
                f" (SELECT row_id FROM ledger WHERE seq = 5)) WHERE id = {FOURTH}"
            ),
        ),
        Finding(Kind.EDITED, "LS1", 4, "passages"),
    ),
    "two entries trade places": (
        (
            "UPDATE ledger SET seq = -1 WHERE seq = 4",
            "UPDATE ledger SET seq = 4 WHERE seq = 5",
            "UPDATE ledger SET seq = 5 WHERE seq = -1",
        ),
        Finding(Kind.REORDERED, "LS1", 4, "passages"),
    ),
    "an entry's time is edited": (
        ("UPDATE ledger SET at = at + 1 WHERE seq = 4",),
        Finding(Kind.ENTRY_EDITED, "LS1", 4, "passages"),
    ),
    "a signature is changed": (
        ("UPDATE ledger_heads SET signature = substr(signature, 1, 80) || 'AAAA' || substr(signature, 85)",),
        Finding(Kind.SIGNATURE, "LS1", ROWS + 1),
    ),
    "the end is cut off, past a head": (
        ("DELETE FROM decisions", f"DELETE FROM ledger WHERE seq = {ROWS + 1}"),
        Finding(Kind.TRUNCATED, "LS1", ROWS + 1),
    ),
}


@pytest.mark.parametrize(("statements", "wanted"), TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_tampering_is_found_and_the_row_named(
    kept: tuple[list[str], Head], path: Path, statements: tuple[str, ...], wanted: Finding
) -> None:
    ids, head = kept
    if wanted.kind is Kind.REORDERED:
        wanted = replace(wanted, row=ids[4])
    elif wanted.table:
        wanted = replace(wanted, row=ids[3])
    tamper(path, *statements)
    for outside in ((), (head,)):
        assert findings(path, *outside)[0] == wanted


def test_an_inserted_row_is_found(kept: tuple[list[str], Head], path: Path) -> None:
    names = ", ".join(COLUMNS[VERSION]["passages"][2:])
    tamper(path, f"INSERT INTO passages (station, id, {names}) SELECT station, 'forged', {names} FROM passages LIMIT 1")
    assert findings(path) == [Finding(Kind.INSERTED, "LS1", 0, "passages", "forged")]


def test_a_row_exchanged_for_another_is_found_on_both_sides(kept: tuple[list[str], Head], path: Path) -> None:
    ids, _ = kept
    tamper(path, f"UPDATE passages SET id = 'forged' WHERE id = '{ids[5]}'")
    assert findings(path) == [
        Finding(Kind.MISSING, "LS1", 6, "passages", ids[5]),
        Finding(Kind.INSERTED, "LS1", 0, "passages", "forged"),
    ]


def test_a_weakened_trigger_is_said_and_put_right(kept: tuple[list[str], Head], path: Path) -> None:
    tamper(path)
    with open_database(path) as database:
        assert database.warnings == ("triggers_reinstated",)


# --- found only with a head kept outside -----------------------------------------------------------------------------


def test_a_ledger_written_anew_with_the_stations_key_is_found_by_a_head_alone(
    kept: tuple[list[str], Head], path: Path
) -> None:
    rewrite(path, f"UPDATE passages SET verdict = 'refuse' WHERE id = '{kept[0][3]}'")
    assert findings(path) == [], "without a head kept elsewhere nobody can tell"
    assert [one.kind for one in findings(path, kept[1])] == [Kind.FORKED]


def test_an_old_copy_put_back_is_found_by_a_head_alone(path: Path, tmp_path: Path) -> None:
    with open_database(path) as database:
        passages.append_passage(database, a_passage())
    for old in (path, key_path(path)):
        copy(old, tmp_path / f"old{old.suffix}")
    with open_database(path) as database:
        passages.append_passage(database, a_passage())
        with database.write() as connection:
            head = ledger.sign_head(connection, "LS1", database.signer)
    assert head is not None
    copy(tmp_path / "old.db", path)
    assert findings(path) == []
    assert findings(path, head) == [Finding(Kind.TRUNCATED, "LS1", 2)]
    with open_database(path) as database:  # and the desk worked on
        passages.append_passage(database, a_passage())
        passages.append_passage(database, a_passage())
    assert findings(path, head) == [Finding(Kind.FORKED, "LS1", 2)]


def test_a_head_signed_by_another_key_is_not_this_stations(kept: tuple[list[str], Head], path: Path) -> None:
    _, head = kept
    forged = Signer(b"\x07" * 32).sign(head.station, head.seq, head.chain, head.at)
    assert findings(path, forged) == [Finding(Kind.KEY, "LS1", head.seq)]
    assert findings(path, replace(head, seq=1)) == [Finding(Kind.SIGNATURE, "LS1", 1)]


# --- clocks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moments", "wanted"),
    [
        ([(0, 0), (60, 60)], []),
        ([(0, 0), (-1, 60)], [Kind.CLOCK_BACK]),
        ([(0, 0), (3600, 60)], [Kind.CLOCK_LEAPT]),
        ([(0, 0), (180, 60)], []),
    ],
)
def test_a_clock_that_was_set_is_told_and_breaks_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch, moments: list[tuple[int, int]], wanted: list[Kind]
) -> None:
    start = 1_700_000_000
    for at, uptime in moments:
        given = Moment((start + at) * 10**6, "this boot", uptime * 10**6)
        monkeypatch.setattr(ledger, "moment", lambda given=given: given)
        passages.append_passage(database, a_passage())
    report = verify(database)
    assert [one.kind for one in report.findings] == wanted
    assert report.broken == []


def test_after_a_restart_the_wall_clock_alone_counts(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for boot, at, uptime in (("one", 0, 9000), ("two", 90_000, 5)):
        given = Moment((1_700_000_000 + at) * 10**6, boot, uptime * 10**6)
        monkeypatch.setattr(ledger, "moment", lambda given=given: given)
        passages.append_passage(database, a_passage())
    assert verify(database).findings == []


# --- heads as texts --------------------------------------------------------------------------------------------------


def test_a_head_is_a_signed_note_and_reads_back(kept: tuple[list[str], Head]) -> None:
    _, head = kept
    lines = head.note.splitlines()
    assert lines[0] == "checkpoint-station/LS1"
    assert lines[1] == str(ROWS + 1)
    assert lines[-1].startswith("— LS1 ")
    assert read_head(head.note) == head
    assert read_head(head.note.replace("\n", "\r\n")) == head


@pytest.mark.parametrize("text", ["", "checkpoint-station/LS1\n", "\x00", "a\nb\nc\nd\ne\n\n— LS1 AAAA\n"])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(HeadError):
        read_head(text)


@pytest.mark.parametrize("line", range(5))
def test_a_head_changed_anywhere_is_not_signed_or_no_head(kept: tuple[list[str], Head], line: int) -> None:
    lines = kept[1].note.split("\n")
    changed = {0: "checkpoint-station/LS2", 1: "9", 2: "A" * 43 + "=", 3: "2026-01-01T00:00:00.000000+00:00"}
    lines[line] = changed.get(line, lines[line].replace("key ", "key A", 1))
    with suppress(HeadError):
        assert not read_head("\n".join(lines)).is_signed()


def test_documents_name_their_station(database: Database) -> None:
    documents.put(database, "policy", "version = 1\n", station="LS1", at=NOON, by=None)
    assert verify(database).heads["LS1"][0] == 1


def test_a_plain_sqlite_knows_nothing_of_it(kept: tuple[list[str], Head], path: Path) -> None:
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(path).execute("SELECT * FROM ledger")
