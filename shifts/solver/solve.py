"""Make a roster: cover every shift first, then make it fair and kind for as long as there is time."""

import os

from shifts.model import Roster, RosterProblem
from shifts.problem_check import check_problem
from shifts.publishing import refused_wishes
from shifts.solver.progress import Listener, Phase, Watch

THREADS = 4
"""Parts searched at a time at most."""


def solve(
    problem: RosterProblem,
    *,
    time_limit_s: float,
    seed: int = 0,
    progress: Listener | None = None,
    reproducible: bool = False,
) -> Roster:
    """Make a roster that breaks no hard rule.

    Args:
        problem: Whom, where, when, by which rules; what is pinned, and what was published before.
        time_limit_s: For everything. As soon as all is covered the rest of it is polish.
        seed: Of the search; another one gives another roster.
        progress: Told every few hundredths of a second, in this thread; False cancels. What is covered by then is
            returned, unpolished where it has to be.
        reproducible: The same problem, limit and seed give the same roster, on any machine: the limit is then counted
            in work (about as many seconds on one core a part), not by the clock.

    Raises:
        ProblemError: The problem contradicts itself.
        Infeasible: The demand cannot be covered; with what lacks and what stands in the way.
        OutOfTime: Neither a roster nor a proof that there is none came in time.
        Cancelled: Before every shift was covered.
    """
    # These bring OR-Tools, and that pandas: seconds that a desk which only opens should not wait for.
    from shifts.solver.case import case_of  # noqa: PLC0415
    from shifts.solver.cover import cover  # noqa: PLC0415
    from shifts.solver.duties import assignments_of  # noqa: PLC0415
    from shifts.solver.keep import fewest_changes, keep  # noqa: PLC0415
    from shifts.solver.polish import polish  # noqa: PLC0415
    from shifts.solver.search import Pace  # noqa: PLC0415
    from shifts.solver.soft import Costs  # noqa: PLC0415

    check_problem(problem)
    case = case_of(problem)
    pace = Pace(seed, reproducible, min(THREADS, os.cpu_count() or 1))
    watch = Watch(time_limit_s, progress)
    kept = keep(case, watch, pace) if problem.published else None
    covered = [kept] if kept else cover(case, watch, pace)
    watch.phase = Phase.POLISH
    watch.tell(0, len(covered))
    chosen = polish(case, covered, watch, pace, Costs())
    assignments = assignments_of(case, chosen)
    refused = refused_wishes(problem, assignments)
    fewest = fewest_changes(case) if problem.published else 0
    if kept and kept.least:
        fewest = max(fewest, kept.least)
    return Roster(problem.period, assignments, refused=refused, fewest_changes=fewest)
