"""The trust list: whose signatures count, for what, until when, and how old the list is."""

import base64
import binascii
import hashlib
import json
import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from asn1crypto import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from scanner.values import Family, ProofKind

log = logging.getLogger(__name__)

KID_LENGTH = 8
TEST = "test"
_DCC_USAGES = {
    # EU DCC Technical Specifications vol. 1; the early drafts wrote the arc with an extra 0.
    f"1.3.6.1.4.1.{arc}1847.2021.1.{number}": usage
    for arc in ("", "0.")
    for number, usage in ((1, TEST), (2, str(ProofKind.VACCINATION)), (3, str(ProofKind.RECOVERY)))
}

_PEM = re.compile(rb"-----BEGIN [A-Z0-9 ]+-----[^-]+-----END [A-Z0-9 ]+-----")

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


class TrustError(Exception):
    """A trust list that cannot be used; `params` says what is wrong with it."""

    code: ClassVar[str] = "trust_unreadable"

    def __init__(self, **params: str | int) -> None:
        super().__init__(self.code, params)
        self.params = params


class NoUsableKey(TrustError):
    """Not one key or certificate in it can be used."""

    code = "trust_no_key"


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """One public key and what it may sign. The algorithm belongs to the key: P-256 signs ES256, RSA signs PS256."""

    kid: bytes
    public_key: PublicKey
    spki: bytes
    subject: str
    not_before: datetime | None = None
    not_after: datetime | None = None
    usages: frozenset[str] = frozenset()
    families: frozenset[Family] = frozenset(Family)
    demo: bool = False

    def may_sign(self, family: Family) -> bool:
        """Whether codes of this family may come from this key."""
        return family in self.families

    def may_certify(self, usage: str) -> bool:
        """Whether the certificate's extended key usage allows this kind; one that names no kind allows all."""
        return not self.usages or usage in self.usages

    def is_valid_at(self, now: datetime) -> bool:
        """Whether `now` lies within the certificate's dates."""
        return (self.not_before is None or self.not_before <= now) and (self.not_after is None or now <= self.not_after)

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Whether this key made the COSE signature (ES256: r ‖ s, 64 bytes; PS256: salt of 32 bytes)."""
        try:
            if isinstance(self.public_key, rsa.RSAPublicKey):
                pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
                self.public_key.verify(signature, message, pss, hashes.SHA256())
            else:
                if len(signature) != 64:
                    return False
                r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
                self.public_key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class TrustList:
    """Keys by identifier.

    Attributes:
        keys: All of them.
        issued: When the list was made, or taken over by hand; None where nobody said.
        revoked: Withdrawn key and code identifiers, in hex or as the certificate writes them; case does not matter.
        rejected: One sentence for each entry that could not be used.
        sha256: Hash of the document it came from, in hex.
    """

    keys: tuple[TrustedKey, ...]
    issued: datetime | None = None
    revoked: frozenset[str] = frozenset()
    rejected: tuple[str, ...] = ()
    sha256: str = ""
    _by_kid: Mapping[bytes, tuple[TrustedKey, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the keys; several may share an identifier. A capital in a list must not undo a revocation.

        A certificate's key is found by the hash of its bare key as well: a signer who holds no certificate names that.
        """
        by_kid: defaultdict[bytes, tuple[TrustedKey, ...]] = defaultdict(tuple)
        for key in self.keys:
            for kid in {key.kid, _hash_of(key.spki)}:
                by_kid[kid] += (key,)
        object.__setattr__(self, "_by_kid", dict(by_kid))
        object.__setattr__(self, "revoked", frozenset(item.strip().casefold() for item in self.revoked))
        if not self.sha256:
            digest = hashlib.sha256(b"".join(sorted(key.kid + key.spki for key in self.keys)))
            object.__setattr__(self, "sha256", digest.hexdigest())

    @classmethod
    def from_certificates(cls, certificates: Iterable[bytes]) -> "TrustList":
        """A list of certificates, DER (or PEM). One that cannot be read is left out and named in `rejected`."""
        return _build(({"cert": der} for der in certificates), issued=None)

    @classmethod
    def from_json(cls, document: bytes) -> "TrustList":
        """A list from `{"issued": ISO 8601, "keys": [{"kid", "cert" | "spki", "demo"}], "revoked": […]}`.

        `cert` and `spki` are base64 DER (PEM is taken too); `kid` is hex or base64 and may be left out.

        Raises:
            TrustError: Not such a document, or no usable key in it.
        """
        try:
            value = json.loads(document)
        except (ValueError, RecursionError) as error:
            raise TrustError(problem=str(error)) from error
        if not isinstance(value, dict) or not isinstance(value.get("keys"), list):
            raise TrustError(problem='expected {"issued": …, "keys": […]}')
        if unknown := sorted(value.keys() - {"issued", "keys", "revoked"}):
            raise TrustError(problem=f"unknown key {unknown[0]!r}")
        revoked = value.get("revoked", [])
        if not isinstance(revoked, list) or not all(isinstance(item, str) for item in revoked):
            raise TrustError(problem='"revoked" must be a list of identifiers')
        trust = _build(value["keys"], issued=_instant(value.get("issued")))
        if not trust.keys:
            raise NoUsableKey(problem="; ".join(trust.rejected))
        return replace(trust, revoked=frozenset(revoked), sha256=hashlib.sha256(document).hexdigest())

    @classmethod
    def from_bytes(cls, content: bytes) -> "TrustList":
        """A list from a PEM, DER or JSON file's bytes, told apart by what is in it.

        Raises:
            TrustError: It holds no usable key.
        """
        if content.lstrip()[:1] == b"{":
            return cls.from_json(content)
        trust = _build(map(_bare_entry, _PEM.findall(content) or [content]), issued=None)
        if not trust.keys:
            raise NoUsableKey(problem="; ".join(trust.rejected))
        return replace(trust, sha256=hashlib.sha256(content).hexdigest())

    def find(self, kid: bytes) -> tuple[TrustedKey, ...]:
        """Every key with this identifier."""
        return self._by_kid.get(kid, ())

    def is_revoked(self, identifier: str) -> bool:
        """Whether a key or code was withdrawn."""
        return identifier.casefold() in self.revoked

    def age(self, now: datetime) -> timedelta | None:
        """How old the list is; None where it does not say when it was made."""
        return None if self.issued is None else now - self.issued

    def as_of(self, issued: datetime) -> "TrustList":
        """The same list, taken over by hand at `issued`."""
        return replace(self, issued=issued)

    @property
    def demo(self) -> bool:
        """Whether a demonstration key is among the keys."""
        return any(key.demo for key in self.keys)


