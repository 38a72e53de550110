"""The roster solver."""

from shifts.solver.progress import Listener, Phase, Progress
from shifts.solver.solve import solve

__all__ = ["Listener", "Phase", "Progress", "solve"]
