"""How a row becomes the bytes that are hashed. A version is never changed: rows of its time are verified by it.

Version 4: a JSON array of the table's name and the values in the order below, without blanks, in UTF-8: integers as
they are, texts with nothing escaped but what JSON demands, nothing as `null`. SQLite's `json_array` writes the same
bytes, as anybody's JSON does. Nothing that can be guessed is hashed in the clear: what rows say of people is
ciphertext here.

Version 3: the same; a decision has no `plate_index` yet.

Version 2: the table's name and a line feed, then each value as a netstring would have it: an integer as `i42,`, a text
as its length in characters, a colon, the text and a comma, nothing as `~,`. A passage has no `id_indexes` yet, and in
version 1 no `code_families`.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import orjson

VERSION = 4

_KEY = ("station", "id")
_FIRST: dict[str, tuple[str, ...]] = {
    "passages": (
        *_KEY,
        *("checkpoint", "kind", "verdict", "started_at", "concluded_at", "plate_kind", "plate_index", "direction"),
        *("people", "officer", "on_duty", "shift_date", "shift", "policy_version", "policy_notice"),
        *("policy_sha256", "trust_sha256", "trust_age_s", "clock", "demo", "previous", "reason_codes"),
        *("personal_day", "personal"),
    ),
    "decisions": (*_KEY, "passage", "kind", "at", "officer", "lead", "personal_day", "personal"),
    "events": (*_KEY, "at", "kind", "actor", "details"),
    "documents": (*_KEY, "kind", "sha256", "body", "issued_at", "imported_at", "imported_by"),
    "sign_ins": (*_KEY, "person", "at", "shift_date", "shift", "kind", "how"),
    "badges": (*_KEY, "person", "number", "at", "sha256"),
    "roster_versions": (
        *_KEY,
        *("district", "start", "length", "version", "published_at", "published_by", "problem", "assignments"),
        *("approvals", "refused", "sha256"),
    ),
    "swap_steps": (
        *_KEY,
        *("swap", "number", "district", "start", "act", "person", "at", "before", "after", "version", "why"),
        *("approvals", "proposal"),
    ),
    "handover_steps": (*_KEY, "checkpoint", "shift_date", "shift", "number", "kind", "person", "at", "sheet"),
}
_SECOND = {**_FIRST, "passages": (*_FIRST["passages"], "code_families")}
_THIRD = {**_FIRST, "passages": (*_SECOND["passages"], "id_indexes")}
_FOURTH = {**_THIRD, "decisions": (*_FIRST["decisions"], "plate_index")}
COLUMNS: dict[int, dict[str, tuple[str, ...]]] = {1: _FIRST, 2: _SECOND, 3: _THIRD, 4: _FOURTH}
"""By version and table, what is hashed of a row, in order."""

NETSTRINGS = frozenset({1, 2})
"""Versions that are no JSON: what SQLite's `json_array` gives has to be recoded."""

Value = int | str | None


def encode(values: Sequence[Value], version: int = VERSION) -> bytes:
    """Values as bytes that no other values have."""
    if version not in NETSTRINGS:
        return orjson.dumps(values)
    parts = [
        f"{len(value)}:{value}," if isinstance(value, str) else "~," if value is None else f"i{value},"
        for value in values
    ]
    return "".join(parts).encode(errors="surrogatepass")


def encode_row(table: str, values: Sequence[Value], version: int = VERSION) -> bytes:
    """A row of a table, its values in its version's order, as the bytes that are hashed."""
    if version not in NETSTRINGS:
        return encode((table, *values))
    return b"%b\n%b" % (table.encode(), encode(values, version))


def row_hash(table: str, values: Sequence[Value], version: int = VERSION) -> str:
    """SHA-256 of a row, in hexadecimal."""
    return sha256(encode_row(table, values, version)).hexdigest()


def recode(array: bytes, version: int) -> bytes:
    """What `encode` gives of values that are at hand as SQLite's `json_array` of them."""
    return encode(_values(array), version)


def recode_row(array: bytes, version: int) -> bytes:
    """What `encode_row` gives of a row that is at hand as SQLite's `json_array` of its table's name and its values."""
    table, *values = _values(array)
    return encode_row(table, values, version)


def _values(array: bytes) -> list[Any]:
    values: list[Any] = json.loads(array.decode(errors="replace"))
    return values
