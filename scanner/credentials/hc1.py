"""EU Digital COVID Certificate (`HC1:`, HCERT), also issued by members of WHO's GDHCN.

base45 → zlib → COSE_Sign1 → CWT, per the eHealth Network's Technical Specifications vol. 1 and 3 and the
EU DCC schemas 1.0.0 to 1.3.2: what any of them allows is allowed, and a few things issuers do all the same.
Only a nucleic-acid test counts at a checkpoint; vaccination and recovery are read and shown.
"""

import re
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

import base45

from scanner.credentials import cose
from scanner.credentials.errors import BadContainer, BadEncoding, BadPayload, CodeTooLarge, SignerNotAllowed
from scanner.credentials.times import check_times, instant
from scanner.trust import TEST, TrustList
from scanner.values import Credential, Family, Holder, Proof, ProofKind, Test, TestKind, TestResult

PREFIX = "HC1:"
MAX_INFLATED = 16 * 1024
ISS, EXP, IAT, HCERT, DCC = 1, 4, 6, -260, 1
MAX_TEXT = 80
COVID_19 = "840539006"

_RESULTS = {"260415000": TestResult.NEGATIVE, "260373001": TestResult.POSITIVE}
_KINDS = {"LP6464-4": TestKind.NUCLEIC_ACID, "LP217198-3": TestKind.ANTIGEN}
_BIRTH = re.compile(r"(?:(?:19|20)\d\d(?:-\d\d){0,2})?", re.ASCII)
_VERSION = re.compile(r"\d+\.\d+\.\d+", re.ASCII)

Entry = Mapping[str, object]


def read(text: str, trust: TrustList, now: datetime) -> Credential:
    """The credential in an `HC1:` text.

    Raises:
        CredentialError: The named reason why it is none.
    """
    message = cose.parse_sign1(_inflate(text))
    key = cose.verify(message, trust, Family.HC1)
    try:
        claims = cose.decode(message.payload)
    except BadContainer as error:
        raise BadPayload(field="claims") from error
    if not isinstance(claims, Mapping):
        raise BadPayload(field="claims")
    hcert = claims.get(HCERT)
    certificate = hcert.get(DCC) if isinstance(hcert, Mapping) else None
    if not isinstance(certificate, Mapping):
        raise BadPayload(field="hcert")
    usage, entries = _group(certificate)
    entry = entries[0]
    holder, expires = _holder(certificate), instant(claims.get(EXP))
    issued = None if claims.get(IAT) is None else instant(claims[IAT])
    issuer = claims.get(ISS)
    credential = Credential(
        family=Family.HC1,
        holder=holder,
        issuer=issuer if isinstance(issuer, str) and issuer.strip() else _text(entry, "co"),
        issued=issued,
        expires=expires,
        code_id=_text(entry, "ci"),
        key_id=key.kid.hex(),
        demo=key.demo,
        tests=tuple(map(_test, entries)) if usage == TEST else (),
        proofs=() if usage == TEST else tuple(map(_PROOFS[usage], entries)),
    )
    if not key.may_certify(usage):
        raise SignerNotAllowed(holder, signer=key.subject)
    check_times(credential, key, trust, now)
    return credential


def _inflate(text: str) -> bytes:
    try:
        packed = base45.b45decode(text.removeprefix(PREFIX))
        inflater = zlib.decompressobj()
        data = inflater.decompress(packed, MAX_INFLATED)
    except (ValueError, zlib.error) as error:
        raise BadEncoding from error
    if inflater.eof:
        return data
    raise CodeTooLarge(size=MAX_INFLATED) if len(data) == MAX_INFLATED else BadEncoding


