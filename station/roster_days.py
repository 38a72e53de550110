"""Days as leads write them: 2026-05-04, 2026/5/4, 5月4日, 4日, 5月4日至6日. The roster tells what is left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shifts.model import Period

LONGEST = 300
"""Days of a stretch at most: 5月6日至5月4日 is a slip of the hand, not a year."""
_YEARS = range(1900, 2200)
_WEEKDAY = re.compile(
    r"[\s(]*(?:(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?)\)?$|\s*\([一二三四五六日天]\)$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_WHOLE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?|(20\d\d)(\d\d)(\d\d)")
_OF_MONTH = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_BARE = re.compile(r"(\d{1,2})\s*[日号]?")
_SERIAL = re.compile(r"[3-7]\d{4}")  # Excel's count of days, where a cell lost its format
_SERIAL_START = date(1899, 12, 30)
_MONTH = re.compile(r"(?:(\d{4})\s*[年/.-]\s*)?(\d{1,2})\s*月")
_MONTHS = re.compile(r"\d\s*(?:月?\s*[-~–—至到、])\s*\d{1,2}\s*月")
_BETWEEN = re.compile(r"[、,;\n]+")
_TO = re.compile(r"至|到|~|～|—+|–|-+")


@dataclass(frozen=True, slots=True)
class Days:
    """What a day is completed from.

    Attributes:
        period: The roster's days; a year left out is the one that lies in them, or nearest.
        month: Year (None if not said) and month that a heading names, for days that are only numbers.
    """

    period: Period
    month: tuple[int | None, int] | None = None

    def day(self, cell: str | date, *, bare: bool = True) -> date | None:
        """The day a cell names, or None; `bare`: whether it may be a number only."""
        if isinstance(cell, date):
            return cell if cell.year in _YEARS else None
        text = _WEEKDAY.sub("", _CLOCK.sub("", cell)).strip()
        if whole := _WHOLE.fullmatch(text):
            return _date(*(int(part) for part in whole.groups() if part))
        if of_month := _OF_MONTH.fullmatch(text):
            return self._nearest(*map(int, of_month.groups()))
        if bare and (number := _BARE.fullmatch(text)):
            return self._numbered(int(number[1]))
        return _SERIAL_START + timedelta(days=int(text)) if _SERIAL.fullmatch(text) else None

    def days(self, cell: str | date) -> tuple[date, ...] | None:
        """The days a cell lists, stretches whole; None where a part of it is no day."""
        if isinstance(cell, date):
            return (cell,) if cell.year in _YEARS else None
        found: list[date] = []
        for part in _parts(cell):
            inner = self if not found else Days(self.period, (found[-1].year, found[-1].month))
            stretch = _stretch(inner, part)
            if stretch is None:
                return None
            found += stretch
        return tuple(found)

    def _nearest(self, month: int, day: int) -> date | None:
        """Of this year and those beside it, the one in the period or nearest to its start."""
        start = self.period.start
        years = range(start.year - 4, start.year + 5)  # a 29 February may be years away
        found = [one for year in years if (one := _date(year, month, day))]
        return min(found, key=lambda one: (one not in self.period, abs(one - start)), default=None)

    def _numbered(self, number: int) -> date | None:
        if self.month is not None:
            year, month = self.month
            return self._nearest(month, number) if year is None else _date(year, month, number)
        fitting = [day for day in self.period.days if day.day == number]
        return fitting[0] if len(fitting) == 1 else None


def month_named(text: str) -> tuple[int | None, int] | None:
    """The one month in a heading such as 2026年5月排班表, its year if it is said; None for 4–5月 as for none."""
    found = {(int(year) if year else None, int(month)) for year, month in _MONTH.findall(text)}
    if len(found) != 1 or _MONTHS.search(text):
        return None
    year, month = found.pop()
    return (year, month) if 1 <= month <= 12 else None


def month_start(text: str) -> date | None:
    """The first day of a month or of a year that stands alone: 2021年7月, 2021.07, 2021."""
    found = re.fullmatch(r"(\d{4})\s*(?:[-/.年]\s*(\d{1,2})\s*月?|年)?", text)
    return _date(int(found[1]), int(found[2] or 1), 1) if found else None


def is_weekday(text: str) -> bool:
    """Whether a cell only names a day of the week: 一, 周一, 星期一, Mon."""
    return text in set("一二三四五六日天") or (text != "" and _WEEKDAY.sub("", text) == "")


def _stretch(days: Days, text: str) -> list[date] | None:
    if (one := days.day(text, bare=days.month is not None)) is not None:
        return [one]
    for mark in _TO.finditer(text):
        first = days.day(text[: mark.start()].strip(), bare=days.month is not None)
        if first is None:
            continue
        last = Days(Period(first, LONGEST), (first.year, first.month)).day(text[mark.end() :].strip())
        if last is not None and 0 <= (last - first).days <= LONGEST:
            return [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return None


def _parts(text: str) -> Iterator[str]:
    for part in _BETWEEN.split(text):
        listed = part.split()
        # 5月4日 5月6日 are two; 2026-05-04 00:00 and 5 月 4 日 are one
        if len(listed) > 1 and all(_WHOLE.fullmatch(one) or _OF_MONTH.fullmatch(one) for one in listed):
            yield from listed
        elif part.strip():
            yield part.strip()


def _date(year: int, month: int, day: int) -> date | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
