"""Somebody cannot come for a while: which shifts they leave, and the rest of the roster with the fewest changes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shifts.model import SHANGHAI, Assignment, RosterProblem
from shifts.problem_check import check_problem
from shifts.publishing import Change, difference
from shifts.repair import from_then_on, vacated_by, without
from shifts.solver import Progress, solve
from shifts.stints import stint_of, touched_days
from ui.roster.board import EditRefused


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody cannot come.

    Attributes:
        since: From when, aware; what they have begun by then they have worked.
        until: The last day, by the clock.
    """

    person: str
    since: datetime
    until: date

    @property
    def first(self) -> date:
        """The first day, of Beijing's calendar."""
        return self.since.astimezone(SHANGHAI).date()


@dataclass(frozen=True, slots=True)
class Mended:
    """The roster without them.

    Attributes:
        before: The roster it was found for.
        vacated: What they leave.
        assignments: All of the roster, what has begun as it was.
        fewest: So many people at least must be put in anew, as far as that was shown.
    """

    before: frozenset[Assignment]
    vacated: tuple[Assignment, ...]
    assignments: frozenset[Assignment]
    fewest: int

    @property
    def change(self) -> Change:
        """What it changes."""
        return difference(self.before, self.assignments)


def of_shift(problem: RosterProblem, one: Assignment, now: datetime) -> Absence:
    """For one shift, or what is left of it: until the day it ends."""
    start, _ = problem.shift(one).span(one.shift.day)
    clock = now.astimezone(SHANGHAI).replace(second=0, microsecond=0)
    since = max(start, clock)
    return Absence(one.person, since, max(since.date(), *touched_days(stint_of(problem, one))))


def vacated(
    problem: RosterProblem, assignments: Iterable[Assignment], away: Absence, now: datetime
) -> tuple[Assignment, ...]:
    """The shifts they leave that have not begun, in order of time.

    Raises:
        EditRefused: There are none, or the days run backward.
    """
    told = {"since": f"{away.since:%Y-%m-%d %H:%M}", "until": f"{away.until:%Y-%m-%d}"}
    if away.until < away.first:
        raise EditRefused("roster_absent_backward", **told)
    then = max(away.since, now)
    left = vacated_by(problem, assignments, {away.person}, away.first, away.until, now=then)
    if not left:
        last = problem.period.start + timedelta(days=problem.period.length - 1)
        over = then.astimezone(SHANGHAI).date() > last
        raise EditRefused("roster_absent_over" if over else "roster_absent_nothing", last=f"{last:%Y-%m-%d}", **told)
    return left


def asked_without(problem: RosterProblem, away: Absence) -> RosterProblem:
    """The problem for whom to ask: whoever is away stands in nowhere."""
    return without(problem, {away.person}, away.first, away.until)


def mend(
    problem: RosterProblem,
    assignments: frozenset[Assignment],
    away: Absence,
    now: datetime,
    *,
    seconds: float,
    progress: Callable[[Progress], bool],
) -> Mended:
    """Cover what they leave with the fewest changes from then on; what has begun stays.

    Raises:
        EditRefused: As `vacated`.
        SolveError: Nobody can stand in, it was stopped, or the time was up.
    """
    left = vacated(problem, assignments, away, now)
    then = max(away.since, now)
    rest, kept = from_then_on(problem, assignments, {away.person}, away.first, away.until, now=then)
    check_problem(rest)
    found = solve(rest, time_limit_s=seconds, progress=progress)
    return Mended(assignments, left, kept | found.assignments, found.fewest_changes)
