"""The roster every face asks: what is published, what a lead has in hand, and the one way from this to that."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from db import events, people, rosters
from db.engine import Database
from db.records import EventRecord, RosterDraftRecord, RosterRecord, new_id
from shifts import model, publishing
from shifts.model import SHANGHAI, Period, Roster, RosterProblem
from shifts.problem_file import read_problem, write_problem
from shifts.publishing import Approval, Draft, Unchanged
from shifts.rules import check
from station import roster_json
from station.access import AccessError, Action, known, may, require, sign_in
from station.passages import to_json
from station.roster_beside import OWN_DISTRICT as OWN_DISTRICT  # noqa: PLC0414 -- everybody asks here for it
from station.roster_beside import Beside, beside


class RosterRefused(Exception):
    """What was asked of the rosters cannot be; `code` says why."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Published:
    """A published version with all that stands beside it.

    Attributes:
        problem: What it was held to when it was published.
        approvals: Words of leads for hard breaches it has.
    """

    roster: Roster
    problem: RosterProblem
    by: str
    at: datetime
    approvals: tuple[Approval, ...]


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as it was saved last."""

    problem: RosterProblem
    draft: Draft
    saved_at: datetime


# --- what is published -----------------------------------------------------------------------------------------------


def periods(database: Database, *, district: str = OWN_DISTRICT) -> tuple[Period, ...]:
    """The period of each roster that was ever published, by time; no two share a day."""
    return tuple(Period(start, length) for start, length in rosters.periods(database, district))


def newest(database: Database, start: date, *, district: str = OWN_DISTRICT) -> Published | None:
    """The newest version of the roster that starts on this day.

    Raises:
        RosterDamaged: It is not as it was written.
    """
    record = rosters.newest(database, district, start)
    return None if record is None else published_from(record)


def holding(database: Database, day: date, *, district: str = OWN_DISTRICT) -> Published | None:
    """The newest version of the roster that has this day. Raises as `newest`."""
    found = next((one for one in periods(database, district=district) if day in one), None)
    return None if found is None else newest(database, found.start, district=district)


def current(database: Database, day: date, *, district: str = OWN_DISTRICT) -> Published | None:
    """The roster of this day; else the next to come, else the last there was. Raises as `newest`."""
    known = periods(database, district=district)
    to_come = [one for one in known if day < one.start + timedelta(days=one.length)]
    wanted = next(iter(to_come or known[-1:]), None)
    return None if wanted is None else newest(database, wanted.start, district=district)


def versions(database: Database, start: date | None = None, *, district: str = OWN_DISTRICT) -> tuple[Published, ...]:
    """Every version in the order they were published; of one roster, if `start` is given. Raises as `newest`."""
    return tuple(published_from(record) for record in rosters.versions(database, district, start))


def on_duty(
    database: Database, checkpoint: str, now: datetime, *, district: str = OWN_DISTRICT
) -> tuple[str, ...] | None:
    """Codes of the people on duty at a checkpoint now by the roster, leads first; None where no roster says.

    Raises:
        RosterDamaged: The roster is not as it was written.
    """
    today = now.astimezone(SHANGHAI).date()
    for day in (today, today - timedelta(days=1)):  # a night shift belongs to the day before
        found = holding(database, day, district=district)
        plan = found.problem.plans.get(checkpoint) if found else None
        if found and plan and plan.at(now).day == day:
            return model.on_duty(found.roster.assignments, plan, checkpoint, now)
    return None


def of_shift(
    database: Database, checkpoint: str, shift: model.DatedShift, *, district: str = OWN_DISTRICT
) -> tuple[model.Assignment, ...] | None:
    """Who is to be at a checkpoint in a shift, leads first; None where no roster has such a shift there.

    Raises:
        RosterDamaged: The roster is not as it was written.
    """
    found = next((one for one in periods(database, district=district) if shift.day in one), None)
    record = None if found is None else rosters.newest(database, district, found.start)
    there = frozenset() if record is None else roster_json.assignments_at(record.assignments, checkpoint)
    if not any(one.shift.code == shift.code for one in there):
        return None
    order = list(model.Duty)
    wanted = [one for one in there if one.shift == shift]
    return tuple(sorted(wanted, key=lambda one: (order.index(one.duty), one.person)))


# --- drafts ----------------------------------------------------------------------------------------------------------


def save_draft(
    database: Database,
    problem: RosterProblem,
    draft: Draft,
    *,
    station: str,
    by: str,
    now: datetime,
    district: str = OWN_DISTRICT,
) -> None:
    """Keep somebody's draft, with its undo, in place of what they had for this period.

    Raises:
        AccessError: They may not plan.
        ProblemError: The problem contradicts itself.
    """
    require(database, known(by), Action.PLAN, station=station, now=now)
    record = RosterDraftRecord(
        district=district,
        start=problem.period.start,
        person=by,
        length=problem.period.length,
        problem=_checked(problem),
        draft=roster_json.draft_to(draft),
        saved_at=now,
    )
    rosters.save_draft(database, record)


def drafts(database: Database, *, by: str, district: str = OWN_DISTRICT) -> tuple[KeptDraft, ...]:
    """Somebody's drafts, the one saved last first.

    Raises:
        AccessError: They may not plan; no event, as every board asks so whether it may be worked on.
    """
    person = people.get(database, by)
    if person is None or not person.active or not may(person.role, Action.PLAN):
        raise AccessError("not_allowed", person=by)
    return tuple(
        KeptDraft(_problem(record.problem), roster_json.draft_from(record.draft), record.saved_at)
        for record in rosters.drafts(database, district, by)
    )


def drop_draft(
    database: Database, start: date, *, station: str, by: str, now: datetime, district: str = OWN_DISTRICT
) -> None:
    """Give somebody's draft up.

    Raises:
        AccessError: They may not plan.
    """
    require(database, known(by), Action.PLAN, station=station, now=now)
    with database.write() as connection:
        rosters.drop_draft_within(connection, district, start, by)


# --- publishing ------------------------------------------------------------------------------------------------------


def publish(
    database: Database,
    problem: RosterProblem,
    draft: Draft,
    *,
    station: str,
    lead: tuple[str, str],
    now: datetime,
    approvals: Iterable[Approval] = (),
    district: str = OWN_DISTRICT,
) -> Published:
    """Publish a draft as the next version; the lead's own draft of the period is done with.

    It is held to what is published around it by now. Words given for the version before, or beside it, go on holding
    for what they were given for.

    Args:
        database: Where.
        problem: What it is held to; of days published beside it its history says what stands there now.
        draft: What is published.
        station: Where it is done.
        lead: Code and PIN.
        now: When.
        approvals: Their words for hard breaches; whose they are is written here.
        district: Whose roster.

    Raises:
        AccessError: A wrong PIN, or a role that may not.
        RosterRefused: A word without a reason, or a period without a day.
        ProblemError: The problem contradicts itself.
        Unchanged: It is as the newest version is.
        Unpublishable: A hard breach without a word for it.
        Outdated: Somebody published meanwhile.
        Overtaken: Somebody published beside it meanwhile.
        RosterOverlaps: Another roster has some of these days.
        RosterDamaged: The version before is not as it was written.
    """
    actor, by = sign_in(database, *lead, station=station, now=now), lead[0]
    require(database, actor, Action.PUBLISH, station=station, now=now)
    words = own_words(approvals, by)
    if words:
        require(database, actor, Action.APPROVE, station=station, now=now)
    if not problem.period.length:
        raise RosterRefused("roster_no_days")
    around = beside(database, problem.period, district=district)
    before = newest(database, problem.period.start, district=district)
    if before is not None and draft.base == before.roster.version and _is_as(before, problem, draft):
        raise Unchanged(before.roster.version)
    words = (*words, *(before.approvals if before else ()), *around.words)
    roster = publishing.publish(around.clocked(problem), draft, before.roster if before else None, words)
    done, record = to_publish(problem, roster, words, around, station=station, by=by, at=now)
    with database.write() as connection:
        around.must_stand(connection)
        rosters.append_within(database, connection, record)
        rosters.drop_draft_within(connection, district, roster.period.start, by)
        events.append_within(database, connection, event_of(record))
    return done


def own_words(approvals: Iterable[Approval], by: str) -> tuple[Approval, ...]:
    """Approvals as one person's own.

    Raises:
        RosterRefused: One gives no reason.
    """
    words = tuple(replace(one, by=by, why=one.why.strip()) for one in approvals)
    if not all(one.why for one in words):
        raise RosterRefused("reason_blank")
    return words


def to_publish(
    problem: RosterProblem,
    roster: Roster,
    approvals: Iterable[Approval],
    around: Beside,
    *,
    station: str,
    by: str,
    at: datetime,
) -> tuple[Published, RosterRecord]:
    """A version as it is to be published, and its record: of the words, those that are about a breach it has.

    Raises:
        ProblemError: The problem contradicts itself.
    """
    problem = replace(around.told_to(problem), published=frozenset())  # each version before is kept as itself
    given = tuple(approvals)
    words = publishing.standing(check(around.clocked(problem), roster.assignments), given) if given else ()
    record = RosterRecord(
        station=station,
        id=new_id(),
        district=around.district,
        start=roster.period.start,
        length=roster.period.length,
        version=roster.version,
        published_at=at,
        published_by=by,
        problem=_checked(problem),
        assignments=roster_json.assignments_to(roster.assignments),
        approvals=roster_json.approvals_to(words),
        refused=roster_json.wishes_to(roster.refused),
    )
    return Published(roster, problem, by, at, words), record


@lru_cache(maxsize=4)
def published_from(record: RosterRecord) -> Published:
    """A version from its record; who is on duty is asked often, and a district's roster takes a while to read."""
    roster = Roster(
        Period(record.start, record.length),
        roster_json.assignments_from(record.assignments),
        record.version,
        published=True,
        refused=roster_json.wishes_from(record.refused),
    )
    problem = _problem(record.problem)
    words = (
        replace(one, finding=publishing.with_hours(problem, one.finding))
        for one in roster_json.approvals_from(record.approvals)
    )
    return Published(roster, problem, record.published_by, record.published_at, tuple(words))


def event_of(record: RosterRecord) -> EventRecord:
    """That a version was published."""
    told = {"start": record.start, "version": record.version}
    return EventRecord(
        station=record.station,
        id=new_id(),
        at=record.published_at,
        kind="roster_published",
        actor=record.published_by,
        details=to_json(told),
    )


# --- within ----------------------------------------------------------------------------------------------------------


def _is_as(before: Published, problem: RosterProblem, draft: Draft) -> bool:
    """Whether a draft is what is published; what stands around it is not its own."""
    alike = (replace(one, published=frozenset(), history=()) for one in (problem, before.problem))
    return draft.assignments == before.roster.assignments and next(alike) == next(alike)


def _checked(problem: RosterProblem) -> str:
    """The problem's document, which can be read back for sure."""
    text = write_problem(problem)
    _problem(text)
    return text


@lru_cache(maxsize=4)
def _problem(text: str) -> RosterProblem:
    """A kept problem; one version's is mostly the next one's too."""
    return read_problem(text)
