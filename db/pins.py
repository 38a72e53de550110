"""PINs as argon2id hashes (RFC 9106): slow enough to guess, quick enough for a queue."""

import re

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from db.errors import PinMalformed

LEAST, MOST = 4, 12
"""How many digits a PIN may have."""

_PIN = re.compile(rf"[0-9]{{{LEAST},{MOST}}}")
HASHER = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=2)  # 64 MiB; some 80 ms on two cores


def hash_pin(pin: str) -> str:
    """The argon2id text of a PIN, salted.

    Raises:
        PinMalformed: It is not `LEAST` to `MOST` ASCII digits.
    """
    if not _PIN.fullmatch(pin):
        raise PinMalformed(least=LEAST, most=MOST)
    return HASHER.hash(pin)


def verify_pin(pin_hash: str, pin: str) -> bool:
    """Whether a PIN is the hashed one; a damaged hash or a malformed PIN is not."""
    if not _PIN.fullmatch(pin):
        return False
    try:
        return HASHER.verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False
