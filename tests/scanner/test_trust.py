"""The trust list: what it takes in, what it leaves out and says so, and how old it is; and the private key's file."""

import base64
import hashlib
import json
import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from scanner import credentials
from scanner.credentials import Health, HealthState, Holder, jkm1
from scanner.signer import Signer, SignerError
from scanner.trust import TEST, TrustError, TrustList, key_from_certificate, key_from_spki
from scanner.values import Family
from tests.scanner.builders import (
    EU_RECOVERY,
    EU_TEST,
    EU_VACCINATION,
    NOW,
    SIGNER,
    STATE_CERTIFICATE,
    STATE_KEY,
    STATE_KID,
    certificate,
    kid_of,
)

OTHER = certificate(ec.generate_private_key(ec.SECP256R1()), name="Other")


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def pem(der: bytes) -> str:
    lines = b64(der)
    body = "\n".join(lines[start : start + 64] for start in range(0, len(lines), 64))
    return f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"


def document(*keys: object, **rest: object) -> bytes:
    return json.dumps({"issued": "2022-03-14T12:00:00+08:00", "keys": list(keys), **rest}).encode()


# --- certificates ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrap", [list, tuple, iter, lambda ders: (der for der in ders)], ids=["list", "tuple", "iterator", "generator"]
)
def test_certificates_come_in_any_iterable(wrap: Callable[[list[bytes]], Iterable[bytes]]) -> None:
    trust = TrustList.from_certificates(wrap([STATE_CERTIFICATE, OTHER]))
    assert [key.kid for key in trust.keys] == [STATE_KID, kid_of(OTHER)]
    assert trust.find(STATE_KID) == trust.keys[:1]
    assert trust.rejected == ()
    assert trust.issued is None


def test_no_certificates_are_an_empty_list() -> None:
    trust = TrustList.from_certificates([])
    assert (trust.keys, trust.rejected, trust.demo) == ((), (), False)
    assert trust.find(STATE_KID) == ()


def test_a_broken_certificate_is_left_out_named_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        trust = TrustList.from_certificates([b"rubbish", STATE_CERTIFICATE, STATE_CERTIFICATE[:-9], b""])
    assert [key.kid for key in trust.keys] == [STATE_KID]
    assert [line.split(":")[0] for line in trust.rejected] == ["key 1", "key 3", "key 4"]
    assert len(caplog.records) == 3


def test_what_is_in_a_certificate() -> None:
    key = key_from_certificate(certificate(STATE_KEY, usages=[EU_TEST, EU_RECOVERY], name="疾控中心"))
    assert key.subject == "Common Name: 疾控中心"
    assert (key.not_before, key.not_after) == (NOW - timedelta(days=365), NOW + timedelta(days=365))
    assert key.usages == {TEST, "recovery"}
    assert key.families == {Family.HC1}
    assert (key.may_certify(TEST), key.may_certify("vaccination")) == (True, False)


def test_a_certificate_that_names_no_kind_may_sign_all_and_of_every_family() -> None:
    key = key_from_certificate(STATE_CERTIFICATE)
    assert (key.usages, key.families) == (frozenset(), frozenset(Family))
    assert key.may_certify("vaccination")


def test_an_expired_certificate_is_kept_and_says_so() -> None:
    key = key_from_certificate(certificate(STATE_KEY, end=NOW - timedelta(seconds=1)))
    assert not key.is_valid_at(NOW)
    assert key.is_valid_at(NOW - timedelta(seconds=1))


@pytest.mark.parametrize("bits", [2048, 4096])
def test_rsa_keys_are_taken(bits: int) -> None:
    assert TrustList.from_certificates([certificate(rsa.generate_private_key(65537, bits))]).keys


