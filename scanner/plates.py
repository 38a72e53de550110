"""Vehicle plates as text: the grammar of GA 36-2018.

There is no check digit, so the grammar is all there is. Blue or yellow cannot be told from the text.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_AUTHORITY = "A-HJ-NP-Z"  # no I; O only on old plates, which are `other`
_SERIAL = "A-HJ-NP-Z0-9"
_NEW_ENERGY = "A-HJK"


class PlateKind(StrEnum):
    """What kind of plate a text is. `OTHER`: real perhaps, but typed by hand and outside the grammar."""

    ORDINARY = "ordinary"
    NEW_ENERGY = "new_energy"
    POLICE = "police"
    LEARNER = "learner"
    TRAILER = "trailer"
    CONSULATE = "consulate"
    HONG_KONG_MACAU = "hong_kong_macau"
    EMBASSY = "embassy"
    AVIATION = "aviation"
    ARMED_POLICE = "armed_police"
    MILITARY = "military"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate as it is stored: `闽E12345`, upper case, no separators."""

    text: str
    kind: PlateKind

    def __str__(self) -> str:
        """As it is shown: 闽E·12345."""
        if self.kind in {PlateKind.OTHER, PlateKind.EMBASSY, PlateKind.AVIATION, PlateKind.ARMED_POLICE}:
            return self.text
        return f"{self.text[:2]}·{self.text[2:]}"


_HEAD = f"[{PROVINCES}][{_AUTHORITY}]"
_GRAMMAR = (
    # At most two letters among the five characters of an ordinary plate.
    (PlateKind.ORDINARY, rf"{_HEAD}(?=(?:[0-9]*[A-Z]){{0,2}}[0-9]*$)[{_SERIAL}]{{5}}"),
    (PlateKind.NEW_ENERGY, rf"{_HEAD}[{_NEW_ENERGY}][{_SERIAL}][0-9]{{4}}"),
    (PlateKind.NEW_ENERGY, rf"{_HEAD}[0-9]{{5}}[{_NEW_ENERGY}]"),
    (PlateKind.POLICE, rf"{_HEAD}[{_SERIAL}]{{4}}警"),
    (PlateKind.LEARNER, rf"{_HEAD}[{_SERIAL}]{{4}}学"),
    (PlateKind.TRAILER, rf"{_HEAD}[{_SERIAL}]{{4}}挂"),
    (PlateKind.CONSULATE, rf"{_HEAD}[{_SERIAL}]{{4}}领"),
    (PlateKind.HONG_KONG_MACAU, rf"{_HEAD}[{_SERIAL}]{{4}}[港澳]"),
    (PlateKind.EMBASSY, r"使[0-9]{6}"),
    (PlateKind.AVIATION, r"民航[A-Z0-9][0-9]{4}"),
    (PlateKind.ARMED_POLICE, rf"WJ[{PROVINCES}]?[0-9]{{4}}[0-9A-Z]"),
    (PlateKind.MILITARY, r"[BCEGHJKLMNSVXYZ][A-HJ-NP-VX-Z][0-9]{5}"),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _GRAMMAR)
_ANY = re.compile("|".join(f"(?:{pattern})" for _, pattern in _GRAMMAR))
SUFFIXES = "警学挂领港澳"
_LENGTHS = (7, 8)
_CHARACTERS = f"{PROVINCES}ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789{SUFFIXES}使民航"
_SEPARATORS = re.compile(r"[\s·・.\-•‧]+")


def parse(text: str) -> Plate:
    """The plate in a text: full-width characters, lower case, spaces and middle dots are forgiven."""
    bare = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    plain = unicodedata.normalize("NFKC", bare.upper())  # again: what is stored must be found when it is typed again
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(plain):
            return Plate(plain, kind)
    return Plate(plain, PlateKind.OTHER)


@cache
def next_characters(prefix: str) -> frozenset[str]:
    """What may follow the beginning of a plate, upper case and without separators, so that the grammar can still hold.

    Empty for what is whole, and for what can no longer become a plate.
    """
    return frozenset(
        character
        for character in _CHARACTERS
        if any(_ANY.fullmatch(prefix + character + ending) for ending in _endings(len(prefix) + 1))
    )


def _endings(done: int) -> tuple[str, ...]:
    """Endings for what has `done` characters: where any of the grammar's completes a beginning, one of these does."""
    zeros = ["0" * (length - done) for length in _LENGTHS if length >= done]
    heads = ("", "A", "J", "航")  # an authority's letter, and the second halves of WJ and 民航
    tails = ("", "A", "警")  # a new-energy letter, and any suffix
    return tuple(
        head + zero[len(head) : len(zero) - len(tail)] + tail
        for zero in zeros
        for head in heads
        for tail in tails
        if len(head) + len(tail) <= len(zero)
    )
