"""Roster problems built around a hidden valid roster, so that each can be covered for sure.

Every checkpoint needs 早 4, 中 3, 夜 3 heads a day; of each shift's, by distinct people, one lead, one member of the
quarantine unit and one recorder. Its people form three groups of five (leads, quarantine unit, recorders) and whoever
is left; in each group somebody stands in every shift, and one more person of the checkpoint in the early one. That
hidden roster keeps every hard rule of the Labour Law pack, as do the seven days of history before it.

Everything else is drawn at random, in shares of all people (or of their days) that `SHARES` documents. Leave and
doctors' words never contradict the hidden roster; wishes may.
"""

import random
import re
from argparse import ArgumentTypeError
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from shifts.model import (
    EARLY,
    MIDDLE,
    NIGHT,
    THREE_SHIFTS,
    Assignment,
    DatedShift,
    Demand,
    Duty,
    Period,
    Person,
    Roster,
    RosterProblem,
    Seat,
    Wish,
)

UNIT = "交通检疫组"
OTHER_UNITS = ("区建设局", "志愿者")
HEADS = {EARLY: 4, MIDDLE: 3, NIGHT: 3}
SEATS = (Seat(duty=Duty.LEAD), Seat(unit=UNIT), Seat(duty=Duty.RECORDER))
SHARES = {
    "lead": 0.36,  # a third is needed: 21 shifts a week ask for five leads
    "quarantine unit": 0.42,
    "recorder": 0.45,
    "two units": 0.05,
    "leave, of days": 0.06,
    "wish to be off, of days": 0.04,
    "wish to be on, of days": 0.01,
    "no night": 0.08,
    "rookie": 0.10,
    "older": 0.15,
    "checkpoints that lend somebody": 0.10,
}
"""Shares of people, or of what is said."""
HISTORY_DAYS = 7
START = date(2026, 9, 28)
_NAMES = ("龙士", "圣地亚哥")
_SURNAMES = "陈林黄张李王吴刘蔡杨许郑谢郭洪邱曾廖赖徐"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉辉"
_RANK = {EARLY: 0, MIDDLE: 1, NIGHT: 2}
_PEOPLE = 15  # a checkpoint, at least


@dataclass(frozen=True, slots=True)
class Size:
    """How large a problem is; people are those of all checkpoints together."""

    checkpoints: int
    people: int
    days: int

    @classmethod
    def parse(cls, text: str) -> "Size":
        """Read CHECKPOINTSxPEOPLExDAYS, e.g. 10x150x28.

        Raises:
            ArgumentTypeError: It is none, or there are fewer than fifteen people a checkpoint.
        """
        match = re.fullmatch(r"([0-9]{1,4})x([0-9]{1,6})x([0-9]{1,3})", text)
        if match is None:
            raise ArgumentTypeError(f"{text!r} is not CHECKPOINTSxPEOPLExDAYS, such as 10x150x28")
        size = cls(*map(int, match.groups()))
        if min(size.checkpoints, size.days) < 1:
            raise ArgumentTypeError(f"{text} has no checkpoint, or no day")
        if size.people < (least := _PEOPLE * size.checkpoints):
            raise ArgumentTypeError(f"{text} has {size.people} people: {size.checkpoints} checkpoints need {least}")
        return size

    def __str__(self) -> str:
        """As `parse` reads it."""
        return f"{self.checkpoints}x{self.people}x{self.days}"


@dataclass(slots=True)
class _Worker:
    code: str
    home: str
    group: int
    no_night: bool = False
    work: dict[int, str] = field(default_factory=dict)  # the shift by day's number; history's are negative

    def can(self, day: int, shift: str) -> bool:
        """Whether the hard rules let them, before and after what they work already."""
        if day in self.work or (shift == NIGHT and self.no_night):
            return False
        before, after = self.work.get(day - 1), self.work.get(day + 1)
        if (before and _RANK[before] > _RANK[shift]) or (after and _RANK[shift] > _RANK[after]):
            return False
        if shift == NIGHT and all(self.work.get(day - back) == NIGHT for back in (1, 2, 3)):
            return False
        return all(sum(first + n in self.work for n in range(7)) < 6 for first in range(day - 6, day + 1))


