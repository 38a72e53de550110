"""COSE_Sign1 (RFC 9052 §4.2): from bytes to a signed message, and its signature checked against a trust list.

Nothing inside the payload is parsed here: the signature comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

import cbor2

from scanner.credentials.errors import BadContainer, BadSignature, SignerNotAllowed, SignerRevoked, UnknownSigner
from scanner.trust import TrustedKey, TrustList
from scanner.values import Family

SIGN1_TAG = 18
CWT_TAG = 61
ALG, CRIT, KID = 1, 2, 4

_MAX_DEPTH = 16


@dataclass(frozen=True, slots=True)
class Sign1:
    """A COSE_Sign1 message, unverified. `protected` is the serialized protected header."""

    protected: bytes
    header: Mapping[object, object]
    unprotected: Mapping[object, object]
    payload: bytes
    signature: bytes

    @property
    def kid(self) -> object:
        """The key identifier; the protected header's wins over the unprotected one's."""
        return self.header.get(KID, self.unprotected.get(KID))


def decode(data: bytes) -> object:
    """CBOR to Python values; `BadContainer` for anything broken, too deep, or followed by other bytes."""
    stream = BytesIO(data)
    try:
        value: object = cbor2.load(stream, max_depth=_MAX_DEPTH, allow_duplicate_keys=False)
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, RecursionError, MemoryError) as error:
        raise BadContainer from error
    if stream.tell() != len(data):
        raise BadContainer
    return value


def parse_sign1(data: bytes) -> Sign1:
    """The message in `data`: tag 18, bare, or under a CWT tag (61).

    Raises:
        BadContainer: It is something else.
    """
    value = decode(data)
    if isinstance(value, cbor2.CBORTag) and value.tag == CWT_TAG:
        value = value.value
    if isinstance(value, cbor2.CBORTag) and value.tag == SIGN1_TAG:
        value = value.value
    if not isinstance(value, list | tuple) or len(value) != 4:
        raise BadContainer
    protected, unprotected, payload, signature = value
    if not (isinstance(protected, bytes) and isinstance(payload, bytes) and isinstance(signature, bytes)):
        raise BadContainer
    header = decode(protected) if protected else {}
    if not isinstance(header, Mapping) or not isinstance(unprotected, Mapping):
        raise BadContainer
    if CRIT in header or CRIT in unprotected:  # nothing critical is defined for these families
        raise BadContainer
    return Sign1(protected, header, unprotected, payload, signature)


def signed_bytes(protected: bytes, payload: bytes) -> bytes:
    """The Sig_structure that is signed (RFC 9052 §4.4), with no external data."""
    return cbor2.dumps(["Signature1", protected, b"", payload])


def verify(message: Sign1, trust: TrustList, family: Family) -> TrustedKey:
    """The trusted key that signed `message`.

    Every key with the message's identifier is tried: eight bytes can collide, and a list may hold a key twice.

    Raises:
        UnknownSigner: No trusted key has this identifier.
        SignerNotAllowed: Those that have it may not sign this family.
        SignerRevoked: They were withdrawn.
        BadSignature: None of them signed it.
    """
    kid = message.kid
    if not isinstance(kid, bytes) or not (candidates := trust.find(kid)):
        raise UnknownSigner(kid=kid.hex() if isinstance(kid, bytes) else "")
    allowed = [key for key in candidates if key.may_sign(family)]
    if not allowed:
        raise SignerNotAllowed(signer=candidates[0].subject)
    living = [key for key in allowed if not trust.is_revoked(key.kid.hex())]
    if not living:
        raise SignerRevoked(signer=allowed[0].subject)
    signed = signed_bytes(message.protected, message.payload)
    for key in living:
        if key.verify(message.signature, signed):
            return key
    raise BadSignature(signer=living[0].subject)
