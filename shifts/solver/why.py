"""What stands in the way of a shift: requests, pins and rules that cannot all be kept with the demand.

Unsatisfiable cores: a few days around a shift are looked at, as few as will do. Of the rules those are left out that
it does not take, then of the people's requests and pins.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from ortools.sat.python import cp_model

from shifts.errors import Conflict, Limit, Reason, Request, Shortage
from shifts.findings import Rule
from shifts.rule_pack import RulePack, Severity
from shifts.solver.case import Case, is_hard
from shifts.solver.model import Part, add_experience, heads_of, model_of_work, pins_of, seat_sets, total
from shifts.solver.progress import Watch
from shifts.solver.search import Pace
from shifts.stints import DAY

SECONDS = 5.0
"""For each of the questions asked: whoever waits for a roster wants to know."""
MOST = 40
"""Shifts looked at, one by one, where no clock is looked at."""
AROUND = (0, 1, 7, 400, None)
"""Days around a shift whose demand is looked at beside it: none, more and more, at last also what lacks as well."""
LIFTED = frozenset({Request.LEAVE, Request.NO_NIGHT})
RULES = {
    Rule.MONTH_OVERTIME: Severity.HARD,
    Rule.WEEK_HOURS: Severity.WARNING,
    Rule.OLDER_NIGHTS: Severity.WARNING,
    Rule.NIGHTS_IN_ROW: Severity.HARD,
    Rule.WEEKLY_REST: Severity.HARD,
    Rule.DAYS_IN_SEVEN: Severity.HARD,
    Rule.ROOKIE_ALONE: Severity.HARD,
    Rule.REST: Severity.HARD,
    Rule.SHIFT_HOURS: Severity.HARD,
}
"""What may be the reason, each with its own severity, and the plainest of reasons last: it is the last left out."""
Guard = tuple[int, int | Request]
"""A person's number, with the slot they are pinned to or the request they make."""


def share(watch: Watch, pace: Pace) -> float:
    """Seconds for one of the questions asked: half of what is left, that the next can be asked too."""
    return SECONDS if pace.reproducible else min(SECONDS, watch.left / 2)


def reasons_of(case: Case, part: Part, shortages: tuple[Shortage, ...], watch: Watch, pace: Pace) -> tuple[Reason, ...]:
    """Why each shift lacks somebody, as far as that is found in time; alike reasons as one."""
    numbers = {(case.slots[slot].checkpoint, case.slots[slot].dated): slot for slot in part.slots}
    lacking: dict[int, list[Shortage]] = {}
    for one in shortages:
        lacking.setdefault(numbers[one.checkpoint, one.shift], []).append(one)
    left = dict(list(lacking.items())[: MOST if pace.reproducible else None])
    until = watch.seconds + share(watch, pace)
    found: dict[object, Reason] = {}
    for days in AROUND:  # what is plain by itself first: it takes no time
        for slot, lacks in list(left.items()):
            if not pace.reproducible and watch.seconds > until:
                return _in_order(found.values(), shortages)
            window = replace(part, slots=_window(case, part, slot, days, lacking))
            core = _core(case, window, watch, pace, covered=True)
            if core is not None:
                del left[slot]
                reason = _reason(case, window, core, lacks)
                kind = _kind(reason)
                found[kind] = _together(found[kind], reason) if kind in found else reason
    return _in_order(found.values(), shortages)


def why_contradicted(case: Case, part: Part, watch: Watch, pace: Pace) -> Reason | None:
    """Which pins cannot all be kept, whatever is demanded; None where they can, or nobody knows in time."""
    pinned = replace(part, slots=tuple(sorted({slot for _, slot in pins_of(case, part)})))
    core = _core(case, pinned, watch, pace, covered=False)
    return None if core is None else _reason(case, pinned, core, [])


def impossible_pins(case: Case, part: Part) -> Iterator[Reason]:
    """Each pin that breaks a rule by itself, with the leave, the doctor's word or the rule it goes against."""
    for person, slot in pins_of(case, part):
        obstacles = case.obstacles(person, slot)
        if obstacles is None:
            against = [rule for rule in _hard(case) if _relaxed(case, (rule,)).obstacles(person, slot) is not None]
            limits = tuple(_limit(case.rules, rule) for rule in against)
            yield Reason((), (_pin(case, person, slot), *_worked(case, person, slot)), limits)
        elif obstacles:
            requests = (_conflict(case, person, request, {slot}) for request in sorted(obstacles))
            yield Reason((), (_pin(case, person, slot), *requests))


# --- within ----------------------------------------------------------------------------------------------------------


