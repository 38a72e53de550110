"""The grammar of GA 36-2018, kind by kind: what is a plate, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.plates import PROVINCES, Plate, PlateKind, parse

K = PlateKind
LEGAL = [
    (K.ORDINARY, ["闽E12345", "京A00000", "粤B1234A", "闽EAB123", "闽E1A2B3", "闽EA123Z", "琼Z99999", "藏A0X00Y"]),
    (K.NEW_ENERGY, ["闽ED12345", "闽EA12345", "闽EKZ0000", "闽EDX1234", "闽E12345D", "闽E00000A", "京AJ12345"]),
    (K.POLICE, ["闽E1234警", "京AA123警"]),
    (K.LEARNER, ["闽E1234学"]),
    (K.TRAILER, ["闽E1234挂", "闽EZ123挂"]),
    (K.CONSULATE, ["沪A1234领"]),
    (K.HONG_KONG_MACAU, ["粤Z1234港", "粤ZAB12澳"]),
    (K.EMBASSY, ["使123456"]),
    (K.AVIATION, ["民航12345", "民航A1234"]),
    (K.ARMED_POLICE, ["WJ闽12345", "WJ12345", "WJ闽1234X"]),
    (K.MILITARY, ["VA12345", "BK00001"]),
]
IRREGULAR = [
    "",
    "12345",
    "闽",
    "闽E",
    "闽E1234",  # one short
    "闽E123456",  # one long, and no new-energy letter
    "闽I12345",  # no authority I
    "粤O12345",  # no longer issued
    "台A12345",  # no such province
    "QE12345",  # no military district Q
    "闽112345",
    "闽E1234I",  # neither I nor O in the serial
    "闽E1234O",
    "闽EABC12",  # three letters
    "闽EABCDE",
    "闽EI12345",  # new energy: A–H, J, K
    "闽EL12345",
    "闽E12345L",
    "闽EDAB123",  # two letters after the new-energy letter
    "闽E12345DD",
    "闽E123警",
    "闽E12345警",
    "闽E12I4学",
    "使12345",
    "使1234567",
    "使A12345",
    "民航1234",
    "民航123456",
    "WJ1234",
    "WJ台12345",
    "AA12345",  # no military district A
    "VI12345",
    "VA1234",
    "闽E12345\n闽E12346",
    "闽Е12345",  # a Cyrillic Е
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in LEGAL for text in texts])
def test_a_plate_of_the_grammar(kind: PlateKind, text: str) -> None:
    assert parse(text) == Plate(text, kind)


@pytest.mark.parametrize("text", IRREGULAR)
def test_what_is_outside_the_grammar_is_other(text: str) -> None:
    assert parse(text).kind is K.OTHER


@pytest.mark.parametrize("province", PROVINCES)
def test_every_province_has_plates(province: str) -> None:
    assert parse(f"{province}A12345").kind is K.ORDINARY


def test_there_are_31_provinces() -> None:
    assert len(set(PROVINCES)) == len(PROVINCES) == 31


@pytest.mark.parametrize(
    "typed",
    ["闽e12345", "闽E·12345", " 闽E 12345 ", "闽Ｅ１２３４５", "闽E-12345", "闽E・12345", "闽E.12345", "闽\tE•12345\n"],
)
def test_how_a_plate_is_typed_is_forgiven(typed: str) -> None:
    assert parse(typed) == Plate("闽E12345", K.ORDINARY)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("闽E12345", "闽E·12345"),
        ("闽ED12345", "闽E·D12345"),
        ("闽E1234警", "闽E·1234警"),
        ("使123456", "使123456"),
        ("民航12345", "民航12345"),
        ("WJ闽12345", "WJ闽12345"),
        ("ABC", "ABC"),
    ],
)
def test_how_a_plate_is_shown(text: str, shown: str) -> None:
    assert str(parse(text)) == shown


_PLATES = st.one_of(
    *(
        st.from_regex(pattern, fullmatch=True)
        for pattern in (
            rf"[{PROVINCES}][A-HJ-NP-Z][0-9A-HJ-NP-Z]{{5,6}}",
            rf"[{PROVINCES}][A-HJ-NP-Z][0-9A-HJ-NP-Z]{{4}}[警学挂领港澳]",
            r"使[0-9]{6}|民航[0-9A-Z][0-9]{4}|WJ[闽京]?[0-9]{5}|[BKVZ][A-HK][0-9]{5}",
        )
    ),
    st.text(),
)


@given(_PLATES)
def test_a_plate_as_shown_is_the_same_plate(text: str) -> None:
    plate = parse(text)
    assert parse(str(plate)) == plate
    assert parse(plate.text) == plate


@pytest.mark.parametrize("text", ["e-\u0301", "ΐ", "e´", "ß", "Ⅻ", "\udc80"])
def test_even_an_odd_text_is_stored_as_it_would_be_found(text: str) -> None:
    assert parse(parse(text).text) == parse(text)
