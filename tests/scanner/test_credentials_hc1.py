"""The EU's certificate: read as its schemas say, generously where they are, and never for more than it is worth."""

import tracemalloc
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import base45
import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

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
    NotYetValid,
    Proof,
    ProofKind,
    SignerExpired,
    SignerNotAllowed,
    TestKind,
    TestResult,
    UnknownSigner,
    read,
)
from scanner.credentials import hc1 as family
from scanner.trust import TrustList
from tests.scanner.builders import (
    COMMON,
    ES256,
    EU_RECOVERY,
    EU_TEST,
    EU_VACCINATION,
    NOW,
    PS256,
    RECOVERED,
    STATE_HEADER,
    STATE_KEY,
    STATE_KID,
    STATE_TRUST,
    TESTED,
    VACCINATED,
    at,
    certificate,
    cwt,
    dcc,
    hc1,
    hc1_text,
    kid_of,
    message_of,
    of_test,
)

SOUND = hc1(cwt(dcc()))


def test_a_test_certificate_comes_back_whole() -> None:
    credential = read(SOUND, STATE_TRUST, NOW)
    assert (credential.family, credential.issuer, credential.demo) == (Family.HC1, "AT", False)
    assert (credential.issued, credential.expires) == (NOW - timedelta(hours=10), NOW + timedelta(days=90))
    assert (credential.code_id, credential.key_id) == (COMMON["ci"], STATE_KID.hex())
    assert credential.holder.name == "Musterfrau-Gößinger Gabriele"
    assert credential.holder.latin_name == "MUSTERFRAU GOESSINGER GABRIELE"
    assert credential.holder.birth_date == "1998-02-26"
    assert credential.health is None
    assert credential.proofs == ()
    (test,) = credential.tests
    assert (test.sampled, test.result) == (datetime(2022, 3, 13, 8, tzinfo=UTC), TestResult.NEGATIVE)
    assert (test.kind, test.method) == (TestKind.NUCLEIC_ACID, "SARS-CoV-2 PCR")
    assert (test.laboratory, test.report_number) == ("Testing centre Vienna 1", COMMON["ci"])


@pytest.mark.parametrize(
    ("group", "proof"),
    [
        ({"v": [VACCINATED]}, Proof(ProofKind.VACCINATION, date(2021, 6, 11))),
        ({"r": [RECOVERED]}, Proof(ProofKind.RECOVERY, date(2022, 1, 10))),
    ],
    ids=["vaccination", "recovery"],
)
def test_other_certificates_are_shown_and_are_no_test(group: dict[str, object], proof: Proof) -> None:
    credential = read(hc1(cwt(dcc(**group))), STATE_TRUST, NOW)
    assert credential.proofs == (proof,)
    assert credential.tests == ()


@pytest.mark.parametrize("bits", [2048, 3072])
def test_an_rsa_key_signs_with_ps256(bits: int) -> None:
    key = rsa.generate_private_key(65537, bits)
    der = certificate(key)
    text = hc1(cwt(dcc()), {1: PS256, 4: kid_of(der)}, key=key)
    assert read(text, TrustList.from_certificates([der]), NOW).key_id == kid_of(der).hex()


# --- its envelope ----------------------------------------------------------------------------------------------------

MESSAGE = zlib.decompress(message_of(SOUND))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("HC1:" + base45.b45encode(MESSAGE).decode(), BadEncoding),
        ("HC1:" + SOUND[4:].lower(), BadEncoding),
        (SOUND[:-30], BadEncoding),
        ("HC1:", BadEncoding),
        (hc1_text(b""), BadContainer),
        (hc1_text(b"\xd2\x80"), BadContainer),
        (hc1_text(MESSAGE + b"\0"), BadContainer),
        (hc1_text(b"\x81" * 15_000), BadContainer),
        (hc1_text(b"\xd8\x1c\x84\xd8\x1d\x00\xa0\x40\x40"), BadContainer),
        (hc1(cwt(dcc()), {**STATE_HEADER, 2: [99], 99: 1}), BadContainer),
        (hc1(cwt(dcc()), STATE_HEADER, {2: [99]}), BadContainer),
        (hc1(cwt(dcc()), b"\x01"), BadContainer),
        (hc1(cwt(dcc()), b"\xa1\x01"), BadContainer),
    ],
    ids=[
        "not compressed", "lower case", "cut short", "nothing", "empty", "no parts", "bytes behind it", "nested",
        "cyclic", "critical header", "critical header, unprotected", "header a number", "header cut short",
    ],
)  # fmt: skip
def test_a_message_that_is_not_the_container(text: str, error: type[CredentialError]) -> None:
    with pytest.raises(error):
        read(text, STATE_TRUST, NOW)


