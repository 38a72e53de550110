"""A signing key (ES256, P-256): issues demonstration codes, and stands in for an issuer in tests."""

from dataclasses import dataclass
from typing import ClassVar

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from scanner.trust import TrustedKey, key_from_spki


class SignerError(Exception):
    """A private key that cannot sign codes."""

    code: ClassVar[str] = "signing_key_unusable"

    def __init__(self, **params: str) -> None:
        super().__init__(self.code, params)
        self.params = params


@dataclass(frozen=True, slots=True)
class Signer:
    """A P-256 private key."""

    private_key: ec.EllipticCurvePrivateKey

    @classmethod
    def generate(cls) -> "Signer":
        """A new key."""
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def from_pem(cls, pem: bytes) -> "Signer":
        """The key in an unencrypted PEM (PKCS#8).

        Raises:
            SignerError: No such key in it, or not P-256.
        """
        try:
            key = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise SignerError(problem=str(error)) from error
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise SignerError(problem="not a P-256 key")
        return cls(key)

    def to_pem(self) -> bytes:
        """The key as unencrypted PEM (PKCS#8)."""
        return self.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def spki(self) -> bytes:
        """The public key, DER SubjectPublicKeyInfo."""
        return self.private_key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    @property
    def kid(self) -> bytes:
        """First eight bytes of SHA-256 over the SubjectPublicKeyInfo."""
        return self.trusted_key().kid

    def trusted_key(self, *, demo: bool = False) -> TrustedKey:
        """The public half, as a trust list holds it."""
        return key_from_spki(self.spki, demo=demo)

    def sign(self, message: bytes) -> bytes:
        """A COSE ES256 signature: r ‖ s, 64 bytes."""
        r, s = decode_dss_signature(self.private_key.sign(message, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32) + s.to_bytes(32)
