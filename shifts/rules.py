"""The one checker: solver, board, swaps and import all ask it, and nothing goes round it.

A rule is a name, a severity, and a function that finds what breaks it. Words for a breach are made elsewhere, from its
rule and its figures.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from shifts import rules_people, rules_shifts
from shifts.findings import Finding, Rule, Work
from shifts.model import Assignment, Person, RosterProblem
from shifts.rule_pack import RulePack, Severity
from shifts.stints import Stint, by_person, stint_of


@dataclass(frozen=True, slots=True)
class Breach:
    """Something a roster does against a rule."""

    rule: Rule
    severity: Severity
    finding: Finding


PersonCheck = Callable[[Person, list[Stint], RulePack], Iterator[Finding]]
WorkCheck = Callable[[Work], Iterator[Finding]]

OF_PEOPLE: dict[Rule, tuple[Severity, PersonCheck]] = {
    Rule.OVERLAP: (Severity.HARD, rules_people.overlap),
    Rule.REST: (Severity.HARD, rules_people.rest),
    Rule.LEAVE: (Severity.HARD, rules_people.leave),
    Rule.NO_NIGHT: (Severity.HARD, rules_people.no_night),
    Rule.UNTRAINED: (Severity.HARD, rules_people.untrained),
    Rule.SHIFT_HOURS: (Severity.HARD, rules_people.shift_hours),
    Rule.DAYS_IN_SEVEN: (Severity.HARD, rules_people.days_in_seven),
    Rule.WEEKLY_REST: (Severity.HARD, rules_people.weekly_rest),
    Rule.NIGHTS_IN_ROW: (Severity.HARD, rules_people.nights_in_row),
    Rule.MONTH_OVERTIME: (Severity.HARD, rules_people.month_overtime),
    Rule.WEEK_HOURS: (Severity.WARNING, rules_people.week_hours),
    Rule.OLDER_NIGHTS: (Severity.WARNING, rules_people.older_nights),
    Rule.BACKWARD: (Severity.WARNING, rules_people.backward),
    Rule.PATTERN: (Severity.WARNING, rules_people.pattern),
    Rule.WISH: (Severity.INFORMATION, rules_people.wish),
    Rule.AWAY: (Severity.INFORMATION, rules_people.away),
}
OF_SHIFTS: dict[Rule, tuple[Severity, WorkCheck]] = {
    Rule.COVERAGE: (Severity.HARD, rules_shifts.coverage),
    Rule.ROOKIE_ALONE: (Severity.HARD, rules_shifts.rookie_alone),
    Rule.SURPLUS: (Severity.INFORMATION, rules_shifts.surplus),
}


def check(problem: RosterProblem, assignments: Iterable[Assignment]) -> tuple[Breach, ...]:
    """Everything these assignments break, the hardest first.

    Args:
        problem: Whom, where, when and by which rule pack. Its history is counted across, and never itself a breach.
        assignments: The roster. One that names nobody, nowhere or no time known breaks `Rule.UNKNOWN` and counts
            for nothing else.
    """
    people = {person.code: person for person in problem.people}
    stints, breaches = [], []
    for assignment in assignments:
        if unknown := _unknown(problem, people, assignment):
            breaches.append(Breach(Rule.UNKNOWN, Severity.HARD, unknown))
        else:
            stints.append(stint_of(problem, assignment))
    history = [stint_of(problem, past) for past in problem.history if _is_known(problem, people, past)]
    before = [stint for stint in history if not stint.counted]
    working = by_person((*before, *stints))
    for rule, (severity, finds) in OF_PEOPLE.items():
        weight = problem.rules.severities.get(rule, severity)
        if weight is not Severity.OFF:
            for person in problem.people:
                breaches += (
                    Breach(rule, weight, found) for found in finds(person, working.get(person.code, []), problem.rules)
                )
    work = Work(problem, people, stints)
    for rule, (severity, looks) in OF_SHIFTS.items():
        weight = problem.rules.severities.get(rule, severity)
        if weight is not Severity.OFF:
            breaches += (Breach(rule, weight, found) for found in looks(work))
    return tuple(sorted(breaches, key=lambda breach: -breach.severity))


def is_allowed(breaches: Iterable[Breach]) -> bool:
    """Whether a roster with these may be published, as far as rules go: no hard one among them."""
    return all(breach.severity is not Severity.HARD for breach in breaches)


def _is_known(problem: RosterProblem, people: dict[str, Person], assignment: Assignment) -> bool:
    plan = problem.plans.get(assignment.checkpoint)
    return assignment.person in people and plan is not None and assignment.shift.code in plan.codes


def _unknown(problem: RosterProblem, people: dict[str, Person], assignment: Assignment) -> Finding | None:
    """What an assignment names that the problem does not know, if anything."""
    if _is_known(problem, people, assignment) and assignment.shift.day in problem.period:
        return None
    if assignment.person not in people:
        what, name = "person", assignment.person
    elif assignment.checkpoint not in problem.plans:
        what, name = "checkpoint", assignment.checkpoint
    elif assignment.shift.day not in problem.period:
        what, name = "day", assignment.shift.day.isoformat()
    else:
        what, name = "shift", assignment.shift.code
    return Finding.of(assignment, what=what, name=name)
