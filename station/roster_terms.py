"""How a roster is begun: for whom, which days, how many heads, in which shifts and by which rules; or after another."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from shifts.model import (
    EARLY,
    MIDDLE,
    NIGHT,
    THREE_SHIFTS,
    TWO_SHIFTS,
    Assignment,
    DatedShift,
    Demand,
    Duty,
    Period,
    Person,
    RosterProblem,
    Seat,
    Shift,
    ShiftPlan,
)
from shifts.rule_pack import LABOUR_LAW, RulePack
from station.roster_words import key

BEFORE = 62
"""Days around a period that count as history: rest, weeks and months reach no further."""
FOUR_WEEKS = 28
_DAY, _TWELVE = "day", timedelta(hours=12)
PLANS: dict[str, ShiftPlan] = {
    "three": THREE_SHIFTS,
    "two": TWO_SHIFTS,
    "two_at_seven": ShiftPlan((Shift(_DAY, timedelta(hours=7), _TWELVE), Shift(NIGHT, timedelta(hours=19), _TWELVE))),
}
"""Ways to divide a day, by name."""
HEADS = {EARLY: 4, MIDDLE: 3, NIGHT: 3, _DAY: 4}
"""What a shift usually needs."""
QUARANTINE = "检疫"
"""What the traffic quarantine unit's name says wherever it is written."""
_POST = "查验点"  # 龙士 and 龙士查验点 are one place


@dataclass(frozen=True, slots=True)
class Need:
    """What one shift of every day needs; each of the three is one of its heads."""

    heads: int
    lead: bool = True
    member: bool = True
    recorder: bool = True

    @property
    def least(self) -> int:
        """The fewest heads it can do with."""
        return self.lead + self.member + self.recorder


@dataclass(frozen=True, slots=True)
class Terms:
    """What a lead says of a roster to be begun.

    Attributes:
        needs: By shift of the plan; the same at every checkpoint.
        unit: The traffic quarantine unit, as the people's list writes it; blank: none is asked for.
    """

    period: Period
    plan: ShiftPlan
    needs: Mapping[str, Need]
    unit: str = ""
    rules: RulePack = LABOUR_LAW

    def seats(self, code: str) -> tuple[Seat, ...]:
        """Which of a shift's heads must bring something."""
        need = self.needs[code]
        lead, recorder = Seat(duty=Duty.LEAD), Seat(duty=Duty.RECORDER)
        asked = ((need.lead, lead), (need.member and bool(self.unit), Seat(unit=self.unit)), (need.recorder, recorder))
        return tuple(seat for wanted, seat in asked if wanted)

    @property
    def too_long(self) -> bool:
        """Whether its shifts are longer than its rules ever allow."""
        return any(shift.length > timedelta(hours=self.rules.shift_hours) for shift in self.plan.shifts)


def begun(
    terms: Terms, people: Iterable[Person], names: Mapping[str, str], history: Iterable[Assignment] = ()
) -> RosterProblem:
    """The problem of a new roster, at every checkpoint that is somebody's home.

    Args:
        terms: Days, heads and rules.
        people: Everybody.
        names: Of checkpoints, by code.
        history: What they worked before; of it counts what lies near enough.
    """
    everybody = tuple(_asking(person, terms.plan) for person in people)
    homes = dict.fromkeys(person.home for person in everybody)
    demands = tuple(
        Demand(home, DatedShift(day, shift.code), terms.needs[shift.code].heads, terms.seats(shift.code))
        for home in homes
        for day in terms.period.days
        for shift in terms.plan.shifts
    )
    called = {home: names[home] for home in homes if home in names}
    past = near(terms.period, history)
    return RosterProblem(
        terms.period, dict.fromkeys(homes, terms.plan), everybody, demands, terms.rules, past, names=called
    )


def _asking(person: Person, plan: ShiftPlan) -> Person:
    """Somebody without wishes for shifts of another plan."""
    return replace(person, wishes=tuple(wish for wish in person.wishes if wish.shift in {None, *plan.codes}))


def following(problem: RosterProblem, assignments: Iterable[Assignment], period: Period) -> RosterProblem:
    """The problem of the roster after one: everything as it was, what was worked in it now history.

    Each day's demand is the usual one of its weekday. Leave and wishes for days to come are kept.
    """
    people = tuple(
        replace(
            person,
            leave=frozenset(day for day in person.leave if day >= period.start),
            wishes=tuple(wish for wish in person.wishes if wish.day >= period.start),
        )
        for person in problem.people
    )
    history = near(period, (*problem.history, *assignments))
    nothing = frozenset[Assignment]()
    demands = tuple(_usual(problem, period))
    return replace(
        problem, period=period, people=people, demands=demands, history=history, pins=nothing, published=nothing
    )


def near(period: Period, history: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """What of a history counts for a period, each assignment once, in order of time."""
    first, last = period.start - timedelta(days=BEFORE), period.start + timedelta(days=period.length + BEFORE)
    counts = {one for one in history if first <= one.shift.day < last and one.shift.day not in period}
    return tuple(sorted(counts, key=lambda one: (one.shift.day, one.checkpoint, one.shift.code, one.person)))


def before(start: date) -> Period:
    """The days of the history that a roster from this day on looks back at."""
    return Period(start - timedelta(days=BEFORE), BEFORE)


def to_months_end(start: date) -> int:
    """Days from this one to the last of its month."""
    return monthrange(start.year, start.month)[1] - start.day + 1


def next_period(period: Period) -> Period:
    """The period after: a month after a month, else as many days again."""
    start = period.start + timedelta(days=period.length)
    whole_month = period.start.day == 1 and period.length == to_months_end(period.start)
    return Period(start, to_months_end(start) if whole_month else period.length)


def at_home(
    people: Iterable[Person], own: tuple[str, str], names: Mapping[str, str]
) -> tuple[tuple[Person, ...], dict[str, str]]:
    """People with their homes as codes, and what those are called; a home nobody knows is a checkpoint of its own.

    Args:
        people: As a table says: a home is a code or a name, or blank for this one.
        own: Code and name of this checkpoint; it wins.
        names: Of checkpoints known beside it.
    """
    known = {**names, own[0]: own[1]} if own[0] else dict(names)
    words = {_place(word): code for code, name in known.items() for word in (name, code)}
    found = tuple(replace(person, home=words.get(_place(person.home), person.home) or own[0]) for person in people)
    return found, {person.home: known.get(person.home, person.home) for person in found}


def _place(word: str) -> str:
    return key(word).removesuffix(_POST) or key(word)


def _usual(problem: RosterProblem, period: Period) -> Iterable[Demand]:
    """Each day's demand: what was asked for most on its weekday, of equals the latest; else on any day."""
    told: dict[tuple[str, str, int | None], Counter[tuple[int, tuple[Seat, ...]]]] = {}
    for demand in sorted(problem.demands, key=lambda one: one.shift.day, reverse=True):
        for weekday in (demand.shift.day.weekday(), None):
            place = demand.checkpoint, demand.shift.code, weekday
            told.setdefault(place, Counter())[demand.heads, demand.seats] += 1
    for checkpoint, plan in problem.plans.items():
        for day in period.days:
            for code in plan.codes:
                asked = told.get((checkpoint, code, day.weekday())) or told.get((checkpoint, code, None))
                if asked:
                    (heads, seats), _ = asked.most_common(1)[0]
                    yield Demand(checkpoint, DatedShift(day, code), heads, seats)