def generate(size: Size, seed: int) -> RosterProblem:
    """A problem of this size that can be covered; the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311  a problem to measure by, not a secret
    names = {_code(number): _name(number) for number in range(size.checkpoints)}
    workers = []
    for number, checkpoint in enumerate(names):
        count = size.people // size.checkpoints + (number < size.people % size.checkpoints)
        workers += _crew(draw, checkpoint, count, size.days)
    for number, worker in enumerate(workers):
        worker.code = f"P{number + 1:04d}"
    people = _people(draw, workers, size)
    period = Period(START, size.days)
    demands = tuple(
        Demand(checkpoint, DatedShift(day, shift), heads, SEATS)
        for checkpoint in names
        for day in period.days
        for shift, heads in HEADS.items()
    )
    history = tuple(_history(workers, people))
    return RosterProblem(
        period, dict.fromkeys(names, THREE_SHIFTS), tuple(people), demands, history=history, names=names
    )


def drop_out(problem: RosterProblem, roster: Roster, first: date, seed: int, share: float = 0.05) -> RosterProblem:
    """The same problem once the roster is published and some of the people fall ill, from a day to the end.

    What lies before that day is pinned, but for the night that runs into it.
    """
    ill = random.Random(seed).sample(problem.people, round(share * len(problem.people)))  # noqa: S311  as above
    lasting = frozenset(first + timedelta(days=number) for number in range(problem.period.length + 2))
    codes = {person.code for person in ill}
    people = (replace(who, leave=who.leave | lasting) if who.code in codes else who for who in problem.people)
    eve = DatedShift(first - timedelta(days=1), NIGHT)
    pins = frozenset(
        one for one in roster.assignments if one.shift.day < first and not (one.person in codes and one.shift == eve)
    )
    return replace(problem, people=tuple(people), pins=pins, published=roster.assignments)


# --- the hidden roster -----------------------------------------------------------------------------------------------


def _crew(draw: random.Random, checkpoint: str, count: int, days: int) -> list[_Worker]:
    """A checkpoint's workers with their hidden work, history included."""
    while True:
        workers = [_Worker("", checkpoint, number // 5 if number < 15 else 3) for number in range(count)]
        for group in range(3):
            members = [worker for worker in workers if worker.group == group]
            members[-1].no_night = draw.random() < SHARES["no night"] * count / 3
        if all(_walk(draw, workers[5 * group : 5 * group + 5], days) for group in range(3)) and _one_more(
            draw, workers, days
        ):
            return workers


def _walk(draw: random.Random, group: list[_Worker], days: int) -> bool:
    """Put one of a group into every shift, day by day, going back where it does not go on."""
    order = [(day, shift) for day in range(-HISTORY_DAYS, days) for shift in (NIGHT, MIDDLE, EARLY)]
    tried: list[list[_Worker]] = []
    chosen: list[_Worker] = []
    for _ in range(40 * len(order)):
        if len(chosen) == len(order):
            return True
        day, shift = order[len(chosen)]
        if len(tried) == len(chosen):
            able = [worker for worker in group if worker.can(day, shift)]
            tried.append(sorted(able, key=lambda worker: _taste(draw, worker, day, shift)))
        if tried[-1]:
            worker = tried[-1].pop(0)
            worker.work[day] = shift
            chosen.append(worker)
        else:
            tried.pop()
            if not chosen:
                return False
            del chosen.pop().work[order[len(chosen)][0]]
    return False


def _taste(draw: random.Random, worker: _Worker, day: int, shift: str) -> float:
    """The lower the sooner: two days of a kind, then forward; whoever worked less."""
    lately = sum(day - back in worker.work for back in range(1, 8))
    goes_on = worker.work.get(day - 1) == shift and worker.work.get(day - 2) != shift
    return lately + draw.random() * 1.5 - 2 * goes_on


def _one_more(draw: random.Random, workers: list[_Worker], days: int) -> bool:
    """One more head in every early shift."""
    for day in range(-HISTORY_DAYS, days):
        able = [worker for worker in workers if worker.can(day, EARLY)]
        if not able:
            return False
        min(able, key=lambda worker: len(worker.work) + draw.random()).work[day] = EARLY
    return True


# --- the people ------------------------------------------------------------------------------------------------------


def _people(draw: random.Random, workers: list[_Worker], size: Size) -> list[Person]:
    """People who can work the hidden roster, and what else is said of them."""
    leads = _top_up(draw, workers, 0, SHARES["lead"])
    members = _top_up(draw, workers, 1, SHARES["quarantine unit"])
    recorders = _top_up(draw, workers, 2, SHARES["recorder"])
    homes = _homes(draw, workers)
    leave = _leave(draw, workers, size.days)
    people = []
    for worker in workers:
        duties = {Duty.CODE_CHECKER, draw.choice((Duty.TEMPERATURE, Duty.TRAFFIC))}
        duties |= {Duty.LEAD} if worker.code in leads else set()
        duties |= {Duty.RECORDER} if worker.code in recorders else set()
        units = {UNIT} if worker.code in members else {draw.choice(OTHER_UNITS)}
        if draw.random() < SHARES["two units"]:
            units.add(draw.choice(OTHER_UNITS))
        rookie = worker.group > 0 and worker.code not in leads and draw.random() < SHARES["rookie"] * 1.5
        older = not rookie and draw.random() < SHARES["older"] * 1.1
        people.append(
            Person(
                worker.code,
                draw.choice(_SURNAMES) + "".join(draw.sample(_GIVEN, draw.choice((1, 2)))),
                frozenset(units),
                frozenset(duties),
                homes[worker.code],
                birth_year=START.year - (draw.randint(55, 60) if older else draw.randint(21, 54)),
                since=START - timedelta(days=draw.randint(20, 200)) if rookie else None,
                leave=frozenset(START + timedelta(days=day) for day in leave[worker.code]),
                wishes=tuple(_wishes(draw, size.days)),
                no_night=worker.no_night,
            )
        )
    return people


def _top_up(draw: random.Random, workers: list[_Worker], group: int, share: float) -> set[str]:
    """A group's codes, and others' until they are this share of all."""
    core = {worker.code for worker in workers if worker.group == group}
    others = [worker.code for worker in workers if worker.group != group]
    return core | set(draw.sample(others, max(0, round(share * len(workers)) - len(core))))


def _homes(draw: random.Random, workers: list[_Worker]) -> dict[str, str]:
    """Where people belong: some work, in the hidden roster, for the next checkpoint."""
    homes = {worker.code: worker.home for worker in workers}
    checkpoints = sorted(set(homes.values()))
    for checkpoint in draw.sample(checkpoints, round(SHARES["checkpoints that lend somebody"] * len(checkpoints))):
        following = checkpoints[(checkpoints.index(checkpoint) + 1) % len(checkpoints)]
        homes[draw.choice([worker.code for worker in workers if worker.home == checkpoint])] = following
    return homes


def _leave(draw: random.Random, workers: list[_Worker], days: int) -> dict[str, set[int]]:
    """Stretches of one to three days that no shift of the hidden roster touches."""
    leave: dict[str, set[int]] = {worker.code: set() for worker in workers}
    left = round(SHARES["leave, of days"] * len(workers) * days)
    starts = [(worker, day) for worker in workers for day in range(days)]
    draw.shuffle(starts)
    for worker, start in starts:
        for day in range(start, min(days, start + draw.randint(1, 3))):
            touched = worker.work.get(day, NIGHT) != NIGHT or worker.work.get(day - 1) == NIGHT
            if touched or left == 0:
                break
            left -= day not in leave[worker.code]
            leave[worker.code].add(day)
    return leave


def _wishes(draw: random.Random, days: int) -> Iterator[Wish]:
    for number in range(days):
        day, chance = START + timedelta(days=number), draw.random()
        if chance < SHARES["wish to be off, of days"]:
            yield Wish(day, draw.choice((None, None, *HEADS)), weight=draw.randint(1, 10))
        elif chance > 1 - SHARES["wish to be on, of days"]:
            yield Wish(day, draw.choice((None, *HEADS)), off=False, weight=draw.randint(1, 3))


def _history(workers: list[_Worker], people: list[Person]) -> Iterator[Assignment]:
    for worker, person in zip(workers, people, strict=True):
        for day, shift in sorted(worker.work.items()):
            if day < 0:
                duty = min(person.duties - {Duty.LEAD}, key=str)
                yield Assignment(worker.code, worker.home, duty, DatedShift(START + timedelta(days=day), shift))


def _code(number: int) -> str:
    return f"C{number + 1:02d}"


def _name(number: int) -> str:
    return _NAMES[number] if number < len(_NAMES) else f"{number + 1} 号查验点"