def key_from_spki(spki: bytes, *, kid: bytes | None = None, demo: bool = False) -> TrustedKey:
    """A key without a certificate: its identifier is the first eight bytes of the SPKI's SHA-256.

    Raises:
        ValueError: Not a P-256 or RSA public key.
    """
    own = _hash_of(spki)
    return TrustedKey(kid or own, _public_key(spki), spki, f"key {own[:4].hex()}", demo=demo)


def key_from_certificate(der: bytes, *, kid: bytes | None = None, demo: bool = False) -> TrustedKey:
    """A key from a DER certificate.

    asn1crypto reads it, because cryptography refuses real certificates for faults that do not matter here
    (an empty extended key usage, say); the key itself is cryptography's.

    Raises:
        ValueError: Not a certificate, its key may not sign, or is not P-256 or RSA.
    """
    try:
        certificate = x509.Certificate.load(der, strict=True)
        validity = certificate["tbs_certificate"]["validity"]
        spki = certificate.public_key.dump()
        may_sign = certificate.key_usage_value is None or "digital_signature" in certificate.key_usage_value.native
        extended = certificate.extended_key_usage_value
        subject = certificate.subject.human_friendly
        usages = frozenset(_DCC_USAGES[oid.dotted] for oid in extended or () if oid.dotted in _DCC_USAGES)
        not_before, not_after = validity["not_before"].native, validity["not_after"].native
    except (LookupError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError("not a certificate") from error
    if not may_sign:
        raise ValueError(f"{subject}: the certificate's key may not sign")
    return TrustedKey(
        kid=kid or _hash_of(der),
        public_key=_public_key(spki),
        spki=spki,
        subject=subject,
        not_before=not_before,
        not_after=not_after,
        usages=usages,
        # A document signer of the EU's scheme says so; it has no word on domestic codes.
        families=frozenset({Family.HC1}) if usages else frozenset(Family),
        demo=demo,
    )


def _build(entries: Iterable[object], issued: datetime | None) -> TrustList:
    keys: list[TrustedKey] = []
    rejected: list[str] = []
    for number, entry in enumerate(entries, 1):
        try:
            keys.append(_key(entry))
        except (ValueError, UnsupportedAlgorithm) as error:
            problem = str(error).partition("\n")[0]
            rejected.append(f"key {number}: {problem}")
            log.warning("trust list: key %d left out: %s", number, problem)
    return TrustList(tuple(keys), issued=issued, rejected=tuple(rejected))


def _key(entry: object) -> TrustedKey:
    if not isinstance(entry, dict):
        raise ValueError("not an object")
    if unknown := sorted(entry.keys() - {"kid", "cert", "spki", "demo", "families"}):
        raise ValueError(f"unknown entry {unknown[0]!r}")
    demo = entry.get("demo", False)
    if not isinstance(demo, bool):
        raise ValueError('"demo" must be true or false')
    kid = None if entry.get("kid") is None else _kid(entry["kid"])
    if entry.get("cert") is not None:
        key = key_from_certificate(_der(entry["cert"]), kid=kid, demo=demo)
    elif entry.get("spki") is not None:
        key = key_from_spki(_der(entry["spki"]), kid=kid, demo=demo)
    else:
        raise ValueError('needs "cert" or "spki"')
    if (names := entry.get("families")) is None:
        return key
    if not isinstance(names, list):
        raise ValueError('"families" must be a list')
    return replace(key, families=frozenset(Family(str(name).lower()) for name in names))


def _bare_entry(content: bytes) -> dict[str, object]:
    """A PEM block or a DER file as the entry of a list it would be: a certificate, or a public key alone."""
    try:
        load_der_public_key(_der(content))
    except (ValueError, UnsupportedAlgorithm):
        return {"cert": content}
    return {"spki": content}


def _hash_of(der: bytes) -> bytes:
    """The identifier of a certificate or a key: the first eight bytes of its SHA-256."""
    return hashlib.sha256(der).digest()[:KID_LENGTH]


def _public_key(spki: bytes) -> PublicKey:
    key = load_der_public_key(spki)
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048:
        return key
    raise ValueError("only P-256 and RSA (2048 bits or more) keys are supported")


def _kid(value: object) -> bytes:
    if not isinstance(value, str):
        raise ValueError('"kid" must be text')
    if len(value) == 2 * KID_LENGTH:
        return bytes.fromhex(value)
    kid = _base64(value)
    if not kid:
        raise ValueError('"kid" is empty')
    return kid


def _der(value: object) -> bytes:
    """The bytes of DER, or of base64 text; either may come as PEM."""
    content = value.encode() if isinstance(value, str) else value
    if not isinstance(content, bytes):
        raise ValueError("expected base64 text")
    if armoured := _PEM.search(content):
        return _base64(str(armoured[0], "ascii", "replace").split("-----")[2])
    return _base64(str(value)) if isinstance(value, str) else content


def _base64(text: str) -> bytes:
    compact = "".join(text.split()).replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def _instant(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        instant = datetime.fromisoformat(str(value))
        if instant.tzinfo is None:
            raise TrustError(problem='"issued" has no time zone')
        return instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise TrustError(problem=f'"issued" is no date: {value}') from error