@pytest.mark.parametrize("megabytes", [5, 10])
def test_a_bomb_is_refused_before_it_goes_off(megabytes: int) -> None:
    text = hc1_text(bytes(megabytes * 1_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(CodeTooLarge):
            family.read(text, STATE_TRUST, NOW)  # past the cap on the text, which stops the larger one
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 500_000
    with pytest.raises(CodeTooLarge):
        read(text, STATE_TRUST, NOW)


@pytest.mark.parametrize("size", [family.MAX_INFLATED - 1, family.MAX_INFLATED, family.MAX_INFLATED + 1])
def test_the_cap_is_sixteen_kilobytes(size: int) -> None:
    with pytest.raises(CodeTooLarge if size > family.MAX_INFLATED else BadContainer):
        read(hc1_text(bytes(size)), STATE_TRUST, NOW)


@pytest.mark.parametrize("wrap", [b"", b"\xd8\x3d"], ids=["tag 18", "CWT tag"])
def test_a_message_may_carry_a_cwt_tag(wrap: bytes) -> None:
    assert read(hc1_text(wrap + MESSAGE), STATE_TRUST, NOW) == read(SOUND, STATE_TRUST, NOW)


def test_a_message_may_carry_no_tag() -> None:
    assert read(hc1_text(MESSAGE[1:]), STATE_TRUST, NOW) == read(SOUND, STATE_TRUST, NOW)


# --- who signed ------------------------------------------------------------------------------------------------------

OTHER = b"somebody"


@pytest.mark.parametrize(
    ("header", "unprotected", "error"),
    [
        ({1: ES256, 4: STATE_KID}, {}, None),
        ({1: ES256, 4: STATE_KID}, {4: OTHER}, None),
        ({1: ES256}, {4: STATE_KID}, None),
        ({}, {1: ES256, 4: STATE_KID}, None),
        (b"", {1: ES256, 4: STATE_KID}, None),
        ({1: ES256, 4: OTHER}, {4: STATE_KID}, UnknownSigner),
        ({1: ES256}, {4: OTHER}, UnknownSigner),
        ({1: ES256}, {}, UnknownSigner),
        ({1: ES256, 4: STATE_KID.hex()}, {}, UnknownSigner),
    ],
    ids=[
        "protected", "protected wins", "unprotected", "empty header", "no header", "wrong protected wins",
        "unknown", "missing", "text",
    ],
)  # fmt: skip
def test_where_the_key_identifier_stands(
    header: dict[object, object] | bytes, unprotected: dict[object, object], error: type[CredentialError] | None
) -> None:
    text = hc1(cwt(dcc()), header, unprotected)
    if error is None:
        assert read(text, STATE_TRUST, NOW).code_id == COMMON["ci"]
        return
    with pytest.raises(error):
        read(text, STATE_TRUST, NOW)


def test_the_signature_is_checked_before_the_payload_is_parsed() -> None:
    with pytest.raises(BadSignature):
        read(hc1(b"\x9f" * 500, key=ec.generate_private_key(ec.SECP256R1())), STATE_TRUST, NOW)
    with pytest.raises(BadPayload):
        read(hc1(b"\x9f" * 500), STATE_TRUST, NOW)


def test_no_bit_of_the_message_can_be_flipped() -> None:
    for position in range(0, 8 * len(MESSAGE), 3):
        flipped = bytearray(MESSAGE)
        flipped[position // 8] ^= 1 << position % 8
        try:
            credential = read(hc1_text(bytes(flipped)), STATE_TRUST, NOW)
        except CredentialError:
            continue
        # Of the whole message only the tag, which is not signed, may read as another that is allowed.
        assert credential == read(SOUND, STATE_TRUST, NOW)
        assert position < 8


def test_the_algorithm_belongs_to_the_key_not_to_the_message() -> None:
    assert read(hc1(cwt(dcc()), {1: PS256, 4: STATE_KID}), STATE_TRUST, NOW).code_id == COMMON["ci"]


GROUPS: dict[str, dict[str, Any]] = {
    EU_TEST: {"t": [TESTED]},
    EU_VACCINATION: {"v": [VACCINATED]},
    EU_RECOVERY: {"r": [RECOVERED]},
}


@pytest.mark.parametrize("shown", GROUPS)
@pytest.mark.parametrize("usage", GROUPS)
@pytest.mark.parametrize("arc", ["1.", "1.0."], ids=["arc", "draft's arc"])
def test_a_signer_certifies_only_what_its_certificate_says(usage: str, shown: str, arc: str) -> None:
    der = certificate(STATE_KEY, usages=[usage.replace("1.1847", f"{arc}1847")])
    text = hc1(cwt(dcc(**GROUPS[shown])), {1: ES256, 4: kid_of(der)})
    if usage == shown:
        assert read(text, TrustList.from_certificates([der]), NOW).issuer == "AT"
        return
    with pytest.raises(SignerNotAllowed):
        read(text, TrustList.from_certificates([der]), NOW)


def test_a_usage_of_another_scheme_restricts_nothing() -> None:
    der = certificate(STATE_KEY, usages=["1.3.6.1.5.5.7.3.2"])
    text = hc1(cwt(dcc()), {1: ES256, 4: kid_of(der)})
    assert read(text, TrustList.from_certificates([der]), NOW).issuer == "AT"


def test_an_expired_certificate_signs_nothing() -> None:
    der = certificate(STATE_KEY, end=NOW - timedelta(hours=1))
    with pytest.raises(SignerExpired):
        read(hc1(cwt(dcc()), {1: ES256, 4: kid_of(der)}), TrustList.from_certificates([der]), NOW)


@pytest.mark.parametrize("written", [COMMON["ci"], COMMON["ci"].lower(), f" {COMMON['ci']} "])
def test_a_withdrawn_certificate(written: str) -> None:
    with pytest.raises(CodeRevoked):
        read(SOUND, replace(STATE_TRUST, revoked=frozenset({written})), NOW)


# --- when ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "seconds",
    [
        None, float("nan"), float("inf"), float("-inf"), -1, -1.5, True, 2**63, 2**64, 10**400, 1e300, 7_258_118_400,
        "2023-01-01", b"", [], NOW,
    ],
    ids=str,
)  # fmt: skip
def test_an_expiry_that_is_no_time(seconds: object) -> None:
    with pytest.raises(BadPayload):
        read(hc1(cwt(dcc(), exp=seconds)), STATE_TRUST, NOW)


@pytest.mark.parametrize("seconds", [float("nan"), True, -1, 10**400, "now"], ids=str)
def test_an_issue_date_that_is_no_time(seconds: object) -> None:
    with pytest.raises(BadPayload):
        read(hc1(cwt(dcc(), iat=seconds)), STATE_TRUST, NOW)


def test_the_issue_date_may_be_missing() -> None:
    assert read(hc1(cwt(dcc(), iat=None)), STATE_TRUST, NOW).issued is None


def test_times_may_be_fractions() -> None:
    assert read(hc1(cwt(dcc(), iat=at() + 0.5)), STATE_TRUST, NOW).issued == NOW + timedelta(seconds=0.5)


@pytest.mark.parametrize(
    ("iat", "exp", "error"),
    [
        (at(minutes=5), at(days=1), None),
        (at(minutes=5, seconds=1), at(days=1), NotYetValid),
        (at(days=-9), at(minutes=-5), None),
        (at(days=-9), at(minutes=-5, seconds=-1), CodeExpired),
    ],
)
def test_five_minutes_of_tolerance(iat: int, exp: int, error: type[CredentialError] | None) -> None:
    text = hc1(cwt(dcc(), iat=iat, exp=exp))
    if error is None:
        assert read(text, STATE_TRUST, NOW).issuer == "AT"
        return
    with pytest.raises(error) as caught:
        read(text, STATE_TRUST, NOW)
    assert caught.value.holder is not None


def sampled(value: object) -> datetime | None:
    (test,) = read(hc1(cwt(of_test(sc=value))), STATE_TRUST, NOW).tests
    return test.sampled


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2022-03-13T08:00:00Z", "2022-03-13T08:00:00+00:00"),
        ("2022-03-13T08:00:00.123Z", "2022-03-13T08:00:00.123+00:00"),
        ("2022-03-13T08:00:00.123456789Z", "2022-03-13T08:00:00.123456+00:00"),
        ("2022-03-13T08:00:00+02:00", "2022-03-13T06:00:00+00:00"),
        ("2022-03-13T08:00:00+0200", "2022-03-13T06:00:00+00:00"),
        ("2022-03-13T08:00:00+02", "2022-03-13T06:00:00+00:00"),
        ("2022-03-13T08:00:00-08:00", "2022-03-13T16:00:00+00:00"),
        ("2022-03-14T06:30:00+13:45", "2022-03-13T16:45:00+00:00"),
        ("2022-03-13T08:00Z", "2022-03-13T08:00:00+00:00"),
        ("2022-03-13 08:00:00Z", "2022-03-13T08:00:00+00:00"),
        (" 2022-03-13T08:00:00Z ", "2022-03-13T08:00:00+00:00"),
        # The hour that Paris lived through twice, 31 October 2021, and the one it skipped, 28 March 2021.
        ("2021-10-31T02:30:00+02:00", "2021-10-31T00:30:00+00:00"),
        ("2021-10-31T02:30:00+01:00", "2021-10-31T01:30:00+00:00"),
        ("2021-03-28T01:59:59+01:00", "2021-03-28T00:59:59+00:00"),
        ("2021-03-28T03:00:00+02:00", "2021-03-28T01:00:00+00:00"),
    ],
)
def test_the_sampling_time_is_an_instant_whatever_its_zone(written: str, utc: str) -> None:
    assert sampled(written) == datetime.fromisoformat(utc)


