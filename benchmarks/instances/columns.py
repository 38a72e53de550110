"""Column generation: whole rows weighed against each other by a linear program, whose prices ask for better rows.

Gilmore and Gomory (1961). The linear program chooses one row each, in fractions; what it would pay for one more head
in each shift makes new rows worth having, and `rows.best_row` finds them. Once none is left the program's cost is one
that no roster goes below. Rows are then fixed one after another, the clearest first, until everybody has one.
"""

import random
import time
from collections.abc import Callable, Collection, Mapping
from math import ceil

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from benchmarks.instances.costs import Best
from benchmarks.instances.model import OFF, Row
from benchmarks.instances.rows import Track, best_row
from shifts.solver.progress import Watch

SLIGHT = 1e-4
"""What a row has to save to be worth having."""
UNSURE = 2e-3
"""By how much the cost of one row, added up in single precision, may be too high."""
CALM = 0.6
"""How much the prices with the highest bound count beside new ones."""
GENERATED = 300
"""Rounds of new rows at most."""
OPENING = 10
"""Rounds before the first fixing, where some stand."""
DIVING = 3
"""The same after each fixing."""
CLEAR = 0.85
"""Fractions from which rows are fixed together."""


class Columns:
    """Rows found so far, and the linear program over them."""

    def __init__(self, best: Best, tracks: Mapping[int, Track], watch: Watch, pricing: float) -> None:
        self.best, self.costs, self.tracks, self.watch = best, best.costs, tracks, watch
        self.exact = all(track.exact for track in tracks.values())
        self.pricing = pricing
        self.rounds, self.at_once = DIVING, max(1, len(tracks) // 25)
        self.rows: list[tuple[int, Row]] = []
        self._known: dict[tuple[int, Row], int] = {}
        self._lp = pywraplp.Solver.CreateSolver("GLOP")
        self._goal = self._lp.Objective()
        self._goal.SetMinimization()
        self._chosen: list[pywraplp.Variable] = []
        self._one = []
        for _ in self.costs.instance.staff:
            one = self._lp.Constraint(1.0, 1.0)
            self._one.append(one)
        self._cover: dict[tuple[int, int], pywraplp.Constraint] = {}
        for (day, kind), cover in self.costs.instance.cover.items():
            heads = self._lp.Constraint(float(cover.heads), float(cover.heads))
            for sign, weight in ((1.0, cover.under), (-1.0, cover.over)):
                amount = self._lp.NumVar(0.0, self._lp.infinity(), "")
                heads.SetCoefficient(amount, sign)
                self._goal.SetCoefficient(amount, float(weight))
            self._cover[day, kind] = heads
        for person, row in enumerate(best.rows):
            self.add(person, row)

    def add(self, person: int, row: Row) -> bool:
        """Let a row be chosen; whether it is a new one."""
        if (person, row) in self._known:
            return False
        self._known[person, row] = len(self.rows)
        self.rows.append((person, row))
        variable = self._lp.NumVar(0.0, self._lp.infinity(), "")
        self._chosen.append(variable)
        self._goal.SetCoefficient(variable, float(self.costs.of_row(person, row)))
        self._one[person].SetCoefficient(variable, 1.0)
        for day, kind in enumerate(row):
            if kind != OFF and (day, kind) in self._cover:
                self._cover[day, kind].SetCoefficient(variable, 1.0)
        return True

    def solve(self) -> tuple[float, NDArray[np.float64], list[float]] | None:
        """The program's cost, the price of one more head in each shift, and what everybody's row costs at it."""
        self._lp.SetTimeLimit(max(1, round(1000 * self.watch.left)))
        if self._lp.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        prices = np.zeros(self.costs.heads.shape)
        for where, heads in self._cover.items():
            prices[where] = heads.dual_value()
        return self._goal.Value(), prices, [one.dual_value() for one in self._one]

    def generate(self, go_on: Callable[[], bool], rounds: int, fixed: Mapping[int, int]) -> bool:
        """Add rows worth having, for everybody whose row is not fixed, until there is none; whether it came to that.

        Rows are asked for at calmer prices at first, between the last ones and those with the highest bound so far:
        prices of a program of few rows jump about. Only where that brings nothing new do the program's own count.
        """
        people = [person for person in self.tracks if person not in fixed]
        centre: NDArray[np.float64] | None = None
        highest = -np.inf
        for _ in range(rounds):
            solved = self.solve()
            if solved is None:
                return False
            cost, prices, dual = solved
            for calm in (CALM, 0.0) if centre is not None and not fixed else (0.0,):
                tried = prices if centre is None else calm * centre + (1 - calm) * prices
                new, low = self._ask(go_on, people, tried, prices, dual)
                if low is None:
                    return False
                if not fixed and low > highest:
                    highest, centre = low, tried
                    if self.exact:
                        self.best.raise_bound(ceil(low + self.costs.unmet - UNSURE * len(people)))
                if new:
                    break
            if not new or (not fixed and self.exact and cost - highest < SLIGHT):
                return True
        return False

    def _ask(
        self,
        go_on: Callable[[], bool],
        people: Collection[int],
        tried: NDArray[np.float64],
        prices: NDArray[np.float64],
        dual: list[float],
    ) -> tuple[bool, float | None]:
        """Everybody's cheapest row at tried prices: whether one is new and worth having, and what none goes below.

        That is None if it was told to stop.
        """
        began, new, low = time.monotonic(), False, float((tried * self.costs.heads).sum())
        for person in people:
            if not go_on():
                return new, None
            costs = (self.costs.wishes[person] - tried).astype(np.float32)
            row, least = best_row(self.tracks[person], costs)
            low += least if row is not None else -np.inf
            if row is not None and self._value(person, row, prices) < dual[person] - SLIGHT:
                new |= self.add(person, row)
        self.pricing = (time.monotonic() - began) / max(1, len(people))
        return new, low

    def dive(self, go_on: Callable[[], bool], rng: random.Random, people: Collection[int]) -> dict[int, Row] | None:
        """Rows for these people, everybody else's standing: the clearest fixed first, new ones asked for in between."""
        others = [person for person in self.tracks if person not in people]
        fixed = {person: self._number(person, self.best.rows[person]) for person in others}
        for number in fixed.values():
            self._chosen[number].SetLb(1.0)
        try:
            rounds = OPENING if others else self.rounds
            while len(fixed) < len(self.tracks):
                self.generate(go_on, rounds, fixed)
                rounds = self.rounds
                if not go_on() or self.solve() is None:
                    return None
                shares = [
                    (self._chosen[number].solution_value() + rng.uniform(0, 0.1), number)
                    for number, (person, _) in enumerate(self.rows)
                    if person not in fixed and self._chosen[number].solution_value() > SLIGHT
                ]
                before = len(fixed)
                for share, number in sorted(shares, reverse=True):
                    person = self.rows[number][0]
                    if person not in fixed and (len(fixed) < before + self.at_once or share > CLEAR):
                        fixed[person] = number
                        self._chosen[number].SetLb(1.0)
                if len(fixed) == before:
                    return None
        finally:
            for number in fixed.values():
                self._chosen[number].SetLb(0.0)
        return {person: self.rows[number][1] for person, number in fixed.items() if person in people}

    def hurry(self, seconds: float) -> None:
        """Dive in about so many seconds: with fewer rounds, and more rows fixed at once, where that is needed."""
        staff = len(self.tracks)

        def takes() -> float:
            return self.pricing * staff / 2 * self.rounds * staff / self.at_once

        self.rounds, self.at_once = DIVING, max(1, staff // 25)
        while takes() > seconds and self.rounds > 1:
            self.rounds -= 1
        while takes() > seconds and self.at_once < staff:
            self.at_once += 1

    def near(self, gap: float, most: int) -> list[tuple[int, Row]]:
        """The rows that the linear program would pay no more than a gap for, as many at most."""
        solved = self.solve()
        if solved is None:
            return []
        _, prices, dual = solved
        worth = [
            (self._value(person, row, prices) - dual[person], number) for number, (person, row) in enumerate(self.rows)
        ]
        return [self.rows[number] for loss, number in sorted(worth)[:most] if loss <= gap]

    def _number(self, person: int, row: Row) -> int:
        self.add(person, row)
        return self._known[person, row]

    def _value(self, person: int, row: Row, prices: NDArray[np.float64]) -> float:
        return self.costs.of_row(person, row) - sum(float(prices[d, k]) for d, k in enumerate(row) if k != OFF)