@pytest.mark.parametrize(
    ("der", "reason"),
    [
        (certificate(rsa.generate_private_key(65537, 1024)), "only P-256 and RSA"),  # noqa: S505 -- weak on purpose
        (certificate(ec.generate_private_key(ec.SECP384R1())), "only P-256 and RSA"),
        (certificate(ec.generate_private_key(ec.SECP256K1())), "only P-256 and RSA"),
        (certificate(STATE_KEY, may_sign=False), "may not sign"),
    ],
    ids=["RSA 1024", "P-384", "secp256k1", "no digitalSignature"],
)
def test_a_key_that_may_not_sign_codes_is_left_out(der: bytes, reason: str) -> None:
    (line,) = TrustList.from_certificates([der]).rejected
    assert reason in line


def test_a_key_usage_that_allows_signing_is_taken() -> None:
    assert TrustList.from_certificates([certificate(STATE_KEY, may_sign=True)]).keys


def test_a_real_certificates_harmless_fault_is_forgiven() -> None:
    """An extended key usage of nothing, which cryptography refuses and real document signers carry."""
    parsed = asn1_x509.Certificate.load(certificate(STATE_KEY, usages=[EU_TEST]))
    extensions = parsed["tbs_certificate"]["extensions"]
    extensions[0]["extn_value"] = asn1_x509.ExtKeyUsageSyntax([])
    key = key_from_certificate(parsed.dump(force=True))
    assert key.usages == frozenset()


def test_no_mutated_certificate_breaks_the_list() -> None:
    whole = certificate(STATE_KEY, usages=[EU_TEST, EU_VACCINATION], may_sign=True)
    broken = []
    for position in range(len(whole)):
        head, tail = whole[:position], whole[position + 1 :]
        values = (0x00, 0xFF, whole[position] ^ 0x01, whole[position] ^ 0x20)
        broken += [head, head + tail, *(head + bytes([value]) + tail for value in values)]
    trust = TrustList.from_certificates(broken)
    assert len(trust.keys) + len(trust.rejected) == len(broken)


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        STATE_CERTIFICATE,
        pem(STATE_CERTIFICATE).encode(),
        b"subject=CN = DSC\r\n" + pem(STATE_CERTIFICATE).replace("\n", "\r\n").encode(),
        document({"cert": b64(STATE_CERTIFICATE)}),
        b"  \n" + document({"cert": b64(STATE_CERTIFICATE)}),
    ],
    ids=["DER", "PEM", "PEM with text and CRLF", "JSON", "JSON after blanks"],
)
def test_a_file_is_told_by_what_is_in_it(content: bytes) -> None:
    trust = TrustList.from_bytes(content)
    assert [key.kid for key in trust.keys] == [STATE_KID]
    assert trust.sha256 == hashlib.sha256(content).hexdigest()


def test_a_pem_bundle_holds_several() -> None:
    trust = TrustList.from_bytes((pem(STATE_CERTIFICATE) + pem(b"rubbish") + pem(OTHER)).encode())
    assert [key.kid for key in trust.keys] == [STATE_KID, kid_of(OTHER)]
    assert len(trust.rejected) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"rubbish",
        pem(b"rubbish").encode(),
        b"-----BEGIN CERTIFICATE-----\n",
        "信任".encode(),
        SIGNER.to_pem(),
        bytes(1000),
    ],
    ids=["empty", "rubbish", "PEM of rubbish", "PEM cut short", "text", "private key", "zeros"],
)
def test_a_file_without_a_usable_key_is_refused(content: bytes) -> None:
    with pytest.raises(TrustError) as caught:
        TrustList.from_bytes(content)
    assert caught.value.params["problem"]


# --- the document ----------------------------------------------------------------------------------------------------

SPKI_KID = hashlib.sha256(SIGNER.spki).digest()[:8]


