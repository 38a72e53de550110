"""The one checker: solver, board, swaps and import all ask it, and nothing goes round it.

A rule is a name, a severity, and a function that finds what breaks it. Words for a breach are made elsewhere, from its
rule and its figures.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
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

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two breaches the same one."""
        return self.rule, *self.finding.key


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
    Rule.MONTH_HOURS: (Severity.WARNING, rules_people.month_hours),
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
        if unknown := unknown_in(problem, people, assignment):
            breaches.append(unknown)
        else:
            stints.append(stint_of(problem, assignment))
    working = by_person((*history_of(problem, people), *stints))
    breaches += check_people(problem.people, working, problem.rules)
    breaches += check_shifts(Work(problem, people, stints, problem.demands))
    return tuple(sorted(breaches, key=lambda breach: -breach.severity))


def check_people(people: Iterable[Person], working: Mapping[str, list[Stint]], rules: RulePack) -> Iterator[Breach]:
    """What people's own work breaks, rule by rule.

    Args:
        people: Whose.
        working: Their stints by code, in the order of the clock, history among them.
        rules: The figures.
    """
    everybody = tuple(people)
    for rule, (severity, finds) in OF_PEOPLE.items():
        weight = rules.severities.get(rule, severity)
        if weight is not Severity.OFF:
            for person in everybody:
                for found in finds(person, working.get(person.code, []), rules):
                    yield Breach(rule, weight, found)


def check_shifts(work: Work) -> Iterator[Breach]:
    """What shifts lack or have too much of, rule by rule."""
    for rule, (severity, looks) in OF_SHIFTS.items():
        weight = work.problem.rules.severities.get(rule, severity)
        if weight is not Severity.OFF:
            for found in looks(work):
                yield Breach(rule, weight, found)


def history_of(problem: RosterProblem, people: Mapping[str, Person]) -> list[Stint]:
    """The work around the period, as far as it names who and where is known."""
    history = (stint_of(problem, past) for past in problem.history if _is_known(problem, people, past))
    return [stint for stint in history if not stint.counted]


def is_allowed(breaches: Iterable[Breach]) -> bool:
    """Whether a roster with these may be published, as far as rules go: no hard one among them."""
    return all(breach.severity is not Severity.HARD for breach in breaches)


def _is_known(problem: RosterProblem, people: Mapping[str, Person], assignment: Assignment) -> bool:
    plan = problem.plans.get(assignment.checkpoint)
    return assignment.person in people and plan is not None and assignment.shift.code in plan.codes


def unknown_in(problem: RosterProblem, people: Mapping[str, Person], assignment: Assignment) -> Breach | None:
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
    return Breach(Rule.UNKNOWN, Severity.HARD, Finding.of(assignment, what=what, name=name))
