"""What a code says, in words: what it declares first, then UTF-8, GB18030, Latin-1."""

import pytest
import segno

from scanner.code_text import text_of
from tests.scanner.codes import CHINESE, picture, qr, read_one

NUMERIC, ALPHANUMERIC, BYTE = 1, 2, 4  # the mode indicators of ISO/IEC 18004, table 2


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (segno.make("HC1:ABC", micro=False), "HC1:ABC"),
        (segno.make(CHINESE.encode(), mode="byte"), CHINESE),
        (segno.make(CHINESE.encode("gb18030"), mode="byte"), CHINESE),
        (segno.make("㐀𠀀喆".encode("gb18030"), mode="byte", micro=False), "㐀𠀀喆"),
        (segno.make("福建省永春县", mode="hanzi", micro=False), "福建省永春县"),
        (segno.make(b"\xff\xfe\x80", mode="byte", micro=False), "ÿþ\x80"),
    ],
    ids=["ascii", "utf-8", "gb18030", "gb18030 four bytes", "hanzi mode", "neither"],
)
def test_without_a_declared_encoding_text_is_utf8_then_gb18030_then_latin1(code: segno.QRCode, text: str) -> None:
    assert read_one(picture(code)).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", CHINESE),
        ("gb18030", CHINESE),
        ("gbk", "福建 張偉"),
        ("big5", "臺灣省"),
        ("shift_jis", "漢字ﾃﾞｻﾞｲﾝ"),
        ("euc_kr", "한국어"),
        ("utf-16-be", "AB福建"),
        ("iso8859-1", "Grüße"),
        ("iso8859-5", "Привет"),
        ("cp1251", "Привет"),
        ("cp1256", "مرحبا"),
        ("utf-8", "反斜杠\\000026\\"),
    ],
)
def test_a_declared_encoding_decides_the_text(encoding: str, text: str) -> None:
    symbol = read_one(qr(text, encoding=encoding, mode="byte", eci=True))
    assert (symbol.payload, symbol.text) == (text.encode(encoding), text)


def test_several_declared_encodings_in_one_code_are_each_heeded() -> None:
    segments = [
        ("12345", NUMERIC),
        ("福建", BYTE, "gb18030"),
        ("ABC", ALPHANUMERIC),
        ("Привет", BYTE, "cp1251"),
    ]
    symbol = read_one(qr(segments, eci=True))
    assert symbol.text == "12345福建ABCПривет"
    assert symbol.payload == b"12345" + "福建".encode("gb18030") + b"ABC" + "Привет".encode("cp1251")


@pytest.mark.parametrize("number", [b"000026", b"000899", b"000777"], ids=["not utf-8", "binary", "unknown"])
def test_a_declaration_that_does_not_hold_leaves_it_to_the_bytes(number: bytes) -> None:
    payload = CHINESE.encode("gb18030")
    assert text_of(payload, b"\\" + number + payload) == CHINESE
