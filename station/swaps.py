"""Swaps as people do them: each act with code and PIN, held against the newest roster, kept step by step."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from db import events, people, rosters, swaps
from db.engine import Database
from db.records import EventRecord, RosterRecord, SwapStepRecord, new_id
from shifts.model import Assignment, Roster
from shifts.publishing import Approval, Outdated
from shifts.swaps import ENDS, Act, Kind, Stage, Step, Swap, SwapError, propose, settle, step
from station import roster_json
from station.access import AccessError, Action, authorise, may
from station.passages import to_json
from station.roster_beside import Beside, beside
from station.rosters import OWN_DISTRICT, Published, RosterRefused, event_of, holding, newest, own_words, to_publish


def offer(
    database: Database,
    kind: Kind,
    *,
    cell: Assignment,
    partner: str,
    station: str,
    who: tuple[str, str],
    now: datetime,
    until: datetime | None = None,
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
        station: Where it is done.
        who: Code and PIN of whoever asks.
        now: When.
        until: When it ends by itself; None: as late as it can.
        other: In an exchange, the shift given for it.
        why: Their reason, kept.
        district: Whose roster.

    Raises:
        AccessError: A wrong PIN, a role that may not, or a partner nobody knows.
        RosterRefused: No roster has that day, or the partner cannot answer: they have no PIN here.
        SwapError: These shifts cannot be swapped.
        Outdated: The roster has a new version meanwhile.
    """
    person = authorise(database, *who, Action.SWAP, station=station, now=now)
    published = holding(database, cell.shift.day, district=district)
    if published is None:
        raise RosterRefused("roster_none")
    leads = leads_of(database)
    if kind is Kind.ACT and person.code not in leads:
        raise AccessError("not_allowed", person=person.code)
    if partner not in {one.code for one in published.problem.people}:
        raise AccessError("person_unknown", person=partner)
    if kind is not Kind.ACT and partner not in signers(database):
        raise RosterRefused("swap_cannot_answer", person=partner)
    roster, problem, by = published.roster, published.problem, person.code
    given = {"asker": by, "partner": partner}
    thought = propose(new_id(), kind, roster, problem, cell=cell, other=other, at=now, until=until, **given)
    swap = step(thought, Act.OFFER, roster, problem, by=by, at=now, why=why.strip(), leads=leads)
    _keep(database, swap, 1, published, station=station, district=district)
    return swap


def act(
    database: Database,
    swap_id: str,
    *acts: Act,
    station: str,
    who: tuple[str, str],
    now: datetime,
    why: str = "",
    approvals: Iterable[Approval] = (),
) -> Swap:
    """Act on a swap: once, or several times in a row under one signature. All of it is kept, or nothing.

    It stops where the swap comes to an end. Publishing it publishes the roster's next version in the same transaction.

    Args:
        database: Where.
        swap_id: Which.
        acts: What is done, in order; `OFFER` is the first step's alone.
        station: Where it is done.
        who: Code and PIN.
        now: When.
        why: Their reason, kept with the first of the steps.
        approvals: A lead's words for hard breaches, which hold for the steps after too; whose they are is written here.

    Raises:
        AccessError: A wrong PIN, or a role that may not.
        RosterRefused: No such swap, or a word without a reason.
        SwapError: An act does not fit the stage, or is not theirs; or its time is not over yet.
        SwapMoved: Somebody else acted on it meanwhile.
        Outdated: The roster has a new version meanwhile.
        Overtaken: One beside it has.
        Unpublishable: It would break a hard rule for which there is no word, or the roster as a whole does.
    """
    person = authorise(database, *who, Action.SWAP, station=station, now=now)
    swap, published, district = _found(database, swap_id)
    leads, words = leads_of(database), own_words(approvals, person.code)
    if words and person.code not in leads:
        raise AccessError("not_allowed", person=person.code)
    if Act.EXPIRE in acts and now < swap.until:
        raise SwapError(act=str(Act.EXPIRE), stage=str(swap.stage))
    around = beside(database, published.roster.period, district=district)
    standing = (*published.approvals, *around.words)
    roster, problem, by = published.roster, around.clocked(published.problem), person.code
    version: Roster | None = None
    after, reason = swap, why.strip()
    for what in acts:
        given = {"approvals": words, "standing": standing}
        if what is Act.PUBLISH:
            after, version = settle(after, roster, problem, by=by, at=now, why=reason, leads=leads, **given)
        else:
            after = step(after, what, roster, problem, by=by, at=now, why=reason, leads=leads, **given)
        reason, words = "", ()  # both are kept with the first of the steps
        if after.stage in ENDS:
            break
    record = None
    if version is not None:
        pins = published.problem.pins - swap.change.removed  # whom a lead fixed there is there no more
        free, words = replace(published.problem, pins=pins), (*after.words, *standing)
        _, record = to_publish(free, version, words, around, station=station, by=by, at=now)
    new = len(after.history) - len(swap.history)
    _keep(database, after, new, published, station=station, district=district, version=record, around=around)
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


