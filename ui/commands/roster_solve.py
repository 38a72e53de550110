"""`station roster generate` and `repair`: a roster made, or mended where somebody cannot come."""

import argparse
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from shifts.errors import Cancelled, Infeasible, OutOfTime
from shifts.model import Assignment, DatedShift, Roster, RosterProblem, Wish
from shifts.problem_check import check_problem
from shifts.publishing import difference
from shifts.repair import Candidate, from_then_on, replacements, vacated_by, without
from shifts.rule_pack import Severity
from shifts.rules import Breach
from shifts.rules import check as check_rules
from shifts.solver import Phase, Progress, solve
from station import texts, texts_infeasible, texts_roster
from station.texts import Language, Pair, pick
from ui import console
from ui.commands.roster_check import (
    assignment_as_json,
    breaches_as_json,
    count,
    must_be_writable,
    read_problem_file,
    read_roster_file,
    sentences,
    write_roster_file,
)

_PHASES: dict[Phase, Pair] = {
    Phase.COVER: ("排满各班", "covering every shift"),
    Phase.POLISH: ("求公平、顾意愿", "making it fair"),
    Phase.EXPLAIN: ("查找缺口", "looking for what lacks"),
}
_PROGRESS: Pair = ("{phase} {done}/{parts}，{seconds:.0f} 秒", "{phase} {done}/{parts}, {seconds:.0f} s")
_COST: Pair = ("，代价 {best:.0f}，至少 {bound:.0f}", ", cost {best:.0f}, at least {bound:.0f}")
_STOPPED: Pair = ("已停止，写出目前最好的班表", "Stopped: the best roster so far is written")
_WRITTEN: Pair = (
    "{count} 个班次已写入 {file}：提醒 {warnings} 处，未能满足意愿 {refused} 个",
    "{count} assignments written to {file}: {warnings} warnings, {refused} wishes refused",
)
_REFUSED: Pair = ("未能满足 {who}：{wishes}", "Refused to {who}: {wishes}")
_CHANGED: Pair = (
    "空出 {vacated} 个班：新排 {people} 人次，另有 {duties} 人次只换岗位",
    "Shifts vacated: {vacated}; people put in: {people}; same shift, another duty: {duties}",
)
_FEWEST: Pair = (
    "已证明：至少要新排 {fewest} 人次，不能更少",
    "Proven: no fewer people than {fewest} can be put in",
)
_AT_LEAST: Pair = (
    "至少要新排 {fewest} 人次；能否少于 {people} 没有查完",
    "At least {fewest} people must be put in; whether fewer than {people} would do was not settled",
)
_VACATED: Pair = ("{place} {when} {duty}，由谁顶替：", "{place}, {when}, {duty}: who can stand in?")
_HEADER = {
    "zh": ("名次", "可否", "姓名", "已排小时", "已排夜班", "理由"),
    "en": ("rank", "can", "name", "hours", "nights", "reasons"),
}
_LINE_EVERY = 5.0
"""Seconds between two lines of progress where they cannot be written over."""


def generate(options: argparse.Namespace) -> int:
    """Make a roster and write it."""
    must_be_writable(options.out, options.problem)
    problem = read_problem_file(options.problem)
    found = _solved(problem, options, problem)
    if isinstance(found, int):
        return found
    write_roster_file(options.out, found.assignments)
    breaches = check_rules(problem, found.assignments)
    if options.json:
        console.say_json(_as_json(found, breaches, problem, options))
    else:
        _tell(found, breaches, problem, options)
    return console.PASSED if not count(breaches, Severity.HARD) else console.REFUSED


