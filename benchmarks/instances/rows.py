"""One member of staff's best row: the cheapest under all their rules, by going through the days once.

What has to be known of the days behind to go on: how long they have worked, or been off, in a row; the last shift; the
minutes and the weekends so far. Cheapest costs of all of these are kept in arrays, a day at a time. Over long horizons
minutes and weekends are held near an even pace, which keeps the arrays small; a row found so keeps every rule all the
same, it only may not be the cheapest. Kinds of shifts are not counted along the way until a row has too many of one;
then that one is, or, over long horizons and of several, they are made dearer until there are not too many.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from math import gcd

import numpy as np
from numpy.typing import NDArray

from benchmarks.instances.model import OFF, Instance, Row

Array = NDArray[np.float32]
BARRED = np.float32(1e9)
LARGEST = 40_000
"""Numbers kept a day, where the horizon is long."""
ROUNDS = 8
"""How often too many of a shift are made dearer before they are barred."""


@dataclass(slots=True)
class Track:
    """What of a member of staff's rules stays the same from row to row.

    Attributes:
        kinds: The shifts they may work.
        units: The length of each, in the largest unit all are whole in.
        sets: For each of them, the shifts it can follow; as masks over `kinds`.
        level: The fewest units there may be after each day, and one for before the first; as many levels follow.
        weekend: The same of weekends, where fewer count as this many.
        free_weekends: They may work every weekend, so none is counted.
        exact: Nothing is left out.
    """

    instance: Instance
    person: int
    kinds: tuple[int, ...]
    units: tuple[int, ...] = ()
    level: list[int] = field(default_factory=list)
    levels: int = 0
    weekend: list[int] = field(default_factory=list)
    weekends: int = 1
    free_weekends: bool = False
    exact: bool = True
    low: int = 0
    high: int = 0
    counted: int | None = None
    counting: dict[int, "Track"] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Counts of the counted shift, levels of units and of weekends."""
        counts = 1 if self.counted is None else self.instance.staff[self.person].most[self.counted] + 1
        return counts, self.levels, self.weekends

    def counts_as(self, day: int, weekday: int) -> bool:
        """Whether a day is this one of a weekend that counts."""
        return day % 7 == weekday and not self.free_weekends

    @property
    def run(self) -> tuple[int, int]:
        """Fewest and most days in a row."""
        shortest, longest = self.instance.staff[self.person].run
        return shortest, min(longest, self.instance.days)

    @property
    def rest(self) -> int:
        """Fewest days off in a row."""
        return max(1, min(self.instance.staff[self.person].rest, self.instance.days))


