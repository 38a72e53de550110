"""From a code's text to a verified credential: one file a format, one registry, one call."""

import re
from collections.abc import Callable
from datetime import datetime

from scanner.credentials import hc1, jkm1
from scanner.credentials.errors import (
    BadContainer,
    BadEncoding,
    BadPayload,
    BadSignature,
    CodeExpired,
    CodeRevoked,
    CodeTooLarge,
    CredentialError,
    NeedsOnline,
    NotYetValid,
    SignerExpired,
    SignerNotAllowed,
    SignerRevoked,
    UnknownCode,
    UnknownSigner,
)
from scanner.trust import TrustList
from scanner.values import (
    RESIDENT_ID,
    Credential,
    Family,
    Health,
    HealthState,
    Holder,
    Proof,
    ProofKind,
    Test,
    TestKind,
    TestResult,
)

MAX_TEXT = 8192
"""Characters. The largest QR code holds 7,089 digits; what is longer came from no printed code."""

_WEB = re.compile(r"https?://(?:(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(?![^/?#]))?", re.ASCII | re.IGNORECASE)
"""A web address: its host, where it is a plain one and nothing else stands beside it."""
_PAYMENT = re.compile(
    r"(?:wxp|weixin|alipays?|alipayqr)://|https?://qr\.(?:alipay|95516)\.com/|(?:2[5-9]|30)\d{14,22}$",
    re.ASCII | re.IGNORECASE,
)
"""WeChat's, Alipay's and UnionPay's; a number that begins so is no ID number."""

_FAMILIES: dict[str, Callable[[str, TrustList, datetime], Credential]] = {
    jkm1.PREFIX: jkm1.read,
    hc1.PREFIX: hc1.read,
}


def read(text: str, trust: TrustList, now: datetime) -> Credential:
    """Verify the text of a code against the trust list.

    Args:
        text: What the code says. Line ends that a hand scanner adds are ignored.
        trust: Whose signatures count.
        now: The time of the check, aware.

    Raises:
        CredentialError: The named reason why this text is no credential; it holds nothing of what a stranger's code
            says, which may be somebody's name and number, but a web address's host. Order of checks: size, prefix,
            container, signer, signature, grammar of the payload, dates, revocation.
    """
    if len(text) > MAX_TEXT:
        raise CodeTooLarge(size=len(text))
    text = text.strip("\r\n\t\0")  # not the space: it is a base45 character
    for prefix, read_family in _FAMILIES.items():
        if text.startswith(prefix):
            return read_family(text, trust, now)
    text = text.strip()
    if _PAYMENT.match(text):
        raise UnknownCode(content="payment", length=len(text))
    if web := _WEB.match(text):
        raise NeedsOnline(host=(web["host"] or "…")[:80])
    raise UnknownCode(content="text", length=len(text))


__all__ = [
    "MAX_TEXT",
    "RESIDENT_ID",
    "BadContainer",
    "BadEncoding",
    "BadPayload",
    "BadSignature",
    "CodeExpired",
    "CodeRevoked",
    "CodeTooLarge",
    "Credential",
    "CredentialError",
    "Family",
    "Health",
    "HealthState",
    "Holder",
    "NeedsOnline",
    "NotYetValid",
    "Proof",
    "ProofKind",
    "SignerExpired",
    "SignerNotAllowed",
    "SignerRevoked",
    "Test",
    "TestKind",
    "TestResult",
    "UnknownCode",
    "UnknownSigner",
    "read",
]
