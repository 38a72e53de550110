"""A roster that changes are tried on: what each would break and mend, looked at only where it touches.

It asks the same rules as `shifts.rules.check`, of a few people and shifts instead of all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shifts.comparing import eased, vanished, worsened
from shifts.findings import Work
from shifts.model import Assignment, DatedShift, Demand, RosterProblem
from shifts.publishing import Change
from shifts.rule_pack import Severity
from shifts.rules import Breach, check_people, check_shifts, history_of, is_allowed, unknown_in
from shifts.stints import Stint, stint_of

Place = tuple[str, DatedShift]
"""A checkpoint's shift of a day."""
NOTHING = Change()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does.

    Attributes:
        news: What is broken after it and was not before, or not as badly, the hardest first.
        gone: What was broken before it and is not after, not even less.
        eased: What is broken still, and less.
    """

    news: tuple[Breach, ...]
    gone: tuple[Breach, ...]
    eased: tuple[Breach, ...] = ()

    def mends(self, breach: Breach) -> bool:
        """Whether that breach is gone, or a warning less, and no new hard one came."""
        mended = self.gone if breach.severity is Severity.HARD else (*self.gone, *self.eased)
        return is_allowed(self.news) and any(one.key == breach.key for one in mended)


class Trial:
    """A roster held still, by person and by place."""

    def __init__(self, problem: RosterProblem, assignments: Iterable[Assignment]) -> None:
        """Sort it once, for any number of changes."""
        self.problem = problem
        self.people = {person.code: person for person in problem.people}
        self.demands: Mapping[Place, Demand] = {(one.checkpoint, one.shift): one for one in problem.demands}
        self.of_person: defaultdict[str, set[Assignment]] = defaultdict(set)
        self.at_place: defaultdict[Place, set[Assignment]] = defaultdict(set)
        for one in assignments:
            self.of_person[one.person].add(one)
            self.at_place[one.checkpoint, one.shift].add(one)
        self._past: defaultdict[str, list[Stint]] = defaultdict(list)
        for stint in history_of(problem, self.people):
            self._past[stint.assignment.person].append(stint)
        self._stints: dict[str, list[Stint]] = {}
        self._odd: dict[str, list[Assignment]] = {}
        self._of_people: dict[str, tuple[Breach, ...]] = {}
        self._of_places: dict[Place, tuple[Breach, ...]] = {}

    def effect(self, change: Change) -> Effect:
        """What a change would do; of what it takes out only what is there counts."""
        touched = change.removed | change.added
        before: list[Breach] = []
        after: list[Breach] = []
        for code in sorted({one.person for one in touched}):
            before += self.work_of(code)
            after += self.work_of(code, change)
        for place in sorted({(one.checkpoint, one.shift) for one in touched}, key=_order):
            before += self.shift_at(place)
            after += self.shift_at(place, change)
        return effect_of(before, after)

    def work_of(self, code: str, change: Change = NOTHING) -> tuple[Breach, ...]:
        """What somebody's own work breaks after a change."""
        if change is not NOTHING:
            return self._look_at_work(code, change)
        if code not in self._of_people:
            self._of_people[code] = self._look_at_work(code, change)
        return self._of_people[code]

    def shift_at(self, place: Place, change: Change = NOTHING) -> tuple[Breach, ...]:
        """What a shift lacks or has too much of after a change."""
        if change is not NOTHING:
            return self._look_at_shift(place, change)
        if place not in self._of_places:
            self._of_places[place] = self._look_at_shift(place, change)
        return self._of_places[place]

    def stints_at(self, place: Place, change: Change = NOTHING) -> list[Stint]:
        """Who stands somewhere after a change, by their codes."""
        there = self.at_place.get(place, set()) - change.removed
        there |= {one for one in change.added if (one.checkpoint, one.shift) == place}
        return sorted(self._by_the_clock(there), key=lambda stint: (stint.assignment.person, stint.assignment.duty))

    def stints_of(self, code: str, change: Change = NOTHING) -> list[Stint]:
        """Somebody's work of the period after a change, in the order of the clock."""
        if code not in self._stints:
            self._stints[code] = sorted(self._by_the_clock(self.of_person.get(code, ())), key=_by_clock)
        found = self._stints[code]
        if gone := {one for one in change.removed if one.person == code}:
            found = [stint for stint in found if stint.assignment not in gone]
        if new := {one for one in change.added if one.person == code and one not in self.of_person.get(code, ())}:
            found = sorted((*found, *self._by_the_clock(new)), key=_by_clock)
        return found

    def works_on(self, code: str, day: date, change: Change = NOTHING) -> bool:
        """Whether somebody has a shift of this day after a change."""
        return any(stint.day == day for stint in self.stints_of(code, change))

    def _by_the_clock(self, assignments: Iterable[Assignment]) -> Iterator[Stint]:
        known = (one for one in assignments if unknown_in(self.problem, self.people, one) is None)
        return (stint_of(self.problem, one) for one in known)

    def _look_at_work(self, code: str, change: Change) -> tuple[Breach, ...]:
        person = self.people.get(code)
        if person is not None:
            working = sorted((*self._past.get(code, ()), *self.stints_of(code, change)), key=_by_clock)
            found = check_people((person,), {code: working}, self.problem.rules)
            return (*self._unknown(code, change), *found)
        return tuple(self._unknown(code, change))

    def _unknown(self, code: str, change: Change) -> Iterator[Breach]:
        """Assignments of theirs that name what is not known."""
        if code not in self._odd:
            mine = sorted(self.of_person.get(code, ()), key=str)
            self._odd[code] = [one for one in mine if unknown_in(self.problem, self.people, one)]
        new = (one for one in change.added if one.person == code)
        for one in (*(one for one in self._odd[code] if one not in change.removed), *new):
            if told := unknown_in(self.problem, self.people, one):
                yield told

    def _look_at_shift(self, place: Place, change: Change) -> tuple[Breach, ...]:
        demands = (self.demands[place],) if place in self.demands else ()
        return tuple(check_shifts(Work(self.problem, self.people, self.stints_at(place, change), demands)))


def effect_of(before: Iterable[Breach], after: Iterable[Breach]) -> Effect:
    """What a change does by what was broken before and what is after it."""
    was, now = tuple(before), tuple(after)
    news = sorted(worsened(now, was), key=lambda breach: -breach.severity)
    return Effect(tuple(news), vanished(was, now), eased(was, now))


def _order(place: Place) -> tuple[str, str, str]:
    return place[0], place[1].day.isoformat(), place[1].code


def _by_clock(stint: Stint) -> tuple[int, int, str]:
    return stint.start, stint.end, stint.assignment.checkpoint
