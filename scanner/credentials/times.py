"""The last checks every family shares: dates, then revocation."""

from datetime import UTC, datetime, timedelta

from scanner.credentials.errors import (
    BadPayload,
    CodeExpired,
    CodeRevoked,
    NotYetValid,
    SignerExpired,
)
from scanner.trust import TrustedKey, TrustList
from scanner.values import Credential

TOLERANCE = timedelta(minutes=5)
_LAST_SECOND = 7_258_118_400  # 2200-01-01: later is no date, and keeps arithmetic away from the calendar's end


def instant(seconds: object) -> datetime:
    """A CWT NumericDate as an aware UTC instant.

    Raises:
        BadPayload: Not a number between 1970 and 2200. A NaN is between no two numbers.
    """
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds < _LAST_SECOND:
        raise BadPayload(field="time")
    return datetime.fromtimestamp(seconds, UTC)


def check_times(credential: Credential, key: TrustedKey, trust: TrustList, now: datetime) -> None:
    """Issued before now, not expired, the signer in its dates (5 min tolerance), nothing withdrawn.

    Raises:
        SignerExpired, NotYetValid, CodeExpired, CodeRevoked: What does not hold.
    """
    holder = credential.holder
    if not key.is_valid_at(now + TOLERANCE) and not key.is_valid_at(now - TOLERANCE):
        raise SignerExpired(holder, signer=key.subject)
    if credential.issued is not None and credential.issued > now + TOLERANCE:
        raise NotYetValid(holder, issued=credential.issued.isoformat())
    if credential.expires < now - TOLERANCE:
        raise CodeExpired(holder, expired=credential.expires.isoformat())
    if trust.is_revoked(credential.code_id):
        raise CodeRevoked(holder)
