"""The domestic signed code, version 1 (`JKM1:`): COSE_Sign1 over CWT claims, base45, no compression.

Its grammar is strict: deterministic CBOR (RFC 8949 §4.2) of integers, texts, bytes and maps, and nothing else.
Only the order of map keys is not insisted on: a sloppy issuer's true signature should not cost a driver a review.
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import base45
import cbor2

from scanner.credentials import cose
from scanner.credentials.errors import BadContainer, BadEncoding, BadPayload, CodeTooLarge, SignerNotAllowed
from scanner.credentials.times import check_times, instant
from scanner.signer import Signer
from scanner.trust import TrustList
from scanner.values import RESIDENT_ID, Credential, Family, Health, HealthState, Holder, Test, TestResult

PREFIX = "JKM1:"
ES256 = -7
MAX_PAYLOAD = 4096
MAX_TEXT = 120
MAX_DEPTH = 8
HEALTH_LIFE = timedelta(hours=24)
TEST_LIFE = timedelta(days=7)

ISS, EXP, IAT, CTI = 1, 4, 6, 7
HCERT, JKM = -260, -38961

_STATES = {1: HealthState.GREEN, 2: HealthState.YELLOW, 3: HealthState.RED}
_RESULTS = {1: TestResult.NEGATIVE, 2: TestResult.POSITIVE, 3: TestResult.INVALID}

Claims = Mapping[object, object]


def read(text: str, trust: TrustList, now: datetime) -> Credential:
    """The credential in a `JKM1:` text, in the order of checks of every family.

    Raises:
        CredentialError: The named reason why it is none.
    """
    try:
        data = base45.b45decode(text.removeprefix(PREFIX))
    except ValueError as error:
        raise BadEncoding from error
    if len(data) > MAX_PAYLOAD:
        raise CodeTooLarge(size=len(data))
    message = _parse(data)
    key = cose.verify(message, trust, Family.JKM1)
    claims = _map(_strict(message.payload, BadPayload), "claims")
    holder, health, test = _holder(claims), _health(claims), _test(claims)
    if health is None and test is None:
        raise BadPayload(field="health")
    if test is not None and not key.may_certify("test"):
        raise SignerNotAllowed(signer=key.subject)
    issued, expires = instant(_integer(claims, IAT, "iat")), instant(_integer(claims, EXP, "exp"))
    if not timedelta(0) <= expires - issued <= (TEST_LIFE if health is None else HEALTH_LIFE):
        raise BadPayload(field="exp")
    credential = Credential(
        family=Family.JKM1,
        holder=holder,
        issuer=_text(claims, ISS, "iss"),
        issued=issued,
        expires=expires,
        code_id=_bytes(claims, CTI, "cti", 8).hex(),
        key_id=key.kid.hex(),
        demo=key.demo,
        health=health,
        tests=() if test is None else (test,),
    )
    check_times(credential, key, trust, now)
    return credential


def issue(
    signer: Signer,
    holder: Holder,
    *,
    health: Health | None = None,
    test: Test | None = None,
    issued: datetime,
    expires: datetime | None = None,
    issuer: str = "CN-FJ",
) -> str:
    """A signed code's text. Without `expires` it lives as long as it may: 24 h with a health code, else 7 days."""
    body: dict[int, object] = {1: _holder_map(holder)}
    if health is not None:
        body[2] = _health_map(health)
    if test is not None:
        body[3] = _test_map(test)
    expires = expires or issued + (TEST_LIFE if health is None else HEALTH_LIFE)
    claims = {
        ISS: issuer,
        EXP: _seconds(expires),
        IAT: _seconds(issued),
        CTI: secrets.token_bytes(8),
        HCERT: {JKM: body},
    }
    protected = cbor2.dumps({cose.ALG: ES256, cose.KID: signer.kid}, canonical=True)
    payload = cbor2.dumps(claims, canonical=True)
    signature = signer.sign(cose.signed_bytes(protected, payload))
    message = cbor2.CBORTag(cose.SIGN1_TAG, [protected, {}, payload, signature])
    return PREFIX + str(base45.b45encode(cbor2.dumps(message, canonical=True)), "ascii")


def _parse(data: bytes) -> cose.Sign1:
    """The container, held to this family's grammar: tag 18, known headers, nothing unprotected, shortest encoding."""
    message = cose.parse_sign1(data)
    rebuilt = [message.protected, {}, message.payload, message.signature]
    if cbor2.dumps(cbor2.CBORTag(cose.SIGN1_TAG, rebuilt)) != data:
        raise BadContainer
    header = _strict(message.protected, BadContainer)
    if not isinstance(header, Mapping) or header.get(cose.ALG) != ES256:
        raise BadContainer
    return message


def _strict(data: bytes, failure: type[BadContainer | BadPayload]) -> object:
    """Decode deterministic CBOR of plain values.

    Whatever freedom of CBOR was used (longer integers, indefinite lengths, references), encoding again does not:
    the bytes differ. Maps keep their order on the way, so any order of keys passes.
    """
    try:
        value = cose.decode(data)
    except BadContainer as error:
        raise failure(field="claims") from error
    if not _plain(value) or cbor2.dumps(value) != data:
        raise failure(field="claims")
    return value


