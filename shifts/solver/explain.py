"""Why a part cannot be covered."""

from shifts.errors import Infeasible
from shifts.solver.case import Case
from shifts.solver.model import Part
from shifts.solver.progress import Watch
from shifts.solver.search import Pace


def explain(case: Case, part: Part, watch: Watch, pace: Pace) -> Infeasible:
    return Infeasible()