def leads_of(database: Database) -> frozenset[str]:
    """Codes of everybody who can approve a swap here: leads who are active and have a PIN."""
    return _able(database, Action.APPROVE)


def signers(database: Database) -> frozenset[str]:
    """Codes of everybody who can sign for a swap here."""
    return _able(database, Action.SWAP)


# --- within ----------------------------------------------------------------------------------------------------------


def _able(database: Database, action: Action) -> frozenset[str]:
    known = people.everyone(database)
    return frozenset(one.code for one in known if one.active and one.pin_hash and may(one.role, action))


def _found(database: Database, swap_id: str) -> tuple[Swap, Published, str]:
    steps = swaps.steps(database, swap_id)
    published = newest(database, steps[0].start, district=steps[0].district) if steps else None
    if published is None:
        raise RosterRefused("swap_unknown", swap=swap_id)
    return _swap(steps), published, steps[0].district


def _swap(steps: list[SwapStepRecord]) -> Swap:
    first = roster_json.proposal_from(steps[0].swap, steps[0].proposal or "")
    history = tuple(
        Step(
            Act(one.act),
            one.person,
            one.at,
            Stage(one.before),
            Stage(one.after),
            one.version,
            one.why,
            roster_json.approvals_from(one.approvals),
        )
        for one in steps
    )
    return Swap(first.id, first.kind, first.cell, first.other, first.asker, first.partner, first.until, history)


def _keep(
    database: Database,
    swap: Swap,
    new: int,
    published: Published,
    *,
    station: str,
    district: str,
    version: RosterRecord | None = None,
    around: Beside | None = None,
) -> None:
    """The newest steps, and what they published, as one: nobody may have published or acted since they were read."""
    start = published.roster.period.start
    with database.write() as connection:
        there = rosters.newest_number(connection, district, start)
        if there != published.roster.version:
            raise Outdated(published.roster.version, there)
        if around is not None:
            around.must_stand(connection)
        for number, one in enumerate(swap.history[-new:], len(swap.history) - new + 1):
            swaps.append_within(
                database,
                connection,
                SwapStepRecord(
                    station=station,
                    id=new_id(),
                    swap=swap.id,
                    number=number,
                    district=district,
                    start=start,
                    act=one.act,
                    person=one.by,
                    at=one.at,
                    before=one.before,
                    after=one.after,
                    version=one.version,
                    why=one.why,
                    approvals=roster_json.approvals_to(one.words),
                    proposal=roster_json.proposal_to(swap) if number == 1 else None,
                ),
            )
            told = {"swap": swap.id, "act": one.act, "before": one.before, "after": one.after, "version": one.version}
            events.append_within(
                database,
                connection,
                EventRecord(station=station, id=new_id(), at=one.at, kind="swap", actor=one.by, details=to_json(told)),
            )
        if version is not None:
            rosters.append_within(database, connection, version)
            events.append_within(database, connection, event_of(version))
