"""Why a shown code is no credential: one named error a cause, in the order the checks are made.

Each carries `code` (stable, for logs and texts) and `params` (for the officer's sentence). Where the
signature held but a later check failed, `holder` says whose code it was.
"""

from typing import ClassVar

from scanner.values import Holder

Param = str | int


class CredentialError(Exception):
    """A code that cannot count. None of these can end in a pass."""

    code: ClassVar[str] = "code_faulty"

    def __init__(self, holder: Holder | None = None, **params: Param) -> None:
        super().__init__(self.code, params)
        self.params = params
        self.holder = holder


class CodeTooLarge(CredentialError):
    """Longer than any printed code; refused before anything looks inside."""

    code = "code_too_large"


class UnknownCode(CredentialError):
    """No family we know: an advertisement, a payment code, plain text."""

    code = "code_unknown"


class NeedsOnline(CredentialError):
    """A provincial code (`https://…`), which only its issuer can look up."""

    code = "code_needs_online"


class BadEncoding(CredentialError):
    """Base45 or compression is broken: damaged in print, or made up."""

    code = "code_damaged"


class BadContainer(CredentialError):
    """Not the signed container (COSE_Sign1) its prefix promises."""

    code = "code_malformed"


class UnknownSigner(CredentialError):
    """No trusted key has this key identifier."""

    code = "signer_unknown"


class SignerNotAllowed(CredentialError):
    """The key is trusted, but not for this kind of code."""

    code = "signer_not_allowed"


class BadSignature(CredentialError):
    """The trusted key did not sign this: forged or altered."""

    code = "signature_invalid"


class BadPayload(CredentialError):
    """Signed by a trusted key, yet not in the grammar of its family."""

    code = "payload_invalid"


class SignerExpired(CredentialError):
    """The signer's certificate is out of its dates."""

    code = "signer_expired"


class NotYetValid(CredentialError):
    """Issued later than now: a wrong clock, here or there."""

    code = "code_not_yet_valid"


class CodeExpired(CredentialError):
    """Past its own expiry."""

    code = "code_expired"


class SignerRevoked(CredentialError):
    """The signer's key was withdrawn."""

    code = "signer_revoked"


class CodeRevoked(CredentialError):
    """This one code was withdrawn."""

    code = "code_revoked"
