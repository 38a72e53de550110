"""What would mend a breach: the nearest single change that takes it away and breaks no hard rule anew.

Somebody stands in, fills a gap, trades shifts or duties, hands a shift on to a third; or nobody is needed there at all.
Every remedy was tried on the roster with the same rules that found the breach.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from shifts.findings import Rule
from shifts.model import Assignment, DatedShift, Duty, Person, RosterProblem, Seat
from shifts.publishing import Change
from shifts.repair import Candidate, candidate, rank
from shifts.rule_pack import Severity
from shifts.rules import OF_PEOPLE, OF_SHIFTS, Breach, is_allowed
from shifts.rules_shifts import empty_seats, fill
from shifts.stints import is_night
from shifts.trial import Effect, Place, Trial, effect_of

MOST = 2
"""Remedies offered, each of another way: who has more to choose from chooses longer."""
NEAR = 4
"""Days that a shift lies away at most that is traded."""
LOOKED_AT = 7
"""Shifts of a run that are tried, from its end back."""


class Way(StrEnum):
    """How a breach is mended."""

    TAKE_OUT = "take_out"
    DUTY = "duty"
    STAND_IN = "stand_in"
    FILL = "fill"
    TRADE = "trade"
    HAND_ON = "hand_on"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change that mends a breach.

    Attributes:
        cell: The shift given up, or the first one filled.
        added: Who stands where after it, as a sentence names them: of a trade the shift of `cell` first.
        news: What it newly breaks: nothing hard.
    """

    way: Way
    cell: Assignment
    change: Change
    added: tuple[Assignment, ...] = ()
    news: tuple[Breach, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """What can be done about a breach.

    Attributes:
        remedies: The nearest first; each alone is enough.
        wanted: Where there are none: what nobody can take over; None where no single change would do.
        seat: What whoever took it would have to bring.
        barred: How many of those who can do it are kept from it, by the rule that keeps them.
    """

    remedies: tuple[Remedy, ...] = ()
    wanted: Assignment | None = None
    seat: Seat | None = None
    barred: tuple[tuple[Rule, int], ...] = ()


def remedies(problem: RosterProblem, assignments: frozenset[Assignment], breach: Breach) -> Advice:
    """What can be done about one breach of a roster."""
    return advise(Trial(problem, assignments), breach)


def advise(trial: Trial, breach: Breach, most: int = MOST) -> Advice:
    """What can be done about one breach of the roster that is tried."""
    search = _Search(trial, breach)
    found: dict[Way, Remedy] = {}
    for stage in search.stages():
        if len(found) < most and not (stage.last and found):
            for remedy in stage.remedies:
                if remedy.way not in found:
                    found[remedy.way] = remedy
                    break
    if found:
        return Advice(tuple(found.values()))
    return Advice((), search.wanted, search.seat, tuple(search.barred.most_common()))


# --- within ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stage:
    """Remedies of a kind.

    Attributes:
        last: Only asked for where nothing nearer was found.
    """

    remedies: Iterator[Remedy]
    last: bool = False


class _Search:
    """One breach, and what is learnt while a remedy for it is looked for."""

    def __init__(self, trial: Trial, breach: Breach) -> None:
        self.trial, self.breach = trial, breach
        self.wanted: Assignment | None = None
        self.seat: Seat | None = None
        self.barred: Counter[Rule] = Counter()

    def stages(self) -> Iterator[_Stage]:
        """Where remedies are looked for, the nearest first."""
        finding, rule = self.breach.finding, self.breach.rule
        if rule is Rule.COVERAGE and finding.checkpoint is not None:
            yield from self._gap((finding.checkpoint, finding.shifts[0]))
        elif rule in OF_SHIFTS and finding.checkpoint is not None:
            place = finding.checkpoint, finding.shifts[0]
            yield from self._given_up([stint.assignment for stint in self.trial.stints_at(place)])
        elif rule is Rule.UNKNOWN:
            yield _Stage(self._left_out(self._work()))
        elif rule in OF_PEOPLE:
            freeing = [one for one in self._work() if self._is_freed_without(one)]
            yield from self._given_up(freeing[:LOOKED_AT])

    def _work(self) -> list[Assignment]:
        """The assignments it is about that may be changed, from the last one back."""
        finding, pins = self.breach.finding, self.trial.problem.pins
        mine = self.trial.of_person.get(finding.person or "", set()) - pins
        about = (one for one in mine if one.shift in finding.shifts)
        if finding.checkpoint is not None:
            about = (one for one in about if one.checkpoint == finding.checkpoint)
        return sorted(about, key=lambda one: (finding.shifts.index(one.shift), one.checkpoint), reverse=True)

    def _is_freed_without(self, one: Assignment) -> bool:
        """Whether that person's work is mended by leaving this shift, and not otherwise broken."""
        effect = self._of_work(one.person, Change(frozenset({one})))
        return effect.mends(self.breach)

    def _of_work(self, code: str, change: Change) -> Effect:
        """What a change does to one person's work alone."""
        own = Change(*(frozenset(one for one in part if one.person == code) for part in (change.removed, change.added)))
        return effect_of(self.trial.work_of(code), self.trial.work_of(code, own))

    def _tried(self, way: Way, cell: Assignment, change: Change, *added: Assignment) -> Iterator[Remedy]:
        effect = self.trial.effect(change)
        if effect.mends(self.breach):
            yield Remedy(way, cell, change, added, effect.news)

    # --- a shift that somebody should not work -----------------------------------------------------------------------

    def _given_up(self, cells: list[Assignment]) -> Iterator[_Stage]:
        """One of these shifts goes to somebody else, or to nobody."""
        yield _Stage(self._left_out(cells))
        if self.breach.rule is Rule.UNTRAINED:
            yield _Stage(remedy for one in cells for remedy in self._other_duty(one))
        yield _Stage(remedy for one in cells for remedy in self._stand_ins(one, lent=False))
        yield _Stage(remedy for one in cells for remedy in self._trades(one))
        yield _Stage((remedy for one in cells[:2] for remedy in self._stand_ins(one, lent=True)), last=True)
        yield _Stage(
            (remedy for one in cells[:2] for remedy in self._handed_on(one, None, frozenset({one}))), last=True
        )

    def _left_out(self, cells: list[Assignment]) -> Iterator[Remedy]:
        """Nobody is needed there."""
        for one in cells:
            yield from self._tried(Way.TAKE_OUT, one, Change(frozenset({one})))

    def _other_duty(self, one: Assignment) -> Iterator[Remedy]:
        """They do something else there, or change duties with somebody beside them."""
        for duty in sorted(self.trial.people[one.person].duties):
            now = replace(one, duty=duty)
            yield from self._tried(Way.DUTY, one, Change(frozenset({one}), frozenset({now})), now)
        for other in sorted(self.trial.at_place[one.checkpoint, one.shift] - {one}, key=_by_code):
            both = replace(other, duty=one.duty), replace(one, duty=other.duty)
            yield from self._tried(Way.DUTY, one, Change(frozenset({one, other}), frozenset(both)), *both)

    def _stand_ins(self, one: Assignment, *, lent: bool) -> Iterator[Remedy]:
        """Somebody else in their place, the best ranked first."""
        removed = frozenset({one})
        able, barred = self._able(one, None, Change(removed), lent=lent)
        self._miss(one, None, barred)
        for each in able:
            now = replace(one, person=each.person.code)
            yield from self._tried(Way.STAND_IN, one, Change(removed, frozenset({now})), now)

    def _trades(self, one: Assignment) -> Iterator[Remedy]:
        """Two people of one checkpoint exchange shifts that lie near each other."""
        fits: dict[tuple[Place, Duty], bool] = {}
        for other in self._near(one):
            gone = Change(frozenset({one, other}))
            if self._is_taken(other.person, one.shift.day, gone) or self._is_taken(one.person, other.shift.day, gone):
                continue
            mine, theirs = replace(other, person=one.person), replace(one, person=other.person)
            change = Change(gone.removed, frozenset({mine, theirs}))
            there = (other.checkpoint, other.shift), other.duty
            if there not in fits:
                fits[there] = is_allowed(self._of_work(one.person, change).news)
            if fits[there] and is_allowed(self._of_work(other.person, change).news):
                yield from self._tried(Way.TRADE, one, change, theirs, mine)

    def _near(self, one: Assignment) -> list[Assignment]:
        """Other people's shifts at that checkpoint in the days around, the nearest first."""
        trial, checkpoint = self.trial, one.checkpoint
        days = [one.shift.day + timedelta(days=number) for number in range(-NEAR, NEAR + 1)]
        shifts = (DatedShift(day, code) for day in days for code in trial.problem.plans[checkpoint].codes)
        found = (other for shift in shifts for other in trial.at_place.get((checkpoint, shift), ()))
        others = (other for other in found if other.person in trial.people and other not in trial.problem.pins)
        wanted = [other for other in others if other.person != one.person and other.shift != one.shift]
        return sorted(wanted, key=lambda other: (abs(other.shift.day - one.shift.day), _by_code(other)))

    def _handed_on(self, wanted: Assignment, seat: Seat | None, removed: frozenset[Assignment]) -> Iterator[Remedy]:
        """Somebody comes over from a shift of theirs near by, which a third takes."""
        trial = self.trial
        for person in self._people(wanted, seat, lent=False):
            now = _placed(wanted, seat, person)
            for left in sorted(trial.of_person.get(person.code, set()) - trial.problem.pins - removed, key=_by_code):
                if abs(left.shift.day - wanted.shift.day) > timedelta(days=1) or left.checkpoint != wanted.checkpoint:
                    continue
                change = Change(removed | {left}, frozenset({now}))
                if not is_allowed(self._of_work(person.code, change).news):
                    continue
                for third in self._able(left, None, change, lent=False)[0]:
                    last = replace(left, person=third.person.code)
                    whole = Change(change.removed, change.added | {last})
                    if third.person.code != wanted.person:
                        yield from self._tried(Way.HAND_ON, wanted, whole, now, last)

    # --- a shift that lacks somebody ---------------------------------------------------------------------------------

    def _gap(self, place: Place) -> Iterator[_Stage]:
        """Duties change among those who are there, or somebody comes."""
        trial = self.trial
        demand, there = trial.demands[place], trial.stints_at(place)
        empty = empty_seats(demand.seats, there, trial.people)
        heads = demand.heads - len({stint.assignment.person for stint in there})
        seats = [*empty, *[Seat()] * max(0, heads - len(empty))]
        present = [stint.assignment for stint in there if stint.assignment not in trial.problem.pins]
        cells = [Assignment("", place[0], seat.duty or Duty.CODE_CHECKER, place[1]) for seat in seats]
        if heads <= 0:
            yield _Stage(self._among_those_there(present))
            yield _Stage(self._instead_of(present, cells, seats))
        yield _Stage(self._filled(cells, seats, lent=False))
        yield _Stage(self._filled(cells, seats, lent=True), last=True)
        if len(seats) == 1:
            yield _Stage(self._handed_on(cells[0], seats[0], frozenset()), last=True)

    def _filled(self, cells: list[Assignment], seats: list[Seat], *, lent: bool) -> Iterator[Remedy]:
        """Somebody for every place that is empty: of those who belong there, or of all."""
        able: list[list[Person]] = []
        for cell, seat in zip(cells, seats, strict=True):
            found, barred = self._able(cell, seat, Change(), lent=False)
            if lent:
                far, others = self._able(cell, seat, Change(), lent=True)
                found, barred = found + far, barred + others
                if not found:
                    self._miss(cell, seat, barred)
            able.append([each.person for each in found])
        people = {person.code: person for some in able for person in some}
        codes = list(people)
        chosen = fill(seats, [[codes.index(person.code) for person in some] for some in able])
        if len(chosen) == len(seats):
            added = tuple(_placed(cells[n], seats[n], people[codes[chosen[n]]]) for n in range(len(seats)))
            yield from self._tried(Way.FILL, added[0], Change(added=frozenset(added)), *added)

    def _instead_of(self, present: list[Assignment], cells: list[Assignment], seats: list[Seat]) -> Iterator[Remedy]:
        """There are heads enough, but not the right ones: one of them is free that day."""
        for cell, seat in zip(cells[:1], seats, strict=False):
            for each in self._able(cell, seat, Change(), lent=False)[0]:
                now = _placed(cell, seat, each.person)
                for one in present if len(seats) == 1 else ():
                    yield from self._tried(Way.STAND_IN, one, Change(frozenset({one}), frozenset({now})), now)

    def _among_those_there(self, present: list[Assignment]) -> Iterator[Remedy]:
        """Somebody there takes the empty seat's duty; perhaps another one takes theirs."""
        for one in present:
            for duty in sorted(self.trial.people[one.person].duties - {one.duty}):
                now = replace(one, duty=duty)
                yield from self._tried(Way.DUTY, one, Change(frozenset({one}), frozenset({now})), now)
        for one in present:
            for other in present:
                if one.person < other.person and one.duty is not other.duty:
                    both = replace(one, duty=other.duty), replace(other, duty=one.duty)
                    yield from self._tried(Way.DUTY, one, Change(frozenset({one, other}), frozenset(both)), *both)

    # --- who could ---------------------------------------------------------------------------------------------------

    def _miss(self, cell: Assignment, seat: Seat | None, barred: Counter[Rule]) -> None:
        """Keep in mind what keeps people from the first thing that somebody was looked for."""
        if self.wanted in {None, cell}:
            self.wanted, self.seat = cell, seat
            self.barred += barred

    def _people(self, cell: Assignment, seat: Seat | None, *, lent: bool) -> list[Person]:
        """Who could do it by their training and unit, of that checkpoint or of the others."""
        there = {one.person for one in self.trial.at_place.get((cell.checkpoint, cell.shift), ())}
        return [
            person
            for person in self.trial.problem.people
            if (person.home != cell.checkpoint) is lent
            and person.code not in there
            and (cell.duty in person.duties if seat is None else seat.fits(person) and person.duties)
        ]

    def _is_taken(self, code: str, day: date, change: Change) -> bool:
        """Whether they have a shift that day already, where one is all they may have."""
        rules = self.trial.problem.rules
        is_hard = rules.severities.get(Rule.OVERLAP, Severity.HARD) is Severity.HARD
        return is_hard and self.trial.works_on(code, day, change)

    def _able(
        self, cell: Assignment, seat: Seat | None, base: Change, *, lent: bool
    ) -> tuple[list[Candidate], Counter[Rule]]:
        """Who could take a shift after a change, ranked; of the others, what keeps how many."""
        trial, found, barred = self.trial, list[Candidate](), Counter[Rule]()
        for person in self._people(cell, seat, lent=lent):
            if self._is_taken(person.code, cell.shift.day, base):
                barred[Rule.OVERLAP] += 1
                continue
            now = _placed(cell, seat, person)
            news = self._of_work(person.code, Change(base.removed, base.added | {now})).news
            if is_allowed(news):
                found.append(candidate(trial, person, news))
            else:
                barred[next(one.rule for one in news if one.severity is Severity.HARD)] += 1
        night = is_night(trial.problem.shift(cell))
        return sorted(found, key=lambda each: rank(each, night=night)), barred


def _placed(cell: Assignment, seat: Seat | None, person: Person) -> Assignment:
    """Somebody in a place: with the duty it has, or, where any will do, with one they can do."""
    duty = cell.duty
    if seat is not None and seat.duty is None and duty not in person.duties:
        duty = next((each for each in Duty if each is not Duty.LEAD and each in person.duties), duty)
    return replace(cell, person=person.code, duty=duty)


def _by_code(one: Assignment) -> tuple[str, str, str]:
    return one.shift.day.isoformat(), one.shift.code, one.person
