"""What an issuer does, by hand: keys, certificates and codes, sound ones and any faulty kind a test asks for."""

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import base45
import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID, ObjectIdentifier

from scanner.credentials import cose
from scanner.signer import Signer
from scanner.trust import TrustList

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Header = Mapping[object, object] | bytes

NOW = datetime(2022, 3, 14, 4, 0, tzinfo=UTC)
EU_TEST, EU_VACCINATION, EU_RECOVERY = (f"1.3.6.1.4.1.1847.2021.1.{number}" for number in (1, 2, 3))
NEGATIVE, POSITIVE = "260415000", "260373001"
NUCLEIC_ACID, ANTIGEN = "LP6464-4", "LP217198-3"
ES256, PS256 = -7, -37


def at(**change: float) -> int:
    """Seconds since 1970 of `NOW` and a bit: `at(hours=-2)`."""
    return int((NOW + timedelta(**change)).timestamp())


def certificate(
    key: PrivateKey,
    *,
    usages: Iterable[str] = (),
    may_sign: bool | None = None,
    start: datetime = NOW - timedelta(days=365),
    end: datetime = NOW + timedelta(days=365),
    name: str = "Issuer",
) -> bytes:
    """A self-signed certificate, DER. `may_sign` writes a key usage with or without digitalSignature."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 4711, start, end)
    if usages := list(usages):
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ObjectIdentifier(oid) for oid in usages]), critical=False
        )
    if may_sign is not None:
        flags = [may_sign, False, not may_sign, *[False] * 6]
        builder = builder.add_extension(x509.KeyUsage(*flags), critical=True)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def kid_of(der: bytes) -> bytes:
    return hashlib.sha256(der).digest()[:8]


def signature_of(key: PrivateKey, message: bytes) -> bytes:
    """As COSE wants it: ES256 r ‖ s, or PS256."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(message, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    return Signer(key).sign(message)


def sealed(
    payload: bytes, key: PrivateKey, header: Header, unprotected: Mapping[object, object] | None = None
) -> bytes:
    """A COSE_Sign1 message, tag 18. A header given as bytes goes in as it is."""
    protected = header if isinstance(header, bytes) else cbor2.dumps(header)
    signature = signature_of(key, cose.signed_bytes(protected, payload))
    return cbor2.dumps(cbor2.CBORTag(18, [protected, unprotected or {}, payload, signature]))


# --- JKM1 ------------------------------------------------------------------------------------------------------------

SIGNER = Signer.generate()
TRUST = TrustList((SIGNER.trusted_key(),), issued=NOW)
JKM1_HEADER: dict[object, object] = {1: ES256, 4: SIGNER.kid}

HOLDER: dict[int, object] = {1: "林晓岚", 2: 10, 3: "204X"}
HEALTH: dict[int, object] = {1: 1, 2: "350100", 3: at(days=-3), 4: "无异常"}
TEST: dict[int, object] = {
    1: at(hours=-20),
    2: at(hours=-12),
    3: 1,
    4: "核酸检测",
    5: "福州市第一医院",
    6: "FZ20220313-0042",
}


def claims(body: object = None, **times: object) -> dict[Any, Any]:
    """A sound payload with health and test; `iat`, `exp` replace its times."""
    body = {1: HOLDER, 2: HEALTH, 3: TEST} if body is None else body
    iat, exp = times.get("iat", at(hours=-1)), times.get("exp", at(hours=23))
    return {1: "CN-FJ", 4: exp, 6: iat, 7: b"12345678", -260: {-38961: body}}


def claims_with(**change: object) -> dict[Any, Any]:
    """Sound claims with some parts replaced: `holder`, `health`, `test`, or a part left out by None."""
    numbers = {"holder": 1, "health": 2, "test": 3}
    parts = {"holder": HOLDER, "health": HEALTH, "test": TEST, **change}
    return claims({numbers[name]: part for name, part in parts.items() if part is not None})


def jkm1(payload: object, header: Header = JKM1_HEADER, signer: Signer = SIGNER) -> str:
    """The text of a code with that payload: bytes as they are, anything else as CBOR."""
    payload = payload if isinstance(payload, bytes) else cbor2.dumps(payload)
    return jkm1_text(sealed(payload, signer.private_key, header))


def jkm1_text(message: bytes) -> str:
    return f"JKM1:{base45.b45encode(message).decode()}"


def message_of(text: str) -> bytes:
    """What a code's text carries, still compressed if its family compresses."""
    return bytes(base45.b45decode(text.partition(":")[2]))


# --- HC1 -------------------------------------------------------------------------------------------------------------

STATE_KEY = ec.generate_private_key(ec.SECP256R1())
STATE_CERTIFICATE = certificate(STATE_KEY, name="DSC")
STATE_KID = kid_of(STATE_CERTIFICATE)
STATE_TRUST = TrustList.from_certificates([STATE_CERTIFICATE])
STATE_HEADER: dict[object, object] = {1: ES256, 4: STATE_KID}

COMMON = {
    "tg": "840539006",
    "co": "AT",
    "is": "Ministry of Health",
    "ci": "URN:UVCI:01:AT:10807843F94AEE0EE5093FBC254BD813#B",
}
PERSON = {"fn": "Musterfrau-Gößinger", "fnt": "MUSTERFRAU<GOESSINGER", "gn": "Gabriele", "gnt": "GABRIELE"}
TESTED = COMMON | {
    "tt": NUCLEIC_ACID,
    "nm": "SARS-CoV-2 PCR",
    "sc": "2022-03-13T08:00:00Z",
    "tr": NEGATIVE,
    "tc": "Testing centre Vienna 1",
}
VACCINATED = COMMON | {
    "vp": "1119349007",
    "mp": "EU/1/20/1528",
    "ma": "ORG-100030215",
    "dn": 2,
    "sd": 2,
    "dt": "2021-06-11",
}
RECOVERED = COMMON | {"fr": "2022-01-10", "df": "2022-01-21", "du": "2022-07-10"}


def dcc(**change: object) -> dict[str, object]:
    """A certificate of a test; a group given instead (`v=[…]`, `r=[…]`) takes the test's place."""
    group = {} if {"v", "r", "t"} & change.keys() else {"t": [TESTED]}
    return {"ver": "1.3.0", "nam": PERSON, "dob": "1998-02-26", **group, **change}


def of_test(**change: object) -> dict[str, object]:
    return dcc(t=[TESTED | change])


def cwt(certificate: object, **change: object) -> dict[int, object]:
    """The claims around a certificate; `iat`, `exp`, `iss` replace its own, and None leaves one out."""
    named = {"iss": "AT", "exp": at(days=90), "iat": at(hours=-10), **change}
    keys = {"iss": 1, "exp": 4, "iat": 6}
    return {keys[name]: value for name, value in named.items() if value is not None} | {-260: {1: certificate}}


def hc1(
    payload: object,
    header: Header = STATE_HEADER,
    unprotected: Mapping[object, object] | None = None,
    key: PrivateKey = STATE_KEY,
) -> str:
    """The text of a code with that payload: bytes as they are, anything else as CBOR."""
    payload = payload if isinstance(payload, bytes) else cbor2.dumps(payload)
    return hc1_text(sealed(payload, key, header, unprotected))


def hc1_text(message: bytes) -> str:
    return f"HC1:{base45.b45encode(zlib.compress(message)).decode()}"
