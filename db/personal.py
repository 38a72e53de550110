"""What rows say of drivers and passengers, encrypted under their day's key, and how it is read back.

A passage keeps plate, reasons and evidence so, a decision its reason and details, each under its own day. Each text
is bound to its row: put into another it does not open. A whole plate, and a whole ID number where one was given, are
found by blind indexes, which are keyed by the day too and say nothing once that key is gone.
"""

import base64
import hmac
import os
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag

from db.day_keys import DayKey
from db.packing import pack, unpack

OPEN, ERASED, DAMAGED = "open", "erased", "damaged"
"""States of what was encrypted: readable; its day's key is gone; not as it was written."""

FIELDS: dict[str, dict[str, Any]] = {
    "passages": {"plate": None, "reasons": "[]", "evidence": "{}"},
    "decisions": {"reason": None, "details": "{}"},
}
"""By table, the fields that are encrypted together, and what stands for each once it is closed."""

_NONCE = 12
_PLAIN = b"["
"""How a text begins that was not packed: rows were written so at first."""
_INDEX_BYTES = 16
_ID_NUMBER = re.compile(r'"id_number":"([^"\\]+)"')
"""In the compact JSON that evidence is kept as."""


def day_of(instant: datetime) -> date:
    """The day whose key is meant: UTC's."""
    return instant.astimezone(UTC).date()


def enclose(key: DayKey, table: str, fields: Mapping[str, Any]) -> str:
    """The encrypted fields of a row, in base64: a nonce of 12 bytes, then AES-256-GCM's text and tag.

    Packed before, since each page that a row needs is encrypted, signed and synced once more.
    """
    inner = orjson.dumps([fields[name] for name in FIELDS[table]])
    nonce = os.urandom(_NONCE)
    closed = key.cipher.encrypt(nonce, pack(inner), _bound(table, fields))
    return base64.b64encode(nonce + closed).decode()


def disclose(keys: Mapping[date, DayKey], table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that a row keeps encrypted, and as `personal` how they were found: `OPEN`, `ERASED` or `DAMAGED`."""
    key = keys.get(row["personal_day"])
    if key is None:
        return {**FIELDS[table], "personal": ERASED}
    try:
        kept = base64.b64decode(row["personal"], validate=True)
        opened = key.cipher.decrypt(kept[:_NONCE], kept[_NONCE:], _bound(table, row))
        inner = orjson.loads(opened if opened.startswith(_PLAIN) else unpack(opened))
        return {**dict(zip(FIELDS[table], inner, strict=True)), "personal": OPEN}
    except (InvalidTag, ValueError, TypeError):
        return {**FIELDS[table], "personal": DAMAGED}


def corrected(details: str) -> str | None:
    """The plate that a decision's details put right; None where they correct none."""
    try:
        found = orjson.loads(details)["plate"]["is"]
    except (ValueError, KeyError, TypeError):  # whatever else the text is, its row is kept
        return None
    return found if isinstance(found, str) else None


def plate_index(key: DayKey, plate: str) -> str:
    """What finds a whole plate among the passages, and the corrections, of one day."""
    return hmac.digest(key.index, plate.encode(), "sha256")[:_INDEX_BYTES].hex()


def plate_indexes(keys: Mapping[date, DayKey], plate: str) -> Iterator[tuple[date, str]]:
    """What finds a whole plate on each day that can still be read."""
    for day, key in keys.items():
        yield day, plate_index(key, plate)


def id_indexes(key: DayKey, evidence: str) -> tuple[str, ...] | None:
    """What finds the whole ID numbers that a passage's evidence tells; None where it tells none, as it mostly does."""
    numbers = set(_ID_NUMBER.findall(evidence))  # whatever else the text is, its row is kept
    return tuple(sorted(id_index(key, number) for number in numbers)) or None


def id_indexes_of(keys: Mapping[date, DayKey], number: str) -> Iterator[str]:
    """What finds a whole ID number on any day that can still be read."""
    for key in keys.values():
        yield id_index(key, number)


def id_index(key: DayKey, number: str) -> str:
    """What finds a whole ID number among the passages of one day."""
    return hmac.digest(key.index, b"id\n" + number.encode(), "sha256")[:_INDEX_BYTES].hex()


def _bound(table: str, fields: Mapping[str, Any]) -> bytes:
    return f"{table}\n{fields['station']}\n{fields['id']}".encode()
