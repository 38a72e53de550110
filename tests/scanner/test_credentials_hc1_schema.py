"""What the EU's schemas let a certificate say, and what none of them does."""

from typing import Any

import cbor2
import pytest

from scanner.credentials import BadPayload, TestKind, TestResult, read
from scanner.trust import TrustList
from tests.scanner.builders import (
    ANTIGEN,
    COMMON,
    ES256,
    NOW,
    NUCLEIC_ACID,
    PERSON,
    POSITIVE,
    RECOVERED,
    SIGNER,
    STATE_CERTIFICATE,
    STATE_KID,
    STATE_TRUST,
    TESTED,
    VACCINATED,
    at,
    cwt,
    dcc,
    hc1,
    hc1_text,
    of_test,
    sealed,
)


@pytest.mark.parametrize(("tt", "kind"), [(NUCLEIC_ACID, TestKind.NUCLEIC_ACID), (ANTIGEN, TestKind.ANTIGEN)])
def test_the_kind_of_test(tt: str, kind: TestKind) -> None:
    assert read(hc1(cwt(of_test(tt=tt))), STATE_TRUST, NOW).tests[0].kind is kind


@pytest.mark.parametrize(
    ("tr", "result"),
    [
        ("260415000", TestResult.NEGATIVE),
        (POSITIVE, TestResult.POSITIVE),
        ("455371000124106", TestResult.INVALID),
        ("negative", TestResult.INVALID),
    ],
)
def test_an_unknown_result_is_invalid(tr: str, result: TestResult) -> None:
    assert read(hc1(cwt(of_test(tr=tr))), STATE_TRUST, NOW).tests[0].result is result


def test_several_tests_are_all_read() -> None:
    text = hc1(cwt(dcc(t=[TESTED, TESTED | {"tr": POSITIVE}])))
    assert [test.result for test in read(text, STATE_TRUST, NOW).tests] == [TestResult.NEGATIVE, TestResult.POSITIVE]


@pytest.mark.parametrize(
    "certificate",
    [
        pytest.param(dcc(t=[TESTED], v=None, r=None), id="other groups null"),
        pytest.param(dcc(t=[TESTED], v=[], r=[]), id="other groups empty"),
        pytest.param(dcc(dob="1964"), id="year of birth"),
        pytest.param(dcc(dob="1964-08"), id="month of birth"),
        pytest.param(dcc(dob=""), id="no date of birth"),
        pytest.param(dcc(dob="1964-08-12T00:00:00"), id="birth with an hour"),
        pytest.param(dcc(dob="1964-08-12 "), id="birth with a blank"),
        pytest.param(dcc(dob=cbor2.CBORTag(1004, "1964-08-12")), id="birth tagged"),
        pytest.param(dcc(nam={"fnt": "DOE"}), id="family name alone"),
        pytest.param(dcc(nam={"gnt": "JANE"}), id="given name alone (schema 1.3.2)"),
        pytest.param(dcc(nam={"fnt": "DOE", "fn": None, "gn": None, "gnt": None}), id="names null"),
        pytest.param(dcc(nam={"fnt": "D" * 80, "fn": "多" * 80}), id="names of 80 characters"),
        pytest.param(dcc(ver="1.3.2"), id="later schema"),
        pytest.param(dcc() | {"extra": {"x": 1.5}}, id="extra keys"),
        pytest.param(of_test(nm=None, tc=None, ma="1232"), id="no method, no testing centre"),
        pytest.param(of_test(nm="n" * 200), id="long method, which the first schema allows"),
        pytest.param(of_test(dr="2022-03-13T09:00:00Z"), id="time of result, as in the first schema"),
        pytest.param(dcc(v=[VACCINATED | {"dn": 12, "sd": 11}]), id="twelfth dose"),
        pytest.param(dcc(v=[VACCINATED | {"dn": 1.0, "sd": 2.0}]), id="doses as floats"),
        pytest.param(dcc(v=[VACCINATED | {"dt": "2021-06-11T00:00:00"}]), id="vaccination with an hour"),
        pytest.param(dcc(v=[VACCINATED | {"dt": cbor2.CBORTag(0, "2021-06-11T00:00:00Z")}]), id="vaccination tagged"),
        pytest.param(dcc(v=[VACCINATED | {"ma": "", "is": ""}]), id="blank where nothing is demanded"),
        pytest.param(dcc(v=[VACCINATED, VACCINATED]), id="two doses"),
        pytest.param(dcc(r=[RECOVERED | {"fr": "2022-01-10T00:00:00+01:00"}]), id="recovery with an hour"),
    ],
)
def test_what_issuers_may_write(certificate: object) -> None:
    assert read(hc1(cwt(certificate)), STATE_TRUST, NOW).code_id == COMMON["ci"]


@pytest.mark.parametrize(
    ("certificate", "name"),
    [
        (dcc(nam={"fnt": "DOE<SMITH", "gnt": "JANE"}), "DOE SMITH JANE"),
        (dcc(nam={"fnt": "DOE", "fn": " Döe "}), "Döe"),
        (dcc(nam={"gnt": "JANE", "gn": "Jane"}), "Jane"),
    ],
)
def test_the_name_is_its_own_script_before_the_transliterated(certificate: object, name: str) -> None:
    assert read(hc1(cwt(certificate)), STATE_TRUST, NOW).holder.name == name


