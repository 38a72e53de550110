"""A problem by the clock: slots that need heads, who can stand in them, and the work that is already fixed."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shifts.errors import Request
from shifts.findings import Rule
from shifts.model import Assignment, DatedShift, Demand, Person, RosterProblem, Seat, Shift
from shifts.rule_pack import RulePack, Severity
from shifts.stints import DAY, HOUR, Stint, is_night, minutes, stint_of


@dataclass(frozen=True, slots=True)
class Slot:
    """One shift of one checkpoint on one day, and what it needs.

    Attributes:
        start: Minutes of Beijing's clock, as in `shifts.stints`.
        end: The same.
        touched: The calendar days it lies on.
    """

    checkpoint: str
    dated: DatedShift
    shift: Shift
    start: int
    end: int
    touched: tuple[date, ...]
    night: bool
    heads: int
    seats: tuple[Seat, ...]

    @property
    def day(self) -> date:
        """The shift's day."""
        return self.dated.day

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Case:
    """A problem as the solver looks at it. People and slots are named by their numbers here.

    Attributes:
        past: Everybody's fixed work around the period, in the order of the clock.
        pins: The pinned assignment by person's and slot's number.
        pinned: How many are pinned, by slot.
    """

    problem: RosterProblem
    people: tuple[Person, ...]
    slots: tuple[Slot, ...]
    past: Mapping[str, tuple[Stint, ...]]
    pins: Mapping[tuple[int, int], Assignment]
    pinned: Counter[int]

    @property
    def rules(self) -> RulePack:
        """The figures."""
        return self.problem.rules

    def fits(self, person: int, slot: int, seat: Seat) -> bool:
        """Whether somebody can take a seat of a slot; a pinned one only with the duty they are pinned to."""
        pin = self.pins.get((person, slot))
        if pin is not None and seat.duty is not None and pin.duty is not seat.duty:
            return False
        return seat.fits(self.people[person])

    def obstacles(self, person: int, slot: int) -> frozenset[Request] | None:
        """Which requests keep somebody out of a slot; None where no request could let them in."""
        who, where = self.people[person], self.slots[slot]
        if not who.duties or (is_hard(self.rules, Rule.SHIFT_HOURS) and where.minutes > self.rules.shift_hours * HOUR):
            return None
        rest = rest_minutes(self.rules)
        for stint in self.past.get(who.code, ()):
            if stint.day == where.day or (stint.start < where.end + rest and where.start < stint.end + rest):
                return None
        found = set()
        if is_hard(self.rules, Rule.LEAVE) and not who.leave.isdisjoint(where.touched):
            found.add(Request.LEAVE)
        if who.no_night and where.night and is_hard(self.rules, Rule.NO_NIGHT):
            found.add(Request.NO_NIGHT)
        return frozenset(found)


def case_of(problem: RosterProblem) -> Case:
    """Turn a checked problem into numbers."""
    demanded = {(demand.checkpoint, demand.shift): demand for demand in problem.demands}
    for pin in problem.pins:  # a pin where nobody is needed still stands
        demanded.setdefault((pin.checkpoint, pin.shift), Demand(pin.checkpoint, pin.shift, 0))
    slots = tuple(sorted((_slot(problem, demand) for demand in demanded.values()), key=_order))
    numbers = {(slot.checkpoint, slot.dated): number for number, slot in enumerate(slots)}
    people = {person.code: number for number, person in enumerate(problem.people)}
    past: defaultdict[str, list[Stint]] = defaultdict(list)
    for assignment in problem.history:
        plan = problem.plans.get(assignment.checkpoint)
        known = assignment.person in people and plan is not None and assignment.shift.code in plan.codes
        asked = assignment.shift.day in problem.period and (assignment.checkpoint, assignment.shift) in demanded
        if known and not asked:
            past[assignment.person].append(stint_of(problem, assignment))
    pins = {(people[pin.person], numbers[pin.checkpoint, pin.shift]): pin for pin in problem.pins}
    return Case(
        problem,
        problem.people,
        slots,
        {code: tuple(sorted(stints, key=lambda stint: stint.start)) for code, stints in past.items()},
        pins,
        Counter(slot for _, slot in pins),
    )


def is_hard(rules: RulePack, rule: Rule, severity: Severity = Severity.HARD) -> bool:
    """Whether a rule, of this severity by itself, is hard under this pack."""
    return rules.severities.get(rule, severity) is Severity.HARD


def rest_minutes(rules: RulePack) -> int:
    """The rest that must follow a shift; none where the pack asks for none."""
    return round(rules.rest_hours * HOUR) if is_hard(rules, Rule.REST) else 0


def _order(slot: Slot) -> tuple[int, str, str]:
    return slot.start, slot.checkpoint, slot.dated.code


def _slot(problem: RosterProblem, demand: Demand) -> Slot:
    shift = problem.plans[demand.checkpoint].shift(demand.shift.code)
    start = demand.shift.day.toordinal() * DAY + minutes(shift.start)
    end = start + minutes(shift.length)
    touched = tuple(date.fromordinal(number) for number in range(start // DAY, (end - 1) // DAY + 1))
    return Slot(
        demand.checkpoint, demand.shift, shift, start, end, touched, is_night(shift), demand.heads, demand.seats
    )
