"""Swaps (换班): two exchange, one gives away, one takes over, or a lead acts for somebody absent.

A swap is a value with its whole history. Each act gives the next value, and looks again at the newest roster: when a
cell under the swap is no longer as it was, the swap is void, whatever the act.

Four eyes: a lead whose own shift changes hands neither approves nor publishes that swap, as long as there is a lead who
has no part in it. A lead who acts for somebody absent and gives the shift to a third has no part in it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shifts.model import Assignment, Roster, RosterProblem
from shifts.publishing import Approval, Change, Unpublishable, begin, publish, unapproved
from shifts.rules import Breach
from shifts.trial import Trial


class Kind(StrEnum):
    """Who gets whose shift."""

    EXCHANGE = "exchange"
    GIVE = "give"
    TAKE = "take"
    ACT = "act"


class Stage(StrEnum):
    """How far it is. The last seven are ends."""

    DRAFT = "draft"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    CHECKED = "checked"
    APPROVED = "approved"
    PUBLISHED = "published"
    DECLINED = "declined"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    VOID = "void"


ENDS = frozenset({Stage.PUBLISHED, Stage.DECLINED, Stage.REFUSED, Stage.WITHDRAWN, Stage.EXPIRED, Stage.VOID})


class Act(StrEnum):
    """What somebody does with it."""

    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    CHECK = "check"
    APPROVE = "approve"
    REFUSE = "refuse"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class SwapError(Exception):
    """An act that does not fit; `code` names why, `params` fill its sentence."""

    code = "swap_wrong_act"

    def __init__(self, **params: str | int) -> None:
        super().__init__(self.code, params)
        self.params = params


class NotTheirs(SwapError):
    """Somebody acts for whom it is not to act."""

    code = "swap_not_theirs"


class BadSwap(SwapError):
    """Shifts that cannot be swapped: one is nobody's, or both are one person's."""

    code = "swap_bad"


class TooLate(SwapError):
    """A shift that has begun already; or, for a lead who acts for somebody absent, that is over."""

    code = "swap_too_late"


class OwnSwap(SwapError):
    """A lead approves a swap of their own shift, or gives a word in it, where another lead could."""

    code = "swap_own"


@dataclass(frozen=True, slots=True)
class Step:
    """One act: who, when, from what to what, why, which roster it looked at, and a lead's words for what it breaks."""

    act: Act
    by: str
    at: datetime
    before: Stage
    after: Stage
    version: int
    why: str = ""
    words: tuple[Approval, ...] = ()


@dataclass(frozen=True, slots=True)
class Swap:
    """A swap, with all that happened to it.

    Attributes:
        cell: The shift that changes hands, as it stands in the roster.
        other: In an exchange, the shift given for it.
        asker: Who began it; in `Kind.ACT` a lead, who may take the shift over in person.
        partner: Who is to work `cell` from now on; in `Kind.TAKE`, whose it is.
        until: When it ends by itself.
    """

    id: str
    kind: Kind
    cell: Assignment
    other: Assignment | None
    asker: str
    partner: str
    until: datetime
    history: tuple[Step, ...] = ()

    @property
    def stage(self) -> Stage:
        """How far it is."""
        return self.history[-1].after if self.history else Stage.DRAFT

    @property
    def words(self) -> tuple[Approval, ...]:
        """Every word that leads gave in it: one given at a step holds at those after it."""
        return tuple(word for one in self.history for word in one.words)

    @property
    def change(self) -> Change:
        """What it does to a roster."""
        if self.kind is Kind.TAKE:
            return Change(frozenset({self.cell}), frozenset({replace(self.cell, person=self.asker)}))
        moved = {replace(self.cell, person=self.partner)}
        if self.other is None:
            return Change(frozenset({self.cell}), frozenset(moved))
        moved.add(replace(self.other, person=self.cell.person))
        return Change(frozenset({self.cell, self.other}), frozenset(moved))

    @property
    def people(self) -> frozenset[str]:
        """Those who have a part in it: whose shifts change hands."""
        return frozenset(one.person for one in self.change.removed | self.change.added)


