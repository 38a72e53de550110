"""How solvers are set up, started near something, and read."""

from collections.abc import Iterable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from shifts.solver.model import Cell, Model

WORKERS = 2
SEARCHES = ("reduced_costs", "quick_restart_no_lp")
"""What lowered costs fastest of CP-SAT's searches, on two cores."""

PROOFS = ("max_lp", SEARCHES[-1])
"""The same, where it is people that are counted and the proof that fewer would not do is wanted: the first proves."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a search is run.

    Attributes:
        seed: Of every solver.
        reproducible: The same problem and seed give the same roster: time is counted in work done, not by the clock.
        threads: Parts searched at a time.
    """

    seed: int
    reproducible: bool
    threads: int

    def solver(self, seconds: float, workers: int = 1) -> cp_model.CpSolver:
        """A solver with so much time."""
        solver = cp_model.CpSolver()
        solver.parameters.random_seed = self.seed
        solver.parameters.catch_sigint_signal = False  # Ctrl-C is the program's; several solvers at it abort it
        solver.parameters.num_workers = 1 if self.reproducible else workers
        if self.reproducible:
            solver.parameters.max_deterministic_time = seconds
        else:
            solver.parameters.max_time_in_seconds = seconds
        return solver

    def minimizer(self, seconds: float) -> cp_model.CpSolver:
        """A solver for what is started from something good already."""
        solver = self.solver(seconds, WORKERS)
        solver.parameters.subsolvers.extend(SEARCHES)
        return solver

    def prover(self, seconds: float) -> cp_model.CpSolver:
        """A solver for what is to be shown the least."""
        solver = self.solver(seconds, WORKERS)
        solver.parameters.subsolvers.extend(PROOFS)
        return solver

    def improver(self, seconds: float) -> cp_model.CpSolver:
        """A solver of one worker that takes turns at several searches, for where such solvers run beside each other.

        On one core it lowers costs faster than two workers do on two: they share out little but the search itself.
        """
        solver = self.solver(seconds)
        solver.parameters.interleave_search = True
        solver.parameters.subsolvers.append(SEARCHES[-1])
        solver.parameters.linearization_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        return solver


def hint(model: Model, near: Iterable[Cell]) -> None:
    """Start a search from these cells, if there are any of this model."""
    near = frozenset(near) & model.cells.keys()
    model.sat.clear_hints()  # type: ignore[no-untyped-call]  # ortools leaves this one without types
    if near:
        for name, cell in model.cells.items():
            model.sat.add_hint(cell, name in near)


def chosen_of(solver: cp_model.CpSolver, model: Model) -> frozenset[Cell]:
    """The cells that a solver has found worked."""
    return frozenset(name for name, cell in model.cells.items() if solver.boolean_value(cell))
