"""Some staff over some days as a CP-SAT model, all else standing still: every hard rule, and what it costs.

A slot is a shift of one day; its number is the day's times the number of shifts, plus the shift's.
"""

from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from benchmarks.instances.model import OFF, Cover, Instance, Row, Rows, Staff
from shifts.solver.model import Model, Part, total

Literal = cp_model.IntVar | bool
"""Whether somebody works on a day: open, or standing."""


def part_of(instance: Instance, people: Iterable[int], days: range) -> Part:
    """These people over these days."""
    slots = range(days.start * len(instance.shifts), days.stop * len(instance.shifts))
    return Part(frozenset(), tuple(people), tuple(slots))


def model_of(instance: Instance, rows: Rows, part: Part) -> Model:
    """The hard rules of a part. Rows tell what stands around it."""
    model = Model(part)
    days = _days(instance, part)
    for person in part.people:
        _Work(instance, model, person, rows[person], days).add()
    return model


def add_cost(instance: Instance, model: Model, counts: Sequence[Sequence[int]]) -> None:
    """Minimise what a part costs, up to a constant. Counts are of those who stand around it, by day and shift."""
    kinds = len(instance.shifts)
    terms: list[cp_model.LinearExprT] = []
    for (person, slot), cell in model.cells.items():
        key = person, slot // kinds, slot % kinds
        if weight := instance.without.get(key, 0) - instance.on.get(key, 0):
            terms.append(weight * cell)
    for slot, people in model.of_slot.items():
        day, kind = divmod(slot, kinds)
        cover = instance.cover.get((day, kind))
        if cover and people:
            terms += _cover(model, cover, [model.cells[person, slot] for person in people], counts[day][kind])
    model.sat.minimize(total(terms))


def rows_of(instance: Instance, rows: Rows, part: Part, chosen: Iterable[tuple[int, int]]) -> dict[int, Row]:
    """The rows of a part's people once these cells are worked."""
    found = {person: list(rows[person]) for person in part.people}
    days = _days(instance, part)
    for row in found.values():
        row[days.start : days.stop] = [OFF] * len(days)
    for person, slot in chosen:
        day, kind = divmod(slot, len(instance.shifts))
        found[person][day] = kind
    return {person: tuple(row) for person, row in found.items()}


def cells_of(instance: Instance, rows: Rows, people: Iterable[int]) -> frozenset[tuple[int, int]]:
    """The cells people work."""
    kinds = len(instance.shifts)
    return frozenset(
        (person, day * kinds + kind) for person in people for day, kind in enumerate(rows[person]) if kind != OFF
    )


def _cover(model: Model, cover: Cover, cells: list[cp_model.IntVar], others: int) -> list[cp_model.LinearExprT]:
    """Too few cost their weight; too many are all there are above what is wanted less those too few."""
    lacking = cover.heads - others
    terms: list[cp_model.LinearExprT] = [cover.over * cell for cell in cells] if cover.over else []
    if lacking > 0 and cover.under + cover.over > 0:
        short = model.sat.new_int_var(0, lacking, "")
        model.sat.add(short + total(cells) >= lacking)
        terms.append((cover.under + cover.over) * short)
    return terms


