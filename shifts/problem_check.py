"""What must hold of a problem before anybody looks at it: names are known, codes are unique, days are its own."""

from collections.abc import Collection, Iterable

from shifts.errors import (
    DayOutside,
    DuplicateDemand,
    DuplicatePerson,
    UnknownCheckpoint,
    UnknownPerson,
    UnknownShift,
    WrongValue,
)
from shifts.model import Assignment, DatedShift, RosterProblem

OFF = "off"
"""A day off in a crew's cycle."""


def check_problem(problem: RosterProblem) -> None:
    """Refuse a problem that contradicts itself.

    History, and what was published before, may name people and checkpoints that are gone: they count for whom they
    still concern. A seat's unit may be one that nobody belongs to: then nobody can take the seat.

    Raises:
        ProblemError: The first thing found, by its own class.
    """
    codes = dict.fromkeys(code for plan in problem.plans.values() for code in plan.codes)
    known: set[str] = set()
    for person in problem.people:
        if person.code in known:
            raise DuplicatePerson(person=person.code)
        known.add(person.code)
        if person.home not in problem.plans:
            raise UnknownCheckpoint(where=f"people.{person.code}.home", checkpoint=person.home)
        for number, wish in enumerate(person.wishes):
            if wish.shift is not None:
                _check_code(wish.shift, codes, f"people.{person.code}.wishes[{number}].shift")
    for number, code in enumerate(problem.rules.pattern):
        _check_code(code, (*codes, OFF), f"rules.pattern[{number}]")
    seen: set[tuple[str, DatedShift]] = set()
    for demand in problem.demands:
        _check_shift(problem, "demands", demand.checkpoint, demand.shift)
        if (demand.checkpoint, demand.shift) in seen:
            day, shift = demand.shift.day.isoformat(), demand.shift.code
            raise DuplicateDemand(checkpoint=demand.checkpoint, day=day, shift=shift)
        seen.add((demand.checkpoint, demand.shift))
    _check_assignments(problem, "pins", problem.pins, known)


def _check_code(code: str, codes: Collection[str], where: str) -> None:
    if code not in codes:
        raise WrongValue(where=f"{where} = {code}", need=", ".join(codes))


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
