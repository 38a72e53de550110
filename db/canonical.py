"""How a row becomes the bytes that are hashed. A version is never changed: rows of its time are verified by it.

Version 1: the table's name and a line feed, then each value in the order below: an integer as `i42,`, a text as its
length in characters, a colon, the text and a comma, nothing as `~,`; all in UTF-8. Nothing that can be guessed is
hashed in the clear: what rows say of people is ciphertext here.

Version 2: a passage also has its `code_families`.
"""

from collections.abc import Iterable
from hashlib import sha256

VERSION = 2

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
COLUMNS: dict[int, dict[str, tuple[str, ...]]] = {
    1: _FIRST,
    2: {**_FIRST, "passages": (*_FIRST["passages"], "code_families")},
}
"""By version and table, what is hashed of a row, in order."""

Value = int | str | None


def encode(values: Iterable[Value]) -> str:
    """Values as one text that no other values have."""
    return "".join(
        [
            f"{len(value)}:{value}," if isinstance(value, str) else "~," if value is None else f"i{value},"
            for value in values
        ]
    )


def row_hash(table: str, values: Iterable[Value]) -> str:
    """SHA-256 of a row of a table, its values in its version's order, in hexadecimal."""
    return sha256(f"{table}\n{encode(values)}".encode(errors="surrogatepass")).hexdigest()