def _group(certificate: Entry) -> tuple[str, tuple[Entry, ...]]:
    """The one group (`v`, `t` or `r`) and its entries, one as a rule. Some issuers leave the others null or empty."""
    version = certificate.get("ver")
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise BadPayload(field="ver")
    groups = {name: usage for name, usage in _GROUPS.items() if certificate.get(name)}
    if len(groups) != 1:
        raise BadPayload(field="v/t/r")
    ((name, usage),) = groups.items()
    entries = certificate[name]
    if not isinstance(entries, list | tuple):
        raise BadPayload(field=name)
    for entry in entries:
        if not isinstance(entry, Mapping):
            raise BadPayload(field=name)
        if _text(entry, "tg") != COVID_19:
            raise BadPayload(field="tg")
        for field in ("co", "ci"):
            _text(entry, field)
        _strings(entry, "is")
    return usage, tuple(entries)


def _holder(certificate: Entry) -> Holder:
    name, birth = certificate.get("nam"), _date_text(certificate, "dob")
    if not isinstance(name, Mapping):
        raise BadPayload(field="nam")
    if not _BIRTH.fullmatch(birth):
        raise BadPayload(field="dob")
    latin, own = _joined(name, "fnt", "gnt").replace("<", " ").strip(), _joined(name, "fn", "gn")
    if not latin:
        raise BadPayload(field="fnt")
    return Holder(name=own or latin, birth_date=birth or None, latin_name=latin)


def _joined(name: Entry, *fields: str) -> str:
    return " ".join(part for field in fields if (part := _optional(name, field)))


def _test(entry: Entry) -> Test:
    kind = _KINDS.get(_text(entry, "tt"))
    if kind is None:
        raise BadPayload(field="tt")
    return Test(
        sampled=_moment(entry, "sc"),
        result=_RESULTS.get(_text(entry, "tr"), TestResult.INVALID),
        method=_optional(entry, "nm", MAX_INFLATED),  # the first schema sets this text no limit
        laboratory=_optional(entry, "tc"),
        report_number=_text(entry, "ci"),
        kind=kind,
    )


def _vaccination(entry: Entry) -> Proof:
    _strings(entry, "vp", "mp", "ma")
    for field in ("dn", "sd"):
        doses = entry.get(field)
        if isinstance(doses, bool) or not isinstance(doses, int | float) or doses < 1 or doses % 1:
            raise BadPayload(field=field)
    return Proof(ProofKind.VACCINATION, _day(entry, "dt"))


def _recovery(entry: Entry) -> Proof:
    for field in ("df", "du"):
        _day(entry, field)
    return Proof(ProofKind.RECOVERY, _day(entry, "fr"))


_GROUPS = {"v": str(ProofKind.VACCINATION), "t": TEST, "r": str(ProofKind.RECOVERY)}
_PROOFS: Mapping[str, Callable[[Entry], Proof]] = {
    str(ProofKind.VACCINATION): _vaccination,
    str(ProofKind.RECOVERY): _recovery,
}


def _moment(entry: Entry, field: str) -> datetime | None:
    """When it was sampled: ISO 8601 text, or CBOR's tagged time.

    None where it gives no time zone, and so no instant.

    Raises:
        BadPayload: No date and time at all.
    """
    value = entry.get(field)
    if not isinstance(value, str | date):
        raise BadPayload(field=field)
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadPayload(field=field) from error


def _day(entry: Entry, field: str) -> date:
    try:
        return date.fromisoformat(_date_text(entry, field))
    except ValueError as error:
        raise BadPayload(field=field) from error


def _date_text(entry: Entry, field: str) -> str:
    """A date in ISO 8601, without the hour some issuers add."""
    value = entry.get(field)
    if isinstance(value, date):  # CBOR's tagged dates and times
        value = value.isoformat()
    if not isinstance(value, str):
        raise BadPayload(field=field)
    return value.strip().partition("T")[0]


def _strings(entry: Entry, *fields: str) -> None:
    """What must be there as text, though nothing here reads it."""
    for field in fields:
        if not isinstance(entry.get(field), str):
            raise BadPayload(field=field)


def _text(entry: Entry, field: str) -> str:
    if (value := _optional(entry, field)) is None:
        raise BadPayload(field=field)
    return value


def _optional(entry: Entry, field: str, limit: int = MAX_TEXT) -> str | None:
    """The text without the blanks around it; None where it is missing, null or blank."""
    value = entry.get(field)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > limit:
        raise BadPayload(field=field)
    return value.strip() or None
