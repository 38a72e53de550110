"""The resident identity number (公民身份号码), GB 11643-1999: 17 digits and a check character."""

import re
import unicodedata
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SHAPE = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)


def check_character(first: str) -> str:
    """The 18th character that belongs to 17 digits (ISO 7064, MOD 11-2)."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first, strict=True)) % 11]


def parse(text: str) -> str | None:
    """The number in a typed text, or None where a digit is missing, the birth date is no date, or the check fails."""
    number = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if not _SHAPE.fullmatch(number) or check_character(number[:17]) != number[17]:
        return None
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return number
