"""Imported documents: read before they are kept, and the newest in force."""

import base64
import json
from datetime import timedelta

import pytest

from db import documents
from db.engine import Database
from scanner.signer import Signer
from scanner.trust import TrustError
from station.access import Action, Actor
from station.library import DocumentKind, Library, import_document, load_library
from station.policy import default_policy
from station.toml_file import FileError
from station.watchlist import Watchlist, read_watchlist
from tests.scanner.builders import STATE_CERTIFICATE
from tests.station.builders import HOUR, NOW, WANG_ID

POLICY = 'version = "a"\nnotice = "6号通告"\n'
WATCHLIST = f"name,id_number,reason,contact\n王小明,{WANG_ID},居家隔离,138\n"
POINTS = "name,place,hours\n区医院,胜利路,24 h\n"


def took(database: Database, kind: DocumentKind, content: bytes, after: timedelta = timedelta()) -> None:
    import_document(
        database, kind, content, "file", station="LS-1", now=NOW + after, actor=Actor("M1", frozenset(Action))
    )


def spki_json(**more: object) -> bytes:
    spki = base64.b64encode(Signer.generate().spki).decode()
    return json.dumps({"keys": [{"spki": spki}], **more}).encode()


def test_without_imports_the_default_is_in_force(database: Database) -> None:
    assert load_library(database) == Library(default_policy(), None, Watchlist(), ())


def test_the_newest_of_each_kind_is_in_force(database: Database) -> None:
    took(database, DocumentKind.POLICY, POLICY.encode())
    took(database, DocumentKind.POLICY, POLICY.replace('"a"', '"b"').encode(), HOUR)
    took(database, DocumentKind.POLICY, POLICY.replace('"a"', '"c"').encode(), HOUR)
    took(database, DocumentKind.SAMPLING_POINTS, POINTS.encode())
    library = load_library(database)
    assert library.policy.version == "c"
    assert [point.name for point in library.sampling_points] == ["区医院"]
    assert library.watchlist == Watchlist()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_document_is_in_force_byte_for_byte(database: Database, encoding: str) -> None:
    content = WATCHLIST.encode(encoding)
    took(database, DocumentKind.WATCHLIST, content)
    assert load_library(database).watchlist == read_watchlist(content, "watchlist")
    assert load_library(database).watchlist.find_person([], WANG_ID)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (DocumentKind.POLICY, b"version = 1"),
        (DocumentKind.POLICY, POLICY.encode() + b"test_window_hours = -1\n"),
        (DocumentKind.TRUST, b"{}"),
        (DocumentKind.TRUST, b"nothing of the kind"),
        (DocumentKind.TRUST, b""),
        (DocumentKind.WATCHLIST, b"name\n"),
        (DocumentKind.WATCHLIST, WATCHLIST.replace(WANG_ID, "123").encode()),
        (DocumentKind.SAMPLING_POINTS, b""),
    ],
)
def test_a_faulty_document_keeps_nothing_and_leaves_the_old_in_force(
    database: Database, kind: DocumentKind, content: bytes
) -> None:
    took(database, DocumentKind.POLICY, POLICY.encode())
    before = load_library(database)
    with pytest.raises((FileError, TrustError)):
        took(database, kind, content, HOUR)
    assert load_library(database) == before
    assert len(documents.history(database, kind)) == (1 if kind is DocumentKind.POLICY else 0)


def test_a_der_certificate_is_a_trust_list_dated_by_its_import(database: Database) -> None:
    took(database, DocumentKind.TRUST, STATE_CERTIFICATE, HOUR)
    trust = load_library(database).trust
    assert trust is not None
    assert len(trust.keys) == 1
    assert trust.age(NOW + 2 * HOUR) == HOUR


def test_a_trust_list_that_names_its_issue_counts_from_there(database: Database) -> None:
    issued = NOW - 30 * HOUR
    took(database, DocumentKind.TRUST, spki_json(issued=issued.isoformat()))
    trust = load_library(database).trust
    assert trust is not None
    assert trust.age(NOW) == 30 * HOUR
    kept = documents.latest(database, DocumentKind.TRUST)
    assert kept is not None
    assert (kept.issued_at, kept.imported_by) == (issued, "M1")


def test_a_document_damaged_after_its_import_stops_the_station_and_is_no_default(database: Database) -> None:
    documents.put(database, DocumentKind.POLICY, POLICY + "test_window_hours = 4800", station="LS-1", at=NOW, by=None)
    with pytest.raises(FileError):
        load_library(database)