@pytest.mark.parametrize(
    ("entry", "kid"),
    [
        ({"cert": b64(STATE_CERTIFICATE)}, STATE_KID),
        ({"cert": b64(STATE_CERTIFICATE).rstrip("=")}, STATE_KID),
        ({"cert": base64.encodebytes(STATE_CERTIFICATE).decode()}, STATE_KID),
        ({"cert": base64.urlsafe_b64encode(STATE_CERTIFICATE).decode()}, STATE_KID),
        ({"cert": pem(STATE_CERTIFICATE)}, STATE_KID),
        ({"cert": b64(STATE_CERTIFICATE), "spki": None, "kid": None}, STATE_KID),
        ({"spki": b64(SIGNER.spki)}, SPKI_KID),
        ({"spki": b64(SIGNER.spki), "kid": "0011223344556677"}, bytes.fromhex("0011223344556677")),
        ({"spki": b64(SIGNER.spki), "kid": "AABBCCDDEEFF0011"}, bytes.fromhex("aabbccddeeff0011")),
        ({"spki": b64(SIGNER.spki), "kid": b64(b"\xff\xfe345678")}, b"\xff\xfe345678"),
        ({"spki": b64(SIGNER.spki), "kid": base64.urlsafe_b64encode(b"\xff\xfe345678").decode()}, b"\xff\xfe345678"),
    ],
    ids=[
        "base64", "unpadded", "wrapped lines", "url-safe", "PEM", "nulls", "SPKI", "hex kid", "HEX kid", "base64 kid",
        "url-safe kid",
    ],
)  # fmt: skip
def test_a_key_may_be_written_so(entry: dict[str, Any], kid: bytes) -> None:
    trust = TrustList.from_json(document(entry))
    assert [key.kid for key in trust.keys] == [kid]
    assert not trust.demo


def test_a_demonstration_key_marks_its_list() -> None:
    trust = TrustList.from_json(document({"spki": b64(SIGNER.spki), "demo": True}, {"cert": b64(OTHER)}))
    assert [key.demo for key in trust.keys] == [True, False]
    assert trust.demo


@pytest.mark.parametrize(
    "entry",
    [
        "text", None, {}, {"kid": "0011223344556677"}, {"cert": 5}, {"cert": "@@@"}, {"cert": ""}, {"cert": "证书"},
        {"cert": b64(SIGNER.spki)}, {"spki": b64(STATE_CERTIFICATE)}, {"spki": b64(SIGNER.spki), "kid": ""},
        {"spki": b64(SIGNER.spki), "kid": 7}, {"spki": b64(SIGNER.spki), "kid": "zz11223344556677"},
        {"spki": b64(SIGNER.spki), "demo": "yes"}, {"spki": b64(SIGNER.spki), "purpose": "all"},
        {"spki": b64(SIGNER.spki), "families": "hc1"}, {"spki": b64(SIGNER.spki), "families": ["x"]},
    ],
)  # fmt: skip
def test_an_entry_out_of_order_is_left_out(entry: object) -> None:
    trust = TrustList.from_json(document(entry, {"cert": b64(OTHER)}))
    assert [key.kid for key in trust.keys] == [kid_of(OTHER)]
    assert len(trust.rejected) == 1
    with pytest.raises(TrustError):
        TrustList.from_json(document(entry))


@pytest.mark.parametrize(
    "content",
    [
        b"{", b"[]", b"{}", b'{"keys": {}}', b"\xff\xfe{", b"[" * 100_000, document(), b'{"keys": []}',
        document({"cert": b64(OTHER)}, revoke=[]),
        document({"cert": b64(OTHER)}, revoked="all"),
        document({"cert": b64(OTHER)}, revoked=[5]),
        document({"cert": b64(OTHER)}, issued="2022-03-14T12:00:00"),
        document({"cert": b64(OTHER)}, issued="yesterday"),
        document({"cert": b64(OTHER)}, issued=20220314),
        document({"cert": b64(OTHER)}, issued="0001-01-01T00:00:00+08:00"),
    ],
    ids=[
        "cut short", "list", "empty", "keys a map", "not text", "nested", "no key", "no key nor date", "unknown word",
        "revoked a text", "revoked a number", "date without zone", "date a word", "date a number", "date before time",
    ],
)  # fmt: skip
def test_a_document_out_of_order_is_refused(content: bytes) -> None:
    with pytest.raises(TrustError):
        TrustList.from_json(content)


