"""Badges (胸牌): a code that says who somebody is, and proves nothing: whoever photographs one has its copy.

So a badge checks in and out, and never signs. It says `CKB1:` and 120 random bits in base32: no name, no code, nothing
to guess. Kept is a digest alone, in the station's own log: a badge of another district is a stranger's code here.
"""

import re
import secrets
from base64 import b32encode
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from db import badges, people
from db.engine import Database
from db.records import PersonRecord
from station.access import AccessError, Action, Actor, may, require

PREFIX = "CKB1:"
"""Of what every badge says; 29 characters in all, which a QR code of 25 modules holds with a quarter to spare."""
_BYTES = 15
_WHOLE = re.compile(r"CKB1:[A-Z2-7]{24}", re.ASCII)
_LONGEST = 64
"""Characters that are looked at: a badge with what a scanner adds."""


def is_badge(text: str) -> bool:
    """Whether this claims to be a badge; such a text is nobody's health code, and never evidence."""
    return _plain(text).startswith(PREFIX)


def draw() -> str:
    """What a new badge says."""
    return PREFIX + b32encode(secrets.token_bytes(_BYTES)).decode()


def issue(
    database: Database, given: Iterable[tuple[str, str | None]], *, actor: Actor, station: str, now: datetime
) -> None:
    """Hand out badges, by person's code what they say; None: without another. What each had before is void.

    Raises:
        AccessError: `actor` may not.
        PersonUnknown: Nobody has one of the codes; nothing was kept.
        DatabaseError: Another named fault; nothing was kept.
    """
    require(database, actor, Action.PRINT_BADGES, station=station, now=now)
    digests = {person: None if text is None else _digest(text) for person, text in given}
    badges.issue(database, digests, station=station, by=actor.code, at=now)


def holder(database: Database, text: str) -> PersonRecord:
    """Whose badge this is, if they still work here and check vehicles.

    Raises:
        AccessError: Not one of this station's, replaced by a newer one, or somebody's who does not come on duty.
    """
    whole = _plain(text)
    found = badges.find(database, _digest(whole)) if _WHOLE.fullmatch(whole) else None
    person = people.get(database, found[0]) if found else None
    if found is None or person is None:
        raise AccessError("badge_unknown")
    if not found[1]:
        raise AccessError("badge_replaced", name=person.name)
    if not person.active:
        raise AccessError("person_inactive", person=person.code)
    if not may(person.role, Action.CHECK):
        raise AccessError("duty_not_theirs", person=person.code)
    return person


def _plain(text: str) -> str:
    """Without what a scanner adds before and after; capitals, as a keyboard with caps lock turns them round."""
    return text[:_LONGEST].strip().upper()


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
