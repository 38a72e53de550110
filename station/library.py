"""Imported documents: policy, trust list, watchlist, sampling points; the newest of each is in force."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from db import documents
from db.engine import Database
from db.records import DocumentRecord
from scanner.trust import TrustList
from station.access import Action, Actor, require
from station.policy import Policy, default_policy, read_policy
from station.sampling_points import SamplingPoint, read_sampling_points
from station.watchlist import Watchlist, read_watchlist


class DocumentKind(StrEnum):
    """What can be imported."""

    POLICY = "policy"
    TRUST = "trust"
    WATCHLIST = "watchlist"
    SAMPLING_POINTS = "sampling_points"


@dataclass(frozen=True, slots=True)
class Library:
    """What is in force. `trust` is None where no list was imported."""

    policy: Policy
    trust: TrustList | None
    watchlist: Watchlist
    sampling_points: tuple[SamplingPoint, ...]


EMPTY = Library(default_policy(), None, Watchlist(), ())
"""What is in force where nothing was imported."""


def import_document(
    database: Database, kind: DocumentKind, content: bytes, name: str, *, station: str, now: datetime, actor: Actor
) -> DocumentRecord:
    """Check a document by reading it as it will be read, then keep it.

    Raises:
        AccessError: `actor` may not.
        FileError, TrustError: What is wrong with it; nothing was kept.
    """
    require(database, actor, _ACTIONS[kind], station=station, now=now)
    _READERS[kind](content, name)
    issued = _trust(content, name).issued if kind is DocumentKind.TRUST else None
    return documents.put(database, kind, _as_text(content), station=station, at=now, by=actor.code, issued_at=issued)


def load_library(database: Database) -> Library:
    """The newest document of each kind; the default policy and empty lists where none was imported."""
    policy = documents.latest(database, DocumentKind.POLICY)
    trust = documents.latest(database, DocumentKind.TRUST)
    watchlist = documents.latest(database, DocumentKind.WATCHLIST)
    points = documents.latest(database, DocumentKind.SAMPLING_POINTS)
    return Library(
        policy=read_policy(_as_bytes(policy), "policy") if policy else default_policy(),
        trust=_in_force(trust) if trust else None,
        watchlist=read_watchlist(_as_bytes(watchlist), "watchlist") if watchlist else Watchlist(),
        sampling_points=read_sampling_points(_as_bytes(points), "sampling points") if points else (),
    )


def _in_force(document: DocumentRecord) -> TrustList:
    """A list imported by hand counts from its issue where it names one, else from its import."""
    trust = _trust(_as_bytes(document), "trust list")
    return trust if trust.issued else replace(trust, issued=document.imported_at)


def _trust(content: bytes, _name: str) -> TrustList:
    return TrustList.from_bytes(content)


_READERS: dict[DocumentKind, Callable[[bytes, str], object]] = {
    DocumentKind.POLICY: read_policy,
    DocumentKind.TRUST: _trust,
    DocumentKind.WATCHLIST: read_watchlist,
    DocumentKind.SAMPLING_POINTS: read_sampling_points,
}
_ACTIONS = {
    DocumentKind.POLICY: Action.IMPORT_POLICY,
    DocumentKind.TRUST: Action.IMPORT_TRUST,
    DocumentKind.WATCHLIST: Action.IMPORT_WATCHLIST,
    DocumentKind.SAMPLING_POINTS: Action.IMPORT_SAMPLING_POINTS,
}
MOST: dict[DocumentKind, int] = {
    DocumentKind.POLICY: 100_000,
    DocumentKind.TRUST: 10_000_000,
    DocumentKind.WATCHLIST: 10_000_000,
    DocumentKind.SAMPLING_POINTS: 1_000_000,
}
"""Bytes of a file to import: far above any; one beyond is a slip, or meant to stall us."""
_BINARY = "base64:"


def _as_text(content: bytes) -> str:
    """The document as the log keeps it: as it is where it is UTF-8, else (DER, GB18030) in base64."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return _BINARY + base64.b64encode(content).decode()


def _as_bytes(document: DocumentRecord) -> bytes:
    if document.body.startswith(_BINARY):
        return base64.b64decode(document.body.removeprefix(_BINARY))
    return document.body.encode()
