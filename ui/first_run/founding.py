"""What the first run writes: the configuration, the documents, the people. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db import people
from db.engine import Database
from db.records import PersonRecord
from scanner.trust import TrustList
from station.access import Role, founder
from station.config import Config, save_config
from station.library import MOST, DocumentKind, import_document
from station.pins import hash_chosen
from station.policy_file import read_policy
from station.sampling_points import read_sampling_points
from ui.arguments import read_file

OFFERED = (DocumentKind.POLICY, DocumentKind.TRUST, DocumentKind.SAMPLING_POINTS)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody as entered, the PIN still in clear."""

    code: str
    name: str
    unit: str
    role: Role
    pin: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was chosen and found usable."""

    kind: DocumentKind
    content: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Founding:
    """A station to be."""

    config: Config
    people: tuple[NewPerson, ...]
    documents: tuple[Document, ...] = ()


def is_founded(database: Database) -> bool:
    """Whether anybody may sign in to this station."""
    return bool(people.everyone(database))


def found(database: Database, founding: Founding, config_path: Path, now: datetime) -> None:
    """Write it all; tried again after a fault, it goes on where it stopped.

    The people last, as they make it founded, and of them the administrator: then nobody sets it up unasked.

    Raises:
        AccessError: There is an administrator already.
        FileError, TrustError, DatabaseError: Named ones.
    """
    administrator = next(person.code for person in founding.people if person.role is Role.ADMINISTRATOR)
    actor = founder(database, administrator)
    save_config(config_path, founding.config)
    for document in founding.documents:
        import_document(
            database,
            document.kind,
            document.content,
            document.name,
            station=founding.config.station,
            now=now,
            actor=actor,
        )
    for person in sorted(founding.people, key=lambda one: one.role is Role.ADMINISTRATOR):
        add_person(database, person, station=founding.config.station, now=now)


def add_person(database: Database, person: NewPerson, *, station: str, now: datetime) -> None:
    """Add somebody, or give who has the code already this PIN.

    Raises:
        PinCommon: The PIN is easily guessed.
        DatabaseError: A named one.
    """
    pin_hash = hash_chosen(person.pin, person.code)
    if people.get(database, person.code) is not None:
        people.set_pin_hash(database, person.code, pin_hash, station=station, by=None, at=now)
        return
    record = PersonRecord(
        code=person.code, name=person.name, unit=person.unit, role=person.role, pin_hash=pin_hash, added_at=now
    )
    people.add(database, record, station=station, by=None)


def read_document(kind: DocumentKind, path: Path) -> Document:
    """A file, read as the station will read it.

    Raises:
        UsageError: It cannot be read, or is too large.
        FileError, TrustError: What is wrong with it.
    """
    content = read_file(path, MOST[kind])
    _READERS[kind](content, path.name)
    return Document(kind, content, path.name)


_READERS: dict[DocumentKind, Callable[[bytes, str], object]] = {
    DocumentKind.POLICY: read_policy,
    DocumentKind.TRUST: lambda content, _name: TrustList.from_bytes(content),
    DocumentKind.SAMPLING_POINTS: read_sampling_points,
}