def test_what_is_withdrawn_whatever_its_case() -> None:
    trust = TrustList.from_json(document({"cert": b64(OTHER)}, revoked=["AABB", " urn:uvci:01:at:1#x"]))
    assert trust.is_revoked("aabb")
    assert trust.is_revoked("URN:UVCI:01:AT:1#X")
    assert not trust.is_revoked("aabbcc")


# --- its age and its name --------------------------------------------------------------------------------------------


def test_its_age_counts_from_its_date() -> None:
    trust = TrustList.from_json(document({"cert": b64(OTHER)}))
    assert trust.issued == datetime(2022, 3, 14, 4, tzinfo=UTC)
    assert trust.age(NOW + timedelta(hours=25)) == timedelta(hours=25)


def test_without_a_date_it_has_no_age_until_taken_over_by_hand() -> None:
    trust = TrustList.from_certificates([OTHER])
    assert trust.age(NOW) is None
    taken = trust.as_of(NOW)
    assert taken.age(NOW + timedelta(days=7)) == timedelta(days=7)
    assert (taken.keys, taken.sha256, taken.find(kid_of(OTHER))) == (trust.keys, trust.sha256, trust.keys)


def test_its_hash_names_the_keys_whatever_their_order() -> None:
    one = TrustList.from_certificates([STATE_CERTIFICATE, OTHER])
    assert one.sha256 == TrustList.from_certificates([OTHER, STATE_CERTIFICATE]).sha256
    assert one.sha256 != TrustList.from_certificates([OTHER]).sha256


# --- the private key -------------------------------------------------------------------------------------------------


def test_a_signer_survives_its_file() -> None:
    again = Signer.from_pem(SIGNER.to_pem())
    assert (again.kid, again.spki) == (SIGNER.kid, SIGNER.spki)
    assert again.kid == SPKI_KID
    assert SIGNER.trusted_key().verify(again.sign(b"message"), b"message")
    assert not SIGNER.trusted_key().verify(again.sign(b"message"), b"another")


def test_two_signers_are_two() -> None:
    assert Signer.generate().kid != Signer.generate().kid


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"rubbish",
        SIGNER.to_pem()[:-40],
        pem(STATE_CERTIFICATE).encode(),
        SIGNER.private_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        SIGNER.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        SIGNER.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")),
        *(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            for key in (
                ec.generate_private_key(ec.SECP384R1()),
                rsa.generate_private_key(65537, 2048),
                ed25519.Ed25519PrivateKey.generate(),
            )
        ),
    ],
    ids=["empty", "rubbish", "cut short", "certificate", "public key", "DER", "encrypted", "P-384", "RSA", "Ed25519"],
)
def test_a_file_that_holds_no_signing_key(content: bytes) -> None:
    with pytest.raises(SignerError) as caught:
        Signer.from_pem(content)
    assert caught.value.params["problem"]


def test_a_key_from_its_bare_public_part() -> None:
    key = key_from_spki(SIGNER.spki)
    assert (key.kid, key.not_before, key.not_after) == (SPKI_KID, None, None)
    assert key.is_valid_at(NOW)


def test_a_signer_without_a_certificate_is_found_in_a_list_of_certificates() -> None:
    """`station issue --key` names its bare key; the station trusts the certificate of that key."""
    private = ec.generate_private_key(ec.SECP256R1())
    signer = Signer(private)
    trust = TrustList.from_certificates([certificate(private)])
    code = jkm1.issue(signer, Holder("王小明"), health=Health(HealthState.GREEN), issued=NOW)
    assert credentials.read(code, trust, NOW).key_id == trust.keys[0].kid.hex()


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_a_public_key_alone_is_a_list_of_one(encoding: Encoding) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    content = private.public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)
    assert TrustList.from_bytes(content).find(Signer(private).kid)
