"""Looking passages up by what somebody types: a plate, a name or an ID number, whole or in part.

A whole plate, and a whole ID number where it was given, have blind indexes. All else is found by decrypting, as is an
ID number of which a code tells a salted hash: `disclosure.search_opened` writes that down before.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypedDict

from db import passages
from db.engine import Database
from db.filters import ALL, Filters
from db.passages import Place
from db.records import PassageRecord
from scanner import id_number, plates
from scanner.plates import PlateKind
from scanner.values import Holder
from station import texts
from station.kept import field, items, parse
from station.texts import Language

_TAIL = 4
"""Characters of an ID number as people say its end."""


class Sought(TypedDict):
    """The filters about vehicle and people; at most one is there."""

    plate: str | None
    id_number: str | None
    fragment: str | None


def sought(text: str) -> Sought:
    """What is looked for when somebody types this: a whole plate, a whole ID number, else a part of whatever it is."""
    plate, number, part = plates.parse(text), id_number.parse(text), " ".join(text.split())
    if plate.kind is not PlateKind.OTHER:
        return {"plate": plate.text, "id_number": None, "fragment": None}
    if number:
        return {"plate": None, "id_number": number, "fragment": None}
    return {"plate": None, "id_number": None, "fragment": part or None}


def page(
    database: Database, *, before: Place | None = None, limit: int = 50, filters: Filters = ALL
) -> list[PassageRecord]:
    """A page of passages, newest first, as `passages.page`; also of those that only decrypting finds.

    A fragment fits a plate that begins so, a name that contains it, an ID number that ends so. It is looked for
    `passages.OPENED_DAYS` back; so is a whole ID number, and before that by its index.

    Raises:
        DatabaseError: It cannot be read.
    """
    fits = _fits(filters)
    if fits is None:
        return passages.page(database, before=before, limit=limit, filters=filters)
    apart = replace(filters, fragment=None, id_number=None)
    found = passages.page_opened(database, fits, before=before, limit=limit, filters=apart)
    if filters.id_number and len(found) < limit:
        earlier = replace(filters, until=passages.opened_since(database, filters))
        found += passages.page(database, before=before, limit=limit - len(found), filters=earlier)
    return found


def how_far(filters: Filters, language: Language) -> str:
    """How far back a search goes that decrypts; blank for one that does not."""
    if not filters.opens:
        return ""
    code = "search_id_number" if filters.id_number else "search_fragment"
    return texts.error(code, {"days": passages.OPENED_DAYS}, language)


def _fits(filters: Filters) -> Callable[[Mapping[str, Any]], bool] | None:
    """Whether what a passage tells of people fits; None where the database tells."""
    if number := filters.id_number:
        return lambda told: any(_has(holder, number) for holder in _holders(told["evidence"]))
    if fragment := filters.fragment:
        plate, part = plates.parse(fragment).text, fragment.casefold()

        def is_told(told: Mapping[str, Any]) -> bool:
            if any(one.startswith(plate) for one in told["plates"]):
                return True
            evidence = told["evidence"]
            # Most tell it nowhere: that is seen before it is taken apart.
            return part in evidence.casefold() and any(_is(holder, part) for holder in _holders(evidence))

        return is_told
    return None


def _holders(evidence: str) -> Iterator[Any]:
    """What is told of each person: by codes, by papers, and by the occupant's own number."""
    for occupant in items(parse(evidence), "occupants"):
        yield {"id_number": field(occupant, "id_number")}
        for code in items(occupant, "codes"):
            yield field(field(code, "credential"), "holder")
        for entry in items(occupant, "manual"):
            yield field(entry, "holder")


def _is(holder: Any, part: str) -> bool:
    names = (field(holder, "name"), field(holder, "latin_name"))
    tail = field(holder, "id_tail") or (field(holder, "id_number") or "")[-_TAIL:]
    return any(part in name.casefold() for name in names if name) or (len(part) == _TAIL and part == tail.casefold())


def _has(holder: Any, number: str) -> bool:
    if field(holder, "id_number") == number:
        return True
    digest, salt = field(holder, "id_hash"), field(holder, "id_salt")
    known = digest and salt and Holder("", id_hash=bytes.fromhex(digest), id_salt=bytes.fromhex(salt))
    return bool(known and known.has_id(number))