def _window(case: Case, part: Part, slot: int, days: int | None, lacking: Collection[int]) -> tuple[int, ...]:
    """What is covered so many days around a slot, and the slot; with no number of days, all there is."""
    if days is None:
        return part.slots
    reach = timedelta(days=days)
    near = (one for one in part.slots if days and abs(case.slots[one].day - case.slots[slot].day) <= reach)
    return tuple(sorted({slot, *(one for one in near if one not in lacking)}))


def _core(
    case: Case, part: Part, watch: Watch, pace: Pace, *, covered: bool
) -> tuple[list[Guard], tuple[Rule, ...]] | None:
    """Requests, pins and rules that cannot all be kept; None where they can, or nobody knows in time.

    Args:
        case: The whole of it.
        part: The slots and people looked at.
        watch: Stops it.
        pace: How it is searched.
        covered: Whether the slots are to be covered; otherwise only the pins are to be kept.
    """
    until = watch.seconds + share(watch, pace)

    def held(kept: Iterable[Rule]) -> _Held:
        return _Held(_relaxed(case, set(rules) - set(kept)), part, covered=covered)

    rules = _hard(case)
    if held(rules).core(watch, pace) is None:
        return None
    kept = rules if held(()).core(watch, pace) is None else ()
    for rule in kept:
        fewer = tuple(one for one in kept if one is not rule)
        in_time = pace.reproducible or watch.seconds < until
        if fewer and in_time and held(fewer).core(watch, pace) is not None:
            kept = fewer
    if not share(watch, pace):  # rules that nobody had the time to leave out are no reason
        return None
    core = held(kept).smallest(watch, pace)
    return None if core is None else (core, kept)


class _Held:
    """A model whose requests and pins hold only where their guards are assumed."""

    def __init__(self, case: Case, part: Part, *, covered: bool) -> None:
        self._model = model_of_work(case, part, LIFTED)
        self._guards: dict[Guard, cp_model.IntVar] = {}
        for (person, slot), cell in self._model.cells.items():
            for request in case.obstacles(person, slot) or ():
                self._model.sat.add_implication(self._guard((person, request)), cell.negated())
        for pin in pins_of(case, part):
            if pin in self._model.cells:
                self._model.sat.add_implication(self._guard(pin), self._model.cells[pin])
            else:
                self._model.sat.add(self._guard(pin) == 0)
        for slot in part.slots:
            self._model.sat.add(total(self._cells(slot)) <= heads_of(case, slot))
            add_experience(case, self._model, slot)
            if covered:
                self._cover(case, slot)

    def core(self, watch: Watch, pace: Pace, held: Collection[Guard] | None = None) -> list[Guard] | None:
        """Of what is held (None: everything) a part that cannot be; None where it can, or nobody knows in time."""
        names = {guard.index: name for name, guard in self._guards.items()}
        self._model.sat.clear_assumptions()
        self._model.sat.add_assumptions([self._guards[name] for name in (self._guards if held is None else held)])
        solver = pace.solver(SECONDS / 2)
        if watch.solve(solver, self._model.sat) != cp_model.INFEASIBLE:
            return None
        return sorted((names[index] for index in solver.sufficient_assumptions_for_infeasibility()), key=str)

    def smallest(self, watch: Watch, pace: Pace) -> list[Guard] | None:
        """A core from which nothing can be left out, as far as there is time to try."""
        core = self.core(watch, pace)
        kept: list[Guard] = []
        until = watch.seconds + share(watch, pace)
        while core and len(kept) < len(core) and (pace.reproducible or watch.seconds < until):
            tried = next(name for name in core if name not in kept)
            smaller = self.core(watch, pace, [name for name in core if name != tried])
            if smaller is None:
                kept.append(tried)
            else:
                core = smaller
        return core

    def _cover(self, case: Case, slot: int) -> None:
        """Heads and seats. Whoever is pinned to another duty could take a seat, but for the pin."""
        self._model.sat.add(total(self._cells(slot)) >= case.slots[slot].heads)
        for kinds, need, able in seat_sets(replace(case, pins={}), slot, self._model.of_slot[slot], every=True):
            self._model.sat.add(total(self._cells(slot, able)) >= need)
            doing = [person for person in able if any(case.fits(person, slot, kind) for kind in kinds)]
            if pinned := [self._guard((person, slot)) for person in able if person not in doing]:
                self._model.sat.add(total(self._cells(slot, doing)) >= need).only_enforce_if(pinned)

    def _cells(self, slot: int, people: Iterable[int] | None = None) -> list[cp_model.IntVar]:
        return [self._model.cells[one, slot] for one in (self._model.of_slot[slot] if people is None else people)]

    def _guard(self, name: Guard) -> cp_model.IntVar:
        if name not in self._guards:
            self._guards[name] = self._model.sat.new_bool_var("")
        return self._guards[name]


