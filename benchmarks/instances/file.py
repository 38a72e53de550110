"""Reading a shift-scheduling instance as schedulingbenchmarks.org keeps them, and saying where one cannot be read."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.instances.model import Cover, Instance, Shift, Staff

SECTIONS = {
    "SECTION_HORIZON": True,
    "SECTION_SHIFTS": True,
    "SECTION_STAFF": True,
    "SECTION_DAYS_OFF": False,
    "SECTION_SHIFT_ON_REQUESTS": False,
    "SECTION_SHIFT_OFF_REQUESTS": False,
    "SECTION_COVER": True,
}
"""Each section, and whether a file has to have it."""
LONGEST = 10 * 366


class BadInstance(ValueError):
    """A file that cannot be read as an instance; its text says where and why."""


def read_instance(text: str) -> Instance:
    """The instance in a file's text.

    Raises:
        BadInstance: A sentence that names the line.
    """
    lines = _sections(text)
    days = _horizon(lines["SECTION_HORIZON"])
    shifts = _shifts(lines["SECTION_SHIFTS"])
    names = {shift.code: number for number, shift in enumerate(shifts)}
    staff = _staff(lines["SECTION_STAFF"], names, days)
    people = {one.code: number for number, one in enumerate(staff)}
    known = _Known(days, names, people)
    staff = _days_off(lines["SECTION_DAYS_OFF"], known, staff)
    on = _requests(lines["SECTION_SHIFT_ON_REQUESTS"], known)
    without = _requests(lines["SECTION_SHIFT_OFF_REQUESTS"], known)
    return Instance(days, shifts, staff, on, without, _cover(lines["SECTION_COVER"], known))


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: tuple[str, ...]

    def bad(self, what: str) -> BadInstance:
        return BadInstance(f"line {self.number}: {what}")

    def cut(self, names: str, *, open_end: bool = False) -> Sequence[str]:
        """The cells, of which there have to be as many as names."""
        need = len(names.split(", "))
        cells = self.cells
        while len(cells) > need and not cells[-1]:
            cells = cells[:-1]
        if len(cells) < need or (len(cells) > need and not open_end):
            raise self.bad(f"{need} values are needed ({names}), there are {len(cells)}")
        return cells

    def whole(self, cell: str, what: str, most: int | None = None) -> int:
        """A whole number, not below zero."""
        try:
            number = int(cell)
        except ValueError:
            raise self.bad(f"{what} has to be a whole number, not “{cell}”") from None
        if number < 0 or (most is not None and number > most):
            raise self.bad(f"{what} has to be {'at least 0' if most is None else f'from 0 to {most}'}, not {number}")
        return number


@dataclass(frozen=True, slots=True)
class _Known:
    days: int
    shifts: dict[str, int]
    staff: dict[str, int] = field(default_factory=dict)

    def day(self, line: _Line, cell: str) -> int:
        return line.whole(cell, "the day", self.days - 1)

    def shift(self, line: _Line, cell: str) -> int:
        return _look_up(self.shifts, line, cell, "shift")

    def person(self, line: _Line, cell: str) -> int:
        return _look_up(self.staff, line, cell, "member of staff")


def _look_up(known: dict[str, int], line: _Line, cell: str, what: str) -> int:
    if cell not in known:
        raise line.bad(f"there is no {what} “{cell}”")
    return known[cell]


def _sections(text: str) -> dict[str, list[_Line]]:
    """The lines that say something, by section. Comments and blank lines may stand anywhere."""
    found: dict[str, list[_Line]] = {}
    lines: list[_Line] | None = None
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        said = raw.partition("#")[0].strip()
        if not said:
            continue
        line = _Line(number, tuple(cell.strip() for cell in said.split(",")))
        if said.upper().startswith("SECTION_"):
            name = line.cells[0].upper()
            if name not in SECTIONS:
                raise line.bad(f"there is no section “{said}” in this format")
            if name in found:
                raise line.bad(f"{name} is there twice")
            lines = found[name] = []
        elif lines is None:
            raise line.bad("an instance begins with a section, such as SECTION_HORIZON")
        else:
            lines.append(line)
    if missing := [name for name, needed in SECTIONS.items() if needed and name not in found]:
        raise BadInstance(f"{', '.join(missing)} is missing: this is no shift-scheduling instance, or part of one")
    return {name: found.get(name, []) for name in SECTIONS}


def _horizon(lines: list[_Line]) -> int:
    if len(lines) != 1:
        raise BadInstance(f"SECTION_HORIZON has to hold one number of days, and holds {len(lines)} lines")
    [cell] = lines[0].cut("days")
    days = lines[0].whole(cell, "the horizon", LONGEST)
    if days == 0:
        raise lines[0].bad("the horizon has no day")
    return days


def _shifts(lines: list[_Line]) -> tuple[Shift, ...]:
    if not lines:
        raise BadInstance("SECTION_SHIFTS holds no shift")
    cells = [_padded(line, 3).cut("shift, minutes, shifts that cannot follow") for line in lines]
    names = _names(lines, [row[0] for row in cells], "shift")
    shifts = []
    for line, (code, minutes, forbidden) in zip(lines, cells, strict=True):
        after = frozenset(_look_up(names, line, name, "shift") for name in _split(forbidden))
        shifts.append(Shift(code, line.whole(minutes, "the shift's length"), after))
    return tuple(shifts)


def _staff(lines: list[_Line], shifts: dict[str, int], days: int) -> tuple[Staff, ...]:
    if not lines:
        raise BadInstance("SECTION_STAFF holds nobody")
    columns = (
        "member of staff, most shifts, most minutes, fewest minutes, most shifts in a row, fewest shifts in a row, "
        "fewest days off in a row, most weekends"
    )
    cells = [line.cut(columns) for line in lines]
    _names(lines, [row[0] for row in cells], "member of staff")
    staff = []
    for line, (code, shares, *figures) in zip(lines, cells, strict=True):
        most = [days] * len(shifts)
        for share in _split(shares):
            name, equals, count = (part.strip() for part in share.partition("="))
            if not equals:
                raise line.bad(f"the most shifts are written as “D=14|E=5”, not “{share}”")
            most[_look_up(shifts, line, name, "shift")] = line.whole(count, f"the most of shift “{name}”")
        above, below, longest, shortest, rest, weekends = (
            line.whole(cell, name) for cell, name in zip(figures, columns.split(", ")[2:], strict=True)
        )
        staff.append(Staff(code, tuple(most), (below, above), (shortest, longest), rest, weekends, frozenset()))
    return tuple(staff)


def _days_off(lines: list[_Line], known: _Known, staff: tuple[Staff, ...]) -> tuple[Staff, ...]:
    off: list[frozenset[int]] = [frozenset() for _ in staff]
    for line in lines:
        name, *days = line.cells
        off[known.person(line, name)] |= {known.day(line, day) for day in days if day}
    return tuple(replace(one, off=days) for one, days in zip(staff, off, strict=True))


def _requests(lines: list[_Line], known: _Known) -> dict[tuple[int, int, int], int]:
    found: Counter[tuple[int, int, int]] = Counter()
    for line in lines:
        name, day, shift, weight = line.cut("member of staff, day, shift, weight")
        found[known.person(line, name), known.day(line, day), known.shift(line, shift)] += line.whole(
            weight, "the weight"
        )
    return dict(found)


def _cover(lines: list[_Line], known: _Known) -> dict[tuple[int, int], Cover]:
    found: dict[tuple[int, int], Cover] = {}
    for line in lines:
        day, shift, heads, under, over = line.cut("day, shift, heads, weight under, weight over")
        key = known.day(line, day), known.shift(line, shift)
        if key in found:
            raise line.bad(f"the cover of shift “{shift}” on day {day} is there twice")
        wanted: Callable[[str, str], int] = line.whole
        found[key] = Cover(wanted(heads, "the heads"), wanted(under, "the weight"), wanted(over, "the weight"))
    return found


def _padded(line: _Line, need: int) -> _Line:
    return replace(line, cells=line.cells + ("",) * (need - len(line.cells)))


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _names(lines: list[_Line], names: list[str], what: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, (line, name) in enumerate(zip(lines, names, strict=True)):
        if not name:
            raise line.bad(f"a {what} without a name")
        if name in found:
            raise line.bad(f"{what} “{name}” is there twice")
        found[name] = number
    return found
