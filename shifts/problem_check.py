"""What must hold of a problem before anybody looks at it: names are known, codes are unique, days are its own."""

from collections.abc import Iterable

from shifts.errors import (
    DayOutside,
    DuplicateDemand,
    DuplicatePerson,
    UnknownCheckpoint,
    UnknownPerson,
    UnknownShift,
)
from shifts.model import Assignment, DatedShift, RosterProblem


def check_problem(problem: RosterProblem) -> None:
    """Refuse a problem that contradicts itself.

    History may name people and checkpoints that are gone; it is counted for whom it still concerns.

    Raises:
        ProblemError: The first thing found, by its own class.
    """
    known: set[str] = set()
    for person in problem.people:
        if person.code in known:
            raise DuplicatePerson(person=person.code)
        known.add(person.code)
        if person.home not in problem.plans:
            raise UnknownCheckpoint(where=f"people.{person.code}.home", checkpoint=person.home)
    seen: set[tuple[str, DatedShift]] = set()
    for demand in problem.demands:
        _check_shift(problem, "demands", demand.checkpoint, demand.shift)
        if (demand.checkpoint, demand.shift) in seen:
            day, shift = demand.shift.day.isoformat(), demand.shift.code
            raise DuplicateDemand(checkpoint=demand.checkpoint, day=day, shift=shift)
        seen.add((demand.checkpoint, demand.shift))
    _check_assignments(problem, "pins", problem.pins, known)


def _check_assignments(problem: RosterProblem, where: str, assignments: Iterable[Assignment], known: set[str]) -> None:
    for assignment in assignments:
        if assignment.person not in known:
            raise UnknownPerson(where=where, person=assignment.person)
        _check_shift(problem, where, assignment.checkpoint, assignment.shift)


def _check_shift(problem: RosterProblem, where: str, checkpoint: str, shift: DatedShift) -> None:
    plan = problem.plans.get(checkpoint)
    if plan is None:
        raise UnknownCheckpoint(where=where, checkpoint=checkpoint)
    if shift.code not in plan.codes:
        raise UnknownShift(where=where, checkpoint=checkpoint, shift=shift.code)
    if shift.day not in problem.period:
        raise DayOutside(where=where, day=shift.day.isoformat())
