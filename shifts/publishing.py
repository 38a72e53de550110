"""From a draft to a published roster: edits with undo, what a change would break, and the one way to publish.

A published version never changes; a change is drafted from it and published as the next one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from shifts.comparing import reached, worsened
from shifts.findings import Finding, Rule
from shifts.model import Assignment, DatedShift, Person, Roster, RosterProblem, Wish
from shifts.rule_pack import Severity
from shifts.rules import Breach, check
from shifts.stints import is_asked_of, span_of, stint_of, touched_days


class Unpublishable(Exception):
    """A roster that may not be published as it is; `code` names why, `params` fill its sentence."""

    code = "roster_unpublishable"

    def __init__(self, breaches: tuple[Breach, ...]) -> None:
        super().__init__(self.code, breaches)
        self.breaches = breaches
        self.params = {"count": len(breaches)}


class Outdated(Exception):
    """The roster it was made from is no longer the newest."""

    code = "roster_outdated"

    def __init__(self, base: int, newest: int) -> None:
        super().__init__(self.code, base, newest)
        self.params = {"base": base, "newest": newest}


class Unchanged(Exception):
    """It is as the newest version is: there is nothing to publish."""

    code = "roster_unchanged"

    def __init__(self, version: int) -> None:
        super().__init__(self.code, version)
        self.params = {"version": version}


class Overtaken(Exception):
    """A roster beside it has a new version, which it was not held to."""

    code = "roster_overtaken"

    def __init__(self, start: date) -> None:
        super().__init__(self.code, start)
        self.params = {"start": start.isoformat()}


@dataclass(frozen=True, slots=True)
class Approval:
    """A lead's word for one breach, with a reason: it stays on record beside the version published.

    It holds for the very assignments it was given for, or fewer of them, and for nothing worse; for a shift's gap, for
    so many heads and these seats, whoever the others are (`shifts.comparing`).
    """

    rule: Rule
    finding: Finding
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is taken out of a roster and what is put in."""

    removed: frozenset[Assignment] = frozenset()
    added: frozenset[Assignment] = frozenset()

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return bool(self.removed or self.added)

    @property
    def newly_placed(self) -> frozenset[Assignment]:
        """What is put in of people who did not stand there before: not of those who only do another duty."""
        before = {(one.person, one.checkpoint, one.shift) for one in self.removed}
        return frozenset(one for one in self.added if (one.person, one.checkpoint, one.shift) not in before)

    def reversed(self) -> "Change":
        """What undoes it."""
        return Change(self.added, self.removed)


@dataclass(frozen=True, slots=True)
class Draft:
    """A roster being worked on. Each method gives the next draft; nothing is lost by going back.

    Attributes:
        base: The version it was begun from; 0 where there was none.
        done: The changes made, oldest first.
        undone: Those taken back, the last one taken back last.
    """

    base: int
    assignments: frozenset[Assignment]
    done: tuple[Change, ...] = ()
    undone: tuple[Change, ...] = ()

    def apply(self, removed: Iterable[Assignment] = (), added: Iterable[Assignment] = ()) -> "Draft":
        """Take out and put in; only what is there is taken out, and only what is not is put in."""
        out, new = frozenset(removed), frozenset(added)
        change = Change((out & self.assignments) - new, new - self.assignments)
        return replace(self._with(change), done=(*self.done, change), undone=()) if change else self

    def undo(self) -> "Draft":
        """Take the last change back; the same draft where there is none."""
        if not self.done:
            return self
        *done, last = self.done
        return replace(self._with(last.reversed()), done=tuple(done), undone=(*self.undone, last))

    def redo(self) -> "Draft":
        """Make the last change taken back again."""
        if not self.undone:
            return self
        *undone, last = self.undone
        return replace(self._with(last), done=(*self.done, last), undone=tuple(undone))

    def _with(self, change: Change) -> "Draft":
        return replace(self, assignments=(self.assignments - change.removed) | change.added)


def begin(roster: Roster | None) -> Draft:
    """A draft that starts as this roster is."""
    return Draft(0, frozenset()) if roster is None else Draft(roster.version, roster.assignments)


def carry_over(draft: Draft, base: Roster, newest: Roster) -> Draft | None:
    """A draft of an older version as one of the newest, its changes in one; None where both change the same assignment.

    Args:
        draft: What was drafted.
        base: The version it was begun from.
        newest: What was published meanwhile.
    """
    mine, theirs = difference(base.assignments, draft.assignments), difference(base.assignments, newest.assignments)
    if mine.removed & theirs.removed or mine.added & theirs.added:
        return None
    return begin(newest).apply(mine.removed, mine.added)


