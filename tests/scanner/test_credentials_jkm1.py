"""The domestic signed code: everything it can say comes back, and everything else is refused by its own name."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import cbor2
import pytest
import segno

from scanner.credentials import (
    BadContainer,
    BadEncoding,
    BadPayload,
    BadSignature,
    CodeExpired,
    CodeRevoked,
    CodeTooLarge,
    CredentialError,
    Family,
    Health,
    HealthState,
    Holder,
    NeedsOnline,
    NotYetValid,
    SignerExpired,
    SignerNotAllowed,
    SignerRevoked,
    Test,
    TestKind,
    TestResult,
    UnknownCode,
    UnknownSigner,
    read,
)
from scanner.credentials.jkm1 import issue
from scanner.signer import Signer
from scanner.trust import TrustList, key_from_certificate
from tests.scanner import builders
from tests.scanner.builders import (
    EU_TEST,
    HEALTH,
    HOLDER,
    JKM1_HEADER,
    NOW,
    SIGNER,
    TEST,
    TRUST,
    at,
    certificate,
    claims,
    claims_with,
    jkm1,
    jkm1_text,
    message_of,
    sealed,
)

SALT = bytes(range(16))
HASH = hashlib.sha256(SALT + b"35010219900307204X").digest()
DRIVER = Holder("欧阳晓岚", id_type=10, id_tail="204X", id_hash=HASH, id_salt=SALT)
GREEN = Health(HealthState.GREEN, "350100", NOW - timedelta(days=3), "近期无异常情况")
NEGATIVE = Test(
    NOW - timedelta(hours=20),
    TestResult.NEGATIVE,
    NOW - timedelta(hours=12),
    "核酸检测",
    "福州市第一医院",
    "FZ20220313-004217-01",
)


# --- what it says ----------------------------------------------------------------------------------------------------


def test_every_field_comes_back() -> None:
    text = issue(SIGNER, DRIVER, health=GREEN, test=NEGATIVE, issued=NOW, issuer="CN-GD")
    credential = read(text, TRUST, NOW)
    assert (credential.family, credential.issuer, credential.demo) == (Family.JKM1, "CN-GD", False)
    assert (credential.issued, credential.expires) == (NOW, NOW + timedelta(hours=24))
    assert credential.key_id == SIGNER.kid.hex()
    assert len(bytes.fromhex(credential.code_id)) == 8
    assert credential.holder == DRIVER
    assert credential.health == GREEN
    assert credential.tests == (NEGATIVE,)
    assert credential.proofs == ()


@pytest.mark.parametrize("state", list(HealthState))
def test_every_state_comes_back(state: HealthState) -> None:
    health = read(issue(SIGNER, DRIVER, health=Health(state), issued=NOW), TRUST, NOW).health
    assert health == Health(state)


@pytest.mark.parametrize("result", list(TestResult))
def test_every_result_comes_back(result: TestResult) -> None:
    (test,) = read(issue(SIGNER, DRIVER, test=Test(NOW, result), issued=NOW), TRUST, NOW).tests
    assert test == Test(NOW, result, kind=TestKind.NUCLEIC_ACID)


def test_a_health_code_alone_has_no_test_and_a_test_alone_no_health() -> None:
    assert read(issue(SIGNER, DRIVER, health=GREEN, issued=NOW), TRUST, NOW).tests == ()
    assert read(issue(SIGNER, DRIVER, test=NEGATIVE, issued=NOW), TRUST, NOW).health is None


def test_a_test_alone_lives_seven_days() -> None:
    text = issue(SIGNER, DRIVER, test=NEGATIVE, issued=NOW)
    assert read(text, TRUST, NOW).expires == NOW + timedelta(days=7)


def test_no_two_codes_share_an_identifier() -> None:
    codes = {read(issue(SIGNER, DRIVER, health=GREEN, issued=NOW), TRUST, NOW).code_id for _ in range(20)}
    assert len(codes) == 20


def test_a_demonstration_key_marks_what_it_signs() -> None:
    trust = TrustList((SIGNER.trusted_key(demo=True),))
    assert read(jkm1(claims()), trust, NOW).demo


def test_the_hash_matches_the_whole_number_only() -> None:
    holder = read(issue(SIGNER, DRIVER, health=GREEN, issued=NOW), TRUST, NOW).holder
    assert holder.has_id("35010219900307204X") is True
    assert holder.has_id("35010219900308204X") is False


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\t", "\0", "\r"])
def test_what_a_hand_scanner_adds_is_ignored(ending: str) -> None:
    assert read(jkm1(claims()) + ending, TRUST, NOW).family is Family.JKM1


def test_unknown_extra_keys_are_ignored() -> None:
    extra = claims_with(holder={**HOLDER, 99: ["未知"]}, health={**HEALTH, 99: b"?"}, test={**TEST, 99: {1: 2}})
    extra |= {8: {1: 2}, "name": "text key"}
    extra[-260][1] = {"v": []}
    assert read(jkm1(extra), TRUST, NOW) == read(jkm1(claims()), TRUST, NOW)


def test_any_order_of_keys_is_read() -> None:
    assert read(jkm1(dict(reversed(claims().items()))), TRUST, NOW) == read(jkm1(claims()), TRUST, NOW)


@pytest.mark.parametrize(
    ("holder", "parts", "size", "characters", "version"),
    [
        (DRIVER, {"health": GREEN}, 241, 367, 12),
        (DRIVER, {"test": NEGATIVE}, 275, 418, 12),
        (DRIVER, {"health": GREEN, "test": NEGATIVE}, 316, 479, 13),
        (replace(DRIVER, id_hash=None, id_salt=None), {"health": GREEN, "test": NEGATIVE}, 263, 400, 12),
    ],
    ids=["health", "test", "both", "both without hash"],
)
def test_it_has_the_measured_size(
    holder: Holder, parts: dict[str, Any], size: int, characters: int, version: int
) -> None:
    text = issue(SIGNER, holder, **parts, issued=NOW)
    assert len(message_of(text)) == size
    assert len(text) == characters
    assert segno.make(text, error="m", boost_error=False, micro=False).designator == f"{version}-M"


# --- its envelope ----------------------------------------------------------------------------------------------------

SOUND = message_of(jkm1(claims()))
PAYLOAD = cbor2.dumps(claims())


def container(*parts: object, tag: int = 18) -> bytes:
    return cbor2.dumps(cbor2.CBORTag(tag, list(parts)))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", UnknownCode),
        ("JKM1", UnknownCode),
        ("JKM2:" + jkm1(claims())[5:], UnknownCode),
        ("jkm1:" + jkm1(claims())[5:], UnknownCode),
        ("ＪＫＭ１：" + jkm1(claims())[5:], UnknownCode),
        ("支付宝 2088 付款码", UnknownCode),
        ("https://example.org/code?id=42", NeedsOnline),
        ("HTTP://EXAMPLE.ORG/42", NeedsOnline),
        ("JKM1:" + "A" * 8188, CodeTooLarge),
        ("https://" + "a" * 10_000_000, CodeTooLarge),
        (jkm1_text(bytes(4097)), CodeTooLarge),
        ("JKM1:abc", BadEncoding),
        ("JKM1::::", BadEncoding),
        ("JKM1:AAAA", BadEncoding),
        ("JKM1:" + "Ａ" * 3, BadEncoding),
        ("JKM1:", BadContainer),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else value.__name__,
)
def test_a_text_that_holds_no_message(text: str, error: type[CredentialError]) -> None:
    with pytest.raises(error):
        read(text, TRUST, NOW)


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("王小明350681199001011234", {"content": "text", "length": 21}),
        ("\u202e\ud800\0好 ok", {"content": "text", "length": 7}),
        (" wxp://f2f0王小明 ", {"content": "payment", "length": 13}),
        ("HTTPS://QR.ALIPAY.COM/fkx0", {"content": "payment", "length": 26}),
        ("281234567890123456", {"content": "payment", "length": 18}),
        ("350681199001011234", {"content": "text", "length": 18}),
        ("https://jkm.example.cn:8443/王小明?id=3506", {"host": "jkm.example.cn"}),
        ("https://jkm.example.cn?name=王小明", {"host": "jkm.example.cn"}),
        ("https://王小明:3506@jkm.example.cn/", {"host": "…"}),
        ("https://350681199001011234", {"host": "…"}),
        ("https://王小明.example.cn", {"host": "…"}),
        ("https://jkm.example.cn王小明", {"host": "…"}),
    ],
)
def test_of_a_strangers_text_only_its_kind_is_told(text: str, params: dict[str, object]) -> None:
    with pytest.raises((UnknownCode, NeedsOnline)) as caught:
        read(text, TRUST, NOW)
    assert caught.value.params == params


HEADER = cbor2.dumps(JKM1_HEADER)
DUPLICATE_ALG = b"\xa3\x01\x26\x01\x26\x04\x48" + SIGNER.kid


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(b"\x01", id="a number"),
        pytest.param(cbor2.dumps({1: 2}), id="a map"),
        pytest.param(SOUND[1:], id="no tag"),
        pytest.param(b"\xd8\x3d" + SOUND, id="under a CWT tag"),
        pytest.param(b"\xd9\xd9\xf7" + SOUND, id="under a CBOR tag"),
        pytest.param(container(HEADER, {}, PAYLOAD, b"", tag=98), id="tag of COSE_Sign"),
        pytest.param(container(HEADER, {}, PAYLOAD), id="three parts"),
        pytest.param(container(HEADER, {}, PAYLOAD, b"", b""), id="five parts"),
        pytest.param(container(HEADER, {}, None, b""), id="detached payload"),
        pytest.param(container(JKM1_HEADER, {}, PAYLOAD, b""), id="header not in bytes"),
        pytest.param(SOUND + b"\0", id="bytes behind it"),
        pytest.param(SOUND[:-1], id="cut short"),
        pytest.param(b"\xd2\x9f" + SOUND[2:] + b"\xff", id="indefinite array"),
        pytest.param(SOUND.replace(b"\x84", b"\x98\x04", 1), id="array length not shortest"),
        pytest.param(SOUND.replace(b"\xd2", b"\xd8\x12", 1), id="tag not shortest"),
        pytest.param(b"\xd8\x1c\x84\x40\xa0\x40\xd8\x1d\x00", id="cyclic"),
        pytest.param(b"\x81" * 3000 + b"\x01", id="nested 3000 deep"),
        pytest.param(sealed(PAYLOAD, SIGNER.private_key, JKM1_HEADER, {4: SIGNER.kid}), id="unprotected header filled"),
    ],
)
def test_a_message_that_is_not_the_container(message: bytes) -> None:
    with pytest.raises(BadContainer):
        read(jkm1_text(message), TRUST, NOW)


@pytest.mark.parametrize(
    "header",
    [
        pytest.param({1: -37, 4: SIGNER.kid}, id="PS256"),
        pytest.param({1: -35, 4: SIGNER.kid}, id="ES384"),
        pytest.param({1: "ES256", 4: SIGNER.kid}, id="algorithm by name"),
        pytest.param({4: SIGNER.kid}, id="no algorithm"),
        pytest.param({**JKM1_HEADER, 2: [99], 99: 1}, id="critical header"),
        pytest.param({**JKM1_HEADER, 2: []}, id="empty list of critical headers"),
        pytest.param({**JKM1_HEADER, 99: 1.5}, id="a float in it"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\xa0", id="empty map"),
        pytest.param(HEADER + b"\0", id="bytes behind it"),
        pytest.param(DUPLICATE_ALG, id="duplicate key"),
        pytest.param(b"\xbf" + HEADER[1:] + b"\xff", id="indefinite map"),
        pytest.param(HEADER.replace(b"\x01\x26", b"\x01\x38\x06", 1), id="integer not shortest"),
        pytest.param(cbor2.dumps([1, -7]), id="a list"),
    ],
)
def test_a_protected_header_out_of_grammar(header: builders.Header) -> None:
    with pytest.raises(BadContainer):
        read(jkm1(claims(), header), TRUST, NOW)


# --- who signed ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [{1: -7, 4: b"no such!"}, {1: -7}, {1: -7, 4: "text"}, {1: -7, 4: b""}, {1: -7, 4: SIGNER.kid[:4]}],
    ids=["unknown", "missing", "text", "empty", "shortened"],
)
def test_a_key_identifier_nobody_trusted_has(header: builders.Header) -> None:
    with pytest.raises(UnknownSigner):
        read(jkm1(claims(), header), TRUST, NOW)


def test_a_strangers_signature_under_a_trusted_identifier_is_forged() -> None:
    with pytest.raises(BadSignature):
        read(jkm1(claims(), signer=Signer.generate()), TRUST, NOW)


@pytest.mark.parametrize("length", [0, 63, 65, 4000])
def test_a_signature_of_the_wrong_length(length: int) -> None:
    with pytest.raises(BadSignature):
        read(jkm1_text(container(HEADER, {}, b"", bytes(length))), TRUST, NOW)


def test_the_signature_is_checked_before_the_payload_is_parsed() -> None:
    rubbish = b"\x9f" * 500
    with pytest.raises(BadSignature):
        read(jkm1(rubbish, signer=Signer.generate()), TRUST, NOW)
    with pytest.raises(BadPayload):
        read(jkm1(rubbish), TRUST, NOW)


def test_every_key_with_the_identifier_is_tried() -> None:
    namesake = replace(Signer.generate().trusted_key(), kid=SIGNER.kid)
    for keys in ((namesake, SIGNER.trusted_key()), (SIGNER.trusted_key(), namesake)):
        assert read(jkm1(claims()), TrustList(keys), NOW).family is Family.JKM1


def test_no_bit_of_a_code_can_be_flipped() -> None:
    for position in range(8 * len(SOUND)):
        flipped = bytearray(SOUND)
        flipped[position // 8] ^= 1 << position % 8
        with pytest.raises(CredentialError):
            read(jkm1_text(bytes(flipped)), TRUST, NOW)


def test_a_document_signer_of_the_eu_has_no_word_on_domestic_codes() -> None:
    trust = TrustList((key_from_certificate(certificate(SIGNER.private_key, usages=[EU_TEST]), kid=SIGNER.kid),))
    with pytest.raises(SignerNotAllowed):
        read(jkm1(claims()), trust, NOW)


def test_a_withdrawn_key() -> None:
    with pytest.raises(SignerRevoked):
        read(jkm1(claims()), replace(TRUST, revoked=frozenset({SIGNER.kid.hex()})), NOW)


def test_a_withdrawn_code_says_whose_it_was() -> None:
    with pytest.raises(CodeRevoked) as caught:
        read(jkm1(claims()), replace(TRUST, revoked=frozenset({b"12345678".hex().upper()})), NOW)
    assert caught.value.holder == Holder("林晓岚", 10, "204X")


# --- when ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("iat", "exp", "error"),
    [
        (at(minutes=5), at(hours=1), None),
        (at(minutes=5, seconds=1), at(hours=1), NotYetValid),
        (at(hours=-1), at(minutes=-5), None),
        (at(hours=-1), at(minutes=-5, seconds=-1), CodeExpired),
        (at(hours=-24), at(), None),
        (at(), at(), None),
    ],
)
def test_five_minutes_of_tolerance(iat: int, exp: int, error: type[CredentialError] | None) -> None:
    text = jkm1(claims(iat=iat, exp=exp))
    if error is None:
        assert read(text, TRUST, NOW).issued == datetime.fromtimestamp(iat, UTC)
        return
    with pytest.raises(error) as caught:
        read(text, TRUST, NOW)
    assert caught.value.holder == Holder("林晓岚", 10, "204X")


@pytest.mark.parametrize(
    ("start", "end", "valid"),
    [
        (timedelta(days=-1), timedelta(days=1), True),
        (timedelta(minutes=5), timedelta(days=1), True),
        (timedelta(minutes=5, seconds=1), timedelta(days=1), False),
        (timedelta(days=-1), timedelta(minutes=-5), True),
        (timedelta(days=-1), timedelta(minutes=-5, seconds=-1), False),
    ],
)
def test_the_certificate_must_be_in_its_dates(start: timedelta, end: timedelta, valid: bool) -> None:
    der = certificate(SIGNER.private_key, start=NOW + start, end=NOW + end)
    trust = TrustList((key_from_certificate(der, kid=SIGNER.kid),))
    if valid:
        assert read(jkm1(claims()), trust, NOW).holder.name == "林晓岚"
        return
    with pytest.raises(SignerExpired):
        read(jkm1(claims()), trust, NOW)