def repair(options: argparse.Namespace) -> int:
    """Tell who can stand in for somebody, shift by shift; or solve the rest anew."""
    problem, assignments = read_problem_file(options.problem), read_roster_file(options.roster)
    options.first, options.now = options.since
    options.last = options.last or max((options.first, *problem.period.days[-1:]))
    _must_make_sense(options, problem)
    unknown = [one for one in check_rules(problem, assignments) if one.rule == "unknown"]
    if unknown:
        for line in sentences(unknown, problem, options.language):
            console.warn(line)
        return console.REFUSED
    vacated = vacated_by(problem, assignments, options.ill, options.first, options.last, now=options.now)
    if not vacated:
        return _nothing_vacated(options)
    if options.solve:
        return _solve_anew(options, problem, assignments, vacated)
    left = assignments.difference(vacated)
    asked = without(problem, options.ill, options.first, options.last)  # nobody stands in who is ill as well
    ranked = {one: replacements(asked, {*left, one}, one) for one in vacated}
    if options.json:
        console.say_json({"vacated": [_ranked_as_json(one, ranked[one], problem, options) for one in vacated]})
    else:
        for one in vacated:
            console.say(_vacated(one, problem, options.language))
            console.say(_table(ranked[one][: options.limit], problem, options.language))
            console.say()
    return console.PASSED if all(found and found[0].possible for found in ranked.values()) else console.REFUSED


def _must_make_sense(options: argparse.Namespace, problem: RosterProblem) -> None:
    """Refuse people nobody knows, days that run backwards, and a solution with nowhere to go."""
    for code in options.ill:
        if code not in {person.code for person in problem.people}:
            raise console.UsageError("person_unknown", person=code)
    if options.last < options.first:
        raise console.UsageError("days_backward", since=options.first.isoformat(), until=options.last.isoformat())
    if options.solve and options.out is None:
        raise console.UsageError("usage_missing", what="--out", help="station roster repair --help")


def _nothing_vacated(options: argparse.Namespace) -> int:
    since = f"{options.now:%Y-%m-%d %H:%M}" if options.now else options.first.isoformat()
    told = {"person": pick(("、", ", "), options.language).join(options.ill), "day": since}
    text = texts.error("roster_nothing_vacated", told, options.language)
    if options.json:
        console.say_json({"vacated": []})
    else:
        console.say(text)
    return console.PASSED


def _solve_anew(
    options: argparse.Namespace,
    problem: RosterProblem,
    assignments: frozenset[Assignment],
    vacated: tuple[Assignment, ...],
) -> int:
    must_be_writable(options.out, options.problem, options.roster)
    remaining, kept = from_then_on(problem, assignments, options.ill, options.first, options.last, now=options.now)
    check_problem(remaining)
    found = _solved(remaining, options, problem)
    if isinstance(found, int):
        return found
    after = kept | found.assignments
    write_roster_file(options.out, after)
    hard = [one for one in check_rules(problem, after) if one.severity is Severity.HARD]
    change = difference(assignments, after)
    before, people = {_place(one): one for one in change.removed}, _in_order(change.newly_placed)
    duties = _in_order(change.added - change.newly_placed)
    told = {"vacated": len(vacated), "changed": len(change.added), "people": len(people), "duties": len(duties)}
    told["fewest"] = found.fewest_changes
    if options.json:
        removed, added = (
            [assignment_as_json(one) for one in _in_order(part)] for part in (change.removed, change.added)
        )
        left = {"hard": len(hard), "breaches": breaches_as_json(hard, problem, options.language)}
        console.say_json({"file": str(options.out), **told, "removed": removed, "added": added} | left)
    else:
        known = texts_roster.names(problem, options.language)
        console.say(pick(_CHANGED, options.language).format(**told))
        if people:
            proven = len(people) == found.fewest_changes
            console.say(pick(_FEWEST if proven else _AT_LEAST, options.language).format(**told))
        gone = change.removed.difference(before[_place(one)] for one in duties)
        for sign, part in (("-", _in_order(gone)), ("+", people)):
            for one in part:
                console.say(f"{sign} {_placed(one, known, options.language)} {known[one.person]}")
        for one in duties:
            now = pick(texts_roster.DUTIES[one.duty], options.language)
            console.say(f"~ {_placed(before[_place(one)], known, options.language)} → {now} {known[one.person]}")
        console.say(str(options.out))
        for line in sentences(hard, problem, options.language):
            console.warn(line)
    return console.REFUSED if hard else console.PASSED