@pytest.mark.parametrize(
    "tagged",
    [
        cbor2.CBORTag(0, "2022-03-13T10:00:00+02:00"),
        cbor2.CBORTag(1, at(days=-1, hours=4)),
        cbor2.CBORTag(1, float(at(days=-1, hours=4))),
    ],
    ids=["text", "seconds", "float"],
)
def test_the_sampling_time_may_be_tagged(tagged: cbor2.CBORTag) -> None:
    assert sampled(tagged) == datetime(2022, 3, 13, 8, tzinfo=UTC)


@pytest.mark.parametrize("written", ["2022-03-13T08:00:00", "2022-03-13", cbor2.CBORTag(1004, "2022-03-13")], ids=str)
def test_a_sampling_time_without_a_zone_is_no_instant(written: object) -> None:
    assert sampled(written) is None


@pytest.mark.parametrize(
    "written",
    [
        None, "", "yesterday", 1647158400, 20220313, True, [], "2022-13-13T08:00:00Z", "2022-03-13T25:00:00Z",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", cbor2.CBORTag(0, "2022-03-13T08:00:00"),
        cbor2.CBORTag(1, float("nan")), 10**5000,
    ],
    ids=lambda value: str(value)[:30] if not isinstance(value, int) else f"number {value % 997}",
)  # fmt: skip
def test_a_sampling_time_that_is_none(written: object) -> None:
    with pytest.raises(BadPayload):
        sampled(written)
