"""How far a search is, told to whoever waits; and how they stop it."""

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING, TypeVar

from shifts.errors import Cancelled

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

T = TypeVar("T")
LEAST = 0.1
"""Seconds a search has at least: one that is given none says nothing."""
TICK = 0.05
"""Seconds between two looks at a running search."""


class Phase(StrEnum):
    """What a search is at."""

    COVER = "cover"
    POLISH = "polish"
    EXPLAIN = "explain"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a search stands.

    Attributes:
        seconds: Since it began.
        best: The cost of what is found so far; None before every shift is covered.
        bound: No roster costs less than this.
        done: Parts finished in this phase.
        parts: Parts in all.
    """

    phase: Phase
    seconds: float
    best: float | None = None
    bound: float | None = None
    done: int = 0
    parts: int = 1


Listener = Callable[[Progress], bool]
"""Told of progress, in the thread that called `solve`; False cancels."""


@dataclass(slots=True)
class Watch:
    """Time, progress and cancelling of one run."""

    time_limit_s: float
    listener: Listener | None = None
    began: float = field(default_factory=time.monotonic)
    cancelled: bool = False
    phase: Phase = Phase.COVER
    costs: dict[frozenset[str], tuple[float, float]] = field(default_factory=dict)
    _running: "set[cp_model.CpSolver]" = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self.began

    @property
    def left(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self.time_limit_s - self.seconds)

    def solve(
        self,
        solver: "cp_model.CpSolver",
        model: "cp_model.CpModel",
        callback: "cp_model.CpSolverSolutionCallback | None" = None,
    ) -> "cp_model.CpSolverStatus":
        """Run a solver that cancelling stops, and the end of the time that there is for everything."""
        from ortools.sat.python import cp_model  # noqa: PLC0415 - as in `solve`

        if self.cancelled:
            return cp_model.UNKNOWN
        given = solver.parameters
        if given.max_deterministic_time == inf:  # else its time is counted in work
            given.max_time_in_seconds = min(given.max_time_in_seconds, max(LEAST, self.left))
        with self._lock:
            self._running.add(solver)
        try:
            status = solver.solve(model, callback)
        finally:
            with self._lock:
                self._running.discard(solver)
        if status == cp_model.MODEL_INVALID:
            raise RuntimeError(model.validate())
        return status

    def run(self, jobs: Iterable[Callable[[], T]], threads: int) -> list[T]:
        """Run jobs in threads, telling the listener from this one.

        Raises:
            Cancelled: The listener said so before every job had begun.
        """
        with ThreadPoolExecutor(threads, thread_name_prefix="roster") as pool:
            futures: list[Future[T]] = [pool.submit(job) for job in jobs]
            waiting = set(futures)
            try:
                while waiting:
                    waiting = wait(waiting, timeout=TICK).not_done
                    self.tell(len(futures) - len(waiting), len(futures))
                    if self.cancelled:
                        self._stop(waiting)
            except BaseException:
                self.cancelled = True
                while waiting:
                    self._stop(waiting)
                    waiting = wait(waiting, timeout=TICK).not_done
                raise
        if any(future.cancelled() for future in futures):
            raise Cancelled
        return [future.result() for future in futures]

    def tell(self, done: int = 0, parts: int = 1) -> None:
        """Tell the listener where it stands; stop every solver if it says so."""
        if self.listener is None or self.cancelled:
            return
        costs = list(self.costs.values()) if len(self.costs) == parts else []
        best = sum(cost for cost, _ in costs) if costs else None
        bound = sum(bound for _, bound in costs) if costs else None
        if not self.listener(Progress(self.phase, self.seconds, best, bound, done, parts)):
            self.cancelled = True

    def _stop(self, waiting: Iterable[Future[T]]) -> None:
        for future in waiting:
            future.cancel()
        with self._lock:
            for solver in self._running:
                solver.stop_search()
