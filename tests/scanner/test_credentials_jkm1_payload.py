"""What a domestic code may not say, though a trusted key signed it."""

import hashlib

import cbor2
import pytest

from scanner.credentials import BadPayload, read
from tests.scanner.builders import HOLDER, NOW, TEST, TRUST, at, claims, claims_with, jkm1

SALT = bytes(range(16))
HASH = hashlib.sha256(SALT + b"35010219900307204X").digest()
PAYLOAD = cbor2.dumps(claims())
PLAIN = claims() | {100: "abcd", 101: "abcd"}
MANY = claims() | dict.fromkeys(range(1000, 1019), 0)
LONG = cbor2.dumps(MANY)


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(PAYLOAD + b"\0", id="bytes behind it"),
        pytest.param(PAYLOAD[:-1], id="cut short"),
        pytest.param(PAYLOAD.replace(b"\xa5\x01", b"\xa6\x01\x61X\x01", 1), id="duplicate key"),
        pytest.param(b"\xbf" + PAYLOAD[1:] + b"\xff", id="indefinite map"),
        pytest.param(b"\xbf" + LONG[2:] + b"\xff", id="indefinite map of the same length"),
        pytest.param(PAYLOAD.replace(b"eCN-FJ", b"\x7fcCN-bFJ\xff"), id="indefinite text"),
        pytest.param(PAYLOAD.replace(b"\x06\x1a", b"\x06\x1b\0\0\0\0"), id="integer not shortest"),
        pytest.param(PAYLOAD.replace(b"eCN-FJ", b"\x78\x05CN-FJ"), id="text length not shortest"),
        pytest.param(PAYLOAD.replace(b"eCN-FJ", b"eCN-\xffJ"), id="text not UTF-8"),
        pytest.param(
            cbor2.dumps(PLAIN).replace(b"\x18ddabcd\x18edabcd", b"\x18d\xd8\x1cdabcd\x18e\xd8\x1d\0"),
            id="reference of the same length",
        ),
        pytest.param(b"\xd8\x1c\xa1\x01\xd8\x1d\x00", id="cyclic map"),
        pytest.param(b"\xd8\x1c\x81\xd8\x1d\x00", id="cyclic list"),
        pytest.param(b"\xa1\x01" * 900 + b"\x01", id="nested 900 deep"),
        pytest.param({**claims(), 99: [[[[[[[[[1]]]]]]]]]}, id="nested 9 deep"),
        pytest.param(cbor2.CBORTag(61, claims()), id="under a tag"),
        pytest.param({**claims(), 99: 2**64}, id="bignum"),
        pytest.param({**claims(), 99: -(2**64) - 1}, id="negative bignum"),
        pytest.param({**claims(), 99: 1.0}, id="float"),
        pytest.param({**claims(), 99: None}, id="null"),
        pytest.param({**claims(), 99: True}, id="boolean"),
        pytest.param({**claims(), 99: NOW}, id="tagged time"),
        pytest.param({**claims(), 99: "长" * 121}, id="text over 120 characters"),
        pytest.param({**claims(), "k" * 121: 1}, id="key over 120 characters"),
        pytest.param([], id="a list"),
        pytest.param("claims", id="a text"),
    ],
)
def test_a_payload_out_of_grammar(payload: object) -> None:
    with pytest.raises(BadPayload):
        read(jkm1(payload), TRUST, NOW)


def test_a_text_of_120_characters_is_not_too_long() -> None:
    assert read(jkm1(claims_with(holder={**HOLDER, 1: "长" * 120})), TRUST, NOW).holder.name == "长" * 120


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({**claims(), 1: ""}, "iss"),
        ({**claims(), 1: 5}, "iss"),
        ({**claims(), 7: b"1234567"}, "cti"),
        ({**claims(), 7: "12345678"}, "cti"),
        ({**claims(), -260: {1: {}}}, "jkm"),
        ({**claims(), -260: []}, "hcert"),
        (claims({1: HOLDER}), "health"),
        (claims_with(holder=None), "holder"),
        (claims_with(holder={2: 10}), "name"),
        (claims_with(holder={1: "  "}), "name"),
        (claims_with(holder={1: "林", 2: "10"}), "id_type"),
        (claims_with(holder={1: "林", 3: "204x"}), "id_tail"),
        (claims_with(holder={1: "林", 3: "04X"}), "id_tail"),
        (claims_with(holder={1: "林", 3: "２０４X"}), "id_tail"),
        (claims_with(holder={1: "林", 4: HASH}), "id_hash"),
        (claims_with(holder={1: "林", 5: SALT}), "id_hash"),
        (claims_with(holder={1: "林", 4: HASH[:31], 5: SALT}), "id_hash"),
        (claims_with(holder={1: "林", 4: HASH, 5: SALT + b"!"}), "id_salt"),
        (claims_with(health=[]), "health"),
        (claims_with(health={2: "350100"}), "state"),
        (claims_with(health={1: 0}), "state"),
        (claims_with(health={1: 4}), "state"),
        (claims_with(health={1: "green"}), "state"),
        (claims_with(health={1: 1, 2: "35010"}), "division"),
        (claims_with(health={1: 1, 2: "３５０１００"}), "division"),
        (claims_with(health={1: 1, 2: 350100}), "division"),
        (claims_with(health={1: 1, 3: "2022-03-01"}), "since"),
        (claims_with(health={1: 1, 3: -1}), "time"),
        (claims_with(health={1: 1, 4: ""}), "reason"),
        (claims_with(test=1), "test"),
        (claims_with(test={3: 1}), "sampled"),
        (claims_with(test={1: at()}), "result"),
        (claims_with(test={1: at(), 3: 0}), "result"),
        (claims_with(test={1: at(), 3: 4}), "result"),
        (claims_with(test={1: 7_258_118_400, 3: 1}), "time"),
        (claims_with(test={1: at(), 2: 2**63, 3: 1}), "time"),
        (claims_with(test={1: at(), 3: 1, 4: 7}), "method"),
        (claims(iat=-1), "time"),
        (claims(iat=2**64 - 1), "time"),
        (claims(exp=-(2**64)), "time"),
        (claims(iat=at(), exp=at(seconds=-1)), "exp"),
        (claims(iat=at(), exp=at(hours=24, seconds=1)), "exp"),
        (claims({1: HOLDER, 3: TEST}, iat=at(), exp=at(days=7, seconds=1)), "exp"),
    ],
)
def test_a_field_out_of_range_is_named(payload: object, field: str) -> None:
    with pytest.raises(BadPayload) as caught:
        read(jkm1(payload), TRUST, NOW)
    assert caught.value.params == {"field": field}


@pytest.mark.parametrize("missing", [4, 6])
def test_a_code_without_its_times(missing: int) -> None:
    with pytest.raises(BadPayload):
        read(jkm1({key: value for key, value in claims().items() if key != missing}), TRUST, NOW)