def _plain(value: object, depth: int = 0) -> bool:
    if depth > MAX_DEPTH:
        return False
    if type(value) is int:
        return -(2**64) <= value < 2**64
    if isinstance(value, str):
        return len(value) <= MAX_TEXT
    if isinstance(value, Mapping):
        return all(_plain(k, depth + 1) and _plain(v, depth + 1) for k, v in value.items())
    if isinstance(value, list | tuple):
        return all(_plain(item, depth + 1) for item in value)
    return isinstance(value, bytes)


def _holder(claims: Claims) -> Holder:
    holder = _map(_body(claims).get(1), "holder")
    id_type, id_tail = holder.get(2), holder.get(3)
    if id_type is not None and type(id_type) is not int:
        raise BadPayload(field="id_type")
    if id_tail is not None and not _is_tail(id_tail):
        raise BadPayload(field="id_tail")
    if (4 in holder) != (5 in holder):
        raise BadPayload(field="id_hash")
    return Holder(
        name=_text(holder, 1, "name"),
        id_type=id_type,
        id_tail=None if id_tail is None else str(id_tail),
        id_hash=_bytes(holder, 4, "id_hash", 32) if 4 in holder else None,
        id_salt=_bytes(holder, 5, "id_salt", 16) if 5 in holder else None,
    )


def _health(claims: Claims) -> Health | None:
    if 2 not in _body(claims):
        return None
    health = _map(_body(claims)[2], "health")
    state = _STATES.get(_integer(health, 1, "state"))
    division = _optional_text(health, 2, "division")
    if state is None:
        raise BadPayload(field="state")
    if division is not None and not (len(division) == 6 and division.isascii() and division.isdigit()):
        raise BadPayload(field="division")
    return Health(state, division, _optional_instant(health, 3, "since"), _optional_text(health, 4, "reason"))


def _test(claims: Claims) -> Test | None:
    if 3 not in _body(claims):
        return None
    test = _map(_body(claims)[3], "test")
    result = _RESULTS.get(_integer(test, 3, "result"))
    if result is None:
        raise BadPayload(field="result")
    return Test(
        sampled=instant(_integer(test, 1, "sampled")),
        result=result,
        reported=_optional_instant(test, 2, "reported"),
        method=_optional_text(test, 4, "method"),
        laboratory=_optional_text(test, 5, "laboratory"),
        report_number=_optional_text(test, 6, "report_number"),
    )


def _body(claims: Claims) -> Claims:
    return _map(_map(claims.get(HCERT), "hcert").get(JKM), "jkm")


def _map(value: object, field: str) -> Claims:
    if not isinstance(value, Mapping):
        raise BadPayload(field=field)
    return value


def _integer(claims: Claims, key: int, field: str) -> int:
    value = claims.get(key)
    if type(value) is not int:
        raise BadPayload(field=field)
    return value


def _text(claims: Claims, key: int, field: str) -> str:
    value = claims.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BadPayload(field=field)
    return value


def _bytes(claims: Claims, key: int, field: str, size: int) -> bytes:
    value = claims.get(key)
    if not isinstance(value, bytes) or len(value) != size:
        raise BadPayload(field=field)
    return value


def _optional_text(claims: Claims, key: int, field: str) -> str | None:
    return _text(claims, key, field) if key in claims else None


def _optional_instant(claims: Claims, key: int, field: str) -> datetime | None:
    return instant(_integer(claims, key, field)) if key in claims else None


def _is_tail(value: object) -> bool:
    return isinstance(value, str) and len(value) == 4 and value.isascii() and value.isalnum() and value == value.upper()


def _seconds(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp())


def _present(**values: tuple[int, object]) -> dict[int, object]:
    return {key: value for key, value in values.values() if value is not None}


def _holder_map(holder: Holder) -> dict[int, object]:
    return _present(
        name=(1, holder.name),
        id_type=(2, RESIDENT_ID if holder.id_type is None else holder.id_type),
        id_tail=(3, holder.id_tail),
        id_hash=(4, holder.id_hash),
        id_salt=(5, holder.id_salt),
    )


def _health_map(health: Health) -> dict[int, object]:
    return _present(
        state=(1, next(number for number, state in _STATES.items() if state is health.state)),
        division=(2, health.division),
        since=(3, health.since and _seconds(health.since)),
        reason=(4, health.reason),
    )


def _test_map(test: Test) -> dict[int, object]:
    return _present(
        sampled=(1, test.sampled and _seconds(test.sampled)),
        reported=(2, test.reported and _seconds(test.reported)),
        result=(3, next(number for number, result in _RESULTS.items() if result is test.result)),
        method=(4, test.method),
        laboratory=(5, test.laboratory),
        report_number=(6, test.report_number),
    )
