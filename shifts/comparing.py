"""Which of two breaches is worse: what a change newly breaks, what it takes away, and how far a lead's word reaches.

Two breaches are about one matter when rule, person and place are the same and their days touch. Of one matter only what
is worse is new: more nights in a row, fewer heads, another seat empty. Fewer nights or more heads are none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from shifts.findings import Finding, Rule
from shifts.model import Assignment
from shifts.rules import Breach

_BY_DAY = {
    Rule.NO_NIGHT,
    Rule.SHIFT_HOURS,
    Rule.DAYS_IN_SEVEN,
    Rule.WEEKLY_REST,
    Rule.NIGHTS_IN_ROW,
    Rule.OLDER_NIGHTS,
}
_WEIGHTS: Mapping[Rule, tuple[str, ...]] = {
    Rule.OVERLAP: ("hours",),
    Rule.DAYS_IN_SEVEN: ("days",),
    Rule.WEEKLY_REST: ("hours",),
    Rule.NIGHTS_IN_ROW: ("nights",),
    Rule.OLDER_NIGHTS: ("nights",),
    Rule.SHIFT_HOURS: ("hours",),
    Rule.WEEK_HOURS: ("hours",),
    Rule.MONTH_OVERTIME: ("hours",),
    Rule.MONTH_HOURS: ("hours",),
    Rule.PATTERN: ("days",),
    Rule.REST: ("need", "hours"),
    Rule.COVERAGE: ("need", "have"),
    Rule.SURPLUS: ("have", "need"),
}
"""The figure that says how bad it is, the more the worse; of two, the first less the second."""
_NAMED = {Rule.LEAVE: ("day",), Rule.UNTRAINED: ("duty",), Rule.UNKNOWN: ("what", "name")}
"""Figures that say what it is about, not how bad it is."""
_OF_A_CREW = {Rule.ROOKIE_ALONE}
"""Rules about a shift whose finding names a person only for the sentence's sake."""


@dataclass(frozen=True, slots=True)
class _Matter:
    """A breach, as it is compared.

    Attributes:
        of: Rule, person, place, and what it names.
        cells: The days, weeks or shifts it lies on.
        lacking: The seats left empty, as often as each is.
        about: The assignments that make it.
    """

    of: tuple[object, ...]
    cells: frozenset[object]
    weight: float
    lacking: Mapping[str, int]
    about: frozenset[Assignment]

    def touches(self, other: "_Matter") -> bool:
        """Whether it may be the other one, changed."""
        return self.of == other.of and not self.cells.isdisjoint(other.cells)

    def is_no_worse(self, other: "_Matter") -> bool:
        """Whether nothing of it weighs more."""
        seats = all(other.lacking.get(seat, 0) >= number for seat, number in self.lacking.items())
        return seats and self.weight <= other.weight

    def is_worse(self, other: "_Matter") -> bool:
        """Whether it weighs more."""
        return other.is_no_worse(self) and not self.is_no_worse(other)


def worsened(after: Iterable[Breach], before: Iterable[Breach]) -> tuple[Breach, ...]:
    """What of the breaches after a change is new, or worse than it was."""
    new, gone = _unlike(after, before)
    known = _sorted(gone)
    return tuple(one for one in new if not _is_lessened(_matter_of(one), known))


def vanished(before: Iterable[Breach], after: Iterable[Breach]) -> tuple[Breach, ...]:
    """What of the breaches before a change is there no more, not even lessened."""
    return tuple(one for one, left in _left_of(before, after) if not left)


def eased(before: Iterable[Breach], after: Iterable[Breach]) -> tuple[Breach, ...]:
    """What of the breaches before a change is there still, and less bad."""
    return tuple(one for one, left in _left_of(before, after) if left and all(map(_matter_of(one).is_worse, left)))