def _hard(case: Case) -> tuple[Rule, ...]:
    return tuple(rule for rule, severity in RULES.items() if is_hard(case.rules, rule, severity))


def _relaxed(case: Case, rules: Collection[Rule]) -> Case:
    """The case without these rules."""
    severities: dict[str, Severity] = {**case.rules.severities, **dict.fromkeys(rules, Severity.OFF)}
    return replace(case, problem=replace(case.problem, rules=replace(case.rules, severities=severities)))


# --- what is told ----------------------------------------------------------------------------------------------------


def _reason(case: Case, part: Part, core: tuple[list[Guard], tuple[Rule, ...]], lacks: Sequence[Shortage]) -> Reason:
    guards, rules = core
    conflicts = [
        _pin(case, person, what) if isinstance(what, int) else _conflict(case, person, what, part.slots)
        for person, what in guards
    ]
    if Rule.REST in rules:
        short = {(one.checkpoint, one.shift): one.seat for one in lacks}
        for slot in part.slots:
            place = case.slots[slot].checkpoint, case.slots[slot].dated
            if place in short:
                for person in part.people:
                    seat = short[place]
                    if seat is None or case.fits(person, slot, seat):
                        conflicts += _worked(case, person, slot)
    limits = tuple(_limit(case.rules, rule) for rule in rules)
    return Reason(tuple(lacks), tuple(dict.fromkeys(conflicts)), limits)


def _worked(case: Case, person: int, slot: int) -> Iterator[Conflict]:
    """Somebody's work around the period that would leave them too little rest, if that alone keeps them out."""
    if case.obstacles(person, slot) is not None or _relaxed(case, (Rule.REST,)).obstacles(person, slot) is None:
        return
    where, who = case.slots[slot], case.people[person].code
    near = (one for one in case.past.get(who, ()) if one.start < where.end + DAY and where.start < one.end + DAY)
    for one in near:
        given = one.assignment
        yield Conflict(Request.HISTORY, who, (given.shift.day,), given.checkpoint, given.shift)


def _limit(rules: RulePack, rule: Rule) -> Limit:
    figures: dict[Rule, float] = {
        Rule.MONTH_OVERTIME: rules.month_overtime_hours,
        Rule.WEEK_HOURS: rules.week_hours,
        Rule.OLDER_NIGHTS: rules.older_nights_in_row,
        Rule.NIGHTS_IN_ROW: rules.nights_in_row,
        Rule.WEEKLY_REST: rules.weekly_rest_hours,
        Rule.DAYS_IN_SEVEN: rules.days_in_seven,
        Rule.ROOKIE_ALONE: rules.rookie_months,
        Rule.REST: rules.rest_hours,
        Rule.SHIFT_HOURS: rules.shift_hours,
    }
    return Limit(rule, figures[rule])


def _pin(case: Case, person: int, number: int) -> Conflict:
    slot = case.slots[number]
    return Conflict(Request.PIN, case.people[person].code, (slot.day,), slot.checkpoint, slot.dated)


def _conflict(case: Case, person: int, request: Request, slots: Collection[int]) -> Conflict:
    """Somebody's request, with the days of leave that touch these slots."""
    who = case.people[person]
    touched = {day for slot in slots for day in case.slots[slot].touched}
    days = tuple(sorted(who.leave & touched)) if request is Request.LEAVE else ()
    return Conflict(request, who.code, days)


def _kind(reason: Reason) -> object:
    """What makes two reasons one, whichever days they are about."""
    about = Counter((one.request, one.person, one.checkpoint, one.shift) for one in reason.conflicts)
    return frozenset(about.items()), reason.limits


def _in_order(reasons: Iterable[Reason], shortages: tuple[Shortage, ...]) -> tuple[Reason, ...]:
    """By the first of the shortages each is about."""
    place = {one: number for number, one in enumerate(shortages)}.__getitem__
    ordered = (replace(one, shortages=tuple(sorted(one.shortages, key=place))) for one in reasons)
    return tuple(sorted(ordered, key=lambda one: place(one.shortages[0])))


def _together(one: Reason, other: Reason) -> Reason:
    """Both, with the days of each request in one."""
    merged: dict[object, Conflict] = {}
    for conflict in (*one.conflicts, *other.conflicts):
        key = conflict.request, conflict.person, conflict.checkpoint, conflict.shift
        before = merged.get(key)
        days_of = {*conflict.days, *(before.days if before else ())}
        merged[key] = replace(conflict, days=tuple(sorted(days_of)))
    return Reason((*one.shortages, *other.shortages), tuple(merged.values()), one.limits)
