"""What rows cost, and the best there are so far: shared by the searches that better them."""

import threading
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from benchmarks.instances.model import OFF, Instance, Row, Rows

Counts = NDArray[np.int64]
"""How many stand in each shift, by day and shift."""


class Costs:
    """An instance's weights as arrays."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        shape = instance.days, len(instance.shifts)
        self.wishes = np.zeros((len(instance.staff), *shape), dtype=np.int32)
        for key, weight in instance.without.items():
            self.wishes[key] += weight
        for key, weight in instance.on.items():
            self.wishes[key] -= weight
        self.unmet = sum(instance.on.values())
        self.heads, self.under, self.over = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        for where, cover in instance.cover.items():
            self.heads[where], self.under[where], self.over[where] = cover.heads, cover.under, cover.over

    def counts(self, rows: Iterable[Row]) -> Counts:
        """Who stands where in these rows."""
        counts = np.zeros(self.heads.shape, dtype=np.int64)
        for row in rows:
            days, kinds = _worked(row)
            counts[days, kinds] += 1
        return counts

    def of_counts(self, counts: Counts) -> int:
        """What is paid for heads too few or too many."""
        lacking = self.heads - counts
        return int((np.maximum(lacking, 0) * self.under + np.maximum(-lacking, 0) * self.over).sum())

    def of_row(self, person: int, row: Row) -> int:
        """What somebody's wishes cost, less what their wishes to work cost if none were met."""
        days, kinds = _worked(row)
        return int(self.wishes[person, days, kinds].sum())

    def of(self, rows: Rows) -> int:
        """Everything."""
        return self.unmet + self.of_counts(self.counts(rows)) + sum(self.of_row(p, row) for p, row in enumerate(rows))

    def one_more(self, person: int, counts: Counts) -> NDArray[np.float32]:
        """What one more shift of somebody costs, by day and shift, besides those who are there."""
        head = np.where(counts < self.heads, -self.under, self.over)
        return np.asarray(self.wishes[person] + head, dtype=np.float32)


class Best:
    """The best rows so far; searches in several threads take them and offer better ones."""

    def __init__(self, costs: Costs, rows: Rows) -> None:
        self.costs = costs
        self.rows, self.cost = rows, costs.of(rows)
        self.counts = costs.counts(rows)
        self.bound = 0
        self.taken: set[int] = set()
        self._lock = threading.Lock()

    @property
    def proven(self) -> bool:
        """Nothing better is to be found."""
        return self.cost <= self.bound

    def raise_bound(self, bound: int) -> None:
        """No rows cost less than this."""
        with self._lock:
            self.bound = max(self.bound, min(bound, self.cost))

    def take(self, people: Iterable[int]) -> list[int]:
        """Those of them that no other search works at; they are kept for this one until `give_back`."""
        with self._lock:
            mine = [person for person in people if person not in self.taken]
            self.taken.update(mine)
        return mine

    def give_back(self, people: Iterable[int]) -> None:
        """Let others have them."""
        with self._lock:
            self.taken.difference_update(people)

    def offer(self, seen: Rows, changed: Mapping[int, Row]) -> bool:
        """Take new rows for those they were found for, if nothing becomes dearer and nobody changed them meanwhile.

        Whether it became cheaper.
        """
        with self._lock:
            if any(self.rows[person] is not seen[person] for person in changed):
                return False
            counts = self.counts - self.costs.counts(self.rows[p] for p in changed)
            counts += self.costs.counts(changed.values())
            cost = self.cost + self.costs.of_counts(counts) - self.costs.of_counts(self.counts)
            cost += sum(self.costs.of_row(p, row) - self.costs.of_row(p, self.rows[p]) for p, row in changed.items())
            if cost > self.cost:
                return False
            better = cost < self.cost
            self.rows = tuple(changed.get(person, row) for person, row in enumerate(self.rows))
            self.counts, self.cost = counts, cost
            return better

    def offer_all(self, rows: Rows) -> bool:
        """Take rows for everybody, if they are cheaper; and whether they were."""
        cost, counts = self.costs.of(rows), self.costs.counts(rows)
        with self._lock:
            if cost >= self.cost:
                return False
            self.rows, self.counts, self.cost = rows, counts, cost
            return True


def _worked(row: Row) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    kinds = np.asarray(row, dtype=np.int64)
    days = np.flatnonzero(kinds != OFF)
    return days, kinds[days]