def propose(
    swap_id: str,
    kind: Kind,
    roster: Roster,
    problem: RosterProblem,
    *,
    cell: Assignment,
    asker: str,
    partner: str,
    at: datetime,
    until: datetime | None = None,
    other: Assignment | None = None,
) -> Swap:
    """A swap as it is thought of. It ends by itself at the latest with `last_call`, or earlier if `until` says so.

    Raises:
        BadSwap: The cells do not belong to whom this kind says, are not in the roster, or are as they would be already.
        TooLate: A shift has begun.
    """
    owner = {Kind.EXCHANGE: asker, Kind.GIVE: asker, Kind.TAKE: partner}.get(kind, cell.person)
    right = cell.person == owner != _receiver(kind, asker, partner) and (kind is Kind.ACT or asker != partner)
    paired = (other is not None) == (kind is Kind.EXCHANGE) and (other is None or other.person == partner)
    if not (right and paired):
        raise BadSwap(kind=str(kind))
    latest = last_call(problem, kind, cell, other)
    swap = Swap(swap_id, kind, cell, other, asker, partner, min(until or latest, latest))
    if not _fits(swap, roster):
        raise BadSwap(kind=str(kind))
    if at >= latest:
        raise TooLate(kind=str(kind))
    return swap


def last_call(problem: RosterProblem, kind: Kind, cell: Assignment, other: Assignment | None = None) -> datetime:
    """When nothing can come of a swap any more: as its first shift begins; where a lead acts for another, as it ends.

    Raises:
        BadSwap: A checkpoint or a shift is not known.
    """
    try:
        spans = [problem.shift(one).span(one.shift.day) for one in (cell, other) if one is not None]
    except KeyError as error:
        raise BadSwap(kind=str(kind)) from error
    return min(end if kind is Kind.ACT else start for start, end in spans)


def stage_at(swap: Swap, roster: Roster, now: datetime) -> Stage:
    """How far it is by now: void or expired also where nobody has come upon it yet."""
    if swap.stage in ENDS:
        return swap.stage
    if not _fits(swap, roster):
        return Stage.VOID
    return Stage.EXPIRED if now >= swap.until else swap.stage


def leaves_to_another(swap: Swap, by: str, leads: Collection[str]) -> bool:
    """Whether somebody has a part in it, and a lead is there who has none: that one approves and publishes."""
    return by in swap.people and not swap.people.issuperset(leads)


def may_act(swap: Swap, act: Act, by: str, leads: Collection[str]) -> bool:
    """Whether an act is somebody's, at the stage the swap is at.

    Args:
        swap: As it is.
        act: What they would do.
        by: Who.
        leads: Codes of all shift leads.
    """
    fits = swap.stage not in ENDS and act in _NEXT[swap.stage]
    barred = act in _FOUR_EYES and leaves_to_another(swap, by, leads)
    return fits and not barred and _MAY[act](swap, by, by in leads)


def step(
    swap: Swap,
    act: Act,
    roster: Roster,
    problem: RosterProblem,
    *,
    by: str,
    at: datetime,
    why: str = "",
    leads: Collection[str] = (),
    approvals: tuple[Approval, ...] = (),
    standing: tuple[Approval, ...] = (),
) -> Swap:
    """The swap after somebody's act, with a step added to its history.

    It becomes void where a cell under it has changed, and expired where its time is over. It is checked whatever the
    check finds; to be approved or published it needs a lead's word for each new hard breach, given then or before.
    Nothing but a lead's refusal refuses it.

    Args:
        swap: As it is.
        act: What is done.
        roster: The newest published roster.
        problem: What it is held to.
        by: Who acts.
        at: When.
        why: Their reason, kept.
        leads: Codes of all shift leads.
        approvals: Words for hard breaches, given with this act.
        standing: Words that the roster has already.

    Raises:
        SwapError: The act does not fit the stage, or is not theirs.
        Unpublishable: There is no word for a hard breach; the swap stays as it was.
    """
    before = swap.stage
    if before in ENDS or act not in _NEXT[before]:
        raise SwapError(act=str(act), stage=str(before))
    if not _MAY[act](swap, by, by in leads):
        raise NotTheirs(act=str(act), by=by)
    if (act in _FOUR_EYES or approvals) and leaves_to_another(swap, by, leads):
        raise OwnSwap(act=str(act), by=by)
    after = _NEXT[before][act]
    by_now = stage_at(swap, roster, at)
    if by_now is Stage.VOID or (by_now is Stage.EXPIRED and act not in {Act.WITHDRAW, Act.DECLINE, Act.REFUSE}):
        after = by_now
    elif act in _FOUR_EYES and (left := _unworded(swap, roster, problem, (*approvals, *swap.words, *standing))):
        raise Unpublishable(left)
    taken = Step(act, by, at, before, after, roster.version, why, approvals)
    return replace(swap, history=(*swap.history, taken))


