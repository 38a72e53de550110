"""What breaks which rule, where on the board it shows; looked at again only for what an edit touches."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from shifts.findings import Rule
from shifts.model import Assignment, DatedShift, RosterProblem
from shifts.publishing import Change
from shifts.rule_pack import Severity
from shifts.rules import OF_SHIFTS, Breach, check
from ui.roster.board import Place

AT_ITS_END = {
    Rule.DAYS_IN_SEVEN,
    Rule.WEEKLY_REST,
    Rule.NIGHTS_IN_ROW,
    Rule.OLDER_NIGHTS,
    Rule.WEEK_HOURS,
    Rule.MONTH_OVERTIME,
    Rule.MONTH_HOURS,
    Rule.PATTERN,
}
"""Rules about a run of shifts: marked at the one that makes it too much."""
FEW = 30
"""People an edit may touch to be looked at at once; beyond, the whole roster is looked at, elsewhere."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The breaches of a roster, and where they show.

    Attributes:
        breaches: All of them, the hardest first.
        of_work: Those about one person's shift.
        of_place: Those about a shift of a checkpoint.
    """

    breaches: tuple[Breach, ...] = ()
    of_work: Mapping[tuple[str, DatedShift], list[Breach]] = field(default_factory=dict)
    of_place: Mapping[Place, list[Breach]] = field(default_factory=dict)

    def count(self, severity: Severity) -> int:
        """How many are of this weight."""
        return sum(breach.severity is severity for breach in self.breaches)

    def at(self, one: Assignment) -> list[Breach]:
        """What somebody's shift breaks, the hardest first."""
        return self.of_work.get((one.person, one.shift), [])


def marks_of(breaches: Iterable[Breach]) -> Marks:
    """Breaches, found by where they show."""
    told = tuple(sorted(breaches, key=lambda breach: (-breach.severity, when(breach) or date.max)))
    work: defaultdict[tuple[str, DatedShift], list[Breach]] = defaultdict(list)
    place: defaultdict[Place, list[Breach]] = defaultdict(list)
    for breach in told:
        finding = breach.finding
        if breach.rule in OF_SHIFTS and finding.checkpoint is not None:
            place[finding.checkpoint, finding.shifts[0]].append(breach)
        elif finding.person is not None:
            for shift in shown_at(breach):
                work[finding.person, shift].append(breach)
    return Marks(told, dict(work), dict(place))


def shown_at(breach: Breach) -> tuple[DatedShift, ...]:
    """The shifts that bear its mark."""
    return breach.finding.shifts[-1:] if breach.rule in AT_ITS_END else breach.finding.shifts


def when(breach: Breach) -> date | None:
    """The day it shows on."""
    shifts = shown_at(breach)
    return shifts[-1].day if shifts else None


def touches_few(change: Change) -> bool:
    """Whether a change is small enough to be looked at at once."""
    return len({one.person for one in change.removed | change.added}) <= FEW


def recheck(
    problem: RosterProblem, known: Iterable[Breach], assignments: Collection[Assignment], change: Change
) -> tuple[Breach, ...]:
    """The breaches after a change, from those before it: the checker looks only at whom and what it touches.

    Args:
        problem: What the roster is held to.
        known: The breaches before.
        assignments: The roster after.
        change: What was taken out and put in.
    """
    touched = change.removed | change.added
    people = {one.person for one in touched}
    places = {(one.checkpoint, one.shift) for one in touched}
    concerned = people | {one.person for one in assignments if (one.checkpoint, one.shift) in places}

    def is_touched(breach: Breach) -> bool:
        finding = breach.finding
        if breach.rule in OF_SHIFTS:
            return (finding.checkpoint, finding.shifts[0]) in places
        return finding.person in people

    narrow = replace(
        problem,
        people=tuple(one for one in problem.people if one.code in concerned),
        demands=tuple(one for one in problem.demands if (one.checkpoint, one.shift) in places),
        history=tuple(one for one in problem.history if one.person in concerned),
    )
    found = check(narrow, [one for one in assignments if one.person in concerned])
    return (*(one for one in known if not is_touched(one)), *(one for one in found if is_touched(one)))


def key_of(breach: Breach) -> tuple[object, ...]:
    """What makes two breaches the same one."""
    return breach.key