# --- the search ------------------------------------------------------------------------------------------------------


def _solved(problem: RosterProblem, options: argparse.Namespace, named: RosterProblem) -> Roster | int:
    """The roster; or the exit code, once what stands in the way was said."""
    teller = _Teller(options.language)
    try:
        with _interrupt_once(teller.stop):
            roster = solve(
                problem,
                time_limit_s=options.seconds,
                seed=options.seed,
                progress=teller.hear,
                reproducible=options.reproducible,
            )
    except Infeasible as found:
        teller.end()
        return _say_infeasible(found, named, options)
    except (OutOfTime, Cancelled) as found:
        teller.end()
        text = console.sentence(found, options.language)
        console.warn(text)
        if options.json:
            console.say_json({"error": {"code": found.code, "text": text}})
        return console.INTERRUPTED if isinstance(found, Cancelled) else console.REVIEWED
    teller.end()
    if teller.stopped:
        console.warn(pick(_STOPPED, options.language))
    return roster


def _say_infeasible(found: Infeasible, problem: RosterProblem, options: argparse.Namespace) -> int:
    known = texts_roster.names(problem, options.language)
    text = texts_infeasible.summary(found, options.language)
    lines = texts_infeasible.infeasible(found, known, options.language)
    for line in (text, *lines):
        console.warn(line)
    if options.json:
        console.say_json({"error": _infeasible_as_json(found, text, known, options.language)})
    return console.REFUSED if found.proven else console.REVIEWED


def _infeasible_as_json(
    found: Infeasible, text: str, known: dict[str, str], language: Language
) -> dict[str, str | bool | list[str]]:
    limits = dict.fromkeys(limit for reason in found.reasons for limit in reason.limits)
    return {
        "code": texts_infeasible.code_of(found),
        "text": text,
        "shortages": [texts_infeasible.shortage(one, known, language) for one in found.shortages],
        "conflicts": [texts_infeasible.conflict(one, known, language) for one in found.conflicts],
        "rules": [texts_infeasible.limit(one, language) for one in limits],
        "why": texts_infeasible.why(found, known, language),
        "proven": found.proven,
    }


@dataclass(slots=True)
class _Teller:
    """Progress on standard error: one line, written over where there is a terminal."""

    language: Language
    stopped: bool = False
    _last: tuple[Phase | None, float] = (None, 0.0)
    _width: int = 0
    _whole: bool = field(default_factory=lambda: not sys.stderr.isatty())

    def stop(self) -> None:
        """Be content with what is found."""
        self.stopped = True

    def hear(self, progress: Progress) -> bool:
        """Tell of it; False stops the search."""
        phase, seconds = self._last
        if phase is not progress.phase or progress.seconds - seconds >= (_LINE_EVERY if self._whole else 0.2):
            self._last = progress.phase, progress.seconds
            self._say(self._line(progress))
        return not self.stopped

    def end(self) -> None:
        """Leave the line."""
        if self._width:
            console.warn("")

    def _line(self, progress: Progress) -> str:
        line = pick(_PROGRESS, self.language).format(
            phase=pick(_PHASES[progress.phase], self.language),
            done=progress.done,
            parts=progress.parts,
            seconds=progress.seconds,
        )
        if progress.best is not None and progress.bound is not None:
            line += pick(_COST, self.language).format(best=progress.best, bound=progress.bound)
        return line

    def _say(self, line: str) -> None:
        if self._whole:
            console.warn(line)
            return
        width = console.width(line)
        print("\r" + line + " " * (self._width - width), end="", file=sys.stderr, flush=True)
        self._width = width


@contextmanager
def _interrupt_once(stop: Callable[[], None]) -> Iterator[None]:
    """The first Ctrl-C stops the search, the second the program."""

    def interrupted(*_: object) -> None:
        stop()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# --- words -----------------------------------------------------------------------------------------------------------