def breaks(swap: Swap, roster: Roster, problem: RosterProblem) -> tuple[Breach, ...]:
    """What the roster would break after the swap that it does not break now."""
    return Trial(problem, roster.assignments).effect(swap.change).news


def _unworded(swap: Swap, roster: Roster, problem: RosterProblem, words: tuple[Approval, ...]) -> tuple[Breach, ...]:
    return unapproved(breaks(swap, roster, problem), words)


def settle(
    swap: Swap,
    roster: Roster,
    problem: RosterProblem,
    *,
    by: str,
    at: datetime,
    leads: Collection[str],
    why: str = "",
    approvals: tuple[Approval, ...] = (),
    standing: tuple[Approval, ...] = (),
) -> tuple[Swap, Roster | None]:
    """Publish an approved swap: it, and the next version of the roster; None where it turned out void or expired.

    Raises:
        SwapError: It is not approved, `by` is no lead, or has a part in it that another lead has not.
        Unpublishable: The roster as a whole breaks a hard rule for which there is no word; the swap stays as it was.
    """
    given = {"approvals": approvals, "standing": standing}
    after = step(swap, Act.PUBLISH, roster, problem, by=by, at=at, why=why, leads=leads, **given)
    if after.stage is not Stage.PUBLISHED:
        return after, None
    draft = begin(roster).apply(swap.change.removed, swap.change.added)
    return after, publish(problem, draft, roster, (*after.words, *standing))


def _fits(swap: Swap, roster: Roster) -> bool:
    """Whether the shifts stand as they did when it was thought of, and nobody stands yet where they are to."""
    return swap.change.removed <= roster.assignments and not swap.change.added & roster.assignments


def _receiver(kind: Kind, asker: str, partner: str) -> str:
    return asker if kind is Kind.TAKE else partner


def _asker(swap: Swap, by: str, _lead: bool) -> bool:  # noqa: FBT001 -- one of a table of these
    return by == swap.asker


def _partner(swap: Swap, by: str, lead: bool) -> bool:  # noqa: FBT001
    return by == swap.partner or (swap.kind is Kind.ACT and lead)


def _lead(_swap: Swap, _by: str, lead: bool) -> bool:  # noqa: FBT001
    return lead


def _part(swap: Swap, by: str, lead: bool) -> bool:  # noqa: FBT001
    return lead or by in {swap.asker, *swap.people}


def _anybody(_swap: Swap, _by: str, _is_lead: bool) -> bool:  # noqa: FBT001
    return True


_MAY: dict[Act, Callable[[Swap, str, bool], bool]] = {
    Act.OFFER: _asker,
    Act.ACCEPT: _partner,
    Act.DECLINE: _partner,
    Act.CHECK: _part,
    Act.APPROVE: _lead,
    Act.REFUSE: _lead,
    Act.PUBLISH: _lead,
    Act.WITHDRAW: _asker,
    Act.EXPIRE: _anybody,
}
_FOUR_EYES = frozenset({Act.APPROVE, Act.PUBLISH})
_OPEN = {Act.WITHDRAW: Stage.WITHDRAWN, Act.EXPIRE: Stage.EXPIRED, Act.REFUSE: Stage.REFUSED}
_NEXT: dict[Stage, dict[Act, Stage]] = {
    Stage.DRAFT: {Act.OFFER: Stage.OFFERED, Act.WITHDRAW: Stage.WITHDRAWN, Act.EXPIRE: Stage.EXPIRED},
    Stage.OFFERED: {Act.ACCEPT: Stage.ACCEPTED, Act.DECLINE: Stage.DECLINED, **_OPEN},
    Stage.ACCEPTED: {Act.CHECK: Stage.CHECKED, **_OPEN},
    Stage.CHECKED: {Act.APPROVE: Stage.APPROVED, **_OPEN},
    Stage.APPROVED: {Act.PUBLISH: Stage.PUBLISHED, **_OPEN},
}
