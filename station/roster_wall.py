"""A checkpoint's roster as it hangs on the wall: a row for each place in each shift's duties, a column a day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shifts.findings import Work
from shifts.model import Assignment, DatedShift, Duty, Person, RosterProblem, Shift
from shifts.rules_shifts import coverage
from shifts.stints import stint_of
from station import texts_roster
from station.roster_words import key
from station.texts import Language, Pair, pick
from station.texts_roster import DUTIES

WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "zh": ("一", "二", "三", "四", "五", "六", "日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
SHIFT, DUTY, HEADS, GAP = ("班次", "shift"), ("岗位", "duty"), ("到岗", "heads"), ("缺", "gap")
LACKS: Pair = ("缺", "no ")
LEGEND: Pair = (
    "图例：灰底为周末，“缺”为缺人，到岗为实到/应到；次日的夜班记在前一天",
    "Legend: weekends are grey, a gap is somebody lacking; a night of the next day stands under the day before",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place: a name, a count, or nothing. `gap`: somebody lacks."""

    text: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `duty` None is the count of heads that ends each shift."""

    shift: Shift
    duty: Duty | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Wall:
    """A checkpoint's table for some days."""

    checkpoint: str
    name: str
    days: tuple[date, ...]
    lines: tuple[Line, ...]


class Walls:
    """The tables of one roster: what it lacks is found once for all of them.

    Raises:
        KeyError: An assignment of a checkpoint, or a shift, that the problem does not have.
    """

    def __init__(self, problem: RosterProblem, assignments: Iterable[Assignment], language: Language) -> None:
        self._problem, self._language = problem, language
        people = {person.code: person for person in problem.people}
        self._called = called(problem.people)
        self._names: defaultdict[tuple[str, DatedShift, Duty], list[str]] = defaultdict(list)
        self._heads: Counter[tuple[str, DatedShift]] = Counter()
        every = sorted(frozenset(assignments), key=lambda one: one.person)
        for one in every:
            self._names[one.checkpoint, one.shift, one.duty].append(self._called.get(one.person, one.person))
            self._heads[one.checkpoint, one.shift] += 1
        self._needed = {(demand.checkpoint, demand.shift): demand.heads for demand in problem.demands}
        stints = [stint_of(problem, one) for one in every if one.person in people]
        work = Work(problem, people, stints, problem.demands)
        self._lacking: dict[tuple[str, DatedShift], list[str]] = {
            (found.checkpoint, found.shifts[0]): [one for one in str(found.figures["lacking"]).split(",") if one]
            for found in coverage(work)
            if found.checkpoint is not None
        }

    def wall(self, checkpoint: str, days: Sequence[date]) -> Wall:
        """The table of one checkpoint on these days."""
        lines: list[Line] = []
        for shift in sorted(self._problem.plans[checkpoint].shifts, key=lambda one: one.start):
            dated = [DatedShift(day, shift.code) for day in days]
            for duty in Duty:
                columns = [self._column(checkpoint, one, duty) for one in dated]
                for place in range(max(map(len, columns), default=0)):
                    cells = tuple(column[place] if place < len(column) else Cell() for column in columns)
                    lines.append(Line(shift, duty, cells))
            lines.append(Line(shift, None, tuple(self._counted(checkpoint, one) for one in dated)))
        name = self._problem.names.get(checkpoint, checkpoint)
        return Wall(checkpoint, name, tuple(days), tuple(lines))

    def _column(self, checkpoint: str, dated: DatedShift, duty: Duty) -> list[Cell]:
        lacking = self._lacking.get((checkpoint, dated), []).count(duty)
        return [
            *map(Cell, self._names.get((checkpoint, dated, duty), ())),
            *[Cell(pick(GAP, self._language), gap=True)] * lacking,
        ]

    def _counted(self, checkpoint: str, dated: DatedShift) -> Cell:
        where = checkpoint, dated
        have, need = self._heads[where], self._needed.get(where)
        if need is None:
            return Cell(str(have) if have else "")
        if where not in self._lacking:
            return Cell(f"{have}/{need}")
        # a duty's lack is marked in its own row; here are those that no row is for
        others = [one for one in self._lacking[where] if one not in set(Duty)]
        told = pick(("、", ", "), self._language).join(texts_roster.seat(one, self._language) for one in others)
        return Cell(f"{have}/{need}\n{pick(LACKS, self._language)}{told}" if told else f"{have}/{need}", gap=True)


def called(people: Iterable[Person]) -> dict[str, str]:
    """What each person is called in tables: the name, with the code where another has the same."""
    everybody = tuple(people)
    often = Counter(key(person.name) for person in everybody)
    return {
        person.code: person.name if often[key(person.name)] == 1 else f"{person.name}({person.code})"
        for person in everybody
    }


def day_name(day: date, language: Language) -> str:
    """A day without its year: 5月4日, 4 May."""
    return f"{day.month}月{day.day}日" if language == "zh" else f"{day.day} {day:%b}"


def duty_name(duty: Duty | None, language: Language) -> str:
    """What a row is for."""
    return pick(HEADS if duty is None else DUTIES[duty], language)


def weeks(days: Sequence[date]) -> list[tuple[date, ...]]:
    """The days by calendar week, Monday first."""
    found: dict[date, list[date]] = {}
    for day in days:
        found.setdefault(day - timedelta(days=day.weekday()), []).append(day)
    return [tuple(week) for week in found.values()]
