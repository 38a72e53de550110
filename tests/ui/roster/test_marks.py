"""An edit looked at alone finds what looking at the whole roster finds."""

import random
from collections import Counter
from dataclasses import replace

from shifts.model import Assignment, Duty, RosterProblem
from shifts.publishing import Draft
from shifts.rule_pack import Severity
from shifts.rules import check
from ui.roster.marks import key_of, marks_of, recheck

EDITS = 60


def test_after_each_of_many_edits_the_breaches_are_those_of_the_whole_roster(
    problem: RosterProblem, roster: frozenset[Assignment]
) -> None:
    draw = random.Random(5)  # noqa: S311  edits to try, not a secret
    draft = Draft(0, roster)
    known = check(problem, roster)
    for _ in range(EDITS):
        one, other = draw.sample(sorted(draft.assignments, key=repr), 2)
        person = draw.choice(problem.people).code
        removed, added = draw.choice(
            [
                ({one}, set[Assignment]()),
                ({one}, {replace(one, person=person)}),
                ({one, other}, {replace(one, person=other.person), replace(other, person=one.person)}),
                (set[Assignment](), {replace(one, person=person, duty=draw.choice(list(Duty)))}),
                ({one}, {replace(one, person="nobody")}),
            ]
        )
        draft = draft.apply(removed, added)
        known = recheck(problem, known, draft.assignments, draft.done[-1]) if draft.done else known
        whole = check(problem, draft.assignments)
        assert Counter(map(key_of, known)) == Counter(map(key_of, whole))


def test_the_hardest_and_the_earliest_comes_first(problem: RosterProblem, roster: frozenset[Assignment]) -> None:
    gone = sorted(roster, key=lambda one: (one.shift.day, one.shift.code, one.person))[::30]
    marks = marks_of(check(problem, roster - set(gone)))
    hard = [one for one in marks.breaches if one.severity is Severity.HARD]
    assert marks.breaches[: len(hard)] == tuple(hard)
    days = [one.finding.shifts[0].day for one in hard]
    assert days == sorted(days)
