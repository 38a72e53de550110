"""PINs as people choose them: what others would try first is refused. One that was set before goes on to work.

Of PINs that people choose themselves, birthdays, years and patterns are a good part (Bonneau, Preibusch and Anderson,
"A birthday present every eleven wallets?", FC 2012; Wang, Gu, Huang and Wang, "Understanding Human-Chosen PINs",
AsiaCCS 2017); to refuse about a tenth of all helps most (Markert et al., "This PIN Can Be Easily Guessed", S&P 2020).
"""

import secrets
from datetime import date
from itertools import pairwise

from db.pins import hash_pin

_KNOWN = frozenset(
    {
        *("2580", "0852", "147258", "258369", "147369", "159357", "159753", "357159", "789456"),  # lines of the pad
        *("112233", "123321", "123654", "100200", "147258369"),
        *("1314", "201314", "520131", "5201314", "1314520"),  # read aloud: for ever, I love you
    }
)
_DATES = {4: ("{}0101", "2000{}"), 6: ("19{}", "20{}", "{}01"), 8: ("{}",)}
"""By length, what makes a day of it: a year or a month and day; year, month and day, or a year's month; all of it."""


class PinCommon(Exception):
    """A PIN that others would try first."""

    code = "pin_common"

    def __init__(self) -> None:
        super().__init__(self.code)
        self.params: dict[str, str] = {}


def hash_chosen(pin: str, code: str) -> str:
    """The hash of the PIN that the person with this code is to have.

    Raises:
        PinMalformed: It is no PIN.
        PinCommon: It is easily guessed.
    """
    hashed = hash_pin(pin)
    if is_common(pin, code):
        raise PinCommon
    return hashed


def is_common(pin: str, code: str) -> bool:
    """Whether a PIN is easily guessed: few or running digits, a repeated part, a day or year, in one's own code."""
    steps = {(ord(after) - ord(before)) % 10 for before, after in pairwise(pin)}
    repeats = pin in (pin + pin)[1:-1]
    return len(set(pin)) < 3 or len(steps) == 1 or repeats or pin in _KNOWN or pin in code or _is_date(pin)


def drawn(code: str) -> str:
    """Four digits by chance, for somebody of the demonstration."""
    while is_common(pin := f"{secrets.randbelow(10_000):04d}", code):
        pass
    return pin


def _is_date(pin: str) -> bool:
    return any(_is_day(form.format(pin)) for form in _DATES.get(len(pin), ()))


def _is_day(text: str) -> bool:
    """Whether it is a day of this century or the last, as YYYYMMDD."""
    try:
        return 1900 <= date.fromisoformat(text).year < 2100
    except ValueError:
        return False
