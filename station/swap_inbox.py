"""The swaps as the people at a desk look at them: how each stands by now, what it would break, whom it waits for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from db import people
from db.engine import Database
from shifts.model import SHANGHAI, Assignment
from shifts.publishing import Approval, unapproved
from shifts.rules import Breach
from shifts.swaps import ENDS, Act, Kind, Stage, Swap, last_call, leaves_to_another, propose, stage_at
from shifts.trial import Trial
from station import rosters, swaps
from station.roster_beside import Beside, beside
from station.rosters import OWN_DISTRICT, Published
from station.rule_pack_strict import held

FOR_A_LEAD: dict[Stage, tuple[Act, ...]] = {
    Stage.ACCEPTED: (Act.CHECK, Act.APPROVE, Act.PUBLISH),
    Stage.CHECKED: (Act.APPROVE, Act.PUBLISH),
    Stage.APPROVED: (Act.PUBLISH,),
}
"""What is left for a lead to do, in order: one signature does it all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A swap as it stands.

    Attributes:
        stage: By now: void or expired also where nobody has come upon it yet.
        published: The newest version of its roster, with what stands beside it now as its history.
        breaches: What that roster would newly break; of a swap that is over, nothing.
        unworded: Those of them that need a lead's word.
    """

    swap: Swap
    stage: Stage
    published: Published
    breaches: tuple[Breach, ...] = ()
    unworded: tuple[Breach, ...] = ()

    @property
    def open(self) -> bool:
        """Whether anything can still come of it."""
        return self.stage not in ENDS


@dataclass(frozen=True, slots=True)
class Inbox:
    """Everything there is about swaps.

    Attributes:
        entries: Those still open in the order they were begun, then the others, the newest first.
        rosters: The newest version of each roster they are about, or could be.
        leads: Codes of those who can approve here.
        signers: Codes of those who can sign here.
        names: Everybody's who is known here, by code.
    """

    entries: tuple[Entry, ...] = ()
    rosters: tuple[Published, ...] = ()
    leads: frozenset[str] = frozenset()
    signers: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)

    def waiting(self, code: str | None) -> tuple[Entry, ...]:
        """Those that wait for somebody: for their answer, or for their word as a lead."""
        return tuple(one for one in self.entries if code is not None and self.waits(one, code))

    def waits(self, entry: Entry, code: str) -> bool:
        """Whether a swap waits for this person."""
        if entry.stage in FOR_A_LEAD:
            return code in self.leads and not leaves_to_another(entry.swap, code, self.leads)
        return entry.stage is Stage.OFFERED and code == entry.swap.partner

    def holding(self, one: Assignment) -> Published | None:
        """The roster that has this very assignment."""
        return next((each for each in self.rosters if one in each.roster.assignments), None)

    def shifts_of(self, code: str | None, now: datetime) -> tuple[Assignment, ...]:
        """Somebody's shifts that have not begun, by time."""
        mine = ((each.problem, one) for each in self.rosters for one in each.roster.assignments if one.person == code)
        begins = {one: last_call(problem, Kind.GIVE, one) for problem, one in mine}
        return tuple(sorted((one for one in begins if now < begins[one]), key=lambda one: begins[one]))


def think(
    published: Published,
    kind: Kind,
    cell: Assignment,
    partner: str,
    *,
    asker: str,
    now: datetime,
    other: Assignment | None,
) -> Entry:
    """A swap that nobody offered yet, with what would come of it. Raises as `shifts.swaps.propose`."""
    roster, problem = published.roster, published.problem
    swap = propose("", kind, roster, problem, cell=cell, asker=asker, partner=partner, at=now, other=other)
    return _entry(Trial(held(problem), roster.assignments), published, swap, Stage.DRAFT)


def read(database: Database, *, now: datetime, also: date | None = None, district: str = OWN_DISTRICT) -> Inbox:
    """The swaps of every roster that is not over.

    Args:
        database: Where.
        now: When it is looked at.
        also: The first day of one more roster.
        district: Whose.

    Raises:
        RosterDamaged: A roster is not as it was written.
    """
    lately = now.astimezone(SHANGHAI).date() - timedelta(days=1)  # a night runs into the day after
    found: list[Entry] = []
    kept: list[Published] = []
    for period in rosters.periods(database, district=district):
        if period.start == also or (period.length and period.days[-1] >= lately):
            published = rosters.newest(database, period.start, district=district)
            if published is not None:
                around = beside(database, period, district=district)
                published = replace(published, problem=around.told_to(published.problem))
                kept.append(published)
                begun = swaps.of_roster(database, period.start, district=district)
                found += _entries(published, around, begun, now)
    still = [one for one in found if one.open]
    over = sorted((one for one in found if not one.open), key=lambda one: one.swap.history[-1].at, reverse=True)
    names = {one.code: one.name for one in people.everyone(database)}
    return Inbox((*still, *over), tuple(kept), swaps.leads_of(database), swaps.signers(database), names)


def _entries(published: Published, around: Beside, begun: tuple[Swap, ...], now: datetime) -> list[Entry]:
    trial: Trial | None = None
    found = []
    for swap in begun:
        stage = stage_at(swap, published.roster, now)
        if stage in ENDS:
            found.append(Entry(swap, stage, published))
            continue
        trial = trial or Trial(around.clocked(published.problem), published.roster.assignments)
        found.append(_entry(trial, published, swap, stage, around.words))
    return found


def _entry(trial: Trial, published: Published, swap: Swap, stage: Stage, words: tuple[Approval, ...] = ()) -> Entry:
    breaches = trial.effect(swap.change).news
    return Entry(swap, stage, published, breaches, unapproved(breaches, (*swap.words, *published.approvals, *words)))
