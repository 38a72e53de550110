"""A week at 龙士 that its people can cover, and how tests hand it to the command."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from shifts.model import DatedShift, Demand, Period, RosterProblem, Seat
from tests.shifts.rosters import LS, SD, may, person, problem, works

ROOT = Path(__file__).parents[3]
UNIT = "交通检疫组"


def needs(day: date, *seats: Seat, heads: int = 1, shift: str = "early", at: str = LS) -> Demand:
    return Demand(at, DatedShift(day, shift), heads, seats)


SMALL = problem(
    person("O1", name="王小明"),
    person("O2", name="林晓岚"),
    person("L1", name="陈志强"),
    period=Period(may(4), 7),
    demands=tuple(needs(may(day)) for day in range(4, 9)),
    names={LS: "龙士", SD: "圣地亚哥"},
)
Given = Callable[[RosterProblem], Path]
Rostered = Callable[..., Path]

COVERED = [works(day, "early", who) for day, who in zip(range(4, 9), ("O1", "O2", "O1", "O2", "O1"), strict=True)]
