"""Swaps as people do them: each act with code and PIN, held against the newest roster, kept step by step."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby

from db import events, rosters, swaps
from db.engine import Database
from db.records import EventRecord, PersonRecord, RosterRecord, SwapStepRecord, new_id
from shifts.model import Assignment
from shifts.publishing import Approval, Outdated
from shifts.swaps import ENDS, Act, Kind, Stage, Step, Swap, SwapError, propose, settle, step
from station import roster_json
from station.access import AccessError, Action, authorise, may
from station.passages import to_json
from station.rosters import OWN_DISTRICT, Published, RosterRefused, event_of, holding, newest, own_words, to_publish


def offer(
    database: Database,
    kind: Kind,
    *,
    cell: Assignment,
    partner: str,
    until: datetime,
    station: str,
    who: tuple[str, str],
    now: datetime,
    other: Assignment | None = None,
    why: str = "",
    district: str = OWN_DISTRICT,
) -> Swap:
    """Think of a swap and offer it, in one act.

    Args:
        database: Where.
        kind: Whose shift goes to whom; only a lead may act for somebody absent.
        cell: The shift that changes hands.
        partner: As `shifts.swaps.Swap` says.
        until: When the offer ends by itself.
        station: Where it is done.
        who: Code and PIN of whoever asks.
        now: When.
        other: In an exchange, the shift given for it.
        why: Their reason, kept.
        district: Whose roster.

    Raises:
        AccessError: A wrong PIN, a role that may not, or a partner nobody knows.
        RosterRefused: No roster has that day.
        SwapError: These shifts cannot be swapped.
        Outdated: The roster has a new version meanwhile.
    """
    person = authorise(database, *who, Action.SWAP, station=station, now=now)
    published = holding(database, cell.shift.day, district=district)
    if published is None:
        raise RosterRefused("roster_none")
    if kind is Kind.ACT and not _is_lead(person):
        raise AccessError("not_allowed", person=person.code)
    if partner not in {one.code for one in published.problem.people}:
        raise AccessError("person_unknown", person=partner)
    roster = published.roster
    thought = propose(new_id(), kind, roster, cell=cell, other=other, asker=person.code, partner=partner, until=until)
    swap = step(
        thought,
        Act.OFFER,
        roster,
        published.problem,
        by=person.code,
        at=now,
        why=why.strip(),
        is_lead=_is_lead(person),
    )
    _keep(database, swap, published, station=station, district=district)
    return swap


def act(
    database: Database,
    swap_id: str,
    what: Act,
    *,
    station: str,
    who: tuple[str, str],
    now: datetime,
    why: str = "",
    approvals: Iterable[Approval] = (),
) -> Swap:
    """Act on a swap. Publishing it publishes the roster's next version in the same transaction.

    Args:
        database: Where.
        swap_id: Which.
        what: What is done; `OFFER` is the first step's alone.
        station: Where it is done.
        who: Code and PIN.
        now: When.
        why: Their reason, kept.
        approvals: A lead's words for hard breaches; whose they are is written here.

    Raises:
        AccessError: A wrong PIN, or a role that may not.
        RosterRefused: No such swap, or a word without a reason.
        SwapError: The act does not fit the stage, or is not theirs; or its time is not over yet.
        SwapMoved: Somebody else acted on it meanwhile.
        Outdated: The roster has a new version meanwhile.
        Unpublishable: The roster as a whole breaks a hard rule for which there is no word.
    """
    person = authorise(database, *who, Action.SWAP, station=station, now=now)
    lead = _is_lead(person)
    swap, published, district = _found(database, swap_id)
    words = own_words(approvals, person.code)
    if words and not lead:
        raise AccessError("not_allowed", person=person.code)
    if what is Act.EXPIRE and now <= swap.until:
        raise SwapError(act=str(what), stage=str(swap.stage))
    standing = (*words, *published.approvals)
    roster, problem = published.roster, published.problem
    if what is Act.PUBLISH:
        after, version = settle(swap, roster, problem, by=person.code, at=now, is_lead=lead, approvals=standing)
    else:
        after, version = (
            step(
                swap,
                what,
                roster,
                problem,
                by=person.code,
                at=now,
                why=why.strip(),
                is_lead=lead,
                approvals=standing,
            ),
            None,
        )
    record = None
    if version is not None:
        _, record = to_publish(problem, version, standing, station=station, by=person.code, at=now, district=district)
    _keep(database, after, published, station=station, district=district, words=words, version=record)
    return after


def find(database: Database, swap_id: str) -> Swap:
    """A swap with its history.

    Raises:
        RosterRefused: There is none.
    """
    return _found(database, swap_id)[0]


def of_roster(database: Database, start: date, *, district: str = OWN_DISTRICT) -> tuple[Swap, ...]:
    """The swaps about the roster that starts on this day, in the order they were begun."""
    steps = swaps.of_roster(database, district, start)
    return tuple(_swap(list(own)) for _, own in groupby(steps, key=lambda one: one.swap))


def is_open(swap: Swap, now: datetime) -> bool:
    """Whether anything can still come of it."""
    return swap.stage not in ENDS and now <= swap.until


# --- within ----------------------------------------------------------------------------------------------------------


def _is_lead(person: PersonRecord) -> bool:
    return may(person.role, Action.APPROVE)


def _found(database: Database, swap_id: str) -> tuple[Swap, Published, str]:
    steps = swaps.steps(database, swap_id)
    published = newest(database, steps[0].start, district=steps[0].district) if steps else None
    if published is None:
        raise RosterRefused("swap_unknown", swap=swap_id)
    return _swap(steps), published, steps[0].district


def _swap(steps: list[SwapStepRecord]) -> Swap:
    first = roster_json.proposal_from(steps[0].swap, steps[0].proposal or "")
    history = tuple(
        Step(Act(one.act), one.person, one.at, Stage(one.before), Stage(one.after), one.version, one.why)
        for one in steps
    )
    return Swap(first.id, first.kind, first.cell, first.other, first.asker, first.partner, first.until, history)


def _keep(
    database: Database,
    swap: Swap,
    published: Published,
    *,
    station: str,
    district: str,
    words: tuple[Approval, ...] = (),
    version: RosterRecord | None = None,
) -> None:
    """The newest step, and what it published, as one: nobody may have published or acted since they were read."""
    last, number, start = swap.history[-1], len(swap.history), published.roster.period.start
    told = {"swap": swap.id, "act": last.act, "before": last.before, "after": last.after, "version": last.version}
    with database.write() as connection:
        there = rosters.newest_number(connection, district, start)
        if there != published.roster.version:
            raise Outdated(published.roster.version, there)
        swaps.append_within(
            connection,
            SwapStepRecord(
                station=station,
                id=new_id(),
                swap=swap.id,
                number=number,
                district=district,
                start=start,
                act=last.act,
                person=last.by,
                at=last.at,
                before=last.before,
                after=last.after,
                version=last.version,
                why=last.why,
                approvals=roster_json.approvals_to(words),
                proposal=roster_json.proposal_to(swap) if number == 1 else None,
            ),
        )
        events.append_within(
            connection,
            EventRecord(station=station, id=new_id(), at=last.at, kind="swap", actor=last.by, details=to_json(told)),
        )
        if version is not None:
            rosters.append_within(connection, version)
            events.append_within(connection, event_of(version))
