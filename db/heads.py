"""A signed head of the ledger: what one keeps outside to prove later what stood then.

As a text it is a signed note (c2sp.org/signed-note, the form of c2sp.org/tlog-checkpoint): origin, number of entries
and chain, then when it was signed and the station's public key, a blank line, and the Ed25519 signature:

    checkpoint-station/LS-1
    1204
    q83v…=
    2026-11-29T20:00:00.000000+00:00
    key 3q2+7w…=

    — LS-1 Az3grl…=
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from db import keyfile

_ORIGIN = "checkpoint-station/"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ED25519 = b"\x01"
_PURPOSE = "ledger heads 1"


@dataclass(frozen=True, slots=True)
class Head:
    """Where a station's chain stood.

    Attributes:
        seq: The entry; so many there were.
        chain: Its chain, 64 hexadecimal digits.
        at: When it was signed, in microseconds since 1970 UTC.
        key: The station's public key, base64.
        signature: Over `body`, base64.
    """

    station: str
    seq: int
    chain: str
    at: int
    key: str
    signature: str

    @property
    def body(self) -> str:
        """The text that is signed."""
        chain = base64.b64encode(bytes.fromhex(self.chain)).decode()
        at = (_EPOCH + timedelta(microseconds=self.at)).isoformat(timespec="microseconds")
        return f"{_ORIGIN}{self.station}\n{self.seq}\n{chain}\n{at}\nkey {self.key}\n"

    @property
    def note(self) -> str:
        """The whole text."""
        signed = base64.b64encode(_key_id(self.station, self.key) + base64.b64decode(self.signature)).decode()
        return f"{self.body}\n— {_name(self.station)} {signed}\n"

    def is_signed(self) -> bool:
        """Whether the signature is this key's, over this body."""
        return is_signed(self.body.encode(), self.key, self.signature)


class HeadError(ValueError):
    """A text that is no head."""


def read_head(text: str) -> Head:
    """The head in a signed note; whether its signature holds is for `is_signed` to say.

    Raises:
        HeadError: It is no such note.
    """
    try:
        body, _, signatures = text.replace("\r\n", "\n").partition("\n\n")
        origin, seq, chain, at, key = body.split("\n")
        station = origin.removeprefix(_ORIGIN)
        dash, name, signed = signatures.strip().split(" ")
        raw = base64.b64decode(signed, validate=True)
        head = Head(
            station=station,
            seq=int(seq),
            chain=base64.b64decode(chain, validate=True).hex(),
            at=(datetime.fromisoformat(at) - _EPOCH) // timedelta(microseconds=1),
            key=key.removeprefix("key "),
            signature=base64.b64encode(raw[4:]).decode(),
        )
        known = origin.startswith(_ORIGIN) and dash == "—" and name == _name(station)
        whole = len(head.chain) == 64 and head.body.rstrip("\n") == body and raw[:4] == _key_id(station, head.key)
    except (ValueError, TypeError, binascii.Error) as error:
        raise HeadError(str(error)) from error
    if not (known and whole):
        raise HeadError("not a head of this kind")
    return head


class Signer:
    """Signs for the station: heads, and what is taken out of the log.

    Args:
        secret: 32 bytes; the station's own come of its key (`signer_of`).
    """

    def __init__(self, secret: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(secret)
        self.key = base64.b64encode(self._private.public_key().public_bytes_raw()).decode()
        """The public key, base64."""

    def sign(self, station: str, seq: int, chain: str, at: int) -> Head:
        """The signed head of an entry."""
        body = Head(station, seq, chain, at, self.key, "").body
        return Head(station, seq, chain, at, self.key, self.signature(body.encode()))

    def signature(self, body: bytes) -> str:
        """A signature, base64. Each kind of body begins with a line of its own, so that none passes for another."""
        return base64.b64encode(self._private.sign(body)).decode()


def signer_of(station_key: bytes) -> Signer:
    """The signer that a station's key of 32 bytes makes."""
    return Signer(keyfile.derive(station_key, _PURPOSE))


def is_signed(body: bytes, key: str, signature: str) -> bool:
    """Whether a signature is this public key's over this body; both base64."""
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(signature, validate=True), body)
    except (InvalidSignature, ValueError):
        return False
    return True


def _name(station: str) -> str:
    """A note's key name has neither blanks nor a plus."""
    return "".join("_" if letter.isspace() or letter == "+" else letter for letter in station)


def _key_id(station: str, key: str) -> bytes:
    return sha256(_name(station).encode() + b"\n" + _ED25519 + base64.b64decode(key)).digest()[:4]