def _days(instance: Instance, part: Part) -> range:
    kinds = len(instance.shifts)
    return range(part.slots[0] // kinds, part.slots[-1] // kinds + 1) if part.slots else range(0)


class _Work:
    """One member of staff's rules."""

    def __init__(self, instance: Instance, model: Model, person: int, row: Row, days: range) -> None:
        self.instance, self.model, self.row, self.days = instance, model, row, days
        self.who: Staff = instance.staff[person]
        self.cells: list[dict[int, cp_model.IntVar]] = [{} for _ in row]
        self.works: list[Literal] = [kind != OFF for kind in row]
        kinds = len(instance.shifts)
        for day in days:
            if day in self.who.off:
                self.works[day] = False
                continue
            free = [kind for kind in range(kinds) if self.who.most[kind] and self._fits(day, kind)]
            mine = self.cells[day] = {kind: model.add_cell(person, day * kinds + kind) for kind in free}
            self.works[day] = self._some_of(list(mine.values()))

    def add(self) -> None:
        self._runs()
        self._follow()
        self._amounts()
        self._weekends()

    def _some_of(self, cells: list[cp_model.IntVar]) -> Literal:
        if not cells:
            return False
        if len(cells) == 1:
            return cells[0]
        works = self.model.sat.new_bool_var("")
        self.model.sat.add_exactly_one([*cells, works.negated()])
        return works

    def _fits(self, day: int, kind: int) -> bool:
        """Whether a shift gets on with what stands on the days beside it."""
        shifts, row = self.instance.shifts, self.row
        before, after = day - 1, day + 1
        if before >= 0 and before not in self.days and row[before] != OFF and kind in shifts[row[before]].not_after:
            return False
        return not (
            after < len(row) and after not in self.days and row[after] != OFF and row[after] in shifts[kind].not_after
        )

    def _runs(self) -> None:
        shortest, longest = self.who.run
        for begin in range(self.days.start - longest, self.days.stop):
            self._never([(begin + later, True) for later in range(longest + 1)])
        for length in range(1, shortest):
            self._alone(length, on=True)
        for length in range(1, self.who.rest):
            self._alone(length, on=False)

    def _alone(self, length: int, *, on: bool) -> None:
        """Never just so many days in a row, but at the horizon's edges."""
        for begin in range(self.days.start - length - 1, self.days.stop):
            middle = [(begin + later, on) for later in range(1, length + 1)]
            self._never([(begin, not on), *middle, (begin + length + 1, not on)])

    def _never(self, pattern: list[tuple[int, bool]]) -> None:
        """Not all of these days as said; what reaches across the horizon's edges is let be."""
        first, last = pattern[0][0], pattern[-1][0]
        if first < 0 or last >= len(self.row) or last < self.days.start or first >= self.days.stop:
            return
        clause = []
        for day, on in pattern:
            works = self.works[day]
            if isinstance(works, bool):
                if works is not on:
                    return
            else:
                clause.append(works.negated() if on else works)
        self.model.sat.add_bool_or(clause)

    def _follow(self) -> None:
        """Shifts that bar the same ones bar them together, which makes a stronger model than pair by pair."""
        shifts = self.instance.shifts
        for barred in {shift.not_after for shift in shifts if shift.not_after}:
            barring = [kind for kind, shift in enumerate(shifts) if barred <= shift.not_after]
            for day in self.days[:-1]:
                today = [self.cells[day][kind] for kind in barring if kind in self.cells[day]]
                next_day = [self.cells[day + 1][kind] for kind in sorted(barred) if kind in self.cells[day + 1]]
                if today and next_day:
                    self.model.sat.add_at_most_one([*today, *next_day])

    def _amounts(self) -> None:
        shifts, fixed = self.instance.shifts, [0] * len(self.instance.shifts)
        for day, kind in enumerate(self.row):
            if kind != OFF and day not in self.days:
                fixed[kind] += 1
        cells: list[list[cp_model.IntVar]] = [[] for _ in shifts]
        for mine in self.cells:
            for kind, cell in mine.items():
                cells[kind].append(cell)
        for kind, some in enumerate(cells):
            if len(some) > self.who.most[kind] - fixed[kind]:
                self.model.sat.add(total(some) <= self.who.most[kind] - fixed[kind])
        low, high = self.who.minutes
        standing = sum(count * shift.minutes for count, shift in zip(fixed, shifts, strict=True))
        if any(cells):
            worked = total([shift.minutes * cell for shift, some in zip(shifts, cells, strict=True) for cell in some])
            self.model.sat.add_linear_constraint(worked, low - standing, high - standing)
        elif not low <= standing <= high:
            self.model.sat.add_bool_or([])

    def _weekends(self) -> None:
        free, standing = [], 0
        for saturday in range(5, len(self.row), 7):
            days = [self.works[day] for day in (saturday, saturday + 1) if day < len(self.row)]
            if any(works is True for works in days):
                standing += 1
                continue
            open_days = [works for works in days if not isinstance(works, bool)]
            if len(open_days) == 1:
                free.append(open_days[0])
            elif open_days:
                worked = self.model.sat.new_bool_var("")
                for works in open_days:
                    self.model.sat.add_implication(works, worked)
                free.append(worked)
        if standing + len(free) > self.who.weekends:
            self.model.sat.add(total(free) <= self.who.weekends - standing)
