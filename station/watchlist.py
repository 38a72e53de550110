"""The watchlist (重点关注名单): people under home isolation and vehicles to stop, and whom to call.

A CSV with the columns `name, id_number, id_sha256, id_tail, plate, reason, contact`; a row names a person by
whole ID, by its SHA-256, or by name and last four (which is only a namesake), or a vehicle by its plate.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scanner import id_number, plates
from scanner.credentials import Holder
from scanner.values import normal_name
from station import csv_file
from station.evidence import WatchHit, WatchKind
from station.toml_file import BadValue

COLUMNS = ("name", "id_number", "id_sha256", "id_tail", "plate", "reason", "contact")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TAIL = re.compile(r"[0-9]{3}[0-9X]")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the list. `id_number` is whole, or empty where only its hash or its last four are known."""

    name: str
    id_number: str
    id_sha256: str
    id_tail: str
    hit: tuple[str, str]


@dataclass(frozen=True)
class Watchlist:
    """The list, ready for look-up.

    Attributes:
        people: Everybody on it.
        plates: Reason and contact by plate.
        sha256: Hash of the file it came from, in hex; empty for an empty list.
    """

    people: tuple[Person, ...] = ()
    plates: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    sha256: str = ""

    def find_vehicle(self, plate: str) -> tuple[WatchHit, ...]:
        """Hits for a plate as it is stored."""
        found = self.plates.get(plate)
        return () if found is None else (WatchHit(WatchKind.EXACT, *found),)

    def find_person(self, holders: Iterable[Holder], typed_id: str | None) -> tuple[WatchHit, ...]:
        """Hits for one occupant, by the whole ID where it is known, and by everybody their codes name."""
        typed_hash = None if typed_id is None else hashlib.sha256(typed_id.encode()).hexdigest()
        named = list(holders)
        hits: defaultdict[tuple[str, str], list[WatchKind]] = defaultdict(list)
        for person in self.people:
            if kind := _match(person, named, typed_id, typed_hash):
                hits[person.hit].append(kind)
        return tuple(
            WatchHit(WatchKind.EXACT if WatchKind.EXACT in kinds else WatchKind.NAMESAKE, *hit)
            for hit, kinds in hits.items()
        )


def read_watchlist(content: bytes, name: str) -> Watchlist:
    """The list in a CSV file's bytes.

    Raises:
        FileError: With the line, where a row names nobody, or an ID, hash or plate is malformed.
    """
    people: list[Person] = []
    vehicles: dict[str, tuple[str, str]] = {}
    for line, row in csv_file.parse(content, name, COLUMNS, required=("reason", "contact")):
        hit = (row["reason"], row["contact"])
        plate = plates.parse(row["plate"]).text  # a dash for "none" is no plate
        if plate:
            vehicles[plate] = hit
        person = _person(row, name, line, hit)
        if person is not None:
            people.append(person)
        elif not plate:
            raise BadValue(file=name, line=line, key="name", value="", expected="id_number | name + id_tail | plate")
    return Watchlist(tuple(people), vehicles, hashlib.sha256(content).hexdigest())


def _person(row: dict[str, str], file: str, line: int, hit: tuple[str, str]) -> Person | None:
    whole, digest, tail = row["id_number"], row["id_sha256"].lower(), row["id_tail"].upper()
    number = id_number.parse(whole) if whole else ""
    if number is None:
        raise BadValue(file=file, line=line, key="id_number", value="…" + whole[-4:], expected="GB 11643")
    if digest and not _SHA256.fullmatch(digest):
        raise BadValue(file=file, line=line, key="id_sha256", value=digest[:16], expected="64 hex digits")
    if tail and not _TAIL.fullmatch(tail):
        raise BadValue(file=file, line=line, key="id_tail", value=tail, expected="1234 | 123X")
    if number or digest or (row["name"] and tail):
        return Person(normal_name(row["name"]), number, digest, tail or number[-4:], hit)
    return None


def _match(person: Person, holders: list[Holder], typed_id: str | None, typed_hash: str | None) -> WatchKind | None:
    if typed_id is not None and (person.id_number == typed_id or person.id_sha256 == typed_hash):
        return WatchKind.EXACT
    if person.id_number and any(h.id_hash is not None and h.has_id(person.id_number) for h in holders):
        return WatchKind.EXACT
    if typed_id is not None and (person.id_number or person.id_sha256):
        return None  # the whole ID is known, and it is another one
    if person.id_number and any(h.id_hash is not None for h in holders):
        return None
    if person.name and person.id_tail:
        for holder in holders:
            if holder.id_tail == person.id_tail and normal_name(holder.name) == person.name:
                return WatchKind.NAMESAKE
    return None
