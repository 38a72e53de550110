"""The text of a QR code's bytes: what the code declares, and otherwise the likeliest guess."""

import re

# Extended Channel Interpretations (AIM ITS/04-023): a number names the character set of the bytes after it.
_ECI_CODECS = {
    **{number: f"iso8859-{max(1, number - 2)}" for number in (1, *range(3, 19)) if number != 14},
    **dict.fromkeys((0, 2), "cp437"),
    **dict.fromkeys((29, 31, 32), "gb18030"),
    **dict(zip((20, 21, 22, 23, 24), ("cp932", "cp1250", "cp1251", "cp1252", "cp1256"), strict=True)),
    **dict(zip((26, 27, 28, 30, 170), ("utf-8", "ascii", "big5", "cp949", "ascii"), strict=True)),
    **dict(zip((25, 33, 34, 35), ("utf-16-be", "utf-16-le", "utf-32-be", "utf-32-le"), strict=True)),
}
# Within the protocol every backslash of the data is doubled, so a single one always opens a designator.
_ECI_SEGMENT = re.compile(rb"\\(\d{6})((?:[^\\]|\\\\)*)", re.DOTALL)


def text_of(payload: bytes, eci: bytes = b"") -> str:
    r"""The text of a payload, best effort: never raises, and may be wrong where the code does not say its encoding.

    In order: what the code itself declares; strict UTF-8, which holds ASCII; strict GB18030, which holds GB2312 (and
    so Hanzi mode); Latin-1, which takes anything. Shift_JIS without ECI is mostly valid GB18030 too, and comes out
    as Chinese.

    Args:
        payload: The code's bytes.
        eci: The same bytes in the ECI protocol (`\000026` before each stretch, backslashes doubled), or empty where
            the code declares no encoding.
    """
    try:
        declared = [
            segment[2].replace(rb"\\", b"\\").decode(_ECI_CODECS[int(segment[1])])
            for segment in _ECI_SEGMENT.finditer(eci)
        ]
    except (KeyError, UnicodeDecodeError):
        declared = []
    if declared:
        return "".join(declared)
    for codec in ("utf-8", "gb18030"):
        try:
            return payload.decode(codec)
        except UnicodeDecodeError:
            continue
    return payload.decode("latin-1")
