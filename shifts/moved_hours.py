"""What moves without a shift changing hands: the hours of the shifts themselves."""

from dataclasses import dataclass

from shifts.model import RosterProblem, Shift


@dataclass(frozen=True, slots=True)
class Moved:
    """A checkpoint's shift that begins or ends at another time than it did."""

    checkpoint: str
    before: Shift
    after: Shift


def moved_hours(before: RosterProblem, after: RosterProblem) -> tuple[Moved, ...]:
    """The shifts both problems have, at other hours, in the order of the plans."""
    return tuple(
        Moved(checkpoint, was, shift)
        for checkpoint, plan in after.plans.items()
        for shift in plan.shifts
        for was in (before.plans[checkpoint].shifts if checkpoint in before.plans else ())
        if was.code == shift.code and was != shift
    )
