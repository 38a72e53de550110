"""The station's key on paper: nine groups that a person types back in, each with a check of its own.

    1  K7QM-2XPA

Eight groups hold four bytes of the key each, and a byte of SHA-256 over the group's number and those; the ninth is the
beginning of SHA-256 over the whole key. Crockford's letters (crockford.com/base32.html): no I, L, O or U; 0 and O, 1, I
and L are the same.

A QR says the same as `CKR1:` and all groups' letters: what fits a code's alphanumeric mode.
"""

import base64
import re
from collections.abc import Sequence
from hashlib import sha256

from db.errors import RecoveryIncomplete, RecoveryMixed, RecoveryWrong

GROUPS = 9
PREFIX = "CKR1:"
"""Of what the QR of a recovery copy says."""
_LETTERS = 8
"""Of a group."""
_RFC4648, _CROCKFORD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_WRITE, _READ = str.maketrans(_RFC4648, _CROCKFORD), str.maketrans(_CROCKFORD + "OIL", _RFC4648 + "ABB")
_LINE = re.compile(r"^\s*\d\s+(\w{4}[- ]?\w{4})\s*$", re.MULTILINE)


def groups_of(key: bytes) -> tuple[str, ...]:
    """A key of 32 bytes as `GROUPS` groups, in order."""
    parts = [key[at : at + 4] for at in range(0, 32, 4)]
    return (*(_letters(part + _check(number, part)) for number, part in enumerate(parts, 1)), _letters(_seal(key)))


def read_group(number: int, typed: str) -> bytes:
    """What one group holds: four bytes of the key; of the last, five of the seal.

    Args:
        number: Which, from 1.
        typed: As somebody typed it; case, blanks and hyphens do not matter.

    Raises:
        RecoveryWrong: It is mistyped, or another one.
    """
    plain = re.sub(r"[\s-]", "", typed).upper()
    try:
        content = base64.b32decode(plain.translate(_READ)) if len(plain) == _LETTERS and plain.isascii() else b""
    except ValueError:
        content = b""
    if number == GROUPS and len(content) == 5:
        return content
    if len(content) != 5 or content[4:] != _check(number, content[:4]):
        raise RecoveryWrong(number=number)
    return content[:4]


def key_of(typed: Sequence[str]) -> bytes:
    """The key that `GROUPS` groups hold.

    Raises:
        RecoveryIncomplete: There are more of them, or fewer.
        RecoveryWrong: As `read_group`.
        RecoveryMixed: They do not belong together.
    """
    if len(typed) != GROUPS:
        raise RecoveryIncomplete(need=GROUPS, given=len(typed))
    *parts, seal = (read_group(number, text) for number, text in enumerate(typed, 1))
    key = b"".join(parts)
    if seal != _seal(key):
        raise RecoveryMixed
    return key


def code_of(groups: Sequence[str]) -> str:
    """What the QR says."""
    return PREFIX + "".join(groups).replace("-", "")


def is_code(text: str) -> bool:
    """Whether this claims to be what the QR says."""
    return text.strip().upper().startswith(PREFIX)


def groups_in(text: str) -> list[str]:
    """The groups of a recovery copy that was kept as a file, or of what its QR says."""
    if not is_code(text):
        return _LINE.findall(text)
    letters = text.strip()[len(PREFIX) :]
    return [letters[at : at + _LETTERS] for at in range(0, len(letters), _LETTERS)]


def _letters(content: bytes) -> str:
    text = base64.b32encode(content).decode().translate(_WRITE)
    return f"{text[:4]}-{text[4:]}"


def _check(number: int, part: bytes) -> bytes:
    return sha256(b"%d " % number + part).digest()[:1]


def _seal(key: bytes) -> bytes:
    return sha256(key).digest()[:5]