def difference(before: Iterable[Assignment], after: Iterable[Assignment]) -> Change:
    """What turns one roster into another."""
    old, new = frozenset(before), frozenset(after)
    return Change(old - new, new - old)


def new_breaches(
    problem: RosterProblem, before: Iterable[Assignment], after: Iterable[Assignment]
) -> tuple[Breach, ...]:
    """What the roster after a change breaks that the roster before it did not, or not as badly."""
    return worsened(check(problem, after), check(problem, before))


def unapproved(breaches: Iterable[Breach], approvals: Iterable[Approval]) -> tuple[Breach, ...]:
    """The hard breaches that no lead has given a word for."""
    hard = [one for one in breaches if one.severity is Severity.HARD]
    words = reached(hard, ((one.rule, one.finding) for one in approvals)) if hard else ()
    return tuple(one for one, word in zip(hard, words, strict=True) if word is None)


def publish(problem: RosterProblem, draft: Draft, newest: Roster | None, approvals: Iterable[Approval] = ()) -> Roster:
    """The next published version. There is no other way to one.

    Args:
        problem: What it is held to.
        draft: What is to be published.
        newest: The version published last, if any.
        approvals: Words of leads for hard breaches that cannot be helped tonight.

    Raises:
        Outdated: Somebody published meanwhile; the draft must be made again from that.
        Unpublishable: A hard breach without a word for it.
    """
    version = newest.version if newest else 0
    if draft.base != version:
        raise Outdated(draft.base, version)
    if left := unapproved(check(problem, draft.assignments), approvals):
        raise Unpublishable(left)
    refused = refused_wishes(problem, draft.assignments)
    return Roster(problem.period, draft.assignments, version + 1, published=True, refused=refused)


def standing(breaches: Iterable[Breach], approvals: Iterable[Approval]) -> tuple[Approval, ...]:
    """The words that are about one of these hard breaches, the first for each: what is kept beside a version."""
    hard, given = [one for one in breaches if one.severity is Severity.HARD], tuple(approvals)
    held = set(reached(hard, ((one.rule, one.finding) for one in given)))
    return tuple(one for number, one in enumerate(given) if number in held)


def begun(problem: RosterProblem, change: Change, now: datetime) -> tuple[Assignment, ...]:
    """What of a change is about shifts that have begun or are over by now (aware), as far as their hours are known."""

    def is_begun(one: Assignment) -> bool:
        plan = problem.plans.get(one.checkpoint)
        known = plan is not None and one.shift.code in plan.codes
        return known and problem.shift(one).span(one.shift.day)[0] <= now

    found = filter(is_begun, change.removed | change.added)
    return tuple(sorted(found, key=lambda one: (one.shift.day, one.shift.code, one.checkpoint, one.person)))


def with_hours(problem: RosterProblem, finding: Finding) -> Finding:
    """A finding that was kept, with its shifts' hours by the clock again, where the problem knows them."""
    work = [(one.checkpoint, one.shift) for one in finding.about]
    if [shift for _, shift in work] != list(finding.shifts):
        work = [(finding.checkpoint or "", shift) for shift in finding.shifts]
    plans = [problem.plans.get(checkpoint) for checkpoint, _ in work]
    known = [(plan, shift) for plan, (_, shift) in zip(plans, work, strict=True) if plan and shift.code in plan.codes]
    spans = tuple(span_of(plan.shift(shift.code), shift.day) for plan, shift in known)
    return replace(finding, spans=spans) if len(known) == len(work) else finding


def refused_wishes(problem: RosterProblem, assignments: Iterable[Assignment]) -> tuple[tuple[str, Wish], ...]:
    """Wishes to be off that are worked against, and wishes to be on that are not: whose, and which."""
    asking = {person.code for person in problem.people if person.wishes}
    work: dict[str, list[tuple[DatedShift, tuple[date, ...]]]] = {}
    for one in assignments:
        plan = problem.plans.get(one.checkpoint)
        if one.person in asking and plan is not None and one.shift.code in plan.codes:
            work.setdefault(one.person, []).append((one.shift, touched_days(stint_of(problem, one))))

    def is_refused(person: Person, wish: Wish) -> bool:
        return wish.off is any(is_asked_of(wish, *worked) for worked in work.get(person.code, ()))

    return tuple(
        (person.code, wish)
        for person in problem.people
        for wish in person.wishes
        if wish.day in problem.period and is_refused(person, wish)
    )
