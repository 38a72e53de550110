"""What the board asks of the kept rosters, on the clerk's thread."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from db.engine import Database
from db.errors import RosterOverlaps
from shifts.errors import NotJson
from shifts.model import RosterProblem
from shifts.problem_file import read_problem
from shifts.publishing import Approval, Draft, begin, carry_over
from station import rosters
from station.access import AccessError
from station.roster_beside import with_neighbours
from station.roster_calendar import Calendars
from station.rosters import KeptDraft, Published
from station.rule_pack_file import shipped_packs
from station.texts import Language
from ui.arguments import read_file
from ui.roster.fairness import Share, shares
from ui.roster.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Loaded:
    """A roster to work on.

    Attributes:
        published: Its newest version; None: there was none yet.
        editable: Whoever is at the desk may plan.
        starts: The first days of all rosters there are, this one's among them.
        sheet: The draft, laid out.
        shares: Everybody's burden in it.
        carried: The draft was begun from an older version, and its changes stand on the newest now.
    """

    problem: RosterProblem
    draft: Draft
    published: Published | None
    editable: bool
    starts: tuple[date, ...]
    sheet: Sheet
    shares: dict[str, Share]
    carried: bool = False

    @property
    def outdated(self) -> bool:
        """Somebody published since the draft was begun."""
        return self.published is not None and self.draft.base != self.published.roster.version


def load(database: Database, *, officer: str | None, today: date, start: date | None = None) -> Loaded | None:
    """The roster that starts on a day, or the one to work on now: a draft in hand, else the one of today.

    Raises:
        RosterDamaged: It is not as it was written.
    """
    drafts, editable = _drafts(database, officer)
    known = {period.start for period in rosters.periods(database)} | {one.problem.period.start for one in drafts}
    mine = next((one for one in drafts if start in {None, one.problem.period.start}), None)
    if mine is not None:
        published = rosters.newest(database, mine.problem.period.start)
        moved = _carried_over(database, mine, published)
        problem, draft = moved or (mine.problem, mine.draft)
        told = _loaded(with_neighbours(database, problem), draft, published, known, editable=editable)
        return replace(told, carried=moved is not None)
    published = rosters.current(database, today) if start is None else rosters.newest(database, start)
    if published is None:
        return None
    problem = with_neighbours(database, replace(published.problem, published=published.roster.assignments))
    return _loaded(problem, begin(published.roster), published, known, editable=editable)


def save(database: Database, *, problem: RosterProblem, draft: Draft, station: str, by: str, now: datetime) -> None:
    """Keep the draft. Raises as `station.rosters.save_draft`."""
    rosters.save_draft(database, problem, draft, station=station, by=by, now=now)


def begin_from(database: Database, *, path: Path, station: str, by: str, now: datetime) -> date:
    """Keep an empty draft of the problem in a file; gives the first day of its roster.

    Raises:
        UsageError: The file cannot be read, or is too large.
        ProblemError: It is no problem's document.
        AccessError: They may not plan.
    """
    try:
        problem = read_problem(read_file(path).decode("utf-8-sig"), shipped_packs())
    except UnicodeDecodeError as error:
        raise NotJson(line=1, column=1, what="UTF-8") from error
    newest = rosters.newest(database, problem.period.start)
    draft = begin(newest.roster) if newest else Draft(0, problem.published)
    rosters.save_draft(database, problem, draft, station=station, by=by, now=now)
    return problem.period.start


def may_plan(database: Database, *, by: str) -> None:
    """Whether they may have drafts.

    Raises:
        AccessError: They may not.
    """
    rosters.drafts(database, by=by)


def begin_new(database: Database, *, problem: RosterProblem, station: str, by: str, now: datetime) -> date:
    """Keep an empty draft of a problem, with what is published around it as its history; gives its first day.

    Raises:
        RosterOverlaps: There is a roster, or a draft of theirs, with one of its days.
        AccessError: They may not plan.
    """
    taken = [*rosters.periods(database), *(one.problem.period for one in rosters.drafts(database, by=by))]
    last = problem.period.start + timedelta(days=problem.period.length)
    for period in taken:
        after = period.start + timedelta(days=period.length)
        if period.start < last and problem.period.start < after:
            told = (after - timedelta(days=1)).isoformat()
            raise RosterOverlaps(start=period.start.isoformat(), last=told)
    empty = Draft(0, frozenset())
    rosters.save_draft(database, with_neighbours(database, problem), empty, station=station, by=by, now=now)
    return problem.period.start


def calendar(database: Database, *, person: str, language: Language, now: datetime) -> bytes:
    """Somebody's published shifts as a calendar.

    Raises:
        RosterRefused: There never were any.
    """
    return Calendars(rosters.versions(database), language, now).of(person)


def drop(database: Database, *, start: date, station: str, by: str, now: datetime) -> None:
    """Give the draft up. Raises as `station.rosters.drop_draft`."""
    rosters.drop_draft(database, start, station=station, by=by, now=now)


def publish(
    database: Database,
    *,
    problem: RosterProblem,
    draft: Draft,
    approvals: Iterable[Approval],
    lead: tuple[str, str],
    officer: str | None,
    station: str,
    now: datetime,
) -> Published:
    """Publish the draft; whoever had it in hand is done with it. Raises as `station.rosters.publish`."""
    done = rosters.publish(database, problem, draft, station=station, lead=lead, now=now, approvals=approvals)
    if officer is not None and officer != lead[0]:
        rosters.drop_draft(database, problem.period.start, station=station, by=officer, now=now)
    return done


def _carried_over(database: Database, mine: KeptDraft, newest: Published | None) -> tuple[RosterProblem, Draft] | None:
    """A draft that somebody published past, on the newest version: a swap elsewhere costs nobody their edits.

    None where there is nothing to carry, both changed the same, or what is demanded is another now.
    """
    if newest is None or mine.draft.base in {0, newest.roster.version}:
        return None
    every = rosters.versions(database, newest.roster.period.start)
    base = next((one for one in every if one.roster.version == mine.draft.base), None)
    if base is None or replace(base.problem, pins=frozenset()) != replace(newest.problem, pins=frozenset()):
        return None
    draft = carry_over(mine.draft, base.roster, newest.roster)
    if draft is None:
        return None
    gone = base.roster.assignments - newest.roster.assignments
    return replace(mine.problem, pins=mine.problem.pins - gone, published=newest.roster.assignments), draft


def _loaded(
    problem: RosterProblem, draft: Draft, published: Published | None, starts: Iterable[date], *, editable: bool
) -> Loaded:
    """With what takes a while to find out."""
    sheet = Sheet(problem, draft.assignments)
    burden = shares(problem, draft.assignments)
    return Loaded(problem, draft, published, editable, tuple(sorted(starts)), sheet, burden)


def _drafts(database: Database, officer: str | None) -> tuple[tuple[KeptDraft, ...], bool]:
    """Their drafts, and whether they may have any."""
    if officer is None:
        return (), False
    try:
        return rosters.drafts(database, by=officer), True
    except AccessError:
        return (), False