def reached(breaches: Iterable[Breach], words: Iterable[tuple[Rule, Finding]]) -> tuple[int | None, ...]:
    """For each breach, the number of the first word that holds for it; None where none does.

    A word holds for what it was given for and for what is left of that: the same shifts at the same places and
    duties, or fewer of them, and no worse. A word for a shift's gap is about heads and seats, whoever the others are.
    """
    given: defaultdict[tuple[object, ...], list[tuple[int, _Matter]]] = defaultdict(list)
    for number, (rule, finding) in enumerate(words):
        word = _matter(rule, finding)
        given[word.of].append((number, word))
    found = []
    for one in breaches:
        matter = _matter_of(one)
        fits = (number for number, word in given.get(matter.of, ()) if _reaches(word, matter))
        found.append(next(fits, None))
    return tuple(found)


# --- within ----------------------------------------------------------------------------------------------------------


def _reaches(word: _Matter, matter: _Matter) -> bool:
    return matter.cells <= word.cells and matter.about <= word.about and matter.is_no_worse(word)


def _unlike(ones: Iterable[Breach], others: Iterable[Breach]) -> tuple[list[Breach], list[Breach]]:
    """Those of each side that the other has not, however often each is there."""
    left = list(others)
    there, found = Counter(one.key for one in left), []
    for one in ones:
        if there[one.key]:
            there[one.key] -= 1
        else:
            found.append(one)
    rest = []
    for one in left:
        if there[one.key]:
            there[one.key] -= 1
            rest.append(one)
    return found, rest


def _left_of(before: Iterable[Breach], after: Iterable[Breach]) -> Iterator[tuple[Breach, list[_Matter]]]:
    """Each breach that is not as it was before a change, and what of it is there after."""
    gone, new = _unlike(before, after)
    left = _sorted(new)
    for one in gone:
        matter = _matter_of(one)
        yield one, [other for other in left.get(matter.of, ()) if other.touches(matter)]


def _is_lessened(matter: _Matter, known: Mapping[tuple[object, ...], list[_Matter]]) -> bool:
    """Whether it is a part of what was there, and no worse; or what was there, moved and better."""
    near = [other for other in known.get(matter.of, ()) if matter.touches(other)]
    whole = frozenset[object]().union(*(other.cells for other in near))
    within = matter.cells <= whole and any(matter.is_no_worse(other) for other in near)
    return within or any(other.is_worse(matter) for other in near)


def _sorted(breaches: Iterable[Breach]) -> dict[tuple[object, ...], list[_Matter]]:
    found: defaultdict[tuple[object, ...], list[_Matter]] = defaultdict(list)
    for one in breaches:
        matter = _matter_of(one)
        found[matter.of].append(matter)
    return found


def _matter_of(breach: Breach) -> _Matter:
    return _matter(breach.rule, breach.finding)


def _matter(rule: Rule, finding: Finding) -> _Matter:
    figures = finding.figures
    person = None if rule in _OF_A_CREW else finding.person
    named = tuple(figures[name] for name in _NAMED.get(rule, ()))
    lacking = Counter(one for one in str(figures.get("lacking", "")).split(",") if one)
    first, *less = (float(figures.get(name, 0)) for name in _WEIGHTS.get(rule, ("",)))
    of = rule, person, finding.checkpoint, *named
    return _Matter(of, _cells(rule, finding), first - sum(less), lacking, frozenset(finding.about))


def _cells(rule: Rule, finding: Finding) -> frozenset[object]:
    days = [shift.day for shift in finding.shifts]
    if rule in _BY_DAY:
        return frozenset(days)
    if rule is Rule.WEEK_HOURS:
        return frozenset(day - timedelta(days=day.weekday()) for day in days)
    if rule in {Rule.MONTH_OVERTIME, Rule.MONTH_HOURS}:
        return frozenset((day.year, day.month) for day in days)
    if rule in {Rule.PATTERN, Rule.LEAVE}:  # one a person; one a day of leave
        return frozenset({None})
    return frozenset(finding.shifts)