def _tell(roster: Roster, breaches: tuple[Breach, ...], problem: RosterProblem, options: argparse.Namespace) -> None:
    language: Language = options.language
    known = texts_roster.names(problem, language)
    told = {
        "count": len(roster.assignments),
        "file": options.out,
        "warnings": count(breaches, Severity.WARNING),
        "refused": len(roster.refused),
    }
    console.say(pick(_WRITTEN, language).format(**told))
    wishes: dict[str, list[Wish]] = {}
    for person, wish in roster.refused:
        wishes.setdefault(person, []).append(wish)
    for person, refused in wishes.items():
        listed = pick(("、", ", "), language).join(texts_roster.wish(wish, language) for wish in refused)
        console.say(pick(_REFUSED, language).format(who=known[person], wishes=listed))
    for line in sentences([one for one in breaches if one.severity is Severity.HARD], problem, language):
        console.warn(line)


def _as_json(
    roster: Roster, breaches: tuple[Breach, ...], problem: RosterProblem, options: argparse.Namespace
) -> dict[str, Any]:
    return {
        "file": str(options.out),
        "assignments": len(roster.assignments),
        **{level.name.lower(): count(breaches, level) for level in (Severity.HARD, Severity.WARNING)},
        "refused": [
            {
                "person": person,
                "day": wish.day.isoformat(),
                "shift": wish.shift,
                "off": wish.off,
                "text": texts_roster.wish(wish, options.language),
            }
            for person, wish in roster.refused
        ],
        "breaches": breaches_as_json(
            [one for one in breaches if one.severity is Severity.HARD], problem, options.language
        ),
    }


def _vacated(one: Assignment, problem: RosterProblem, language: Language) -> str:
    known = texts_roster.names(problem, language)
    return pick(_VACATED, language).format(
        place=known.get(one.checkpoint, one.checkpoint),
        when=texts_roster.shift(one.shift, language),
        duty=pick(texts_roster.DUTIES[one.duty], language),
    )


def _table(candidates: Iterable[Candidate], problem: RosterProblem, language: Language) -> str:
    """A line for each candidate, and one for each further reason; the name is said once."""
    known, rows = texts_roster.names(problem, language), []
    for rank, one in enumerate(candidates, 1):
        unnamed = {**known, one.person.code: ""}
        first, *more = [texts_roster.breach(breach, unnamed, language).strip() for breach in one.breaches] or [""]
        mark, load = "✓" if one.possible else "✗", (f"{one.hours:g}", str(one.nights))
        rows.append((str(rank), mark, known[one.person.code], *load, first))
        rows += [("", "", "", "", "", reason) for reason in more]
    return console.table(_HEADER[language], rows)


def _ranked_as_json(
    one: Assignment, candidates: tuple[Candidate, ...], problem: RosterProblem, options: argparse.Namespace
) -> dict[str, Any]:
    return assignment_as_json(one) | {
        "candidates": [
            {
                "person": candidate.person.code,
                "name": candidate.person.name,
                "possible": candidate.possible,
                "hours": candidate.hours,
                "nights": candidate.nights,
                "reasons": breaches_as_json(candidate.breaches, problem, options.language),
            }
            for candidate in candidates[: options.limit]
        ]
    }


def _placed(one: Assignment, known: dict[str, str], language: Language) -> str:
    place, when = known.get(one.checkpoint, one.checkpoint), texts_roster.shift(one.shift, language)
    return f"{when} {place} {pick(texts_roster.DUTIES[one.duty], language)}"


def _place(one: Assignment) -> tuple[str, str, DatedShift]:
    """Who stands where and when, whatever they do there."""
    return one.person, one.checkpoint, one.shift


def _in_order(assignments: Iterable[Assignment]) -> list[Assignment]:
    return sorted(assignments, key=lambda one: (one.shift.day, one.checkpoint, one.shift.code, one.duty, one.person))