def test_the_issuing_country_stands_in_for_a_missing_issuer() -> None:
    assert read(hc1(cwt(dcc(t=[TESTED | {"co": "LI"}]), iss=None)), STATE_TRUST, NOW).issuer == "LI"
    assert read(hc1(cwt(dcc(t=[TESTED | {"co": "LI"}]), iss="")), STATE_TRUST, NOW).issuer == "LI"


def without(whole: dict[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in whole.items() if name != field}


@pytest.mark.parametrize(
    "certificate",
    [
        *(pytest.param(without(dcc(), field), id=f"no {field}") for field in ("ver", "nam", "dob", "t")),
        *(
            pytest.param(dcc(**{group: [without(entry, field)]}), id=f"{group} without {field}")
            for group, entry, fields in (
                ("t", TESTED, ("tg", "co", "is", "ci", "tt", "sc", "tr")),
                ("v", VACCINATED, ("tg", "co", "is", "ci", "vp", "mp", "ma", "dn", "sd", "dt")),
                ("r", RECOVERED, ("tg", "co", "is", "ci", "fr", "df", "du")),
            )
            for field in fields
        ),
        pytest.param([], id="a list"),
        pytest.param(dcc(t=[]), id="empty group"),
        pytest.param(dcc(t={}), id="group a map"),
        pytest.param(dcc(t=TESTED), id="group not a list"),
        pytest.param(dcc(t=["test"]), id="entry a text"),
        pytest.param(dcc(t=[TESTED, None]), id="second entry null"),
        pytest.param(dcc(t=[TESTED], v=[VACCINATED]), id="two groups"),
        pytest.param(dcc(t=[TESTED], r=[RECOVERED], v=[]), id="two of three groups"),
        pytest.param(of_test(tg="6142004"), id="another disease"),
        pytest.param(of_test(tt="LP0000-0"), id="unknown kind of test"),
        pytest.param(of_test(tr=260415000), id="result a number"),
        pytest.param(of_test(ci=" "), id="blank identifier"),
        pytest.param(of_test(ci="U" * 81), id="identifier over 80 characters"),
        pytest.param(dcc(ver="1.3"), id="version of two parts"),
        pytest.param(dcc(ver="１.3.0"), id="version in full width"),
        pytest.param(dcc(ver=1.3), id="version a number"),
        pytest.param(dcc(dob=None), id="birth null"),
        pytest.param(dcc(dob=1964), id="birth a number"),
        pytest.param(dcc(dob="1864-08-12"), id="birth before 1900"),
        pytest.param(dcc(dob="12.08.1964"), id="birth in German"),
        pytest.param(dcc(dob="1964-8"), id="birth of one digit"),
        pytest.param(dcc(dob="１９６４"), id="birth in full width"),
        pytest.param(dcc(nam={}), id="no name"),
        pytest.param(dcc(nam={"fn": "Doe", "gn": "Jane"}), id="no transliterated name"),
        pytest.param(dcc(nam={"fnt": "<"}), id="name of nothing"),
        pytest.param(dcc(nam=PERSON | {"fn": "D" * 81}), id="name over 80 characters"),
        pytest.param(dcc(nam=PERSON | {"gn": ["Jane"]}), id="name a list"),
        pytest.param(dcc(nam="Doe"), id="names a text"),
        *(
            pytest.param(dcc(v=[VACCINATED | {"dn": dose}]), id=f"dose {dose}")
            for dose in (0, -1, 1.5, True, "1", float("nan"), float("inf"))
        ),
        pytest.param(dcc(v=[VACCINATED | {"dt": "2021-02-30"}]), id="30 February"),
        pytest.param(dcc(v=[VACCINATED | {"dt": 20210611}]), id="day a number"),
        pytest.param(dcc(r=[RECOVERED | {"du": "soon"}]), id="recovery until soon"),
    ],
)
def test_what_no_schema_allows(certificate: object) -> None:
    with pytest.raises(BadPayload):
        read(hc1(cwt(certificate)), STATE_TRUST, NOW)


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(cbor2.dumps(cwt(dcc())) + b"\0", id="bytes behind it"),
        pytest.param([], id="a list"),
        pytest.param({4: at(days=1)}, id="no certificate"),
        pytest.param({4: at(days=1), -260: {2: dcc()}}, id="another certificate"),
        pytest.param({4: at(days=1), -260: [dcc()]}, id="certificate in a list"),
        pytest.param(b"\xd8\x1c\xa1\x39\x01\x03\xd8\x1d\x00", id="cyclic"),
        pytest.param(b"\xa2\x04\x01\x04\x02", id="duplicate key"),
        pytest.param(b"\x81" * 3000 + b"\x01", id="nested"),
    ],
)
def test_claims_out_of_grammar(payload: object) -> None:
    with pytest.raises(BadPayload):
        read(hc1(payload), STATE_TRUST, NOW)


def test_a_domestic_key_may_sign_one_too() -> None:
    text = hc1_text(sealed(cbor2.dumps(cwt(dcc())), SIGNER.private_key, {1: ES256, 4: SIGNER.kid}))
    assert read(text, TrustList((SIGNER.trusted_key(),)), NOW).issuer == "AT"


def test_the_certificate_in_the_trust_list_names_the_key() -> None:
    assert TrustList.from_certificates([STATE_CERTIFICATE]).find(STATE_KID)[0].subject == "Common Name: DSC"