def track_of(instance: Instance, person: int, kinds: tuple[int, ...] | None = None) -> Track:
    """Somebody's track, over all shifts they may work or over these of them."""
    who = instance.staff[person]
    if kinds is None:
        kinds = tuple(kind for kind, most in enumerate(who.most) if most)
    track = Track(instance, person, kinds)
    lengths = [instance.shifts[kind].minutes for kind in kinds]
    unit = gcd(*lengths) or 1
    track.units = tuple(length // unit for length in lengths)
    track.low, track.high = -(-who.minutes[0] // unit), who.minutes[1] // unit
    _pace_weekends(track)
    _pace_units(track)
    return track


def _pace_weekends(track: Track) -> None:
    instance, who = track.instance, track.instance.staff[track.person]
    begun = [sum(1 for saturday in range(5, day, 7)) for day in range(instance.days + 1)]
    if who.weekends >= begun[-1]:
        track.free_weekends, track.weekend = True, [0] * (instance.days + 1)
    elif who.weekends <= 9 and instance.days <= 100:
        track.weekends, track.weekend = who.weekends + 1, [0] * (instance.days + 1)
    else:
        track.weekends, track.exact = min(5, who.weekends + 1), False
        most = [min(who.weekends, round(who.weekends * n / begun[-1]) + 2) for n in begun]
        most[-1] = who.weekends
        track.weekend = [max(0, n - track.weekends + 1) for n in most]


def _pace_units(track: Track) -> None:
    instance, who = track.instance, track.instance.staff[track.person]
    longest = max(track.units, default=0)
    free = [0]
    for day in range(instance.days):
        free.append(free[-1] + (day not in who.off))
    most = min(track.high, longest * free[-1])
    other = max(1, len(track.kinds) * track.run[1] * track.weekends)
    if instance.days <= 100 and (most + 1) * other <= 4 * LARGEST:
        track.levels, track.level = most + 1, [0] * (instance.days + 1)
        return
    track.exact = False
    track.levels = max(6 * longest + 1, min(14 * longest + 1, LARGEST // other))
    middle = (track.low + min(track.high, max(track.low, most))) / 2
    track.level = [max(0, round(middle * n / max(1, free[-1])) - track.levels // 2) for n in free]


@dataclass(slots=True)
class _Days:
    """Cheapest costs after each day, the first before any.

    Attributes:
        off: By days off in a row (the last stands for that many and more), units, weekends.
        work: By shift, days in a row, units, weekends.
    """

    off: list[Array] = field(default_factory=list)
    work: list[Array] = field(default_factory=list)


def best_row(track: Track, costs: NDArray[np.float32]) -> tuple[Row | None, float]:
    """The cheapest row found, where each shift of each day costs so much, and what none costs less than.

    None where there is none at this pace. The lowest cost holds only if the track is exact.
    """
    most = track.instance.staff[track.person].most
    row = relaxed_row(track, costs)
    low = _cost(row, costs)
    over = _too_many(row, most)
    if over and track.exact:
        kind = over[0]
        if kind not in track.counting:
            track.counting[kind] = replace(track, counted=kind, counting={})
        track = track.counting[kind]
        row = relaxed_row(track, costs)
        low, over = _cost(row, costs), _too_many(row, most)
    if not over:
        return row, low
    dearer = costs.copy()
    step = np.float32(max(1.0, float(np.abs(costs[costs < BARRED]).max(initial=0.0)) / 8))
    for _ in range(ROUNDS):
        dearer[:, over] += step
        step *= 2
        row = relaxed_row(track, dearer)
        over = _too_many(row, most)
        if not over:
            return row, low
    for kind in over:
        kept = sorted(range(len(costs)), key=lambda day: (row is None or row[day] != kind, costs[day, kind]))
        dearer[kept[most[kind] :], kind] = BARRED
    row = relaxed_row(track, dearer)
    return (None if _too_many(row, most) else row), low


def _cost(row: Row | None, costs: NDArray[np.float32]) -> float:
    if row is None:
        return float("inf")
    return float(sum(costs[day, kind] for day, kind in enumerate(row) if kind != OFF))


def _too_many(row: Row | None, most: tuple[int, ...]) -> list[int]:
    if row is None:
        return []
    return [kind for kind, number in Counter(row).items() if kind != OFF and number > most[kind]]


def relaxed_row(track: Track, costs: NDArray[np.float32]) -> Row | None:
    """The same, however many there are of each shift."""
    if not track.kinds:
        return (OFF,) * track.instance.days if track.low <= 0 else None
    mine = np.ascontiguousarray(costs[:, track.kinds], dtype=np.float32)
    for day in track.instance.staff[track.person].off:
        mine[day] = BARRED
    days = _forward(track, mine)
    return _backward(track, days)


def _sets(track: Track) -> list[tuple[list[int], list[int], int | None]]:
    """Shifts that can follow the same ones: they, the ones before that an earlier set lacks, and that set's number."""
    shifts = track.instance.shifts
    before: dict[frozenset[int], list[int]] = {}
    for number, kind in enumerate(track.kinds):
        able = frozenset(n for n, other in enumerate(track.kinds) if kind not in shifts[other].not_after)
        before.setdefault(able, []).append(number)
    ordered = sorted(before, key=len)
    found = []
    for place, able in enumerate(ordered):
        base = max((n for n in range(place) if ordered[n] <= able), key=lambda n: len(ordered[n]), default=None)
        extra = able - ordered[base] if base is not None else able
        found.append((before[able], sorted(extra), base))
    return found


def _forward(track: Track, costs: Array) -> _Days:
    (shortest, longest), rest = track.run, track.rest
    shape = track.shape
    off = np.full((rest, *shape), BARRED, dtype=np.float32)
    off[rest - 1, 0, -track.level[0], 0] = 0
    work = np.full((len(track.kinds), max(1, longest), *shape), BARRED, dtype=np.float32)
    none = np.full((max(1, longest) - 1, *shape), BARRED, dtype=np.float32)
    days, sets = _Days([off], [work]), _sets(track)
    lengths: dict[tuple[int, bool], list[int]] = {}
    for number, (kind, units) in enumerate(zip(track.kinds, track.units, strict=True)):
        lengths.setdefault((units, kind == track.counted), []).append(number)
    for day in range(len(costs)):
        climb = track.level[day + 1] - track.level[day]
        more = track.weekend[day + 1] - track.weekend[day]
        saturday, sunday = track.counts_as(day, 5), track.counts_as(day, 6)
        ended = work[:, [n for n in range(max(1, longest)) if n + 1 >= shortest or n + 1 == day]]
        stopped = ended.min(axis=(0, 1)) if ended.size else np.full(shape, BARRED, dtype=np.float32)
        now = np.empty_like(off)
        now[0] = stopped
        now[1:] = off[:-1]
        now[rest - 1] = np.minimum(now[rest - 1], off[rest - 1])
        begun = off[rest - 1]
        if sunday:
            begun = _move(begun, 0, 1)
        before = np.empty_like(work)
        met: list[Array] = []
        for numbers, extra, base in sets:
            low = none if base is None else met[base]
            if extra:
                low = np.minimum(low, work[extra, :-1].min(axis=0))
            met.append(low)
            before[numbers, 1:] = low
            before[numbers, 0] = begun
        work = np.empty_like(before)
        for (units, counted), numbers in lengths.items():
            moved = _move(before[numbers], units - climb, int(saturday) - more, counted=counted)
            work[numbers] = moved + costs[day, numbers][:, None, None, None, None]
        np.minimum(work, BARRED, out=work)
        off = _move(now, -climb, -more)
        days.off.append(off)
        days.work.append(work)
        if longest == 0:
            work[:] = BARRED
    return days


def _move(array: Array, units: int, weekends: int, *, counted: bool = False) -> Array:
    """Everything so many levels up; what leaves the levels is lost, but too few weekends count as the fewest."""
    if counted:
        moved = np.full_like(array, BARRED)
        moved[..., 1:, :, :] = array[..., :-1, :, :]
        array = moved
    if weekends < 0:
        low = array[..., : 1 - weekends].min(axis=-1, keepdims=True)
        rest = array[..., 1 - weekends :]
        pad = np.full((*array.shape[:-1], array.shape[-1] - 1 - rest.shape[-1]), BARRED, dtype=np.float32)
        array = np.concatenate((low, rest, pad), axis=-1)
    elif weekends > 0:
        moved = np.full_like(array, BARRED)
        moved[..., weekends:] = array[..., :-weekends]
        array = moved
    if units == 0:
        return array
    moved = np.full_like(array, BARRED)
    if abs(units) < array.shape[-2]:
        if units > 0:
            moved[..., units:, :] = array[..., :-units, :]
        else:
            moved[..., :units, :] = array[..., -units:, :]
    return moved


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands after a day: its place in the arrays."""

    run: int
    count: int
    units: int
    weekend: int
    shift: int | None = None


def _backward(track: Track, days: _Days) -> Row | None:
    """The row that led to the cheapest end, found by asking of each day what could have come before it."""
    low, high = max(0, track.low - track.level[-1]), max(0, track.high - track.level[-1] + 1)
    off, work = days.off[-1][:, :, low:high], days.work[-1][:, :, :, low:high]
    if off.size == 0 or min(off.min(), work.min()) >= BARRED / 2:
        return None
    if work.min() < off.min():
        shift, run, count, units, weekend = (int(n) for n in np.unravel_index(work.argmin(), work.shape))
        place = _Place(run, count, low + units, weekend, shift)
    else:
        run, count, units, weekend = (int(n) for n in np.unravel_index(off.argmin(), off.shape))
        place = _Place(run, count, low + units, weekend)
    row = [OFF] * track.instance.days
    for day in range(len(row) - 1, -1, -1):
        if place.shift is not None:
            row[day] = track.kinds[place.shift]
        place = _before(track, days, day, place)
    return tuple(row)


def _before(track: Track, days: _Days, day: int, place: _Place) -> _Place:
    """The cheapest place a day could have been come to from."""
    (shortest, longest), rest = track.run, track.rest
    units = place.units + track.level[day + 1] - track.level[day]
    moved = track.weekend[day] - track.weekend[day + 1]
    shifts: list[tuple[int, list[int]]] = []
    runs: list[int] = []
    count = place.count
    if place.shift is None:
        runs = [run for run in (place.run - 1, place.run) if run >= 0 and (run < place.run or run == rest - 1)]
        if place.run == 0:
            ended = [n for n in range(longest) if n + 1 >= shortest or n + 1 == day]
            shifts = [(shift, ended) for shift in range(len(track.kinds))]
    else:
        kind = track.kinds[place.shift]
        units -= track.units[place.shift]
        count -= kind == track.counted
        moved += track.counts_as(day, 5)
        if place.run == 0:
            runs = [rest - 1]
        else:
            known = track.instance.shifts
            shifts = [(n, [place.run - 1]) for n, other in enumerate(track.kinds) if kind not in known[other].not_after]
    begun = place.shift is not None and place.run == 0 and track.counts_as(day, 6)
    weekends = _whence(place.weekend, moved, int(begun))
    found = []
    for shift, array, some in [(None, days.off[day], runs), *((n, days.work[day][n], some) for n, some in shifts)]:
        for run in some:
            costs = array[run, count, units, weekends]
            cheapest = int(costs.argmin())
            found.append((float(costs[cheapest]), _Place(run, count, units, weekends.start + cheapest, shift)))
    return min(found, key=lambda option: option[0])[1]


def _whence(weekend: int, moved: int, begun: int) -> slice:
    """The levels of weekends that were moved to this one, after one was counted where a Sunday began a run."""
    if moved < 0 and weekend == 0:
        return slice(0, 1 - moved)
    return slice(weekend - moved - begun, weekend - moved - begun + 1)
